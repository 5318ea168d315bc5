//! How a metric's value comes about, in words.

use super::item::{Item, Life, Use};
use crate::source::Kind;
use crate::words::{capitalised, joined};
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
    match item.time_frame_key()?.as_ref() {
        "7d" if by_events => Some("the last complete week"),
        "28d" if by_events => Some("the last four complete weeks"),
        "7d" if by_database => Some("7 days, from 9 to 2 days before the report"),
        "28d" if by_database => Some("28 days, from 30 to 2 days before the report"),
        "7d" => Some("7 days"),
        "28d" => Some("28 days"),
        "all" if item.uses.is_empty() => Some("everything there is at the time of the report"),
        "all" => Some("all time, since counting began"),
        "none" => Some("no period: the state at the time of the report"),
        _ => None,
    }
}

/// A sentence such as "Counts distinct `user.id` of `push` events, over the last complete week."; names stand in
/// backticks. What is removed is told in the past.
///
/// `None` for events, and for metrics that say neither a data source nor events nor a class.
pub fn computation(item: &Item<'_>) -> Option<String> {
    if item.kind == Kind::Event {
        return None;
    }
    let counts = if item.life() == Life::Removed { "Counted" } else { "Counts" };
    let source = item.text("data_source").map(str::to_ascii_lowercase).unwrap_or_default();
    let class = item.text("instrumentation_class").map(|class| format!("`{class}`"));
    let by_class = class.as_ref().map(|class| format!(" by {class}")).unwrap_or_default();
    let computed = match source.as_str() {
        "redis" if !item.uses.is_empty() => format!("{counts} {}, in Redis", names_in_redis(item)),
        "redis_hll" if item.uses.iter().any(|used| used.used.unique.is_some()) => {
            format!("{}, in Redis", of_events(item))
        }
        "redis_hll" if !item.uses.is_empty() => {
            format!("{counts} distinct values, most often users, of {}, in Redis", names(&item.uses))
        }
        _ if !item.uses.is_empty() => of_events(item),
        "redis" => format!("Counted in Redis{by_class}"),
        "redis_hll" => {
            format!("Distinct values, counted in Redis{by_class}; the definition does not say of what")
        }
        "database" => format!("Queried from the database{by_class}"),
        "system" => format!("Read from the system{by_class}"),
        "license" => format!("Read from the license{by_class}"),
        "prometheus" => format!("Queried from Prometheus{by_class}"),
        "" => format!("Computed by {}", class?),
        other => format!("Computed from `{other}`{by_class}"),
    };
    let period = match item.time_frame_key().as_deref() {
        Some("none") | None => String::new(),
        Some("all") if item.uses.is_empty() => ", over all time".to_owned(),
        Some("all") => ", since counting began".to_owned(),
        _ => window(item).map(|window| format!(", over {window}")).unwrap_or_default(),
    };
    Some(format!("{computed}{period}."))
}

/// What `events` adds up to.
fn of_events(item: &Item<'_>) -> String {
    let past = item.life() == Life::Removed;
    let uses = &item.uses;
    if item.counts_alike() {
        return capitalised(&format!("{} {}", how(&uses[0], past), names(uses)));
    }
    let each: Vec<String> = uses
        .iter()
        .take(MOST_NAMED)
        .map(|used| format!("{} {}", how(used, past), names(std::slice::from_ref(used))))
        .collect();
    capitalised(&joined(with_rest(each, uses.len()), "and"))
}

/// What is done with the occurrences of an event.
fn how(used: &Use<'_>, past: bool) -> String {
    let (counts, adds) = if past { ("counted", "added") } else { ("counts", "adds") };
    match (used.used.operator, used.used.unique) {
        (Some(operator), _) => {
            let property = operator.strip_prefix("sum(").and_then(|rest| rest.strip_suffix(')'));
            format!("{adds} up `{}` of", property.unwrap_or(operator))
        }
        (None, Some(unique)) => format!("{counts} distinct `{unique}` of"),
        (None, None) => counts.to_owned(),
    }
}

