//! Folders that are links.

use super::shared::read_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::ReadProblem;

rule! {
    /// Folders below a source's root are real folders, not links.
    ///
    /// ## Why
    /// Links between folders can form loops and list definitions twice, so they are not followed. Name the folder as a
    /// source of its own instead.
    ///
    /// ## Bad
    /// ```text
    /// metrics/license -> ../../ee/metrics/license
    /// ```
    ///
    /// ## Good
    /// ```toml
    /// [[source]]
    /// root = "definitions"
    ///
    /// [[source]]
    /// root = "ee/definitions"
    /// ```
    RULE = "file/linked-folder", Warning Warning Warning
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ReadProblem::LinkedFolder => Some((
            "this linked folder is not followed".to_owned(),
            "add the folder it points to as a `[[source]]`",
        )),
        _ => None,
    });
}
