//! The text of one definition file, and the way from byte offsets to lines and columns.

use std::sync::OnceLock;

use serde::{Deserialize, Serialize};

use crate::digest::{Digest, digest_of};

/// A byte range in a file's text. Lines and columns are computed where they are shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// One past the last byte.
    pub end: u32,
}

impl Span {
    /// The range `start..end`.
    ///
    /// Offsets fit `u32`: files are limited to far less than 4 GB (`source::Limits`).
    pub fn new(start: usize, end: usize) -> Self {
        let offset = |value: usize| u32::try_from(value).unwrap_or(u32::MAX);
        Self { start: offset(start), end: offset(end.max(start)) }
    }

    /// The range as `usize`, for slicing.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// A place in a file: line and column count from 1, columns in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Position {
    /// The line, from 1.
    pub line: usize,
    /// The column in characters, from 1.
    pub column: usize,
}

/// A file's text with an index of its lines and a digest, each made when first asked for.
#[derive(Debug, Default)]
pub struct Text {
    content: String,
    index: OnceLock<Index>,
    digest: OnceLock<Digest>,
}

/// Where lines start, and how many bytes continue a character before each block: places cost the same anywhere in a
/// file, however long its lines are.
#[derive(Debug)]
struct Index {
    line_starts: Vec<u32>,
    continuations: Vec<u32>,
}

/// Bytes of a block of [`Index::continuations`].
const BLOCK: usize = 1024;

impl Index {
    fn new(content: &[u8]) -> Self {
        let breaks = content.iter().enumerate().filter(|&(_, &byte)| byte == b'\n');
        let line_starts =
            std::iter::once(0).chain(breaks.map(|(at, _)| Span::new(at + 1, at + 1).start)).collect();
        let mut before = 0;
        let blocks = content.chunks(BLOCK).map(|block| {
            let counted = before;
            before += continuations(block);
            counted
        });
        Self { line_starts, continuations: blocks.collect() }
    }
}

/// Bytes that continue a character and start none.
fn continuations(bytes: &[u8]) -> u32 {
    bytes.iter().map(|byte| u32::from(byte & 0xC0 == 0x80)).sum()
}

impl Text {
    /// Takes the text as decoded, without a byte-order mark.
    pub fn new(content: String) -> Self {
        Self { content, ..Self::default() }
    }

    /// The whole text.
    pub fn as_str(&self) -> &str {
        &self.content
    }

    /// The digest of the text.
    pub fn digest(&self) -> Digest {
        *self.digest.get_or_init(|| digest_of(self.content.as_bytes()))
    }

    /// The text of a span, or nothing where the span is outside or splits a character.
    pub fn slice(&self, span: Span) -> &str {
        self.content.get(span.range()).unwrap_or_default()
    }

    /// Line and column of a byte offset; an offset past the end is the end.
    pub fn position(&self, offset: u32) -> Position {
        let offset = offset.min(Span::new(0, self.content.len()).end);
        let starts = &self.index().line_starts;
        let line = starts.partition_point(|&start| start <= offset);
        let start = starts[line - 1];
        let continued = self.continuations_before(offset) - self.continuations_before(start);
        Position { line, column: (offset - start - continued) as usize + 1 }
    }

    fn continuations_before(&self, offset: u32) -> u32 {
        let (offset, block) = (offset as usize, offset as usize / BLOCK);
        let counted = self.index().continuations.get(block).copied();
        match counted {
            Some(counted) => counted + continuations(&self.content.as_bytes()[block * BLOCK..offset]),
            // The end of a text that ends with a block.
            None => continuations(self.content.as_bytes()),
        }
    }

    /// The byte range of a line (from 1) without its line break.
    pub fn line(&self, line: usize) -> Span {
        let starts = &self.index().line_starts;
        let start = starts.get(line - 1).map_or(self.content.len(), |&start| start as usize);
        let end = starts.get(line).map_or(self.content.len(), |&next| next as usize);
        Span::new(start, start + self.content[start..end].trim_end_matches(['\n', '\r']).len())
    }

    /// The number of lines; an empty text has one.
    pub fn line_count(&self) -> usize {
        self.index().line_starts.len()
    }

    fn index(&self) -> &Index {
        self.index.get_or_init(|| Index::new(self.content.as_bytes()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn columns_count_characters_and_lines_survive_crlf() {
        let text = Text::new("a: é x\r\nb: 2\n".to_owned());
        assert_eq!(text.position(0), Position { line: 1, column: 1 });
        assert_eq!(text.position(6), Position { line: 1, column: 6 });
        assert_eq!(text.position(9), Position { line: 2, column: 1 });
        assert_eq!(text.slice(text.line(1)), "a: é x");
        assert_eq!(text.slice(text.line(2)), "b: 2");
        assert_eq!(text.line_count(), 3);
    }

    #[test]
    fn long_lines_have_right_columns() {
        let content = format!("a\n{}", "é".repeat(3 * BLOCK));
        let text = Text::new(content.clone());
        for characters in [0, 1, BLOCK / 2, BLOCK, 3 * BLOCK] {
            let offset = Span::new(2 + 2 * characters, 2 + 2 * characters).start;
            assert_eq!(text.position(offset), Position { line: 2, column: characters + 1 });
        }
        let exact = Text::new("é".repeat(BLOCK / 2));
        assert_eq!(exact.position(Span::new(0, BLOCK).end).column, BLOCK / 2 + 1);
    }

    #[test]
    fn the_end_and_beyond_have_a_place() {
        let text = Text::new("ab".to_owned());
        assert_eq!(text.position(2), Position { line: 1, column: 3 });
        assert_eq!(text.position(99), Position { line: 1, column: 3 });
        assert_eq!(Text::default().position(0), Position { line: 1, column: 1 });
    }
}
