//! Files beyond the limit.

use super::shared::read_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::ReadProblem;

rule! {
    /// A definition file has at most 1 MiB, or what `file_bytes` in the table `[limits]` of the configuration says.
    ///
    /// ## Why
    /// A definition takes a kilobyte. A huge file is something else that came under the name, and reading it would
    /// take the memory of everyone who builds the site.
    ///
    /// ## Bad
    /// ```text
    /// 52428800 metrics/counts_all/database-dump.yml
    /// ```
    ///
    /// ## Good
    /// ```text
    /// 712 metrics/counts_all/issues.yml
    /// ```
    RULE = "file/too-large", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ReadProblem::TooLarge { size, limit } => Some((
            format!("the file has {size} bytes; definitions may have {limit}"),
            "split it, delete it, exclude it in `[[source]]`, or raise `file_bytes` in `[limits]`",
        )),
        _ => None,
    });
}
