//! JSON Schemas: the one we print for editors, and those a project brings along.
//!
//! [`editor_schema`] makes a schema of `definition::fields` and the project's vocabulary. [`ProjectSchemas`] reads the
//! files of `[check] schema.…`, compiles each once, and says what a definition breaks, as [`Violation`]s in words with
//! JSON Pointers; the rules `metric/schema` and `event/schema` make findings of them.

mod condition;
mod editor;
mod folder;
mod instance;
mod nearest;
mod place;
mod project;
mod violation;
mod words;

pub use editor::{Known, editor_schema};
pub use instance::instance;
pub use place::place;
pub use project::{ProjectSchema, ProjectSchemas, SchemaConfig};
pub use violation::Violation;
