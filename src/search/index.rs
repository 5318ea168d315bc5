//! The index: one segment in memory, one document for each page, in the order of the pages.

use tantivy::schema::{Field, IndexRecordOption, Schema, TextFieldIndexing, TextOptions};
use tantivy::tokenizer::{LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer};
use tantivy::{Index, SegmentReader, TantivyDocument};

use crate::dictionary::Item;
use crate::error::Result;

/// Splits at everything that is no letter or digit, so that `pool` finds `pool_size`.
const TOKENIZER: &str = "words";

/// The longest word in bytes; longer ones are noise.
const LONGEST_WORD: usize = 64;

/// Memory for the index writer; the least that tantivy allows.
const WRITER_BYTES: usize = 15_000_000;

/// The index and its fields.
pub(super) struct TextIndex {
    index: Index,
    /// Names.
    pub(super) name: Field,
    /// Descriptions, owners, events.
    pub(super) text: Field,
}

impl TextIndex {
    /// Indexes one item for each page; document ids are positions in `items`.
    pub(super) fn new(items: &[&Item<'_>]) -> Result<Self> {
        let mut schema = Schema::builder();
        let indexing =
            TextFieldIndexing::default().set_tokenizer(TOKENIZER).set_index_option(IndexRecordOption::Basic);
        let options = TextOptions::default().set_indexing_options(indexing);
        let name = schema.add_text_field("name", options.clone());
        let text = schema.add_text_field("text", options);
        let index = Index::create_in_ram(schema.build());
        let analyzer = TextAnalyzer::builder(SimpleTokenizer::default())
            .filter(RemoveLongFilter::limit(LONGEST_WORD))
            .filter(LowerCaser)
            .build();
        index.tokenizers().register(TOKENIZER, analyzer);
        // One thread keeps the order of the documents.
        let mut writer = index.writer_with_num_threads::<TantivyDocument>(1, WRITER_BYTES)?;
        writer.set_merge_policy(Box::new(tantivy::merge_policy::NoMergePolicy));
        for item in items {
            let mut document = TantivyDocument::new();
            document.add_text(name, &item.name);
            document.add_text(text, item.description());
            if let Some(owner) = &item.owner {
                document.add_text(text, owner.name());
            }
            for used in &item.uses {
                document.add_text(text, used.used.name);
            }
            writer.add_document(document)?;
        }
        writer.commit()?;
        let segments = index.searchable_segment_ids()?;
        if segments.len() > 1 {
            writer.merge(&segments).wait()?;
        }
        writer.wait_merging_threads()?;
        Ok(Self { index, name, text })
    }

    /// The terms of a field in their order, each with the ascending ids of its documents.
    pub(super) fn postings(&self, field: Field) -> Result<Vec<(String, Vec<u32>)>> {
        let searcher = self.index.reader()?.searcher();
        let mut postings = Vec::new();
        for segment in searcher.segment_readers() {
            postings.extend(segment_postings(segment, field)?);
        }
        Ok(postings)
    }
}

fn segment_postings(segment: &SegmentReader, field: Field) -> Result<Vec<(String, Vec<u32>)>> {
    use tantivy::{DocSet, TERMINATED};
    let inverted = segment.inverted_index(field)?;
    let mut terms = inverted.terms().stream().map_err(tantivy::TantivyError::from)?;
    let mut postings = Vec::new();
    while terms.advance() {
        let mut documents = Vec::with_capacity(terms.value().doc_freq as usize);
        let mut posting = inverted
            .read_postings_from_terminfo(terms.value(), IndexRecordOption::Basic)
            .map_err(tantivy::TantivyError::from)?;
        while posting.doc() != TERMINATED {
            documents.push(posting.doc());
            posting.advance();
        }
        postings.push((String::from_utf8_lossy(terms.key()).into_owned(), documents));
    }
    Ok(postings)
}
