//! One definition file as a tree, with the questions that checks and the dictionary both ask of it.
//!
//! Takes the files read by `source`, gives one [`Definition`] each. What the fields may hold is in [`fields`].

mod events;
pub mod fields;
mod kept;
pub mod trees;

use std::borrow::Cow;
use std::ops::Deref;

use rayon::prelude::*;

use crate::source::{Kind, SourceFile, Span};
use crate::yaml::{self, Node};

pub use events::{EventUse, event_uses};
pub use kept::{Kept, Parsed};

/// One file and its tree.
#[derive(Debug)]
pub struct Definition<'s> {
    /// The file's index among all files of the run.
    pub file: usize,
    /// The file.
    pub source: &'s SourceFile,
    /// Its YAML, as far as it could be read.
    pub document: Tree<'s>,
}

/// The tree of a file.
#[derive(Debug)]
pub enum Tree<'s> {
    /// Made for this definition.
    Made(yaml::Document<'s>),
    /// One that outlives the run.
    Kept(&'s yaml::Document<'s>),
}

impl<'s> Deref for Tree<'s> {
    type Target = yaml::Document<'s>;

    fn deref(&self) -> &Self::Target {
        match self {
            Self::Made(document) => document,
            Self::Kept(document) => document,
        }
    }
}

/// The definitions of an earlier commit, as far as they differ from those at hand.
#[derive(Debug, Clone, Copy)]
pub struct History<'h> {
    /// The old definitions; their `file` counts among themselves.
    pub earlier: &'h [Definition<'h>],
    /// Those whose file is gone, as places to report on: they define nothing any more.
    pub deleted: &'h [Definition<'h>],
}

/// A name that a definition stands under, with the time frame it is for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ExpandedName<'d> {
    /// The metric's expanded key_path, or the event's name.
    pub name: Cow<'d, str>,
    /// The one time frame of this copy, for metrics.
    pub time_frame: Option<&'d str>,
}

/// Parses all files, in their order.
pub fn parse(files: &[SourceFile]) -> Vec<Definition<'_>> {
    let definition = |(file, source)| Definition { file, source, document: Tree::Made(parsed(source)) };
    files.par_iter().enumerate().map(definition).collect()
}

/// Parses a file.
fn parsed(source: &SourceFile) -> yaml::Document<'_> {
    document(source, || yaml::load_within(source.text.as_str(), source.limits))
}

/// What there is of a file, whose text `tree` makes a tree of.
fn document<'s>(source: &'s SourceFile, tree: impl FnOnce() -> yaml::Document<'s>) -> yaml::Document<'s> {
    if source.problem.is_some() {
        return yaml::Document {
            root: None,
            problems: Vec::new(),
            marks: Vec::new(),
            unread: vec![Span::new(0, usize::MAX)],
            comments: Vec::new(),
        };
    }
    let mut document = tree();
    if source.not_utf8.is_some() {
        distrust_replaced(&mut document, source);
    }
    document
}

/// Takes fields with replaced characters for unread: what the author wrote there is not known. What is wrong with the
/// YAML may come from those characters as well.
fn distrust_replaced(document: &mut yaml::Document<'_>, source: &SourceFile) {
    let entries = document.root.as_ref().map(Node::entries).unwrap_or_default().iter();
    let spans = entries
        .map(|entry| Span { start: entry.key_span.start, end: entry.value.span.end.max(entry.key_span.end) });
    let replaced: Vec<Span> =
        spans.filter(|&span| source.text.slice(span).contains(char::REPLACEMENT_CHARACTER)).collect();
    document.unread.extend(replaced);
    document.problems.clear();
}

impl<'s> Definition<'s> {
    /// What the file defines; `None` for a folder that could not be entered.
    pub fn kind(&self) -> Option<Kind> {
        self.source.kind
    }

