//! The walk over every scalar, whatever field it belongs to.

use crate::definition::Definition;
use crate::yaml::{Data, Node, escape_pointer};

/// One step on the way to a value.
#[derive(Debug, Clone, Copy)]
pub(in crate::check::rules) enum Step<'d> {
    /// Into the value of a key.
    Key(&'d str),
    /// Into an item of a list.
    Index(usize),
}

/// Visits every scalar with the way to it, in the order of the file.
pub(in crate::check::rules) fn scalars<'d, 's>(
    definition: &'d Definition<'s>,
    visit: &mut dyn FnMut(&[Step<'d>], &'d Node<'s>),
) {
    if let Some(root) = definition.root() {
        descend(root, &mut Vec::new(), visit);
    }
}

/// The depth is bounded where the tree is made.
fn descend<'d, 's>(
    node: &'d Node<'s>,
    path: &mut Vec<Step<'d>>,
    visit: &mut dyn FnMut(&[Step<'d>], &'d Node<'s>),
) {
    let mut child = |step, node| {
        path.push(step);
        descend(node, path, visit);
        path.pop();
    };
    match &node.data {
        Data::Sequence(items) => {
            items.iter().enumerate().for_each(|(index, item)| child(Step::Index(index), item));
        }
        Data::Mapping(entries) => {
            entries.iter().for_each(|entry| child(Step::Key(&entry.key), &entry.value));
        }
        Data::Scalar(_) => visit(path, node),
    }
}

/// The JSON Pointer of a path.
pub(in crate::check::rules) fn pointer(path: &[Step<'_>]) -> String {
    let step = |step: &Step<'_>| match step {
        Step::Key(key) => format!("/{}", escape_pointer(key)),
        Step::Index(index) => format!("/{index}"),
    };
    path.iter().map(step).collect()
}
