//! Full-text search: a tantivy index in memory, a query language, and the index as static JSON for the pages' script.
//!
//! `docs/search.md` says what is indexed, what queries mean and how hits are ranked; the script in
//! `themes/default/static/search/` does the same over the exported index, and tests compare the two.

#[cfg(test)]
mod cases;
mod collect;
mod document;
mod explain;
mod export;
mod facets;
mod filters;
mod index;
mod query;
mod ranking;
mod sets;
mod terms;
mod wanted;
mod words;

use std::sync::Arc;

use crate::dictionary::{Dictionary, Facet, FacetValue, Item};
use crate::error::Result;
use crate::site::File;
use crate::visible::visible_line;

pub use export::{ResultRows, script};
pub use facets::filter;
pub use query::Notice;
pub use ranking::Tier;

use document::Documents;
use facets::Column;
use filters::Allowed;
use index::TextIndex;
use query::Query;
use ranking::{Ranker, Ranking};
use terms::Terms;

/// A dictionary that can be searched.
pub struct Search<'d> {
    dictionary: &'d Dictionary<'d>,
    documents: Arc<Documents>,
    index: TextIndex,
    terms: Terms,
    columns: Vec<Column>,
}

/// What a query finds.
pub struct Answer<'s> {
    /// All hits, the best first.
    pub hits: Vec<Hit<'s>>,
    /// What is worth saying about the query or its hits.
    pub notices: Vec<Notice>,
    query: Query,
    ranking: Ranking,
}

/// A metric or event that a query finds.
#[derive(Debug, Clone, Copy)]
pub struct Hit<'s> {
    /// The first item of its name.
    pub item: &'s Item<'s>,
    /// How it came to be a hit.
    pub tier: Tier,
    /// BM25; to be compared within a tier.
    pub score: f32,
    document: u32,
}

impl<'d> Search<'d> {
    /// Indexes a dictionary.
    ///
    /// # Errors
    /// When tantivy fails.
    pub fn new(dictionary: &'d Dictionary<'d>) -> Result<Self> {
        Self::of(dictionary, &dictionary.values(), Documents::of(dictionary).into())
    }

    /// As [`Search::new`], where the values of all facets are at hand already, and the rows are planned.
    ///
    /// # Errors
    /// When tantivy fails.
    pub fn with(
        dictionary: &'d Dictionary<'d>,
        values: &[(Facet, Vec<FacetValue<'d>>)],
        rows: &ResultRows<'_>,
    ) -> Result<Self> {
        Self::of(dictionary, values, Arc::clone(&rows.documents))
    }

    fn of(
        dictionary: &'d Dictionary<'d>,
        values: &[(Facet, Vec<FacetValue<'d>>)],
        documents: Arc<Documents>,
    ) -> Result<Self> {
        let index = TextIndex::new(dictionary, &documents)?;
        let terms = Terms::of(&index)?;
        let columns = facets::columns(dictionary, &documents, values);
        Ok(Self { dictionary, documents, index, terms, columns })
    }

    /// Finds what a query asks for; every text is a query.
    ///
    /// # Errors
    /// When tantivy fails.
    pub fn find(&self, text: &str) -> Result<Answer<'_>> {
        let mut query = Query::parse(text, &self.columns);
        let (allowed, notices) = Allowed::of(&query, &self.columns);
        let is_name = |document, said: &str| {
            let name = self.shown_name(document);
            words::lower(&name) == words::lower(said) && words::words(&name) == words::words(said)
        };
        let ranker = Ranker {
            index: &self.index,
            terms: &self.terms,
            live: self.documents.live as u32,
            is_name: &is_name,
        };
        let ranking = ranker.rank(&query, &allowed)?;
        let hit = |ranked: &ranking::Ranked| Hit {
            item: self.item(ranked.document),
            tier: ranked.tier,
            score: ranked.score,
            document: ranked.document,
        };
        let mut all = std::mem::take(&mut query.notices);
        all.extend(notices);
        all.extend(ranking.notices.iter().cloned());
        query::in_order(&mut all);
        Ok(Answer { hits: ranking.hits.iter().map(hit).collect(), notices: all, query, ranking })
    }

    /// Why a hit is one, a line each: what was looked for, and what each word found adds to the score.
    ///
    /// # Errors
    /// When tantivy fails.
    pub fn explain(&self, answer: &Answer<'_>, hit: &Hit<'_>) -> Result<Vec<String>> {
        explain::explain(&self.index, &answer.ranking, hit)
    }

    /// What a query was understood as, in one line.
    pub fn understood(&self, answer: &Answer<'_>) -> String {
        explain::understood(&answer.query, &self.columns)
    }

    /// The index as files, `lookup/core.json` first of all; without the rows, which it leads to.
    ///
    /// # Errors
    /// When tantivy fails.
    pub fn export(&self, rows: &ResultRows<'_>) -> Result<Vec<File>> {
        export::export(self, rows)
    }

    fn item(&self, document: u32) -> &'d Item<'d> {
        &self.dictionary.items[self.documents.item(document)]
    }

    /// A document's name as pages show it.
    fn shown_name(&self, document: u32) -> std::borrow::Cow<'d, str> {
        visible_line(&self.item(document).name)
    }
}