    /// The top-level mapping, if there is one.
    pub fn root(&self) -> Option<&Node<'s>> {
        self.document.root.as_ref().filter(|root| matches!(root.data, yaml::Data::Mapping(_)))
    }

    /// The value of a top-level field.
    pub fn get(&self, field: &str) -> Option<&Node<'s>> {
        self.root().and_then(|root| root.get(field))
    }

    /// The text of a top-level scalar that is not null.
    pub fn text(&self, field: &str) -> Option<&str> {
        self.get(field).and_then(Node::text)
    }

    /// The first key: where the definition starts, and where a missing field is reported.
    pub fn start(&self) -> Span {
        let first = self.root().and_then(|root| root.entries().first());
        first.map_or_else(Span::default, |entry| entry.key_span)
    }

    /// The names this definition gives, one for each entry of an array `time_frame`; none where none can be read.
    ///
    /// An array entry adds a suffix to the key_path, a plain `time_frame` does not (REFERENCE section 4).
    pub fn names(&self) -> Vec<ExpandedName<'_>> {
        match self.kind() {
            Some(Kind::Metric) => self.metric_names(),
            Some(Kind::Event) => {
                self.event_name().into_iter().map(|name| ExpandedName { name, time_frame: None }).collect()
            }
            None => Vec::new(),
        }
    }

    /// Whether [`Definition::names`] gives none, which is quicker to see.
    pub fn is_nameless(&self) -> bool {
        match self.kind() {
            Some(Kind::Metric) => self.name_field("key_path").is_none(),
            Some(Kind::Event) => self.event_name().is_none(),
            None => true,
        }
    }

    /// A text that can be a name: there is something to see.
    fn name_field(&self, field: &str) -> Option<&str> {
        self.text(field).filter(|name| !name.trim().is_empty())
    }

    fn metric_names(&self) -> Vec<ExpandedName<'_>> {
        let Some(key_path) = self.name_field("key_path") else { return Vec::new() };
        let time_frame = self.get("time_frame");
        let frames = time_frame.map(Node::items).unwrap_or_default();
        let mut names: Vec<ExpandedName<'_>> = Vec::with_capacity(frames.len().max(1));
        for frame in frames.iter().filter_map(Node::text) {
            let suffix = time_frame_suffix(frame);
            let name = if suffix.is_empty() {
                Cow::Borrowed(key_path)
            } else {
                format!("{key_path}{suffix}").into()
            };
            if names.iter().all(|known| known.name != name) {
                names.push(ExpandedName { name, time_frame: Some(frame) });
            }
        }
        if names.is_empty() {
            let time_frame = time_frame.and_then(Node::text);
            names.push(ExpandedName { name: Cow::Borrowed(key_path), time_frame });
        }
        names
    }

    /// An internal event is its action; a legacy one is `category/action`, since its action need not be unique.
    fn event_name(&self) -> Option<Cow<'_, str>> {
        let action = self.name_field("action")?;
        match self.text("category") {
            Some(category) if !self.is_internal_event() => Some(format!("{category}/{action}").into()),
            _ => Some(Cow::Borrowed(action)),
        }
    }

    /// Whether an event is one of GitLab's internal events, by today's mark or that of 16.x.
    pub fn is_internal_event(&self) -> bool {
        let marked = self.get("internal_events").and_then(Node::resolve);
        marked == Some(yaml::Resolved::Bool(true)) || self.text("category") == Some("InternalEventTracking")
    }

    /// The status as written; `active` where it is absent or null.
    pub fn status(&self) -> &str {
        self.text("status").unwrap_or("active")
    }

    /// Whether installations no longer send it (older ones still do).
    pub fn is_removed(&self) -> bool {
        self.status().eq_ignore_ascii_case("removed")
    }
}

/// What an entry of an array `time_frame` adds to the key_path.
fn time_frame_suffix(time_frame: &str) -> &'static str {
    let is = |known: &str| time_frame.eq_ignore_ascii_case(known);
    if is("7d") {
        "_weekly"
    } else if is("28d") {
        "_monthly"
    } else {
        ""
    }
}
