//! What a status asks of other fields.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Kind;
use crate::yaml::Node;

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
    INCOMPLETE_REMOVAL = metric and event "incomplete-removal", Error Error Off
}

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
    REMOVAL_WITHOUT_STATUS = "event/removal-without-status", Error Error Off
}

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
    MISSING_REPAIR_ISSUE = "metric/missing-repair-issue", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    let missing = |rule, field: &str, why: &str, help: &str| {
        Finding::new(
            rule,
            definition.file,
            definition.start(),
            format!("required field `{field}` is missing: {why}"),
        )
        .at(format!("/{field}"))
        .help(help)
    };
    match (kind, definition.status()) {
        (_, "removed") => {
            for (field, help) in [
                (
                    "milestone_removed",
                    "add the release that no longer sends it: `milestone_removed: \"16.10\"`",
                ),
                ("removed_by_url", "add the address of the change that removed it"),
            ] {
                if root.entry(field).is_none() {
                    let why = format!("the {} is `removed`", kind.as_str());
                    findings.push(missing(INCOMPLETE_REMOVAL.of(kind), field, &why, help));
                }
            }
        }
        (Kind::Metric, "broken") if root.entry("repair_issue_url").is_none() => findings.push(missing(
            &MISSING_REPAIR_ISSUE,
            "repair_issue_url",
            "the metric is `broken`",
            "add the address of the issue about its repair",
        )),
        (Kind::Event, "active") if definition.text("status").is_some() => {
            let left =
                ["milestone_removed", "removed_by_url"].into_iter().filter_map(|field| root.entry(field));
            for entry in left.filter(|entry| !Node::is_null(&entry.value)) {
                let message = format!("an active event has no `{}`", entry.key);
                findings.push(
                    Finding::new(&REMOVAL_WITHOUT_STATUS, definition.file, entry.key_span, message)
                        .at(format!("/{}", entry.key))
                        .help("write `status: removed`, or delete this field"),
                );
            }
        }
        _ => {}
    }
}
