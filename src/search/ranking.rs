//! From a query to hits, by tantivy's scores. See `docs/search.md`, section 5; `themes/default/static/search/ranking.js`
//! is the twin of this file.

use std::collections::HashSet;

use serde::Serialize;
use tantivy::query::AllQuery;

use super::collect::{All, documents};
use super::filters::Allowed;
use super::index::TextIndex;
use super::query::{Leaf, Notice, Query};
use super::terms::Terms;
use super::wanted::{self, Stand, Wanted};
use crate::error::Result;

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
            passes: &|document| !excluded.contains(&document) && allowed.passes(document),
            hits: Vec::new(),
            seen: HashSet::new(),
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
        self.step(Tier::Query, self.expand(query, |word, _| vec![word.to_owned()]), found)?;
        if let Some(said) = &query.said {
            for hit in found.hits.iter_mut().filter(|hit| (self.is_name)(hit.document, said)) {
                hit.tier = Tier::Exact;
            }
        }
        if let Some(unfinished) = self.unfinished(query) {
            self.step(Tier::Prefix, unfinished, found)?;
        }
        if found.seen.is_empty() {
            self.fall_back(query, found)?;
        }
        if found.hits.is_empty() && !found.seen.is_empty() {
            let text = format!("Nothing within the filters; {} without them", found.seen.len());
            found.notices = vec![Notice::new("outside-filters", text)];
        }
        Ok(())
    }

    /// The query with its last word as the beginning of one, if it may be that.
    fn unfinished(&self, query: &Query) -> Option<Vec<Wanted>> {
        let last = query.open_word()?;
        if last.chars().count() == 1 {
            let others = query.groups.len() - 1;
            let mut groups = self.expand(query, |word, _| vec![word.to_owned()]);
            groups.truncate(others);
            return (others > 0).then_some(groups);
        }
        let words = self.terms.beginning_with(last);
        (!words.is_empty()).then(|| {
            self.expand(query, |word, open| if open { words.clone() } else { vec![word.to_owned()] })
        })
    }

    /// The tiers of misspelt words, parts of words, and some of the words.
    fn fall_back(&self, query: &Query, found: &mut Found<'_>) -> Result<()> {
        let known = |word: &str, open: bool| {
            let mut known = if self.terms.has(word) { vec![word.to_owned()] } else { Vec::new() };
            if open {
                known.extend(self.terms.beginning_with(word));
            }
            known
        };
        let known_or = |instead: &dyn Fn(&str) -> Vec<String>| {
            self.expand(query, |word, open| match known(word, open) {
                none if none.is_empty() => instead(word),
                known => known,
            })
        };
        let near = |word: &str| self.terms.near(word);
        let containing = |word: &str| self.terms.containing(word);
        let unknown: Vec<&str> = query
            .words()
            .filter(|(word, open)| known(word, *open).is_empty())
            .map(|(word, _)| word)
            .collect();

        if unknown.is_empty() {
            let groups = self.expand(query, |word, open| union(known(word, open), near(word)));
            self.step(Tier::Typo, groups, found)?;
        } else {
            self.step(Tier::Typo, known_or(&near), found)?;
            if !found.seen.is_empty() {
                found.notices.push(respelled(&unknown, near));
            }
            self.step(Tier::Partial, known_or(&containing), found)?;
        }
        if found.seen.is_empty() {
            self.some_words(known_or(&|word| union(near(word), containing(word))), found)?;
        }
        Ok(())
    }

    /// The documents that match the most groups.
    fn some_words(&self, groups: Vec<Wanted>, found: &mut Found<'_>) -> Result<()> {
        for most in (1..groups.len()).rev() {
            let hits = self.matching(&groups, most)?;
            if !hits.is_empty() {
                let text = format!("Nothing has all {} words; these have {most} of them", groups.len());
                found.notices.push(Notice::new("some-words", text));
                found.take(Tier::Partial, hits);
                found.steps.push((Tier::Partial, groups));
                break;
            }
        }
        Ok(())
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

    /// The groups of a query with the terms that stand for each word; `open` says of which it may be the beginning.
    fn expand(&self, query: &Query, terms: impl Fn(&str, bool) -> Vec<String>) -> Vec<Wanted> {
        let stand = |leaf: &Leaf| match &leaf.words[..] {
            [word] => Stand::Terms { terms: terms(word, query.is_open(leaf)), field: leaf.field },
            words => Stand::Phrase { terms: words.to_vec(), field: leaf.field },
        };
        let alternatives =
            |group: &Vec<Vec<Leaf>>| group.iter().map(|leaves| leaves.iter().map(stand).collect()).collect();
        query.groups.iter().map(alternatives).collect()
    }
}

fn respelled(unknown: &[&str], near: impl Fn(&str) -> Vec<String>) -> Notice {
    let words: Vec<String> = unknown.iter().map(|word| format!("`{word}`")).collect();
    Notice {
        kind: "respelled",
        text: format!("Nothing has {}; these have a word like it", words.join(", ")),
        suggestions: unknown.iter().filter_map(|word| near(word).into_iter().next()).collect(),
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
    passes: &'f dyn Fn(u32) -> bool,
    hits: Vec<Ranked>,
    /// All documents that matched, those that filters keep out included.
    seen: HashSet<u32>,
    notices: Vec<Notice>,
    steps: Vec<(Tier, Vec<Wanted>)>,
}

impl Found<'_> {
    /// Adds what is new.
    fn take(&mut self, tier: Tier, matches: Vec<(u32, f32)>) {
        for (document, score) in matches {
            if self.seen.insert(document) && (self.passes)(document) {
                self.hits.push(Ranked { document, tier, score });
            }
        }
    }

    fn ranked(mut self, live: u32) -> Ranking {
        self.hits.sort_by(|a, b| {
            let place = |hit: &Ranked| (hit.tier != Tier::Exact, hit.document >= live, hit.tier);
            let by_score = || {
                if a.tier == Tier::Exact { std::cmp::Ordering::Equal } else { b.score.total_cmp(&a.score) }
            };
            place(a).cmp(&place(b)).then_with(by_score).then_with(|| a.document.cmp(&b.document))
        });
        Ranking { hits: self.hits, notices: self.notices, steps: self.steps }
    }
}
