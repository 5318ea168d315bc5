//! A definition's YAML with its parts marked, from the tree that was read of it.

use tera::Value;

use super::escape::escape_into;
use crate::check::Finding;
use crate::definition::Definition;
use crate::source::Span;
use crate::yaml::{Data, Node, Resolved};

/// Lines that a page shows; the rest is in the file.
const MOST_LINES: usize = 200;
/// Bytes that a page shows. GitLab's largest definition has 6 KB.
const MOST_BYTES: usize = 12 * 1024;

/// A part of the text and what it is.
type Token = (Span, &'static str);

/// The file as lines of HTML, and whether it goes on behind them.
///
/// Lines with a finding have the class `marked` and the id `L<line><anchor>`; see [`line_anchor`].
pub(super) fn yaml(definition: &Definition<'_>, findings: &[Finding], anchor: &str) -> (Value, bool) {
    let text = definition.source.text.as_str();
    let mut tokens = Vec::new();
    if let Some(root) = &definition.document.root {
        collect(root, &mut tokens);
    }
    // Aliases repeat what stands elsewhere.
    tokens.sort_by_key(|(span, _)| (span.start, std::cmp::Reverse(span.end)));
    let marked: Vec<usize> =
        findings.iter().map(|finding| definition.source.text.position(finding.span.start).line).collect();

    let mut html = String::with_capacity(text.len() * 2);
    let mut at = 0;
    let mut next = 0;
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let end = at + line.len();
        if index == MOST_LINES || end > MOST_BYTES {
            return (Value::safe_string(&html), true);
        }
        if marked.contains(&(index + 1)) {
            html.push_str(&format!("<span class=\"line marked\" id=\"L{}{anchor}\">", index + 1));
        } else {
            html.push_str("<span class=\"line\">");
        }
        let shown = at + line.trim_end_matches(['\n', '\r']).len();
        while at < shown {
            while next < tokens.len() && tokens[next].0.range().end <= at {
                next += 1;
            }
            let (stop, class) = match tokens.get(next) {
                Some((span, class)) if span.range().start <= at => (span.range().end, *class),
                Some((span, _)) => (span.range().start, ""),
                None => (shown, ""),
            };
            let stop = stop.min(shown);
            push(&mut html, &text[at..stop], class);
            at = stop;
        }
        html.push_str("</span>\n");
        at = end;
    }
    (Value::safe_string(&html), false)
}

/// The id of the line of a finding on the page of its item, with `#`; empty where the page does not show the line.
pub(super) fn line_anchor(definition: &Definition<'_>, finding: &Finding) -> String {
    let text = &definition.source.text;
    let line = text.position(finding.span.start).line;
    if line > MOST_LINES {
        return String::new();
    }
    let end = text.as_str().split_inclusive('\n').take(line).map(str::len).sum::<usize>();
    if end > MOST_BYTES || end == 0 { String::new() } else { format!("#L{line}") }
}

/// The keys and scalars of a tree.
fn collect(node: &Node<'_>, tokens: &mut Vec<Token>) {
    match &node.data {
        Data::Scalar(_) if node.span.start == node.span.end => {}
        Data::Scalar(scalar) => {
            let class = match scalar.resolve() {
                Resolved::Text(_) => "text",
                Resolved::Integer(_) | Resolved::Float(_) => "number",
                Resolved::Bool(_) | Resolved::Null => "word",
            };
            tokens.push((node.span, class));
        }
        Data::Sequence(items) => items.iter().for_each(|item| collect(item, tokens)),
        Data::Mapping(entries) => {
            for entry in entries {
                tokens.push((entry.key_span, "key"));
                collect(&entry.value, tokens);
            }
        }
    }
}

/// Text between tokens is punctuation, white space or a comment.
fn push(html: &mut String, text: &str, class: &str) {
    let comment = if class.is_empty() { text.find('#') } else { None };
    let (text, comment) = text.split_at(comment.unwrap_or(text.len()));
    for (part, class) in [(text, class), (comment, "comment")] {
        if part.is_empty() {
            continue;
        }
        if class.is_empty() {
            escape_into(part, html);
        } else {
            for piece in ["<span class=\"", class, "\">"] {
                html.push_str(piece);
            }
            escape_into(part, html);
            html.push_str("</span>");
        }
    }
}
