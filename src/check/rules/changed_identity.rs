//! Metrics that became others under their name.

use super::shared::history::{Earlier, Fate, earlier};
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::{self, Values};
use crate::source::Kind;
use crate::yaml::{Data, Node};

rule! {
    /// A metric keeps its `key_path`, `time_frame`, `value_type` and `data_source`.
    ///
    /// Found by `check --since REV`, which compares with the commit in which the branch began. Today's word for an older
    /// value, and a field that was missing, are no changes.
    ///
    /// ## Why
    /// Under one name, values before and after such a change cannot be compared; queries over both are silently wrong.
    ///
    /// ## Bad
    /// ```diff
    ///  key_path: counts.issues
    /// -time_frame: 28d
    /// +time_frame: 7d
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues_weekly
    /// time_frame: 7d
    /// ```
    ///
    /// Reference: GitLab's `doc/development/internal_analytics/metrics/metrics_lifecycle.md`, "Change an existing
    /// metric".
    RULE = "metric/changed-identity", Error Error Off
}

/// The fields that make a metric what it is, besides its `key_path`.
const IDENTITY: &[&str] = &["time_frame", "value_type", "data_source"];

pub(super) fn check(definitions: &[Definition<'_>], context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(history) = context.history else { return };
    let metrics = earlier(definitions, history).into_iter().filter(|earlier| earlier.kind == Kind::Metric);
    for Earlier { definition: old, fate, .. } in metrics {
        match fate {
            Fate::Kept(current) => IDENTITY.iter().for_each(|field| changed(old, current, field, findings)),
            Fate::Renamed(current) => changed(old, current, "key_path", findings),
            Fate::Deleted { .. } | Fate::Unknown => {}
        }
    }
}

/// Reports a field that has a value before and after, and not the same.
fn changed(old: &Definition<'_>, current: &Definition<'_>, field: &str, findings: &mut Vec<Finding>) {
    let (Some(before), Some(after)) = (old.get(field), current.get(field)) else { return };
    if before.is_null() || after.is_null() || meaning(field, before) == meaning(field, after) {
        return;
    }
    let message = format!("`{field}` was {}, and is now {}", words(before), words(after));
    findings.push(
        Finding::new(&RULE, current.file, after.span, message)
            .at(format!("/{field}"))
            .help("leave this metric as it was, as `status: removed` if need be, and define a new one"),
    );
}

/// What a value says: in today's words, a list in any order.
fn meaning(field: &str, value: &Node<'_>) -> (bool, Vec<String>) {
    let today = |text: &str| {
        if field == "key_path" {
            return text.to_owned();
        }
        let folded = text.to_lowercase();
        match fields::find(Kind::Metric, field).map(|field| field.values) {
            Some(Values::OneOf(_, legacy)) => {
                let known = legacy.iter().find(|(old, _)| *old == folded);
                known.map_or(folded, |(_, today)| (*today).to_owned())
            }
            _ => folded,
        }
    };
    let mut texts: Vec<String> = value.texts().into_iter().map(today).collect();
    texts.sort();
    // A list of time frames expands the name, a single one does not.
    (matches!(value.data, Data::Sequence(_)), texts)
}

fn words(value: &Node<'_>) -> String {
    match &value.data {
        Data::Sequence(_) => format!("`[{}]`", value.texts().join(", ")),
        _ => format!("`{}`", value.text().unwrap_or_default()),
    }
}
