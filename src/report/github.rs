//! `check --format github`: workflow commands, which GitHub Actions shows as annotations in the changed files.
//!
//! The form and the escaping are those of "Workflow commands for GitHub Actions" and its toolkit.

use std::io::Write;

use super::{located, wording};
use crate::dictionary::{Checked, FindingJson, Summary};
use crate::error::Result;
use crate::words::{count, joined};

/// How many annotations of a kind GitHub shows for a step.
const SHOWN: usize = 10;

/// Writes a command for each finding, and a line of its own where GitHub will not show them all.
///
/// # Errors
/// When the writer fails.
pub(super) fn github(checked: &Checked<'_>, out: &mut dyn Write) -> Result<()> {
    for finding in located(checked) {
        writeln!(out, "{}", command(&finding))?;
    }
    if let Some(limit) = limit(&checked.summary()) {
        writeln!(out, "{limit}")?;
    }
    Ok(())
}

fn command(finding: &FindingJson<'_>) -> String {
    let kind = match finding.severity {
        "info" => "notice",
        severity => severity,
    };
    let (line, end_line) = (finding.line, finding.end_line);
    // GitHub takes columns within one line alone.
    let place = if line == end_line {
        format!("line={line},col={},endLine={line},endColumn={}", finding.column, finding.end_column)
    } else {
        format!("line={line},endLine={end_line}")
    };
    let message: Vec<String> =
        std::iter::once(finding.message.to_owned()).chain(wording::notes(finding)).collect();
    let (file, title, message) = (property(finding.path), property(finding.rule), data(&message.join("\n")));
    format!("::{kind} file={file},{place},title={title}::{message}")
}

/// `GitHub shows 10 of 12 errors as annotations; all of them are listed above`
fn limit(summary: &Summary) -> Option<String> {
    let kinds = [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info")];
    let cut = kinds.into_iter().filter(|&(number, _)| number > SHOWN);
    let cut: Vec<String> = cut.map(|(number, noun)| format!("{SHOWN} of {}", count(number, noun))).collect();
    (!cut.is_empty())
        .then(|| format!("GitHub shows {} as annotations; all of them are listed above", joined(cut, "and")))
}

/// Escapes a message.
fn data(text: &str) -> String {
    text.replace('%', "%25").replace('\r', "%0D").replace('\n', "%0A")
}

/// Escapes the value of a property.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_ends_its_command() {
        assert_eq!(data("100%: a, b\r\n::error::"), "100%25: a, b%0D%0A::error::");
        assert_eq!(property("a,line=1:\n%"), "a%2Cline=1%3A%0A%25");
    }

    #[test]
    fn what_is_not_shown_is_said() {
        let summary = |errors, warnings| Summary { errors, warnings, ..Summary::default() };
        assert_eq!(limit(&summary(10, 10)), None);
        assert_eq!(
            limit(&summary(12, 11)).as_deref(),
            Some(
                "GitHub shows 10 of 12 errors and 10 of 11 warnings as annotations; all of them are listed above"
            )
        );
    }
}
