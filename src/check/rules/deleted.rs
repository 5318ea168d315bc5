//! Definitions that are gone.

use super::shared::history::{Earlier, Fate, earlier};
use super::{Context, Finding, rule};
use crate::definition::Definition;

rule! {
    /// A definition is marked as removed, not deleted.
    ///
    /// Found by `check --since REV`, which compares with the commit in which the branch began. A definition that moved
    /// to another file is not deleted.
    ///
    /// ## Why
    /// Older installations go on sending it. Without a definition, nobody can tell what their data means, and the name
    /// could be given to something else.
    ///
    /// ## Bad
    /// ```sh
    /// git rm definitions/metrics/counts_all/issues.yml
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues
    /// status: removed
    /// milestone_removed: "16.10"
    /// removed_by_url: https://tidewater.example/changes/345
    /// ```
    ///
    /// Reference: GitLab's `doc/development/internal_analytics/metrics/metrics_lifecycle.md`, "Remove a metric".
    RULE = metric and event "deleted", Error Error Off
}

pub(super) fn check(definitions: &[Definition<'_>], context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(history) = context.history else { return };
    for Earlier { kind, name, fate, .. } in earlier(definitions, history) {
        let Fate::Deleted { shown, place } = fate else { continue };
        let field = kind.name_field();
        let span = shown.get(field).map_or_else(|| shown.start(), |name| name.span);
        let message = format!("the {} `{name}` is no longer defined", kind.as_str());
        findings.push(
            Finding::new(RULE.of(kind), place.file, span, message).at(format!("/{field}")).help(
                "keep the definition, with `status: removed`, `milestone_removed` and `removed_by_url`",
            ),
        );
    }
}
