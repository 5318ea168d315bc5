//! YAML as a tree in which every key and value keeps its place and its raw text.
//!
//! [`load()`] turns one text into one [`Node`] and the [`Problem`]s found on the way. What can be read before a
//! problem is kept, so that a broken file can still be listed. Nothing else uses the parser.

mod load;
mod node;
mod packed;
mod problem;
mod scalar;

pub use load::{Document, Mark, MarkKind, load, load_within};
pub use node::{Data, Entry, Node, Scalar, Style, escape_pointer, unescape_pointer};
pub use packed::{pack, unpack};
pub use problem::{Problem, ProblemKind};
pub use scalar::Resolved;
