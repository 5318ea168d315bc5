//! Lists that leave nothing.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields;
use crate::yaml::Data;

rule! {
    /// `tiers` and `time_frame` are not empty lists, nor are the `events` of a metric over internal events.
    ///
    /// ## Why
    /// Each entry of `time_frame` makes a metric: without entries there is none. Without tiers no installation sends it, and
    /// without events there is nothing to count.
    ///
    /// ## Bad
    /// ```yaml
    /// tiers: []
    /// time_frame: []
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// tiers: [free, premium, ultimate]
    /// time_frame: [7d, 28d]
    /// ```
    RULE = metric and event "empty-list", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), true) = (definition.kind(), definition.document.is_complete()) else { return };
    let internal = definition.text("data_source") == Some("internal_events");
    for (field, consequence, help) in [
        ("tiers", "no installation sends it", "name the tiers that send it: `[free, premium, ultimate]`"),
        ("time_frame", "it makes no metric", "name the periods to cover, or write `none`"),
        ("events", "there is nothing to count", "list the events to count, each with `name`"),
    ] {
        let Some(value) = definition.get(field).filter(|_| field != "events" || internal) else { continue };
        // Of an event, `time_frame` and `events` are unknown fields.
        let known = fields::find(kind, field).is_some();
        if known && matches!(&value.data, Data::Sequence(items) if items.is_empty()) {
            findings.push(
                Finding::new(
                    RULE.of(kind),
                    definition.file,
                    value.span,
                    format!("`{field}` is empty: {consequence}"),
                )
                .at(format!("/{field}"))
                .help(help),
            );
        }
    }
}
