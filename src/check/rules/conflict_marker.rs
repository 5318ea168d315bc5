//! Merges that were not finished.

use super::shared::yaml_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::ProblemKind;

rule! {
    /// A definition file holds no markers of an unfinished merge.
    ///
    /// ## Why
    /// Git writes them around the two versions of a conflict. Which version holds is for a person to say; the file is
    /// read up to the first marker.
    ///
    /// ## Bad
    /// ```text
    /// <<<<<<< HEAD
    /// milestone: "16.10"
    /// =======
    /// milestone: "16.11"
    /// >>>>>>> feature
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// milestone: "16.11"
    /// ```
    RULE = "yaml/conflict-marker", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ProblemKind::ConflictMarker => Some((
            "a merge conflict is not resolved".to_owned(),
            "keep one of the two versions and delete the markers".to_owned(),
        )),
        _ => None,
    });
}
