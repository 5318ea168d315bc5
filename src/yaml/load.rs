//! Parser events to tree, within limits, keeping what can be read around an error.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Parser, ScalarStyle, StructureStyle, Tag};

use super::node::{Data, Entry, Node, Scalar, Style, escape_pointer};
use super::problem::{Problem, ProblemKind, Reading, diagnose};
use crate::source::{Limits, Span};

/// Fields of a definition: room that hardly any has to grow out of.
const USUAL_FIELDS: usize = 16;

/// How often reading goes on behind an error. A file with more of them is something else.
const MAX_RESTARTS: usize = 20;

/// The tree of one file and what is wrong with it as YAML.
#[derive(Debug, Clone)]
pub struct Document<'s> {
    /// The first document's value, as far as it could be read; `None` for an empty file.
    pub root: Option<Node<'s>>,
    /// In the order of the file.
    pub problems: Vec<Problem>,
    /// What is read here and not everywhere, in the order of the file.
    pub marks: Vec<Mark>,
    /// What an error made unreadable: the field it is in, up to where reading went on. Fields may be missing from
    /// `root` unless this is empty.
    pub unread: Vec<Span>,
    /// The comments, from `#` to the end of the line, in the order of the file. Those in what is unread are missing.
    pub comments: Vec<Span>,
}

/// A part of YAML that only some readers follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Which.
    pub kind: MarkKind,
    /// The alias, or the tag.
    pub span: Span,
    /// JSON Pointer to the value.
    pub pointer: String,
}

/// The parts of YAML that only some readers follow.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum MarkKind {
    /// `*name`, which repeats another value.
    Alias,
    /// `!name`, which gives a value a type, as written. The core schema's own (`!!str`) are not among them.
    Tag(String),
}

impl Document<'_> {
    /// Whether the whole text was understood.
    pub fn is_complete(&self) -> bool {
        self.unread.is_empty()
    }

    /// Whether there is nothing to say of the text but its tree and its comments.
    pub fn is_plain(&self) -> bool {
        self.is_complete() && self.problems.is_empty() && self.marks.is_empty()
    }

    /// Whether what starts at an offset was understood.
    pub fn is_read(&self, offset: u32) -> bool {
        self.unread.iter().all(|unread| !(unread.start..unread.end).contains(&offset))
    }
}

/// Reads one file's text.
///
/// The text has no byte-order mark. Never fails: what is wrong is in [`Document::problems`]. Behind an error, reading
/// goes on at the next line that looks like a field.
pub fn load(text: &str) -> Document<'_> {
    load_within(text, Limits::default())
}

/// As [`load`], within other limits on nesting and the number of values.
pub fn load_within(text: &str, limits: Limits) -> Document<'_> {
    let mut document = Document {
        root: None,
        problems: Vec::new(),
        marks: Vec::new(),
        unread: Vec::new(),
        comments: Vec::new(),
    };
    let mut start = 0;
    for _ in 0..=MAX_RESTARTS {
        let barrier = barrier(text, start);
        let end = barrier.as_ref().map_or(text.len(), |problem| problem.span.start as usize);
        let mut part = Part { limits, ..Part::default() };
        let stopped = match (part.read(text, start, end), barrier) {
            (Some(problem), Some(barrier)) if problem.follows_from(&barrier, text) => Some(barrier),
            (stopped, barrier) => stopped.or(barrier),
        };
        let pending = part.pending_key().or_else(|| part.take_back(text, stopped.as_ref()));
        part.close_all(text);
        document.marks.append(&mut part.marks);
        if let Some(second) = part.problems.iter().find(|problem| problem.kind == ProblemKind::SecondDocument)
        {
            document.unread.push(Span::new(second.span.start as usize, text.len()));
        }
        document.add(part.root, part.problems);
        document.comments.append(&mut part.comments);
        let Some(problem) = stopped else { break };
        let next = restart(text, &problem, start, pending);
        let unread = pending.map_or(problem.span.start, |key| key.start.min(problem.span.start));
        document.unread.push(Span::new(unread as usize, next.unwrap_or(text.len().max(unread as usize + 1))));
        document.problems.push(problem);
        match next {
            Some(next) => start = next,
            None => break,
        }
    }
    if document.root.is_none() && document.problems.is_empty() {
        document.problems.push(Problem::new(ProblemKind::Empty, Span::new(0, 0)));
    }
    document.problems.sort_by_key(|problem| problem.span);
    document.comments.sort_unstable();
    document.comments.dedup();
    // Reading a line again finds the same error again.
    document.problems.dedup_by(|later, earlier| later.span.start == earlier.span.start);
    document.marks.sort_by_key(|mark| mark.span);
    document.marks.dedup();
    document
}

