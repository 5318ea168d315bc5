//! What a data source asks of other fields.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::{EXEMPT_REDIS_HLL, OPERATORS, Type, UNIQUE, quoted};
use crate::source::{Kind, Span};
use crate::suggest;
use crate::yaml::{Node, Resolved, escape_pointer};

rule! {
    /// A metric over internal events lists its `events`, each with a name and known settings, and names no
    /// `instrumentation_class`.
    ///
    /// An entry has `name`, and may have `unique`, `filter` (properties to strings or numbers) and `operator`
    /// (`sum(value)`).
    ///
    /// ## Why
    /// Such a metric is computed from this list alone. What the list leaves out is not counted; a class would never be
    /// called.
    ///
    /// ## Bad
    /// ```yaml
    /// data_source: internal_events
    /// instrumentation_class: CountIssuesMetric
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// data_source: internal_events
    /// events:
    ///   - name: create_issue
    ///     unique: user.id
    /// ```
    ///
    /// Reference: GitLab's `config/metrics/schema/internal_events.json`.
    INTERNAL_EVENTS = "metric/internal-events", Error Error Off
}

rule! {
    /// A live metric with data source `redis` has `instrumentation_class: RedisMetric` and `options` with `event` and
    /// `prefix`.
    ///
    /// ## Why
    /// Event and prefix make the key under which the counter is kept. Nothing else says what is counted.
    ///
    /// ## Bad
    /// ```yaml
    /// data_source: redis
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// data_source: redis
    /// instrumentation_class: RedisMetric
    /// options:
    ///   event: create
    ///   prefix: wiki_pages
    /// ```
    ///
    /// Reference: GitLab's `config/metrics/schema/redis.json`.
    REDIS = "metric/redis-options", Error Off Off
}

rule! {
    /// A metric with data source `redis_hll` has `instrumentation_class: RedisHLLMetric`, and its `options` hold a list
    /// of `events` and nothing else.
    ///
    /// ## Why
    /// The class and the events say what is counted.
    ///
    /// ## Bad
    /// ```yaml
    /// data_source: redis_hll
    /// options: {}
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// data_source: redis_hll
    /// instrumentation_class: RedisHLLMetric
    /// options:
    ///   events: [edit_wiki_page]
    /// ```
    ///
    /// Reference: GitLab's `config/metrics/schema/redis_hll.json`.
    REDIS_HLL = "metric/redis-hll-options", Error Off Off
}

rule! {
    /// An internal event has no `category`.
    ///
    /// ## Why
    /// Internal events are named by their action alone. A category makes tools take the event for a legacy one.
    ///
    /// ## Bad
    /// ```yaml
    /// internal_events: true
    /// category: Projects::IssuesController
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// internal_events: true
    /// ```
    ///
    /// Reference: GitLab's `spec/lib/gitlab/tracking/event_definition_spec.rb`.
    CATEGORY_ON_INTERNAL_EVENT = "event/category-on-internal-event", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if definition.root().is_none() || !definition.document.is_complete() {
        return;
    }
    match (definition.kind(), definition.text("data_source")) {
        (Some(Kind::Metric), Some("internal_events")) => internal_events(definition, findings),
        (Some(Kind::Metric), Some("redis")) if definition.status() != "removed" => {
            redis(definition, findings)
        }
        (Some(Kind::Metric), Some("redis_hll")) => redis_hll(definition, findings),
        (Some(Kind::Event), _) => category(definition, findings),
        _ => {}
    }
}

fn category(definition: &Definition<'_>, findings: &mut Vec<Finding>) {
    let internal = definition.get("internal_events").and_then(Node::resolve) == Some(Resolved::Bool(true));
    if let (true, Some(category)) = (internal, definition.root().and_then(|root| root.entry("category"))) {
        findings.push(
            Finding::new(
                &CATEGORY_ON_INTERNAL_EVENT,
                definition.file,
                category.key_span,
                "an internal event has no `category`",
            )
            .at("/category")
            .help("delete `category`"),
        );
    }
}

