//! Any text becomes a tree, and every span of it lies in the text. Packed and unpacked, it is the same; what was not packed
//! makes no tree that leaves the text.

#![no_main]

use libfuzzer_sys::fuzz_target;
use metrics_dictionary::source::{Limits, Span};
use metrics_dictionary::yaml::{self, Data, Node};

fuzz_target!(|text: &str| {
    let document = yaml::load(text);
    document.root.iter().for_each(|root| visit(root, text));
    let depth = Limits::default().depth;
    if let Some(packed) = yaml::pack(&document, text) {
        let again = yaml::unpack(&packed, text, depth).expect("what was packed is unpacked");
        assert_eq!(format!("{again:?}"), format!("{document:?}"));
    }
    if let Some(document) = yaml::unpack(text.as_bytes(), text, depth) {
        document.root.iter().for_each(|root| visit(root, text));
        document.comments.into_iter().for_each(|span| assert_inside(span, text));
    }
    let marks = document.marks.iter().map(|mark| mark.span);
    let problems = document.problems.iter().flat_map(|problem| [Some(problem.span), problem.related]);
    for span in marks.chain(problems.flatten()).chain(document.comments) {
        assert_inside(span, text);
    }
});

fn visit(node: &Node<'_>, text: &str) {
    assert_inside(node.span, text);
    match &node.data {
        Data::Scalar(scalar) => drop(scalar.resolve()),
        Data::Sequence(items) => items.iter().for_each(|item| visit(item, text)),
        Data::Mapping(entries) => {
            for entry in entries {
                assert_inside(entry.key_span, text);
                visit(&entry.value, text);
            }
        }
    }
}

fn assert_inside(span: Span, text: &str) {
    assert!(text.get(span.range()).is_some(), "{span:?} is no part of the text");
}
