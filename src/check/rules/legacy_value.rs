//! Values that only older definitions have.

use super::shared::edit::reword;
use super::shared::field_values::{Verdict, field_values};
use super::{Context, Finding, rule};
use crate::definition::Definition;

rule! {
    /// A field's value is not one that only older definitions used.
    ///
    /// Among them are the statuses `data_available` and `implemented`, and data categories with a capital letter. The
    /// preset `gitlab-legacy` allows them.
    ///
    /// ## Why
    /// Today's readers do not know them. The dictionary lists them under today's word.
    ///
    /// ## Bad
    /// ```yaml
    /// status: data_available
    /// data_category: Optional
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: active
    /// data_category: optional
    /// ```
    RULE = metric and event "legacy-value", Error Off Off
}

pub(super) fn check(definition: &Definition<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(kind) = definition.kind() else { return };
    for value in field_values(definition) {
        let Verdict::Older { today, folded } = value.judge(context) else { continue };
        let (text, name) = (value.node.text().unwrap_or_default(), value.field.name);
        let message = if folded {
            format!("`{text}` is spelled `{today}` in `{name}`")
        } else {
            format!("`{text}` is an older value of `{name}`")
        };
        // An older word may say more than today's; another case says the same.
        let fix = folded.then(|| reword(definition, value.node.span, text, today)).flatten();
        findings.push(
            Finding::new(RULE.of(kind), definition.file, value.node.span, message)
                .at(value.pointer())
                .help(format!("write `{today}`"))
                .fix(fix),
        );
    }
}
