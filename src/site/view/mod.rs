//! Items, owners, fields and findings as templates see them.

mod field;
mod finding;
mod item;
mod owner;
mod relations;
mod repeated;
mod source;

pub(super) use field::linked;
pub(super) use finding::{FindingView, Severities};
pub(super) use item::ItemView;
pub(super) use owner::OwnerView;
pub(super) use repeated::Repeated;

/// References of one kind that a page shows at most.
const MOST_REFERENCES: usize = 100;
/// Rows of other metrics that an item page shows at most, so that it stays light; a list of its own has all.
pub(super) const MOST_ROWS: usize = 30;
