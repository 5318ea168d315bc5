//! The settings of the check: the `[check]` table of `dictionary.toml`.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::levels::{FailOn, Preset, Severity};
use super::rule::Rule;
use crate::schema::SchemaConfig;

/// The `[check]` table.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct CheckConfig {
    /// The starting severities.
    pub preset: Preset,
    /// From which severity on `check` answers with exit code 1.
    pub fail_on: FailOn,
    /// JSON Schemas of the project, checked as well.
    pub schema: SchemaConfig,
    /// Severities per rule id.
    pub rules: BTreeMap<String, Severity>,
    /// Severities per rule id for some paths; later entries win.
    #[serde(rename = "override")]
    pub overrides: Vec<Override>,
}

impl CheckConfig {
    /// A rule's severity where no `[[check.override]]` applies.
    pub fn severity_of(&self, rule: &Rule) -> Severity {
        self.rules.get(rule.id).copied().unwrap_or_else(|| rule.levels.of(self.preset))
    }
}

/// One `[[check.override]]`.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Override {
    /// Globs over paths below a source's root.
    pub paths: Vec<String>,
    /// Severities per rule id.
    pub rules: BTreeMap<String, Severity>,
}
