//! A tree in few bytes beside its text, from which it is made again in a fraction of the time that parsing takes.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use super::load::Document;
use super::node::{Data, Entry, Node, Scalar, Style};
use crate::source::Span;

/// What a document begins with.
#[derive(Debug, Serialize, Deserialize)]
struct Head<'d> {
    comments: Cow<'d, [Span]>,
    has_root: bool,
}

/// A value; those that lie in it come behind it.
#[derive(Debug, Serialize, Deserialize)]
struct Value<'p> {
    span: Span,
    #[serde(borrow)]
    kind: ValueKind<'p>,
}

#[derive(Debug, Serialize, Deserialize)]
enum ValueKind<'p> {
    Scalar {
        #[serde(borrow)]
        text: Text<'p>,
        style: Style,
        tagged: bool,
    },
    /// So many values.
    Sequence(usize),
    /// So many keys, each before its value.
    Mapping(usize),
}

#[derive(Debug, Serialize, Deserialize)]
struct Key<'p> {
    span: Span,
    #[serde(borrow)]
    text: Text<'p>,
}

/// What a scalar or key says.
#[derive(Debug, Serialize, Deserialize)]
enum Text<'p> {
    /// All that stands in its place.
    AsWritten,
    /// What stands there between quotes.
    InQuotes,
    /// Something else, unescaped or unfolded.
    Own(&'p str),
}

/// Packs the tree of a text; `None` for one that is not plain.
pub fn pack(document: &Document<'_>, text: &str) -> Option<Vec<u8>> {
    if !document.is_plain() {
        return None;
    }
    let head = Head { comments: Cow::Borrowed(&document.comments), has_root: document.root.is_some() };
    let mut packer = Packer { text, bytes: Vec::with_capacity(text.len()) };
    packer.put(&head)?;
    document.root.iter().try_for_each(|root| packer.node(root))?;
    Some(packer.bytes)
}

/// Makes the tree of a text again from what [`pack`] gave for the same text; `None` for other bytes, as far as that
/// shows, and for collections that lie deeper within each other. What is made lies in the text in any case.
pub fn unpack<'s>(bytes: &[u8], text: &'s str, depth: usize) -> Option<Document<'s>> {
    let mut packed = Packed { text, bytes };
    let Head { comments, has_root } = packed.take()?;
    let comments = comments.into_owned();
    let root = if has_root { Some(packed.node(depth)?) } else { None };
    let is_inside = |comment: &Span| text.get(comment.range()).is_some();
    (packed.bytes.is_empty() && comments.iter().all(is_inside)).then_some(Document {
        root,
        problems: Vec::new(),
        marks: Vec::new(),
        unread: Vec::new(),
        comments,
    })
}

/// What stands between the quotes of a scalar.
fn in_quotes(text: &str, span: Span) -> Option<&str> {
    let written = text.get(span.range())?;
    written.get(1..written.len().checked_sub(1)?)
}

struct Packer<'t> {
    text: &'t str,
    bytes: Vec<u8>,
}

impl Packer<'_> {
    fn put(&mut self, value: &impl Serialize) -> Option<()> {
        self.bytes = postcard::to_extend(value, std::mem::take(&mut self.bytes)).ok()?;
        Some(())
    }

    fn node(&mut self, node: &Node<'_>) -> Option<()> {
        let Node { span, data } = node;
        let span = *span;
        match data {
            Data::Scalar(Scalar { text, style, tagged }) => {
                let text = self.text(span, text);
                self.put(&Value { span, kind: ValueKind::Scalar { text, style: *style, tagged: *tagged } })
            }
            Data::Sequence(items) => {
                self.put(&Value { span, kind: ValueKind::Sequence(items.len()) })?;
                items.iter().try_for_each(|item| self.node(item))
            }
            Data::Mapping(entries) => {
                self.put(&Value { span, kind: ValueKind::Mapping(entries.len()) })?;
                entries.iter().try_for_each(|entry| {
                    self.put(&Key { span: entry.key_span, text: self.text(entry.key_span, &entry.key) })?;
                    self.node(&entry.value)
                })
            }
        }
    }

    fn text<'p>(&self, span: Span, says: &'p str) -> Text<'p> {
        if self.text.get(span.range()) == Some(says) {
            Text::AsWritten
        } else if in_quotes(self.text, span) == Some(says) {
            Text::InQuotes
        } else {
            Text::Own(says)
        }
    }
}

