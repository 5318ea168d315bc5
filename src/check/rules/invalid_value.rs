//! Values outside the list or form of their field.

use super::shared::edit::reword;
use super::shared::field_values::{Verdict, field_values};
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::quoted;
use crate::suggest;

rule! {
    /// A field's value is one of those it may have, or has the form it must have.
    ///
    /// ## Why
    /// Lists and facets sort definitions by these values; a misspelt one drops out of every list it belongs to.
    ///
    /// ## Bad
    /// ```yaml
    /// status: actve
    /// milestone: "16"
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: active
    /// milestone: "16.0"
    /// ```
    RULE = metric and event "invalid-value", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(kind) = definition.kind() else { return };
    for value in field_values(definition) {
        let text = value.node.text().unwrap_or_default();
        let none_in_list = value.index.is_some() && value.field.name == "time_frame" && text == "none";
        let (message, help, fix) = match value.judge(context) {
            Verdict::Allowed if none_in_list => (
                "`none` cannot stand in a list of time frames".to_owned(),
                "write `time_frame: none`, or take it out of the list".to_owned(),
                None,
            ),
            Verdict::Allowed | Verdict::Older { .. } => continue,
            Verdict::Unlisted(known) => {
                let help = match suggest::nearest(text, known.iter().copied()) {
                    Some(near) => format!("did you mean `{near}`? Known are {}", quoted(known.iter())),
                    None => format!("write {}", quoted(known.iter())),
                };
                let fix = suggest::only(text, known.iter().copied())
                    .and_then(|word| reword(definition, value.node.span, text, word));
                (format!("`{text}` is no value of `{}`", value.field.name), help, fix)
            }
            Verdict::Misshapen(form) => {
                (format!("`{text}` is no value of `{}`", value.field.name), format!("write {form}"), None)
            }
        };
        findings.push(
            Finding::new(RULE.of(kind), definition.file, value.node.span, message)
                .at(value.pointer())
                .help(help)
                .fix(fix),
        );
    }
}
