//! The rules, and the order in which they run.

mod additional_properties;
mod data_source;
mod duplicate_name;
mod field_values;
mod file;
mod history;
mod lifecycle;
mod missing_field;
mod own_schema;
pub(super) mod suppression;
mod unknown_category;
mod unknown_event;
mod unknown_field;
mod unknown_group;
mod yaml;

use super::finding::Finding;
use super::rule::{Rule, rule};
use super::{Context, Preset};
use crate::definition::Definition;

/// A rule over one definition.
type DocumentRule = fn(&Definition<'_>, &Context<'_>, &mut Vec<Finding>);

/// A rule over all definitions together.
type CollectionRule = fn(&[Definition<'_>], &Context<'_>, &mut Vec<Finding>);

/// Every rule over one definition.
pub(super) const DOCUMENT_RULES: &[DocumentRule] = &[
    file::check,
    yaml::check,
    missing_field::check,
    unknown_field::check,
    field_values::check,
    lifecycle::check,
    data_source::check,
    additional_properties::check,
    unknown_group::check,
    unknown_category::check,
    own_schema::check,
];

/// Every rule over all definitions.
pub(super) const COLLECTION_RULES: &[CollectionRule] =
    &[duplicate_name::check, unknown_event::check, history::check];

pub(super) use own_schema::drop_repetitions;

/// Every rule, as `explain --list` shows them.
pub static RULES: &[&Rule] = &[
    &file::UNREADABLE,
    &file::NOT_A_FILE,
    &file::TOO_LARGE,
    &file::OUTSIDE_ROOT,
    &file::LINKED_FOLDER,
    &suppression::WITHOUT_REASON,
    &suppression::INVALID,
    &suppression::UNUSED,
    &yaml::NOT_UTF8,
    &yaml::EMPTY,
    &yaml::SYNTAX,
    &yaml::TAB,
    &yaml::CONFLICT_MARKER,
    &yaml::DUPLICATE_KEY,
    &yaml::MULTIPLE_DOCUMENTS,
    &yaml::NOT_A_MAPPING,
    &yaml::LIMIT,
    &missing_field::MISSING_FIELD.metric,
    &missing_field::MISSING_FIELD.event,
    &unknown_field::UNKNOWN_FIELD.metric,
    &unknown_field::UNKNOWN_FIELD.event,
    &unknown_field::LEGACY_FIELD.metric,
    &unknown_field::LEGACY_FIELD.event,
    &field_values::WRONG_TYPE.metric,
    &field_values::WRONG_TYPE.event,
    &field_values::INVALID_VALUE.metric,
    &field_values::INVALID_VALUE.event,
    &field_values::LEGACY_VALUE.metric,
    &field_values::LEGACY_VALUE.event,
    &field_values::REPEATED_VALUE,
    &lifecycle::INCOMPLETE_REMOVAL.metric,
    &lifecycle::INCOMPLETE_REMOVAL.event,
    &lifecycle::REMOVAL_WITHOUT_STATUS,
    &lifecycle::MISSING_REPAIR_ISSUE,
    &data_source::INTERNAL_EVENTS,
    &data_source::REDIS,
    &data_source::REDIS_HLL,
    &data_source::CATEGORY_ON_INTERNAL_EVENT,
    &additional_properties::ADDITIONAL_PROPERTY,
    &unknown_group::UNKNOWN_GROUP.metric,
    &unknown_group::UNKNOWN_GROUP.event,
    &unknown_group::GROUP_SPELLING.metric,
    &unknown_group::GROUP_SPELLING.event,
    &unknown_category::UNKNOWN_PRODUCT_CATEGORY.metric,
    &unknown_category::UNKNOWN_PRODUCT_CATEGORY.event,
    &duplicate_name::DUPLICATE_NAME.metric,
    &duplicate_name::DUPLICATE_NAME.event,
    &unknown_event::UNKNOWN_EVENT,
    &history::DELETED.metric,
    &history::DELETED.event,
    &history::CHANGED_IDENTITY,
    &own_schema::SCHEMA.metric,
    &own_schema::SCHEMA.event,
];

/// Whether a rule compares with an earlier revision, and so finds nothing without `--since`.
pub(super) fn needs_history(id: &str) -> bool {
    let rules = [&history::DELETED.metric, &history::DELETED.event, &history::CHANGED_IDENTITY];
    rules.iter().any(|rule| rule.id == id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_unique() {
        let mut ids: Vec<_> = RULES.iter().map(|rule| rule.id).collect();
        ids.sort_unstable();
        ids.dedup();
        assert_eq!(ids.len(), RULES.len());
    }

    #[test]
    fn every_rule_explains_itself_with_a_reason_and_two_examples() {
        for rule in RULES {
            for part in ["## Why", "## Bad", "## Good"] {
                assert!(rule.explanation.contains(part), "{} lacks `{part}`", rule.id);
            }
            assert!(rule.summary().ends_with('.'), "{}: {}", rule.id, rule.summary());
        }
    }
}
