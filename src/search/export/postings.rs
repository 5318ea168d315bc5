//! Terms, postings and positions, walked out of the index and cut into shards.

use std::collections::BTreeMap;

use serde::Serialize;
use tantivy::TERMINATED;
use tantivy::postings::Postings;
use tantivy::schema::IndexRecordOption;

use super::alphabet::variable;
use crate::error::Result;
use crate::search::document::FIELDS;
use crate::search::index::TextIndex;
use crate::search::terms::as_scripts_compare;

/// The size of a shard in bytes, before the web server compresses it: what a page fetches for one word.
const SHARD_BYTES: usize = 16 * 1024;

/// What one term has, in each field.
#[derive(Default, Clone)]
struct Term {
    fields: [Entry; FIELDS.len()],
}

/// The documents of a term in a field, written out.
#[derive(Default, Clone)]
struct Entry {
    documents: String,
    frequencies: String,
    positions: String,
}

/// Consecutive terms with their postings.
#[derive(Serialize)]
pub(super) struct Shard {
    #[serde(rename = "t")]
    terms: String,
    #[serde(rename = "p")]
    postings: Vec<Vec<String>>,
}

/// The positions of a shard's terms.
#[derive(Serialize)]
pub(super) struct Positions {
    #[serde(rename = "p")]
    positions: Vec<Vec<String>>,
}

/// All terms, each with what it has.
type Terms = Vec<(String, Term)>;

/// All shards, with what pages need to know to choose among them.
pub(super) struct Shards {
    pub(super) postings: Vec<Shard>,
    pub(super) positions: Vec<Positions>,
    /// The first term of each.
    pub(super) first: Vec<String>,
    /// The document frequencies that occur, ascending.
    pub(super) frequencies: Vec<u32>,
}

/// Walks the index.
///
/// # Errors
/// When tantivy fails.
pub(super) fn shards(index: &TextIndex) -> Result<Shards> {
    let (terms, frequencies) = walk(index)?;
    let mut shards = Shards { postings: Vec::new(), positions: Vec::new(), first: Vec::new(), frequencies };
    let mut bytes = SHARD_BYTES;
    for (text, term) in terms {
        let postings = trimmed(term.fields.iter().flat_map(|entry| [&entry.documents, &entry.frequencies]));
        let positions = trimmed(term.fields.iter().map(|entry| &entry.positions));
        let size = text.len() + 1 + postings.iter().map(|entry| entry.len() + 3).sum::<usize>();
        if bytes + size > SHARD_BYTES {
            bytes = 0;
            shards.first.push(text.clone());
            shards.postings.push(Shard { terms: String::new(), postings: Vec::new() });
            shards.positions.push(Positions { positions: Vec::new() });
        }
        bytes += size;
        if let (Some(shard), Some(places)) = (shards.postings.last_mut(), shards.positions.last_mut()) {
            if !shard.terms.is_empty() {
                shard.terms.push(' ');
            }
            shard.terms.push_str(&text);
            shard.postings.push(postings);
            places.positions.push(positions);
        }
    }
    Ok(shards)
}

/// All terms in the order in which scripts compare them, and the document frequencies that occur.
fn walk(index: &TextIndex) -> Result<(Terms, Vec<u32>)> {
    let mut terms: BTreeMap<String, Term> = BTreeMap::new();
    let mut frequencies = Vec::new();
    if let Some(segment) = index.segment() {
        for (place, field) in index.fields.into_iter().enumerate() {
            let inverted = segment.inverted_index(field)?;
            let mut stream = inverted.terms().stream()?;
            while stream.advance() {
                let option = IndexRecordOption::WithFreqsAndPositions;
                let postings = inverted.read_postings_from_terminfo(stream.value(), option)?;
                frequencies.push(stream.value().doc_freq);
                let text = String::from_utf8_lossy(stream.key()).into_owned();
                terms.entry(text).or_default().fields[place] = Entry::of(postings);
            }
        }
    }
    frequencies.sort_unstable();
    frequencies.dedup();
    let mut terms: Terms = terms.into_iter().collect();
    terms.sort_by(|(a, _), (b, _)| as_scripts_compare(a, b));
    Ok((terms, frequencies))
}

impl Entry {
    fn of(mut postings: impl Postings) -> Self {
        let mut entry = Self::default();
        let (mut before, mut skipped) = (0, 0);
        let mut positions = Vec::new();
        while postings.doc() != TERMINATED {
            variable(postings.doc() - before, &mut entry.documents);
            before = postings.doc();
            match postings.term_freq() {
                1 => skipped += 1,
                several => {
                    variable(skipped, &mut entry.frequencies);
                    variable(several - 2, &mut entry.frequencies);
                    skipped = 0;
                }
            }
            postings.positions(&mut positions);
            let mut last = 0;
            for &position in &positions {
                variable(position - last, &mut entry.positions);
                last = position;
            }
            postings.advance();
        }
        entry
    }
}

/// Without the empty texts at the end.
fn trimmed<'t>(texts: impl Iterator<Item = &'t String>) -> Vec<String> {
    let mut texts: Vec<String> = texts.cloned().collect();
    while texts.last().is_some_and(String::is_empty) {
        texts.pop();
    }
    texts
}
