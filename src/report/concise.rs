//! `check --format concise`: a line for each finding, as compilers print them.

use std::io::Write;

use super::{located, wording};
use crate::dictionary::Checked;
use crate::error::Result;

/// Writes `path:line:column: error[rule] message` for each finding, and nothing else.
///
/// # Errors
/// When the writer fails.
pub(super) fn concise(checked: &Checked<'_>, out: &mut dyn Write) -> Result<()> {
    for finding in located(checked) {
        writeln!(out, "{}", wording::line(&finding))?;
    }
    Ok(())
}
