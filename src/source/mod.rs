//! Where definitions come from: roots are walked in order, files read once and kept with their text.
//!
//! Takes the `[[source]]` entries of the configuration, gives one [`SourceFile`] for each path that a glob
//! matches, whether or not it can be read. It does not look into the text.

mod buffer;
mod earlier;
mod fs;
mod git;
mod roots;
mod text;
mod walk;
mod write;

use std::path::Path;
use std::sync::Arc;

use serde::{Deserialize, Serialize};

pub use buffer::put_buffer;
pub use earlier::Earlier;
pub use fs::{Nearby, ReadProblem, read_to_string};
pub use git::head_commit;
pub use roots::{Source, display_path};
pub use text::{Position, Span, Text};
pub(crate) use walk::glob_set;
pub use walk::{Entry, read, read_each};
pub use write::{byte_order_mark, rewrite};

/// What a definition defines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// A number or fact that installations report.
    Metric,
    /// Something that happens and that metrics may count.
    Event,
}

impl Kind {
    /// `metric` or `event`.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Event => "event",
        }
    }

    /// The folder of the site, and the word in summaries: `metrics` or `events`.
    pub fn plural(self) -> &'static str {
        match self {
            Self::Metric => "metrics",
            Self::Event => "events",
        }
    }

    /// The field that names the definition: `key_path` or `action`.
    pub fn name_field(self) -> &'static str {
        match self {
            Self::Metric => "key_path",
            Self::Event => "action",
        }
    }
}

/// One path that a source's globs match, with its text where it could be read.
#[derive(Debug)]
pub struct SourceFile {
    /// Index into the configuration's sources.
    pub source: usize,
    /// What the file defines; `None` for a folder that could not be entered.
    pub kind: Option<Kind>,
    /// The path below the source's root, with `/`.
    pub path: String,
    /// The path below the working directory, with `/`: what reports show.
    pub display_path: String,
    /// The source's root, for what the file says about files around it.
    pub root: Arc<Path>,
    /// What is read of it.
    pub limits: Limits,
    /// The decoded text; empty where there is a problem.
    pub text: Text,
    /// Why there is no text.
    pub problem: Option<ReadProblem>,
    /// The first bytes that are not UTF-8, as they stand in `text` (where U+FFFD replaces them).
    pub not_utf8: Option<Span>,
}

impl AsRef<Self> for SourceFile {
    fn as_ref(&self) -> &Self {
        self
    }
}

impl SourceFile {
    /// A file of the first source whose bytes are at hand.
    pub fn in_memory(kind: Kind, path: String, bytes: Vec<u8>) -> Self {
        Self::within(Limits::default(), kind, path, bytes)
    }

    fn within(limits: Limits, kind: Kind, path: String, bytes: Vec<u8>) -> Self {
        let (size, limit) = (bytes.len() as u64, limits.file_bytes);
        let (content, not_utf8) = if size > limit { (String::new(), None) } else { walk::decode(bytes) };
        Self {
            source: 0,
            kind: Some(kind),
            display_path: path.clone(),
            root: Path::new("").into(),
            limits,
            path,
            text: Text::new(content),
            problem: (size > limit).then_some(ReadProblem::TooLarge { size, limit }),
            not_utf8,
        }
    }
}

/// The bounds that keep hostile input from taking the machine: the `[limits]` table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Limits {
    /// Bytes of one definition file. GitLab's largest real one has 6 KB.
    pub file_bytes: u64,
    /// Lists and mappings within each other. GitLab's real files reach 5.
    pub depth: usize,
    /// Values of one definition, those that aliases repeat included: what a "billion laughs" file would multiply.
    pub values: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self { file_bytes: 1024 * 1024, depth: 64, values: 10_000 }
    }
}

impl Limits {
    /// What no configuration goes beyond: trees are walked by recursion, and keys of a mapping compared with each other.
    pub const MOST: Self = Self { file_bytes: 64 * 1024 * 1024, depth: 200, values: 100_000 };

    /// The name of the first limit that is beyond [`Self::MOST`], and what it may be.
    pub fn excess(&self) -> Option<(&'static str, u64)> {
        let most = Self::MOST;
        [
            ("file_bytes", self.file_bytes, most.file_bytes),
            ("depth", self.depth as u64, most.depth as u64),
            ("values", self.values as u64, most.values as u64),
        ]
        .into_iter()
        .find_map(|(name, value, most)| (value > most).then_some((name, most)))
    }
}