fn internal_events(definition: &Definition<'_>, findings: &mut Vec<Finding>) {
    let mut report = |span: Span, pointer: &str, message: String, help: String| {
        findings.push(Finding::new(&INTERNAL_EVENTS, definition.file, span, message).at(pointer).help(help));
    };
    if let Some(class) = definition.root().and_then(|root| root.entry("instrumentation_class")) {
        let message = "a metric over internal events has no `instrumentation_class`".to_owned();
        report(
            class.key_span,
            "/instrumentation_class",
            message,
            "delete it, or correct `data_source`".to_owned(),
        );
    }
    let Some(events) = definition.get("events") else {
        let message = "required field `events` is missing: the data source is `internal_events`".to_owned();
        return report(
            definition.start(),
            "/events",
            message,
            "list the events to count, each with `name`".to_owned(),
        );
    };
    if !Type::List.fits(events) {
        let message = format!("`events` must be a list, not {}", events.type_name());
        return report(
            events.span,
            "/events",
            message,
            "list the events to count, each with `name`".to_owned(),
        );
    }
    for (index, item) in events.items().iter().enumerate() {
        selection_rule(item, &format!("/events/{index}"), &mut report);
    }
}

/// Checks one item of `events`; `report` takes place, pointer, message and help.
fn selection_rule(item: &Node<'_>, pointer: &str, report: &mut dyn FnMut(Span, &str, String, String)) {
    if !Type::Mapping.fits(item) {
        let message = format!("an entry of `events` must be a mapping with `name`, not {}", item.type_name());
        let name = item.text().unwrap_or("create_issue");
        return report(item.span, pointer, message, format!("write `- name: {name}`"));
    }
    if item.entry("name").is_none() {
        let start = item.entries().first().map_or(item.span, |entry| entry.key_span);
        report(
            start,
            &format!("{pointer}/name"),
            "required field `name` is missing".to_owned(),
            "add the event's action".to_owned(),
        );
    }
    for entry in item.entries() {
        let (key, value) = (entry.key.as_ref(), &entry.value);
        let pointer = format!("{pointer}/{}", escape_pointer(key));
        let known: &[&str] = match key {
            "name" if Type::String.fits(value) => continue,
            "filter" if Type::Mapping.fits(value) => {
                filter(value, &pointer, report);
                continue;
            }
            "unique" => UNIQUE,
            "operator" => OPERATORS,
            "name" | "filter" => {
                let wanted = if key == "name" { "a string" } else { "a mapping of properties to values" };
                let message = format!("`{key}` must be {wanted}, not {}", value.type_name());
                report(value.span, &pointer, message, format!("write {wanted}"));
                continue;
            }
            _ => {
                let near = suggest::nearest(key, ["name", "unique", "filter", "operator"]);
                let help =
                    near.map_or_else(|| "delete it".to_owned(), |near| format!("did you mean `{near}`?"));
                report(entry.key_span, &pointer, format!("an entry of `events` has no `{key}`"), help);
                continue;
            }
        };
        let text = value.text().unwrap_or_default();
        if !Type::String.fits(value) || !known.contains(&text) {
            let message = format!("`{text}` is no value of `{key}`");
            let near = suggest::nearest(text, known.iter().copied());
            let help = near
                .map_or_else(|| format!("write {}", quoted(known)), |near| format!("did you mean `{near}`?"));
            report(value.span, &pointer, message, help);
        }
    }
}

fn filter(filter: &Node<'_>, pointer: &str, report: &mut dyn FnMut(Span, &str, String, String)) {
    for entry in filter.entries() {
        let wanted = match (entry.key.as_ref(), entry.value.resolve()) {
            ("label" | "property", Some(Resolved::Text(_)))
            | ("value", Some(Resolved::Integer(_) | Resolved::Float(_))) => continue,
            ("label" | "property", _) => "a string",
            ("value", _) => "a number",
            (_, Some(Resolved::Text(_) | Resolved::Integer(_) | Resolved::Float(_))) => continue,
            _ => "a string or a number",
        };
        let message =
            format!("the filter on `{}` must be {wanted}, not {}", entry.key, entry.value.type_name());
        let pointer = format!("{pointer}/{}", escape_pointer(&entry.key));
        let help = match entry.value.text() {
            Some(text) if wanted != "a number" => format!("quote it: `\"{text}\"`"),
            _ => format!("write {wanted}"),
        };
        report(entry.value.span, &pointer, message, help);
    }
}

