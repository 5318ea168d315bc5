//! Characters and lines that do not belong into a definition at all.

use crate::breakages::breakage::{Breakage, FOREIGN};
use crate::breakages::sample::Sample;

/// NUL and other control characters, and bytes that are not UTF-8: in values, keys and comments.
pub(super) fn foreign_characters(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for (what, character, rule) in [
        ("a NUL byte", '\0', "yaml/syntax"),
        ("a bell", '\u{7}', "yaml/syntax"),
        ("an escape", '\u{1b}', "yaml/syntax"),
        ("a deletion", '\u{7f}', "yaml/syntax"),
        ("a byte that is not UTF-8", FOREIGN, "yaml/not-utf8"),
    ] {
        let in_place = format!("⌖{character}");
        for field in sample.fields() {
            let key = field.key;
            if !field.value.is_empty() && !field.value.starts_with(['>', '|', '[', '{']) {
                let value = format!("{}{in_place}", field.value);
                let text = sample.with_value(key, &value).unwrap();
                breakages.push(Breakage::new(format!("{what} behind `{key}`"), rule, text));
            }
        }
        let key = format!("sta{in_place}tus");
        let text = sample.with_key("status", &key).unwrap_or_else(|| sample.with_key("tiers", &key).unwrap());
        breakages.push(Breakage::new(format!("{what} in a key"), rule, text));
        let comment = format!("# größe {in_place}\n");
        breakages.push(Breakage::new(format!("{what} in a comment"), rule, sample.with_end(&comment)));
        let quoted = format!("\"größe {in_place}\"");
        let text = sample.with_value("description", &quoted).unwrap();
        breakages.push(Breakage::new(format!("{what} in quotes"), rule, text));
        let block = format!(">-\n  Größe von {in_place}\n  Boards");
        let text = sample.with_value("description", &block).unwrap();
        breakages.push(Breakage::new(format!("{what} in a block"), rule, text));
    }
    breakages
}

/// The markers of merges that were not finished.
pub(super) fn conflicts(sample: &Sample) -> Vec<Breakage> {
    const RULE: &str = "yaml/conflict-marker";
    let mut breakages = Vec::new();
    for field in sample.fields() {
        let (key, lines) = (field.key, &sample.text[field.lines.clone()]);
        let both = format!("⌖<<<<<<< HEAD\n{lines}=======\n{lines}>>>>>>> feature\n");
        let text = sample.with_lines(key, &both).unwrap();
        breakages.push(Breakage::new(format!("`{key}` in conflict"), RULE, text));
    }
    for (way, marker) in
        [("the start", "<<<<<<< HEAD"), ("the middle", "======="), ("the end", ">>>>>>> feature")]
    {
        for key in ["description", "tiers"] {
            let text = sample.with_below(key, &format!("⌖{marker}\n")).unwrap();
            breakages.push(Breakage::new(format!("{way} of a conflict below `{key}`"), RULE, text));
        }
    }
    let whole = format!("⌖<<<<<<< HEAD\n{0}=======\n{0}>>>>>>> feature\n", sample.text);
    breakages.push(Breakage::new("the whole file in conflict", RULE, whole));
    breakages
}

/// Comments that are meant to suppress findings and cannot.
pub(super) fn comments(sample: &Sample) -> Vec<Breakage> {
    let id = sample.rule("invalid-value");
    let comments = [
        ("without a reason", format!("⌖# dictionary: ignore[{id}]"), "file/suppression-without-reason"),
        ("without use", format!("⌖# dictionary: ignore[{id}] because of history"), "file/unused-suppression"),
        (
            "of no rule",
            "# dictionary: ignore[⌖no/such-rule] because of history".to_owned(),
            "file/invalid-suppression",
        ),
        ("without brackets", "⌖# dictionary: ignore all".to_owned(), "file/invalid-suppression"),
        (
            "of what cannot be suppressed",
            "# dictionary: ignore[⌖yaml/syntax] because of history".to_owned(),
            "file/invalid-suppression",
        ),
        (
            "for the file in its middle",
            format!("⌖# dictionary: ignore-file[{id}] because of history"),
            "file/invalid-suppression",
        ),
    ];
    let comments = comments.into_iter().map(|(way, comment, rule)| {
        let text = sample.with_below("milestone", &format!("{comment}\n")).unwrap();
        Breakage::new(format!("a suppression {way}"), rule, text)
    });
    comments.collect()
}
