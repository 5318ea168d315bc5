//! Names across all files.

use std::borrow::Cow;
use std::collections::HashMap;
use std::collections::hash_map::Entry as MapEntry;

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Kind;

rule! {
    /// No two definitions have the same name, after a metric's list of time frames is expanded.
    ///
    /// A metric with `time_frame: [7d, 28d]` stands for `key_path` with `_weekly` and with `_monthly`. Internal events
    /// are named by their action, legacy events by category and action.
    ///
    /// ## Why
    /// Two definitions of one name contradict each other sooner or later, and only one of them can be sent.
    ///
    /// ## Bad
    /// ```yaml
    /// # counts_28d/issues.yml
    /// key_path: counts.issues_monthly
    /// time_frame: 28d
    /// # counts_all/issues.yml
    /// key_path: counts.issues
    /// time_frame: [28d, all]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// # counts_all/issues.yml
    /// key_path: counts.issues
    /// time_frame: [28d, all]
    /// ```
    ///
    /// Reference: `load_all_from_path!` in GitLab's `lib/gitlab/usage/metric_definition.rb`, and its
    /// `event_definition_spec.rb`.
    RULE = metric and event "duplicate-name", Error Error Error
}

pub(super) fn check(definitions: &[Definition<'_>], _: &Context<'_>, findings: &mut Vec<Finding>) {
    // Many metrics are for two time frames.
    let mut first: HashMap<(Kind, Cow<'_, str>), &Definition<'_>> =
        HashMap::with_capacity(2 * definitions.len());
    for definition in definitions {
        let Some(kind) = definition.kind() else { continue };
        for expanded in definition.names() {
            let known = match first.entry((kind, expanded.name)) {
                MapEntry::Occupied(known) => known,
                MapEntry::Vacant(free) => {
                    free.insert(definition);
                    continue;
                }
            };
            let (name, known) = (&known.key().1, *known.get());
            let field = kind.name_field();
            let span = |definition: &Definition<'_>| {
                definition.get(field).map_or_else(|| definition.start(), |name| name.span)
            };
            let message =
                format!("the {} `{name}` is already defined in `{}`", kind.as_str(), known.source.path);
            findings.push(
                Finding::new(RULE.of(kind), definition.file, span(definition), message)
                    .at(format!("/{field}"))
                    .help("rename one of them, or delete it")
                    .related(known.file, span(known), "first defined here"),
            );
        }
    }
}
