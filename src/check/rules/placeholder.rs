//! Values that were to be filled in.

use memchr::memmem;

use super::shared::reported::reported;
use super::shared::scalars::{Step, pointer, scalars};
use super::{Context, Finding, rule};
use crate::definition::Definition;

rule! {
    /// No value is a placeholder: `TODO`, `FIXME`, `TBD` or `XXX`, by itself or as a part of an address.
    ///
    /// Where a small `todo` may be meant as such, in names, filters and options, only capitals count.
    ///
    /// ## Why
    /// Generators write it where a person has to decide. Left in, it is published as if it said something.
    ///
    /// ## Bad
    /// ```yaml
    /// description: TODO
    /// introduced_by_url: https://tidewater.example/changes/TODO
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// description: Count of issues
    /// introduced_by_url: https://tidewater.example/changes/12
    /// ```
    ///
    /// Reference: the generator's `TODO` fails `format: uri` in GitLab's schemas.
    RULE = metric and event "placeholder", Error Warning Off
}

/// Fields whose values name things of the product, which may well be called "todo".
const NAMES: &[&str] = &["key_path", "action", "category", "events", "options", "extra_properties"];

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(kind) = definition.kind() else { return };
    scalars(definition, &mut |path, node| {
        let Some(text) = node.text() else { return };
        let names = matches!(path.first(), Some(Step::Key(field)) if NAMES.contains(field));
        let Some(word) = placeholder(text, names) else { return };
        let pointer = pointer(path);
        if reported(findings, &pointer) {
            return;
        }
        let message = format!("`{word}` is a placeholder");
        let finding = Finding::new(RULE.of(kind), definition.file, node.span, message);
        findings.push(finding.at(pointer).help("write what belongs here"));
    });
}

/// The placeholder that a text is, or that stands between the separators of an address.
fn placeholder(text: &str, capitals: bool) -> Option<&str> {
    let is_placeholder = |word: &str, capitals: bool| {
        let known = ["TODO", "FIXME", "TBD"].iter().any(|known| known.eq_ignore_ascii_case(word))
            || (word.len() >= 3 && word.bytes().all(|byte| matches!(byte, b'x' | b'X')));
        known && (!capitals || word.bytes().all(|byte| byte.is_ascii_uppercase()))
    };
    let bare = text.trim_matches(|character: char| !character.is_alphanumeric());
    if is_placeholder(bare, capitals) {
        return Some(bare);
    }
    let scheme = memmem::find(text.as_bytes(), b"://")?;
    let address = &text[scheme + 3..];
    let mut parts = address.split(['/', '?', '#', '&', '=', '-', '.']);
    // Paths may well contain a small "todo".
    parts.find(|part| is_placeholder(part, true) || (!capitals && matches!(*part, "xxx" | "tbd" | "fixme")))
}

#[cfg(test)]
mod tests {
    use super::placeholder;

    #[test]
    fn whole_values_and_parts_of_addresses_are_found() {
        for text in [
            "TODO",
            "todo",
            "FIXME:",
            "<tbd>",
            "xxx",
            "XXXX",
            "https://a.example/merge_requests/TODO",
            "https://a.example/xxx#y",
        ] {
            assert!(placeholder(text, false).is_some(), "{text}");
        }
        for text in ["", "x", "xx", "Count of TODO items", "todos", "https://a.example/todo", "xXy", "n/a"] {
            assert!(placeholder(text, false).is_none(), "{text}");
        }
        assert!(placeholder("todo", true).is_none() && placeholder("TODO", true).is_some());
    }
}
