//! Lists with items that do not belong there, and lists without any.

use metrics_dictionary::source::Kind;

use super::schema::{Holds, fields};
use crate::breakages::breakage::Breakage;
use crate::breakages::sample::Sample;

/// Items of another type, and words that are on no list.
pub(super) fn wrong_items(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for field in fields(sample, &[Holds::Texts, Holds::TextsOrNull, Holds::TextOrTexts]) {
        for item in ["5", "true", "~", "[nested]", "{nested: item}"] {
            let Some(text) = sample.with_item(field.key, &format!("⌖{item}")) else { continue };
            let way = format!("`{item}` in `{}`", field.key);
            breakages.push(Breakage::new(way, sample.rule("wrong-type"), text));
        }
        let (rule, wrong) = match field.key {
            "product_categories" => ("unknown-product-category", "gardening"),
            "contexts" | "extra_tracking_classes" => continue,
            _ => ("invalid-value", "gardening"),
        };
        for item in [wrong.to_owned(), format!("\"{wrong}\"")] {
            let Some(text) = sample.with_item(field.key, &format!("⌖{item}")) else { continue };
            breakages.push(Breakage::new(format!("`{item}` in `{}`", field.key), sample.rule(rule), text));
        }
    }
    for (key, item, rule) in [
        ("tiers", "Free", "legacy-value"),
        ("identifiers", "Project", "legacy-value"),
        ("time_frame", "none", "invalid-value"),
    ] {
        let Some(text) = sample.with_item(key, &format!("⌖{item}")) else { continue };
        breakages.push(Breakage::new(format!("`{item}` in `{key}`"), sample.rule(rule), text));
    }
    breakages
}

/// The first item once more, in lists whose items differ.
pub(super) fn repeated_items(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    if sample.kind() == Kind::Event {
        return breakages;
    }
    for key in ["tiers", "time_frame"] {
        let Some(field) = sample.field(key) else { continue };
        let first = if field.value.is_empty() { field.rest } else { field.value };
        let first =
            first.trim_start_matches(['[', '-', ' ']).split([',', '\n', ']']).next().unwrap_or_default();
        let Some(text) = sample.with_item(key, &format!("⌖{first}")) else { continue };
        breakages.push(Breakage::new(format!("`{first}` twice in `{key}`"), "metric/repeated-value", text));
    }
    breakages
}

/// Lists without items where there must be some.
pub(super) fn emptied(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    let active_metric = sample.word("value_type").is_some() && sample.word("status") == Some("active");
    for (key, rule) in [
        ("tiers", sample.rule("empty-list")),
        ("time_frame", sample.rule("empty-list")),
        ("events", sample.rule("empty-list")),
        ("product_categories", "metric/missing-product-category".to_owned()),
    ] {
        if key == "product_categories" && !active_metric {
            continue;
        }
        let Some(text) = sample.with_value(key, "⌖[]") else { continue };
        breakages.push(Breakage::new(format!("`{key}: []`"), rule, text));
    }
    breakages
}
