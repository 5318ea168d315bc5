//! Full-text search: a tantivy index in memory, and its export as static JSON for the pages' script.

mod export;
mod index;

pub use export::export;
