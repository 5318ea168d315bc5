//! Text from definitions as HTML: nothing in it runs, hides or reorders.

use std::borrow::Cow;

use crate::visible::visible;

/// Text for HTML and for quoted attributes; deceptive characters show their code.
pub(crate) fn escape(text: &str) -> Cow<'_, str> {
    if !text.bytes().any(|byte| SPECIAL[usize::from(byte)]) {
        return Cow::Borrowed(text);
    }
    let mut escaped = String::with_capacity(text.len() + text.len() / 8 + 8);
    escape_into(text, &mut escaped);
    Cow::Owned(escaped)
}

/// As [`escape`], behind other text.
pub(super) fn escape_into(text: &str, out: &mut String) {
    let text = visible(text);
    let mut written = 0;
    for (place, byte) in text.bytes().enumerate() {
        if let Some(entity) = entity(byte) {
            out.push_str(&text[written..place]);
            out.push_str(entity);
            written = place + 1;
        }
    }
    out.push_str(&text[written..]);
}

/// As [`escape_into`], a name that may be broken over lines behind `.`, `_`, `/` and `:`.
pub(super) fn breakable_into(name: &str, out: &mut String) {
    /// Shorter ones fit everywhere, and stay whole when they are copied.
    const SHORT: usize = 24;
    if name.len() <= SHORT {
        return escape_into(name, out);
    }
    for (index, part) in name.split_inclusive(['.', '_', '/', ':']).enumerate() {
        out.push_str(if index > 0 { "<wbr>" } else { "" });
        escape_into(part, out);
    }
}

/// A message as HTML, in which words between backticks are code.
pub(super) fn with_ticks(message: &str) -> String {
    let mut html = String::with_capacity(message.len() * 2);
    let parts: Vec<&str> = message.split('`').collect();
    for (index, part) in parts.iter().enumerate() {
        let code = index % 2 == 1 && index + 1 < parts.len();
        html.push_str(if code { "<code>" } else { "" });
        escape_into(part, &mut html);
        html.push_str(if code { "</code>" } else { "" });
    }
    html
}

/// Bytes that may not stand for themselves: part of a character that hides, or of HTML's own.
const SPECIAL: [bool; 256] = {
    let mut special = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        special[byte] = byte >= 0x7f
            || entity(byte as u8).is_some()
            || byte < 0x20 && byte != b'\n' as usize && byte != b'\t' as usize && byte != b'\r' as usize;
        byte += 1;
    }
    special
};

const fn entity(byte: u8) -> Option<&'static str> {
    match byte {
        b'&' => Some("&amp;"),
        b'<' => Some("&lt;"),
        b'>' => Some("&gt;"),
        b'"' => Some("&quot;"),
        b'\'' => Some("&#39;"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn escaping_leaves_nothing_to_run_or_hide() {
        assert_eq!(
            escape("<a href='x'>\u{202e}&\"\0"),
            "&lt;a href=&#39;x&#39;&gt;\\u{202e}&amp;&quot;\\u{0}"
        );
        assert_eq!(escape("\u{7f}\u{85}é\n"), "\\u{7f}\\u{85}é\n");
        assert!(matches!(escape("counts.issues — monthly".split(' ').next().unwrap()), Cow::Borrowed(_)));
    }
}
