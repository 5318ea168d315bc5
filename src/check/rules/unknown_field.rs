//! Fields that no definition has.

use super::shared::edit::reword;
use super::shared::misspelt::misspelt;
use super::{Context, Finding, rule};
use crate::check::Fix;
use crate::definition::Definition;
use crate::definition::fields;
use crate::suggest;
use crate::yaml::{Entry, Node, escape_pointer};

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
    RULE = metric and event "unknown-field", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(root)) = (definition.kind(), definition.root()) else { return };
    for entry in root.entries() {
        let key = entry.key.as_ref();
        if fields::find(kind, key).is_some() || fields::find_legacy(kind, key).is_some() {
            continue;
        }
        let finding = |message: String| {
            let pointer = format!("/{}", escape_pointer(key));
            Finding::new(RULE.of(kind), definition.file, entry.key_span, message).at(pointer)
        };
        if key == "<<" {
            findings.push(finding("merge keys are not read".to_owned()).help("copy the fields to here"));
            continue;
        }
        let known = fields::fields(kind).iter().map(|field| field.name);
        let meant = misspelt(root, key, known.clone());
        let finding = finding(format!("there is no field `{key}`")).meaning(meant);
        findings.push(match meant.or_else(|| suggest::nearest(key, known)) {
            Some(near) => {
                finding.help(format!("did you mean `{near}`?")).fix(respelled(definition, root, entry))
            }
            None => finding.help("delete it, or correct its name"),
        });
    }
}

/// The edit that gives a key the one name it can have been meant to have, unless that stands there as well.
fn respelled(definition: &Definition<'_>, root: &Node<'_>, entry: &Entry<'_>) -> Option<Fix> {
    let known = fields::fields(definition.kind()?).iter().map(|field| field.name);
    let name = suggest::only(&entry.key, known).filter(|name| root.entry(name).is_none())?;
    reword(definition, entry.key_span, &entry.key, name)
}
