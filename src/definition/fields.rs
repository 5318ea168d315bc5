//! What each field may hold: GitLab's schemas as tables.
//!
//! Source: `config/metrics/schema/base.json` and `config/events/schema.json` of GitLab, with the fields and
//! values that definitions of GitLab 13 to 16 still carry.

use crate::source::Kind;
use crate::words::joined;
use crate::yaml::{Data, Node, Resolved};

/// One field of a definition.
#[derive(Debug)]
pub struct Field {
    /// The key.
    pub name: &'static str,
    /// Whether it must be there.
    pub required: Required,
    /// The types it may have; any type where empty.
    pub types: &'static [Type],
    /// What a value, or each item of a list, must look like.
    pub values: Values,
    /// The form of [`Values::Form`] as a regular expression, for schemas.
    pub pattern: Option<&'static str>,
    /// Whether the items of a list must differ.
    pub distinct: bool,
    /// What the field says, for people.
    pub help: &'static str,
}

/// From when on a field must be there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Required {
    /// In every preset.
    Always,
    /// Since GitLab 13.
    Gitlab13,
    /// In GitLab's rules of today, which older files need not follow.
    Today,
    /// Never.
    No,
}

/// The type of a field's value.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Type {
    /// Text. A number or boolean in its place wants quotes.
    String,
    /// `true` or `false`.
    Boolean,
    /// A list of strings.
    Strings,
    /// A list of anything.
    List,
    /// Keys and values.
    Mapping,
    /// `null`, or nothing after the colon.
    Null,
}

/// What a string must look like.
#[derive(Debug, Clone, Copy)]
pub enum Values {
    /// Anything.
    Any,
    /// One of these; the second list holds what older files say, each with today's word.
    OneOf(&'static [&'static str], &'static [(&'static str, &'static str)]),
    /// Checked against the vocabulary or else `OneOf` these.
    DataCategory,
    /// A form, with a description and an example.
    Form(fn(&str) -> bool, &'static str),
}

/// A field of older files that today's schemas reject.
#[derive(Debug)]
pub struct LegacyField {
    /// The key.
    pub name: &'static str,
    /// The field that says the same today.
    pub replaced_by: Option<&'static str>,
    /// What to do about it.
    pub help: &'static str,
}

/// The data categories of GitLab, for definitions without a vocabulary of their own.
pub const DATA_CATEGORIES: &[&str] = &["operational", "optional", "subscription", "standard"];

/// The rules' values for `time_frame` as a string; the array form has no `none`.
pub const TIME_FRAMES: &[&str] = &["7d", "28d", "all", "none"];

/// What `unique` of a metric's events may be.
pub const UNIQUE: &[&str] = &["user.id", "project.id", "namespace.id", "label", "property", "value"];

/// What `operator` of a metric's events may be.
pub const OPERATORS: &[&str] = &["sum(value)"];

/// The active metrics that need no product category; GitLab's `config/metrics/schema/product_categories.json` names them.
pub const EXEMPT_PRODUCT_CATEGORY: &[&str] = &[
    "redis_hll_counters.count_distinct_namespace_id_from_enforce_pipeline_execution_policy_in_project_monthly",
    "redis_hll_counters.count_distinct_namespace_id_from_enforce_pipeline_execution_policy_in_project_weekly",
    "usage_activity_by_stage_monthly.manage.groups",
    "usage_activity_by_stage_monthly.manage.users_created",
    "counts.groups",
    "usage_activity_by_stage.manage.groups",
    "usage_activity_by_stage.manage.users_created",
    "topology",
];

/// The metrics over `redis_hll` that GitLab exempts by name.
pub const EXEMPT_REDIS_HLL: &[&str] = &[
    "usage_activity_by_stage_monthly.create.merge_requests_users",
    "usage_activity_by_stage_monthly.create.action_monthly_active_users_web_ide_edit",
    "usage_activity_by_stage_monthly.create.action_monthly_active_users_sfe_edit",
    "usage_activity_by_stage_monthly.create.action_monthly_active_users_snippet_editor_edit",
    "usage_activity_by_stage_monthly.create.action_monthly_active_users_sse_edit",
    "counts_monthly.aggregated_metrics.product_analytics_test_metrics_union",
    "counts_weekly.aggregated_metrics.product_analytics_test_metrics_union",
    "counts_monthly.aggregated_metrics.product_analytics_test_metrics_intersection",
    "counts_weekly.aggregated_metrics.product_analytics_test_metrics_intersection",
];

const TIERS: &[&str] = &["free", "premium", "ultimate"];

const fn field(name: &'static str, required: Required, types: &'static [Type], help: &'static str) -> Field {
    Field { name, required, types, values: Values::Any, pattern: None, distinct: false, help }
}

impl Field {
    const fn one_of(mut self, values: &'static [&'static str]) -> Self {
        self.values = Values::OneOf(values, &[]);
        self
    }

