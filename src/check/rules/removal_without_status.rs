//! What an active event must not say.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Kind;

rule! {
    /// An active event has neither `milestone_removed` nor `removed_by_url`.
    ///
    /// ## Why
    /// One of the two is wrong, the status or the removal, and readers cannot know which.
    ///
    /// ## Bad
    /// ```yaml
    /// status: active
    /// milestone_removed: "16.10"
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: removed
    /// milestone_removed: "16.10"
    /// removed_by_url: https://tidewater.example/changes/345
    /// ```
    ///
    /// Reference: GitLab's `config/events/schema/status.json`.
    RULE = "event/removal-without-status", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Event), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    if definition.text("status") != Some("active") {
        return;
    }
    let left = ["milestone_removed", "removed_by_url"].into_iter().filter_map(|field| root.entry(field));
    for entry in left.filter(|entry| !entry.value.is_null()) {
        let message = format!("an active event has no `{}`", entry.key);
        findings.push(
            Finding::new(&RULE, definition.file, entry.key_span, message)
                .at(format!("/{}", entry.key))
                .help("write `status: removed`, or delete this field"),
        );
    }
}
