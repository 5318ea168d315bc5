//! All words of the index: those that begin with, look like or contain what someone typed.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;

use super::index::TextIndex;
use crate::error::Result;

/// The most terms that an unfinished word, or a part of a word, stands for.
const MOST_EXPANSIONS: usize = 32;
/// The most terms that a misspelt word stands for.
const MOST_NEAR: usize = 8;
/// The fewest characters of an unfinished word.
const SHORTEST_START: usize = 2;
/// The fewest characters of a part of a word.
const SHORTEST_PART: usize = 3;

/// The words of all fields, sorted by UTF-16 code units, as scripts compare them.
pub(super) struct Terms {
    terms: Vec<Term>,
}

/// One word.
pub(super) struct Term {
    pub(super) text: String,
    /// The largest number of documents over the fields.
    pub(super) frequency: u32,
    length: usize,
    letters: u32,
}

impl Terms {
    /// Reads the words of an index.
    ///
    /// # Errors
    /// When tantivy fails.
    pub(super) fn of(index: &TextIndex) -> Result<Self> {
        let mut frequencies: BTreeMap<String, u32> = BTreeMap::new();
        for (segment, field) in
            index.segment().into_iter().flat_map(|it| index.fields.map(|field| (it, field)))
        {
            let inverted = segment.inverted_index(field)?;
            let mut terms = inverted.terms().stream()?;
            while terms.advance() {
                let text = String::from_utf8_lossy(terms.key()).into_owned();
                let frequency = frequencies.entry(text).or_default();
                *frequency = (*frequency).max(terms.value().doc_freq);
            }
        }
        let mut terms: Vec<Term> =
            frequencies.into_iter().map(|(text, frequency)| Term::new(text, frequency)).collect();
        terms.sort_by(|a, b| as_scripts_compare(&a.text, &b.text));
        Ok(Self { terms })
    }

    /// All of them.
    pub(super) fn all(&self) -> &[Term] {
        &self.terms
    }

    /// Whether there is such a word.
    pub(super) fn has(&self, word: &str) -> bool {
        self.terms.binary_search_by(|term| as_scripts_compare(&term.text, word)).is_ok()
    }

    /// The words that begin with what was typed, without itself.
    pub(super) fn beginning_with(&self, start: &str) -> Vec<String> {
        if start.chars().count() < SHORTEST_START {
            return Vec::new();
        }
        let first = self.terms.partition_point(|term| as_scripts_compare(&term.text, start).is_lt());
        let matching = self.terms[first..].iter().take_while(|term| term.text.starts_with(start));
        most_frequent(matching.filter(|term| term.text != start).collect())
    }

    /// The words that contain what was typed.
    pub(super) fn containing(&self, part: &str) -> Vec<String> {
        if part.chars().count() < SHORTEST_PART {
            return Vec::new();
        }
        most_frequent(self.terms.iter().filter(|term| term.text.contains(part)).collect())
    }

    /// The words that what was typed could have been meant to be, without itself: the nearest first.
    pub(super) fn near(&self, word: &str) -> Vec<String> {
        let word = Term::new(word.to_owned(), 0);
        let most = match word.length {
            0..4 => return Vec::new(),
            4..8 => 1,
            _ => 2,
        };
        let mut near: Vec<(usize, &Term)> = self
            .terms
            .iter()
            .filter(|term| word.may_be_within(most, term) && term.text != word.text)
            .map(|term| (strsim::osa_distance(&word.text, &term.text), term))
            .filter(|(distance, _)| *distance <= most)
            .collect();
        near.sort_by_key(|(distance, term)| (*distance, Reverse(term.frequency)));
        near.into_iter().take(MOST_NEAR).map(|(_, term)| term.text.clone()).collect()
    }
}

impl Term {
    fn new(text: String, frequency: u32) -> Self {
        let length = text.chars().count();
        let letters = text.chars().fold(0, |letters, letter| letters | 1 << (u32::from(letter) % 32));
        Self { text, frequency, length, letters }
    }

    /// Whether two words can be within a distance, by their lengths and letters; the distance itself takes much longer.
    fn may_be_within(&self, distance: usize, other: &Self) -> bool {
        self.length.abs_diff(other.length) <= distance
            && (self.letters & !other.letters).count_ones() as usize <= distance
            && (other.letters & !self.letters).count_ones() as usize <= distance
    }
}

/// By UTF-16 code units; it differs from the order of bytes beyond the basic plane.
pub(super) fn as_scripts_compare(a: &str, b: &str) -> Ordering {
    a.encode_utf16().cmp(b.encode_utf16())
}

/// `terms` in their order; equally frequent ones keep it.
fn most_frequent(mut terms: Vec<&Term>) -> Vec<String> {
    terms.sort_by_key(|term| Reverse(term.frequency));
    terms.truncate(MOST_EXPANSIONS);
    terms.into_iter().map(|term| term.text.clone()).collect()
}

#[cfg(test)]
mod tests {
    use super::{Term, Terms};

    fn terms(words: &[(&str, u32)]) -> Terms {
        Terms {
            terms: words.iter().map(|(text, frequency)| Term::new((*text).to_owned(), *frequency)).collect(),
        }
    }

    #[test]
    fn unfinished_words_stand_for_frequent_ones_first() {
        let terms = terms(&[("pip", 9), ("pipe", 1), ("pipeline", 5), ("pipelines", 5), ("pit", 7)]);
        assert_eq!(terms.beginning_with("pip"), ["pipeline", "pipelines", "pipe"]);
        assert_eq!(terms.containing("eline"), ["pipeline", "pipelines"]);
        assert!(terms.containing("li").is_empty(), "two letters are in everything");
        assert!(terms.has("pit") && !terms.has("pi"));
    }

    #[test]
    fn misspelt_words_stand_for_near_ones() {
        let terms = terms(&[("pipe", 1), ("pipeline", 5), ("pipelined", 9), ("pipelines", 5)]);
        assert_eq!(terms.near("pipline"), ["pipeline"]);
        assert_eq!(terms.near("pipeline"), ["pipelined", "pipelines"]);
        assert_eq!(terms.near("ipepline"), ["pipeline"], "two transpositions");
        assert!(terms.near("pip").is_empty(), "three letters are near too much");
    }
}
