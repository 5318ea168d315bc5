//! How a metric's value comes about, in words.

use std::borrow::Cow;

use super::item::{Item, Use};
use crate::source::Kind;
use crate::words::joined;
use crate::yaml::Node;

/// Events that a sentence names; a list beside it has all.
const MOST_NAMED: usize = 3;

/// The period that a metric covers, in words; `None` where it names no known time frame.
///
/// REFERENCE section 4: counts of events cover complete weeks, queries of the database end two days before the report.
pub fn window(item: &Item<'_>) -> Option<&'static str> {
    let source = item.text("data_source").unwrap_or_default().to_ascii_lowercase();
    let by_events = source == "internal_events" || source == "redis_hll";
    let by_database = source == "database";
    match item.time_frame?.to_ascii_lowercase().as_str() {
        "7d" if by_events => Some("the last complete week"),
        "28d" if by_events => Some("the last four complete weeks"),
        "7d" if by_database => Some("7 days, from 9 to 2 days before the report"),
        "28d" if by_database => Some("28 days, from 30 to 2 days before the report"),
        "7d" => Some("7 days"),
        "28d" => Some("28 days"),
        "all" => Some("all time, since counting began"),
        "none" => Some("no period: the state at the time of the report"),
        _ => None,
    }
}

/// A sentence such as "Counts distinct `user.id` of `push`, over the last complete week."; names stand in backticks.
///
/// `None` for events, and for metrics that say neither a data source nor events nor a class.
pub fn computation(item: &Item<'_>) -> Option<String> {
    if item.kind == Kind::Event {
        return None;
    }
    let source = item.text("data_source").map(str::to_ascii_lowercase).unwrap_or_default();
    let class = item.text("instrumentation_class").map(|class| format!("`{class}`"));
    let by_class = class.as_ref().map(|class| format!(" by {class}")).unwrap_or_default();
    let counted = match source.as_str() {
        "redis_hll" if !item.uses.is_empty() => {
            format!("Counts distinct values, most often users, kept in Redis for {}", names(&item.uses))
        }
        "redis" if !item.uses.is_empty() => {
            format!("Counts each occurrence of {} in Redis", names(&item.uses))
        }
        _ if !item.uses.is_empty() => of_events(item),
        "database" => format!("Queried from the database{by_class}"),
        "system" => format!("Read from the system{by_class}"),
        "license" => format!("Read from the license{by_class}"),
        "prometheus" => format!("Queried from Prometheus{by_class}"),
        "" => format!("Computed{}", class.map(|class| format!(" by {class}"))?),
        other => format!("Computed from `{other}`{by_class}"),
    };
    let period = match item.time_frame {
        Some(frame) if frame.eq_ignore_ascii_case("none") => String::new(),
        _ => window(item).map(|window| format!(", over {window}")).unwrap_or_default(),
    };
    Some(format!("{counted}{period}."))
}

/// What `events` adds up to.
fn of_events(item: &Item<'_>) -> String {
    let uses = &item.uses;
    let first = &uses[0].used;
    match (item.counts_alike(), first.operator, first.unique) {
        (true, Some(operator), _) => {
            let property = operator.strip_prefix("sum(").and_then(|rest| rest.strip_suffix(')'));
            format!("Adds up `{}` of {}", property.unwrap_or(operator), names(uses))
        }
        (true, None, Some(unique)) => format!("Counts distinct `{unique}` of {}", names(uses)),
        (true, None, None) => format!("Counts every {}", names(uses)),
        (false, ..) => format!("Counts {}, each in its own way", names(uses)),
    }
}

/// The events of a sentence, with what an occurrence must be like.
fn names(uses: &[Use<'_>]) -> String {
    let mut named: Vec<String> = uses.iter().take(MOST_NAMED).map(name).collect();
    match uses.len().saturating_sub(MOST_NAMED) {
        0 => {}
        1 => named.push("one more event".to_owned()),
        more => named.push(format!("{more} more events")),
    }
    joined(named, "and")
}

fn name(used: &Use<'_>) -> String {
    let filter = used.used.filter.map(Node::entries).unwrap_or_default();
    let conditions = filter.iter().map(|entry| {
        let value: Cow<'_, str> = entry.value.text().map_or("…".into(), Cow::Borrowed);
        format!("`{}` is `{value}`", entry.key)
    });
    let conditions: Vec<String> = conditions.collect();
    let conditions =
        if conditions.is_empty() { String::new() } else { format!(" where {}", joined(conditions, "and")) };
    format!("`{}`{conditions}", used.used.name)
}
