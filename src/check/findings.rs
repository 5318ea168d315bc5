//! All that a check found: what it reports, and what comments or a baseline keep out of the report.

use std::ops::Deref;

use super::finding::Finding;
use crate::definition::Definition;

/// The findings of a run. Reads as the list of those that are reported.
#[derive(Debug, Default)]
pub struct Findings {
    reported: Vec<Finding>,
    suppressed: Vec<Finding>,
    in_baseline: Vec<Finding>,
}

/// How many findings are kept out of the report.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Hidden {
    /// By a comment in the file.
    pub suppressed: usize,
    /// By the baseline.
    pub in_baseline: usize,
}

impl Findings {
    /// Findings to report, and those that comments suppress.
    pub(super) fn new(reported: Vec<Finding>, suppressed: Vec<Finding>) -> Self {
        Self { reported, suppressed, in_baseline: Vec::new() }
    }

    /// What comments suppress, sorted by place.
    pub fn suppressed(&self) -> &[Finding] {
        &self.suppressed
    }

    /// How many are not reported.
    pub fn hidden(&self) -> Hidden {
        Hidden { suppressed: self.suppressed.len(), in_baseline: self.in_baseline.len() }
    }

    /// Forgets all findings but those of which `keep` holds, hidden ones included.
    pub fn retain(&mut self, keep: impl Fn(&Finding) -> bool) {
        for list in [&mut self.reported, &mut self.suppressed, &mut self.in_baseline] {
            list.retain(&keep);
        }
    }

    /// Moves the reported findings of which `known` holds into the baseline; asks in the order of their places.
    pub(super) fn put_into_baseline(&mut self, known: impl FnMut(&mut Finding) -> bool) {
        self.in_baseline.extend(self.reported.extract_if(.., known));
    }

    /// Sorts by path, place, rule and message.
    pub(super) fn sort(&mut self, definitions: &[Definition<'_>]) {
        let place =
            |finding: &Finding| (&definitions[finding.file].source.display_path, finding.file, finding.span);
        for list in [&mut self.reported, &mut self.suppressed] {
            list.sort_by(|a, b| {
                place(a).cmp(&place(b)).then_with(|| (a.rule.id, &a.message).cmp(&(b.rule.id, &b.message)))
            });
        }
    }
}

impl Deref for Findings {
    type Target = [Finding];

    fn deref(&self) -> &[Finding] {
        &self.reported
    }
}
