//! Metrics over internal events, and the events they count.

use std::collections::BTreeMap;

use crate::definition::Definition;
use crate::source::Kind;

/// Every event by its action; among events of one action, one that is still sent counts.
pub(in crate::check::rules) fn events_by_action<'d, 's>(
    definitions: &'d [Definition<'s>],
) -> BTreeMap<&'d str, &'d Definition<'s>> {
    let mut events: BTreeMap<&str, &Definition<'_>> = BTreeMap::new();
    for definition in definitions.iter().filter(|definition| definition.kind() == Some(Kind::Event)) {
        let Some(action) = definition.text("action") else { continue };
        let known = events.entry(action).or_insert(definition);
        if known.is_removed() && !definition.is_removed() {
            *known = definition;
        }
    }
    events
}

/// Whether this is a metric over internal events that installations still send.
pub(in crate::check::rules) fn live_over_internal_events(definition: &Definition<'_>) -> bool {
    definition.kind() == Some(Kind::Metric)
        && definition.text("data_source") == Some("internal_events")
        && !definition.is_removed()
}
