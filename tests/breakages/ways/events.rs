//! Metrics and the events they count.

use metrics_dictionary::source::Kind;

use crate::breakages::breakage::Breakage;
use crate::breakages::sample::Sample;

/// Whether this is a metric over internal events that is still sent.
fn counts_live_events(sample: &Sample) -> bool {
    sample.word("data_source") == Some("internal_events") && sample.word("status") == Some("active")
}

/// The words behind a key in `events`, in the order of the file.
fn words<'s>(sample: &'s Sample, key: &str) -> Vec<&'s str> {
    let Some(field) = sample.field("events") else { return Vec::new() };
    let (lines, key) = (&sample.text[field.lines], format!("{key}: "));
    let behind = lines.split(key.as_str()).skip(1);
    behind.filter_map(|rest| rest.split([',', '}', '\n']).next()).collect()
}

/// Items of `events` that count in no known way.
pub(super) fn miscounted(sample: &Sample) -> Vec<Breakage> {
    const RULE: &str = "metric/internal-events";
    let mut breakages = Vec::new();
    if sample.word("data_source") != Some("internal_events") {
        return breakages;
    }
    let mut add = |way: &str, text: Option<String>| {
        breakages.extend(text.map(|text| Breakage::new(way, RULE, text)));
    };
    add("an event without a mapping", sample.with_item("events", "⌖create_card"));
    add("an event without a name", sample.with_item("events", "{⌖filter: {label: done}}"));
    add("an event with a number for a name", sample.with_item("events", "{name: ⌖5}"));
    for key in ["unique", "operator"] {
        if let Some(word) = words(sample, key).first() {
            let (from, to) = (format!("{key}: {word}"), format!("{key}: ⌖{word}s"));
            add(&format!("`{key}` of no list"), sample.with_word("events", &from, &to));
            let to = format!("{key}: ⌖[{word}]");
            add(&format!("`{key}` as a list"), sample.with_word("events", &from, &to));
        }
    }
    if let Some(name) = words(sample, "name").first() {
        let from = format!("name: {name}");
        let separator = if sample.text.contains(&format!("{{{from}")) { ", " } else { "\n    " };
        let to = format!("{from}{separator}⌖colour: blue");
        add("an unknown key in an event", sample.with_word("events", &from, &to));
        if !sample.text.contains("filter:") {
            let to = format!("{from}{separator}filter: ⌖label");
            add("a filter that is a word", sample.with_word("events", &from, &to));
        }
    }
    breakages
}

/// Events that nothing defines, or that are no longer sent.
pub(super) fn without_definition(sample: &Sample) -> Vec<Breakage> {
    let mut breakages = Vec::new();
    if !counts_live_events(sample) {
        return breakages;
    }
    let name = words(sample, "name")[0];
    for other in [format!("{name}s"), "\"no_such_event\"".to_owned(), "archive_card".to_owned()] {
        let (from, to) = (format!("name: {name}"), format!("name: ⌖{other}"));
        let text = sample.with_word("events", &from, &to).unwrap();
        breakages.push(Breakage::new(format!("counting `{other}`"), "metric/unknown-event", text));
    }
    breakages
}

/// Events that are counted once each for all time, or in no period.
pub(super) fn in_no_period(sample: &Sample) -> Vec<Breakage> {
    if words(sample, "unique").is_empty() {
        return Vec::new();
    }
    let frames = ["⌖all", "⌖none", "[7d, ⌖all]"].into_iter().map(|frame| {
        let text = sample.with_value("time_frame", frame).unwrap();
        Breakage::new(format!("counted once each in `{frame}`"), "metric/unique-time-frame", text)
    });
    frames.collect()
}

