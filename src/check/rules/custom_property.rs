//! Properties beyond the built-in ones.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Kind;
use crate::yaml::escape_pointer;

rule! {
    /// An event declares properties of its own only beside `label` and `property`, or beside `value`.
    ///
    /// GitLab's schema asks for it, and its newest events no longer follow: the rule is off unless it is turned on.
    ///
    /// ## Why
    /// The built-in properties have columns of their own in the data; custom ones are read out of JSON.
    ///
    /// ## Bad
    /// ```yaml
    /// additional_properties:
    ///   branch:
    ///     description: Name of the branch
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// additional_properties:
    ///   label:
    ///     description: Name of the branch
    /// ```
    ///
    /// Reference: GitLab's `spec/lib/gitlab/tracking/event_definition_validator_spec.rb`.
    RULE = "event/custom-property", Off Off Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Event), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    let Some(properties) = root.get("additional_properties") else { return };
    let declared = |name: &str| properties.entry(name).is_some();
    if declared("value") || (declared("label") && declared("property")) {
        return;
    }
    let custom =
        properties.entries().iter().find(|entry| !matches!(entry.key.as_ref(), "label" | "property"));
    if let Some(custom) = custom {
        let message = format!("the event has a property `{}` of its own", custom.key);
        findings.push(
            Finding::new(&RULE, definition.file, custom.key_span, message)
                .at(format!("/additional_properties/{}", escape_pointer(&custom.key)))
                .help("use `label`, `property` and `value` first"),
        );
    }
}
