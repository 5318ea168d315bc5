//! The schema for editors: `definition::fields` and the rules of the check that a schema can say, with the project's
//! own groups, categories and events.
//!
//! It is written in draft-07, the newest that yaml-language-server knows whole, with the keywords that it adds for
//! people (`markdownDescription`, `enumDescriptions`, `deprecationMessage`). It rejects what `check` reports as an
//! error under the configured preset and severities; what is only a warning there is left to `check`.

mod conditions;
mod property;

use std::collections::BTreeSet;

use serde_json::{Map, Value, json};

use crate::check::{self, CheckConfig, Severity};
use crate::definition::Definition;
use crate::definition::fields::{self, Field, Required};
use crate::source::Kind;
use crate::vocabulary::Vocabulary;

/// What a project knows, for its schema.
#[derive(Debug)]
pub struct Known<'k> {
    check: &'k CheckConfig,
    vocabulary: &'k Vocabulary,
    /// The actions of the events that are still sent.
    events: BTreeSet<&'k str>,
}

impl<'k> Known<'k> {
    /// Takes the settings of the check, the vocabulary, and the definitions for their events.
    pub fn new(
        check: &'k CheckConfig,
        vocabulary: &'k Vocabulary,
        definitions: &'k [Definition<'_>],
    ) -> Self {
        let live = definitions
            .iter()
            .filter(|definition| definition.kind() == Some(Kind::Event) && !definition.is_removed());
        Self { check, vocabulary, events: live.filter_map(|definition| definition.text("action")).collect() }
    }

    /// Whether `check` reports a rule's findings as errors.
    fn is_error(&self, rule: &str) -> bool {
        check::rule(rule).is_some_and(|rule| self.check.severity_of(rule) == Severity::Error)
    }

    /// As [`Known::is_error`], for a rule that metrics and events have in common.
    fn rejects(&self, kind: Kind, rule: &str) -> bool {
        self.is_error(&format!("{}/{rule}", kind.as_str()))
    }
}

/// The JSON Schema for one kind of definition; the same project gives the same schema.
pub fn editor_schema(kind: Kind, known: &Known<'_>) -> Value {
    let mut properties = Map::new();
    for field in fields::fields(kind) {
        properties.insert(field.name.to_owned(), property::of(field, kind, known));
    }
    for field in fields::legacy_fields(kind) {
        properties
            .insert(field.name.to_owned(), property::legacy(field, known.rejects(kind, "legacy-field")));
    }
    let mut conditions = conditions::of(kind, known);
    let mut required = Vec::new();
    for field in fields::fields(kind).iter().filter(|field| is_required(field, kind, known)) {
        // Under its older name the field is there as well.
        match fields::replaced_by(kind, field.name).filter(|_| !known.rejects(kind, "legacy-field")) {
            Some(legacy) => conditions
                .push(json!({ "anyOf": [{ "required": [field.name] }, { "required": [legacy.name] }] })),
            None => required.push(field.name),
        }
    }
    let (title, name) = match kind {
        Kind::Metric => ("Metric definition", "metric"),
        Kind::Event => ("Event definition", "event"),
    };
    let mut schema = json!({
        "$schema": "http://json-schema.org/draft-07/schema#",
        "title": title,
        "description": format!("What a {name} of this project may say. Made by `metrics-dictionary schema {name}`."),
        "type": "object",
        "properties": properties,
    });
    // An empty list is no schema.
    if !required.is_empty() {
        schema["required"] = required.into();
    }
    if !conditions.is_empty() {
        schema["allOf"] = conditions.into();
    }
    if known.rejects(kind, "unknown-field") {
        schema["additionalProperties"] = Value::Bool(false);
    }
    schema
}

fn is_required(field: &Field, kind: Kind, known: &Known<'_>) -> bool {
    known.rejects(kind, "missing-field")
        && match field.required {
            Required::Always => true,
            Required::Gitlab13 => known.check.preset != check::Preset::Minimal,
            Required::Today => known.check.preset == check::Preset::Gitlab,
            Required::No => false,
        }
}
