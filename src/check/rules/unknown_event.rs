//! Events that metrics count and nobody defines.

use std::collections::BTreeMap;

use rayon::prelude::*;

use super::shared::events::{events_by_action, live_over_internal_events};
use super::{Context, Finding, rule};
use crate::definition::fields::{self, Values};
use crate::definition::{Definition, event_uses};
use crate::source::Kind;
use crate::suggest;

rule! {
    /// Every event that a live metric over internal events counts is defined and not removed.
    ///
    /// ## Why
    /// An event that nothing defines is never sent: the metric stays at zero, and looks as if nobody used the feature.
    ///
    /// ## Bad
    /// ```yaml
    /// data_source: internal_events
    /// events:
    ///   - name: craete_issue
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// data_source: internal_events
    /// events:
    ///   - name: create_issue
    /// ```
    ///
    /// Reference: GitLab's `spec/lib/gitlab/tracking/event_definition_spec.rb`.
    RULE = "metric/unknown-event", Error Error Warning
}

pub(super) fn check(definitions: &[Definition<'_>], _: &Context<'_>, findings: &mut Vec<Finding>) {
    let events = events_by_action(definitions);
    let metrics = definitions.par_iter().filter(|definition| live_over_internal_events(definition));
    findings.par_extend(metrics.flat_map_iter(|metric| of_metric(metric, &events)));
}

fn of_metric(definition: &Definition<'_>, events: &BTreeMap<&str, &Definition<'_>>) -> Vec<Finding> {
    let mut findings = Vec::new();
    for event in event_uses(definition) {
        let finding = |message: String| {
            Finding::new(&RULE, definition.file, event.span, message).at(event.pointer.clone())
        };
        match events.get(event.name) {
            Some(known) if !known.is_removed() => {}
            // Whether the metric is removed as well is not known.
            Some(_) if !certainly_live(definition) => {}
            Some(removed) => {
                let span = removed.get("status").map_or_else(|| removed.start(), |status| status.span);
                findings.push(
                    finding(format!("the event `{}` is removed", event.name))
                        .help("remove the metric as well, or count another event")
                        .related(removed.file, span, "removed here"),
                );
            }
            None => {
                let near = suggest::nearest(event.name, events.keys().copied());
                let help = match near {
                    Some(near) => format!("did you mean `{near}`? Otherwise define the event"),
                    None => "define the event, or count another one".to_owned(),
                };
                findings.push(finding(format!("no event `{}` is defined", event.name)).help(help));
            }
        }
    }
    findings
}

/// Whether a metric says that it is sent, in words that are known.
fn certainly_live(definition: &Definition<'_>) -> bool {
    let known = fields::find(Kind::Metric, "status").map(|field| field.values);
    let Some(Values::OneOf(known, legacy)) = known else { return false };
    let status = definition.text("status");
    status.is_some_and(|status| known.contains(&status) || legacy.iter().any(|(old, _)| *old == status))
}
