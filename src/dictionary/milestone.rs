//! Milestones in their order: `16.9` comes before `16.10`, `<13.9` just before `13.9`.

use std::cmp::Ordering;

/// The place of a milestone among others. What has not the form of one comes before all that have.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Milestone {
    /// Major and minor number; the last part is `false` for "before" (`<13.9`).
    place: Option<(u64, u64, bool)>,
}

impl Milestone {
    /// Reads `16.10` or `<13.9` (the pattern of GitLab's schemas, `^<?[0-9]+\.[0-9]+$`).
    pub fn new(written: &str) -> Self {
        let (number, exact) = written.strip_prefix('<').map_or((written, true), |number| (number, false));
        let place = number
            .split_once('.')
            .and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?, exact)));
        Self { place }
    }

    /// The major version, if there is one.
    pub fn major(self) -> Option<u64> {
        self.place.map(|(major, ..)| major)
    }
}

/// Newest first; those of no known form last, by their text.
pub fn newest_first(a: &str, b: &str) -> Ordering {
    Milestone::new(b).cmp(&Milestone::new(a)).then_with(|| a.cmp(b))
}

#[cfg(test)]
mod tests {
    use super::newest_first;

    #[test]
    fn milestones_are_numbers_not_fractions() {
        let mut milestones = ["13.9", "TODO", "16.10", "<13.9", "16.9", "9.1", ""];
        milestones.sort_by(|a, b| newest_first(a, b));
        assert_eq!(milestones, ["16.10", "16.9", "13.9", "<13.9", "9.1", "", "TODO"]);
    }
}
