//! What a broken metric must say about its repair.

use super::shared::missing::missing;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Kind;

rule! {
    /// A broken metric names the issue about its repair.
    ///
    /// ## Why
    /// A broken metric sends wrong data. The issue tells how wrong, since when, and who mends it.
    ///
    /// ## Bad
    /// ```yaml
    /// status: broken
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: broken
    /// repair_issue_url: https://tidewater.example/issues/678
    /// ```
    ///
    /// Reference: GitLab's `config/metrics/schema/status.json`.
    RULE = "metric/missing-repair-issue", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Metric), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    if definition.status() == "broken" && root.entry("repair_issue_url").is_none() {
        let finding = missing(&RULE, definition, "repair_issue_url", "the metric is `broken`");
        findings.push(finding.help("add the address of the issue about its repair"));
    }
}
