//! Severities: presets, then the configuration per rule, then per path.

use std::collections::{BTreeMap, HashMap};

use globset::GlobSet;
use serde::{Deserialize, Serialize};

use super::config::CheckConfig;
use super::finding::Finding;
use super::rules::RULES;
use crate::error::Result;
use crate::source::glob_set;

/// How much a finding matters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Deserialize, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Not reported.
    Off,
    /// Worth knowing.
    Info,
    /// Worth mending.
    Warning,
    /// Wrong.
    Error,
}

impl Severity {
    /// `error`, `warning`, `info` or `off`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Off => "off",
            Self::Info => "info",
            Self::Warning => "warning",
            Self::Error => "error",
        }
    }
}

/// The generation of rules to start from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Preset {
    /// GitLab's rules of today.
    #[default]
    Gitlab,
    /// What files of GitLab 13 to 16 can fulfil.
    GitlabLegacy,
    /// What a dictionary needs to list definitions.
    Minimal,
}

impl Preset {
    /// Every preset.
    pub const ALL: [Self; 3] = [Self::Gitlab, Self::GitlabLegacy, Self::Minimal];

    /// As the configuration writes it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Gitlab => "gitlab",
            Self::GitlabLegacy => "gitlab-legacy",
            Self::Minimal => "minimal",
        }
    }
}

/// From which severity on the answer of `check` is no.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize, clap::ValueEnum)]
#[serde(rename_all = "lowercase")]
pub enum FailOn {
    /// Errors alone.
    #[default]
    Error,
    /// Warnings as well.
    Warning,
    /// Never.
    Never,
}

impl FailOn {
    /// Whether any of these findings makes `check` exit with 1.
    pub fn fails(self, findings: &[Finding]) -> bool {
        let least = match self {
            Self::Error => Severity::Error,
            Self::Warning => Severity::Warning,
            Self::Never => return false,
        };
        findings.iter().any(|finding| finding.severity >= least)
    }
}

/// A rule's severity in each preset.
#[derive(Debug, Clone, Copy)]
pub struct PresetLevels {
    /// In `gitlab`.
    pub gitlab: Severity,
    /// In `gitlab-legacy`.
    pub legacy: Severity,
    /// In `minimal`.
    pub minimal: Severity,
}

impl PresetLevels {
    /// The severity in a preset.
    pub fn of(self, preset: Preset) -> Severity {
        match preset {
            Preset::Gitlab => self.gitlab,
            Preset::GitlabLegacy => self.legacy,
            Preset::Minimal => self.minimal,
        }
    }
}

/// The configuration's severities, ready to be asked per finding.
pub(super) struct Levels {
    by_rule: HashMap<&'static str, Severity>,
    by_path: Vec<(GlobSet, BTreeMap<String, Severity>)>,
}

impl Levels {
    pub(super) fn new(config: &CheckConfig) -> Result<Self> {
        let by_rule = RULES.iter().map(|rule| (rule.id, config.severity_of(rule)));
        let by_path = config.overrides.iter().map(|entry| Ok((glob_set(&entry.paths)?, entry.rules.clone())));
        Ok(Self { by_rule: by_rule.collect(), by_path: by_path.collect::<Result<_>>()? })
    }

    /// Sets a finding's severity; false where it is turned off.
    pub(super) fn apply(&self, finding: &mut Finding, path: &str) -> bool {
        finding.severity = self.of(finding.rule.id, path);
        finding.severity != Severity::Off
    }

    /// Whether a rule is turned on for a path.
    pub(super) fn is_on(&self, id: &str, path: &str) -> bool {
        self.of(id, path) != Severity::Off
    }

    fn of(&self, id: &str, path: &str) -> Severity {
        let overriding = self
            .by_path
            .iter()
            .rev()
            .find_map(|(globs, rules)| rules.get(id).filter(|_| globs.is_match(path)).copied());
        overriding.or_else(|| self.by_rule.get(id).copied()).unwrap_or(Severity::Error)
    }
}
