//! Fields that are missing, empty, or there without need.

use metrics_dictionary::source::Kind;

use super::schema::{Holds, holds, required};
use crate::breakages::breakage::Breakage;
use crate::breakages::sample::{Sample, at_first_key};

/// Each required field dropped.
pub(super) fn dropped(sample: &Sample) -> Vec<Breakage> {
    let dropped = required(sample.kind()).iter().map(|key| {
        let text = sample.without(key).unwrap();
        Breakage::new(format!("`{key}` dropped"), sample.rule("missing-field"), at_first_key(&text))
    });
    dropped.collect()
}

/// Fields dropped that others ask for: the status, the source, the type of the value.
pub(super) fn dropped_though_another_asks(sample: &Sample) -> Vec<Breakage> {
    let says = |key: &str, word: &str| sample.word(key) == Some(word);
    let removed = says("status", "removed");
    let asked = [
        ("milestone_removed", removed, sample.rule("incomplete-removal")),
        ("removed_by_url", removed, sample.rule("incomplete-removal")),
        ("repair_issue_url", says("status", "broken"), "metric/missing-repair-issue".into()),
        ("value_json_schema", says("value_type", "object"), "metric/missing-value-schema".into()),
        (
            "product_categories",
            sample.kind() == Kind::Metric && says("status", "active"),
            "metric/missing-product-category".into(),
        ),
        ("events", says("data_source", "internal_events"), "metric/internal-events".into()),
        ("instrumentation_class", says("data_source", "redis") && !removed, "metric/redis-options".into()),
        ("instrumentation_class", says("data_source", "redis_hll"), "metric/redis-hll-options".into()),
        ("options", says("data_source", "redis") && !removed, "metric/redis-options".into()),
        ("status", sample.path.contains("/removed/"), "event/removed-folder".into()),
    ];
    let asked = asked.into_iter().filter(|(_, holds, _)| *holds).map(|(key, _, rule)| {
        let text = sample.without(key).unwrap();
        Breakage::new(format!("`{key}` dropped though asked for"), rule, at_first_key(&text))
    });
    asked.collect()
}

/// Nothing behind the colon, or null: the key is to blame in the first case, the word in the second.
pub(super) fn left_without_a_value(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    for field in sample.fields() {
        let (key, what) = (field.key, holds(sample.kind(), field.key));
        if matches!(what, Holds::TextOrNull | Holds::TextsOrNull) {
            continue;
        }
        let rule = match what {
            Holds::Mappings => "metric/internal-events".to_owned(),
            _ => sample.rule("wrong-type"),
        };
        let nothing = sample.with_lines(key, &format!("⌖{key}:\n")).unwrap();
        breakages.push(Breakage::new(format!("`{key}` with nothing behind it"), &rule, nothing));
        for null in ["~", "null"] {
            let text = sample.with_value(key, &format!("⌖{null}")).unwrap();
            breakages.push(Breakage::new(format!("`{key}: {null}`"), &rule, text));
        }
    }
    breakages
}

/// A new value that asks for a field which is not there.
pub(super) fn asked_for_by_a_new_value(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    let active_metric = sample.kind() == Kind::Metric && sample.word("status") == Some("active");
    let with_lines = |key: &str, lines: &str| at_first_key(&sample.with_lines(key, lines).unwrap());
    if active_metric {
        breakages.extend([
            Breakage::new(
                "broken without an issue",
                "metric/missing-repair-issue",
                with_lines("status", "status: broken\n"),
            ),
            Breakage::new(
                "removed without a milestone",
                "metric/incomplete-removal",
                with_lines(
                    "status",
                    "status: removed\nremoved_by_url: https://tidewater.example/changes/1\n",
                ),
            ),
            Breakage::new(
                "removed without an address",
                "metric/incomplete-removal",
                with_lines("status", "status: removed\nmilestone_removed: \"17.3\"\n"),
            ),
        ]);
        if sample.word("value_type") == Some("number") {
            breakages.push(Breakage::new(
                "an object without a schema",
                "metric/missing-value-schema",
                with_lines("value_type", "value_type: object\n"),
            ));
        }
    }
    breakages
}

/// Fields that another one forbids.
pub(super) fn out_of_place(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    let mut add = |way: &str, rule: &str, text: String| breakages.push(Breakage::new(way, rule, text));
    if sample.word("data_source") == Some("internal_events") {
        let text = sample.with_end("⌖instrumentation_class: CountEventsMetric\n");
        add("a class over internal events", "metric/internal-events", text);
    }
    if sample.word("internal_events").is_some() {
        let text = sample.with_end("⌖category: Projects::BoardsController\n");
        add("an internal event under a category", "event/category-on-internal-event", text);
    }
    if sample.kind() == Kind::Event && sample.word("status") == Some("active") {
        for line in ["milestone_removed: \"17.3\"", "removed_by_url: https://tidewater.example/changes/1"] {
            let text = sample.with_end(&format!("⌖{line}\n"));
            add(&format!("active with `{line}`"), "event/removal-without-status", text);
        }
    }
    if sample.kind() == Kind::Event && !sample.path.contains("/removed/") {
        let removal = "milestone_removed: \"17.3\"\nremoved_by_url: https://tidewater.example/changes/1\n";
        let text = sample.with_value("status", "⌖removed");
        let text = text.unwrap_or_else(|| sample.with_end("status: ⌖removed\n"));
        add("a removed event among the others", "event/removed-folder", format!("{text}{removal}"));
    }
    if sample.path.contains("/removed/") {
        let mut kept = sample.with_value("status", "⌖active").unwrap();
        kept =
            kept.lines().filter(|line| !line.contains("removed")).map(|line| format!("{line}\n")).collect();
        add("an active event among the removed", "event/removed-folder", kept);
    }
    breakages
}
