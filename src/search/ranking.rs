//! From a query to hits, by tantivy's scores. See `docs/search.md`, section 5; `themes/default/static/search/ranking.js`
//! is the twin of this file.

use std::collections::HashSet;

use serde::Serialize;
use tantivy::query::AllQuery;

use super::collect::{All, documents};
use super::filters::{Allowed, MOST_SUGGESTIONS};
use super::index::TextIndex;
use super::query::{Group, Leaf, Notice, Query};
use super::terms::Terms;
use super::wanted::{self, Stand, Wanted};
use crate::error::Result;
use crate::words::joined;

/// How a document came to be a hit, the best first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Tier {
    /// The query is its name.
    Exact,
    /// It has all words.
    Query,
    /// It has all words, the last one not typed to its end.
    Prefix,
    /// It has all words, misspelt ones put right.
    Typo,
    /// It has words of which only a part was typed, or some of the words.
    Partial,
}

impl Tier {
    /// As in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Exact => "exact",
            Self::Query => "query",
            Self::Prefix => "prefix",
            Self::Typo => "typo",
            Self::Partial => "partial",
        }
    }
}

/// A document and its place among others.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Ranked {
    pub(super) document: u32,
    pub(super) tier: Tier,
    /// BM25.
    pub(super) score: f32,
}

/// All hits in their order, and what is worth saying about them.
pub(super) struct Ranking {
    pub(super) hits: Vec<Ranked>,
    pub(super) notices: Vec<Notice>,
    /// What was looked for in each tier.
    pub(super) steps: Vec<(Tier, Vec<Wanted>)>,
}

/// What queries are asked of.
#[derive(Clone, Copy)]
pub(super) struct Ranker<'r> {
    pub(super) index: &'r TextIndex,
    pub(super) terms: &'r Terms,
    /// The first removed document.
    pub(super) live: u32,
    /// Whether a text is a document's name.
    pub(super) is_name: &'r dyn Fn(u32, &str) -> bool,
}

impl Ranker<'_> {
    /// Finds and orders all documents that a query asks for.
    ///
    /// # Errors
    /// When tantivy fails.
    pub(super) fn rank(&self, query: &Query, allowed: &Allowed<'_>) -> Result<Ranking> {
        let excluded = match wanted::any_of(&query.not, self.index) {
            Some(not) => documents(self.index, &*not)?,
            None => HashSet::new(),
        };
        let mut found = Found {
            excluded,
            allowed,
            hits: Vec::new(),
            seen: HashSet::new(),
            matched: false,
            unfiltered: 0,
            notices: Vec::new(),
            steps: Vec::new(),
        };
        if query.groups.is_empty() {
            found.take(Tier::Query, self.index.searcher.search(&AllQuery, &All { scored: false })?);
        } else {
            self.find(query, &mut found)?;
        }
        Ok(found.ranked(self.live))
    }

    fn find(&self, query: &Query, found: &mut Found<'_>) -> Result<()> {
        self.step(Tier::Query, expand(query, &query.groups, |word, _| vec![word.to_owned()]), found)?;
        if let Some(said) = &query.said {
            for hit in found.hits.iter_mut().filter(|hit| (self.is_name)(hit.document, said)) {
                hit.tier = Tier::Exact;
            }
        }
        let groups = without_one_letter(query);
        let begun = query.open_word().map(|word| self.terms.beginning_with(word)).unwrap_or_default();
        if !begun.is_empty() || groups.len() < query.groups.len() {
            let unfinished = |word: &str, open| if open { begun.clone() } else { vec![word.to_owned()] };
            self.step(Tier::Prefix, expand(query, groups, unfinished), found)?;
        }
        if !found.matched {
            self.fall_back(query, groups, &begun, found)?;
        }
        if found.hits.is_empty() && found.unfiltered > 0 {
            let text = format!("Nothing within the filters; {} without them", found.unfiltered);
            found.notices = vec![Notice::new("outside-filters", text)];
        }
        Ok(())
    }

    /// The tiers of misspelt words, parts of words, and some of the words.
    fn fall_back(
        &self,
        query: &Query,
        groups: &[Group],
        begun: &[String],
        found: &mut Found<'_>,
    ) -> Result<()> {
        let known = |word: &str, open: bool| {
            let itself = self.terms.has(word).then(|| word.to_owned());
            let begun = if open { begun } else { &[] };
            itself.into_iter().chain(begun.iter().cloned()).collect::<Vec<_>>()
        };
        let known_or = |instead: &dyn Fn(&str) -> Vec<String>| {
            expand(query, groups, |word, open| match known(word, open) {
                none if none.is_empty() => instead(word),
                known => known,
            })
        };
        let near = |word: &str| self.terms.near(word);
        let containing = |word: &str| self.terms.containing(word);
        let either = |word: &str| union(near(word), containing(word));
        let words = || query.words(groups);
        let unknown: Vec<&str> =
            words().filter(|(word, open)| known(word, *open).is_empty()).map(|(word, _)| word).collect();

        if unknown.is_empty() {
            let groups = expand(query, groups, |word, open| union(known(word, open), near(word)));
            self.step(Tier::Typo, groups, found)?;
        } else {
            self.step(Tier::Typo, known_or(&near), found)?;
            self.step(Tier::Partial, known_or(&containing), found)?;
        }
        let fewer = if found.matched { None } else { self.some_words(known_or(&either), found)? };
        if let Some(most) = fewer {
            let text = format!("Nothing has all {} words; these have {most} of them", groups.len());
            found.notices.push(Notice::new("some-words", text));
        } else if found.unfiltered > 0 {
            let all: Vec<&str> = words().map(|(word, _)| word).collect();
            let likely = unknown.iter().flat_map(|word| either(word)).collect();
            found.notices.push(respelled(if unknown.is_empty() { all } else { unknown }, likely));
        }
        Ok(())
    }

    /// The documents that match the most groups, of those that are not excluded; how many groups, if not all: one word
    /// may be misspelt and another be a part.
    fn some_words(&self, groups: Vec<Wanted>, found: &mut Found<'_>) -> Result<Option<usize>> {
        for most in (1..=groups.len()).rev() {
            found.take(Tier::Partial, self.matching(&groups, most)?);
            if found.unfiltered > 0 {
                let fewer = (most < groups.len()).then_some(most);
                found.steps.push((Tier::Partial, groups));
                return Ok(fewer);
            }
        }
        Ok(None)
    }

    fn step(&self, tier: Tier, groups: Vec<Wanted>, found: &mut Found<'_>) -> Result<()> {
        found.take(tier, self.matching(&groups, groups.len())?);
        found.steps.push((tier, groups));
        Ok(())
    }

    /// The documents that match at least so many groups, with their scores, by id.
    fn matching(&self, groups: &[Wanted], least: usize) -> Result<Vec<(u32, f32)>> {
        let query = wanted::at_least(groups, least, self.index);
        Ok(self.index.searcher.search(&query, &All { scored: true })?)
    }
}

