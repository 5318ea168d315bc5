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
    /// A character that YAML cannot hold, such as NUL.
    ControlCharacter(char),
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

    /// Whether this is only seen because reading ends at a barrier: what the barrier cuts off looks unclosed.
    pub(super) fn follows_from(&self, barrier: &Self, text: &str) -> bool {
        let between = text.get(self.span.start as usize..barrier.span.start as usize).unwrap_or_default();
        matches!(self.kind, ProblemKind::Unclosed(_)) || !between.contains('\n')
    }
}

/// What was being read when the parser gave up.
pub(super) struct Reading {
    /// The innermost open `[` or `{`.
    pub(super) flow_start: Option<u32>,
    /// The end of the key whose value was being read.
    pub(super) key_end: Option<u32>,
    /// Whether there are fields already.
    pub(super) in_mapping: bool,
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
    let key = key_of_another_depth(text, stopped);
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
        (kind, Some(_)) if leaves_flow_open(kind) && quote.is_some() => {
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
        (kind @ ErrorKind::UnknownQuotedScalarEscape, _) => {
            (ProblemKind::Syntax(kind.to_string(), remedy(kind)), at(unknown_escape(text, stopped)))
        }
        (kind, _) => match (kind, tab_near(text, stopped)) {
            (_, Some(tab)) => (ProblemKind::Tab, at(tab)),
            (ErrorKind::MappingValueNotAllowed, _) if !reading.in_mapping => {
                let words = ErrorKind::SimpleKeyExpected;
                (ProblemKind::Syntax(words.to_string(), remedy(&words)), at(first_content(text, base)))
            }
            (ErrorKind::MappingValueNotAllowed, _) if key.is_some() => {
                let words = ErrorKind::InvalidIndentation;
                (ProblemKind::Syntax(words.to_string(), remedy(&words)), at(key.unwrap_or(stopped)))
            }
            _ => (ProblemKind::Syntax(kind.to_string(), remedy(kind)), at(stopped)),
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

/// The last quote in the value behind a key, if its other half stands on a later line or nowhere before reading stopped:
/// most likely it was meant to end on its own line.
fn quote_on_an_earlier_line(text: &str, key_end: usize, stopped: usize) -> Option<usize> {
    let value = text.get(key_end..stopped)?;
    let mut last = None;
    let mut at = 0;
    while let Some(found) = value[at..].find(['"', '\'']) {
        let open = at + found;
        let quote = &value[open..=open];
        // Inside a plain word it is an apostrophe.
        let starts =
            value[..open].ends_with(|before: char| before.is_whitespace() || "[{,:".contains(before));
        if !starts {
            at = open + 1;
            continue;
        }
        let end = value[open + 1..].find(quote).map_or(value.len(), |end| open + 1 + end + 1);
        if value[open..end].contains('\n') {
            last = Some(key_end + open);
        }
        at = end;
    }
    last
}

/// The key on the line on which reading stopped at its colon, if it is indented: it was read as more of the value above.
fn key_of_another_depth(text: &str, stopped: usize) -> Option<usize> {
    let line = text[..stopped].rfind('\n').map_or(0, |at| at + 1);
    let before = &text[line..stopped];
    let key = before.trim_start_matches(' ');
    let plain = !key.is_empty() && key.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
    (plain && key.len() < before.len()).then_some(stopped - key.len())
}

/// The first line from `base` on that holds more than a comment or the start of the document.
fn first_content(text: &str, base: usize) -> usize {
    let mut start = base;
    for line in text[base..].split_inclusive('\n') {
        let content = line.trim();
        if !content.is_empty() && !content.starts_with('#') && content != "---" {
            return start + line.len() - line.trim_start().len();
        }
        start += line.len();
    }
    base
}

/// The first backslash behind the opening quote that starts no escape of YAML.
fn unknown_escape(text: &str, quote: usize) -> usize {
    let mut at = quote;
    while let Some(found) = text[at..].find('\\') {
        let backslash = at + found;
        let Some(next) = text[backslash + 1..].chars().next() else { break };
        if !"0abt\tnvfre \"/\\N_LPxuU\n\r".contains(next) {
            return backslash;
        }
        at = backslash + 1 + next.len_utf8();
    }
    quote
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
