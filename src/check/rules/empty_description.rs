//! Descriptions that say nothing.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::Type;
use crate::source::Kind;

rule! {
    /// A description has words.
    ///
    /// ## Why
    /// The description is what people search and read. Without one, a name has to explain itself.
    ///
    /// ## Bad
    /// ```yaml
    /// description: ""
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// description: Count of issues
    /// ```
    RULE = metric and event "empty-description", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(description)) = (definition.kind(), definition.get("description")) else { return };
    if Type::String.fits(description) && description.text().is_some_and(|text| text.trim().is_empty()) {
        findings.push(
            Finding::new(RULE.of(kind), definition.file, description.span, "the description is empty")
                .at("/description")
                .help(match kind {
                    Kind::Metric => "say in a sentence what is measured",
                    Kind::Event => "say in a sentence when the event happens",
                }),
        );
    }
}
