//! The sample project, checked in this process with one of its files replaced.

use std::path::Path;
use std::slice;

use metrics_dictionary::check::{self, Finding};
use metrics_dictionary::config::{Config, Selection};
use metrics_dictionary::definition;
use metrics_dictionary::source::{self, SourceFile};
use metrics_dictionary::vocabulary::Vocabulary;

use super::sample::Sample;
use crate::support::repository;

/// The files that ways of breaking have to do with; a sample has to do with the events that it names as well.
const NEIGHBOURS: &[&str] = &[
    "active_users_monthly",
    "approve_change_request",
    "archive_card",
    "create_card",
    "pause_worker",
    "push_commits",
];

/// The sample project.
pub(super) struct Project {
    config: Config,
    vocabulary: Vocabulary,
}

impl Project {
    pub(super) fn read() -> Self {
        let selection = Selection { directory: Some(repository().to_path_buf()), ..Selection::default() };
        let config = Config::load(&selection).unwrap();
        let vocabulary = Vocabulary::load(&config.vocabulary, &config.sources).unwrap();
        Self { config, vocabulary }
    }

    /// For each text what is found in the sample's file when it holds that, as `line:column rule`.
    pub(super) fn findings(&self, sample: &Sample, texts: Vec<Vec<u8>>) -> Vec<Vec<String>> {
        let replacements: Vec<SourceFile> =
            texts.into_iter().map(|text| self.put(&mut Vec::new(), sample, text).1).collect();
        let mut files = self.neighbours(sample);
        let (index, original) = self.put(&mut files, sample, Vec::new());
        files.insert(index, original);
        let mut definitions = definition::parse(&files);
        let found = replacements.iter().map(|replacement| {
            let mut replaced = definition::parse(slice::from_ref(replacement)).remove(0);
            replaced.file = index;
            definitions[index] = replaced;
            let findings = check::run(&definitions, &self.vocabulary, &self.config.check).unwrap();
            let here = findings.iter().filter(|finding| finding.file == index);
            here.map(|finding| describe(finding, replacement)).collect()
        });
        found.collect()
    }

    /// The other files of the project, without those that have nothing to do with the sample: thousands of checks of
    /// all of them take minutes.
    fn neighbours(&self, sample: &Sample) -> Vec<SourceFile> {
        let mut files = source::read(&self.config.sources, &self.config.directory).unwrap();
        files.retain(|file| {
            let name = Path::new(&file.path).file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            NEIGHBOURS.contains(&name) || (file.path.starts_with("events/") && sample.text.contains(name))
        });
        files
    }

    /// Reads a text as the sample's file; takes it out of the files again, with the index that it had.
    fn put(&self, files: &mut Vec<SourceFile>, sample: &Sample, text: Vec<u8>) -> (usize, SourceFile) {
        let Config { sources, directory, .. } = &self.config;
        let path = Path::new("definitions").join(sample.path);
        let index = source::put_buffer(files, sources, directory, (&path, text)).unwrap();
        (index, files.remove(index))
    }
}

fn describe(finding: &Finding, file: &SourceFile) -> String {
    let place = file.text.position(finding.span.start);
    format!("{}:{} {}", place.line, place.column, finding.rule.id)
}
