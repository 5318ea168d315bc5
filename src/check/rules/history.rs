//! What must not happen to a definition once installations send it. Needs `check --since`.

use std::collections::HashMap;

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::{self, Values};
use crate::source::Kind;
use crate::yaml::{Data, Node};

rule! {
    /// A definition is marked as removed, not deleted.
    ///
    /// Found by `check --since REV`, which compares with the commit in which the branch began. A definition that moved
    /// to another file is not deleted.
    ///
    /// ## Why
    /// Older installations go on sending it. Without a definition, nobody can tell what their data means, and the name
    /// could be given to something else.
    ///
    /// ## Bad
    /// ```sh
    /// git rm definitions/metrics/counts_all/issues.yml
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues
    /// status: removed
    /// milestone_removed: "16.10"
    /// removed_by_url: https://tidewater.example/changes/345
    /// ```
    ///
    /// Reference: GitLab's `doc/development/internal_analytics/metrics/metrics_lifecycle.md`, "Remove a metric".
    DELETED = metric and event "deleted", Error Error Off
}

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
    CHANGED_IDENTITY = "metric/changed-identity", Error Error Off
}

/// The fields that make a metric what it is, besides its `key_path`.
const IDENTITY: &[&str] = &["time_frame", "value_type", "data_source"];

pub(super) fn check(definitions: &[Definition<'_>], context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(history) = context.history else { return };
    let mut by_name: HashMap<(Kind, String), Vec<&Definition<'_>>> = HashMap::new();
    let mut by_file: HashMap<(usize, &str), &Definition<'_>> = HashMap::new();
    for definition in definitions {
        by_file.insert(file(definition), definition);
        if let Some(name) = name(definition) {
            by_name.entry(name).or_default().push(definition);
        }
    }
    for old in history.earlier {
        let Some((kind, old_name)) = name(old) else { continue };
        let same_file = by_file.get(&file(old)).copied();
        let named = by_name.get(&(kind, old_name.clone())).map(Vec::as_slice).unwrap_or_default();
        let current =
            named.iter().find(|definition| file(definition) == file(old)).or(named.first()).copied();
        match (current, same_file) {
            (Some(current), _) if kind == Kind::Metric => compare(old, current, findings),
            (Some(_), _) => {}
            // What cannot be read is reported as such; its name may be in there.
            (None, Some(same)) if !same.document.is_complete() => {}
            (None, Some(same)) if kind == Kind::Metric && same.text("key_path").is_some() => {
                changed(old, same, "key_path", findings);
            }
            (None, Some(same)) => findings.push(deleted(kind, &old_name, same, same)),
            (None, None) => {
                let place = history.deleted.iter().find(|definition| file(definition) == file(old));
                findings.extend(place.map(|place| deleted(kind, &old_name, old, place)));
            }
        }
    }
}

/// What a definition is known by before its time frames are expanded.
fn name(definition: &Definition<'_>) -> Option<(Kind, String)> {
    let kind = definition.kind()?;
    let name = match kind {
        Kind::Metric => definition.text("key_path")?.to_owned(),
        Kind::Event => definition.names().first()?.name.clone().into_owned(),
    };
    Some((kind, name))
}

/// By what a file is the same before and after.
fn file<'s>(definition: &Definition<'s>) -> (usize, &'s str) {
    (definition.source.source, &definition.source.path)
}

/// `shown` holds the text of `place`.
fn deleted(kind: Kind, name: &str, shown: &Definition<'_>, place: &Definition<'_>) -> Finding {
    let field = kind.name_field();
    let span = shown.get(field).map_or_else(|| shown.start(), |name| name.span);
    let message = format!("the {} `{name}` is no longer defined", kind.as_str());
    Finding::new(DELETED.of(kind), place.file, span, message)
        .at(format!("/{field}"))
        .help("keep the definition, with `status: removed`, `milestone_removed` and `removed_by_url`")
}

fn compare(old: &Definition<'_>, current: &Definition<'_>, findings: &mut Vec<Finding>) {
    for field in IDENTITY {
        changed(old, current, field, findings);
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
        Finding::new(&CHANGED_IDENTITY, current.file, after.span, message)
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
