//! Parser events to tree, within limits, keeping what was read before an error.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{ErrorKind, Event, Parser, ScalarStyle, ScanError, StructureStyle};

use super::node::{Data, Entry, Node, Scalar, Style, escape_pointer};
use crate::source::Span;

/// Collections within collections; GitLab's real files reach 5.
const MAX_DEPTH: usize = 64;

/// Nodes of one document, those repeated by aliases included: what a "billion laughs" file would multiply.
const MAX_NODES: usize = 20_000;

/// The tree of one file and what is wrong with it as YAML.
#[derive(Debug)]
pub struct Document<'s> {
    /// The first document's value, as far as it could be read; `None` for an empty file.
    pub root: Option<Node<'s>>,
    /// In the order of the file.
    pub problems: Vec<Problem>,
    /// Whether the whole text was understood; if not, keys may be missing from `root`.
    pub complete: bool,
}

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
    /// Any other syntax error, in the parser's words.
    Syntax(String),
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
}

/// Reads one file's text.
///
/// The text has no byte-order mark. Never fails: what is wrong is in [`Document::problems`]. After a conflict
/// marker, a NUL byte or a syntax error the rest of the file is not read.
pub fn load(text: &str) -> Document<'_> {
    let mut loader = Loader::default();
    let readable = match unreadable_from(text) {
        Some(problem) => {
            let end = problem.span.start as usize;
            loader.problems.push(problem);
            loader.complete = false;
            &text[..end]
        }
        None => text,
    };
    loader.run(readable);
    let mut problems = loader.problems;
    if loader.root.is_none() && problems.is_empty() {
        problems.push(Problem { kind: ProblemKind::Empty, span: Span::new(0, 0), related: None });
    }
    problems.sort_by_key(|problem| problem.span);
    Document { root: loader.root, complete: loader.complete, problems }
}

/// The first thing that makes the rest of a file unreadable before YAML is looked at.
fn unreadable_from(text: &str) -> Option<Problem> {
    let nul = text.find('\0').map(|at| (ProblemKind::NulByte, Span::new(at, at + 1)));
    let marker = conflict_marker(text).map(|span| (ProblemKind::ConflictMarker, span));
    let first = [nul, marker].into_iter().flatten().min_by_key(|(_, span)| span.start);
    first.map(|(kind, span)| Problem { kind, span, related: None })
}

/// The first line that git writes into a file it could not merge: `<<<<<<< `, or a lone later half of one.
fn conflict_marker(text: &str) -> Option<Span> {
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let content = line.trim_end_matches(['\n', '\r']);
        let marked = ["<<<<<<<", ">>>>>>>"].iter().any(|marker| {
            content.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
        });
        if marked || content == "=======" {
            return Some(Span::new(start, start + content.len()));
        }
        start += line.len();
    }
    None
}

/// A collection that is still open.
enum Open<'s> {
    Sequence {
        start: Span,
        flow: bool,
        anchor: usize,
        items: Vec<Node<'s>>,
    },
    Mapping {
        start: Span,
        flow: bool,
        anchor: usize,
        entries: Vec<Entry<'s>>,
        key: Option<(Cow<'s, str>, Span)>,
    },
}

struct Loader<'s> {
    open: Vec<Open<'s>>,
    anchors: HashMap<usize, Node<'s>>,
    nodes: usize,
    documents: usize,
    root: Option<Node<'s>>,
    problems: Vec<Problem>,
    complete: bool,
}

impl Default for Loader<'_> {
    fn default() -> Self {
        Self {
            open: Vec::new(),
            anchors: HashMap::new(),
            nodes: 0,
            documents: 0,
            root: None,
            problems: Vec::new(),
            complete: true,
        }
    }
}

