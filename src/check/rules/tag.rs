//! Values with a type of their own.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::MarkKind;

rule! {
    /// A definition has no tags (`!name`) but those of YAML itself, such as `!!str`.
    ///
    /// ## Why
    /// A tag means something only to the program that knows it. GitLab's reader refuses those that make objects, such as
    /// `!ruby/object:Set`, and ignores others.
    ///
    /// ## Bad
    /// ```yaml
    /// tiers: !ruby/object:Set [free, premium]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// tiers: [free, premium]
    /// ```
    ///
    /// Reference: `YAML.safe_load` of Ruby.
    RULE = "yaml/tag", Warning Warning Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for mark in &definition.document.marks {
        let MarkKind::Tag(tag) = &mark.kind else { continue };
        findings.push(
            Finding::new(&RULE, definition.file, mark.span, format!("the tag `{tag}` is not everybody's"))
                .at(mark.pointer.clone())
                .help("delete the tag, and put text that looks like something else in quotes"),
        );
    }
}
