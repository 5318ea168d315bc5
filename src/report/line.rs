//! JSON on one line.

use std::io::{Result, Write};

use serde::Serialize;
use serde_json::Serializer;
use serde_json::ser::Formatter;

/// Writes a value as JSON, without a line break.
///
/// # Errors
/// When the writer fails.
pub fn json_line(value: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    value.serialize(&mut Serializer::with_formatter(out, OneLine))?;
    Ok(())
}

/// Compact JSON that escapes every control character and line break, where JSON asks for those of ASCII alone.
///
/// Some readers end a line at U+0085, U+2028 and U+2029 too; and a terminal is not steered, nor is a character lost on
/// the way to it.
struct OneLine;

impl Formatter for OneLine {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, writer: &mut W, fragment: &str) -> Result<()> {
        if fragment.bytes().all(|byte| (b' '..b'\x7f').contains(&byte)) {
            return writer.write_all(fragment.as_bytes());
        }
        let escaped =
            |character: char| character.is_control() || matches!(character, '\u{2028}' | '\u{2029}');
        let mut rest = fragment;
        while let Some((at, character)) = rest.char_indices().find(|&(_, character)| escaped(character)) {
            write!(writer, "{}\\u{:04x}", &rest[..at], u32::from(character))?;
            rest = &rest[at + character.len_utf8()..];
        }
        writer.write_all(rest.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_in_a_text_ends_a_line_or_is_lost() {
        let text = "a\n\r\u{1b}[m\u{7f}\u{85}\u{9b}31m\u{2028}\u{2029} é両\"\\";
        let mut bytes = Vec::new();
        json_line(&text, &mut bytes).unwrap();
        let json = String::from_utf8(bytes).unwrap();
        assert_eq!(json, r#""a\n\r\u001b[m\u007f\u0085\u009b31m\u2028\u2029 é両\"\\""#);
        assert_eq!(serde_json::from_str::<String>(&json).unwrap(), text);
    }
}
