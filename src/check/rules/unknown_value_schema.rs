//! Schemas of values that are not there.

use super::shared::reported::reported;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::Type;
use crate::source::{Kind, Nearby};

rule! {
    /// The file that `value_json_schema` names exists.
    ///
    /// Its path is relative to the project's folder, as in GitLab. The source's root and every folder above it are tried.
    ///
    /// ## Why
    /// Without the schema, nobody can tell what the object holds.
    ///
    /// ## Bad
    /// ```yaml
    /// value_json_schema: definitions/metrics/objects_schemas/strage_layout_schema.json
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// value_json_schema: definitions/metrics/objects_schemas/storage_layout_schema.json
    /// ```
    RULE = "metric/unknown-value-schema", Warning Off Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Metric), Some(value)) = (definition.kind(), definition.get("value_json_schema")) else {
        return;
    };
    let Some(path) = value.text().filter(|_| Type::String.fits(value)) else { return };
    if definition.is_removed() || reported(findings, "/value_json_schema") {
        return;
    }
    let (message, help) = match definition.source.nearby(path) {
        Nearby::File => return,
        Nearby::Missing => (format!("there is no file `{path}`"), "correct the path, or add the file"),
        Nearby::Outside => (
            format!("the path `{path}` leads out of the project"),
            "write the path from the project's folder, without `..` and `/` at its start",
        ),
    };
    let finding = Finding::new(&RULE, definition.file, value.span, message);
    findings.push(finding.at("/value_json_schema").help(help));
}
