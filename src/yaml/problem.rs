//! What is wrong with a text as YAML, said for people: at the place to mend, with what to do.

use granit_parser::{ErrorKind, ScanError};

use crate::source::Span;

/// Something wrong with a file as YAML.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What is wrong.
    pub kind: ProblemKind,
    /// Where.
    pub span: Span,
    /// Where the other half stands: the first of two equal keys, the place where parsing stopped.
    pub related: Option<Span>,
}

/// The ways in which YAML goes wrong.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// Nothing but white space and comments.
    Empty,
    /// A NUL byte.
    NulByte,
    /// `<<<<<<<`, left by a merge.
    ConflictMarker,
    /// A tab where YAML wants spaces.
    Tab,
    /// A bracket, brace or quote is not closed: the opening character.
    Unclosed(char),
    /// Any other syntax error: the parser's words, and what most likely mends it.
    Syntax(String, &'static str),
    /// The same key again: its JSON Pointer.
    DuplicateKey(String),
    /// A list or mapping as a key.
    ComplexKey,
    /// A second document after `---`.
    SecondDocument,
    /// Nested too deeply.
    TooDeep,
    /// Too many values, aliases counted as often as they repeat.
    TooManyNodes,
    /// An alias inside what it stands for.
    SelfAlias,
}

impl Problem {
    pub(super) fn new(kind: ProblemKind, span: Span) -> Self {
        Self { kind, span, related: None }
    }
}

/// What was being read when the parser gave up.
pub(super) struct Reading {
    /// The innermost open `[` or `{`.
    pub(super) flow_start: Option<u32>,
    /// The end of the key whose value was being read.
    pub(super) key_end: Option<u32>,
}

/// Names the place that a person has to mend: an opening bracket or quote, a tab, else where parsing stopped.
///
/// `base` is where the parsed part starts in `text`.
pub(super) fn diagnose(error: &ScanError, text: &str, base: usize, reading: &Reading) -> Problem {
    let stopped = (base + error.marker().byte_offset().unwrap_or(text.len())).min(text.len());
    let at = |offset: usize| {
        let first = text.get(offset..).and_then(|rest| rest.chars().next());
        Span::new(offset, offset + first.map_or(0, char::len_utf8))
    };
    let opening = |offset: usize, otherwise: char| text[offset..].chars().next().unwrap_or(otherwise);
    let quote = reading.key_end.and_then(|key_end| quote_on_an_earlier_line(text, key_end as usize, stopped));
    let (kind, span) = match (error.kind(), reading.flow_start) {
        (ErrorKind::RecursionLimitExceeded, _) => (ProblemKind::TooDeep, at(stopped)),
        (ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar, _) => {
            (ProblemKind::Unclosed(opening(stopped, '"')), at(stopped))
        }
        (
            ErrorKind::InvalidTrailingSingleQuotedScalar
            | ErrorKind::InvalidTrailingDoubleQuotedScalar
            | ErrorKind::UnknownQuotedScalarEscape
            | ErrorKind::InvalidQuotedScalarIndent,
            _,
        ) if quote.is_some() => {
            let quote = quote.unwrap_or(stopped);
            (ProblemKind::Unclosed(opening(quote, '"')), at(quote))
        }
        (
            ErrorKind::UnclosedFlowCollection { open } | ErrorKind::MismatchedFlowCollectionEnd { open, .. },
            _,
        ) => (ProblemKind::Unclosed(*open), at(stopped)),
        (kind, Some(open)) if leaves_flow_open(kind) => {
            (ProblemKind::Unclosed(opening(open as usize, '[')), at(open as usize))
        }
        (kind, _) => match tab_near(text, stopped) {
            Some(tab) => (ProblemKind::Tab, at(tab)),
            None => (ProblemKind::Syntax(kind.to_string(), remedy(kind)), at(stopped)),
        },
    };
    let elsewhere = span.start as usize != stopped && kind != ProblemKind::Tab;
    Problem { kind, span, related: elsewhere.then(|| at(stopped)) }
}

/// What most likely mends a syntax error.
fn remedy(kind: &ErrorKind) -> &'static str {
    match kind {
        ErrorKind::SimpleKeyExpected => "put a colon and a space behind each key: `key: value`",
        ErrorKind::MappingValueNotAllowed => {
            "put the text in quotes: a colon and a space in it start a value"
        }
        ErrorKind::UnknownAnchor => "put the text in quotes: `*` at its start stands for an alias",
        ErrorKind::UnexpectedCharacter { .. } | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            "put the text in quotes; inside single quotes, write `''` for `'`"
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar => {
            "put the whole text in quotes; inside them, write `\\\"` for `\"`"
        }
        ErrorKind::UnknownQuotedScalarEscape => "write `\\\\` for a backslash, or use single quotes",
        ErrorKind::InvalidIndentation
        | ErrorKind::ExpectedBlockMappingKey
        | ErrorKind::ExpectedBlockSequenceEntry => "align the line with those it belongs to",
        _ => "put the text in quotes, or correct the indentation",
    }
}

/// The quote that starts the value behind a key, if reading stopped on a later line: most likely it was meant to end
/// on its own.
fn quote_on_an_earlier_line(text: &str, key_end: usize, stopped: usize) -> Option<usize> {
    let value = text.get(key_end..stopped)?;
    let start = value.find(|character: char| character != ':' && !character.is_whitespace())?;
    let quoted = value[start..].starts_with(['"', '\'']);
    (quoted && value[start..].contains('\n')).then_some(key_end + start)
}

/// Whether an error inside `[` or `{` most likely means that the bracket was never closed.
fn leaves_flow_open(kind: &ErrorKind) -> bool {
    matches!(
        kind,
        ErrorKind::UnexpectedEofFlowSequence
            | ErrorKind::UnexpectedEofFlowMapping
            | ErrorKind::UnexpectedEofImplicitFlowMapping
            | ErrorKind::UnexpectedEof
            | ErrorKind::ExpectedFlowMappingSeparator
            | ErrorKind::ExpectedFlowSequenceSeparator
            | ErrorKind::InvalidColonPlacement
            | ErrorKind::InvalidIndentation
            | ErrorKind::InvalidFlowScalarIndent
            | ErrorKind::BlockEntryInFlowCollection
            | ErrorKind::SimpleKeyExpected
            | ErrorKind::InvalidSimpleKey
            | ErrorKind::MappingValueNotAllowed
    )
}

/// The first tab in the indentation of the line that `offset` is on, of the line before or the one after.
fn tab_near(text: &str, offset: usize) -> Option<usize> {
    let line_start = |end: usize| text[..end].rfind('\n').map_or(0, |at| at + 1);
    let this = line_start(offset);
    let previous = line_start(this.saturating_sub(1));
    let next = text[offset..].find('\n').map_or(text.len(), |at| offset + at + 1);
    [this, previous, next].into_iter().find_map(|start| {
        let indent = text[start..].len() - text[start..].trim_start_matches([' ', '\t']).len();
        text[start..start + indent].find('\t').map(|tab| start + tab)
    })
}
