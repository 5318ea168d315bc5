//! What a rule is: an id, an explanation, a severity per preset.

use super::levels::PresetLevels;
use crate::source::Kind;

/// One rule. Its explanation is the doc comment in its file, as Markdown.
#[derive(Debug)]
pub struct Rule {
    /// `metric/missing-field`.
    pub id: &'static str,
    /// What the rule wants, why, a bad and a good example.
    pub explanation: &'static str,
    /// Its severity in each preset.
    pub levels: PresetLevels,
}

impl Rule {
    /// Whether the rule is about the file and its YAML, not about what the definition says.
    pub fn is_about_reading(&self) -> bool {
        self.id.starts_with("file/") || self.id.starts_with("yaml/")
    }

    /// The explanation as Markdown: a doc comment's lines start with the space behind `///`.
    pub fn markdown(&self) -> String {
        self.explanation.lines().map(|line| format!("{}\n", line.strip_prefix(' ').unwrap_or(line))).collect()
    }

    /// The first sentence of the explanation, on one line.
    pub fn summary(&self) -> String {
        let paragraph = self.explanation.trim().split("\n\n").next().unwrap_or_default();
        paragraph.split_whitespace().collect::<Vec<_>>().join(" ")
    }
}

/// A rule that holds for metrics and events alike, under an id for each.
#[derive(Debug)]
pub(super) struct RulePair {
    pub(super) metric: Rule,
    pub(super) event: Rule,
}

impl RulePair {
    pub(super) fn of(&'static self, kind: Kind) -> &'static Rule {
        match kind {
            Kind::Metric => &self.metric,
            Kind::Event => &self.event,
        }
    }
}

/// Defines a [`Rule`] or a [`RulePair`] whose doc comment is its explanation.
macro_rules! rule {
    ($(#[doc = $line:literal])* $name:ident = $id:literal, $gitlab:ident $legacy:ident $minimal:ident) => {
        $(#[doc = $line])*
        pub(in crate::check) static $name: crate::check::rule::Rule = crate::check::rule::Rule {
            id: $id,
            explanation: concat!($($line, "\n"),*),
            levels: rule!(@levels $gitlab $legacy $minimal),
        };
    };
    ($(#[doc = $line:literal])* $name:ident = metric and event $id:literal, $gitlab:ident $legacy:ident $minimal:ident) => {
        $(#[doc = $line])*
        pub(in crate::check) static $name: crate::check::rule::RulePair = crate::check::rule::RulePair {
            metric: crate::check::rule::Rule {
                id: concat!("metric/", $id),
                explanation: concat!($($line, "\n"),*),
                levels: rule!(@levels $gitlab $legacy $minimal),
            },
            event: crate::check::rule::Rule {
                id: concat!("event/", $id),
                explanation: concat!($($line, "\n"),*),
                levels: rule!(@levels $gitlab $legacy $minimal),
            },
        };
    };
    (@levels $gitlab:ident $legacy:ident $minimal:ident) => {
        crate::check::levels::PresetLevels {
            gitlab: crate::check::Severity::$gitlab,
            legacy: crate::check::Severity::$legacy,
            minimal: crate::check::Severity::$minimal,
        }
    };
}
pub(super) use rule;
