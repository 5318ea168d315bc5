//! Names that others have, and names that nobody has.

use metrics_dictionary::source::Kind;

use crate::breakages::breakage::Breakage;
use crate::breakages::sample::Sample;

/// The name of another definition.
pub(super) fn taken(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    match sample.kind() {
        Kind::Metric => {
            // The first file keeps its name.
            let first = "counts.active_users_monthly";
            let expanded = sample.text.contains("28d") && sample.word("time_frame") != Some("28d");
            let name = if expanded { "counts.active_users" } else { first };
            if sample.word("key_path") != Some(first) {
                let text = sample.with_value("key_path", &format!("⌖{name}")).unwrap();
                breakages.push(Breakage::new(
                    "the key path of another metric",
                    "metric/duplicate-name",
                    text,
                ));
            }
        }
        Kind::Event => {
            let internal = sample.word("internal_events").is_some();
            let (name, rule) = if internal {
                ("approve_change_request", "event/duplicate-name")
            } else {
                ("view_banner", "event/file-name")
            };
            let text = sample.with_value("action", &format!("⌖{name}")).unwrap();
            breakages.push(Breakage::new("the action of another event", rule, text));
            let action = sample.word("action").unwrap();
            let text = sample.with_value("action", &format!("⌖{action}s")).unwrap();
            breakages.push(Breakage::new("an action unlike the file's name", "event/file-name", text));
        }
    }
    breakages
}

/// Groups, categories and files that are not there, or have another name.
pub(super) fn unknown(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    let group = sample.word("product_group").unwrap();
    for (value, rule) in [
        ("gardening".to_owned(), "unknown-group"),
        (format!("{group}s"), "unknown-group"),
        ("\"\"".to_owned(), "unknown-group"),
        (group.to_uppercase(), "group-spelling"),
        ("issue_tracking".to_owned(), "group-spelling"),
    ] {
        let text = sample.with_value("product_group", &format!("⌖{value}")).unwrap();
        breakages.push(Breakage::new(format!("the group `{value}`"), sample.rule(rule), text));
    }
    for path in ["definitions/no_such_schema.json", "../schema.json", "/etc/passwd"] {
        let Some(text) = sample.with_value("value_json_schema", &format!("⌖{path}")) else { continue };
        breakages.push(Breakage::new(format!("the schema `{path}`"), "metric/unknown-value-schema", text));
    }
    breakages
}
