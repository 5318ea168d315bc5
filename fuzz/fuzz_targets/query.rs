//! Any text is a query that has an answer, with reasons for its hits.

#![no_main]

use std::path::Path;
use std::sync::LazyLock;

use libfuzzer_sys::fuzz_target;
use metrics_dictionary::check::{self, CheckConfig};
use metrics_dictionary::definition;
use metrics_dictionary::dictionary::Dictionary;
use metrics_dictionary::search::Search;
use metrics_dictionary::source::{self, Source};
use metrics_dictionary::vocabulary::{Vocabulary, VocabularyConfig};

/// The index of the sample, for as long as the target runs.
static SEARCH: LazyLock<Search<'static>> = LazyLock::new(|| {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
    let sources = [Source::at(root.join("definitions"))];
    let files = source::read(&sources, &root).expect("the sample can be read").leak();
    let vocabulary = Vocabulary::load(&VocabularyConfig::default(), &sources).expect("the sample has a vocabulary");
    let vocabulary: &'static Vocabulary = Box::leak(Box::new(vocabulary));
    let definitions = definition::parse(files).leak();
    let findings = check::run(definitions, vocabulary, &CheckConfig::default()).expect("the configuration is the default");
    let dictionary = Dictionary::link(definitions, vocabulary, Box::leak(Box::new(findings)));
    Search::new(Box::leak(Box::new(dictionary))).expect("an index in memory")
});

fuzz_target!(|query: &str| {
    let answer = SEARCH.find(query).expect("every text is a query");
    assert!(!SEARCH.understood(&answer).contains('\n'));
    for hit in answer.hits.iter().take(3) {
        assert!(hit.score.is_finite(), "{}", hit.score);
        SEARCH.explain(&answer, hit).expect("every hit can be explained");
    }
});
