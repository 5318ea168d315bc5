//! Keys that stand twice.

use super::shared::yaml_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::{ProblemKind, unescape_pointer};

rule! {
    /// No key stands twice in one mapping.
    ///
    /// ## Why
    /// Readers disagree on which value holds: some take the first, most the last, some refuse the file.
    ///
    /// ## Bad
    /// ```yaml
    /// status: active
    /// status: removed
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: removed
    /// ```
    RULE = "yaml/duplicate-key", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ProblemKind::DuplicateKey(pointer) => {
            let key = unescape_pointer(pointer.rsplit('/').next().unwrap_or_default());
            Some((format!("the key `{key}` stands here again"), "keep one of them".to_owned()))
        }
        _ => None,
    });
}
