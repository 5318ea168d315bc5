//! The sorted walk over the roots and the parallel reading of what it finds.

use std::collections::HashSet;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use globset::{GlobBuilder, GlobSet, GlobSetBuilder};
use rayon::prelude::*;
use walkdir::WalkDir;

use super::fs::{ReadProblem, read_definition, read_file};
use super::roots::{Source, display_path};
use super::{Kind, Limits, SourceFile, Span, Text};
use crate::error::{Error, Result};
use crate::folder::Folder;
use crate::stamp::Stamp;

/// Files that are read in one go.
const SHARE: usize = 64;

/// Reads every definition file of every source, in the order of the sources and sorted by path within each.
///
/// Paths are shown relative to `directory`.
///
/// # Errors
/// When a root is no readable folder, or a glob is malformed. Problems of single files are kept in their
/// [`SourceFile`].
pub fn read(sources: &[Source], directory: &Path) -> Result<Vec<SourceFile>> {
    read_each(sources, directory, |entry| entry.read())
}

/// As [`read`], with something made of each file, on all cores.
///
/// # Errors
/// As [`read`].
pub fn read_each<T: Send>(
    sources: &[Source],
    directory: &Path,
    make: impl Fn(Entry<'_>) -> T + Sync,
) -> Result<Vec<T>> {
    let mut found = Vec::new();
    for (index, source) in sources.iter().enumerate() {
        found.extend(walk(index, source)?);
    }
    if sources.len() > 1 {
        keep_first_of_each_path(&mut found, sources);
    }
    let roots: Vec<Root> = sources.iter().map(|source| Root::new(source, directory)).collect();
    let entry = |found: Found| Entry { root: &roots[found.source], directory, found };
    // Small shares: nobody is left with a large one at the end.
    Ok(found.into_par_iter().with_max_len(SHARE).map(|found| make(entry(found))).collect())
}

/// Roots may lie within each other: each path is read once, for the first source that has it.
fn keep_first_of_each_path(found: &mut Vec<Found>, sources: &[Source]) {
    let canonical = |source: &Source| source.root.canonicalize().unwrap_or_else(|_| source.root.clone());
    let roots: Vec<PathBuf> = sources.iter().map(canonical).collect();
    let mut seen = HashSet::new();
    found.retain(|entry| seen.insert(roots[entry.source].join(&entry.path)));
}

/// What the files of one source have in common.
struct Root {
    path: Arc<Path>,
    folder: Folder,
    limits: Limits,
    /// What stands before the path below the root where reports show it; `None` where the root is not below the
    /// working directory, which may then lie on the way to the file.
    shown: Option<String>,
}

impl Root {
    fn new(source: &Source, directory: &Path) -> Self {
        let shown = match display_path(directory, &source.root) {
            empty if empty.is_empty() => Some(empty),
            climbing if climbing.starts_with("..") => None,
            below => Some(below + "/"),
        };
        let folder = Folder::new(&source.root);
        Self { path: source.root.as_path().into(), folder, limits: source.limits, shown }
    }
}

/// A file, or what stands in the place of one, before it is read.
pub struct Entry<'e> {
    root: &'e Root,
    directory: &'e Path,
    found: Found,
}

/// A path met by the walk.
struct Found {
    source: usize,
    kind: Option<Kind>,
    path: String,
    /// Whether the folder says that it is a file, and no link.
    is_file: bool,
    problem: Option<ReadProblem>,
}

