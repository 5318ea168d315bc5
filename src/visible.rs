//! Text from definitions made safe to look at: nothing hides, reorders or steers the terminal.

use std::borrow::Cow;
use std::fmt::Write as _;

/// Replaces control, bidirectional and invisible characters by their code, `\u{202e}`; line breaks and tabs stay.
///
/// Definitions come from many hands. An escape sequence could repaint a terminal, a right-to-left override could make a
/// name read as another one ("Trojan Source", CVE-2021-42574).
pub fn visible(text: &str) -> Cow<'_, str> {
    replaced(text, is_deceptive)
}

/// As [`visible`], for what belongs on one line: names, paths, messages. Line breaks and tabs show their code as well.
pub fn visible_line(text: &str) -> Cow<'_, str> {
    replaced(text, |character| is_deceptive(character) || matches!(character, '\n' | '\r' | '\t'))
}

fn replaced(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    // All bytes are asked alike, which the machine does for many at a time.
    let plain = text.bytes().fold(true, |plain, byte| plain & (b' '..b'\x7f').contains(&byte));
    if plain || !text.chars().any(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    for character in text.chars() {
        if hidden(character) {
            // Writing to a string cannot fail.
            let _ = write!(shown, "\\u{{{:x}}}", u32::from(character));
        } else {
            shown.push(character);
        }
    }
    Cow::Owned(shown)
}

fn is_deceptive(character: char) -> bool {
    match character {
        '\n' | '\t' | '\r' => false,
        '\u{061c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => true,
        '\u{2028}' | '\u{2029}' | '\u{feff}' => true,
        // Characters without a shape; the joiners U+200C and U+200D are part of Persian words and emoji.
        '\u{00ad}' | '\u{034f}' | '\u{115f}' | '\u{1160}' | '\u{180e}' | '\u{200b}' => true,
        '\u{17b4}' | '\u{17b5}' | '\u{3164}' | '\u{ffa0}' | '\u{e0000}'..='\u{e0fff}' => true,
        '\u{2060}'..='\u{206f}' | '\u{fff9}'..='\u{fffb}' | '\u{1d173}'..='\u{1d17a}' => true,
        other => other.is_control(),
    }
}

#[cfg(test)]
mod tests {
    use super::{visible, visible_line};

    #[test]
    fn deceptive_characters_show_their_code() {
        assert_eq!(visible("a\u{202e}b\u{1b}[31m"), "a\\u{202e}b\\u{1b}[31m");
        assert_eq!(visible("ev\u{200b}il"), "ev\\u{200b}il");
        assert_eq!(visible("\u{2066}\u{206a}\u{fffb}"), "\\u{2066}\\u{206a}\\u{fffb}");
        assert_eq!(visible_line("a\nb"), "a\\u{a}b");
        assert_eq!(visible("两 é\n\tשלום"), "两 é\n\tשלום");
    }
}
