//! Folders, pipes and devices under the name of a definition.

use super::shared::read_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::ReadProblem;

rule! {
    /// What is named like a definition is a regular file.
    ///
    /// ## Why
    /// A folder, pipe or device under such a name is a mistake, and reading a pipe would wait for ever.
    ///
    /// ## Bad
    /// ```text
    /// metrics/counts_all/issues.yml/
    /// ```
    ///
    /// ## Good
    /// ```text
    /// metrics/counts_all/issues.yml
    /// ```
    RULE = "file/not-a-file", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ReadProblem::NotAFile(what) => {
            Some((format!("this is {what}, not a definition file"), "rename or delete it"))
        }
        _ => None,
    });
}