impl Entry<'_> {
    /// Index into the sources.
    pub fn source(&self) -> usize {
        self.found.source
    }

    /// The path below the source's root, with `/`.
    pub fn path(&self) -> &str {
        &self.found.path
    }

    /// How the file lies on the disk; nothing for a link, or what is no file.
    pub(crate) fn stamp(&self) -> Option<Stamp> {
        let is_file = self.found.is_file && self.found.problem.is_none();
        is_file.then(|| self.root.folder.stamp(&self.found.path))?
    }

    /// Reads it.
    pub fn read(self) -> SourceFile {
        let Self { root, directory, found } = self;
        let full = || root.path.join(&found.path);
        let limit = root.limits.file_bytes;
        let bytes = match found.problem {
            Some(problem) => Err(problem),
            None if found.is_file => read_file(root.folder.open(&found.path), limit),
            None => read_definition(&full(), &root.path, limit),
        };
        let (content, not_utf8, problem) = match bytes {
            Ok(bytes) => {
                let (content, not_utf8) = decode(bytes);
                (content, not_utf8, None)
            }
            Err(problem) => (String::new(), None, Some(problem)),
        };
        SourceFile {
            source: found.source,
            kind: found.kind,
            display_path: match &root.shown {
                Some(shown) => format!("{shown}{}", found.path),
                None => display_path(directory, &full()),
            },
            path: found.path,
            root: Arc::clone(&root.path),
            limits: root.limits,
            text: Text::new(content),
            problem,
            not_utf8,
        }
    }
}

/// Decodes UTF-8 without its byte-order mark; bad bytes become U+FFFD and the first of them gets a span.
pub(super) fn decode(mut bytes: Vec<u8>) -> (String, Option<Span>) {
    const BYTE_ORDER_MARK: &[u8] = "\u{feff}".as_bytes();
    if let Some(text) = decode_utf16(&bytes) {
        let first = text.chars().next().map_or(0, char::len_utf8);
        return (text, Some(Span::new(0, first)));
    }
    if bytes.starts_with(BYTE_ORDER_MARK) {
        bytes.drain(..BYTE_ORDER_MARK.len());
    }
    match String::from_utf8(bytes) {
        Ok(text) => (text, None),
        Err(error) => {
            let start = error.utf8_error().valid_up_to();
            let text = String::from_utf8_lossy(error.as_bytes()).into_owned();
            (text, Some(Span::new(start, start + char::REPLACEMENT_CHARACTER.len_utf8())))
        }
    }
}

