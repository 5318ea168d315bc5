//! All documents that match, by id; tantivy's own collectors keep the best alone, by rules of their own.

use std::collections::HashSet;

use tantivy::collector::{Collector, SegmentCollector};
use tantivy::query::Query;
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::index::TextIndex;
use crate::error::Result;

/// Keeps every match with its score; without scores they are all 0.
pub(super) struct All {
    pub(super) scored: bool,
}

pub(super) struct Matches(Vec<(DocId, Score)>);

impl Collector for All {
    type Fruit = Vec<(DocId, Score)>;
    type Child = Matches;

    fn for_segment(&self, _: SegmentOrdinal, _: &SegmentReader) -> tantivy::Result<Matches> {
        Ok(Matches(Vec::new()))
    }

    fn requires_scoring(&self) -> bool {
        self.scored
    }

    fn merge_fruits(&self, segments: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        // There is one segment, or none.
        Ok(segments.into_iter().flatten().collect())
    }
}

impl SegmentCollector for Matches {
    type Fruit = Vec<(DocId, Score)>;

    fn collect(&mut self, document: DocId, score: Score) {
        self.0.push((document, score));
    }

    fn harvest(self) -> Self::Fruit {
        self.0
    }
}

/// The documents that match.
///
/// # Errors
/// When tantivy fails.
pub(super) fn documents(index: &TextIndex, query: &dyn Query) -> Result<HashSet<DocId>> {
    let matches = index.searcher.search(query, &All { scored: false })?;
    Ok(matches.into_iter().map(|(document, _)| document).collect())
}