/// The events of a sentence, with what an occurrence must be like: "`a` and `b` events".
fn names(uses: &[Use<'_>]) -> String {
    let shown = uses.iter().take(MOST_NAMED);
    if uses.iter().all(|used| conditions(used).is_empty()) {
        let named = shown.map(|used| format!("`{}`", used.used.name)).collect();
        return format!("{} events", joined(with_rest(named, uses.len()), "and"));
    }
    // "and" joins the conditions of one event.
    let named = shown.map(|used| format!("`{}` events{}", used.used.name, conditions(used))).collect();
    with_rest(named, uses.len()).join(", plus ")
}

/// What is named, and how much is not.
fn with_rest(mut named: Vec<String>, total: usize) -> Vec<String> {
    if total > MOST_NAMED {
        named.push(format!("{} more", total - MOST_NAMED));
    }
    named
}

fn conditions(used: &Use<'_>) -> String {
    let filter = used.used.filter.map(Node::entries).unwrap_or_default();
    let conditions = filter.iter().map(|entry| {
        let value = entry.value.text().unwrap_or("…");
        format!("`{}` is `{value}`", entry.key)
    });
    let conditions: Vec<String> = conditions.collect();
    if conditions.is_empty() { String::new() } else { format!(" where {}", joined(conditions, "and")) }
}

/// A counter of data source `redis` is named by its event and a prefix.
fn names_in_redis(item: &Item<'_>) -> String {
    let prefix =
        item.definition.get("options").and_then(|options| options.get("prefix")).and_then(Node::text);
    let prefix = prefix.map(|prefix| format!(" under the prefix `{prefix}`")).unwrap_or_default();
    format!("{}{prefix}", names(&item.uses))
}

#[cfg(test)]
mod tests {
    use super::computation;
    use crate::definition;
    use crate::dictionary::Dictionary;
    use crate::source::{Kind, SourceFile};
    use crate::vocabulary::Vocabulary;

    /// The sentence of a metric with some fields.
    fn sentence(fields: &str) -> String {
        let text = format!("key_path: a\n{fields}");
        let files = [SourceFile::in_memory(Kind::Metric, "metrics/a.yml".to_owned(), text.into_bytes())];
        let definitions = definition::parse(&files);
        let vocabulary = Vocabulary::default();
        let dictionary = Dictionary::link(&definitions, &vocabulary, &[]);
        computation(&dictionary.items[0]).unwrap_or_default()
    }

    #[test]
    fn events_are_counted_in_words() {
        let internal = "data_source: internal_events\n";
        assert_eq!(
            sentence(&format!(
                "{internal}time_frame: 7d\nevents: [{{name: push, unique: user.id, filter: {{label: x, value: 2}}}}]"
            )),
            "Counts distinct `user.id` of `push` events where `label` is `x` and `value` is `2`, over the last complete week."
        );
        assert_eq!(
            sentence(&format!(
                "{internal}time_frame: all\nevents: [{{name: a}}, {{name: b}}, {{name: c}}, {{name: d}}, {{name: e}}]"
            )),
            "Counts `a`, `b`, `c` and 2 more events, since counting began."
        );
        assert_eq!(
            sentence(&format!("{internal}time_frame: 28d\nevents: [{{name: a, operator: sum(value)}}]")),
            "Adds up `value` of `a` events, over the last four complete weeks."
        );
        assert_eq!(
            sentence(&format!("{internal}events: [{{name: a, unique: user.id}}, {{name: b}}]")),
            "Counts distinct `user.id` of `a` events and counts `b` events."
        );
    }

    #[test]
    fn other_sources_name_their_class() {
        assert_eq!(
            sentence("data_source: database\ntime_frame: 28d\ninstrumentation_class: CountXMetric"),
            "Queried from the database by `CountXMetric`, over 28 days, from 30 to 2 days before the report."
        );
        assert_eq!(sentence("data_source: license\ntime_frame: none"), "Read from the license.");
        assert_eq!(
            sentence("data_source: redis_hll\ntime_frame: 7d\noptions: {events: [a, b]}"),
            "Counts distinct values, most often users, of `a` and `b` events, in Redis, over the last complete week."
        );
        assert_eq!(
            sentence("data_source: redis_hll\nevents: [{name: a, unique: user.id}]"),
            "Counts distinct `user.id` of `a` events, in Redis."
        );
        assert_eq!(
            sentence("data_source: redis\noptions: {event: start, prefix: tour}\ntime_frame: all"),
            "Counts `start` events under the prefix `tour`, in Redis, since counting began."
        );
        assert_eq!(sentence("description: x"), "");
    }

    #[test]
    fn what_is_removed_is_told_in_the_past() {
        assert_eq!(
            sentence("status: removed\nevents: [{name: a, filter: {p: 1}}, {name: a, filter: {p: 2, q: x}}]"),
            "Counted `a` events where `p` is `1`, plus `a` events where `p` is `2` and `q` is `x`."
        );
    }
}
