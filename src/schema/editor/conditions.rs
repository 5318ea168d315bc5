//! What one field asks of others, as far as a schema can say it.

use serde_json::{Value, json};

use super::Known;
use super::property::any_case;
use crate::definition::fields::{EXEMPT_PRODUCT_CATEGORY, EXEMPT_REDIS_HLL, OPERATORS, UNIQUE};
use crate::source::Kind;

/// The rule that a condition stands for, and the condition.
type Rule = (&'static str, fn(&Known<'_>) -> Value);

/// The conditions of a kind, those alone whose rule is an error.
pub(super) fn of(kind: Kind, known: &Known<'_>) -> Vec<Value> {
    let rules: &[Rule] = match kind {
        Kind::Metric => &[
            ("metric/incomplete-removal", |_| incomplete_removal()),
            ("metric/missing-repair-issue", |_| missing_repair_issue()),
            ("metric/internal-events", |_| internal_events()),
            ("metric/unknown-event", unknown_event),
            ("metric/missing-product-category", |_| missing_product_category()),
            ("metric/missing-value-schema", |_| missing_value_schema()),
            ("metric/redis-options", |_| redis()),
            ("metric/redis-hll-options", |_| redis_hll()),
        ],
        Kind::Event => &[
            ("event/incomplete-removal", |_| incomplete_removal()),
            ("event/removal-without-status", |_| removal_without_status()),
            ("event/category-on-internal-event", |_| category_on_internal_event()),
        ],
    };
    rules.iter().filter(|(rule, _)| known.is_error(rule)).map(|(_, condition)| condition(known)).collect()
}

/// If a field has a value, something else must hold.
fn when(field: &str, value: Value, then: Value) -> Value {
    json!({ "if": { "properties": { field: { "const": value } }, "required": [field] }, "then": then })
}

fn incomplete_removal() -> Value {
    when("status", json!("removed"), json!({ "required": ["milestone_removed", "removed_by_url"] }))
}

fn missing_repair_issue() -> Value {
    when("status", json!("broken"), json!({ "required": ["repair_issue_url"] }))
}

/// What stands under the older name of the field is reported there.
fn missing_product_category() -> Value {
    let mut condition = when(
        "status",
        json!("active"),
        json!({ "required": ["product_categories"], "properties": { "product_categories": { "minItems": 1 } } }),
    );
    condition["if"]["not"] = json!({ "anyOf": [
        { "properties": { "key_path": { "enum": EXEMPT_PRODUCT_CATEGORY } }, "required": ["key_path"] },
        { "required": ["product_category"] }
    ] });
    condition
}

fn missing_value_schema() -> Value {
    let mut condition = when("value_type", json!("object"), json!({ "required": ["value_json_schema"] }));
    condition["if"]["not"] =
        json!({ "properties": { "status": { "const": "removed" } }, "required": ["status"] });
    condition
}

fn removal_without_status() -> Value {
    let empty = json!({ "type": "null" });
    when(
        "status",
        json!("active"),
        json!({ "properties": { "milestone_removed": empty, "removed_by_url": empty } }),
    )
}

fn category_on_internal_event() -> Value {
    when("internal_events", json!(true), json!({ "properties": { "category": { "not": {} } } }))
}

fn internal_events() -> Value {
    let scalar = json!({ "type": ["string", "number"] });
    when(
        "data_source",
        json!("internal_events"),
        json!({
            "required": ["events"],
            "properties": {
                "instrumentation_class": { "not": {} },
                "events": { "type": "array", "items": {
                    "type": "object",
                    "required": ["name"],
                    "additionalProperties": false,
                    "properties": {
                        "name": { "type": "string" },
                        "unique": { "enum": UNIQUE },
                        "operator": { "enum": OPERATORS },
                        "filter": {
                            "type": "object",
                            "properties": {
                                "label": { "type": "string" },
                                "property": { "type": "string" },
                                "value": { "type": "number" }
                            },
                            "additionalProperties": scalar
                        }
                    }
                } }
            }
        }),
    )
}

/// Metrics that are sent count events that are sent.
fn unknown_event(known: &Known<'_>) -> Value {
    let removed = format!("^{}$", any_case("removed"));
    let mut condition = when(
        "data_source",
        json!("internal_events"),
        json!({ "properties": { "events": { "items": { "properties": { "name": { "enum": known.events } } } } } }),
    );
    condition["if"]["not"] = json!({ "properties": { "status": { "type": "string", "pattern": removed } }, "required": ["status"] });
    condition
}

fn redis() -> Value {
    let mut condition = when(
        "data_source",
        json!("redis"),
        json!({
            "required": ["instrumentation_class", "options"],
            "properties": {
                "instrumentation_class": { "const": "RedisMetric" },
                "options": {
                    "required": ["event", "prefix"],
                    "additionalProperties": false,
                    "properties": {
                        "event": { "type": "string" },
                        "prefix": { "type": ["string", "null"] },
                        "include_usage_prefix": { "type": "boolean" }
                    }
                }
            }
        }),
    );
    condition["if"]["not"] =
        json!({ "properties": { "status": { "const": "removed" } }, "required": ["status"] });
    condition
}

fn redis_hll() -> Value {
    let mut condition = when(
        "data_source",
        json!("redis_hll"),
        json!({
            "required": ["instrumentation_class"],
            "properties": {
                "instrumentation_class": { "const": "RedisHLLMetric" },
                "options": {
                    "required": ["events"],
                    "additionalProperties": false,
                    "properties": { "events": { "type": "array", "items": { "type": "string" } } }
                }
            }
        }),
    );
    condition["if"]["not"] = json!({
        "properties": {
            "key_path": { "enum": EXEMPT_REDIS_HLL },
            "instrumentation_class": { "not": { "const": "RedisHLLMetric" } }
        },
        "required": ["key_path"]
    });
    condition
}
