//! What a definition breaks of a schema: from the validator's errors to one violation for each cause.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;

use super::condition::{Keyword, condition};
use super::nearest;
use super::project::ProjectSchema;
use super::words::{Words, words};
use crate::yaml::escape_pointer;

/// One thing that a definition breaks of a schema.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Violation {
    /// JSON Pointer to the value, or to where a missing one belongs.
    pub pointer: String,
    /// Whether the key is to blame, not the value.
    pub at_key: bool,
    /// What is wrong.
    pub message: String,
    /// What to write instead, and where the schema asks for it.
    pub help: Option<String>,
    /// Whether it depends on fields besides the one it is about, some of which may not have been read.
    pub needs_whole: bool,
    weight: Weight,
}

/// Which of several errors about one value is the cause of the others; lighter ones are.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Weight {
    /// The value is of a wrong type.
    Type,
    /// The value must not be there, must be there, or must be another one.
    Value,
    /// The value breaks a rule; it may break several.
    Rule,
    /// No branch fits.
    Branches,
}

/// The validator's errors in words, sorted, one for each cause.
pub(super) fn violations<'e>(
    errors: impl Iterator<Item = ValidationError<'e>>,
    schema: &ProjectSchema,
) -> Vec<Violation> {
    let mut found: Vec<Violation> = errors.flat_map(|error| of(&error, schema)).collect();
    found.sort_by(|a, b| (&a.pointer, a.weight, &a.message).cmp(&(&b.pointer, b.weight, &b.message)));
    let mut kept: Vec<Violation> = Vec::with_capacity(found.len());
    for violation in found {
        let repeats = kept.last().is_some_and(|earlier| {
            let of_one_value = earlier.pointer == violation.pointer && !violation.pointer.is_empty();
            let several_rules = earlier.weight == Weight::Rule && violation.weight == Weight::Rule;
            earlier.message == violation.message && earlier.pointer == violation.pointer
                || of_one_value && !several_rules
        });
        if !repeats {
            kept.push(violation);
        }
    }
    kept
}

/// One error as one violation for each place.
fn of(error: &ValidationError<'_>, schema: &ProjectSchema) -> Vec<Violation> {
    let keyword = Keyword::of(error, schema);
    let needs_whole = needs_whole(error);
    let asked = keyword.as_ref().and_then(condition);
    let violation = |words: Words, weight: Weight| {
        let message = match &asked {
            Some(condition) => format!("{}, as {condition}", words.message),
            None => words.message,
        };
        let place = keyword.as_ref().map(Keyword::place);
        let help = match (words.help, place) {
            (Some(help), Some(place)) if help.ends_with('?') => Some(format!("{help} {place}")),
            (Some(help), Some(place)) => Some(format!("{help}; {place}")),
            (help, place) => help.or(place),
        };
        Violation { pointer: words.pointer, at_key: words.at_key, message, help, needs_whole, weight }
    };
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            let nearest = nearest::branch(context, keyword.as_ref());
            nearest.into_iter().map(|words| violation(words, Weight::Branches)).collect()
        }
        ValidationErrorKind::OneOfMultipleValid { .. } => words(error, keyword.as_ref())
            .into_iter()
            .map(|words| violation(words, Weight::Branches))
            .collect(),
        kind => {
            let weight = match kind {
                ValidationErrorKind::Type { .. } => Weight::Type,
                ValidationErrorKind::Enum { .. }
                | ValidationErrorKind::Constant { .. }
                | ValidationErrorKind::AdditionalProperties { .. }
                | ValidationErrorKind::UnevaluatedProperties { .. }
                | ValidationErrorKind::Required { .. }
                | ValidationErrorKind::FalseSchema => Weight::Value,
                _ => Weight::Rule,
            };
            words(error, keyword.as_ref()).into_iter().map(|words| violation(words, weight)).collect()
        }
    }
}

/// Whether an error may come from a field that was not read: it is about the whole definition, or asked for under a
/// condition on the whole definition.
fn needs_whole(error: &ValidationError<'_>) -> bool {
    let about_all = error.instance_path().is_empty()
        && !matches!(error.kind(), ValidationErrorKind::AdditionalProperties { .. });
    let path = error.evaluation_path().as_str();
    let before_fields = path.split('/').skip(1).take_while(|step| {
        !matches!(*step, "properties" | "patternProperties" | "additionalProperties" | "propertyNames")
    });
    let conditions = ["then", "else", "not", "anyOf", "oneOf", "dependentSchemas", "dependencies"];
    about_all || before_fields.into_iter().any(|step| conditions.contains(&step))
}

/// A pointer with one more step.
pub(super) fn below(pointer: &str, step: &str) -> String {
    format!("{pointer}/{}", escape_pointer(step))
}
