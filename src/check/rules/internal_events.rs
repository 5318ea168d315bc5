//! What a metric over internal events counts.

use super::shared::data_source::has_source;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::{OPERATORS, Type, UNIQUE, quoted};
use crate::source::Span;
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
    RULE = "metric/internal-events", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if !has_source(definition, "internal_events") {
        return;
    }
    let mut report = |span: Span, pointer: &str, message: String, help: String| {
        findings.push(Finding::new(&RULE, definition.file, span, message).at(pointer).help(help));
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
