//! Values too deep or too many to be read.

use super::shared::yaml_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::ProblemKind;

rule! {
    /// A definition nests at most 64 deep and holds at most 10,000 values, aliases counted as often as they repeat. The
    /// table `[limits]` of the configuration sets other limits.
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
    let limits = definition.source.limits;
    report(&RULE, definition, findings, |problem| match problem {
        ProblemKind::TooDeep => Some((
            format!("nested more than {} deep; the rest is not read", limits.depth),
            "flatten the value, or raise `depth` in `[limits]`".to_owned(),
        )),
        ProblemKind::TooManyNodes => Some((
            format!("more than {} values; the rest is not read", limits.values),
            "split the definition, or raise `values` in `[limits]`".to_owned(),
        )),
        ProblemKind::SelfAlias => Some((
            "this alias stands inside what it repeats".to_owned(),
            "write the value instead of the alias".to_owned(),
        )),
        _ => None,
    });
}