impl<'s> Loader<'s> {
    fn run(&mut self, text: &'s str) {
        for event in Parser::new_from_str(text) {
            let going_on = match event {
                Ok((event, span)) => self.event(event, bytes(&span), text),
                Err(error) => {
                    let problem = self.syntax_problem(&error, text);
                    Err(problem)
                }
            };
            if let Err(problem) = going_on {
                self.problems.push(problem);
                self.complete = false;
                break;
            }
            if self.documents > 1 {
                break;
            }
        }
        self.close_all(text.len());
    }

    /// Takes one event; an error ends the reading.
    fn event(&mut self, event: Event<'s>, span: Span, text: &'s str) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    let kind = ProblemKind::SecondDocument;
                    self.problems.push(Problem { kind, span, related: None });
                }
            }
            Event::Scalar(value, style, anchor, tag) => {
                let style = match style {
                    ScalarStyle::Plain => Style::Plain,
                    ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
                    ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
                };
                // The parser writes `~` for a value that is left out.
                let value =
                    if span.start == span.end && style == Style::Plain { Cow::Borrowed("") } else { value };
                let scalar = Scalar { text: value, style, tagged: tag.is_some() };
                self.add(Node { span, data: Data::Scalar(scalar) }, anchor, text)?;
            }
            Event::SequenceStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                self.push(Open::Sequence { start: span, flow, anchor, items: Vec::new() }, span)?;
            }
            Event::MappingStart(style, anchor, _) => {
                let flow = style == StructureStyle::Flow;
                let entries = Vec::new();
                self.push(Open::Mapping { start: span, flow, anchor, entries, key: None }, span)?;
            }
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end as usize, text)?,
            Event::Alias(anchor) => {
                // An alias to a collection that is still open has no finished node: it would repeat for ever.
                let Some((nodes, depth)) = self.anchors.get(&anchor).map(measure) else {
                    return Err(Problem { kind: ProblemKind::TooManyNodes, span, related: None });
                };
                self.count(nodes, span)?;
                if self.open.len() + depth > MAX_DEPTH {
                    return Err(Problem { kind: ProblemKind::TooDeep, span, related: None });
                }
                let data = self.anchors[&anchor].data.clone();
                self.add(Node { span, data }, 0, text)?;
            }
            _ => {}
        }
        Ok(())
    }

    fn push(&mut self, open: Open<'s>, span: Span) -> Result<(), Problem> {
        if self.open.len() >= MAX_DEPTH {
            return Err(Problem { kind: ProblemKind::TooDeep, span, related: None });
        }
        self.open.push(open);
        Ok(())
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Problem> {
        self.nodes += nodes;
        if self.nodes > MAX_NODES {
            return Err(Problem { kind: ProblemKind::TooManyNodes, span, related: None });
        }
        Ok(())
    }

    /// Puts a finished node where it belongs: into the open collection, or at the root.
    fn add(&mut self, node: Node<'s>, anchor: usize, text: &'s str) -> Result<(), Problem> {
        self.count(1, node.span)?;
        if anchor != 0 {
            self.anchors.insert(anchor, node.clone());
        }
        match self.open.last_mut() {
            None => {
                if self.documents <= 1 {
                    let empty = node.is_null() && node.span.start == node.span.end;
                    self.root = (!empty).then_some(node);
                }
            }
            Some(Open::Sequence { items, .. }) => items.push(node),
            Some(Open::Mapping { entries, key, .. }) => match key.take() {
                Some((key, key_span)) => entries.push(Entry { key, key_span, value: node }),
                None => {
                    let span = node.span;
                    let name = match node.data {
                        Data::Scalar(scalar) => scalar.text,
                        _ => {
                            let kind = ProblemKind::ComplexKey;
                            self.problems.push(Problem { kind, span, related: None });
                            Cow::Borrowed(text.get(span.range()).unwrap_or_default())
                        }
                    };
                    let first = entries.iter().find(|entry| entry.key == name).map(|entry| entry.key_span);
                    *key = Some((name, span));
                    if first.is_some() {
                        let kind = ProblemKind::DuplicateKey(self.pointer());
                        self.problems.push(Problem { kind, span, related: first });
                    }
                }
            },
        }
        Ok(())
    }

    /// JSON Pointer to the value that is being read.
    fn pointer(&self) -> String {
        let steps = self.open.iter().map(|open| match open {
            Open::Sequence { items, .. } => format!("/{}", items.len()),
            Open::Mapping { key: Some((key, _)), .. } => format!("/{}", escape_pointer(key)),
            Open::Mapping { key: None, .. } => String::new(),
        });
        steps.collect()
    }

    fn close(&mut self, end: usize, text: &'s str) -> Result<(), Problem> {
        let (start, anchor, data, flow) = match self.open.pop() {
            Some(Open::Sequence { start, anchor, items, flow }) => {
                (start, anchor, Data::Sequence(items), flow)
            }
            Some(Open::Mapping { start, anchor, mut entries, key, flow }) => {
                if let Some((key, key_span)) = key {
                    let span = Span { start: key_span.end, end: key_span.end };
                    let scalar = Scalar { text: Cow::Borrowed(""), style: Style::Plain, tagged: false };
                    entries.push(Entry { key, key_span, value: Node { span, data: Data::Scalar(scalar) } });
                }
                (start, anchor, Data::Mapping(entries), flow)
            }
            None => return Ok(()),
        };
        // A block collection ends with its last value, not with the next token.
        let end = if flow { end } else { last_end(&data).unwrap_or(start.end) as usize };
        let block_sequence = !flow && matches!(data, Data::Sequence(_));
        let start =
            if block_sequence { first_dash(text, start.start as usize) } else { start.start as usize };
        let span = Span::new(start, end);
        self.add(Node { span, data }, anchor, text)
    }

    /// Closes what an error left open, so that what was read is kept.
    fn close_all(&mut self, end: usize) {
        while !self.open.is_empty() {
            // The limits have been reported already.
            if self.close(end, "").is_err() {
                break;
            }
        }
    }

    /// Names the place that a person has to mend: an opening bracket or quote, a tab, else where parsing stopped.
    fn syntax_problem(&self, error: &ScanError, text: &str) -> Problem {
        let stopped = error.marker().byte_offset().unwrap_or(text.len()).min(text.len());
        let at = |offset: usize| {
            Span::new(offset, offset + text[offset..].chars().next().map_or(0, char::len_utf8))
        };
        let flow_start = self.open.iter().rev().find_map(|open| match open {
            Open::Sequence { start, flow: true, .. } | Open::Mapping { start, flow: true, .. } => {
                Some(start.start)
            }
            _ => None,
        });
        let tab = tab_near(text, stopped);
        let (kind, span) = match (error.kind(), flow_start) {
            (ErrorKind::RecursionLimitExceeded, _) => (ProblemKind::TooDeep, at(stopped)),
            (ErrorKind::UnclosedQuotedScalar | ErrorKind::DocumentIndicatorInQuotedScalar, _) => {
                let quote = text[stopped..].chars().next().unwrap_or('"');
                (ProblemKind::Unclosed(quote), at(stopped))
            }
            (
                ErrorKind::UnclosedFlowCollection { open }
                | ErrorKind::MismatchedFlowCollectionEnd { open, .. },
                _,
            ) => (ProblemKind::Unclosed(*open), at(stopped)),
            (kind, Some(open)) if leaves_flow_open(kind) => {
                let bracket = text[open as usize..].chars().next().unwrap_or('[');
                (ProblemKind::Unclosed(bracket), at(open as usize))
            }
            _ if tab.is_some() => (ProblemKind::Tab, at(tab.unwrap_or(stopped))),
            (kind, _) => (ProblemKind::Syntax(kind.to_string()), at(stopped)),
        };
        let elsewhere = span.start as usize != stopped && !matches!(kind, ProblemKind::Tab);
        Problem { kind, span, related: elsewhere.then(|| at(stopped)) }
    }
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

/// The dash of a block sequence's first item: the parser starts a sequence without indentation behind it.
fn first_dash(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default().trim_end();
    if before.ends_with('-') && !text[start..].starts_with("- ") { before.len() - 1 } else { start }
}

fn bytes(span: &granit_parser::Span) -> Span {
    let start = span.start.byte_offset().unwrap_or_default();
    Span::new(start, span.end.byte_offset().unwrap_or(start))
}

fn last_end(data: &Data<'_>) -> Option<u32> {
    match data {
        Data::Sequence(items) => items.last().map(|item| item.span.end),
        Data::Mapping(entries) => entries.last().map(|entry| entry.value.span.end.max(entry.key_span.end)),
        Data::Scalar(_) => None,
    }
}

/// How many nodes a value has, and how many collections lie within each other.
fn measure(node: &Node<'_>) -> (usize, usize) {
    let total = |children: &mut dyn Iterator<Item = (usize, usize)>| {
        children.fold((1, 1), |(nodes, depth), (more, deeper)| (nodes + more, depth.max(deeper + 1)))
    };
    match &node.data {
        Data::Scalar(_) => (1, 0),
        Data::Sequence(items) => total(&mut items.iter().map(measure)),
        Data::Mapping(entries) => total(&mut entries.iter().map(|entry| {
            let (nodes, depth) = measure(&entry.value);
            (nodes + 1, depth)
        })),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::{Position, Text};

    /// Loads a text and describes its problems as `line:column kind`.
    fn problems(text: &str) -> Vec<String> {
        let lines = Text::new(text.to_owned());
        let place = |span: Span| {
            let Position { line, column } = lines.position(span.start);
            format!("{line}:{column}")
        };
        let described = load(text).problems.into_iter().map(|problem| {
            let related = problem.related.map(|span| format!(" <- {}", place(span))).unwrap_or_default();
            format!("{} {:?}{related}", place(problem.span), problem.kind)
        });
        described.collect()
    }

    #[test]
    fn values_keep_place_and_text() {
        let text = "---\na: 16.10\nb:\n  - 'x'  # note\n  - {c: d}\n";
        let document = load(text);
        let root = document.root.unwrap();
        assert!(document.complete && document.problems.is_empty());
        let slice = |node: &Node<'_>| &text[node.span.range()];
        assert_eq!(slice(root.get("a").unwrap()), "16.10");
        assert_eq!(root.get("a").unwrap().text(), Some("16.10"));
        let items = root.get("b").unwrap().items();
        assert_eq!((slice(&items[0]), items[0].text()), ("'x'", Some("x")));
        assert_eq!(slice(&items[1]), "{c: d}");
        assert_eq!(slice(root.get("b").unwrap()), "- 'x'  # note\n  - {c: d}");
        assert_eq!(&text[root.entry("b").unwrap().key_span.range()], "b");
        let text = "a:\n- b: 1\n  c: 2\n- - x\n  - y\nd:\n-\n  e\n";
        let root = load(text).root.unwrap();
        assert_eq!(&text[root.get("a").unwrap().span.range()], "- b: 1\n  c: 2\n- - x\n  - y");
        assert_eq!(&text[root.get("a").unwrap().items()[1].span.range()], "- x\n  - y");
        assert_eq!(&text[root.get("d").unwrap().span.range()], "-\n  e");
    }

    #[test]
    fn json_keeps_what_yaml_would_damage() {
        let document = load("m: 16.10\nn: 16.1\ni: 7\nx: 0x1F\nt: yes\nb: true\nz:\nm: again\n");
        let json = serde_json::to_string(&document.root.unwrap()).unwrap();
        assert_eq!(json, r#"{"m":"16.10","n":16.1,"i":7,"x":"0x1F","t":"yes","b":true,"z":null}"#);
    }

    #[test]
    fn a_value_left_out_is_null_without_text() {
        let root = load("a:\nb: ~\nc: ''\n").root.unwrap();
        let text = |key: &str| match &root.get(key).unwrap().data {
            Data::Scalar(scalar) => scalar.text.to_string(),
            other => panic!("{other:?}"),
        };
        assert_eq!((text("a"), text("b"), text("c")), (String::new(), "~".to_owned(), String::new()));
        assert!(
            root.get("a").unwrap().is_null()
                && root.get("b").unwrap().is_null()
                && !root.get("c").unwrap().is_null()
        );
    }

    #[test]
    fn empty_files_have_no_root() {
        for text in ["", "\n\n", "# only a comment\n", "---\n"] {
            assert_eq!(problems(text), ["1:1 Empty"], "{text:?}");
        }
    }

    #[test]
    fn duplicate_keys_name_both_places() {
        assert_eq!(
            problems("a: 1\nb: {c: 1, c: 2}\na: 3\n"),
            ["2:11 DuplicateKey(\"/b/c\") <- 2:5", "3:1 DuplicateKey(\"/a\") <- 1:1"]
        );
    }

    #[test]
    fn unclosed_brackets_and_quotes_are_reported_where_they_open() {
        assert_eq!(problems("a: 1\nb: [1, 2\nc: 3\n")[0].split(" <-").next(), Some("2:4 Unclosed('[')"));
        assert_eq!(problems("a: [1, {b: 2\n")[0].split(" <-").next(), Some("1:8 Unclosed('{')"));
        assert_eq!(problems("a: 'x\nb: 1\n")[0].split(" <-").next(), Some("1:4 Unclosed('\\'')"));
        assert_eq!(problems("a: \"x\nb: 1\n")[0].split(" <-").next(), Some("1:4 Unclosed('\"')"));
    }

    #[test]
    fn tabs_are_reported_at_the_tab() {
        assert_eq!(problems("a:\n\t- x\n"), ["2:1 Tab"]);
        assert_eq!(problems("a:\n  b: 1\n\tc: 2\n"), ["3:1 Tab"]);
    }

    #[test]
    fn what_stands_before_an_error_is_kept() {
        let document = load("key_path: counts.x\ntiers: [free\nstatus: active\n");
        assert!(!document.complete);
        assert_eq!(document.root.unwrap().get("key_path").and_then(Node::text), Some("counts.x"));
    }

    #[test]
    fn conflict_markers_and_nul_end_the_reading() {
        assert_eq!(problems("a: 1\n<<<<<<< HEAD\nb: 2\n=======\nb: 3\n>>>>>>> x\n"), ["2:1 ConflictMarker"]);
        assert_eq!(problems("a: 1\nb: x\0y\n"), ["2:5 NulByte"]);
    }

    #[test]
    fn a_second_document_is_not_read() {
        let document = load("a: 1\n---\nb: 2\n");
        assert!(document.root.unwrap().get("b").is_none());
        assert_eq!(problems("a: 1\n---\nb: 2\n"), ["2:1 SecondDocument"]);
        assert!(problems("---\na: 1\n...\n").is_empty());
    }

    #[test]
    fn bombs_end_at_a_limit() {
        let bomb = "a: &a [x,x,x,x,x,x,x,x,x]\nb: &b [*a,*a,*a,*a,*a,*a,*a,*a,*a]\nc: &c [*b,*b,*b,*b,*b,*b,*b,*b,*b]\n\
                    d: &d [*c,*c,*c,*c,*c,*c,*c,*c,*c]\ne: [*d,*d,*d,*d,*d,*d,*d,*d,*d]\n";
        assert!(problems(bomb)[0].ends_with("TooManyNodes"), "{:?}", problems(bomb));
        assert!(problems("a: &a [*a]\n")[0].ends_with("TooManyNodes"));
        assert!(problems(&"[".repeat(100_000))[0].ends_with("TooDeep"));
        assert!(problems(&"- ".repeat(50_000))[0].ends_with("TooDeep"));
    }

    #[test]
    fn aliases_repeat_their_target() {
        let document = load("a: &x [1, 2]\nb: *x\n");
        assert_eq!(document.root.unwrap().get("b").unwrap().texts(), ["1", "2"]);
    }
}
