//! The index: one segment in memory, a tantivy document for each of ours, in their order.

use tantivy::schema::{self, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::{Index, Searcher, SegmentReader, TantivyDocument};

use super::document::{Documents, FIELDS};
use super::words::analyzer;
use crate::dictionary::Dictionary;
use crate::error::Result;

/// The name under which tantivy knows how to split texts.
const TOKENIZER: &str = "words";

/// Memory for the index writer: the least that tantivy allows, and what a document needs at most in practice. With
/// enough of it there is one segment from the start.
const WRITER_BYTES: usize = 15_000_000;
const WRITER_BYTES_A_DOCUMENT: usize = 1_000;

/// The index, ready to be asked.
pub(super) struct TextIndex {
    pub(super) searcher: Searcher,
    /// In the order of [`FIELDS`].
    pub(super) fields: [schema::Field; FIELDS.len()],
}

impl TextIndex {
    /// Indexes all documents of a dictionary.
    ///
    /// # Errors
    /// When tantivy fails.
    pub(super) fn new(dictionary: &Dictionary<'_>, documents: &Documents) -> Result<Self> {
        let mut schema = Schema::builder();
        let fields = FIELDS.each_ref().map(|field| {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer(TOKENIZER)
                .set_index_option(IndexRecordOption::WithFreqsAndPositions)
                .set_fieldnorms(field.norms);
            schema.add_text_field(field.name, TextOptions::default().set_indexing_options(indexing))
        });
        let index = Index::create_in_ram(schema.build());
        index.tokenizers().register(TOKENIZER, analyzer());
        // One thread keeps the order of the documents: it decides between equal scores.
        let budget = WRITER_BYTES + documents.count() * WRITER_BYTES_A_DOCUMENT;
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, budget)?;
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for item in documents.items().map(|item| &dictionary.items[item]) {
            let mut document = TantivyDocument::new();
            for (field, place) in FIELDS.iter().zip(fields) {
                for text in (field.texts)(item) {
                    document.add_text(place, text);
                }
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        Ok(Self { searcher: index.reader()?.searcher(), fields })
    }

    /// The one segment; none where there are no documents.
    pub(super) fn segment(&self) -> Option<&SegmentReader> {
        self.searcher.segment_readers().first()
    }
}
