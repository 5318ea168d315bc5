//! The rules, one per file, and the order in which they run.

mod additional_property;
mod alias;
mod ambiguous_text;
mod category_on_internal_event;
mod changed_identity;
mod conflict_marker;
mod custom_property;
mod deleted;
mod duplicate_key;
mod duplicate_name;
mod empty;
mod empty_description;
mod empty_list;
mod file_name;
mod group_spelling;
mod incomplete_removal;
mod internal_events;
pub(super) mod invalid_suppression;
mod invalid_url;
mod invalid_value;
mod legacy_field;
mod legacy_value;
mod limit;
mod linked_folder;
mod missing_field;
mod missing_product_category;
mod missing_repair_issue;
mod missing_value_schema;
mod mixed_counting;
mod multiple_documents;
mod not_a_file;
mod not_a_mapping;
mod not_utf8;
mod outside_root;
mod own_schema;
mod placeholder;
mod redis_hll_options;
mod redis_options;
mod removal_without_status;
mod removed_folder;
mod repeated_value;
mod shared;
mod stray;
pub(super) mod suppression_without_reason;
mod syntax;
mod tab;
mod tag;
mod too_large;
mod undeclared_property;
mod unique_time_frame;
mod unknown_event;
mod unknown_field;
mod unknown_group;
mod unknown_product_category;
mod unknown_value_schema;
mod unreadable;
pub(super) mod unused_suppression;
mod wrong_type;

use super::finding::Finding;
use super::rule::{Rule, rule};
use super::{Context, Preset};
use crate::definition::Definition;

/// A rule over one definition; it sees what the rules before it found there.
type DocumentRule = fn(&Definition<'_>, &Context<'_>, &mut Vec<Finding>);

/// A rule over all definitions together.
type CollectionRule = fn(&[Definition<'_>], &Context<'_>, &mut Vec<Finding>);

/// Makes the three lists of rules from one table: a line for each file, with the rules it defines.
macro_rules! table {
    (
        over one definition { $($document:ident: $($one:ident $(.$one_kind:ident)?),+;)+ }
        over all definitions { $($collection:ident: $($all:ident $(.$all_kind:ident)?),+;)+ }
        over comments { $($comment:ident: $($about:ident),+;)+ }
    ) => {
        /// Every rule over one definition.
        pub(super) const DOCUMENT_RULES: &[DocumentRule] = &[$($document::check),+];

        /// Every rule over all definitions.
        pub(super) const COLLECTION_RULES: &[CollectionRule] = &[$($collection::check),+];

        /// Every rule, as `explain --list` shows them.
        pub static RULES: &[&Rule] = &[
            $($(&$document::$one $(.$one_kind)?,)+)+
            $($(&$collection::$all $(.$all_kind)?,)+)+
            $($(&$comment::$about,)+)+
        ];
    };
}

table! {
    over one definition {
        unreadable: RULE;
        not_a_file: RULE;
        too_large: RULE;
        outside_root: RULE;
        linked_folder: RULE;
        stray: RULE;
        not_utf8: RULE;
        empty: RULE;
        syntax: RULE;
        tab: RULE;
        conflict_marker: RULE;
        duplicate_key: RULE;
        multiple_documents: RULE;
        not_a_mapping: RULE;
        limit: RULE;
        missing_field: RULE.metric, RULE.event;
        unknown_field: RULE.metric, RULE.event;
        legacy_field: RULE.metric, RULE.event;
        wrong_type: RULE.metric, RULE.event;
        invalid_value: RULE.metric, RULE.event;
        legacy_value: RULE.metric, RULE.event;
        repeated_value: RULE;
        empty_list: RULE.metric, RULE.event;
        empty_description: RULE.metric, RULE.event;
        incomplete_removal: RULE.metric, RULE.event;
        removal_without_status: RULE;
        missing_repair_issue: RULE;
        removed_folder: RULE;
        file_name: RULE;
        internal_events: RULE;
        redis_options: RULE;
        redis_hll_options: RULE;
        unique_time_frame: RULE;
        mixed_counting: RULE;
        missing_value_schema: RULE;
        category_on_internal_event: RULE;
        additional_property: RULE;
        custom_property: RULE;
        unknown_group: RULE.metric, RULE.event;
        group_spelling: RULE.metric, RULE.event;
        unknown_product_category: RULE.metric, RULE.event;
        missing_product_category: RULE;
        placeholder: RULE.metric, RULE.event;
        invalid_url: RULE.metric, RULE.event;
        unknown_value_schema: RULE;
        ambiguous_text: RULE;
        alias: RULE;
        tag: RULE;
        own_schema: SCHEMA.metric, SCHEMA.event;
    }
    over all definitions {
        duplicate_name: RULE.metric, RULE.event;
        unknown_event: RULE;
        undeclared_property: RULE;
        deleted: RULE.metric, RULE.event;
        changed_identity: RULE;
    }
    over comments {
        suppression_without_reason: RULE;
        invalid_suppression: RULE;
        unused_suppression: RULE;
    }
}

pub(super) use own_schema::{drop_repetitions, is_of_own_schema};

/// Whether a rule compares with an earlier revision, and so finds nothing without `--since`.
pub(super) fn needs_history(id: &str) -> bool {
    let rules = [&deleted::RULE.metric, &deleted::RULE.event, &changed_identity::RULE];
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
