//! Findings about paths that cannot be read.

use crate::check::{Finding, Rule};
use crate::definition::Definition;
use crate::source::{ReadProblem, Span};

/// Reports the file's problem if it is the rule's own: `describe` gives its message and help.
pub(in crate::check::rules) fn report(
    rule: &'static Rule,
    definition: &Definition<'_>,
    findings: &mut Vec<Finding>,
    describe: impl Fn(&ReadProblem) -> Option<(String, &'static str)>,
) {
    if let Some((message, help)) = definition.source.problem.as_ref().and_then(describe) {
        findings.push(Finding::new(rule, definition.file, Span::default(), message).help(help));
    }
}
