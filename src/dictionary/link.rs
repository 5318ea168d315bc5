//! The links between items: metrics and the events they count, metrics and their other time frames.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use super::item::{Item, NO_DATA_CATEGORY, Use};
use crate::definition::{EventUse, event_uses};
use crate::source::Kind;

/// Time frames that one metric is linked to: there are three others at most, unless somebody plays with names.
const MOST_SIBLINGS: usize = 20;

/// Links metrics and the events they count, both ways, and metrics and their other time frames. Items are sorted by
/// kind, metrics first.
pub(super) fn link(items: &mut [Item<'_>]) {
    let (metrics, events) = items.split_at_mut(items.partition_point(|item| item.kind < Kind::Event));
    let first_event = metrics.len();
    let (uses, siblings) = rayon::join(|| uses(metrics, events), || siblings(metrics));
    let linked = uses.into_iter().zip(siblings);
    for (index, (metric, linked)) in metrics.iter_mut().zip(linked).enumerate() {
        (metric.uses, metric.siblings) = linked;
        for &event in metric.uses.iter().flat_map(|used| &used.events) {
            let counted_by = &mut events[event - first_event].counted_by;
            if counted_by.last() != Some(&index) {
                counted_by.push(index);
            }
        }
    }
    derive_data_categories(metrics, events);
}

/// What each metric counts, resolved to events by their actions.
fn uses<'d>(metrics: &[Item<'d>], events: &[Item<'d>]) -> Vec<Vec<Use<'d>>> {
    let mut by_action: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, event) in events.iter().enumerate() {
        if let Some(action) = event.action() {
            by_action.entry(action).or_default().push(index);
        }
    }
    let resolve = |used: EventUse<'d>| {
        let found = by_action.get(used.name).map(Vec::as_slice).unwrap_or_default().iter().copied();
        // Several legacy events may share an action; an internal event of that action is the one that counts.
        let (internal, other): (Vec<usize>, Vec<usize>) =
            found.partition(|&event| events[event].definition.is_internal_event());
        let counted = if internal.is_empty() { other } else { internal };
        Use { used, events: counted.into_iter().map(|event| metrics.len() + event).collect() }
    };
    let of_metric = |metric: &Item<'d>| event_uses(metric.definition).into_iter().map(resolve).collect();
    metrics.par_iter().map(of_metric).collect()
}

/// An event falls under the data categories of the metrics that count it.
fn derive_data_categories<'d>(metrics: &[Item<'d>], events: &mut [Item<'d>]) {
    events.par_iter_mut().for_each(|event| {
        let mut derived: Vec<Cow<'d, str>> = Vec::new();
        for category in event.counted_by.iter().flat_map(|&metric| &metrics[metric].data_categories) {
            if !derived.contains(category) {
                derived.push(category.clone());
            }
        }
        if derived.is_empty() {
            derived.push(NO_DATA_CATEGORY.into());
        }
        derived.sort();
        event.data_categories = derived;
    });
}

/// Of each metric the same metric for other time frames.
///
/// Files list several time frames, or there is a file for each; then the names differ in `_weekly` and `_monthly` (or
/// `_7d` and `_28d`) alone, behind any part of the key_path (REFERENCE section 4).
fn siblings(metrics: &[Item<'_>]) -> Vec<Vec<usize>> {
    let names: Vec<Cow<'_, str>> =
        metrics.par_iter().map(|metric| without_time_frames(&metric.name)).collect();
    let mut families: HashMap<&str, Vec<usize>> = HashMap::new();
    for (index, name) in names.iter().enumerate().filter(|(index, _)| metrics[*index].time_frame.is_some()) {
        families.entry(name).or_default().push(index);
    }
    let siblings = |(metric, name): (&Item<'_>, &Cow<'_, str>)| {
        let family = families.get(name.as_ref()).filter(|_| metric.time_frame.is_some());
        let others = family.into_iter().flatten().copied();
        others.filter(|&other| metrics[other].time_frame != metric.time_frame).take(MOST_SIBLINGS).collect()
    };
    metrics.par_iter().zip(&names).map(siblings).collect()
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
