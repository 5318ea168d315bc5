//! From JSON Pointers back to places in the file.

use crate::source::Span;
use crate::yaml::{Data, Node, unescape_pointer};

/// Where a pointer leads: the value, or its key if `at_key` or if the value is left out. What is missing is pointed out
/// at the first key of the mapping that lacks it.
pub fn place(root: &Node<'_>, pointer: &str, at_key: bool) -> Span {
    let mut node = root;
    let mut key = None;
    for step in pointer.split('/').skip(1).map(unescape_pointer) {
        let next = match &node.data {
            Data::Mapping(_) => node.entry(&step).map(|entry| (&entry.value, Some(entry.key_span))),
            Data::Sequence(items) => {
                step.parse().ok().and_then(|index: usize| items.get(index)).map(|item| (item, None))
            }
            Data::Scalar(_) => None,
        };
        match next {
            Some((value, its_key)) => (node, key) = (value, its_key),
            None => return start(node, key),
        }
    }
    match key {
        _ if pointer.is_empty() => start(node, None),
        Some(key) if at_key || node.span.start == node.span.end => key,
        _ => node.span,
    }
}

/// The first key of a mapping; of an empty one its own key, and else the value.
fn start(node: &Node<'_>, key: Option<Span>) -> Span {
    node.entries().first().map(|entry| entry.key_span).or(key).unwrap_or(node.span)
}

#[cfg(test)]
mod tests {
    use super::place;
    use crate::yaml::load;

    #[test]
    fn pointers_lead_to_values_keys_and_first_keys() {
        let text = "name: x\nempty:\na/b: {c: [1, 22]}\noptions: {}\n";
        let root = load(text).root.unwrap();
        let found = |pointer: &str, at_key: bool| &text[place(&root, pointer, at_key).range()];
        assert_eq!(found("/name", false), "x");
        assert_eq!(found("/name", true), "name");
        assert_eq!(found("/empty", false), "empty");
        assert_eq!(found("/a~1b/c/1", false), "22");
        assert_eq!(found("/a~1b/c/7", false), "c");
        assert_eq!(found("/a~1b/missing", false), "c");
        assert_eq!(found("/options/missing", false), "options");
        assert_eq!(found("/missing/deeper", false), "name");
        assert_eq!(found("", false), "name");
    }
}