struct Packed<'s, 'p> {
    text: &'s str,
    bytes: &'p [u8],
}

impl<'s, 'p> Packed<'s, 'p> {
    fn take<T: Deserialize<'p>>(&mut self) -> Option<T> {
        let (value, rest) = postcard::take_from_bytes(self.bytes).ok()?;
        self.bytes = rest;
        Some(value)
    }

    /// Takes a value within which others may lie that deep.
    fn node(&mut self, depth: usize) -> Option<Node<'s>> {
        let Value { span, kind } = self.take()?;
        self.text.get(span.range())?;
        let data = match kind {
            ValueKind::Scalar { text, style, tagged } => {
                Data::Scalar(Scalar { text: self.text(span, &text)?, style, tagged })
            }
            ValueKind::Sequence(count) => Data::Sequence(self.all(count, depth, Self::node)?),
            ValueKind::Mapping(count) => Data::Mapping(self.all(count, depth, |packed, depth| {
                let Key { span, text } = packed.take()?;
                packed.text.get(span.range())?;
                let key = packed.text(span, &text)?;
                Some(Entry { key, key_span: span, value: packed.node(depth)? })
            })?),
        };
        Some(Node { span, data })
    }

    /// Takes so many of what a collection holds, none of which takes less than a byte.
    fn all<T>(
        &mut self,
        count: usize,
        depth: usize,
        one: impl Fn(&mut Self, usize) -> Option<T>,
    ) -> Option<Vec<T>> {
        let depth = depth.checked_sub(1)?;
        let mut all = Vec::with_capacity(count.min(self.bytes.len()));
        for _ in 0..count {
            all.push(one(self, depth)?);
        }
        Some(all)
    }

    fn text(&self, span: Span, text: &Text<'_>) -> Option<Cow<'s, str>> {
        match text {
            Text::AsWritten => self.text.get(span.range()).map(Cow::Borrowed),
            Text::InQuotes => in_quotes(self.text, span).map(Cow::Borrowed),
            Text::Own(says) => Some(Cow::Owned((*says).to_owned())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::load;

    const DEPTH: usize = 64;

    const TEXT: &str = "# Counts\nkey_path: a.b # here\n'quoted': \"text\"\nplain: [a, 'b', \"\\u0041\", !!str 7]\n\
                        block: |\n  two\n  lines\nfolded: one\n  text\nempty:\nnested:\n  - one: {}\n    two: []\n";

    #[test]
    fn what_is_packed_is_the_same_again() {
        for text in [TEXT, "", "just text", "- 1\n- 2\n", "a: 'it''s'\n", "# nothing but a comment\n"] {
            let document = load(text);
            let Some(packed) = pack(&document, text) else {
                assert!(document.root.is_none(), "{text}");
                continue;
            };
            let again = unpack(&packed, text, DEPTH).unwrap();
            assert_eq!(format!("{again:?}"), format!("{document:?}"));
        }
    }

    #[test]
    fn what_is_not_whole_or_read_otherwise_everywhere_is_not_packed() {
        for text in ["a: b: c\n", "a: &x 1\nb: *x\n", "a: 1\na: 2\n", "a: !own 1\n", ""] {
            assert_eq!(pack(&load(text), text), None, "{text}");
        }
    }

    #[test]
    fn damaged_bytes_make_no_tree_that_leaves_the_text() {
        let packed = pack(&load(TEXT), TEXT).unwrap();
        for place in 0..packed.len() {
            assert!(unpack(&packed[..place], TEXT, DEPTH).is_none(), "{place} bytes");
            for bit in 0..8 {
                let mut turned = packed.clone();
                turned[place] ^= 1 << bit;
                let spans = |node: &Node<'_>| node.entries().iter().map(Entry::place).collect::<Vec<_>>();
                let document = unpack(&turned, TEXT, DEPTH);
                let root = document.and_then(|document| document.root);
                for span in root.iter().flat_map(spans) {
                    assert!(TEXT.get(span.range()).is_some(), "bit {bit} of byte {place}");
                }
            }
        }
        for depth in 0..6 {
            assert_eq!(unpack(&packed, TEXT, depth).is_some(), depth >= 4, "{depth}");
        }
    }
}
