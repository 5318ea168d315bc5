//! Objects of unknown shape.

use super::shared::missing::missing;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Kind;
use crate::yaml::Node;

rule! {
    /// A metric with `value_type: object` names the JSON Schema of its value.
    ///
    /// ## Why
    /// An object can hold anything. The schema says what is in it, to those who read the data and to those who must know what
    /// is collected.
    ///
    /// ## Bad
    /// ```yaml
    /// value_type: object
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// value_type: object
    /// value_json_schema: definitions/metrics/objects_schemas/storage_layout_schema.json
    /// ```
    ///
    /// Reference: GitLab's documentation of `value_json_schema`.
    RULE = "metric/missing-value-schema", Error Warning Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Metric), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    let object = root.get("value_type").and_then(Node::text) == Some("object");
    if object && root.entry("value_json_schema").is_none() && !definition.is_removed() {
        let finding = missing(&RULE, definition, "value_json_schema", "the value is an `object`");
        findings.push(finding.help("name the file with the JSON Schema of the value"));
    }
}
