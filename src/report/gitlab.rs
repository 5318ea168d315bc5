//! `check --format gitlab`: a Code Quality report, described by `schemas/gitlab-code-quality.schema.json`.
//!
//! The format is the part of Code Climate's that GitLab documents in "Code Quality: import results from a CI/CD job".

use std::io::Write;

use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{located, wording, write_json};
use crate::dictionary::Checked;
use crate::error::Result;

#[derive(Serialize)]
struct Issue {
    description: String,
    check_name: &'static str,
    fingerprint: String,
    severity: &'static str,
    location: Location,
}

#[derive(Serialize)]
struct Location {
    path: String,
    lines: Lines,
}

#[derive(Serialize)]
struct Lines {
    begin: usize,
}

/// Writes an array with an entry for each finding.
///
/// # Errors
/// When the writer fails.
pub(super) fn gitlab(checked: &Checked<'_>, out: &mut dyn Write) -> Result<()> {
    let mut fingerprints = Fingerprints::default();
    let issues = located(checked).map(|finding| Issue {
        description: wording::sentence(&finding).into_owned(),
        check_name: finding.rule,
        fingerprint: fingerprints.of(&finding),
        severity: match finding.severity {
            "error" => "major",
            "warning" => "minor",
            _ => "info",
        },
        location: Location { path: finding.path.to_owned(), lines: Lines { begin: finding.line } },
    });
    write_json(&issues.collect::<Vec<_>>(), out)
}
