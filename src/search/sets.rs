//! Sets of values that many documents share: each is kept once, and made without a look at any other.

/// The empty set, with which every document begins.
pub(super) const EMPTY: usize = 0;

/// Sets of numbers, to which numbers are added in ascending order.
pub(super) struct Sets(Vec<Set>);

/// Those of a smaller set, and one more.
struct Set {
    smaller: usize,
    /// Nothing in the empty set.
    added: Option<u32>,
    /// The set that was last made of this one; the empty one where there is none yet.
    larger: usize,
}

impl Sets {
    pub(super) fn new() -> Self {
        Self(vec![Set { smaller: EMPTY, added: None, larger: EMPTY }])
    }

    /// The set that a value makes of another one; the same if it has that value. No larger value may have been added to
    /// any set before.
    pub(super) fn with(&mut self, set: usize, value: u32) -> usize {
        let Set { added, larger, .. } = self.0[set];
        if added == Some(value) {
            return set;
        }
        if self.0[larger].added == Some(value) {
            return larger;
        }
        let larger = self.0.len();
        self.0.push(Set { smaller: set, added: Some(value), larger: EMPTY });
        self.0[set].larger = larger;
        larger
    }

    /// Takes the set of each of some documents; gives the values of those that occur, ascending, and the place of each
    /// document's set among them. They stand in the order in which documents have them.
    pub(super) fn in_order_of(&self, documents: Vec<usize>) -> (Vec<Vec<u32>>, Vec<u32>) {
        let mut places: Vec<Option<u32>> = vec![None; self.0.len()];
        let mut occurring = Vec::new();
        let place = |set: usize| {
            *places[set].get_or_insert_with(|| {
                occurring.push(self.values(set));
                occurring.len() as u32 - 1
            })
        };
        let of_documents = documents.into_iter().map(place).collect();
        (occurring, of_documents)
    }

    fn values(&self, set: usize) -> Vec<u32> {
        let sets = std::iter::successors(Some(&self.0[set]), |set| Some(&self.0[set.smaller]));
        let mut values: Vec<u32> = sets.map_while(|set| set.added).collect();
        values.reverse();
        values
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_set_is_there_once_in_the_order_of_documents(
            wanted in prop::collection::vec(prop::collection::btree_set(0_u32..6, 0..5), 0..20),
        ) {
            let (mut sets, mut documents) = (Sets::new(), vec![EMPTY; wanted.len()]);
            for value in 0..6 {
                for (set, wanted) in documents.iter_mut().zip(&wanted) {
                    if wanted.contains(&value) {
                        *set = sets.with(*set, value);
                        prop_assert_eq!(sets.with(*set, value), *set);
                    }
                }
            }
            let (occurring, of_documents) = sets.in_order_of(documents);
            let of_documents: Vec<usize> = of_documents.into_iter().map(|place| place as usize).collect();
            let found = of_documents.iter().map(|&place| BTreeSet::from_iter(occurring[place].iter().copied()));
            prop_assert_eq!(found.collect::<Vec<_>>(), wanted);
            prop_assert!(occurring.iter().all(|values| values.is_sorted()));
            prop_assert_eq!(occurring.iter().collect::<BTreeSet<_>>().len(), occurring.len());
            let mut firsts = Vec::new();
            of_documents.iter().for_each(|place| if !firsts.contains(place) { firsts.push(*place) });
            prop_assert_eq!(firsts, (0..occurring.len()).collect::<Vec<_>>());
        }
    }
}