/// The groups of a query with the terms that stand for each word; `open` says of which it may be the beginning.
fn expand(query: &Query, groups: &[Group], terms: impl Fn(&str, bool) -> Vec<String>) -> Vec<Wanted> {
    let stand = |leaf: &Leaf| match &leaf.words[..] {
        [word] => Stand::Terms { terms: terms(word, query.is_open(leaf)), field: leaf.field },
        words => Stand::Phrase { terms: words.to_vec(), field: leaf.field },
    };
    let alternatives =
        |group: &Group| group.iter().map(|leaves| leaves.iter().map(stand).collect()).collect();
    groups.iter().map(alternatives).collect()
}

/// The groups without an unfinished word of one letter, if others stay: nearly every document would match it.
fn without_one_letter(query: &Query) -> &[Group] {
    let one_letter = query.open_word().is_some_and(|word| word.chars().count() == 1);
    match query.groups.split_last() {
        Some((_, others)) if one_letter && !others.is_empty() => others,
        _ => &query.groups,
    }
}

fn respelled(words: Vec<&str>, mut suggestions: Vec<String>) -> Notice {
    let mut seen = HashSet::new();
    let words: Vec<String> =
        words.into_iter().filter(|word| seen.insert(*word)).map(|word| format!("`{word}`")).collect();
    let like = if words.len() > 1 { "words like them" } else { "a word like it" };
    suggestions.truncate(MOST_SUGGESTIONS);
    Notice {
        kind: "respelled",
        text: format!("Nothing has {}; these have {like}", joined(words, "and")),
        suggestions,
    }
}

fn union(mut first: Vec<String>, second: Vec<String>) -> Vec<String> {
    for term in second {
        if !first.contains(&term) {
            first.push(term);
        }
    }
    first
}

/// The hits so far.
struct Found<'f> {
    excluded: HashSet<u32>,
    allowed: &'f Allowed<'f>,
    hits: Vec<Ranked>,
    seen: HashSet<u32>,
    /// Whether the words matched anything, be it excluded.
    matched: bool,
    /// How many hits there would be without filters.
    unfiltered: usize,
    notices: Vec<Notice>,
    steps: Vec<(Tier, Vec<Wanted>)>,
}

impl Found<'_> {
    /// Adds what is new.
    fn take(&mut self, tier: Tier, matches: Vec<(u32, f32)>) {
        self.matched |= !matches.is_empty();
        for (document, score) in matches {
            if self.excluded.contains(&document) || !self.seen.insert(document) {
                continue;
            }
            self.unfiltered += 1;
            if self.allowed.passes(document) {
                self.hits.push(Ranked { document, tier, score });
            }
        }
    }

    fn ranked(mut self, live: u32) -> Ranking {
        self.hits.sort_by(|a, b| {
            let place = |hit: &Ranked| (hit.tier != Tier::Exact, hit.document >= live, hit.tier);
            // Exact hits are equally good.
            let score = |hit: &Ranked| if hit.tier == Tier::Exact { 0.0 } else { hit.score };
            let by_score = || score(b).total_cmp(&score(a));
            place(a).cmp(&place(b)).then_with(by_score).then_with(|| a.document.cmp(&b.document))
        });
        Ranking { hits: self.hits, notices: self.notices, steps: self.steps }
    }
}