fn redis(definition: &Definition<'_>, findings: &mut Vec<Finding>) {
    let example = "write `instrumentation_class: RedisMetric` and `options` with `event` and `prefix`";
    let mut report = Report { definition, findings, rule: &REDIS, source: "redis", example };
    report.class("RedisMetric");
    let Some(options) = report.options() else { return };
    report.options_keys(options, &["event", "prefix"], &["event", "prefix", "include_usage_prefix"]);
    for (key, kinds) in [
        ("event", &[Type::String] as &[Type]),
        ("prefix", &[Type::String, Type::Null]),
        ("include_usage_prefix", &[Type::Boolean]),
    ] {
        if let Some(value) = options.get(key).filter(|value| !kinds.iter().any(|kind| kind.fits(value))) {
            let message = format!("`{key}` must be {}, not {}", kinds[0].name(), value.type_name());
            report.add(value.span, &format!("/options/{key}"), message);
        }
    }
}

fn redis_hll(definition: &Definition<'_>, findings: &mut Vec<Finding>) {
    let exempt = definition.text("key_path").is_some_and(|key_path| EXEMPT_REDIS_HLL.contains(&key_path));
    if exempt && definition.text("instrumentation_class") != Some("RedisHLLMetric") {
        return;
    }
    let example = "write `instrumentation_class: RedisHLLMetric` and `options` with a list of `events`";
    let mut report = Report { definition, findings, rule: &REDIS_HLL, source: "redis_hll", example };
    report.class("RedisHLLMetric");
    if definition.get("options").is_none() {
        return; // GitLab's schema lets it pass, and so do its readers.
    }
    let Some(options) = report.options() else { return };
    report.options_keys(options, &["events"], &["events"]);
    if let Some(events) = options.get("events") {
        let strings = Type::List.fits(events) && events.items().iter().all(|item| Type::String.fits(item));
        if !strings {
            report.add(events.span, "/options/events", "`events` must be a list of strings".to_owned());
        }
    }
}

/// Findings about what a Redis data source asks for.
struct Report<'r, 's> {
    definition: &'r Definition<'s>,
    findings: &'r mut Vec<Finding>,
    rule: &'static crate::check::Rule,
    source: &'static str,
    example: &'static str,
}

impl<'r, 's> Report<'r, 's> {
    fn add(&mut self, span: Span, pointer: &str, message: String) {
        self.findings.push(
            Finding::new(self.rule, self.definition.file, span, message).at(pointer).help(self.example),
        );
    }

    /// Checks the class; where it is missing, `options` may be as well, and both are reported together.
    fn class(&mut self, wanted: &str) {
        let source = self.source;
        match self.definition.get("instrumentation_class") {
            None => {
                let without_options = self.definition.get("options").is_none() && self.source == "redis";
                let fields = if without_options {
                    "required fields `instrumentation_class` and `options` are missing"
                } else {
                    "required field `instrumentation_class` is missing"
                };
                let message = format!("{fields}: the data source is `{source}`");
                self.add(self.definition.start(), "/instrumentation_class", message);
            }
            Some(class) if class.text() != Some(wanted) => {
                let message = format!("the class of a metric over `{source}` must be `{wanted}`");
                self.add(class.span, "/instrumentation_class", message);
            }
            Some(_) => {}
        }
    }

    /// `options`, if it is a mapping; reports it otherwise.
    fn options(&mut self) -> Option<&'r Node<'s>> {
        match self.definition.get("options") {
            None => {
                if self.definition.get("instrumentation_class").is_some() {
                    let message =
                        format!("required field `options` is missing: the data source is `{}`", self.source);
                    self.add(self.definition.start(), "/options", message);
                }
                None
            }
            Some(options) => Type::Mapping.fits(options).then_some(options),
        }
    }

    fn options_keys(&mut self, options: &Node<'_>, required: &[&str], known: &[&str]) {
        let start = options.entries().first().map_or(options.span, |entry| entry.key_span);
        for key in required.iter().filter(|key| options.entry(key).is_none()) {
            self.add(start, &format!("/options/{key}"), format!("`options` lacks `{key}`"));
        }
        for entry in options.entries().iter().filter(|entry| !known.contains(&entry.key.as_ref())) {
            let message = format!("`options` of a metric over `{}` has no `{}`", self.source, entry.key);
            self.add(entry.key_span, &format!("/options/{}", escape_pointer(&entry.key)), message);
        }
    }
}
