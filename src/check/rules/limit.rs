//! Values too deep or too many to be read.

use super::shared::yaml_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::ProblemKind;

rule! {
    /// A definition nests at most 64 deep and holds at most 10,000 values, aliases counted as often as they repeat.
    ///
    /// ## Why
    /// Small files can describe enormous values through aliases, and deep nesting exhausts programs that read it. No
    /// real definition comes near.
    ///
    /// ## Bad
    /// ```yaml
    /// a: &a [x, x, x, x, x, x, x, x, x, x]
    /// b: &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// tiers: [free, premium, ultimate]
    /// ```
    RULE = "yaml/limit", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ProblemKind::TooDeep => {
            Some(("nested too deeply; the rest is not read".to_owned(), "flatten the value".to_owned()))
        }
        ProblemKind::TooManyNodes => {
            Some(("too many values; the rest is not read".to_owned(), "split the definition".to_owned()))
        }
        ProblemKind::SelfAlias => Some((
            "this alias stands inside what it repeats".to_owned(),
            "write the value instead of the alias".to_owned(),
        )),
        _ => None,
    });
}
