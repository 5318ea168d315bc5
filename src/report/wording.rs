//! How a finding reads in the formats that are text: said once, for all of them.

use std::borrow::Cow;

use crate::dictionary::FindingJson;
use crate::visible::visible_line;

/// `metrics/issues.yml:2:1`, which editors and terminals know as a place.
pub(super) fn place(path: &str, line: usize, column: usize) -> String {
    format!("{}:{line}:{column}", visible_line(path))
}

/// `metrics/issues.yml:2:1: error[metric/missing-field] required field …`
pub(super) fn line(finding: &FindingJson<'_>) -> String {
    let place = place(finding.path, finding.line, finding.column);
    format!("{place}: {}[{}] {}", finding.severity, finding.rule, finding.message)
}

/// What is wrong and what to write instead, in one sentence.
pub(super) fn sentence<'f>(finding: &'f FindingJson<'_>) -> Cow<'f, str> {
    match finding.help {
        Some(help) => format!("{}; {help}", finding.message).into(),
        None => finding.message.into(),
    }
}

/// The help and the related places, each on a line of its own.
pub(super) fn notes(finding: &FindingJson<'_>) -> Vec<String> {
    let help = finding.help.map(|help| format!("help: {help}"));
    let related = finding.related.iter().map(|related| {
        let place = place(related.path, related.line, related.column);
        format!("{}: {place}", visible_line(related.message))
    });
    help.into_iter().chain(related).collect()
}
