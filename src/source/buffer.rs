//! The unsaved text of one file, from an editor, in the place of what is on disk.

use std::path::{Path, PathBuf};

use super::roots::{Source, display_path, without_dots};
use super::walk::Globs;
use super::{Kind, SourceFile};
use crate::error::{Error, Result};

/// Puts a text in the place of a file, which need not exist yet; gives its index among the files.
///
/// `path` is relative to `directory`.
///
/// # Errors
/// When no source's globs match the path.
pub fn put_buffer(
    files: &mut Vec<SourceFile>,
    sources: &[Source],
    directory: &Path,
    (path, bytes): (&Path, Vec<u8>),
) -> Result<usize> {
    let full = without_dots(&directory.join(path));
    let Some((source, below, kind)) = place(sources, &full)? else {
        return Err(Error::Usage(format!(
            "`{}` is no definition: no source's globs match it; `--stdin-filename` names the file whose text comes in",
            path.display()
        )));
    };
    let file = SourceFile {
        source,
        display_path: display_path(directory, &sources[source].root.join(&below)),
        root: sources[source].root.as_path().into(),
        ..SourceFile::within(sources[source].limits, kind, below, bytes)
    };
    let key = |file: &SourceFile| (file.source, file.path.clone());
    let wanted = key(&file);
    let index = files.partition_point(|known| key(known) < wanted);
    match files.get_mut(index) {
        Some(known) if key(known) == wanted => *known = file,
        _ => files.insert(index, file),
    }
    Ok(index)
}

/// The first source that would read a path: its index, the path below its root, and what it defines.
fn place(sources: &[Source], full: &Path) -> Result<Option<(usize, String, Kind)>> {
    for (index, source) in sources.iter().enumerate() {
        let Some(below) = below(&without_dots(&source.root), full) else { continue };
        let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
        let Some(parts) = parts.filter(|parts| parts.iter().all(|part| !part.starts_with('.'))) else {
            continue;
        };
        let path = parts.join("/");
        if let Some(kind) = Globs::new(source)?.kind(&path) {
            return Ok(Some((index, path, kind)));
        }
    }
    Ok(None)
}

/// A path below a root, by name or, where links are in between, by the folders that are there.
fn below(root: &Path, full: &Path) -> Option<PathBuf> {
    if let Ok(below) = full.strip_prefix(root) {
        return Some(below.to_path_buf());
    }
    // The file, and folders above it, may not exist yet.
    let existing = full.ancestors().find(|folder| folder.is_dir())?;
    let rest = full.strip_prefix(existing).ok()?;
    let real = existing.canonicalize().ok()?.join(rest);
    real.strip_prefix(root.canonicalize().ok()?).ok().map(Path::to_path_buf)
}
