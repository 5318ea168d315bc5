//! What a scalar means: the YAML 1.2 core schema, as `serde_yaml` reads it.

use super::node::{Scalar, Style};

/// The value of a scalar under the core schema.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Resolved<'t> {
    /// `null`, `~`, or nothing at all.
    Null,
    /// `true` or `false`. YAML 1.1's `yes` and `on` are text.
    Bool(bool),
    /// A whole number that fits.
    Integer(i128),
    /// Any other number.
    Float(f64),
    /// Everything else, and everything quoted.
    Text(&'t str),
}

impl Scalar<'_> {
    /// Whether it is null, written or left out.
    pub fn is_null(&self) -> bool {
        self.style == Style::Plain
            && !self.tagged
            && matches!(self.text.as_ref(), "" | "~" | "null" | "Null" | "NULL")
    }

    /// Resolves the scalar: only plain ones can be other than text.
    pub fn resolve(&self) -> Resolved<'_> {
        let text = self.text.as_ref();
        if self.style != Style::Plain || self.tagged {
            return Resolved::Text(text);
        }
        // Most texts are no more than that, by how they start.
        match text.as_bytes().first() {
            None | Some(b'~' | b'n' | b'N') if self.is_null() => Resolved::Null,
            Some(b't' | b'T' | b'f' | b'F') => match text {
                "true" | "True" | "TRUE" => Resolved::Bool(true),
                "false" | "False" | "FALSE" => Resolved::Bool(false),
                _ => Resolved::Text(text),
            },
            Some(b'0'..=b'9' | b'-' | b'+' | b'.') => number(text).unwrap_or(Resolved::Text(text)),
            _ => Resolved::Text(text),
        }
    }
}

fn number(text: &str) -> Option<Resolved<'_>> {
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|first: char| first.is_ascii_digit() || first == '.') {
        return None;
    }
    let negative = text.starts_with('-');
    for (prefix, radix) in [("0x", 16), ("0o", 8), ("0b", 2)] {
        if let Some(digits) = unsigned.strip_prefix(prefix) {
            if digits.starts_with(['-', '+']) {
                return None;
            }
            let value = i128::from_str_radix(digits, radix).ok().filter(|&value| fits(value))?;
            return Some(Resolved::Integer(if negative { -value } else { value }));
        }
    }
    let leading_zero = unsigned.len() > 1 && unsigned.starts_with('0');
    if unsigned.bytes().all(|byte| byte.is_ascii_digit()) {
        // `007` is an identifier more often than a number; YAML 1.2 and serde_yaml agree to leave it.
        if leading_zero {
            return None;
        }
        return match text.parse::<i128>().ok().filter(|&value| fits(value)) {
            Some(value) => Some(Resolved::Integer(value)),
            None => text.parse().ok().map(Resolved::Float),
        };
    }
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            return Some(Resolved::Float(if negative { f64::NEG_INFINITY } else { f64::INFINITY }));
        }
        ".nan" | ".NaN" | ".NAN" if unsigned == text => return Some(Resolved::Float(f64::NAN)),
        _ => {}
    }
    let digits_only = unsigned.bytes().all(|byte| byte.is_ascii_digit() || b".eE+-".contains(&byte));
    let some_digit = unsigned.bytes().any(|byte| byte.is_ascii_digit());
    (digits_only && some_digit).then(|| text.parse().ok().map(Resolved::Float)).flatten()
}

fn fits(value: i128) -> bool {
    i64::try_from(value).is_ok() || u64::try_from(value).is_ok()
}

#[cfg(test)]
mod tests {
    use std::borrow::Cow;

    use super::*;

    fn plain(text: &str) -> Scalar<'_> {
        Scalar { text: Cow::Borrowed(text), style: Style::Plain, tagged: false }
    }

    #[test]
    fn plain_scalars_resolve_by_the_core_schema() {
        assert_eq!(plain("~").resolve(), Resolved::Null);
        assert_eq!(plain("True").resolve(), Resolved::Bool(true));
        assert_eq!(plain("yes").resolve(), Resolved::Text("yes"));
        assert_eq!(plain("16.10").resolve(), Resolved::Float(16.1));
        assert_eq!(plain("-7").resolve(), Resolved::Integer(-7));
        assert_eq!(plain("0x1F").resolve(), Resolved::Integer(31));
        assert_eq!(plain("007").resolve(), Resolved::Text("007"));
        assert_eq!(plain("7d").resolve(), Resolved::Text("7d"));
        assert_eq!(plain("2021-02-16").resolve(), Resolved::Text("2021-02-16"));
        assert_eq!(plain(".").resolve(), Resolved::Text("."));
        assert_eq!(plain("1.2.3").resolve(), Resolved::Text("1.2.3"));
    }

    #[test]
    fn quoted_scalars_are_text() {
        let quoted = Scalar { style: Style::Quoted, ..plain("16.10") };
        assert_eq!(quoted.resolve(), Resolved::Text("16.10"));
    }
}
