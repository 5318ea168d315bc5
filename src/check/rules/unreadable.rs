//! What the operating system refuses to read.

use super::shared::read_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::ReadProblem;

rule! {
    /// Every definition file and every folder with definitions can be read.
    ///
    /// ## Why
    /// What cannot be read cannot be listed: its metrics would silently be missing from the dictionary.
    ///
    /// ## Bad
    /// ```text
    /// ---------- root root metrics/counts_all/issues.yml
    /// ```
    ///
    /// ## Good
    /// ```text
    /// -rw-r--r-- root root metrics/counts_all/issues.yml
    /// ```
    RULE = "file/unreadable", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ReadProblem::Unreadable(reason) => {
            Some((format!("cannot be read: {reason}"), "make it readable, or exclude it in `[[source]]`"))
        }
        _ => None,
    });
}
