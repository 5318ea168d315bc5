//! Which branch of `anyOf` or `oneOf` was meant: the one that a definition comes nearest to.

use jsonschema::ValidationError;
use jsonschema::error::ValidationErrorKind;
use serde_json::Value;

use super::condition::Keyword;
use super::words::{Words, words};

/// What the nearest branch lacks, as one violation at the first place to mend.
pub(super) fn branch(
    context: &[Vec<ValidationError<'static>>],
    keyword: Option<&Keyword<'_>>,
) -> Option<Words> {
    let (index, errors) =
        context.iter().enumerate().min_by_key(|(index, errors)| (distance(errors), *index))?;
    let all: Vec<Words> = errors.iter().flat_map(within).collect();
    let mut messages: Vec<&str> = Vec::new();
    for words in &all {
        if !messages.contains(&words.message.as_str()) {
            messages.push(&words.message);
        }
    }
    /// More would be a list of everything that the definition is not.
    const SHOWN: usize = 3;
    let more = messages.len().saturating_sub(SHOWN);
    messages.truncate(SHOWN);
    let mut message = messages.join("; ");
    if more > 0 {
        message.push_str(&format!("; and {more} more"));
    }
    if context.len() > 1 {
        let title = keyword.and_then(|keyword| keyword.branch(index)).and_then(title);
        let title = title.map(|title| format!(", “{title}”")).unwrap_or_default();
        message.push_str(&format!(" (nearest of {} variants: number {}{title})", context.len(), index + 1));
    }
    let first = all.into_iter().next()?;
    Some(Words { message, ..first })
}

/// The errors of one branch; of a choice within it, those of its own nearest branch.
fn within(error: &ValidationError<'static>) -> Vec<Words> {
    match error.kind() {
        ValidationErrorKind::AnyOf { context } | ValidationErrorKind::OneOfNotValid { context } => {
            branch(context, None).into_iter().collect()
        }
        _ => words(error, None),
    }
}

/// How far a definition is from a branch: a wrong type is a branch that was not meant, a wrong constant likely one.
fn distance(errors: &[ValidationError<'static>]) -> (usize, usize, usize) {
    let count =
        |wanted: fn(&ValidationErrorKind) -> bool| errors.iter().filter(|error| wanted(error.kind())).count();
    let types = count(|kind| matches!(kind, ValidationErrorKind::Type { .. }));
    let constants = count(|kind| {
        matches!(
            kind,
            ValidationErrorKind::Constant { .. }
                | ValidationErrorKind::Enum { .. }
                | ValidationErrorKind::FalseSchema
        )
    });
    (types, constants, errors.len())
}

/// What a branch calls itself.
fn title(branch: &Value) -> Option<&str> {
    ["title", "description"].into_iter().find_map(|key| branch.get(key)?.as_str())
}
