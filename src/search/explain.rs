//! `search --explain`: what a query was understood as, and where scores come from.

use super::document::FIELDS;
use super::facets::Column;
use super::index::TextIndex;
use super::query::{Alternative, Query};
use super::ranking::{Ranking, Tier};
use super::wanted::Stand;
use super::{Hit, collect};
use crate::error::Result;

/// `all of: pipeline*, (a OR "b c"); none of: d; group: ci`
pub(super) fn understood(query: &Query, columns: &[Column]) -> String {
    let alternative = |leaves: &Alternative| {
        let leaf = |leaf: &super::query::Leaf| {
            let field = leaf.field.map(|field| format!("{field}:")).unwrap_or_default();
            let words = leaf.words.join(" ");
            let words = if leaf.words.len() > 1 { format!("\"{words}\"") } else { words };
            format!("{field}{words}{}", if query.is_open(leaf) { "*" } else { "" })
        };
        leaves.iter().map(leaf).collect::<Vec<_>>().join(" ")
    };
    let group = |group: &Vec<Alternative>| match &group[..] {
        [only] => alternative(only),
        several => format!("({})", several.iter().map(alternative).collect::<Vec<_>>().join(" OR ")),
    };
    let mut parts = Vec::new();
    if !query.groups.is_empty() {
        parts.push(format!("all of: {}", query.groups.iter().map(group).collect::<Vec<_>>().join(", ")));
    }
    if !query.not.is_empty() {
        parts.push(format!("none of: {}", query.not.iter().map(alternative).collect::<Vec<_>>().join(", ")));
    }
    for filter in &query.filters {
        let not = if filter.not { "not " } else { "" };
        parts.push(format!("{not}{}: {}", columns[filter.column].name, filter.values.join(" or ")));
    }
    if parts.is_empty() { "everything".to_owned() } else { parts.join("; ") }
}

/// What each term in each field adds to a hit's score, in the order in which it is added.
///
/// # Errors
/// When tantivy fails.
pub(super) fn explain(index: &TextIndex, ranking: &Ranking, hit: &Hit<'_>) -> Result<Vec<String>> {
    // An exact hit is one of the tier query that has the name.
    let tier = if hit.tier == Tier::Exact { Tier::Query } else { hit.tier };
    let mut lines = Vec::new();
    for (_, groups) in ranking.steps.iter().filter(|(step, _)| *step == tier) {
        for stand in groups.iter().flatten().flatten() {
            for (what, clause) in described(stand).into_iter().zip(stand.clauses(index)) {
                let matches = index.searcher.search(&clause, &collect::All { scored: true })?;
                if let Ok(place) = matches.binary_search_by_key(&hit.document, |(document, _)| *document) {
                    lines.push(format!("{:+.4} {what}", matches[place].1));
                }
            }
        }
        if !lines.is_empty() {
            break;
        }
    }
    Ok(lines)
}

/// What each clause looks for: `pipeline in name`.
fn described(stand: &Stand) -> Vec<String> {
    let (terms, field) = match stand {
        Stand::Terms { terms, field } => (terms.clone(), field),
        Stand::Phrase { terms, field } => (vec![format!("\"{}\"", terms.join(" "))], field),
    };
    let fields = FIELDS.iter().filter(|known| field.is_none_or(|field| field == known.name));
    let fields: Vec<&str> = fields.map(|field| field.name).collect();
    terms.iter().flat_map(|term| fields.iter().map(move |field| format!("{term} in {field}"))).collect()
}
