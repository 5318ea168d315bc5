//! What a metric over Redis HyperLogLogs needs.

use super::shared::data_source::{Report, has_source};
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::{EXEMPT_REDIS_HLL, Type};

rule! {
    /// A metric with data source `redis_hll` has `instrumentation_class: RedisHLLMetric`, and its `options` hold a list
    /// of `events` and nothing else.
    ///
    /// ## Why
    /// The class and the events say what is counted.
    ///
    /// ## Bad
    /// ```yaml
    /// data_source: redis_hll
    /// options: {}
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// data_source: redis_hll
    /// instrumentation_class: RedisHLLMetric
    /// options:
    ///   events: [edit_wiki_page]
    /// ```
    ///
    /// Reference: GitLab's `config/metrics/schema/redis_hll.json`.
    RULE = "metric/redis-hll-options", Error Off Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if !has_source(definition, "redis_hll") {
        return;
    }
    let exempt = definition.text("key_path").is_some_and(|key_path| EXEMPT_REDIS_HLL.contains(&key_path));
    if exempt && definition.text("instrumentation_class") != Some("RedisHLLMetric") {
        return;
    }
    let example = "write `instrumentation_class: RedisHLLMetric` and `options` with a list of `events`";
    let mut report = Report { definition, findings, rule: &RULE, source: "redis_hll", example };
    report.class("RedisHLLMetric");
    if definition.get("options").is_none() {
        return; // GitLab's schema lets it pass, and so do its readers.
    }
    let Some(options) = report.options() else { return };
    report.options_keys(options, &["events"], &["events"]);
    if let Some(events) = options.get("events") {
        let strings = Type::List.fits(events) && events.items().iter().all(|item| Type::String.fits(item));
        if !strings {
            report.add(events.span, "/options/events", "`events` must be a list of strings".to_owned());
        }
    }
}
