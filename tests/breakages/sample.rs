//! One valid definition, and the edits of its text that breaks are made of.
//!
//! Works on lines and characters alone: what the program makes of the text is not asked.

use std::ops::Range;

use metrics_dictionary::source::Kind;

use super::breakage::{FOREIGN, HERE};

/// One valid definition.
pub(super) struct Sample {
    /// Below `definitions/`.
    pub(super) path: &'static str,
    /// With `\n` at the end of each line, whatever the file has.
    pub(super) text: String,
    /// How the file writes what a text says.
    pub(super) form: Form,
}

/// What files differ in that say the same.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Form {
    /// Lines end in `\n`, the last one as well.
    Plain,
    /// Lines end in `\r\n`.
    WindowsLines,
    /// A byte-order mark stands first.
    ByteOrderMark,
}

/// A top-level field: its key with everything up to the next key or comment at the left margin.
pub(super) struct Field<'t> {
    pub(super) key: &'t str,
    pub(super) lines: Range<usize>,
    /// What stands behind the colon on the key's line.
    pub(super) value: &'t str,
    /// The lines below.
    pub(super) rest: &'t str,
}

impl Sample {
    /// The bytes of a file with a text, in this definition's form.
    pub(super) fn bytes(&self, text: &str) -> Vec<u8> {
        let text = match self.form {
            Form::Plain => text.to_owned(),
            Form::WindowsLines => text.replace('\n', "\r\n"),
            Form::ByteOrderMark => format!("\u{feff}{text}"),
        };
        let mut bytes = Vec::with_capacity(text.len());
        for part in text.split_inclusive(FOREIGN) {
            match part.strip_suffix(FOREIGN) {
                Some(before) => bytes.extend(before.bytes().chain([0xFF])),
                None => bytes.extend(part.bytes()),
            }
        }
        bytes
    }

    /// What the file defines.
    pub(super) fn kind(&self) -> Kind {
        if self.path.starts_with("events/") { Kind::Event } else { Kind::Metric }
    }

    /// The id of a rule that metrics and events have each for themselves.
    pub(super) fn rule(&self, name: &str) -> String {
        format!("{}/{name}", self.kind().as_str())
    }

    /// The top-level fields, in the order of the file.
    pub(super) fn fields(&self) -> Vec<Field<'_>> {
        let mut fields: Vec<Field<'_>> = Vec::new();
        let mut at = 0;
        for line in self.text.split_inclusive('\n') {
            let (start, end) = (at, at + line.len());
            at = end;
            match line.split_once(':') {
                Some((key, value)) if key.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_') => {
                    fields.push(Field { key, lines: start..end, value: value.trim(), rest: "" });
                }
                _ if line.starts_with(['#', '\n']) && !line.trim().is_empty() => {}
                _ => {
                    if let Some(field) = fields.last_mut() {
                        let below = field.lines.end - field.rest.len();
                        field.lines.end = end;
                        field.rest = &self.text[below..end];
                    }
                }
            }
        }
        fields
    }

    /// A top-level field.
    pub(super) fn field(&self, key: &str) -> Option<Field<'_>> {
        self.fields().into_iter().find(|field| field.key == key)
    }

    /// The word that a field holds on its key's line, without quotes.
    pub(super) fn word(&self, key: &str) -> Option<&str> {
        self.field(key).map(|field| field.value.trim_matches(['"', '\'']))
    }

    /// The text with other lines for a field.
    pub(super) fn with_lines(&self, key: &str, lines: &str) -> Option<String> {
        let field = self.field(key)?;
        Some(self.spliced(field.lines, lines))
    }

    /// The text with another value for a field, all of it.
    pub(super) fn with_value(&self, key: &str, value: &str) -> Option<String> {
        let space = if value.is_empty() || value.starts_with('\n') { "" } else { " " };
        self.with_lines(key, &format!("{key}:{space}{value}\n"))
    }

    /// The text without a field.
    pub(super) fn without(&self, key: &str) -> Option<String> {
        self.with_lines(key, "")
    }

    /// The text with other words for a key, its value as it is.
    pub(super) fn with_key(&self, key: &str, other: &str) -> Option<String> {
        let start = self.field(key)?.lines.start;
        Some(self.spliced(start..start + key.len(), other))
    }

    /// The text with more lines behind a field.
    pub(super) fn with_below(&self, key: &str, lines: &str) -> Option<String> {
        let end = self.field(key)?.lines.end;
        Some(self.spliced(end..end, lines))
    }

    /// The text with one more item in a list, in the list's own style.
    pub(super) fn with_item(&self, key: &str, item: &str) -> Option<String> {
        let field = self.field(key)?;
        if let Some(items) = field.value.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
            let comma = if items.is_empty() { "" } else { ", " };
            return self.with_value(key, &format!("[{items}{comma}{item}]"));
        }
        let dash = field.rest.find("- ")?;
        self.with_below(key, &format!("{}- {item}\n", &field.rest[..dash]))
    }

    /// The text with more lines at its end.
    pub(super) fn with_end(&self, lines: &str) -> String {
        format!("{}{lines}", self.text)
    }

    /// The text in which one thing stands for another within a field, the first time it occurs there.
    pub(super) fn with_word(&self, key: &str, word: &str, other: &str) -> Option<String> {
        let lines = self.field(key)?.lines;
        let start = lines.start + self.text[lines].find(word)?;
        Some(self.spliced(start..start + word.len(), other))
    }

    fn spliced(&self, range: Range<usize>, replacement: &str) -> String {
        format!("{}{replacement}{}", &self.text[..range.start], &self.text[range.end..])
    }
}

/// A text with the mark at its first key: where a missing field is reported.
pub(super) fn at_first_key(text: &str) -> String {
    let mut marked = text.to_owned();
    let lines = text.split_inclusive('\n').scan(0, |at, line| {
        *at += line.len();
        Some((*at - line.len(), line))
    });
    let first =
        lines.into_iter().find(|(_, line)| line.starts_with(|first: char| first.is_ascii_lowercase()));
    marked.insert(first.map_or(0, |(start, _)| start), HERE);
    marked
}
