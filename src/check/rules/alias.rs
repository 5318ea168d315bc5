//! Values that stand for others.

use super::limit;
use super::shared::reported::reported;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::MarkKind;

rule! {
    /// A definition repeats no value through an alias (`*name`).
    ///
    /// ## Why
    /// GitLab's reader refuses a file with an alias. Values are few and short enough to be written where they hold.
    ///
    /// ## Bad
    /// ```yaml
    /// tiers: &tiers [free, premium]
    /// product_categories: *tiers
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// tiers: [free, premium]
    /// ```
    ///
    /// Reference: `YAML.safe_load` of Ruby.
    RULE = "yaml/alias", Warning Warning Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    // Where aliases repeat too much, that is the finding.
    if findings.iter().any(|finding| finding.rule.id == limit::RULE.id) {
        return;
    }
    let mut aliases = definition.document.marks.iter().filter(|mark| mark.kind == MarkKind::Alias);
    // The first is enough: the file is refused as a whole.
    if let Some(alias) = aliases.find(|alias| !reported(findings, &alias.pointer)) {
        findings.push(
            Finding::new(&RULE, definition.file, alias.span, "some readers of YAML refuse aliases")
                .at(alias.pointer.clone())
                .help("write the value instead of the alias"),
        );
    }
}
