//! What the values that GitLab's schemas know mean, in a sentence.

use super::Facet;

/// The meaning of a value; `None` for values that a project makes its own.
pub fn meaning(facet: Facet, key: &str) -> Option<&'static str> {
    let sentence = match (facet, key) {
        (Facet::Status, "active") => "Installations send or record it.",
        (Facet::Status, "broken") => "It is known to be wrong: do not rely on it.",
        (Facet::Status, "removed") => {
            "Newer versions no longer send or record it; older installations still do."
        }
        (Facet::Status, "data_available" | "implemented") => "An older word for active.",
        (Facet::Status, "not_used" | "deprecated") => "An older word for removed.",
        (Facet::TimeFrame, "7d") => {
            "One week: the last complete week for events, else 7 days that end two days before the report."
        }
        (Facet::TimeFrame, "28d") => {
            "Four weeks: the last four complete weeks for events, else 28 days that end two days before the report."
        }
        (Facet::TimeFrame, "all") => "No limit in time.",
        (Facet::TimeFrame, "none") => "No period: a setting or a fact at the time of the report.",
        (Facet::PerformanceIndicator, "gmau") => "Monthly active users of a group.",
        (Facet::PerformanceIndicator, "smau") => "Monthly active users of a stage.",
        (Facet::PerformanceIndicator, "paid_gmau") => "Monthly active users of a group on a paid plan.",
        (Facet::PerformanceIndicator, "umau") => "Unique monthly active users.",
        (Facet::DataSource, "internal_events") => "Counts of events, made by the product's own event system.",
        (Facet::DataSource, "database") => "Queries of the database.",
        (Facet::DataSource, "redis") => "Counters kept in Redis.",
        (Facet::DataSource, "redis_hll") => "Counts of distinct values, kept in Redis.",
        (Facet::DataSource, "system") => "Settings and facts of the installation.",
        (Facet::DataSource, "license") => "Facts of the license.",
        (Facet::DataSource, "prometheus") => "Queries of the monitoring system Prometheus.",
        (Facet::DataCategory, "none") => {
            "The definitions name no data category. An event has one only through the metrics that count it."
        }
        _ => return None,
    };
    Some(sentence)
}
