//! Types of values.

use super::shared::edit::{quote, reword};
use super::shared::field_values::{FieldValue, field_values};
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::{Required, Type};
use crate::source::Kind;
use crate::yaml::Resolved;

rule! {
    /// A field's value has the type that its readers expect.
    ///
    /// ## Why
    /// YAML reads `16.10` without quotes as the number 16.1, and `milestone:` with nothing behind it as null. What the
    /// author meant is lost before any reader sees it.
    ///
    /// ## Bad
    /// ```yaml
    /// milestone: 16.10
    /// tiers: free
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// milestone: "16.10"
    /// tiers: [free]
    /// ```
    RULE = metric and event "wrong-type", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(kind) = definition.kind() else { return };
    let wrong = field_values(definition).into_iter().filter(|value| !value.fits());
    findings.extend(wrong.map(|value| wrong_type(definition, kind, &value)));
}

fn wrong_type(definition: &Definition<'_>, kind: Kind, value: &FieldValue<'_, '_>) -> Finding {
    let (field, node) = (value.field, value.node);
    let wanted = value.types().iter().filter(|kind| **kind != Type::Null).map(|kind| kind.name());
    let wanted = wanted.collect::<Vec<_>>().join(" or ");
    let found = if node.is_null() { "nothing" } else { node.type_name() };
    let quotable =
        matches!(node.resolve(), Some(Resolved::Integer(_) | Resolved::Float(_) | Resolved::Bool(_)));
    // What a field may say that cannot be deleted.
    let choice = (value.index.is_none() && field.required != Required::No).then(|| field.describe());
    let help = match (value.types(), node.text()) {
        ([Type::String, ..], Some(text)) if quotable => format!("quote it: `\"{text}\"`"),
        ([Type::Strings, ..], Some(text)) => format!("make it a list: `[{text}]`"),
        ([Type::Boolean], Some("yes" | "on" | "True")) => "write `true`".to_owned(),
        _ => match choice {
            Some(choice) => format!("write {choice}"),
            None if node.is_null() => format!("write {wanted} after the colon, or delete the field"),
            None => format!("write {wanted}"),
        },
    };
    // Of a value that is left out, nothing but the key can be pointed at.
    let left_out = node.is_null() && node.span.start == node.span.end && value.index.is_none();
    let span = if left_out { value.key_span } else { node.span };
    let subject = match value.index {
        Some(_) => format!("an entry of `{}`", field.name),
        None => format!("`{}`", field.name),
    };
    let message = format!("{subject} must be {wanted}, not {found}");
    // Of the types that a plain scalar can take by mistake, text is the one that quotes bring back.
    let fix = match (value.types(), node.text()) {
        ([Type::String, ..], Some(text)) if quotable => quote(definition, span, text),
        ([Type::Boolean], Some(text @ ("yes" | "on" | "True"))) => reword(definition, span, text, "true"),
        _ => None,
    };
    Finding::new(RULE.of(kind), definition.file, span, message).at(value.pointer()).help(help).fix(fix)
}
