//! One cause is one finding.
//!
//! Rules know little of each other: a value of the wrong type is on no list either, and what a misspelt key was meant
//! for is missing. Of such findings the one is kept that names the cause.

use std::collections::HashMap;

use super::finding::Finding;
use super::levels::Severity;
use super::rules::is_of_own_schema;

/// Drops findings that follow from others, unless those matter less: a warning does not take the place of an error.
///
/// Takes the findings of all rules in the order of the rules.
pub(super) fn drop_consequences(findings: &mut Vec<Finding>) {
    drop_what_is_misspelt(findings);
    keep_one_rule_for_each_value(findings);
}

/// A field is not missing where a key is reported that most likely means it.
fn drop_what_is_misspelt(findings: &mut Vec<Finding>) {
    let meant: HashMap<(usize, String), Severity> = findings
        .iter()
        .filter_map(|finding| Some(((finding.file, finding.meant.clone()?), finding.severity)))
        .collect();
    findings.retain(|finding| {
        let misspelt = meant.get(&(finding.file, finding.pointer.clone()));
        misspelt.is_none_or(|severity| *severity < finding.severity)
    });
}

/// Of several rules that find something at the same value, the first of those that matter most.
///
/// Rules about reading have causes of their own; what a project's own schema repeats is dropped elsewhere.
fn keep_one_rule_for_each_value(findings: &mut Vec<Finding>) {
    type Place = (usize, u32, String);
    let place = |finding: &Finding| -> Option<Place> {
        let of_a_value =
            !finding.pointer.is_empty() && !finding.rule.is_about_reading() && !is_of_own_schema(finding);
        of_a_value.then(|| (finding.file, finding.span.start, finding.pointer.clone()))
    };
    let mut kept: HashMap<Place, (Severity, &'static str)> = HashMap::new();
    for finding in findings.iter() {
        let Some(place) = place(finding) else { continue };
        let this = (finding.severity, finding.rule.id);
        let first = kept.entry(place).or_insert(this);
        if first.0 < this.0 {
            *first = this;
        }
    }
    findings.retain(|finding| {
        let first = place(finding).and_then(|place| kept.get(&place));
        first.is_none_or(|(_, rule)| *rule == finding.rule.id)
    });
}
