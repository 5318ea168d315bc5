//! A project's own JSON Schemas.

use std::collections::HashMap;

use super::{Context, Finding, rule};
use crate::check::Severity;
use crate::definition::{Definition, fields};
use crate::schema::{instance, place};
use crate::source::Kind;

rule! {
    /// A definition follows the project's own JSON Schema.
    ///
    /// `[check] schema.metric` and `schema.event` of `dictionary.toml` name the schemas. Without them nothing is
    /// checked. What another rule reports at the same value is not said twice.
    ///
    /// ## Why
    /// A project knows more about its definitions than any tool: names that start with a prefix, fields of its own,
    /// fields that others may leave out. The schema that says so is the one that its other tools read.
    ///
    /// ## Bad
    /// ```yaml
    /// # schemas/metric.json: "key_path": {"pattern": "^counts\\."}
    /// key_path: issues
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// # schemas/metric.json: "key_path": {"pattern": "^counts\\."}
    /// key_path: counts.issues
    /// ```
    SCHEMA = metric and event "schema", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(root)) = (definition.kind(), definition.root()) else { return };
    let Some(schema) = context.schemas.of(kind) else { return };
    let complete = definition.document.is_complete();
    let violations = schema.violations(&instance(root));
    findings.extend(violations.into_iter().filter(|violation| complete || !violation.needs_whole).map(
        |violation| {
            let span = place(root, &violation.pointer, violation.at_key);
            let finding = Finding::new(SCHEMA.of(kind), definition.file, span, violation.message);
            let finding = finding.at(violation.pointer);
            match violation.help {
                Some(help) => finding.help(help),
                None => finding,
            }
        },
    ));
}

/// Whether a finding is what a schema says.
pub(in crate::check) fn is_of_own_schema(finding: &Finding) -> bool {
    [Kind::Metric, Kind::Event].into_iter().any(|kind| std::ptr::eq(finding.rule, SCHEMA.of(kind)))
}

/// Drops what a schema says of a value that another rule reports, as long as that one matters as much: a warning does
/// not take the place of an error.
pub(in crate::check) fn drop_repetitions(findings: &mut Vec<Finding>) {
    let mut reported: HashMap<(usize, String), Severity> = HashMap::new();
    let others = findings.iter().filter(|finding| {
        // These have other causes than the value that they point at.
        !is_of_own_schema(finding)
            && !finding.rule.is_about_reading()
            && !finding.rule.id.ends_with("/duplicate-name")
    });
    for finding in others {
        let legacy = [Kind::Metric, Kind::Event]
            .into_iter()
            .find_map(|kind| fields::find_legacy(kind, finding.pointer.strip_prefix('/')?));
        // What stands under its older name is reported there.
        let today = legacy.and_then(|legacy| legacy.replaced_by).map(|name| format!("/{name}"));
        for pointer in [Some(finding.pointer.clone()), today].into_iter().flatten() {
            let severity = reported.entry((finding.file, pointer)).or_insert(finding.severity);
            *severity = finding.severity.max(*severity);
        }
    }
    findings.retain(|finding| {
        let known = || reported.get(&(finding.file, finding.pointer.clone()));
        !is_of_own_schema(finding)
            || finding.pointer.is_empty()
            || known().is_none_or(|severity| *severity < finding.severity)
    });
}
