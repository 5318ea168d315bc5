//! Values that stand twice in a list.

use std::collections::HashMap;

use super::shared::field_values::field_values;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Kind;
use crate::yaml::{Data, Entry, Node};

rule! {
    /// No value stands twice in a metric's `time_frame` or `tiers`, and no event in its `events`.
    ///
    /// An event may stand there again with another filter, or counted in another way.
    ///
    /// ## Why
    /// Each entry of `time_frame` makes a metric of its own; a repeated one would make the same metric twice. An event
    /// that stands twice says nothing new: most likely another one was meant.
    ///
    /// ## Bad
    /// ```yaml
    /// time_frame: [7d, 28d, 7d]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// time_frame: [7d, 28d]
    /// ```
    RULE = "metric/repeated-value", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    check_fields(definition, findings);
    if definition.kind() == Some(Kind::Metric) {
        check_events(definition, findings);
    }
}

fn check_fields(definition: &Definition<'_>, findings: &mut Vec<Finding>) {
    for value in field_values(definition) {
        let Some(earlier) = value.earlier else { continue };
        let text = value.node.text().unwrap_or_default();
        let message = format!("`{text}` stands twice in `{}`", value.field.name);
        findings.push(
            Finding::new(&RULE, definition.file, value.node.span, message)
                .at(value.pointer())
                .help("keep one of them")
                .related(definition.file, earlier, "first here"),
        );
    }
}

fn check_events(definition: &Definition<'_>, findings: &mut Vec<Finding>) {
    let events = definition.get("events").map(Node::items).unwrap_or_default();
    if events.len() < 2 {
        return;
    }
    let mut seen: HashMap<String, &Node<'_>> = HashMap::new();
    for (index, event) in events.iter().enumerate() {
        let Some(name) = event.get("name").and_then(Node::text) else { continue };
        let Some(first) = seen.insert(meaning(event), event) else { continue };
        findings.push(
            Finding::new(
                &RULE,
                definition.file,
                event.span,
                format!("the event `{name}` stands twice in `events`"),
            )
            .at(format!("/events/{index}"))
            .help("keep one of them, or count them by different filters")
            .related(definition.file, first.span, "first here"),
        );
    }
}

/// What a value says, whatever the order of its keys: no two meanings are written alike.
fn meaning(node: &Node<'_>) -> String {
    // Quotes would have to be escaped again at every depth, and each time the text doubles.
    let part = |text: &str| format!("{}:{text}", text.len());
    match &node.data {
        Data::Scalar(_) => {
            node.text().map_or_else(|| "null".to_owned(), |text| format!("text {}", part(text)))
        }
        Data::Sequence(items) => {
            let items: String = items.iter().map(|item| part(&meaning(item))).collect();
            format!("list {items}")
        }
        Data::Mapping(entries) => {
            let meant = |entry: &Entry<'_>| part(&entry.key) + &part(&meaning(&entry.value));
            let mut entries: Vec<String> = entries.iter().map(meant).collect();
            entries.sort_unstable();
            format!("fields {}", entries.concat())
        }
    }
}
