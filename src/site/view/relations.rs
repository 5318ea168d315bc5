//! What an item is linked to: events, metrics, the same metric for other time frames.

use std::collections::BTreeSet;

use serde::Serialize;
use tera::Value;

use super::{MOST_REFERENCES, MOST_ROWS};
use crate::dictionary::{Dictionary, Facet, Item, Life, NO_GROUP, Use, window};
use crate::site::page::Link;
use crate::site::rows::Tables;
use crate::words::count;
use crate::yaml::Node;

#[derive(Serialize)]
pub(super) struct UseView<'d> {
    name: &'d str,
    unique: Option<&'d str>,
    filter: Vec<(&'d str, &'d str)>,
    operator: Option<&'d str>,
    events: Vec<EventView<'d>>,
}

#[derive(Serialize)]
pub(super) struct EventView<'d> {
    event: Link,
    life: &'static str,
    status: &'d str,
}

/// The same metric for another time frame.
#[derive(Serialize)]
pub(super) struct Sibling<'d> {
    metric: Link,
    time_frame: Option<&'d str>,
    window: Option<&'static str>,
}

/// Rows of other metrics, the first of them and how many there are.
#[derive(Serialize)]
pub(super) struct References {
    rows: Value,
    shown: usize,
    total: usize,
    /// `12 metrics`
    counted: String,
}

impl References {
    pub(super) fn new(items: &[usize], tables: &mut Tables<'_>) -> Self {
        let shown = &items[..items.len().min(MOST_ROWS)];
        Self {
            rows: tables.add(shown.to_vec()),
            shown: shown.len(),
            total: items.len(),
            counted: count(items.len(), "metric"),
        }
    }
}

impl<'d> UseView<'d> {
    pub(super) fn new(used: &'d Use<'d>, alike: bool, dictionary: &'d Dictionary<'d>) -> Self {
        let filter = used.used.filter.map(Node::entries).unwrap_or_default();
        let event = |&index: &usize| {
            let event = &dictionary.items[index];
            EventView {
                event: Link::new(event.name.clone(), event.url()),
                life: event.life().as_str(),
                status: event.definition.status(),
            }
        };
        Self {
            name: used.used.name,
            unique: used.used.unique.filter(|_| !alike),
            filter: filter
                .iter()
                .map(|entry| (entry.key.as_ref(), entry.value.text().unwrap_or("…")))
                .collect(),
            operator: used.used.operator.filter(|_| !alike),
            events: used.events.iter().take(MOST_REFERENCES).map(event).collect(),
        }
    }
}

impl<'d> Sibling<'d> {
    pub(super) fn new(item: &'d Item<'d>) -> Self {
        Self {
            metric: Link::new(item.name.clone(), item.url()),
            time_frame: item.time_frame,
            window: window(item),
        }
    }
}

/// What would follow from an event's removal.
pub(super) fn effect(item: &Item<'_>, dictionary: &Dictionary<'_>) -> String {
    let metrics = item.counted_by.iter().map(|&index| &dictionary.items[index]);
    let removed = metrics.filter(|metric| metric.life() == Life::Removed).count();
    let removed = if removed > 0 { format!(", {removed} of them removed already,") } else { String::new() };
    let effect = match item.life() {
        Life::Removed => "Its removal affects",
        Life::Live | Life::Broken => "Removing this event would affect",
    };
    let groups = count(affected(item, dictionary).len(), "group");
    format!("{effect} {}{removed} in {groups}:", count(item.counted_by.len(), "metric"))
}

/// The groups of the metrics that count an event.
pub(super) fn affected(item: &Item<'_>, dictionary: &Dictionary<'_>) -> BTreeSet<Link> {
    let metrics = item.counted_by.iter().map(|&index| &dictionary.items[index]);
    let owner = |metric: &Item<'_>| match &metric.owner {
        Some(owner) => Link::to_owner(owner),
        None => Link::to_value(Facet::Group, NO_GROUP, "No owner"),
    };
    metrics.map(owner).collect()
}

/// Other metrics that count one of a metric's events; its siblings are shown elsewhere.
pub(super) fn related(item: &Item<'_>, dictionary: &Dictionary<'_>) -> Vec<usize> {
    let events = item.uses.iter().flat_map(|used| &used.events);
    let metrics = events.flat_map(|&event| &dictionary.items[event].counted_by).copied();
    let others: BTreeSet<usize> = metrics
        .filter(|other| dictionary.items[*other].name != item.name && !item.siblings.contains(other))
        .collect();
    others.into_iter().collect()
}
