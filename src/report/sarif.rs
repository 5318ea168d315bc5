//! `check --format sarif`: a SARIF 2.1.0 log, for code scanning.
//!
//! The part of the OASIS standard that viewers read; the names are those of the standard, section 3.

use std::io::Write;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use super::fingerprint::Fingerprints;
use super::{Look, located, wording, write_json};
use crate::check::{Finding, Fix, RULES, Rule, Severity};
use crate::dictionary::{Checked, FindingJson};
use crate::error::Result;
use crate::source::SourceFile;

/// What stands for itself in the path of a URI (RFC 3986): the colon does not, since a first `a:` would be a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

#[derive(Serialize)]
struct Log<'l> {
    #[serde(rename = "$schema")]
    schema: &'static str,
    version: &'static str,
    runs: [Run<'l>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Run<'l> {
    tool: Tool,
    /// The standard's own default is UTF-16.
    column_kind: &'static str,
    original_uri_base_ids: BaseIds,
    results: Vec<Outcome<'l>>,
}

#[derive(Serialize)]
struct Tool {
    driver: Driver,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Driver {
    name: &'static str,
    version: &'static str,
    semantic_version: &'static str,
    rules: Vec<Descriptor>,
}

/// A rule.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Descriptor {
    id: &'static str,
    short_description: Message<String>,
    full_description: Message<String>,
    help: Help,
    #[serde(skip_serializing_if = "Option::is_none")]
    help_uri: Option<String>,
    default_configuration: Configuration,
}

#[derive(Serialize)]
struct Help {
    text: String,
    markdown: String,
}

#[derive(Serialize)]
struct Configuration {
    level: &'static str,
}

#[derive(Serialize)]
struct Message<T> {
    text: T,
}

#[derive(Serialize)]
struct BaseIds {
    #[serde(rename = "%SRCROOT%")]
    root: Base,
}

#[derive(Serialize)]
struct Base {
    description: Message<&'static str>,
}

/// A finding.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Outcome<'l> {
    rule_id: &'static str,
    rule_index: Option<usize>,
    level: &'static str,
    message: Message<String>,
    locations: [Location<'l>; 1],
    #[serde(skip_serializing_if = "Vec::is_empty")]
    related_locations: Vec<Location<'l>>,
    partial_fingerprints: PartialFingerprints,
    #[serde(skip_serializing_if = "Option::is_none")]
    fixes: Option<[Mending<'l>; 1]>,
}

/// GitHub reads this one alone. Without it, it takes a hash of the line, and would show several missing fields of a file
/// as one.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PartialFingerprints {
    primary_location_line_hash: String,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Location<'l> {
    physical_location: PhysicalLocation,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<Message<&'l str>>,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct PhysicalLocation {
    artifact_location: ArtifactLocation,
    region: Region,
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactLocation {
    uri: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    uri_base_id: Option<&'static str>,
}

/// Lines and columns from 1, the end exclusive.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Region {
    start_line: usize,
    start_column: usize,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_line: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    end_column: Option<usize>,
}

/// A fix.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Mending<'l> {
    description: Message<&'l str>,
    artifact_changes: [ArtifactChange<'l>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct ArtifactChange<'l> {
    artifact_location: ArtifactLocation,
    replacements: [Replacement<'l>; 1],
}

#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Replacement<'l> {
    deleted_region: Region,
    inserted_content: Message<&'l str>,
}

/// Writes a log of one run.
///
/// # Errors
/// When the writer fails.
pub(super) fn sarif(checked: &Checked<'_>, look: Look<'_>, out: &mut dyn Write) -> Result<()> {
    let found = |rule: &Rule| checked.findings.iter().any(|finding| finding.rule.id == rule.id);
    let rules: Vec<&Rule> = RULES.iter().copied().filter(|rule| found(rule)).collect();
    let mut fingerprints = Fingerprints::default();
    let located: Vec<FindingJson<'_>> = located(checked).collect();
    let results = checked.findings.iter().zip(&located).map(|(finding, shown)| Outcome {
        rule_id: shown.rule,
        rule_index: rules.iter().position(|rule| rule.id == shown.rule),
        level: level(finding.severity),
        message: Message { text: unlinked(&wording::sentence(shown)) },
        locations: [place(shown)],
        related_locations: shown.related.iter().map(related).collect(),
        partial_fingerprints: PartialFingerprints { primary_location_line_hash: fingerprints.of(shown) },
        fixes: finding.fix.as_ref().map(|fix| [mending(fix, finding, checked)]),
    });
    let driver = Driver {
        name: env!("CARGO_PKG_NAME"),
        version: env!("CARGO_PKG_VERSION"),
        semantic_version: env!("CARGO_PKG_VERSION"),
        rules: rules.iter().map(|rule| descriptor(rule, look)).collect(),
    };
    let run = Run {
        tool: Tool { driver },
        column_kind: "unicodeCodePoints",
        original_uri_base_ids: BaseIds {
            root: Base { description: Message { text: "The folder in which the check ran." } },
        },
        results: results.collect(),
    };
    let log = Log { schema: "https://json.schemastore.org/sarif-2.1.0.json", version: "2.1.0", runs: [run] };
    write_json(&log, out)
}

fn descriptor(rule: &Rule, look: Look<'_>) -> Descriptor {
    let markdown = rule.markdown();
    let beginning = markdown.split("\n## ").next().unwrap_or_default();
    Descriptor {
        id: rule.id,
        short_description: Message { text: rule.summary() },
        full_description: Message { text: beginning.trim().to_owned() },
        help_uri: look.rule_page(rule),
        default_configuration: Configuration { level: level(rule.levels.gitlab) },
        help: Help { text: markdown.clone(), markdown },
    }
}

/// A message in which no `[text](target)` of a definition becomes a link (section 3.11.6).
fn unlinked(message: &str) -> String {
    message.replace("](", "] (")
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Info => "note",
        Severity::Off => "none",
    }
}

fn place<'l>(finding: &FindingJson<'_>) -> Location<'l> {
    let region = Region {
        start_line: finding.line,
        start_column: finding.column,
        end_line: Some(finding.end_line),
        end_column: Some(finding.end_column),
    };
    let physical_location = PhysicalLocation { artifact_location: artifact(finding.path), region };
    Location { physical_location, message: None }
}

