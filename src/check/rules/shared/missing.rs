//! Findings about fields that another field asks for.

use crate::check::{Finding, Rule};
use crate::definition::Definition;

/// A field is missing; `why` names the field that asks for it.
pub(in crate::check::rules) fn missing(
    rule: &'static Rule,
    definition: &Definition<'_>,
    field: &str,
    why: &str,
) -> Finding {
    let message = format!("required field `{field}` is missing: {why}");
    Finding::new(rule, definition.file, definition.start(), message).at(format!("/{field}"))
}
