//! The tree: nodes with spans, in the order of the file.

use std::borrow::Cow;

use serde::ser::{SerializeMap, SerializeSeq, Serializer};
use serde::{Deserialize, Serialize};

use super::scalar::Resolved;
use crate::source::Span;

/// A value and where it stands. Borrows from the file's text wherever YAML allows.
#[derive(Debug, Clone)]
pub struct Node<'s> {
    /// The bytes of the value; of an alias, the alias itself. Empty where the value is left out.
    pub span: Span,
    /// The value.
    pub data: Data<'s>,
}

/// The three kinds of YAML values.
#[derive(Debug, Clone)]
pub enum Data<'s> {
    /// Text, number, boolean or null.
    Scalar(Scalar<'s>),
    /// A list.
    Sequence(Vec<Node<'s>>),
    /// Keys and values in the file's order, duplicates included.
    Mapping(Vec<Entry<'s>>),
}

/// One key with its value.
#[derive(Debug, Clone)]
pub struct Entry<'s> {
    /// The key as text.
    pub key: Cow<'s, str>,
    /// Where the key stands.
    pub key_span: Span,
    /// The value.
    pub value: Node<'s>,
}

impl Entry<'_> {
    /// Where to point at the value: at the key where nothing stands behind it.
    pub fn place(&self) -> Span {
        let left_out = self.value.is_null() && self.value.span.start == self.value.span.end;
        if left_out { self.key_span } else { self.value.span }
    }
}

/// A scalar's text after unfolding and unescaping, and how it was written.
#[derive(Debug, Clone)]
pub struct Scalar<'s> {
    /// The text; of a plain scalar exactly as written (`16.10`).
    pub text: Cow<'s, str>,
    /// How it was written.
    pub style: Style,
    /// Whether a tag (`!!str`) stands before it, which makes it text.
    pub tagged: bool,
}

/// How a scalar was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub enum Style {
    /// Without quotes.
    Plain,
    /// In single or double quotes.
    Quoted,
    /// As a `|` or `>` block.
    Block,
}

impl<'s> Node<'s> {
    /// The first value under a key, if this is a mapping.
    pub fn get(&self, key: &str) -> Option<&Node<'s>> {
        self.entry(key).map(|entry| &entry.value)
    }

    /// The first entry with a key, if this is a mapping.
    pub fn entry(&self, key: &str) -> Option<&Entry<'s>> {
        self.entries().iter().find(|entry| entry.key == key)
    }

    /// The entries of a mapping; none for anything else.
    pub fn entries(&self) -> &[Entry<'s>] {
        match &self.data {
            Data::Mapping(entries) => entries,
            _ => &[],
        }
    }

    /// The items of a sequence; none for anything else.
    pub fn items(&self) -> &[Node<'s>] {
        match &self.data {
            Data::Sequence(items) => items,
            _ => &[],
        }
    }

    /// The text of a scalar that is not null: `16.10` for `16.10`, with or without quotes.
    pub fn text(&self) -> Option<&str> {
        match &self.data {
            Data::Scalar(scalar) if !scalar.is_null() => Some(&scalar.text),
            _ => None,
        }
    }

    /// The resolved scalar, if this is one.
    pub fn resolve(&self) -> Option<Resolved<'_>> {
        match &self.data {
            Data::Scalar(scalar) => Some(scalar.resolve()),
            _ => None,
        }
    }

    /// Whether the value is null, written or left out.
    pub fn is_null(&self) -> bool {
        matches!(&self.data, Data::Scalar(scalar) if scalar.is_null())
    }

    /// What the value is, in words for messages: "a number", "a list".
    pub fn type_name(&self) -> &'static str {
        match self.resolve() {
            Some(Resolved::Null) => "null",
            Some(Resolved::Bool(_)) => "a boolean",
            Some(Resolved::Integer(_) | Resolved::Float(_)) => "a number",
            Some(Resolved::Text(_)) => "a string",
            None if matches!(self.data, Data::Sequence(_)) => "a list",
            None => "a mapping",
        }
    }

    /// The texts of a list of scalars, or of a single scalar standing for a list of one.
    pub fn texts(&self) -> Vec<&str> {
        match &self.data {
            Data::Sequence(items) => items.iter().filter_map(Node::text).collect(),
            _ => self.text().into_iter().collect(),
        }
    }
}

/// One step of a JSON Pointer: `~` and `/` escaped (RFC 6901).
pub fn escape_pointer(step: &str) -> String {
    step.replace('~', "~0").replace('/', "~1")
}

/// The step of a JSON Pointer that [`escape_pointer`] escaped.
pub fn unescape_pointer(step: &str) -> String {
    step.replace("~1", "/").replace("~0", "~")
}

impl Serialize for Node<'_> {
    /// As JSON: the file's order; the first of duplicate keys; numbers that YAML would damage (`16.10`) as text.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match &self.data {
            Data::Scalar(scalar) => scalar.serialize(serializer),
            Data::Sequence(items) => {
                let mut sequence = serializer.serialize_seq(Some(items.len()))?;
                for item in items {
                    sequence.serialize_element(item)?;
                }
                sequence.end()
            }
            Data::Mapping(entries) => {
                let mut seen = std::collections::HashSet::with_capacity(entries.len());
                let mut mapping = serializer.serialize_map(None)?;
                for entry in entries.iter().filter(|entry| seen.insert(entry.key.as_ref())) {
                    mapping.serialize_entry(&entry.key, &entry.value)?;
                }
                mapping.end()
            }
        }
    }
}

impl Serialize for Scalar<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.resolve() {
            Resolved::Null => serializer.serialize_unit(),
            Resolved::Bool(value) => serializer.serialize_bool(value),
            Resolved::Integer(value) if value.to_string() == self.text => match u64::try_from(value) {
                Ok(value) => serializer.serialize_u64(value),
                Err(_) => serializer.serialize_i64(i64::try_from(value).unwrap_or(i64::MIN)),
            },
            Resolved::Float(value) if value.to_string() == self.text => serializer.serialize_f64(value),
            _ => serializer.serialize_str(&self.text),
        }
    }
}
