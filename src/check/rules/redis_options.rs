//! What a metric over Redis counters needs.

use super::shared::data_source::{Report, has_source};
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::Type;

rule! {
    /// A live metric with data source `redis` has `instrumentation_class: RedisMetric` and `options` with `event` and
    /// `prefix`.
    ///
    /// ## Why
    /// Event and prefix make the key under which the counter is kept. Nothing else says what is counted.
    ///
    /// ## Bad
    /// ```yaml
    /// data_source: redis
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// data_source: redis
    /// instrumentation_class: RedisMetric
    /// options:
    ///   event: create
    ///   prefix: wiki_pages
    /// ```
    ///
    /// Reference: GitLab's `config/metrics/schema/redis.json`.
    RULE = "metric/redis-options", Error Off Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if !has_source(definition, "redis") || definition.status() == "removed" {
        return;
    }
    let example = "write `instrumentation_class: RedisMetric` and `options` with `event` and `prefix`";
    let mut report = Report { definition, findings, rule: &RULE, source: "redis", example };
    report.class("RedisMetric");
    let Some(options) = report.options() else { return };
    report.options_keys(options, &["event", "prefix"], &["event", "prefix", "include_usage_prefix"]);
    for (key, kinds) in [
        ("event", &[Type::String] as &[Type]),
        ("prefix", &[Type::String, Type::Null]),
        ("include_usage_prefix", &[Type::Boolean]),
    ] {
        if let Some(value) = options.get(key).filter(|value| !kinds.iter().any(|kind| kind.fits(value))) {
            let message = format!("`{key}` must be {}, not {}", kinds[0].name(), value.type_name());
            report.add(value.span, &format!("/options/{key}"), message);
        }
    }
}