impl<'s> Document<'s> {
    /// Adds what one part gave: fields to the fields of the parts before.
    fn add(&mut self, root: Option<Node<'s>>, problems: Vec<Problem>) {
        self.problems.extend(problems);
        match (&mut self.root, root) {
            (None, root) => self.root = root,
            (
                Some(Node { data: Data::Mapping(entries), .. }),
                Some(Node { data: Data::Mapping(more), .. }),
            ) => {
                for entry in more {
                    if entries.iter().all(|known| known.key != entry.key) {
                        entries.push(entry);
                    }
                }
            }
            (Some(_), _) => {}
        }
    }
}

/// The first thing from `start` on that YAML cannot hold at all: a control character, the marker of a merge conflict.
fn barrier(text: &str, start: usize) -> Option<Problem> {
    if !may_hold_barrier(&text[start..]) {
        return None;
    }
    let foreign = |&(_, character): &(usize, char)| {
        character.is_control() && !matches!(character, '\t' | '\n' | '\r' | '\u{85}')
    };
    let control = text[start..].char_indices().find(foreign).map(|(at, character)| {
        let at = start + at;
        (ProblemKind::ControlCharacter(character), Span::new(at, at + character.len_utf8()))
    });
    let marker = conflict_marker(&text[start..]).map(|span| {
        (ProblemKind::ConflictMarker, Span::new(start + span.start as usize, start + span.end as usize))
    });
    let first = [control, marker].into_iter().flatten().min_by_key(|(_, span)| span.start);
    first.map(|(kind, span)| Problem::new(kind, span))
}

