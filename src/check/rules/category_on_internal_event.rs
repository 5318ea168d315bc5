//! Internal events under a category.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Kind;
use crate::yaml::{Node, Resolved};

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
    RULE = "event/category-on-internal-event", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Event), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    let internal = root.get("internal_events").and_then(Node::resolve) == Some(Resolved::Bool(true));
    if let (true, Some(category)) = (internal, root.entry("category")) {
        findings.push(
            Finding::new(&RULE, definition.file, category.key_span, "an internal event has no `category`")
                .at("/category")
                .help("delete `category`"),
        );
    }
}
