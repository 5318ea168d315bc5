//! Any definitions are checked, mended and reported on, and every place that a finding names lies in its file.
//!
//! A form feed ends a file; what stands before a vertical tab is how the files were before, for the rules that compare.

#![no_main]

use std::io::sink;
use std::path::Path;
use std::sync::LazyLock;

use clap::ValueEnum;
use libfuzzer_sys::fuzz_target;
use metrics_dictionary::check::{self, CheckConfig, Findings, fix};
use metrics_dictionary::definition;
use metrics_dictionary::dictionary::Dictionary;
use metrics_dictionary::report::{self, Format, Look};
use metrics_dictionary::source::{Kind, Source, SourceFile, Span};
use metrics_dictionary::vocabulary::{Vocabulary, VocabularyConfig};

/// The groups and categories of the sample.
static VOCABULARY: LazyLock<Vocabulary> = LazyLock::new(|| {
    let sample = Source::at(Path::new(env!("CARGO_MANIFEST_DIR")).join("../definitions"));
    Vocabulary::load(&VocabularyConfig::default(), &[sample]).expect("the sample has a vocabulary")
});

fuzz_target!(|bytes: &[u8]| {
    let (before, now) = match bytes.iter().position(|&byte| byte == b'\x0b') {
        Some(at) => (Some(files(&bytes[..at])), &bytes[at + 1..]),
        None => (None, bytes),
    };
    let mut files = files(now);
    let mut findings = findings(&files, before.as_deref());
    report(&findings, &files);
    for _ in 0..fix::MOST_PASSES {
        let edits = fix::edits(&findings, &files);
        if edits.is_empty() {
            break;
        }
        for (file, edits) in edits {
            if let Some(better) = fix::mended(&files[file].text, &edits) {
                files[file].text = better;
            }
        }
        findings = self::findings(&files, before.as_deref());
    }
});

/// A metric or event for each part, by what names it.
fn files(bytes: &[u8]) -> Vec<SourceFile> {
    let parts = bytes.split(|&byte| byte == b'\x0c').take(8).enumerate();
    let file = |(index, bytes): (usize, &[u8])| {
        let names_event = bytes.split(|&byte| byte == b'\n').any(|line| line.starts_with(b"action:"));
        let (kind, folder) =
            if names_event { (Kind::Event, "events") } else { (Kind::Metric, "metrics/counts_all") };
        SourceFile::in_memory(kind, format!("{folder}/{index}.yml"), bytes.to_vec())
    };
    parts.map(file).collect()
}

/// Checks files.
fn findings(files: &[SourceFile], before: Option<&[SourceFile]>) -> Findings {
    let config = CheckConfig::default();
    let definitions = definition::parse(files);
    let findings = match before {
        None => check::run(&definitions, &VOCABULARY, &config),
        Some(before) => check::run_since(&definitions, (&definition::parse(before), 0), &VOCABULARY, &config),
    };
    let findings = findings.expect("the configuration is the default");
    for finding in findings.iter().chain(findings.suppressed()) {
        assert_inside(finding.span, &files[finding.file]);
        finding.related.iter().for_each(|related| assert_inside(related.span, &files[related.file]));
    }
    findings
}

/// Writes a report in every format.
fn report(findings: &Findings, files: &[SourceFile]) {
    let definitions = definition::parse(files);
    let dictionary = Dictionary::link(&definitions, &VOCABULARY, findings);
    for &format in Format::value_variants() {
        report::write(format, &dictionary.checked(), Look::new(true, None), &mut sink())
            .expect("nothing to fail");
    }
}

fn assert_inside(span: Span, file: &SourceFile) {
    assert!(file.text.as_str().get(span.range()).is_some(), "{span:?} is no part of {}", file.path);
}
