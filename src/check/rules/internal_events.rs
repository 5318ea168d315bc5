//! What a metric over internal events counts.

use super::shared::data_source::has_source;
use super::shared::edit::{quote, reword};
use super::shared::misspelt::misspelt;
use super::{Context, Finding, rule};
use crate::check::Fix;
use crate::definition::Definition;
use crate::definition::fields::{OPERATORS, Type, UNIQUE, quoted};
use crate::source::Span;
use crate::suggest;
use crate::yaml::{Entry, Node, Resolved, escape_pointer};

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
    RULE = "metric/internal-events", Error Error Off
}

/// The keys of an item of `events`.
const KEYS: [&str; 4] = ["name", "unique", "filter", "operator"];

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if !has_source(definition, "internal_events") {
        return;
    }
    let mut rules = SelectionRules { definition, findings };
    if let Some(class) = definition.root().and_then(|root| root.entry("instrumentation_class")) {
        let message = "a metric over internal events has no `instrumentation_class`".to_owned();
        rules.report(
            class.key_span,
            "/instrumentation_class",
            message,
            "delete it, or correct `data_source`",
        );
    }
    let example = "list the events to count, each with `name`";
    match definition.root().and_then(|root| root.entry("events")) {
        None => {
            let message =
                "required field `events` is missing: the data source is `internal_events`".to_owned();
            rules.report(definition.start(), "/events", message, example);
        }
        Some(events) if !Type::List.fits(&events.value) => {
            let message = format!("`events` must be a list, not {}", events.value.type_name());
            rules.report(events.place(), "/events", message, example);
        }
        Some(events) => {
            for (index, item) in events.value.items().iter().enumerate() {
                rules.check(item, &format!("/events/{index}"));
            }
        }
    }
}

/// The items of `events` in one definition.
struct SelectionRules<'r, 's> {
    definition: &'r Definition<'s>,
    findings: &'r mut Vec<Finding>,
}

impl SelectionRules<'_, '_> {
    fn report(&mut self, span: Span, pointer: &str, message: String, help: impl AsRef<str>) {
        self.report_with(span, pointer, message, help, None);
    }

    fn report_with(
        &mut self,
        span: Span,
        pointer: &str,
        message: String,
        help: impl AsRef<str>,
        fix: Option<Fix>,
    ) {
        let finding = Finding::new(&RULE, self.definition.file, span, message).at(pointer).help(help);
        self.findings.push(finding.fix(fix));
    }

    /// Checks one item.
    fn check(&mut self, item: &Node<'_>, pointer: &str) {
        if !Type::Mapping.fits(item) {
            let found = item.type_name();
            let message = format!("an entry of `events` must be a mapping with `name`, not {found}");
            let name = item.text().unwrap_or("create_issue");
            return self.report(item.span, pointer, message, format!("write `- name: {name}`"));
        }
        if item.entry("name").is_none() {
            let start = item.entries().first().map_or(item.span, |entry| entry.key_span);
            let message = "required field `name` is missing".to_owned();
            self.report(start, &format!("{pointer}/name"), message, "add the event's action");
        }
        for entry in item.entries() {
            let (key, value) = (entry.key.as_ref(), &entry.value);
            let pointer = format!("{pointer}/{}", escape_pointer(key));
            match key {
                "name" if Type::String.fits(value) => {}
                "filter" if Type::Mapping.fits(value) => self.check_filter(value, &pointer),
                "unique" => self.check_word(key, value, UNIQUE, &pointer),
                "operator" => self.check_word(key, value, OPERATORS, &pointer),
                "name" | "filter" => {
                    let wanted = if key == "name" { "a string" } else { "a mapping of properties to values" };
                    let message = format!("`{key}` must be {wanted}, not {}", value.type_name());
                    self.report(value.span, &pointer, message, format!("write {wanted}"));
                }
                _ => self.report_unknown(item, entry, &pointer),
            }
        }
    }

    fn report_unknown(&mut self, item: &Node<'_>, entry: &Entry<'_>, pointer: &str) {
        let key = entry.key.as_ref();
        let help = match suggest::nearest(key, KEYS) {
            Some(near) => format!("did you mean `{near}`?"),
            None => "delete it".to_owned(),
        };
        let meant = suggest::only(key, KEYS).filter(|meant| item.entry(meant).is_none());
        let fix = meant.and_then(|meant| reword(self.definition, entry.key_span, key, meant));
        let message = format!("an entry of `events` has no `{key}`");
        let finding = Finding::new(&RULE, self.definition.file, entry.key_span, message).at(pointer);
        self.findings.push(finding.help(help).fix(fix).meaning(misspelt(item, key, KEYS)));
    }

    fn check_word(&mut self, key: &str, value: &Node<'_>, known: &'static [&'static str], pointer: &str) {
        let text = value.text().unwrap_or_default();
        if Type::String.fits(value) && known.contains(&text) {
            return;
        }
        let help = match suggest::nearest(text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("write {}", quoted(known)),
        };
        let fix = suggest::only(text, known.iter().copied())
            .and_then(|word| reword(self.definition, value.span, text, word));
        self.report_with(value.span, pointer, format!("`{text}` is no value of `{key}`"), help, fix);
    }

    fn check_filter(&mut self, filter: &Node<'_>, pointer: &str) {
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
            let span = entry.value.span;
            let (help, fix) = match entry.value.text() {
                Some(text) if wanted != "a number" => {
                    (format!("quote it: `\"{text}\"`"), quote(self.definition, span, text))
                }
                _ => (format!("write {wanted}"), None),
            };
            self.report_with(span, &pointer, message, help, fix);
        }
    }
}
