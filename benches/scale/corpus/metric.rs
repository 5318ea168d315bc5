//! Families of metrics: files whose names differ in an ending, and whose texts differ in a word.

use super::event::{Event, change};
use super::random::Random;
use super::words::REMARKS;
use super::yaml::Fields;

/// One metric's file, by its path below the definitions.
pub(crate) type File = (String, String);

/// One metric of a family.
struct Metric {
    folder: &'static str,
    key_path: String,
    description: String,
    value_type: &'static str,
    time_frames: &'static [&'static str],
    data_source: &'static str,
    /// What is special about the data source.
    details: String,
}

/// The metrics about one event: those that count it first, then those that read the database and the settings.
pub(crate) fn family(number: usize, event: &Event, counts_it: bool) -> Vec<File> {
    let mut random = Random::new("family", number);
    let metrics = match (counts_it, event.is_internal) {
        (true, true) => internal(event, &mut random),
        (true, false) => redis(event),
        (false, _) if random.percent(15) => vec![setting(event, &mut random)],
        (false, _) => database(event, &mut random),
    };
    // A family is added, mended and removed together.
    let remark = random.percent(40).then(|| random.pick(REMARKS));
    let (removed, broken) = (event.is_removed || random.percent(8), random.percent(2));
    let data_category =
        random.pick(&["optional", "optional", "optional", "operational", "subscription", "standard"]);
    let introduced = change(&mut random);
    let file = |metric: Metric| {
        let mut fields = Fields::new()
            .value("key_path", &metric.key_path)
            .description(&metric.description, remark)
            .value("product_group", event.group)
            .list("product_categories", &[event.product_category])
            .value("performance_indicator_type", "[]")
            .value("value_type", metric.value_type)
            .value(
                "status",
                if removed {
                    "removed"
                } else if broken {
                    "broken"
                } else {
                    "active"
                },
            )
            .version("milestone", event.milestone)
            .value("introduced_by_url", &introduced);
        if removed {
            fields = fields
                .version("milestone_removed", (event.milestone.0 + 3, event.milestone.1))
                .value("removed_by_url", format_args!("{introduced}0"));
        } else if broken {
            fields = fields.value("repair_issue_url", format_args!("{introduced}/repair"));
        }
        fields = match metric.time_frames {
            [one] => fields.value("time_frame", one),
            several => fields.list("time_frame", several),
        };
        fields = fields
            .value("data_source", metric.data_source)
            .value("data_category", data_category)
            .lines(&metric.details)
            .list("tiers", event.tiers);
        let name = metric.key_path.rsplit('.').next().unwrap_or_default();
        (format!("metrics/{}/{name}.yml", metric.folder), fields.text())
    };
    metrics.into_iter().map(file).collect()
}

/// Totals and unique counts of an internal event.
fn internal(event: &Event, random: &mut Random) -> Vec<Metric> {
    let action = &event.action;
    let filter = if event.has_label && random.percent(50) { "\n  filter:\n    label: dialog" } else { "" };
    let unique = random.pick(event.identifiers);
    let mut metrics = vec![
        Metric {
            folder: "counts_all",
            key_path: format!("counts.count_total_{action}"),
            description: format!("Count of how often {}", lower(&event.sentence)),
            value_type: "number",
            time_frames: &["7d", "28d", "all"],
            data_source: "internal_events",
            details: format!("events:\n- name: {action}{filter}\n"),
        },
        Metric {
            folder: "counts_all",
            key_path: format!("redis_hll_counters.count_distinct_{unique}_id_from_{action}"),
            description: format!("Count of {unique}s for which {}", lower(&event.sentence)),
            value_type: "number",
            time_frames: &["7d", "28d"],
            data_source: "internal_events",
            details: format!("events:\n- name: {action}\n  unique: {unique}.id{filter}\n"),
        },
    ];
    if random.percent(45) {
        metrics.remove(random.below(2));
    }
    metrics
}

/// An older counter of a legacy event: a file for each time frame.
fn redis(event: &Event) -> Vec<Metric> {
    let action = &event.action;
    let unique = |folder, ending: &str, time_frames| Metric {
        folder,
        key_path: format!("redis_hll_counters.{}.{action}_{ending}", event.product_category),
        description: format!("{} count of users for whom {}", title(ending), lower(&event.sentence)),
        value_type: "number",
        time_frames,
        data_source: "redis_hll",
        details: format!("instrumentation_class: RedisHLLMetric\noptions:\n  events:\n  - {action}\n"),
    };
    vec![
        unique("counts_7d", "weekly", &["7d"]),
        unique("counts_28d", "monthly", &["28d"]),
        Metric {
            folder: "counts_all",
            key_path: format!("counts.{action}_total"),
            description: format!("Total count of how often {}", lower(&event.sentence)),
            value_type: "number",
            time_frames: &["all"],
            data_source: "redis",
            details: format!(
                "instrumentation_class: RedisMetric\noptions:\n  event: {action}\n  prefix: {}\n",
                event.product_category
            ),
        },
    ]
}

/// Rows of a table: all of them, and those of the last weeks.
fn database(event: &Event, random: &mut Random) -> Vec<Metric> {
    let action = &event.action;
    let rows = |folder, place: &str, ending: &str, time_frames| Metric {
        folder,
        key_path: format!("{place}.{}.{action}_rows{ending}", event.product_category),
        description: format!("Number of rows that say that {}", lower(&event.sentence)),
        value_type: "number",
        time_frames,
        data_source: "database",
        details: "instrumentation_class: CountRowsMetric\n".to_owned(),
    };
    let mut metrics = vec![rows("counts_all", "usage_activity_by_stage", "", &["all"])];
    if random.percent(70) {
        metrics.push(rows("counts_28d", "usage_activity_by_stage_monthly", "_monthly", &["28d"]));
    }
    if random.percent(40) {
        metrics.push(rows("counts_7d", "usage_activity_by_stage_weekly", "_weekly", &["7d"]));
    }
    metrics
}

/// What is turned on, and what an installation is.
fn setting(event: &Event, random: &mut Random) -> Metric {
    let (folder, place, data_source, value_type) = random.pick(&[
        ("settings", "settings", "system", "boolean"),
        ("settings", "settings", "prometheus", "number"),
        ("license", "license", "license", "string"),
    ]);
    Metric {
        folder,
        key_path: format!("{place}.may_{}", event.action),
        description: format!("What the installation allows before {}", lower(&event.sentence)),
        value_type,
        time_frames: &["none"],
        data_source,
        details: "instrumentation_class: SettingMetric\n".to_owned(),
    }
}

fn lower(sentence: &str) -> String {
    sentence[..1].to_lowercase() + &sentence[1..]
}

fn title(word: &str) -> String {
    word[..1].to_uppercase() + &word[1..]
}