    const fn one_of_or_legacy(
        mut self,
        values: &'static [&'static str],
        legacy: &'static [(&'static str, &'static str)],
    ) -> Self {
        self.values = Values::OneOf(values, legacy);
        self
    }

    const fn of(mut self, values: Values) -> Self {
        self.values = values;
        self
    }

    const fn pattern(mut self, pattern: &'static str) -> Self {
        self.pattern = Some(pattern);
        self
    }

    const fn distinct(mut self) -> Self {
        self.distinct = true;
        self
    }

    /// What to write, for messages: the meaning and the values to choose from.
    pub fn describe(&self) -> String {
        match self.values {
            Values::OneOf(values, _) => format!("{} ({})", self.help, quoted(values)),
            Values::DataCategory => format!("{} ({})", self.help, quoted(DATA_CATEGORIES)),
            Values::Form(_, form) => format!("{}, {form}", self.help),
            Values::Any => self.help.to_owned(),
        }
    }
}

/// `` `a`, `b` or `c` ``
pub fn quoted<'a>(values: impl IntoIterator<Item = &'a (impl AsRef<str> + ?Sized + 'a)>) -> String {
    joined(values.into_iter().map(|value| format!("`{}`", value.as_ref())).collect(), "or")
}

const STRING: &[Type] = &[Type::String];
const STRING_OR_NULL: &[Type] = &[Type::String, Type::Null];
const STRINGS: &[Type] = &[Type::Strings];
const STRINGS_OR_NULL: &[Type] = &[Type::Strings, Type::Null];
const MILESTONE: Values =
    Values::Form(is_milestone, "`\"<major>.<minor>\"`, as in `\"16.10\"` or `\"<13.9\"`");

const MILESTONE_PATTERN: &str = r"^<?[0-9]+\.[0-9]+$";
const ACTION_PATTERN: &str = "^[a-z0-9_]+$";
const CLASS_NAME_PATTERN: &str = "^(([A-Z][a-z]+)+::)*(([A-Z]+[a-z]+)+)$";

/// The fields of a metric.
pub static METRIC: &[Field] = &[
    field("key_path", Required::Always, STRING, "the metric's place in the payload, e.g. `counts.issues`"),
    field("description", Required::Always, STRING, "what is measured, in a sentence"),
    field("product_group", Required::Gitlab13, STRING, "the group that owns the metric, e.g. `code_review`"),
    field("product_categories", Required::No, STRINGS, "the feature categories it belongs to"),
    field("value_type", Required::Gitlab13, STRING, "the type of the value")
        .one_of(&["string", "number", "boolean", "object"]),
    field("status", Required::Gitlab13, STRING, "whether installations send it").one_of_or_legacy(
        &["active", "removed", "broken"],
        &[
            ("data_available", "active"),
            ("implemented", "active"),
            ("not_used", "removed"),
            ("deprecated", "removed"),
        ],
    ),
    field("milestone", Required::Today, STRING, "the release that introduced it")
        .of(MILESTONE)
        .pattern(MILESTONE_PATTERN),
    field("milestone_removed", Required::No, STRING, "the release that removed it")
        .of(MILESTONE)
        .pattern(MILESTONE_PATTERN),
    field("introduced_by_url", Required::Today, STRING, "the change that introduced it"),
    field("removed_by_url", Required::No, STRING_OR_NULL, "the change that removed it"),
    field("repair_issue_url", Required::No, STRING, "the issue about repairing it"),
    field("options", Required::No, &[Type::Mapping], "parameters of the instrumentation class"),
    field("data_source", Required::Gitlab13, STRING, "where the value comes from").one_of_or_legacy(
        &["database", "redis", "redis_hll", "prometheus", "system", "license", "internal_events"],
        &[("ruby", "system")],
    ),
    field("data_category", Required::Today, STRING, "who may turn it off").of(Values::DataCategory),
    field("instrumentation_class", Required::No, STRING, "the class that computes it")
        .of(Values::Form(
            is_class_name,
            "a class name in CamelCase, as in `CountIssuesMetric`, without digits",
        ))
        .pattern(CLASS_NAME_PATTERN),
    field("performance_indicator_type", Required::No, STRINGS, "the performance indicators it feeds").one_of(
        &[
            "gmau",
            "smau",
            "paid_gmau",
            "umau",
            "customer_health_score",
            "devops_report",
            "lighthouse",
            "leading_indicator",
        ],
    ),
    field("tiers", Required::Today, STRINGS, "the subscription tiers that send it").one_of(TIERS).distinct(),
    field("value_json_schema", Required::No, STRING, "the JSON Schema of an object value"),
    field("name", Required::No, STRING, "a name suggestion from GitLab 13"),
    field("events", Required::No, &[], "the events it counts"),
    field("time_frame", Required::Gitlab13, &[Type::String, Type::Strings], "the period it covers")
        .one_of(TIME_FRAMES)
        .distinct(),
];

