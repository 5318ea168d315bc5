//! Files among the definitions that are none.

use super::shared::read_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::ReadProblem;

rule! {
    /// Below `metrics/` and `events/` there are only files whose names end in `.yml`, `.yaml` or `.json`.
    ///
    /// ## Why
    /// A definition saved as `issues.yml.txt` or `issues.YML` is not read, and nobody notices that its metric is missing.
    ///
    /// ## Bad
    /// ```text
    /// metrics/counts_all/issues.yml.orig
    /// ```
    ///
    /// ## Good
    /// ```text
    /// metrics/counts_all/issues.yml
    /// ```
    ///
    /// Reference: GitLab's `every_metric_definition_shared_examples.rb`.
    RULE = "file/stray", Warning Warning Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ReadProblem::Stray => Some((
            "this file is not read: its name ends neither in `.yml` nor in `.yaml`".to_owned(),
            "rename it, or move it out of the folder",
        )),
        _ => None,
    });
}
