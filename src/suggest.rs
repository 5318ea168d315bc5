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
    let length = folded.chars().count();
    let limit = length.div_ceil(3).min(MOST_EDITS);
    candidates
        .into_iter()
        .filter(|candidate| candidate.chars().count().abs_diff(length) <= limit)
        .map(|candidate| (strsim::damerau_levenshtein(&folded, &candidate.to_lowercase()), candidate))
        .filter(|&(distance, _)| distance <= limit)
        .collect()
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
    }

    #[test]
    fn of_several_near_ones_none_is_the_only_one() {
        assert_eq!(only("tires", ["tiers", "status"]), Some("tiers"));
        assert_eq!(only("redis_hl", ["redis", "redis_hll"]), None);
    }
}