/// The fields of an event.
pub static EVENT: &[Field] = &[
    field("description", Required::Always, STRING, "when the event happens, in a sentence"),
    field("category", Required::No, STRING, "the page or class that sends a legacy event"),
    field(
        "internal_events",
        Required::No,
        &[Type::Boolean],
        "`true` on internal events, absent on legacy ones",
    )
    .one_of(&["true"]),
    field("action", Required::Always, STRING, "the event's name, e.g. `create_issue`")
        .of(Values::Form(is_action, "lower-case letters, digits and underscores"))
        .pattern(ACTION_PATTERN),
    field(
        "extra_properties",
        Required::No,
        &[Type::Mapping, Type::Null],
        "further properties of a legacy event",
    ),
    field("identifiers", Required::No, STRINGS_OR_NULL, "what an occurrence belongs to").one_of(&[
        "project",
        "user",
        "namespace",
        "feature_enabled_by_namespace_ids",
    ]),
    field("additional_properties", Required::No, &[Type::Mapping], "the properties an occurrence carries"),
    field("iglu_schema_url", Required::No, STRING_OR_NULL, "the schema of the event in an Iglu registry"),
    field("product_group", Required::Gitlab13, STRING, "the group that owns the event, e.g. `code_review`"),
    field("product_categories", Required::No, STRINGS, "the feature categories it belongs to"),
    field("introduced_by_url", Required::Gitlab13, STRING_OR_NULL, "the change that introduced it"),
    field("milestone", Required::Gitlab13, STRING_OR_NULL, "the release that introduced it")
        .of(MILESTONE)
        .pattern(MILESTONE_PATTERN),
    field("status", Required::No, STRING, "whether installations send it").one_of(&["active", "removed"]),
    field("milestone_removed", Required::No, STRING, "the release that removed it")
        .of(MILESTONE)
        .pattern(MILESTONE_PATTERN),
    field("removed_by_url", Required::No, STRING, "the change that removed it"),
    field("classification", Required::No, STRING, "the event's class of data").one_of(&["duo"]),
    field("tiers", Required::Gitlab13, STRINGS, "the subscription tiers that send it").one_of(TIERS),
    field("extra_tracking_classes", Required::No, STRINGS, "further classes that send it"),
    field("contexts", Required::No, STRINGS, "the contexts sent along, since GitLab 18"),
];

static LEGACY_METRIC: &[LegacyField] = &[
    LegacyField {
        name: "tier",
        replaced_by: Some("tiers"),
        help: "rename it to `tiers`, with `free`, `premium` and `ultimate` alone",
    },
    LegacyField {
        name: "distribution",
        replaced_by: None,
        help: "delete it: `tiers` says which installations send the metric",
    },
    LegacyField {
        name: "product_section",
        replaced_by: None,
        help: "delete it: the section follows from `product_group`",
    },
    LegacyField {
        name: "product_stage",
        replaced_by: None,
        help: "delete it: the stage follows from `product_group`",
    },
    LegacyField {
        name: "product_category",
        replaced_by: Some("product_categories"),
        help: "rename it to `product_categories` and make it a list",
    },
    LegacyField { name: "extra", replaced_by: None, help: "delete it, or move its content to `options`" },
    LegacyField { name: "skip_validation", replaced_by: None, help: "delete it, and mend what it hides" },
    LegacyField {
        name: "removed_by",
        replaced_by: Some("removed_by_url"),
        help: "rename it to `removed_by_url`",
    },
];

static LEGACY_EVENT: &[LegacyField] = &[
    LegacyField {
        name: "label_description",
        replaced_by: None,
        help: "describe `label` under `additional_properties`",
    },
    LegacyField {
        name: "property_description",
        replaced_by: None,
        help: "describe `property` under `additional_properties`",
    },
    LegacyField {
        name: "value_description",
        replaced_by: None,
        help: "describe `value` under `additional_properties`",
    },
    LegacyField {
        name: "product_section",
        replaced_by: None,
        help: "delete it: the section follows from `product_group`",
    },
    LegacyField {
        name: "product_stage",
        replaced_by: None,
        help: "delete it: the stage follows from `product_group`",
    },
    LegacyField {
        name: "product_category",
        replaced_by: Some("product_categories"),
        help: "rename it to `product_categories` and make it a list",
    },
    LegacyField {
        name: "distributions",
        replaced_by: None,
        help: "delete it: `tiers` says which installations send the event",
    },
];

/// The legacy field that stands for a field of today.
pub fn replaced_by(kind: Kind, name: &str) -> Option<&'static LegacyField> {
    legacy_fields(kind).iter().find(|field| field.replaced_by == Some(name))
}

