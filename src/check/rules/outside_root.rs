//! Links out of the source.

use super::shared::read_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::ReadProblem;

rule! {
    /// A linked file lies below the source's root.
    ///
    /// ## Why
    /// Definitions come from many hands. A link out of the folder would publish whatever it points at.
    ///
    /// ## Bad
    /// ```text
    /// metrics/counts_all/issues.yml -> /etc/passwd
    /// ```
    ///
    /// ## Good
    /// ```text
    /// metrics/counts_all/issues.yml -> ../shared/issues.yml
    /// ```
    RULE = "file/outside-root", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ReadProblem::OutsideRoot => Some((
            "this link leads out of the source's root".to_owned(),
            "copy the file here, or add its folder as a `[[source]]`",
        )),
        _ => None,
    });
}
