//! What several rules need: walks over definitions, and findings and edits of one form.

pub(super) mod data_source;
pub(super) mod edit;
pub(super) mod events;
pub(super) mod field_values;
pub(super) mod history;
pub(super) mod missing;
pub(super) mod misspelt;
pub(super) mod owner;
pub(super) mod read_problems;
pub(super) mod reported;
pub(super) mod scalars;
pub(super) mod yaml_problems;
