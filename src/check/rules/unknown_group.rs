//! Owners that the vocabulary lacks.

use super::shared::owner::owner;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::suggest;

rule! {
    /// `product_group` names a group of the vocabulary.
    ///
    /// Checked where `groups.yml`, `stages.yml` or `product_groups.json` is at hand.
    ///
    /// ## Why
    /// A definition whose owner nobody knows has no owner: nobody is asked when it breaks.
    ///
    /// ## Bad
    /// ```yaml
    /// product_group: baords
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// product_group: boards
    /// ```
    RULE = metric and event "unknown-group", Error Warning Warning
}

pub(super) fn check(definition: &Definition<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some((kind, value, written)) = owner(definition, context) else { return };
    if context.vocabulary.group(written).is_some() {
        return;
    }
    let help = match suggest::nearest(written, context.vocabulary.group_keys()) {
        Some(near) => format!("did you mean `{near}`?"),
        None => "name a group of the vocabulary, or add this one to it".to_owned(),
    };
    let message = format!("no group is called `{written}`");
    let finding = Finding::new(RULE.of(kind), definition.file, value.span, message);
    findings.push(finding.at("/product_group").help(help));
}
