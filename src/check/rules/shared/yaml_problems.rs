//! Findings about the YAML of a file.

use crate::check::{Finding, Rule};
use crate::definition::Definition;
use crate::yaml::ProblemKind;

/// Reports those of the file's problems that are the rule's own: `describe` gives their message and help.
pub(in crate::check::rules) fn report(
    rule: &'static Rule,
    definition: &Definition<'_>,
    findings: &mut Vec<Finding>,
    describe: impl Fn(&ProblemKind) -> Option<(String, String)>,
) {
    for problem in &definition.document.problems {
        let Some((message, help)) = describe(&problem.kind) else { continue };
        let finding = Finding::new(rule, definition.file, problem.span, message).help(help);
        findings.push(match (&problem.kind, problem.related) {
            (ProblemKind::DuplicateKey(pointer), Some(first)) => {
                finding.at(pointer).related(definition.file, first, "first here")
            }
            (_, Some(stopped)) => finding.related(definition.file, stopped, "reading stopped here"),
            (_, None) => finding,
        });
    }
}