/// The legacy fields of a kind of definition.
pub fn legacy_fields(kind: Kind) -> &'static [LegacyField] {
    match kind {
        Kind::Metric => LEGACY_METRIC,
        Kind::Event => LEGACY_EVENT,
    }
}

/// The fields of a kind of definition.
pub fn fields(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Metric => METRIC,
        Kind::Event => EVENT,
    }
}

/// A field by its key.
pub fn find(kind: Kind, name: &str) -> Option<&'static Field> {
    fields(kind).iter().find(|field| field.name == name)
}

/// A legacy field by its key.
pub fn find_legacy(kind: Kind, name: &str) -> Option<&'static LegacyField> {
    legacy_fields(kind).iter().find(|field| field.name == name)
}

impl Type {
    /// Whether a value has this type.
    pub fn fits(self, node: &Node<'_>) -> bool {
        match (self, &node.data) {
            (Self::String, Data::Scalar(scalar)) => matches!(scalar.resolve(), Resolved::Text(_)),
            // What a tag makes of a value is not known.
            (Self::Boolean, Data::Scalar(scalar)) => {
                scalar.tagged || matches!(scalar.resolve(), Resolved::Bool(_))
            }
            (Self::Null, Data::Scalar(scalar)) => matches!(scalar.resolve(), Resolved::Null),
            (Self::Strings | Self::List, Data::Sequence(_)) | (Self::Mapping, Data::Mapping(_)) => true,
            _ => false,
        }
    }

    /// The type in words: "a string".
    pub fn name(self) -> &'static str {
        match self {
            Self::String => "a string",
            Self::Boolean => "a boolean",
            Self::Strings => "a list of strings",
            Self::List => "a list",
            Self::Mapping => "a mapping",
            Self::Null => "null",
        }
    }
}

/// [`MILESTONE_PATTERN`]
fn is_milestone(text: &str) -> bool {
    let digits = |part: &str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    let version = text.strip_prefix('<').unwrap_or(text);
    version.split_once('.').is_some_and(|(major, minor)| digits(major) && digits(minor))
}

/// [`ACTION_PATTERN`]
fn is_action(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_'))
}

/// [`CLASS_NAME_PATTERN`]
fn is_class_name(text: &str) -> bool {
    let letters = |part: &str| {
        part.starts_with(|first: char| first.is_ascii_uppercase())
            && part.ends_with(|last: char| last.is_ascii_lowercase())
            && part.bytes().all(|byte| byte.is_ascii_alphabetic())
    };
    let no_acronym =
        |part: &str| !part.as_bytes().windows(2).any(|pair| pair.iter().all(u8::is_ascii_uppercase));
    let (modules, class) =
        text.rsplit_once("::").map_or((None, text), |(modules, class)| (Some(modules), class));
    letters(class)
        && modules.is_none_or(|modules| modules.split("::").all(|part| letters(part) && no_acronym(part)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_follow_the_schemas_patterns() {
        for good in ["16.10", "<13.9", "0.1"] {
            assert!(is_milestone(good), "{good}");
        }
        for bad in ["13", "16.10.1", "", "<", "16.", ">13.9", "v1.2"] {
            assert!(!is_milestone(bad), "{bad}");
        }
        for good in ["CountIssuesMetric", "GitLabXMetric", "Foo::BarMetric", "RedisHLLMetric", "A::X"] {
            assert_eq!(is_class_name(good), !matches!(good, "A::X"), "{good}");
        }
        for bad in ["countIssues", "Metric2", "Foo_Bar", "FOO::BarMetric", "Metric::", "", "ABC"] {
            assert!(!is_class_name(bad), "{bad}");
        }
        let matches = |pattern: &str, text: &str| {
            let schema = serde_json::json!({ "pattern": pattern });
            jsonschema::is_valid(&schema, &text.into())
        };
        for text in [
            "16.10",
            "<13.9",
            "13",
            "16.10.1",
            "",
            "<",
            "16.",
            ">13.9",
            "create_issue",
            "Create",
            "CountIssuesMetric",
        ]
        .into_iter()
        .chain([
            "GitLabXMetric",
            "Foo::BarMetric",
            "A::X",
            "Metric2",
            "FOO::BarMetric",
            "Metric::",
            "ABC",
            "A::Bc",
        ]) {
            assert_eq!(matches(MILESTONE_PATTERN, text), is_milestone(text), "{text}");
            assert_eq!(matches(ACTION_PATTERN, text), is_action(text), "{text}");
            assert_eq!(matches(CLASS_NAME_PATTERN, text), is_class_name(text), "{text}");
        }
        assert!(is_action("create_issue") && !is_action("Create") && !is_action(""));
    }
}
