//! Sums of unlike counts.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Kind;
use crate::yaml::{Data, Node};

rule! {
    /// The events of one metric are all counted by `unique`, or all in total.
    ///
    /// ## Why
    /// A sum of people and occurrences is a number of nothing.
    ///
    /// ## Bad
    /// ```yaml
    /// events:
    ///   - name: create_issue
    ///     unique: user.id
    ///   - name: close_issue
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// events:
    ///   - name: create_issue
    ///     unique: user.id
    ///   - name: close_issue
    ///     unique: user.id
    /// ```
    ///
    /// Reference: GitLab's guide to metric definitions.
    RULE = "metric/mixed-counting", Warning Warning Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Metric), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    // What is wrong with an event may well be how it is counted.
    let wrong = findings.iter().any(|finding| finding.pointer.starts_with("/events/"));
    if definition.is_removed() || wrong {
        return;
    }
    let events = root.get("events").map(Node::items).unwrap_or_default().iter().enumerate();
    let mut events = events.filter(|(_, event)| matches!(event.data, Data::Mapping(_)));
    let Some((_, first)) = events.next() else { return };
    let by_unique = |event: &Node<'_>| event.entry("unique").is_some();
    let Some((index, other)) = events.find(|(_, event)| by_unique(event) != by_unique(first)) else { return };
    let in_words = |event: &Node<'_>| if by_unique(event) { "counted once each" } else { "counted in total" };
    let place = |event: &Node<'_>| {
        let key = if by_unique(event) { "unique" } else { "name" };
        event.entry(key).map_or(event.span, |entry| entry.key_span)
    };
    let message = format!("this event is {}, another one is {}", in_words(other), in_words(first));
    findings.push(
        Finding::new(&RULE, definition.file, place(other), message)
            .at(format!("/events/{index}"))
            .help("give each event `unique`, or none; or make two metrics")
            .related(definition.file, place(first), in_words(first)),
    );
}
