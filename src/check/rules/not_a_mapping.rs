//! Definitions, and keys, of the wrong kind.

use super::shared::yaml_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::Span;
use crate::yaml::ProblemKind;

rule! {
    /// A definition is a mapping of fields to values.
    ///
    /// ## Why
    /// A list or a lone word has no fields: there is nothing to list. Keys are plain words for the same reason.
    ///
    /// ## Bad
    /// ```yaml
    /// - key_path: counts.issues
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues
    /// ```
    RULE = "yaml/not-a-mapping", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ProblemKind::ComplexKey => Some((
            "a list or mapping cannot be a key".to_owned(),
            "write a plain word before the colon".to_owned(),
        )),
        _ => None,
    });
    let Some(root) = definition.document.root.as_ref() else { return };
    if definition.root().is_none() && definition.document.is_complete() {
        // The first line is enough to see what it is.
        let text = definition.source.text.line(definition.source.text.position(root.span.start).line);
        let span = Span { start: root.span.start, end: root.span.end.min(text.end).max(root.span.start) };
        let message = format!("a definition is a mapping of fields to values; this is {}", root.type_name());
        let finding = Finding::new(&RULE, definition.file, span, message);
        findings.push(finding.help("start with the first field, for instance `key_path: …` or `action: …`"));
    }
}
