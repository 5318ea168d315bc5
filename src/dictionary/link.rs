//! The links between items: metrics and the events they count, metrics and their other time frames.

use std::borrow::Cow;
use std::collections::HashMap;

use super::item::{Item, NO_DATA_CATEGORY, Use};
use crate::definition::event_uses;
use crate::source::Kind;

/// Time frames that one metric is linked to: there are three others at most, unless somebody plays with names.
const MOST_SIBLINGS: usize = 20;

/// Resolves what metrics count to events, by action, and notes the metrics on the events.
pub(super) fn link_events(items: &mut [Item<'_>]) {
    let first_event = items.partition_point(|item| item.kind < Kind::Event);
    let mut by_action: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, event) in items.iter().enumerate().skip(first_event) {
        if let Some(action) = event.action() {
            by_action.entry(action.to_owned()).or_default().push(index);
        }
    }
    for index in 0..first_event {
        let uses = event_uses(items[index].definition).into_iter().map(|used| {
            let found = by_action.get(used.name).map(Vec::as_slice).unwrap_or_default();
            // Several legacy events may share an action; an internal event of that action is the one that counts.
            let internal: Vec<usize> =
                found.iter().copied().filter(|&event| items[event].definition.is_internal_event()).collect();
            let events = if internal.is_empty() { found.to_vec() } else { internal };
            Use { used, events }
        });
        let uses: Vec<Use<'_>> = uses.collect();
        for &event in uses.iter().flat_map(|used| &used.events) {
            if items[event].counted_by.last() != Some(&index) {
                items[event].counted_by.push(index);
            }
        }
        items[index].uses = uses;
    }
}

/// An event falls under the data categories of the metrics that count it.
pub(super) fn derive_data_categories(items: &mut [Item<'_>]) {
    for index in 0..items.len() {
        if items[index].kind == Kind::Event {
            let mut derived: Vec<_> = items[index]
                .counted_by
                .iter()
                .flat_map(|&metric| items[metric].data_categories.clone())
                .collect();
            derived.sort();
            derived.dedup();
            if derived.is_empty() {
                derived.push(NO_DATA_CATEGORY.into());
            }
            items[index].data_categories = derived;
        }
    }
}

/// Notes on each metric the same metric for other time frames.
///
/// Files list several time frames, or there is a file for each; then the names differ in `_weekly` and `_monthly` (or
/// `_7d` and `_28d`) alone, behind any part of the key_path (REFERENCE section 4).
pub(super) fn link_siblings(items: &mut [Item<'_>]) {
    let metrics = items.partition_point(|item| item.kind < Kind::Event);
    let mut families: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, metric) in
        items[..metrics].iter().enumerate().filter(|(_, metric)| metric.time_frame.is_some())
    {
        families.entry(without_time_frames(&metric.name).into_owned()).or_default().push(index);
    }
    let linked: Vec<Vec<usize>> = items[..metrics]
        .iter()
        .map(|metric| {
            let family = families.get(without_time_frames(&metric.name).as_ref());
            let others = family.into_iter().flatten().copied();
            others.filter(|&other| items[other].time_frame != metric.time_frame).take(MOST_SIBLINGS).collect()
        })
        .collect();
    for (metric, siblings) in items.iter_mut().zip(linked) {
        if metric.time_frame.is_some() {
            metric.siblings = siblings;
        }
    }
}

/// A key_path without what its parts say of time frames.
fn without_time_frames(key_path: &str) -> Cow<'_, str> {
    const SUFFIXES: [&str; 4] = ["_weekly", "_monthly", "_7d", "_28d"];
    if !SUFFIXES.iter().any(|suffix| key_path.contains(suffix)) {
        return key_path.into();
    }
    let parts = key_path.split('.').map(|part| {
        let bare = SUFFIXES.iter().find_map(|suffix| part.strip_suffix(suffix));
        bare.filter(|bare| !bare.is_empty()).unwrap_or(part)
    });
    parts.collect::<Vec<_>>().join(".").into()
}

#[cfg(test)]
mod tests {
    use super::without_time_frames;

    #[test]
    fn time_frames_are_taken_off_every_part() {
        assert_eq!(without_time_frames("counts_monthly.issues"), "counts.issues");
        assert_eq!(without_time_frames("redis_hll_counters.a.b_weekly"), "redis_hll_counters.a.b");
        assert_eq!(without_time_frames("counts.weekly_report"), "counts.weekly_report");
        assert_eq!(without_time_frames("_weekly"), "_weekly");
    }
}
