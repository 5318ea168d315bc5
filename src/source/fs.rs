//! File access whose errors name the path.

use std::fs::File;
use std::io::Read;
use std::path::{Component, Path};

use super::{Limits, SourceFile};
use crate::error::{Error, Result};

/// Room for a definition: one call reads nearly every file.
const USUAL_BYTES: usize = 4096;

/// Reads a side file (configuration, vocabulary, content, baseline) as UTF-8.
///
/// # Errors
/// When the file cannot be read, is not UTF-8, or holds more than any definition may (`Limits::MOST`).
pub fn read_to_string(path: &Path) -> Result<String> {
    let limit = Limits::MOST.file_bytes;
    let mut text = String::new();
    let read = File::open(path).and_then(|file| file.take(limit + 1).read_to_string(&mut text));
    read.map_err(|error| Error::io("read", path, error))?;
    if text.len() as u64 > limit {
        let message = format!("the file has more than {limit} bytes; that is no file for this program");
        return Err(Error::Invalid { path: path.to_path_buf(), line: None, message });
    }
    Ok(text)
}

/// Why a definition file has no text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ReadProblem {
    /// A folder, pipe, socket or device stands under a definition's name.
    NotAFile(&'static str),
    /// The file holds more bytes than allowed.
    TooLarge {
        /// The size at hand in bytes.
        size: u64,
        /// The limit in bytes.
        limit: u64,
    },
    /// A link leads out of the source's root.
    OutsideRoot,
    /// A linked folder, which is not followed.
    LinkedFolder,
    /// A file among the definitions that is named like none.
    Stray,
    /// The operating system refused; its words.
    Unreadable(String),
}

/// Reads a definition file of at most `limit` bytes, following links only within `root`.
///
/// # Errors
/// With the reason why the file cannot be read; never blocks on a pipe.
pub(super) fn read_definition(path: &Path, root: &Path, limit: u64) -> Result<Vec<u8>, ReadProblem> {
    let unreadable = |error: std::io::Error| ReadProblem::Unreadable(error.to_string());
    let link = std::fs::symlink_metadata(path).map_err(unreadable)?.is_symlink();
    let metadata = std::fs::metadata(path).map_err(unreadable)?;
    if link {
        let target = std::fs::canonicalize(path).map_err(unreadable)?;
        if !target.starts_with(std::fs::canonicalize(root).map_err(unreadable)?) {
            return Err(ReadProblem::OutsideRoot);
        }
    }
    if metadata.is_dir() {
        return Err(if link { ReadProblem::LinkedFolder } else { ReadProblem::NotAFile("a folder") });
    }
    if !metadata.is_file() {
        return Err(ReadProblem::NotAFile("a pipe, socket or device"));
    }
    read_file(File::open(path), limit)
}

/// Reads at most `limit` bytes of what is known to be a file, once it is open.
///
/// # Errors
/// As [`read_definition`].
pub(super) fn read_file(file: std::io::Result<File>, limit: u64) -> Result<Vec<u8>, ReadProblem> {
    let unreadable = |error: std::io::Error| ReadProblem::Unreadable(error.to_string());
    let file = file.map_err(unreadable)?;
    let mut bytes = Vec::with_capacity(USUAL_BYTES);
    (&file).take(limit + 1).read_to_end(&mut bytes).map_err(unreadable)?;
    if bytes.len() as u64 > limit {
        let size = file.metadata().map_err(unreadable)?.len();
        return Err(ReadProblem::TooLarge { size, limit });
    }
    // A copy in a place of its size: cutting the large one down would leave a hole.
    Ok(bytes.as_slice().to_vec())
}

/// What stands at a path that a definition names.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nearby {
    /// A file.
    File,
    /// No file.
    Missing,
    /// Nothing that a definition may name: the path is absolute or climbs.
    Outside,
}

impl SourceFile {
    /// Looks for a file that the definition names by a path from some folder that it lies in: its project's, its
    /// source's root, or one between or above.
    pub fn nearby(&self, path: &str) -> Nearby {
        let path = Path::new(path);
        if !path.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
            return Nearby::Outside;
        }
        let location = self.root.join(&self.path);
        let found = location.ancestors().skip(1).any(|folder| folder.join(path).is_file());
        if found { Nearby::File } else { Nearby::Missing }
    }
}
