//! Single validation errors in words.

use jsonschema::ValidationError;
use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::types::JsonType;
use serde_json::Value;

use super::condition::Keyword;
use super::violation::below;
use crate::suggest;
use crate::words::{count, joined};
use crate::yaml::unescape_pointer;

/// An error in words, and the place it is about.
pub(super) struct Words {
    pub(super) pointer: String,
    pub(super) at_key: bool,
    pub(super) message: String,
    pub(super) help: Option<String>,
}

/// More values than these are no help.
const MOST_VALUES: usize = 12;

/// An error in words: one for each place it is about.
pub(super) fn words(error: &ValidationError<'_>, keyword: Option<&Keyword<'_>>) -> Vec<Words> {
    let pointer = error.instance_path().as_str();
    let at_key = |pointer: String, message: String, help: Option<String>| Words {
        pointer,
        at_key: true,
        message,
        help,
    };
    let around = keyword.and_then(Keyword::around);
    match error.kind() {
        ValidationErrorKind::AdditionalProperties { unexpected }
        | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            let known = around.and_then(|around| around.get("properties")).and_then(Value::as_object);
            let known: Vec<&str> = known.into_iter().flatten().map(|(name, _)| name.as_str()).collect();
            let unknown = unexpected.iter().map(|name| {
                let near = suggest::nearest(name, known.iter().copied());
                let help = near.map(|near| format!("did you mean `{near}`?"));
                at_key(
                    below(pointer, name),
                    format!("the schema has no field `{name}`{}", inside(pointer)),
                    help,
                )
            });
            unknown.collect()
        }
        ValidationErrorKind::Required { property } => {
            let name = property.as_str().unwrap_or_default();
            let message = format!("required field `{name}` is missing{}", inside(pointer));
            vec![at_key(below(pointer, name), message, None)]
        }
        ValidationErrorKind::FalseSchema => {
            // `additionalProperties: false` without any `properties` comes as this.
            let closed = error.schema_path().as_str().ends_with("/additionalProperties");
            let message = if closed { "may have no fields" } else { "must not be there" };
            vec![at_key(pointer.to_owned(), format!("{} {message}", subject(pointer)), None)]
        }
        ValidationErrorKind::PropertyNames { error } => {
            let name = error.instance().as_str().unwrap_or_default().to_owned();
            let message = format!("`{name}` cannot be the name of a field{}", inside(pointer));
            vec![at_key(below(pointer, &name), message, None)]
        }
        kind => {
            let (message, help) = about_value(error, kind);
            vec![Words { pointer: pointer.to_owned(), at_key: false, message, help }]
        }
    }
}

