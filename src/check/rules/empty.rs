//! Files without a definition.

use super::shared::yaml_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::ProblemKind;

rule! {
    /// A definition file holds a definition.
    ///
    /// ## Why
    /// An empty file defines nothing; most often a save went wrong or a definition was to be deleted.
    ///
    /// ## Bad
    /// ```yaml
    /// # only a comment
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues
    /// description: Count of issues
    /// ```
    RULE = "yaml/empty", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ProblemKind::Empty => {
            Some(("the file holds no definition".to_owned(), "write one, or delete the file".to_owned()))
        }
        _ => None,
    });
}
