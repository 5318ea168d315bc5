//! Keys that are misspelt, unknown, outdated or there twice.

use super::schema::{Holds, fields};
use crate::breakages::breakage::Breakage;
use crate::breakages::sample::Sample;

/// Two letters swapped, a letter missing, a letter doubled, a capital, a hyphen: in every key.
pub(super) fn misspelt(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for field in sample.fields() {
        for spelling in misspellings(field.key) {
            let text = sample.with_key(field.key, &format!("⌖{spelling}")).unwrap();
            let way = format!("`{}` written `{spelling}`", field.key);
            breakages.push(Breakage::new(way, sample.rule("unknown-field"), text));
        }
    }
    breakages
}

/// Slips of the hand in a word.
fn misspellings(word: &str) -> Vec<String> {
    let (first, rest) = word.split_at(1);
    let (second, tail) = rest.split_at(1);
    let last = &word[word.len() - 1..];
    let mut slips =
        vec![format!("{first}{tail}"), format!("{word}{last}"), format!("{}{rest}", first.to_uppercase())];
    if first != second {
        slips.push(format!("{second}{first}{tail}"));
    }
    if word.contains('_') {
        slips.push(word.replace('_', "-"));
    }
    slips
}

/// Keys that nothing knows: first, last, in between, in quotes.
pub(super) fn unknown(sample: &Sample) -> Vec<Breakage> {
    let rule = sample.rule("unknown-field");
    let mut breakages = vec![
        Breakage::new("an unknown field at the end", &rule, sample.with_end("⌖colour: blue\n")),
        Breakage::new(
            "an unknown list",
            &rule,
            sample.with_end("⌖dashboards:\n  - https://tidewater.example/dashboards/1\n"),
        ),
        Breakage::new("an unknown field in quotes", &rule, sample.with_end("⌖\"größe\": 5\n")),
    ];
    breakages.extend(sample.fields().iter().map(|field| {
        let text = sample.with_below(field.key, "⌖owner_of_it: somebody\n").unwrap();
        Breakage::new(format!("an unknown field below `{}`", field.key), &rule, text)
    }));
    breakages
}

/// Fields of older formats.
pub(super) fn legacy(sample: &Sample) -> Vec<Breakage> {
    let rule = sample.rule("legacy-field");
    let mut breakages = Vec::new();
    for line in ["product_section: dev", "product_stage: plan"] {
        let text = sample.with_end(&format!("⌖{line}\n"));
        breakages.push(Breakage::new(format!("with `{line}`"), &rule, text));
    }
    if let Some(text) = sample.with_key("product_categories", "⌖product_category") {
        breakages.push(Breakage::new("`product_categories` under its older name", &rule, text));
    }
    breakages
}

/// A field a second time: below itself, or at the end with its lines as they are.
pub(super) fn repeated(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for field in sample.fields() {
        let lines = &sample.text[field.lines.clone()];
        let text = sample.with_end(&format!("⌖{lines}"));
        breakages.push(Breakage::new(format!("`{}` twice", field.key), "yaml/duplicate-key", text));
    }
    breakages
}

/// Keys below the first level: in events, filters, options and properties.
pub(super) fn nested(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for field in fields(sample, &[Holds::Mapping, Holds::Mappings]) {
        let redis = sample.word("data_source") == Some("redis");
        let removed = sample.word("status") == Some("removed");
        let keys: &[(&str, &str)] = match (field.key, sample.word("data_source")) {
            ("events", _) => &[
                ("name", "metric/internal-events"),
                ("unique", "metric/internal-events"),
                ("filter", "metric/internal-events"),
                ("operator", "metric/internal-events"),
            ],
            ("additional_properties", _) => &[("description", "event/additional-property")],
            ("options", Some("redis_hll")) => &[("events", "metric/redis-hll-options")],
            ("options", _) if redis && !removed => {
                &[("event", "metric/redis-options"), ("prefix", "metric/redis-options")]
            }
            _ => &[],
        };
        for (key, rule) in keys {
            let (wanted, spelling) = (format!("{key}:"), &misspellings(key)[1]);
            let Some(text) = sample.with_word(field.key, &wanted, &format!("⌖{spelling}:")) else {
                continue;
            };
            let way = format!("`{key}` in `{}` written `{spelling}`", field.key);
            breakages.push(Breakage::new(way, *rule, text));
        }
    }
    breakages
}
