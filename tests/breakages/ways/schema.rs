//! What fields hold, as GitLab's schemas say it: written down a second time, so that the checker's own tables are
//! tested as well.

use metrics_dictionary::source::Kind;

use crate::breakages::sample::{Field, Sample};

/// What a field holds.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Holds {
    Text,
    TextOrNull,
    Texts,
    TextsOrNull,
    TextOrTexts,
    True,
    Mapping,
    Mappings,
}

/// The fields that every definition of a kind has.
pub(super) fn required(kind: Kind) -> &'static [&'static str] {
    match kind {
        Kind::Metric => &[
            "key_path",
            "description",
            "product_group",
            "value_type",
            "status",
            "milestone",
            "introduced_by_url",
            "time_frame",
            "data_source",
            "data_category",
            "tiers",
        ],
        Kind::Event => &["description", "action", "product_group", "milestone", "introduced_by_url", "tiers"],
    }
}

/// What a field of a kind holds.
pub(super) fn holds(kind: Kind, key: &str) -> Holds {
    match (kind, key) {
        (Kind::Metric, "removed_by_url") | (Kind::Event, "milestone" | "introduced_by_url") => {
            Holds::TextOrNull
        }
        (_, "tiers" | "product_categories" | "performance_indicator_type")
        | (_, "contexts" | "extra_tracking_classes") => Holds::Texts,
        (_, "identifiers") => Holds::TextsOrNull,
        (_, "time_frame") => Holds::TextOrTexts,
        (_, "internal_events") => Holds::True,
        (_, "options" | "additional_properties") => Holds::Mapping,
        (_, "events") => Holds::Mappings,
        _ => Holds::Text,
    }
}

/// The fields of a definition that hold one of these.
pub(super) fn fields<'s>(sample: &'s Sample, what: &[Holds]) -> Vec<Field<'s>> {
    let mut fields = sample.fields();
    fields.retain(|field| what.contains(&holds(sample.kind(), field.key)));
    fields
}
