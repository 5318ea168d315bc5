//! The definition files as they were when a branch began, and which of them differ since.

use std::collections::{BTreeSet, HashSet};
use std::path::Path;
use std::sync::Arc;

use super::git::Since;
use super::roots::{Source, display_path};
use super::walk::{Globs, decode};
use super::{SourceFile, Text};
use crate::error::Result;

/// What differs between the files at hand and the merge base of a revision and `HEAD`.
#[derive(Debug)]
pub struct Earlier {
    /// The old state of each definition file that differs or is gone, in the order of the sources and paths.
    pub files: Vec<SourceFile>,
    /// The sources and paths of what differs: committed, staged, unstaged or untracked.
    changed: HashSet<(usize, String)>,
}

impl Earlier {
    /// Compares every source with the commit in which `revision` and `HEAD` meet. Paths are shown relative to
    /// `directory`.
    ///
    /// # Errors
    /// When a source is in no git repository, the revision is unknown there, or its history is not fetched.
    pub fn read(sources: &[Source], directory: &Path, revision: &str) -> Result<Self> {
        let mut earlier = Self { files: Vec::new(), changed: HashSet::new() };
        let mut seen = HashSet::new();
        for (index, source) in sources.iter().enumerate() {
            let globs = Globs::new(source)?;
            let since = Since::new(&source.root, revision)?;
            let changed: BTreeSet<String> =
                since.changed()?.into_iter().filter(|path| globs.kind(path).is_some()).collect();
            let limit = source.limits.file_bytes;
            let given: Arc<Path> = source.root.as_path().into();
            let root = source.root.canonicalize().unwrap_or_else(|_| source.root.clone());
            for (path, bytes) in since.contents(limit, |path| changed.contains(path))? {
                // Roots may lie within each other.
                if !seen.insert(root.join(&path)) {
                    continue;
                }
                let (content, not_utf8) = decode(bytes);
                earlier.files.push(SourceFile {
                    source: index,
                    kind: globs.kind(&path),
                    display_path: display_path(directory, &source.root.join(&path)),
                    root: Arc::clone(&given),
                    limits: source.limits,
                    path,
                    text: Text::new(content),
                    problem: None,
                    not_utf8,
                });
            }
            earlier.changed.extend(changed.into_iter().map(|path| (index, path)));
        }
        Ok(earlier)
    }

    /// Whether a file differs from its old state.
    pub fn differs(&self, file: &SourceFile) -> bool {
        self.changed.contains(&(file.source, file.path.clone()))
    }

    /// The old files that are none of `files`, as places to report on: they define nothing any more.
    pub fn deleted(&self, files: &[SourceFile]) -> Vec<SourceFile> {
        let present: HashSet<(usize, &str)> =
            files.iter().map(|file| (file.source, file.path.as_str())).collect();
        let deleted = self.files.iter().filter(|file| !present.contains(&(file.source, file.path.as_str())));
        deleted
            .map(|file| SourceFile {
                source: file.source,
                kind: None,
                path: file.path.clone(),
                display_path: file.display_path.clone(),
                root: Arc::clone(&file.root),
                limits: file.limits,
                text: Text::new(file.text.as_str().to_owned()),
                problem: None,
                not_utf8: file.not_utf8,
            })
            .collect()
    }
}
