//! Periods of unique counts.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::Type;
use crate::source::Kind;
use crate::yaml::Node;

rule! {
    /// A metric whose events are all counted by `unique` covers `7d` or `28d`.
    ///
    /// ## Why
    /// Who was counted is remembered for some weeks only. Over all time, or without a period, unique counts cannot be
    /// computed.
    ///
    /// ## Bad
    /// ```yaml
    /// time_frame: all
    /// events:
    ///   - name: create_issue
    ///     unique: user.id
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// time_frame: [7d, 28d]
    /// events:
    ///   - name: create_issue
    ///     unique: user.id
    /// ```
    ///
    /// Reference: `valid_timeframe_for_unique_property.json` in GitLab's `config/metrics/schema/internal_events`.
    RULE = "metric/unique-time-frame", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Metric), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    let events = root.get("events").map(Node::items).unwrap_or_default();
    let unique = |item: &Node<'_>| item.get("unique").is_some_and(|unique| Type::String.fits(unique));
    let (Some(first), Some(time_frame)) = (events.first(), root.get("time_frame")) else { return };
    if !events.iter().all(unique) {
        return;
    }
    let listed = time_frame.items().iter().enumerate();
    let listed = listed.map(|(index, item)| (format!("/time_frame/{index}"), item));
    for (pointer, frame) in listed.chain([("/time_frame".to_owned(), time_frame)]) {
        // `none` in a list is wrong for every metric.
        let endless = match frame.text() {
            Some("all") => true,
            Some("none") => pointer == "/time_frame",
            _ => false,
        };
        if endless {
            let text = frame.text().unwrap_or_default();
            let message = format!("`{text}` is no period of a metric that counts by `unique` alone");
            let span = first.entry("unique").map_or(first.span, |unique| unique.key_span);
            findings.push(
                Finding::new(&RULE, definition.file, frame.span, message)
                    .at(pointer)
                    .help("write `7d`, `28d` or both, or count in total, without `unique`")
                    .related(definition.file, span, "counted once each here"),
            );
        }
    }
}
