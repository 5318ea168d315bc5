//! What is looked for as tantivy queries whose scores do not depend on how tantivy runs them.
//!
//! The obvious query, clauses that may all match, is run so that the order in which scores are added changes from
//! document to document, and with it their last bits. Here matching is one clause, without a score, and scoring another,
//! optional one: then they are added in the order in which they are written. `/docs/search.md` tells the page's script
//! the same order.

use tantivy::query::{
    BooleanQuery, BoostQuery, ConstScoreQuery, EmptyQuery, Occur, PhraseQuery, Query, TermQuery,
};
use tantivy::schema::IndexRecordOption;

use super::document::FIELDS;
use super::index::TextIndex;
use super::query::Alternative;

/// A group of a query: alternatives, each of which wants all of its parts.
pub(super) type Wanted = Vec<Vec<Stand>>;

/// What stands for a word or phrase of a query.
#[derive(Debug, Clone)]
pub(super) enum Stand {
    /// Any of these terms.
    Terms { terms: Vec<String>, field: Option<&'static str> },
    /// These terms side by side.
    Phrase { terms: Vec<String>, field: Option<&'static str> },
}

/// The documents that match at least so many groups, scored by all.
pub(super) fn at_least(groups: &[Wanted], least: usize, index: &TextIndex) -> BooleanQuery {
    let matching = groups.iter().map(|group| (Occur::Should, any(group, index))).collect();
    let matching = BooleanQuery::with_minimum_required_clauses(matching, least);
    let scoring = groups.iter().flatten().flatten().flat_map(|stand| stand.clauses(index));
    let scoring = scoring.map(|clause| (Occur::Should, clause)).collect();
    BooleanQuery::new(vec![
        (Occur::Must, Box::new(ConstScoreQuery::new(Box::new(matching), 0.0))),
        (Occur::Should, Box::new(BooleanQuery::new(scoring))),
    ])
}

/// The documents that have all words of any of the alternatives; nothing to look for without alternatives.
pub(super) fn any_of(alternatives: &[Alternative], index: &TextIndex) -> Option<Box<dyn Query>> {
    let stands = alternatives.iter().map(|leaves| {
        let stand = |leaf: &super::query::Leaf| match leaf.words.len() {
            1 => Stand::Terms { terms: leaf.words.clone(), field: leaf.field },
            _ => Stand::Phrase { terms: leaf.words.clone(), field: leaf.field },
        };
        leaves.iter().map(stand).collect()
    });
    (!alternatives.is_empty()).then(|| any(&stands.collect(), index))
}

fn any(group: &Wanted, index: &TextIndex) -> Box<dyn Query> {
    let all = |stands: &Vec<Stand>| -> Box<dyn Query> {
        let clauses = stands.iter().map(|stand| (Occur::Must, stand.query(index)));
        Box::new(BooleanQuery::new(clauses.collect()))
    };
    Box::new(BooleanQuery::new(group.iter().map(|stands| (Occur::Should, all(stands))).collect()))
}

impl Stand {
    fn query(&self, index: &TextIndex) -> Box<dyn Query> {
        let clauses =
            self.clauses(index).into_iter().map(|clause| (Occur::Should, clause)).collect::<Vec<_>>();
        if clauses.is_empty() { Box::new(EmptyQuery) } else { Box::new(BooleanQuery::new(clauses)) }
    }

    /// One for each term and field, in the order in which scores are added.
    pub(super) fn clauses(&self, index: &TextIndex) -> Vec<Box<dyn Query>> {
        let (Self::Terms { field: wanted, .. } | Self::Phrase { field: wanted, .. }) = self;
        let fields = || {
            let fields = FIELDS.iter().zip(index.fields);
            fields.filter(|(field, _)| wanted.is_none_or(|wanted| wanted == field.name))
        };
        let term = |place, text: &String| tantivy::Term::from_field_text(place, text);
        let boosted =
            |query: Box<dyn Query>, boost: f32| -> Box<dyn Query> { Box::new(BoostQuery::new(query, boost)) };
        match self {
            Self::Terms { terms, .. } => {
                let clauses = terms.iter().flat_map(|text| fields().map(move |field| (text, field)));
                let query =
                    |text, place| Box::new(TermQuery::new(term(place, text), IndexRecordOption::WithFreqs));
                clauses.map(|(text, (field, place))| boosted(query(text, place), field.boost)).collect()
            }
            Self::Phrase { terms, .. } => {
                let query = |place| PhraseQuery::new(terms.iter().map(|text| term(place, text)).collect());
                fields().map(|(field, place)| boosted(Box::new(query(place)), field.boost)).collect()
            }
        }
    }
}
