//! Values of the wrong type, of no list, in no form.

use metrics_dictionary::source::Kind;

use super::schema::{Holds, fields};
use crate::breakages::breakage::Breakage;
use crate::breakages::sample::Sample;

/// Text, number, boolean, list and mapping in each other's place.
pub(super) fn of_another_type(sample: &Sample) -> Vec<Breakage> {
    const NUMBER: (&str, &str) = ("a number", "⌖15.10");
    const BOOLEAN: (&str, &str) = ("a boolean", "⌖true");
    const TEXT: (&str, &str) = ("text", "⌖some words");
    const LIST: (&str, &str) = ("a list", "⌖[some, words]");
    const LIST_OF_LINES: (&str, &str) = ("a list of lines", "\n  ⌖- some\n  - words");
    const MAPPING: (&str, &str) = ("a mapping", "⌖{some: words}");
    const MAPPING_OF_LINES: (&str, &str) = ("a mapping of lines", "\n  ⌖some: words\n  others: too");
    let mut breakages = Vec::new();
    for (holds, others) in [
        (Holds::Text, &[NUMBER, BOOLEAN, LIST, LIST_OF_LINES, MAPPING, MAPPING_OF_LINES] as &[_]),
        (Holds::TextOrNull, &[NUMBER, BOOLEAN, LIST, MAPPING]),
        (Holds::Texts, &[NUMBER, BOOLEAN, TEXT, MAPPING, MAPPING_OF_LINES]),
        (Holds::TextsOrNull, &[NUMBER, BOOLEAN, TEXT, MAPPING]),
        (Holds::TextOrTexts, &[NUMBER, BOOLEAN, MAPPING, MAPPING_OF_LINES]),
        (Holds::True, &[NUMBER, TEXT, LIST, MAPPING]),
        (Holds::Mapping, &[NUMBER, BOOLEAN, TEXT, LIST, LIST_OF_LINES]),
        (Holds::Mappings, &[NUMBER, BOOLEAN, TEXT, MAPPING, MAPPING_OF_LINES]),
    ] {
        let rule = match holds {
            Holds::Mappings => "metric/internal-events".to_owned(),
            _ => sample.rule("wrong-type"),
        };
        for field in fields(sample, &[holds]) {
            for (what, value) in others {
                let text = sample.with_value(field.key, value).unwrap();
                breakages.push(Breakage::new(format!("`{}` holds {what}", field.key), &rule, text));
            }
        }
    }
    breakages
}

/// The fields whose words are on a list.
const LISTED: &[&str] =
    &["value_type", "status", "data_source", "data_category", "time_frame", "classification"];

/// Words that are on no list.
pub(super) fn of_another_list(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for key in LISTED {
        let Some(word) = sample.word(key).filter(|word| !word.is_empty()) else { continue };
        for other in [format!("⌖un{word}"), "⌖\"\"".to_owned(), "⌖'none of these'".to_owned()] {
            let text = sample.with_value(key, &other).unwrap();
            breakages.push(Breakage::new(format!("`{key}: {other}`"), sample.rule("invalid-value"), text));
        }
    }
    if let Some(text) = sample.with_value("internal_events", "⌖false") {
        breakages.push(Breakage::new("`internal_events: false`", "event/invalid-value", text));
    }
    breakages
}

/// Listed words in capitals, and words of older lists.
pub(super) fn in_another_case(sample: &Sample) -> Vec<Breakage> {
    let rule = sample.rule("legacy-value");
    let mut breakages = Vec::new();
    for key in LISTED {
        let Some(word) = sample.word(key).filter(|word| !word.is_empty() && !word.starts_with('[')) else {
            continue;
        };
        let (first, rest) = word.split_at(1);
        for other in [format!("{}{rest}", first.to_uppercase()), word.to_uppercase()] {
            if other == word {
                continue;
            }
            let way = format!("`{key}: {other}`");
            if breakages.iter().all(|known: &Breakage| known.way != way) {
                let text = sample.with_value(key, &format!("⌖{other}")).unwrap();
                breakages.push(Breakage::new(way, &rule, text));
            }
        }
    }
    if sample.kind() == Kind::Metric && sample.word("status") == Some("active") {
        let text = sample.with_value("status", "⌖implemented").unwrap();
        breakages.push(Breakage::new("a status of older files", &rule, text));
    }
    if sample.word("data_source") == Some("system") {
        let text = sample.with_value("data_source", "⌖ruby").unwrap();
        breakages.push(Breakage::new("a source of older files", &rule, text));
    }
    breakages
}

/// Milestones, addresses, names and classes that do not have their form.
pub(super) fn misshapen(sample: &Sample) -> Vec<Breakage> {
    const MILESTONES: &[&str] = &["\"15\"", "\"15.10.1\"", "\">15.1\"", "'v15.1'", "soon", "\"\"", "15.1\""];
    const ADDRESSES: &[&str] = &[
        "tidewater.example/changes/1",
        "\"https://\"",
        "\"https://a b.example\"",
        "/changes/1",
        "\"\"",
        "12a",
    ];
    const CLASSES: &[&str] =
        &["countBoardsMetric", "Count_Boards", "CountV2Metric", "A::b", "\"Count Boards\""];
    const ACTIONS: &[&str] = &["Create Board", "create-board", "CreateBoard", "\"\"", "größe"];
    let mut breakages = Vec::new();
    for (keys, values, rule) in [
        (&["milestone", "milestone_removed"] as &[&str], MILESTONES, "invalid-value"),
        (&["introduced_by_url", "removed_by_url", "repair_issue_url"], ADDRESSES, "invalid-url"),
        (&["instrumentation_class"], CLASSES, "invalid-value"),
        (&["action"], ACTIONS, "invalid-value"),
    ] {
        for key in keys {
            for value in values {
                let Some(text) = sample.with_value(key, &format!("⌖{value}")) else { continue };
                breakages.push(Breakage::new(format!("`{key}: {value}`"), sample.rule(rule), text));
            }
        }
    }
    breakages
}

/// Descriptions that say nothing.
pub(super) fn empty(sample: &Sample) -> Vec<Breakage> {
    let empty = ["\"\"", "''", "\"  \"", "\" \\n\""].into_iter().map(|value| {
        let text = sample.with_value("description", &format!("⌖{value}")).unwrap();
        Breakage::new(format!("`description: {value}`"), sample.rule("empty-description"), text)
    });
    empty.collect()
}

/// What templates leave to be filled in.
pub(super) fn left_to_do(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for (key, values) in [
        ("description", &["TODO", "\"FIXME\"", "<TBD>", "'xxx'"] as &[_]),
        ("introduced_by_url", &["TODO", "https://tidewater.example/changes/TODO"]),
        ("removed_by_url", &["TBD"]),
        ("repair_issue_url", &["https://tidewater.example/cards/XXX"]),
    ] {
        for value in values {
            let Some(text) = sample.with_value(key, &format!("⌖{value}")) else { continue };
            breakages.push(Breakage::new(format!("`{key}: {value}`"), sample.rule("placeholder"), text));
        }
    }
    breakages
}

/// Plain words that other readers of YAML take for something else.
pub(super) fn read_differently(sample: &Sample) -> Vec<Breakage> {
    let words = ["yes", "off", "No", "2024-05-01", "2024-05-01 12:30:00", ":label", "010", "1_000", "12:30"];
    let differently = words.into_iter().map(|word| {
        let text = sample.with_value("description", &format!("⌖{word}")).unwrap();
        Breakage::new(format!("`description: {word}`"), "yaml/ambiguous-text", text)
    });
    differently.collect()
}
