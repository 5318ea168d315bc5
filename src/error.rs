//! What stops a run. Problems in definitions are never errors: they are findings (`check::Finding`).

use std::path::{Path, PathBuf};

/// A reason why a command could not run at all; the process exits with 2.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// An operation on a file or folder failed.
    #[error("could not {action} `{}`: {source}", path.display())]
    Io {
        /// What was tried, as a verb phrase: "read", "create".
        action: &'static str,
        /// The file or folder.
        path: PathBuf,
        /// What the operating system said.
        source: std::io::Error,
    },
    /// `dictionary.toml`, a vocabulary file or a theme says something that cannot be used.
    #[error("{}{}: {message}", path.display(), line.map(|line| format!(":{line}")).unwrap_or_default())]
    Invalid {
        /// The file that is wrong.
        path: PathBuf,
        /// The line, counted from 1, where it is known.
        line: Option<usize>,
        /// What is wrong and what to write instead.
        message: String,
    },
    /// The command line asks for something that is not there.
    #[error("{0}")]
    Usage(String),
    /// The folder to write into is not ours to replace, or in use.
    #[error("will not write into `{}`: {reason}", path.display())]
    Target {
        /// The folder given by `--out`.
        path: PathBuf,
        /// Why, and what to do.
        reason: String,
    },
    /// A template failed to load or to render.
    #[error("{}", .0.to_string().trim_start_matches("error: "))]
    Template(#[from] tera::Error),
    /// The full-text index could not be made.
    #[error("search index: {0}")]
    Index(#[from] tantivy::TantivyError),
}

impl Error {
    /// Wraps an I/O error with what was tried and where.
    pub fn io(action: &'static str, path: &Path, source: std::io::Error) -> Self {
        Self::Io { action, path: path.to_path_buf(), source }
    }
}

impl From<std::io::Error> for Error {
    /// For writes to standard output, the only I/O without a path.
    fn from(source: std::io::Error) -> Self {
        Self::io("write to", Path::new("standard output"), source)
    }
}

/// The result of everything that may stop a run.
pub type Result<T, E = Error> = std::result::Result<T, E>;
