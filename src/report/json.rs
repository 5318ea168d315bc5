//! `check --format json`: one object, described by `schemas/findings.schema.json`.

use std::io::Write;

use serde::Serialize;

use crate::dictionary::{Checked, FindingJson, Summary, VERSION};
use crate::error::Result;

#[derive(Serialize)]
struct Report<'r> {
    version: u32,
    summary: Summary,
    findings: Vec<FindingJson<'r>>,
}

/// Writes all findings; paths are relative to the working directory.
///
/// # Errors
/// When the writer fails.
pub(super) fn json(checked: &Checked<'_>, out: &mut dyn Write) -> Result<()> {
    let findings = super::located(checked).collect();
    write_json(&Report { version: VERSION, summary: checked.summary(), findings }, out)
}

/// Writes a value as indented JSON with a final line break.
///
/// # Errors
/// When the writer fails.
pub fn write_json(value: &impl Serialize, out: &mut dyn Write) -> Result<()> {
    serde_json::to_writer_pretty(&mut *out, value).map_err(std::io::Error::from)?;
    Ok(writeln!(out)?)
}
