//! What metrics count by and events do not carry.

use super::shared::events::{events_by_action, live_over_internal_events};
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::Type;
use crate::source::Span;
use crate::yaml::{Node, escape_pointer};

rule! {
    /// An event declares what metrics count it by: `unique` and `filter` name its identifiers and properties.
    ///
    /// `user.id`, `project.id` and `namespace.id` need `user`, `project` and `namespace` among the event's `identifiers`;
    /// everything else is one of its `additional_properties`.
    ///
    /// ## Why
    /// What an event does not carry is empty in the data: a filter on it matches nothing, a unique count stays at one.
    ///
    /// ## Bad
    /// ```yaml
    /// # the metric
    /// events:
    ///   - name: create_issue
    ///     unique: user.id
    /// # the event
    /// action: create_issue
    /// identifiers: [project]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// # the event
    /// action: create_issue
    /// identifiers: [project, user]
    /// ```
    ///
    /// Reference: GitLab's guide to internal events.
    RULE = "metric/undeclared-property", Warning Warning Off
}

pub(super) fn check(definitions: &[Definition<'_>], _: &Context<'_>, findings: &mut Vec<Finding>) {
    let events = events_by_action(definitions);
    for metric in definitions.iter().filter(|definition| live_over_internal_events(definition)) {
        let counted = metric.get("events").map(Node::items).unwrap_or_default();
        for (index, rule) in counted.iter().enumerate() {
            let event = rule.get("name").and_then(Node::text).and_then(|name| events.get(name));
            // What is unknown or removed is reported as that.
            let Some(event) = event.filter(|event| !event.is_removed() && event.document.is_complete())
            else {
                continue;
            };
            let mut report = |span: Span, step: String, what: &str, help: String| {
                let name = event.text("action").unwrap_or_default();
                let place = event.get("action").map_or_else(|| event.start(), |action| action.span);
                findings.push(
                    Finding::new(&RULE, metric.file, span, format!("the event `{name}` carries no {what}"))
                        .at(format!("/events/{index}{step}"))
                        .help(help)
                        .related(event.file, place, "defined here"),
                );
            };
            if let Some(unique) = rule.get("unique").filter(|unique| Type::String.fits(unique)) {
                let name = unique.text().unwrap_or_default();
                match name.strip_suffix(".id") {
                    Some(owner @ ("user" | "project" | "namespace")) if !identified_by(event, owner) => {
                        report(
                            unique.span,
                            "/unique".to_owned(),
                            &format!("`{owner}`"),
                            format!(
                                "add `{owner}` to the event's `identifiers`, or count by what it carries"
                            ),
                        )
                    }
                    None if matches!(name, "label" | "property" | "value") && !has_property(event, name) => {
                        report(
                            unique.span,
                            "/unique".to_owned(),
                            &format!("property `{name}`"),
                            format!("describe `{name}` under the event's `additional_properties`"),
                        )
                    }
                    _ => {}
                }
            }
            for filter in rule.get("filter").map(Node::entries).unwrap_or_default() {
                if !has_property(event, &filter.key) {
                    report(
                        filter.key_span,
                        format!("/filter/{}", escape_pointer(&filter.key)),
                        &format!("property `{}`", filter.key),
                        format!("describe `{}` under the event's `additional_properties`", filter.key),
                    );
                }
            }
        }
    }
}

fn identified_by(event: &Definition<'_>, identifier: &str) -> bool {
    let identifiers = event.get("identifiers").map(Node::items).unwrap_or_default();
    identifiers.iter().filter_map(Node::text).any(|known| known.eq_ignore_ascii_case(identifier))
}

/// Whether an event describes a property, in today's form or that of legacy events (`label_description`).
fn has_property(event: &Definition<'_>, name: &str) -> bool {
    let today = event.get("additional_properties").is_some_and(|properties| properties.entry(name).is_some());
    today || event.text(&format!("{name}_description")).is_some()
}
