//! Definitions with what is wrong with them: all that a report needs, before anything is linked.

use rayon::prelude::*;
use serde::Serialize;

use crate::check::{Finding, Hidden, Severity};
use crate::definition::Definition;
use crate::source::Kind;

/// Definitions with what is wrong with them.
#[derive(Debug, Clone, Copy)]
pub struct Checked<'d> {
    /// All definitions, those without a readable name included.
    pub definitions: &'d [Definition<'d>],
    /// All findings, sorted by place.
    pub findings: &'d [Finding],
    /// How many findings are not among them.
    pub hidden: Hidden,
}

/// The numbers of a dictionary, as in `check --format json`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Summary {
    /// Paths that a definition was looked for in.
    pub files: usize,
    /// Metrics, after expansion.
    pub metrics: usize,
    /// Events.
    pub events: usize,
    /// Findings of severity error.
    pub errors: usize,
    /// Findings of severity warning.
    pub warnings: usize,
    /// Findings of severity info.
    pub infos: usize,
    /// Findings that a comment in the file suppresses.
    pub suppressed: usize,
    /// Findings that a baseline holds; absent without one.
    #[serde(skip_serializing_if = "is_zero")]
    pub in_baseline: usize,
}

/// Serde wants a reference.
fn is_zero(number: &usize) -> bool {
    *number == 0
}

impl Checked<'_> {
    /// The numbers.
    pub fn summary(&self) -> Summary {
        let names = |kind| {
            let of_kind = self.definitions.par_iter().filter(|definition| definition.kind() == Some(kind));
            of_kind.map(|definition| definition.names().len()).sum()
        };
        self.summary_of(names(Kind::Metric), names(Kind::Event))
    }

    /// The numbers, where names are counted already.
    pub(super) fn summary_of(&self, metrics: usize, events: usize) -> Summary {
        let count = |severity| self.findings.iter().filter(|finding| finding.severity == severity).count();
        Summary {
            files: self.definitions.iter().filter(|definition| definition.kind().is_some()).count(),
            metrics,
            events,
            errors: count(Severity::Error),
            warnings: count(Severity::Warning),
            infos: count(Severity::Info),
            suppressed: self.hidden.suppressed,
            in_baseline: self.hidden.in_baseline,
        }
    }
}
