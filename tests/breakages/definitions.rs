//! The valid definitions: of every source, status and time frame, and of every way to write YAML.

use super::sample::{Form, Sample};
use crate::support::repository;

/// From the sample project, below `definitions/`.
const OF_THE_SAMPLE: &[&str] = &[
    "metrics/license/hostname.yml",
    "metrics/license/installation_id.yml",
    "metrics/license/license_plan.yml",
    "metrics/license/license_trial_extended.yml",
    "metrics/settings/backup_kinds.yml",
    "metrics/settings/storage_layout.yml",
    "metrics/settings/worker_queue_wait_seconds.yml",
    "metrics/counts_all/tags_with_signature.yml",
    "metrics/counts_all/welcome_tour_starts.yml",
    "metrics/counts_all/wiki_page_views.yml",
    "metrics/counts_28d/active_users_monthly.yml",
    "metrics/counts_28d/wiki_authors_monthly.yml",
    "metrics/counts_7d/search_users_weekly.yml",
    "metrics/counts_all/count_total_archive_card.yml",
    "metrics/counts_all/count_distinct_namespace_id_from_finish_pipeline.yml",
    "metrics/counts_all/count_total_suggest_code_in_web_editor_on_request_or_accepted.yml",
    "metrics/counts_all/sum_value_from_push_commits.yml",
    "metrics/counts_28d/count_distinct_user_id_from_create_card_and_close_card_and_move_card_between_columns_monthly.yml",
    "events/click_start_page_banner.yml",
    "events/click_wiki_sidebar_link.yml",
    "events/create_board.yml",
    "events/create_repository.yml",
    "events/finish_dependency_audit.yml",
    "events/open_change_request.yml",
    "events/suggest_code_in_web_editor.yml",
    "events/removed/archive_card.yml",
];

/// A metric in the flow style, with comments and quotes, in an order of its own.
const FLOW_STYLE: &str = r#"# Weekly and monthly users of the board.
description: 'Number of users who add a card to a board: it''s the "first step"' # quoted
key_path: "redis_hll_counters.count_distinct_user_id_from_create_card_by_email" # the name
product_group: boards
product_categories: [boards, onboarding]
performance_indicator_type: [smau, gmau]

# What it holds
value_type: number
status: active
milestone: '16.10'
introduced_by_url: "https://tidewater.example/tidewater/tidewater/changes/14001"
time_frame: [7d, 28d]
data_source: internal_events
data_category: optional
tiers: [premium, ultimate]
events: [{name: create_card, unique: user.id, filter: {label: email}}]
"#;

/// A metric with list items at the left margin and letters beyond ASCII.
const UNINDENTED_LISTS: &str = r#"---
key_path: counts.größe_der_ablage_日本語
description: >
  Größe der Ablage in Gebäuden – gezählt,
  nicht geschätzt.

product_group: packages
product_categories:
- package_registry
- source_control
value_type: number
status: active
milestone: "17.0"
introduced_by_url: https://tidewater.example/tidewater/tidewater/changes/14002
time_frame:
- all
data_source: system
data_category: operational
tiers:
- free
- premium
instrumentation_class: Packages::StorageSizeMetric
"#;

/// A metric that sums, counts and filters by number.
const FILTERS: &str = r#"---
key_path: counts.count_total_of_large_pipelines
description: Number of pipelines that end after an hour of work, or fail
product_group: pipelines
product_categories:
  - pipelines
value_type: number
status: active
milestone: "17.1"
introduced_by_url: https://tidewater.example/tidewater/tidewater/changes/14003
time_frame: 28d
data_source: internal_events
data_category: operational
tiers:
  - ultimate
events:
  - name: finish_pipeline
    filter:
      value: 3600
  - filter:
      label: failed
      property: "schedule"
    name: finish_pipeline
"#;

/// An event whose properties are written on one line each.
const EVENT_IN_FLOW_STYLE: &str = r#"action: archive_roadmap
description: |-
  A user archives a roadmap.

    The indented line belongs to the text: really.
internal_events: true
identifiers: [namespace, user]
additional_properties: {label: {description: "Reason, in one word"}, value: {description: Age in days}}
product_group: roadmaps
product_categories: [roadmaps]
milestone: "17.2"
introduced_by_url: https://tidewater.example/tidewater/tidewater/changes/14004
tiers: [premium, ultimate]
"#;

/// All of them.
pub(super) fn definitions() -> Vec<Sample> {
    let folder = repository().join("definitions");
    let of_the_sample = OF_THE_SAMPLE.iter().map(|&path| Sample {
        path,
        text: std::fs::read_to_string(folder.join(path)).unwrap(),
        form: Form::Plain,
    });
    let inline = [
        ("metrics/counts_all/flow_style.yml", FLOW_STYLE, Form::Plain),
        ("metrics/counts_all/unindented_lists.yml", UNINDENTED_LISTS, Form::ByteOrderMark),
        ("metrics/counts_28d/filters.yml", FILTERS, Form::WindowsLines),
        ("events/archive_roadmap.yml", EVENT_IN_FLOW_STYLE, Form::WindowsLines),
    ];
    let inline = inline.into_iter().map(|(path, text, form)| Sample { path, text: text.to_owned(), form });
    of_the_sample.chain(inline).collect()
}
