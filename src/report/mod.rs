//! Findings and items as people and programs read them: pure functions into a writer.

mod human;
mod items;
mod json;
mod summary;

pub use human::human;
pub use items::items;
pub use json::{json, write_json};
pub use summary::summary;
