//! Edits that findings carry: each mends its finding and changes nothing else.

use metrics_dictionary::check::{self, CheckConfig, Fix};
use metrics_dictionary::definition;
use metrics_dictionary::source::{self, Source, SourceFile, Text};
use metrics_dictionary::vocabulary::{Vocabulary, VocabularyConfig};

use super::cases::{BAD, COUNT, GROUPS};
use crate::support::{EVENT, METRIC, Project, all_definitions};

/// A finding as it can be compared across an edit, with its edit.
#[derive(Debug, Clone, PartialEq)]
struct Found {
    file: usize,
    rule: &'static str,
    pointer: String,
    message: String,
    fix: Option<Fix>,
}

fn check(files: &[SourceFile], vocabulary: &Vocabulary) -> Vec<Found> {
    let definitions = definition::parse(files);
    let findings = check::run(&definitions, vocabulary, &CheckConfig::default()).unwrap();
    let found = |finding: &check::Finding| Found {
        file: finding.file,
        rule: finding.rule.id,
        pointer: finding.pointer.clone(),
        message: finding.message.clone(),
        fix: finding.fix.clone(),
    };
    findings.iter().map(found).collect()
}

/// Applies each edit by itself; gives how the line that it changes reads before and after.
fn apply_each(root: &std::path::Path) -> Vec<(String, String)> {
    let sources = [Source::at(root.to_path_buf())];
    let vocabulary = Vocabulary::load(&VocabularyConfig::default(), &sources).unwrap();
    let mut files = source::read(&sources, root).unwrap();
    let before = check(&files, &vocabulary);
    let mut changes = Vec::new();
    for found in &before {
        let Some(fix) = &found.fix else { continue };
        let original = files[found.file].text.as_str().to_owned();
        let mut edited = original.clone();
        edited.replace_range(fix.span.range(), &fix.replacement);
        let line = |text: &str| {
            text[text[..fix.span.start as usize].rfind('\n').map_or(0, |at| at + 1)..]
                .lines()
                .next()
                .unwrap()
                .to_owned()
        };
        changes.push((line(&original), line(&edited)));
        assert_eq!(original.lines().count(), edited.lines().count());
        files[found.file].text = Text::new(edited);
        let after = check(&files, &vocabulary);
        let same = |a: &Found, b: &Found| {
            (a.file, a.rule, &a.pointer, &a.message) == (b.file, b.rule, &b.pointer, &b.message)
        };
        assert!(!after.iter().any(|other| same(other, found)), "{found:?} is still there");
        for other in before.iter().filter(|other| !same(other, found)) {
            // A field that has its name back is no longer missing, nor is its value at an unknown place.
            let renamed = found.rule.ends_with("unknown-field") && other.rule.ends_with("missing-field");
            assert!(
                renamed || after.iter().any(|later| same(later, other)),
                "{found:?} also mends {other:?}"
            );
        }
        assert!(after.len() < before.len(), "{found:?} brings others: {after:?}");
        files[found.file].text = Text::new(original);
    }
    changes
}

#[test]
fn each_edit_mends_its_finding_and_nothing_else() {
    for definitions in all_definitions() {
        apply_each(&definitions);
    }
    let mut edits = 0;
    for (_, make) in BAD {
        let project = make(Project::new());
        edits += apply_each(&project.path("definitions")).len();
    }
    assert!(edits >= 8, "{edits}");
}

#[test]
fn edits_are_the_least_that_mends() {
    let metric = |from: &str, to: &str| {
        assert!(METRIC.contains(from), "{from}");
        Project::new()
            .file("definitions/groups.yml", GROUPS)
            .metric("issues.yml", METRIC.replacen(from, to, 1))
    };
    for (from, to, line) in [
        ("\"4.10\"", "4.10  # a number", "milestone: \"4.10\"  # a number"),
        ("\"4.10\"", "16.10\r", "milestone: \"16.10\""),
        ("status:", "statuss:", "status: active"),
        ("status: active", "\"statsu\": active", "\"status\": active"),
        ("status: active", "status: 'actve'", "status: 'active'"),
        ("optional", "Optional", "data_category: optional"),
        ("tiers:\n- free", "tiers: [Free, \"premum\"]", "tiers: [free, \"premum\"]"),
        ("product_group: boards", "product_group: group::boards", "product_group: boards"),
        (
            "product_group: boards",
            "product_group: \"cards\" # renamed",
            "product_group: \"boards\" # renamed",
        ),
        ("Count of issues", "2024-05-01", "description: \"2024-05-01\""),
        ("Count of issues", ":issues", "description: \":issues\""),
        ("Count of issues", "true", "description: \"true\""),
    ] {
        let changes = apply_each(&metric(from, to).path("definitions"));
        assert_eq!(changes.first().map(|(_, after)| after.as_str()), Some(line), "{from} -> {to}");
    }
    let count = COUNT.replace("unique: user.id", "uniqe: user.id\n  filter: {label: true}");
    let project = Project::new().event("create_issue.yml", EVENT).metric("created.yml", count);
    let changes = apply_each(&project.path("definitions"));
    let after: Vec<&str> = changes.iter().map(|(_, after)| after.as_str()).collect();
    assert_eq!(after, ["  unique: user.id", "  filter: {label: \"true\"}"]);
}

#[test]
fn what_has_several_remedies_has_no_edit() {
    for (from, to) in [
        ("data_source: database", "data_source: redis_hl"), // redis, or redis_hll
        ("status: active", "status: data_available"),       // says more than `active`
        ("status: active", "status: >\n  actve"),           // not written as it reads
        ("status: active", "status: \"act\\x76e\""),
        ("status: active", "status: active\nstatuss: removed"), // the right key stands there as well
        ("status: active", "status: &a actve\nname: *a"),       // would change two fields
        ("product_group: boards", "product_group: baords"),     // an owner is for a person to name
    ] {
        let metric = METRIC.replacen(from, to, 1);
        assert_ne!(metric, METRIC, "{from}");
        let project = Project::new().file("definitions/groups.yml", GROUPS).metric("issues.yml", metric);
        assert!(!project.places().is_empty(), "{to}");
        assert_eq!(apply_each(&project.path("definitions")), [], "{to}");
    }
}
