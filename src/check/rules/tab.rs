//! Tabs as indentation.

use super::shared::yaml_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::ProblemKind;

rule! {
    /// Indentation is made of spaces.
    ///
    /// ## Why
    /// YAML forbids tabs there, because their width depends on who looks.
    ///
    /// ## Bad
    /// ```text
    /// tiers:
    /// <TAB>- free
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// tiers:
    ///   - free
    /// ```
    RULE = "yaml/tab", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ProblemKind::Tab => Some(("a tab cannot indent YAML".to_owned(), "write spaces instead".to_owned())),
        _ => None,
    });
}
