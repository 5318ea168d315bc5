//! Which events a metric counts, in the three forms that definitions have used.

use super::Definition;
use crate::source::Span;
use crate::yaml::Node;

/// One event that a metric counts, and how.
#[derive(Debug, Clone)]
pub struct EventUse<'d> {
    /// The event's action.
    pub name: &'d str,
    /// Where the metric names it.
    pub span: Span,
    /// JSON Pointer to the name.
    pub pointer: String,
    /// What is counted once, e.g. `user.id`; absent for totals.
    pub unique: Option<&'d str>,
    /// The properties an occurrence must have to count.
    pub filter: Option<&'d Node<'d>>,
    /// How occurrences are added up, e.g. `sum(value)`; absent for counts.
    pub operator: Option<&'d str>,
}

/// The events of a metric: `events:`, or without it `options.events` (redis_hll) and `options.event` (redis).
pub fn event_uses<'d>(definition: &'d Definition<'_>) -> Vec<EventUse<'d>> {
    if let Some(events) = definition.get("events") {
        let items = events.items().iter().enumerate();
        return items.filter_map(|(index, item)| selection_rule(item, index)).collect();
    }
    let Some(options) = definition.get("options") else { return Vec::new() };
    let named = |node: &'d Node<'_>, pointer: String| {
        node.text().map(|name| EventUse {
            name,
            span: node.span,
            pointer,
            unique: None,
            filter: None,
            operator: None,
        })
    };
    let listed = options.get("events").map(Node::items).unwrap_or_default().iter().enumerate();
    let listed = listed.filter_map(|(index, item)| named(item, format!("/options/events/{index}")));
    let single = options.get("event").and_then(|event| named(event, "/options/event".to_owned()));
    listed.chain(single).collect()
}

/// One item of `events:`: a mapping, or just the name.
fn selection_rule<'d>(item: &'d Node<'_>, index: usize) -> Option<EventUse<'d>> {
    let (name, pointer) = match item.get("name") {
        Some(name) => (name, format!("/events/{index}/name")),
        None => (item, format!("/events/{index}")),
    };
    Some(EventUse {
        name: name.text()?,
        span: name.span,
        pointer,
        unique: item.get("unique").and_then(Node::text),
        filter: item.get("filter").filter(|filter| !filter.is_null()),
        operator: item.get("operator").and_then(Node::text),
    })
}
