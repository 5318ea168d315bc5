//! Fields that no definition has, or only older ones.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields;
use crate::suggest;
use crate::yaml::escape_pointer;

rule! {
    /// A definition has only fields that are known.
    ///
    /// ## Why
    /// A misspelt field is a missing field: `tires` says nothing about `tiers`. What is unknown is still shown on the
    /// definition's page.
    ///
    /// ## Bad
    /// ```yaml
    /// tires: [free]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// tiers: [free]
    /// ```
    ///
    /// Reference: `additionalProperties: false` in GitLab's schemas.
    UNKNOWN_FIELD = metric and event "unknown-field", Error Error Off
}

rule! {
    /// A definition has no field that today's schemas no longer know.
    ///
    /// Among them are `tier`, `distribution`, `product_section`, `product_stage` and `product_category`, which GitLab
    /// used until 16. The preset `gitlab-legacy` allows them.
    ///
    /// ## Why
    /// Today's readers ignore them, so what they say is lost.
    ///
    /// ## Bad
    /// ```yaml
    /// product_stage: plan
    /// product_group: boards
    /// tier: [free]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// product_group: boards
    /// tiers: [free]
    /// ```
    LEGACY_FIELD = metric and event "legacy-field", Error Off Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(root)) = (definition.kind(), definition.root()) else { return };
    for entry in root.entries().iter().filter(|entry| fields::find(kind, &entry.key).is_none()) {
        let key = entry.key.as_ref();
        let pointer = format!("/{}", escape_pointer(key));
        let finding =
            |rule, message: String| Finding::new(rule, definition.file, entry.key_span, message).at(pointer);
        findings.push(match fields::find_legacy(kind, key) {
            Some(legacy) => {
                let empty = entry.value.is_null() || entry.value.text() == Some("");
                finding(LEGACY_FIELD.of(kind), format!("the field `{key}` is of an older format"))
                    .help(if empty { "delete it: it says nothing" } else { legacy.help })
            }
            None if key == "<<" => finding(UNKNOWN_FIELD.of(kind), "merge keys are not read".to_owned())
                .help("copy the fields to here"),
            None => {
                let finding = finding(UNKNOWN_FIELD.of(kind), format!("there is no field `{key}`"));
                let known = fields::fields(kind).iter().map(|field| field.name);
                match suggest::nearest(key, known) {
                    Some(near) => finding.help(format!("did you mean `{near}`?")),
                    None => finding.help("delete it, or correct its name"),
                }
            }
        });
    }
}
