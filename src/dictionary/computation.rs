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
    match item.time_frame_key()?.as_ref() {
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
    let period = match item.time_frame_key().as_deref() {
        Some("none") => String::new(),
        Some("all") => ", since counting began".to_owned(),
        _ => window(item).map(|window| format!(", over {window}")).unwrap_or_default(),
    };
    Some(format!("{counted}{period}."))
}

/// What `events` adds up to.
fn of_events(item: &Item<'_>) -> String {
    let uses = &item.uses;
    if item.counts_alike() {
        return capitalised(&format!("{} {}", how(&uses[0]), names(uses)));
    }
    let each: Vec<String> =
        uses.iter().take(MOST_NAMED).map(|used| format!("{} {}", how(used), name(used))).collect();
    capitalised(&joined(with_rest(each, uses.len()), "and"))
}

/// What is done with the occurrences of an event.
fn how(used: &Use<'_>) -> String {
    match (used.used.operator, used.used.unique) {
        (Some(operator), _) => {
            let property = operator.strip_prefix("sum(").and_then(|rest| rest.strip_suffix(')'));
            format!("adds up `{}` of", property.unwrap_or(operator))
        }
        (None, Some(unique)) => format!("counts distinct `{unique}` of"),
        (None, None) => "counts every".to_owned(),
    }
}

fn capitalised(sentence: &str) -> String {
    let mut letters = sentence.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect()).unwrap_or_default()
}

/// The events of a sentence, with what an occurrence must be like.
fn names(uses: &[Use<'_>]) -> String {
    joined(with_rest(uses.iter().take(MOST_NAMED).map(name).collect(), uses.len()), "and")
}

/// What is named, and how much is not.
fn with_rest(mut named: Vec<String>, total: usize) -> Vec<String> {
    match total.saturating_sub(MOST_NAMED) {
        0 => {}
        1 => named.push("one more event".to_owned()),
        more => named.push(format!("{more} more events")),
    }
    named
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

#[cfg(test)]
mod tests {
    use super::computation;
    use crate::definition;
    use crate::dictionary::Dictionary;
    use crate::source::{Kind, SourceFile, Text};
    use crate::vocabulary::Vocabulary;

    /// The sentence of a metric with some fields.
    fn sentence(fields: &str) -> String {
        let file = SourceFile {
            source: 0,
            kind: Some(Kind::Metric),
            path: "metrics/a.yml".to_owned(),
            display_path: "metrics/a.yml".to_owned(),
            text: Text::new(format!("key_path: a\n{fields}")),
            problem: None,
            not_utf8: None,
        };
        let files = [file];
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
            "Counts distinct `user.id` of `push` where `label` is `x` and `value` is `2`, over the last complete week."
        );
        assert_eq!(
            sentence(&format!(
                "{internal}time_frame: all\nevents: [{{name: a}}, {{name: b}}, {{name: c}}, {{name: d}}, {{name: e}}]"
            )),
            "Counts every `a`, `b`, `c` and 2 more events, since counting began."
        );
        assert_eq!(
            sentence(&format!("{internal}time_frame: 28d\nevents: [{{name: a, operator: sum(value)}}]")),
            "Adds up `value` of `a`, over the last four complete weeks."
        );
        assert_eq!(
            sentence(&format!("{internal}events: [{{name: a, unique: user.id}}, {{name: b}}]")),
            "Counts distinct `user.id` of `a` and counts every `b`."
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
            "Counts distinct values, most often users, kept in Redis for `a` and `b`, over the last complete week."
        );
        assert_eq!(sentence("description: x"), "");
    }
}
