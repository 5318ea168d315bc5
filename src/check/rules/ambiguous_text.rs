//! Text that other readers take for something else.

use super::shared::edit::quote;
use super::shared::reported::reported;
use super::shared::scalars::{Step, pointer, scalars};
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::{self, Type};
use crate::source::Kind;
use crate::yaml::{Data, Resolved, Style};

rule! {
    /// Text that YAML 1.1 reads as something else stands in quotes: `yes`, `no`, `on`, `off`, dates, times, `:words`, and
    /// numbers such as `010` and `1_000`.
    ///
    /// ## Why
    /// Readers of YAML differ. GitLab's takes `no` for false and `010` for 8, and refuses a file with a date or a `:symbol`.
    ///
    /// ## Bad
    /// ```yaml
    /// filter:
    ///   label: off
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// filter:
    ///   label: "off"
    /// ```
    ///
    /// Reference: `YAML.safe_load` of Ruby.
    RULE = "yaml/ambiguous-text", Error Warning Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(kind) = definition.kind() else { return };
    scalars(definition, &mut |path, node| {
        let Data::Scalar(scalar) = &node.data else { return };
        let (Style::Plain, Resolved::Text(text), false) = (scalar.style, scalar.resolve(), scalar.tagged)
        else {
            return;
        };
        let Some(other) = otherwise(text).filter(|_| wants_text(kind, path)) else { return };
        let pointer = pointer(path);
        if reported(findings, &pointer) {
            return;
        }
        let message = format!("some readers of YAML take `{text}` for {other}");
        findings.push(
            Finding::new(&RULE, definition.file, node.span, message)
                .at(pointer)
                .help(format!("quote it: `\"{text}\"`"))
                .fix(quote(definition, node.span, text)),
        );
    });
}

/// Whether text belongs at a place.
fn wants_text(kind: Kind, path: &[Step<'_>]) -> bool {
    match (kind, path) {
        (_, [Step::Key(field)]) => {
            fields::find(kind, field).is_some_and(|field| field.types.contains(&Type::String))
        }
        (Kind::Metric, [Step::Key("events"), Step::Index(_), Step::Key("name" | "unique" | "operator")])
        | (Kind::Metric, [Step::Key("events"), Step::Index(_), Step::Key("filter"), Step::Key(_)])
        | (Kind::Metric, [Step::Key("options"), Step::Key("event" | "prefix")])
        | (Kind::Metric, [Step::Key("options"), Step::Key("events"), Step::Index(_)])
        | (Kind::Event, [Step::Key("additional_properties"), Step::Key(_), Step::Key("description")]) => true,
        (_, [Step::Key(field), Step::Index(_)]) => {
            fields::find(kind, field).is_some_and(|field| field.types.contains(&Type::Strings))
        }
        _ => false,
    }
}

/// What Ruby's reader takes a plain text for that the core schema of YAML 1.2 leaves alone.
fn otherwise(text: &str) -> Option<&'static str> {
    // All of these start alike, and hardly any text does.
    if !text.starts_with(|first: char| first.is_ascii_digit() || "yYnNoO:+-".contains(first)) {
        return None;
    }
    if ["yes", "no", "on", "off"].iter().any(|word| word.eq_ignore_ascii_case(text)) {
        return Some("a boolean");
    }
    if text.strip_prefix(':').is_some_and(|rest| !rest.is_empty() && !rest.starts_with(char::is_whitespace)) {
        return Some("a symbol");
    }
    let (day, time) = text.split_once([' ', 'T', 't']).map_or((text, None), |(day, time)| (day, Some(time)));
    if is_date(day) {
        return match time {
            None => Some("a date"),
            Some(time) => is_time(time.trim_start()).then_some("a time"),
        };
    }
    is_number(text.strip_prefix(['-', '+']).unwrap_or(text)).then_some("a number")
}

/// `2024-05-01`, also without leading zeros.
fn is_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let mut number = |digits: std::ops::RangeInclusive<usize>| {
        let part = parts.next().filter(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
        part.filter(|part| digits.contains(&part.len())).and_then(|part| part.parse::<u32>().ok())
    };
    let date = (number(4..=4), number(1..=2), number(1..=2));
    matches!(date, (Some(_), Some(..=12), Some(..=31))) && parts.next().is_none()
}

/// `12:30:00`, with whatever fraction and zone behind it.
fn is_time(text: &str) -> bool {
    let mut parts = text.splitn(3, ':');
    let digits = |part: Option<&str>| part.is_some_and(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    digits(parts.next())
        && digits(parts.next())
        && parts.next().is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()))
}

/// Octal numbers as `010`, digits grouped as in `1_000` and `1,000`, and base 60 as in `1:30`.
fn is_number(text: &str) -> bool {
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    let octal =
        text.len() > 1 && text.starts_with('0') && text.bytes().all(|byte| matches!(byte, b'0'..=b'7'));
    let grouped = text.contains(['_', ',']) && text.split(['_', ',']).all(digits) && !text.starts_with('0');
    let mut parts = text.split(':');
    let first = parts.next().is_some_and(digits);
    let sixties: Vec<&str> = parts.collect();
    let base_60 = first
        && matches!(sixties.len(), 1 | 2)
        && sixties.iter().all(|part| digits(part) && part.parse::<u32>().is_ok_and(|part| part < 60));
    octal || grouped || base_60
}

#[cfg(test)]
mod tests {
    use super::otherwise;

    #[test]
    fn what_ruby_reads_as_something_else() {
        for (text, other) in [
            ("yes", "a boolean"),
            ("OFF", "a boolean"),
            (":label", "a symbol"),
            ("2024-05-01", "a date"),
            ("2024-05-01 12:30:00", "a time"),
            ("2024-05-01T12:30:00Z", "a time"),
            ("010", "a number"),
            ("1_000", "a number"),
            ("1:30", "a number"),
        ] {
            assert_eq!(otherwise(text), Some(other), "{text}");
        }
        for text in [
            "y",
            "onward",
            ": a",
            "2024-13-01",
            "2024-05",
            "1.2.3",
            "v1",
            "09",
            "28d",
            "a:b",
            "<13.9",
            "",
            "-",
            "1:99",
        ] {
            assert_eq!(otherwise(text), None, "{text}");
        }
    }
}