fn related<'l>(related: &crate::dictionary::RelatedJson<'l>) -> Location<'l> {
    let region =
        Region { start_line: related.line, start_column: related.column, end_line: None, end_column: None };
    Location {
        physical_location: PhysicalLocation { artifact_location: artifact(related.path), region },
        message: Some(Message { text: related.message }),
    }
}

fn mending<'l>(fix: &'l Fix, finding: &Finding, checked: &Checked<'l>) -> Mending<'l> {
    let file: &SourceFile = checked.definitions[finding.file].source;
    let (start, end) = (file.text.position(fix.span.start), file.text.position(fix.span.end));
    let deleted_region = Region {
        start_line: start.line,
        start_column: start.column,
        end_line: Some(end.line),
        end_column: Some(end.column),
    };
    Mending {
        description: Message { text: &fix.title },
        artifact_changes: [ArtifactChange {
            artifact_location: artifact(&file.display_path),
            replacements: [Replacement {
                deleted_region,
                inserted_content: Message { text: &fix.replacement },
            }],
        }],
    }
}

/// A file as a URI, relative to the working directory where it lies below it.
fn artifact(path: &str) -> ArtifactLocation {
    let below = !path.starts_with('/') && path.split('/').all(|step| step != "..");
    ArtifactLocation {
        uri: utf8_percent_encode(path, PATH).to_string(),
        uri_base_id: below.then_some("%SRCROOT%"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::{self, CheckConfig, Hidden};
    use crate::definition::{self};
    use crate::source::{Kind, Span};
    use crate::vocabulary::Vocabulary;

    #[test]
    fn paths_become_uris() {
        let uri = |path: &str| artifact(path).uri;
        assert_eq!(uri("metrics/a-b_c.d~e/é 1%.yml"), "metrics/a-b_c.d~e/%C3%A9%201%25.yml");
        assert_eq!(uri("c:/x#y?.yml"), "c%3A/x%23y%3F.yml");
        assert_eq!(artifact("a/b.yml").uri_base_id, Some("%SRCROOT%"));
        assert_eq!(artifact("../a/b.yml").uri_base_id, None);
    }

    #[test]
    fn definitions_make_no_links() {
        assert_eq!(
            unlinked("there is no field `[a](https://x.example)`"),
            "there is no field `[a] (https://x.example)`"
        );
    }

    #[test]
    fn a_fix_is_a_replacement_in_its_region() {
        let text = "é: 1\ntires: [free]\n";
        let files = [SourceFile::in_memory(Kind::Metric, "a.yml".to_owned(), text.into())];
        let (definitions, vocabulary) = (definition::parse(&files), Vocabulary::default());
        let all = check::run(&definitions, &vocabulary, &CheckConfig::default()).unwrap();
        let unknown = all.iter().find(|finding| finding.rule.id == "metric/unknown-field");
        let mut findings = vec![unknown.unwrap().clone()];
        let fix = Fix { title: "write `é`".to_owned(), span: Span::new(0, 2), replacement: "e".to_owned() };
        findings[0].fix = Some(fix);
        let checked = Checked { definitions: &definitions, findings: &findings, hidden: Hidden::default() };
        let mut bytes = Vec::new();
        sarif(&checked, Look::new(false, None), &mut bytes).unwrap();
        let log: serde_json::Value = serde_json::from_slice(&bytes).unwrap();
        let change = &log["runs"][0]["results"][0]["fixes"][0]["artifactChanges"][0];
        assert_eq!(
            change["replacements"][0],
            serde_json::json!({
                "deletedRegion": {"startLine": 1, "startColumn": 1, "endLine": 1, "endColumn": 2},
                "insertedContent": {"text": "e"}
            })
        );
        assert_eq!(change["artifactLocation"]["uri"], "a.yml");
    }
}
