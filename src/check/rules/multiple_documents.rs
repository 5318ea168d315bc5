//! Second documents in a file.

use super::shared::yaml_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::ProblemKind;

rule! {
    /// A definition file holds one document.
    ///
    /// ## Why
    /// One file is one definition, so that its name, history and owner are its own. Documents after the first are not
    /// read.
    ///
    /// ## Bad
    /// ```yaml
    /// key_path: counts.issues
    /// ---
    /// key_path: counts.boards
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues
    /// ```
    RULE = "yaml/multiple-documents", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ProblemKind::SecondDocument => Some((
            "a second document starts here; it is not read".to_owned(),
            "move it into a file of its own, or delete the line `---`".to_owned(),
        )),
        _ => None,
    });
}
