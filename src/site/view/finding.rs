//! Findings with their places.

use serde::Serialize;

use crate::check::{Finding, Severity};
use crate::dictionary::{Dictionary, slug};
use crate::site::highlight;

/// A finding about a file.
#[derive(Debug, Serialize)]
pub(in crate::site) struct FindingView<'f> {
    rule: &'static str,
    severity: &'static str,
    message: &'f str,
    help: Option<&'f str>,
    path: &'f str,
    line: usize,
    column: usize,
    related: Vec<RelatedView<'f>>,
    /// The line in the definition that an item page shows, with `#`.
    anchor: String,
    items: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct RelatedView<'f> {
    path: &'f str,
    line: usize,
    column: usize,
    message: &'f str,
}

/// How many findings there are of each severity.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub(in crate::site) struct Severities {
    pub(in crate::site) errors: usize,
    pub(in crate::site) warnings: usize,
    pub(in crate::site) infos: usize,
}

impl Severities {
    pub(in crate::site) fn of(findings: &[&Finding]) -> Self {
        let mut counts = Self::default();
        for finding in findings {
            match finding.severity {
                Severity::Error => counts.errors += 1,
                Severity::Warning => counts.warnings += 1,
                _ => counts.infos += 1,
            }
        }
        counts
    }
}

impl<'f> FindingView<'f> {
    pub(in crate::site) fn new(finding: &'f Finding, dictionary: &'f Dictionary<'f>) -> Self {
        let definition = &dictionary.definitions[finding.file];
        let place = definition.source.text.position(finding.span.start);
        let related = finding.related.iter().map(|related| {
            let source = dictionary.definitions[related.file].source;
            let place = source.text.position(related.span.start);
            RelatedView {
                path: &source.path,
                line: place.line,
                column: place.column,
                message: &related.message,
            }
        });
        let kind = definition.kind();
        let anchor = highlight::line_anchor(definition, finding);
        let items = definition.names().into_iter().filter_map(|expanded| {
            // Of several definitions of a name, the first one's lines have the plain anchors.
            let first = dictionary
                .named(&expanded.name, kind)
                .first()
                .is_some_and(|item| item.definition.file == finding.file);
            let anchor = if first { anchor.as_str() } else { "" };
            let url = format!("{}/{}/index.html{anchor}", kind?.plural(), slug(&expanded.name));
            Some((expanded.name.into_owned(), url))
        });
        Self {
            rule: finding.rule.id,
            severity: finding.severity.as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
            path: &definition.source.path,
            line: place.line,
            column: place.column,
            related: related.collect(),
            items: items.collect(),
            anchor: anchor.clone(),
        }
    }
}