/// Events that are counted unlike the others, or by what they do not carry.
pub(super) fn at_odds(sample: &Sample) -> Vec<Breakage> {
    const MIXED: (&str, &str) = ("two ways of counting", "metric/mixed-counting");
    const UNCOUNTABLE: (&str, &str) = ("counted by what the event lacks", "metric/undeclared-property");
    const UNFILTERABLE: (&str, &str) = ("filtered by what the event lacks", "metric/undeclared-property");
    if !counts_live_events(sample) {
        return Vec::new();
    }
    let others: &[((&str, &str), &str)] = if words(sample, "unique").is_empty() {
        &[
            (MIXED, "{name: push_commits, ⌖unique: user.id}"),
            (UNFILTERABLE, "{name: push_commits, filter: {⌖colour: x}}"),
        ]
    } else {
        &[
            (MIXED, "{⌖name: push_commits}"),
            (UNFILTERABLE, "{name: push_commits, unique: user.id, filter: {⌖colour: x}}"),
            (UNCOUNTABLE, "{name: pause_worker, unique: ⌖project.id}"),
        ]
    };
    let others = others
        .iter()
        .map(|((way, rule), item)| Breakage::new(*way, *rule, sample.with_item("events", item).unwrap()));
    others.collect()
}

/// The same event a second time, counted in the same way.
pub(super) fn counted_twice(sample: &Sample) -> Vec<Breakage> {
    let Some(field) = sample.field("events").filter(|field| field.rest.matches("name:").count() == 1) else {
        return Vec::new();
    };
    let again = field.rest.replacen("- name", "- ⌖name", 1);
    let text = sample.with_below("events", &again).unwrap();
    vec![Breakage::new("an event counted twice", "metric/repeated-value", text)]
}

/// The options of metrics over Redis.
pub(super) fn of_redis(sample: &Sample) -> Vec<Breakage> {
    let rule = match (sample.word("data_source"), sample.word("status")) {
        (Some("redis"), Some("active")) => "metric/redis-options",
        (Some("redis_hll"), _) => "metric/redis-hll-options",
        _ => return Vec::new(),
    };
    let class = sample.with_value("instrumentation_class", "⌖CountSomethingMetric").unwrap();
    let unknown = sample.with_below("options", "  ⌖colour: blue\n").unwrap();
    let mut breakages = vec![
        Breakage::new("another class over Redis", rule, class),
        Breakage::new("an unknown option", rule, unknown),
    ];
    if rule == "metric/redis-options" {
        for (way, options) in [
            ("a number for an option", "\n  event: ⌖5\n  prefix: wiki"),
            ("an option missing", "\n  ⌖event: view"),
            ("text for a boolean", "{event: view, prefix: wiki, include_usage_prefix: ⌖never}"),
        ] {
            breakages.push(Breakage::new(way, rule, sample.with_value("options", options).unwrap()));
        }
    } else {
        for (way, options) in
            [("text for a list of events", "\n  events: ⌖run_search"), ("options without events", "⌖{}")]
        {
            breakages.push(Breakage::new(way, rule, sample.with_value("options", options).unwrap()));
        }
    }
    breakages
}

/// The properties of events.
pub(super) fn properties(sample: &Sample) -> Vec<Breakage> {
    const RULE: &str = "event/additional-property";
    let mut breakages = Vec::new();
    if sample.kind() == Kind::Metric {
        return breakages;
    }
    let below = |property: &str| {
        let lines = format!("additional_properties:\n  value:\n    description: Age in days\n{property}");
        match sample.with_lines("additional_properties", &lines) {
            Some(text) => text,
            None => sample.with_end(&lines),
        }
    };
    for (way, property) in [
        ("a property that is a word", "  label: ⌖reason\n"),
        ("a property that is null", "  label: ⌖~\n"),
        ("a property with nothing behind it", "  ⌖label:\n"),
        ("a property with an unknown key", "  label:\n    description: Reason\n    ⌖type: text\n"),
        ("a property with a number for a description", "  label:\n    description: ⌖5\n"),
        ("a property described by nothing", "  label:\n    ⌖description:\n"),
        ("a property described in a list", "  label: {description: ⌖[Reason]}\n"),
    ] {
        breakages.push(Breakage::new(way, RULE, below(property)));
    }
    breakages.push(Breakage::new(
        "a property twice",
        "yaml/duplicate-key",
        below("  ⌖value:\n    description: Again\n"),
    ));
    breakages
}
