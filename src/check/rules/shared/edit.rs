//! Edits of one scalar that leave everything else of the file as it is.
//!
//! None is made where more than the scalar would change, or where it is not written as it reads: in files with aliases,
//! on escapes, on text over several lines.

use crate::check::Fix;
use crate::definition::Definition;
use crate::source::Span;
use crate::yaml::{MarkKind, Resolved, Scalar, Style};

/// Puts a plain scalar in quotes, with its text as it is written: `16.10` becomes `"16.10"`.
pub(in crate::check::rules) fn quote(definition: &Definition<'_>, span: Span, written: &str) -> Option<Fix> {
    let as_written = raw(definition, span)? == written && !written.contains(['"', '\\']);
    as_written.then(|| {
        let replacement = format!("\"{written}\"");
        Fix { title: format!("quote it: `{replacement}`"), span, replacement }
    })
}

/// Writes another word for a scalar or a key, in the quotes that it stands in.
pub(in crate::check::rules) fn reword(
    definition: &Definition<'_>,
    span: Span,
    written: &str,
    word: &str,
) -> Option<Fix> {
    let raw = raw(definition, span)?;
    let quoted = |quote: char| {
        let inner = raw.strip_prefix(quote).and_then(|rest| rest.strip_suffix(quote));
        inner == Some(written) && !word.contains([quote, '\\'])
    };
    let replacement = if raw == written && is_plain(word) {
        word.to_owned()
    } else if quoted('"') || (raw == written && !word.contains(['"', '\\'])) {
        format!("\"{word}\"")
    } else if quoted('\'') {
        format!("'{word}'")
    } else {
        return None;
    };
    Some(Fix { title: format!("write `{word}`"), span, replacement })
}

/// The bytes of a scalar on one line; nothing in a file with aliases, where they may stand for several values.
fn raw<'d>(definition: &'d Definition<'_>, span: Span) -> Option<&'d str> {
    let aliased = definition.document.marks.iter().any(|mark| mark.kind == MarkKind::Alias);
    let raw = definition.source.text.slice(span);
    (!aliased && !raw.is_empty() && !raw.contains(['\n', '\r'])).then_some(raw)
}

/// Whether a word needs no quotes, for any reader of YAML.
fn is_plain(word: &str) -> bool {
    let scalar = Scalar { text: word.into(), style: Style::Plain, tagged: false };
    let letters = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'(' | b')');
    word.starts_with(|first: char| first.is_ascii_alphanumeric())
        && word.bytes().all(letters)
        && word.bytes().any(|byte| byte.is_ascii_alphabetic())
        && matches!(scalar.resolve(), Resolved::Text(_))
        && !["yes", "no", "on", "off", "y", "n"].iter().any(|other| other.eq_ignore_ascii_case(word))
}