/// What is wrong with a value that is there.
fn about_value(error: &ValidationError<'_>, kind: &ValidationErrorKind) -> (String, Option<String>) {
    let value = error.instance();
    let subject = subject(error.instance_path().as_str());
    let at_least = |limit: u64, noun: &str| format!("{subject} must have at least {}", count_of(limit, noun));
    let at_most = |limit: u64, noun: &str| format!("{subject} may have {} at most", count_of(limit, noun));
    let message = match kind {
        ValidationErrorKind::Type { kind } => {
            let help = match (wants(kind, JsonType::String), &**value) {
                (true, Value::Number(_) | Value::Bool(_)) => Some("put it in quotes".to_owned()),
                _ => None,
            };
            let found = if value.is_null() { "nothing" } else { type_name(JsonType::from(&**value)) };
            return (format!("{subject} must be {}, not {found}", types(kind)), help);
        }
        ValidationErrorKind::Enum { options } => {
            let values = options.as_array().map(Vec::as_slice).unwrap_or_default();
            return (format!("{} is no value of {subject}", shown(value)), choice(value, values));
        }
        ValidationErrorKind::Constant { expected_value } => {
            format!("{subject} must be {}, not {}", shown(expected_value), shown(value))
        }
        ValidationErrorKind::Pattern { pattern } => {
            format!("{} does not match the pattern `{pattern}` of {subject}", shown(value))
        }
        ValidationErrorKind::Format { format } if format == "known_product_category" => {
            format!("no product category is called {}", shown(value))
        }
        ValidationErrorKind::Format { format } => format!("{} in {subject} is no `{format}`", shown(value)),
        ValidationErrorKind::MinItems { limit } => at_least(*limit, "entry"),
        ValidationErrorKind::MaxItems { limit } => at_most(*limit, "entry"),
        ValidationErrorKind::MinLength { limit } => at_least(*limit, "character"),
        ValidationErrorKind::MaxLength { limit } => at_most(*limit, "character"),
        ValidationErrorKind::MinProperties { limit } => at_least(*limit, "field"),
        ValidationErrorKind::MaxProperties { limit } => at_most(*limit, "field"),
        ValidationErrorKind::Minimum { limit } => format!("{subject} must be {limit} or more"),
        ValidationErrorKind::Maximum { limit } => format!("{subject} must be {limit} or less"),
        ValidationErrorKind::ExclusiveMinimum { limit } => format!("{subject} must be more than {limit}"),
        ValidationErrorKind::ExclusiveMaximum { limit } => format!("{subject} must be less than {limit}"),
        ValidationErrorKind::UniqueItems => format!("the entries of {subject} must differ"),
        ValidationErrorKind::Contains => format!("no entry of {subject} is as the schema wants one"),
        ValidationErrorKind::Not { .. } => format!("{subject} is what the schema rules out"),
        ValidationErrorKind::OneOfMultipleValid { context } => {
            let fitting = context.iter().enumerate().filter(|(_, errors)| errors.is_empty());
            let fitting: Vec<String> = fitting.map(|(index, _)| (index + 1).to_string()).collect();
            match fitting.len() {
                0 | 1 => format!("{subject} fits more than one variant, and may fit only one"),
                _ => format!("{subject} fits the variants {}, and may fit only one", joined(fitting, "and")),
            }
        }
        other => format!("{subject} breaks `{}`", other.keyword()),
    };
    (message, None)
}

/// What to write instead of a value that is none of these.
fn choice(value: &Value, values: &[Value]) -> Option<String> {
    let written = value.as_str().unwrap_or_default();
    if let Some(near) = suggest::nearest(written, values.iter().filter_map(Value::as_str)) {
        return Some(format!("did you mean `{near}`?"));
    }
    let few = !values.is_empty() && values.len() <= MOST_VALUES;
    few.then(|| format!("write {}", joined(values.iter().map(shown).collect(), "or")))
}

/// A value as messages quote it; lists and mappings only by what they are.
pub(super) fn shown(value: &Value) -> String {
    match value {
        Value::String(text) => format!("`{text}`"),
        Value::Array(_) | Value::Object(_) => type_name(JsonType::from(value)).to_owned(),
        other => format!("`{other}`"),
    }
}

/// What a pointer leads to: "`status`", "an entry of `tiers`".
fn subject(pointer: &str) -> String {
    match steps(pointer).as_slice() {
        [] => "the definition".to_owned(),
        [.., list, last] if last.bytes().all(|byte| byte.is_ascii_digit()) => format!("an entry of `{list}`"),
        [.., last] => format!("`{last}`"),
    }
}

/// " in `options`", or nothing for the definition itself.
fn inside(pointer: &str) -> String {
    if pointer.is_empty() { String::new() } else { format!(" in {}", subject(pointer)) }
}

fn steps(pointer: &str) -> Vec<String> {
    pointer.split('/').skip(1).map(unescape_pointer).collect()
}

fn wants(kind: &TypeKind, wanted: JsonType) -> bool {
    match kind {
        TypeKind::Single(one) => *one == wanted,
        TypeKind::Multiple(set) => set.contains(wanted),
    }
}

fn types(kind: &TypeKind) -> String {
    match kind {
        TypeKind::Single(one) => type_name(*one).to_owned(),
        TypeKind::Multiple(set) => joined(set.iter().map(|one| type_name(one).to_owned()).collect(), "or"),
    }
}

fn type_name(kind: JsonType) -> &'static str {
    match kind {
        JsonType::Array => "a list",
        JsonType::Boolean => "a boolean",
        JsonType::Integer => "a whole number",
        JsonType::Null => "null",
        JsonType::Number => "a number",
        JsonType::Object => "a mapping",
        JsonType::String => "a string",
    }
}

fn count_of(limit: u64, noun: &str) -> String {
    let limit = usize::try_from(limit).unwrap_or(usize::MAX);
    if noun == "entry" && limit != 1 { format!("{limit} entries") } else { count(limit, noun) }
}
