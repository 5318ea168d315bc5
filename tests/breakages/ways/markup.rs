//! YAML that is not well-formed, or that only some readers follow.

use super::schema::{Holds, fields};
use crate::breakages::breakage::Breakage;
use crate::breakages::sample::{Field, Sample};

const RULE: &str = "yaml/syntax";

/// Fields whose value stands on one line behind the key.
fn on_one_line(sample: &Sample) -> Vec<Field<'_>> {
    let mut fields = sample.fields();
    fields.retain(|field| field.rest.trim().is_empty() && !field.value.is_empty());
    fields
}

/// Quotes, brackets and braces that nothing closes.
pub(super) fn unclosed(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    let mut add = |key: &str, value: &str| {
        let text = sample.with_value(key, value).unwrap();
        breakages.push(Breakage::new(format!("`{key}: {value}`"), RULE, text));
    };
    for field in fields(sample, &[Holds::Text, Holds::TextOrNull]) {
        add(field.key, "⌖\"never closed");
        add(field.key, "⌖'never closed");
    }
    for field in fields(sample, &[Holds::Texts, Holds::TextsOrNull, Holds::TextOrTexts]) {
        add(field.key, "⌖[free, premium");
        add(field.key, "⌖[free, premium}");
        add(field.key, "⌖[free,\n  premium");
        add(field.key, "[free, ⌖\"premium]");
    }
    for field in fields(sample, &[Holds::Mapping, Holds::Mappings]) {
        add(field.key, "⌖{event: view");
        add(field.key, "{event: ⌖[view}");
        add(field.key, "⌖{event: view]");
    }
    breakages
}

/// Text that starts or goes on like something else.
pub(super) fn unquoted(sample: &Sample) -> Vec<Breakage> {
    let texts = [
        "Count⌖: the sum: of it",
        "Count of boards⌖: all of them",
        "⌖@user counts",
        "⌖`counts.boards` without the archived",
        "⌖%complete",
        "⌖*Important* boards",
        "[boards]⌖(https://tidewater.example/boards) that are open",
        "\"boards\" ⌖that are open",
        "'it'⌖s a board'",
        "\"a ⌖\\d pattern\"",
        "⌖- a board",
        "{a: b} ⌖c",
        "⌖| text behind the mark",
    ];
    let unquoted = texts.into_iter().map(|value| {
        let text = sample.with_value("description", value).unwrap();
        Breakage::new(format!("`description: {value}`"), RULE, text)
    });
    unquoted.collect()
}

/// Tabs, and lines that align with nothing.
pub(super) fn badly_indented(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    let mut add = |way: String, rule: &str, text: Option<String>| {
        breakages.extend(text.map(|text| Breakage::new(way, rule, text)));
    };
    let all = sample.fields();
    for (before, field) in all.iter().zip(&all[1..]) {
        // Behind a key without a value, the field would be that value.
        if before.value.is_empty() && before.rest.trim().is_empty() {
            continue;
        }
        let key = field.key;
        add(format!("`{key}` one space deeper"), RULE, sample.with_key(key, &format!(" ⌖{key}")));
        add(format!("`{key}` behind a tab"), "yaml/tab", sample.with_key(key, &format!("⌖\t{key}")));
    }
    for field in fields(sample, &[Holds::Texts, Holds::TextsOrNull]) {
        let key = field.key;
        let items: Vec<&str> = field.rest.lines().filter_map(|line| line.trim().strip_prefix("- ")).collect();
        let [first, ..] = items[..] else { continue };
        let list = |lines: &str| sample.with_lines(key, &format!("{key}:\n{lines}"));
        add(format!("`{key}` dedented"), RULE, list(&format!("  - {first}\n ⌖- {first}\n")));
        add(format!("`{key}` indented by a tab"), "yaml/tab", list("⌖\t- free\n\t- premium\n"));
        add(format!("`{key}` with one tab"), "yaml/tab", list(&format!("  - {first}\n⌖\t- {first}\n")));
    }
    breakages
}

/// Fields without a colon, or without the space behind it.
pub(super) fn half_written(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for Field { key, value, .. } in on_one_line(sample) {
        for (way, line) in
            [("no colon", format!("⌖{key} {value}\n")), ("no space", format!("⌖{key}:{value}\n"))]
        {
            let text = sample.with_lines(key, &line).unwrap();
            // A colon in the text makes a key of what stands before it, and a value of what stands behind.
            let rule = match value.split_once(": ") {
                None => RULE.to_owned(),
                Some((_, text)) if text.starts_with(char::is_alphabetic) && !text.contains(": ") => {
                    sample.rule("unknown-field")
                }
                Some(_) => continue,
            };
            breakages.push(Breakage::new(format!("`{key}` with {way}"), rule, text));
        }
    }
    breakages.push(Breakage::new("a line of prose", RULE, sample.with_end("⌖and some more words\n")));
    breakages
}

/// Aliases and tags.
pub(super) fn of_few_readers(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for field in on_one_line(sample) {
        let (key, value) = (field.key, field.value);
        if value.starts_with('[') || value.contains('#') {
            continue;
        }
        let with = |value: &str| sample.with_value(key, value).unwrap();
        breakages.push(Breakage::new(
            format!("`{key}` tagged"),
            "yaml/tag",
            with(&format!("⌖!local {value}")),
        ));
        breakages.push(Breakage::new(format!("`{key}` from nowhere"), RULE, with("⌖*nowhere")));
    }
    let categories = sample.field("product_categories").filter(|field| field.value != "[]");
    if let Some(field) = categories {
        let key = field.key;
        let text = sample.with_lines(key, &format!("{key}: [&a search, ⌖*a]\n")).unwrap();
        breakages.push(Breakage::new("an alias", "yaml/alias", text));
    }
    breakages
}
