//! Items, owners, fields and findings as templates see them.

mod field;
mod finding;
mod item;
mod owner;

pub(super) use finding::{FindingView, Severities};
pub(super) use item::ItemView;
pub(super) use owner::OwnerView;

/// References of one kind that a page shows at most.
const MOST_REFERENCES: usize = 100;
