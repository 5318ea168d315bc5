//! Keys that stand for others.

use crate::suggest;
use crate::yaml::Node;

/// The known key that an unknown one of a mapping most likely means, if that is not there itself: misspelt, or without
/// the colon behind it.
pub(in crate::check::rules) fn misspelt<'k>(
    mapping: &Node<'_>,
    key: &str,
    known: impl IntoIterator<Item = &'k str> + Clone,
) -> Option<&'k str> {
    let first_word = key.split([' ', ':']).next();
    let written = known.clone().into_iter().find(|known| Some(*known) == first_word);
    written.or_else(|| suggest::nearest(key, known)).filter(|known| mapping.entry(known).is_none())
}
