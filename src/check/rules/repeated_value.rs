//! Values that stand twice in a list.

use super::shared::field_values::field_values;
use super::{Context, Finding, rule};
use crate::definition::Definition;

rule! {
    /// No value stands twice in a metric's `time_frame` or `tiers`.
    ///
    /// ## Why
    /// Each entry of `time_frame` makes a metric of its own; a repeated one would make the same metric twice.
    ///
    /// ## Bad
    /// ```yaml
    /// time_frame: [7d, 28d, 7d]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// time_frame: [7d, 28d]
    /// ```
    RULE = "metric/repeated-value", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    for value in field_values(definition) {
        let Some(earlier) = value.earlier else { continue };
        let text = value.node.text().unwrap_or_default();
        let message = format!("`{text}` stands twice in `{}`", value.field.name);
        findings.push(
            Finding::new(&RULE, definition.file, value.node.span, message)
                .at(value.pointer())
                .help("keep one of them")
                .related(definition.file, earlier, "first here"),
        );
    }
}
