//! What a removed definition must say about its removal.

use super::shared::missing::missing;
use super::{Context, Finding, rule};
use crate::definition::Definition;

rule! {
    /// A removed definition says in which release and by which change it was removed.
    ///
    /// A metric needs the key `removed_by_url`, which may be empty, and `milestone_removed`; an event needs both with a
    /// value.
    ///
    /// ## Why
    /// Installations of older releases still send it. Whoever finds it in data needs to know until when to expect it.
    ///
    /// ## Bad
    /// ```yaml
    /// status: removed
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: removed
    /// milestone_removed: "16.10"
    /// removed_by_url: https://tidewater.example/changes/345
    /// ```
    ///
    /// Reference: GitLab's `config/metrics/schema/status.json` and `config/events/schema/status.json`.
    RULE = metric and event "incomplete-removal", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    if definition.status() != "removed" {
        return;
    }
    for (field, help) in [
        ("milestone_removed", "add the release that no longer sends it: `milestone_removed: \"16.10\"`"),
        ("removed_by_url", "add the address of the change that removed it"),
    ] {
        if root.entry(field).is_none() {
            let why = format!("the {} is `removed`", kind.as_str());
            findings.push(missing(RULE.of(kind), definition, field, &why).help(help));
        }
    }
}
