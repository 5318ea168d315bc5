//! Fields that only older definitions have.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields;
use crate::yaml::escape_pointer;

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
    RULE = metric and event "legacy-field", Error Off Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(root)) = (definition.kind(), definition.root()) else { return };
    for entry in root.entries().iter().filter(|entry| fields::find(kind, &entry.key).is_none()) {
        let key = entry.key.as_ref();
        let Some(legacy) = fields::find_legacy(kind, key) else { continue };
        let empty = entry.value.is_null() || entry.value.text() == Some("");
        let message = format!("the field `{key}` is of an older format");
        findings.push(
            Finding::new(RULE.of(kind), definition.file, entry.key_span, message)
                .at(format!("/{}", escape_pointer(key)))
                .help(if empty { "delete it: it says nothing" } else { legacy.help }),
        );
    }
}