/// Decodes UTF-16 with its byte-order mark, as some editors on Windows write it.
fn decode_utf16(bytes: &[u8]) -> Option<String> {
    let (mark, units) = bytes.split_first_chunk::<2>()?;
    let unit: fn([u8; 2]) -> u16 = match mark {
        [0xFF, 0xFE] => u16::from_le_bytes,
        [0xFE, 0xFF] => u16::from_be_bytes,
        _ => return None,
    };
    let units = units.chunks_exact(2).map(|pair| unit([pair[0], pair[1]]));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

/// The globs of one source, compiled.
pub(super) struct Globs {
    metrics: GlobSet,
    events: GlobSet,
    exclude: GlobSet,
}

impl Globs {
    pub(super) fn new(source: &Source) -> Result<Self> {
        Ok(Self {
            metrics: glob_set(&source.metrics)?,
            events: glob_set(&source.events)?,
            exclude: glob_set(&source.exclude)?,
        })
    }

    /// What a path below the root defines, if the walk would read it.
    pub(super) fn kind(&self, path: &str) -> Option<Kind> {
        if self.exclude.is_match(path) {
            None
        } else if self.metrics.is_match(path) {
            Some(Kind::Metric)
        } else {
            self.events.is_match(path).then_some(Kind::Event)
        }
    }

    /// Whether a file in a folder of definitions can be none by its name. Folders of other names hold other things.
    fn is_stray(&self, base: &Path, path: &str) -> bool {
        let of_definitions = base.file_name().is_some_and(|name| name == "metrics" || name == "events");
        let known = Path::new(path)
            .extension()
            .is_some_and(|extension| extension == "yml" || extension == "yaml" || extension == "json");
        of_definitions && !known && !self.exclude.is_match(path)
    }
}

/// Compiles globs in which `*` stays within one folder and `**` crosses them.
///
/// # Errors
/// When a glob is malformed; the message names it.
pub(crate) fn glob_set(globs: &[String]) -> Result<GlobSet> {
    let mut builder = GlobSetBuilder::new();
    for glob in globs {
        let glob = GlobBuilder::new(glob)
            .literal_separator(true)
            .build()
            .map_err(|error| Error::Usage(format!("the glob {error}")))?;
        builder.add(glob);
    }
    builder.build().map_err(|error| Error::Usage(format!("globs: {error}")))
}

fn walk(index: usize, source: &Source) -> Result<Vec<Found>> {
    let globs = Globs::new(source)?;
    let metadata = fs::metadata(&source.root)
        .map_err(|error| Error::io("read the definitions in", &source.root, error))?;
    if !metadata.is_dir() {
        return Err(Error::Usage(format!(
            "`{}` is not a folder: `--definitions` takes the folder that holds `metrics/` and `events/`",
            source.root.display()
        )));
    }
    let bases = source.folders();
    let mut found: Vec<Found> =
        bases.par_iter().flat_map(|base| walk_base(index, &source.root, base, &globs)).collect();
    found.par_sort_by(|a, b| a.path.cmp(&b.path));
    found.dedup_by(|a, b| a.path == b.path);
    Ok(found)
}

fn walk_base(index: usize, root: &Path, base: &Path, globs: &Globs) -> Vec<Found> {
    let start = root.join(base);
    let inside = match (start.canonicalize(), root.canonicalize()) {
        (Ok(start), Ok(root)) => start.starts_with(root),
        _ => return Vec::new(), // A source need not have both metrics and events.
    };
    if !inside {
        let path = slashed(base).unwrap_or_else(|lossy| lossy);
        let problem = Some(ReadProblem::OutsideRoot);
        return vec![Found { source: index, kind: None, path, is_file: false, problem }];
    }
    // Hidden files belong to editors and other tools.
    let hidden = |entry: &walkdir::DirEntry| {
        entry.depth() > 0 && entry.file_name().as_encoded_bytes().starts_with(b".")
    };
    let walked = WalkDir::new(&start).into_iter().filter_entry(|entry| !hidden(entry)).collect::<Vec<_>>();
    let found = walked.into_par_iter().filter_map(|entry| {
        let is_file = entry.as_ref().is_ok_and(|entry| entry.file_type().is_file());
        let (path, is_dir, is_link, problem) = match &entry {
            Ok(entry) => (entry.path(), entry.file_type().is_dir(), entry.path_is_symlink(), None),
            Err(error) => {
                let path = error.path().unwrap_or(&start);
                let reason = error.io_error().map_or_else(|| error.to_string(), ToString::to_string);
                (path, true, false, Some(ReadProblem::Unreadable(reason)))
            }
        };
        let relative = path.strip_prefix(root).unwrap_or(path);
        let (path, problem) = match slashed(relative) {
            Ok(path) => (path, problem),
            Err(lossy) => (lossy, Some(ReadProblem::Unreadable("its name is not UTF-8".to_owned()))),
        };
        let kind = globs.kind(&path);
        let stray = !is_dir && kind.is_none() && globs.is_stray(base, &path);
        let linked_folder = is_link && root.join(&path).is_dir();
        let problem = if linked_folder {
            Some(ReadProblem::LinkedFolder)
        } else if kind.is_some() || (is_dir && problem.is_some()) {
            problem
        } else if stray {
            Some(ReadProblem::Stray)
        } else {
            return None;
        };
        Some(Found { source: index, kind, path, is_file, problem })
    });
    found.collect()
}

/// A relative path with `/`; as the error its nearest readable form where a name is not UTF-8.
fn slashed(path: &Path) -> Result<String, String> {
    let parts: Option<Vec<&str>> = path.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/")).ok_or_else(|| path.to_string_lossy().replace('\\', "/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_byte_order_mark_is_no_text() {
        assert_eq!(decode("\u{feff}a: 1".as_bytes().to_vec()), ("a: 1".to_owned(), None));
    }

    #[test]
    fn utf16_is_read_and_reported() {
        assert_eq!(decode(b"\xff\xfea\0:\0".to_vec()), ("a:".to_owned(), Some(Span::new(0, 1))));
    }

    #[test]
    fn bad_bytes_keep_the_place_of_the_first() {
        let (text, span) = decode(b"ab\xff\xfec".to_vec());
        assert!(text.starts_with("ab\u{fffd}"));
        assert_eq!(span, Some(Span::new(2, 5)));
    }
}