/// Whether a closer look for a barrier is worth it. Hardly any text has one: this asks all bytes alike, which the machine
/// does for many at a time.
fn may_hold_barrier(text: &str) -> bool {
    // In UTF-8, 0xC2 starts the other control characters, among some that are none.
    let foreign =
        |byte: u8| (byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r')) || matches!(byte, 0x7F | 0xC2);
    let marks = |byte: u8| matches!(byte, b'<' | b'=' | b'>');
    let bytes = text.as_bytes();
    let next = bytes.get(1..).unwrap_or_default();
    let at_line_start = |(&before, &byte): (&u8, &u8)| before == b'\n' && marks(byte);
    bytes.first().is_some_and(|&first| marks(first))
        || bytes.iter().fold(false, |found, &byte| found | foreign(byte))
        || bytes.iter().zip(next).fold(false, |found, pair| found | at_line_start(pair))
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

/// Where reading goes on behind a problem: at the next line that looks like a field.
///
/// That may be the very line on which reading stopped, if the field before it is to blame.
fn restart(text: &str, problem: &Problem, start: usize, pending: Option<Span>) -> Option<usize> {
    // Each part is read within the limits, and what anchors name is known in their part alone.
    if problem.kind == ProblemKind::TooManyNodes {
        return None;
    }
    let mut from = problem.span.start as usize;
    if problem.kind == ProblemKind::ConflictMarker {
        let end = text[from..].find("\n>>>>>>>").map(|at| from + at + 1)?;
        from = end;
    }
    let line = text[..from].rfind('\n').map_or(0, |at| at + 1);
    let blameless = start < line && pending.is_some_and(|key| (key.start as usize) < line);
    if blameless && starts_field(&text[line..]) {
        return Some(line);
    }
    let mut at = from;
    while let Some(next) = text[at..].find('\n').map(|found| at + found + 1) {
        if starts_field(&text[next..]) {
            return Some(next);
        }
        at = next;
    }
    None
}

/// Whether a text starts with a plain key at the left margin: `action: `.
fn starts_field(text: &str) -> bool {
    let key =
        text.find(|character: char| !character.is_ascii_alphanumeric() && character != '_').unwrap_or(0);
    key > 0
        && text[key..]
            .strip_prefix(':')
            .is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\n', '\r']))
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

/// One part of a text, from its start or a restart up to an error or the end.
#[derive(Default)]
struct Part<'s> {
    limits: Limits,
    open: Vec<Open<'s>>,
    anchors: HashMap<usize, Node<'s>>,
    nodes: usize,
    documents: usize,
    root: Option<Node<'s>>,
    problems: Vec<Problem>,
    comments: Vec<Span>,
    marks: Vec<Mark>,
    /// Where the last event but a comment ends: the properties of the next value stand behind it.
    reached: usize,
}

impl<'s> Part<'s> {
    /// Reads `text[start..end]`; gives the problem that ended the reading early.
    fn read(&mut self, text: &'s str, start: usize, end: usize) -> Option<Problem> {
        for event in Parser::new_from_str(&text[start..end]) {
            let stopped = match event {
                Ok((event, span)) => {
                    let from = start + span.start.byte_offset().unwrap_or_default();
                    let to = span.end.byte_offset().map_or(from, |to| start + to);
                    let is_comment = matches!(event, Event::Comment(..));
                    let stopped = self.event(event, Span::new(from, to), text).err();
                    if !is_comment {
                        self.reached = to;
                    }
                    stopped
                }
                Err(error) => Some(diagnose(&error, &text[..end], start, &self.reading())),
            };
            if stopped.is_some() {
                return stopped;
            }
            if self.documents > 1 {
                break;
            }
        }
        None
    }

    fn reading(&self) -> Reading {
        let innermost = |find: fn(&Open<'s>) -> Option<u32>| self.open.iter().rev().find_map(find);
        Reading {
            flow_start: innermost(|open| match open {
                Open::Sequence { start, flow: true, .. } | Open::Mapping { start, flow: true, .. } => {
                    Some(start.start)
                }
                _ => None,
            }),
            key_end: innermost(|open| match open {
                Open::Mapping { key: Some((_, span)), .. } => Some(span.end),
                _ => None,
            }),
            in_mapping: self.open.iter().any(|open| matches!(open, Open::Mapping { flow: false, .. })),
        }
    }

    /// Takes back the last top-level field if an error follows on the line it ends on: what was read is half of its
    /// value, or more than that.
    fn take_back(&mut self, text: &str, stopped: Option<&Problem>) -> Option<Span> {
        let line = text[..stopped?.span.start as usize].rfind('\n').map_or(0, |at| at + 1);
        match self.open.first_mut() {
            Some(Open::Mapping { entries, .. }) => {
                let reaches = |entry: &&Entry<'_>| {
                    let plain =
                        matches!(&entry.value.data, Data::Scalar(scalar) if scalar.style == Style::Plain);
                    entry.key_span.start as usize >= line || (plain && entry.value.span.end as usize > line)
                };
                let last = entries.last().filter(reaches)?.key_span;
                entries.pop();
                Some(last)
            }
            _ => None,
        }
    }

    /// The top-level key whose value is being read.
    fn pending_key(&self) -> Option<Span> {
        match self.open.first() {
            Some(Open::Mapping { key: Some((_, span)), .. }) => Some(*span),
            _ => None,
        }
    }

    /// Takes one event; an error ends the reading.
    fn event(&mut self, event: Event<'s>, span: Span, text: &'s str) -> Result<(), Problem> {
        match event {
            Event::DocumentStart(..) => {
                self.documents += 1;
                if self.documents > 1 {
                    self.problems.push(Problem::new(ProblemKind::SecondDocument, span));
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
                self.mark_tag(tag.as_deref(), span, text);
                let scalar = Scalar { text: value, style, tagged: tag.is_some() };
                self.add(Node { span, data: Data::Scalar(scalar) }, anchor, text)?;
            }
            Event::SequenceStart(style, anchor, tag) => {
                self.mark_tag(tag.as_deref(), span, text);
                let flow = style == StructureStyle::Flow;
                self.push(Open::Sequence { start: span, flow, anchor, items: Vec::new() }, span)?;
            }
            Event::MappingStart(style, anchor, tag) => {
                self.mark_tag(tag.as_deref(), span, text);
                let flow = style == StructureStyle::Flow;
                let entries = Vec::with_capacity(if self.open.is_empty() { USUAL_FIELDS } else { 0 });
                self.push(Open::Mapping { start: span, flow, anchor, entries, key: None }, span)?;
            }
            Event::Comment(..) => self.comments.push(span),
            Event::SequenceEnd | Event::MappingEnd => self.close(span.end as usize, text)?,
            Event::Alias(anchor) => {
                // An alias to a collection that is still open has no finished node: it would repeat for ever.
                let Some((nodes, depth)) = self.anchors.get(&anchor).map(measure) else {
                    return Err(Problem::new(ProblemKind::SelfAlias, span));
                };
                self.count(nodes, span)?;
                if self.open.len() + depth > self.limits.depth {
                    return Err(Problem::new(ProblemKind::TooDeep, span));
                }
                self.marks.push(Mark { kind: MarkKind::Alias, span, pointer: self.pointer() });
                let data = self.anchors[&anchor].data.clone();
                self.add(Node { span, data }, 0, text)?;
            }
            _ => {}
        }
        Ok(())
    }

    /// Keeps a tag that is not of the core schema.
    fn mark_tag(&mut self, tag: Option<&Tag>, value: Span, text: &str) {
        if let Some(tag) = tag.filter(|tag| !is_core(tag)) {
            let written = tag.original();
            let before = text.get(self.reached..value.start as usize).unwrap_or_default();
            let start = before.rfind(&written).map(|start| self.reached + start);
            let span = start.map_or(value, |start| Span::new(start, start + written.len()));
            self.marks.push(Mark { kind: MarkKind::Tag(written), span, pointer: self.pointer() });
        }
    }

    fn push(&mut self, open: Open<'s>, span: Span) -> Result<(), Problem> {
        if self.open.len() >= self.limits.depth {
            return Err(Problem::new(ProblemKind::TooDeep, span));
        }
        self.open.push(open);
        Ok(())
    }

    fn count(&mut self, nodes: usize, span: Span) -> Result<(), Problem> {
        self.nodes += nodes;
        if self.nodes > self.limits.values {
            return Err(Problem::new(ProblemKind::TooManyNodes, span));
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
                            self.problems.push(Problem::new(ProblemKind::ComplexKey, span));
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
            Some(Open::Sequence { start, anchor, mut items, flow }) => {
                (start, anchor, Data::Sequence(exact(&mut items)), flow)
            }
            // A key without a value here is one that an error kept from being read.
            Some(Open::Mapping { start, anchor, mut entries, flow, .. }) => {
                (start, anchor, Data::Mapping(exact(&mut entries)), flow)
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
    fn close_all(&mut self, text: &'s str) {
        // Whether it is too much has been said already.
        self.limits.values = usize::MAX;
        while !self.open.is_empty() {
            let end = self.open.last().map_or(0, |open| match open {
                Open::Sequence { start, items, .. } => items.last().map_or(start.end, |item| item.span.end),
                Open::Mapping { start, entries, .. } => {
                    entries.last().map_or(start.end, |entry| entry.value.span.end)
                }
            });
            if self.close(end as usize, text).is_err() {
                break;
            }
        }
    }
}

/// A list in a place of its size. That in which it grew is free for the next one, where cutting it down would leave a
/// hole that nothing fits into: trees of many files are kept at a time.
fn exact<T>(grown: &mut Vec<T>) -> Vec<T> {
    let mut own = Vec::with_capacity(grown.len());
    own.append(grown);
    own
}

/// Whether a tag says no more than YAML's core schema: `!!str`, or a lone `!`.
fn is_core(tag: &Tag) -> bool {
    tag.core_suffix().is_some() || tag.original() == "!"
}

/// The dash of a block sequence's first item: the parser starts a sequence without indentation behind it.
fn first_dash(text: &str, start: usize) -> usize {
    let before = text.get(..start).unwrap_or_default().trim_end();
    if before.ends_with('-') && !text[start..].starts_with("- ") { before.len() - 1 } else { start }
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
mod tests;
