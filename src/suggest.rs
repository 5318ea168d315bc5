//! Did-you-mean: the nearest known word to an unknown one.

/// The candidate nearest to `word` by Damerau-Levenshtein distance, at most a third of its length and three edits away.
///
/// Case does not count. Among equally near candidates the first wins.
pub fn nearest<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    near(word, candidates).into_iter().min_by_key(|&(distance, _)| distance).map(|(_, candidate)| candidate)
}

/// The one candidate that [`nearest`] could have named; nothing where there are several.
pub fn only<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    match near(word, candidates)[..] {
        [(_, candidate)] => Some(candidate),
        _ => None,
    }
}

/// Every candidate that is near enough, with its distance.
fn near<'c>(word: &str, candidates: impl IntoIterator<Item = &'c str>) -> Vec<(usize, &'c str)> {
    /// Longer words come from hostile input; nobody mistypes them.
    const LONGEST: usize = 200;
    /// Further away it is another word, however long both are.
    const MOST_EDITS: usize = 3;
    if word.is_empty() || word.len() > LONGEST {
        return Vec::new();
    }
    let folded = word.to_lowercase();
    let letters = Letters::of(&folded);
    let limit = letters.length.div_ceil(3).min(MOST_EDITS);
    candidates
        .into_iter()
        .filter(|candidate| letters.may_become(candidate, limit))
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .collect()
}

/// How many letters a word has, and of which kinds. Most candidates differ in too many, which is far quicker to see than
/// what their distance is.
struct Letters {
    length: usize,
    counts: [i16; 128],
}

impl Letters {
    /// Counts the letters of ASCII; whatever else there is counts as one kind.
    fn of(word: &str) -> Self {
        let mut counts = [0; 128];
        for character in word.chars() {
            counts[u32::from(character).min(127) as usize] += 1;
        }
        Self { length: word.chars().count(), counts }
    }

    /// Whether so few edits could be enough: each adds one letter at most, and takes one away.
    fn may_become(&self, candidate: &str, edits: usize) -> bool {
        // Other letters may become several where their case is folded.
        if !candidate.is_ascii() {
            return candidate.chars().count().abs_diff(self.length) <= edits;
        }
        if candidate.len().abs_diff(self.length) > edits {
            return false;
        }
        let mut counts = self.counts;
        for byte in candidate.bytes() {
            counts[usize::from(byte.to_ascii_lowercase())] -= 1;
        }
        let missing: i16 = counts.iter().map(|&count| count.max(0)).sum();
        let foreign: i16 = counts.iter().map(|&count| count.min(0)).sum();
        usize::from(missing.max(-foreign).unsigned_abs()) <= edits
    }
}

#[cfg(test)]
mod tests {
    use super::{nearest, only};

    #[test]
    fn finds_swaps_and_case_but_nothing_far() {
        let known = ["status", "tiers", "milestone"];
        assert_eq!(nearest("tires", known), Some("tiers"));
        assert_eq!(nearest("Status", known), Some("status"));
        assert_eq!(nearest("milestones", known), Some("milestone"));
        assert_eq!(nearest("owner", known), None);
        assert_eq!(nearest("", known), None);
        assert_eq!(nearest("ausführung", ["ausfuehrung"]), Some("ausfuehrung"));
        assert_eq!(nearest("größe", ["GRÖSSE", "Größen"]), Some("Größen"));
    }

    #[test]
    fn of_several_near_ones_none_is_the_only_one() {
        assert_eq!(only("tires", ["tiers", "status"]), Some("tiers"));
        assert_eq!(only("redis_hl", ["redis", "redis_hll"]), None);
    }
}
