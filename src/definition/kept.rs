//! Files with their trees that outlive a run: `serve` reads and parses again only what was touched.

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use self_cell::self_cell;

use super::{Definition, Tree, parsed};
use crate::error::Result;
use crate::source::{Entry, Source, SourceFile, read_each};
use crate::stamp::Stamp;
use crate::yaml::Document;

/// A file that was written less long ago may be written again without its time telling, which is as coarse as this on
/// some file systems.
const COARSEST_TIME: Duration = Duration::from_secs(2);

self_cell!(
    struct Both {
        owner: SourceFile,
        #[covariant]
        dependent: Document,
    }
    impl {Debug}
);

/// A file and its tree, shared by those who keep them.
#[derive(Debug, Clone)]
pub struct Parsed(Arc<Both>);

impl Parsed {
    fn read(entry: Entry<'_>) -> Self {
        Self(Arc::new(Both::new(entry.read(), parsed)))
    }

    /// The definition, as the one of this index among all of a run.
    pub fn definition(&self, file: usize) -> Definition<'_> {
        Definition { file, source: self.as_ref(), document: Tree::Kept(self.0.borrow_dependent()) }
    }
}

impl AsRef<SourceFile> for Parsed {
    fn as_ref(&self) -> &SourceFile {
        self.0.borrow_owner()
    }
}

/// What an earlier reading found, for the next one to take over.
#[derive(Debug, Default)]
pub struct Kept(Mutex<Reading>);

#[derive(Debug, Default)]
struct Reading {
    sources: Vec<Source>,
    directory: PathBuf,
    /// In the order of the sources and sorted by path within each.
    files: Vec<File>,
}

#[derive(Debug)]
struct File {
    /// `None` for one to be read again in any case.
    stamp: Option<Stamp>,
    parsed: Parsed,
}

impl Kept {
    /// Reads as [`crate::source::read`] does, and parses; what was not touched since the last time is taken over.
    ///
    /// # Errors
    /// As [`crate::source::read`].
    pub fn read(&self, sources: &[Source], directory: &Path) -> Result<Vec<Parsed>> {
        let mut last = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if last.sources != sources || last.directory != directory {
            *last = Reading { sources: sources.into(), directory: directory.into(), files: Vec::new() };
        }
        let earlier = std::mem::take(&mut last.files);
        last.files = read_each(sources, directory, |entry| {
            // Looked at before it is read: whoever writes it in between has it read again.
            let stamp = entry.stamp();
            let known = find(&earlier, &entry).filter(|file| stamp.is_some() && file.stamp == stamp);
            File {
                stamp: stamp.filter(|stamp| stamp.is_older_than(COARSEST_TIME)),
                parsed: known.map_or_else(|| Parsed::read(entry), |file| file.parsed.clone()),
            }
        })?;
        Ok(last.files.iter().map(|file| file.parsed.clone()).collect())
    }
}

fn find<'f>(files: &'f [File], entry: &Entry<'_>) -> Option<&'f File> {
    let place = files.binary_search_by(|file| {
        let source = file.parsed.as_ref();
        (source.source, source.path.as_str()).cmp(&(entry.source(), entry.path()))
    });
    Some(&files[place.ok()?])
}

#[cfg(test)]
mod tests {
    use std::fs::{self, File as DiskFile};
    use std::time::SystemTime;

    use super::*;

    /// Files of metrics, by name and text, last written so many seconds ago.
    fn write(root: &Path, name: &str, text: &str, age: u64) {
        let path = root.join("metrics").join(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        let time = SystemTime::now() - Duration::from_secs(age);
        DiskFile::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
    }

    #[test]
    fn what_was_touched_is_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path();
        let kept = Kept::default();
        let sources = [Source::at(root.to_path_buf())];
        let read = |sources: &[Source]| kept.read(sources, root).unwrap();
        let texts = |files: &[Parsed]| -> Vec<String> {
            let definitions = files.iter().enumerate().map(|(index, parsed)| parsed.definition(index));
            definitions.map(|definition| definition.text("key_path").unwrap_or("?").to_owned()).collect()
        };
        for (name, age) in [("a.yml", 60), ("b.yml", 50), ("c.yml", 40), ("fresh.yml", 0)] {
            write(root, name, &format!("key_path: {name}"), age);
        }
        let first = read(&sources);
        assert_eq!(texts(&first), ["a.yml", "b.yml", "c.yml", "fresh.yml"]);

        write(root, "b.yml", "key_path: b.new", 30);
        fs::remove_file(root.join("metrics/c.yml")).unwrap();
        write(root, "ab.yml", "key_path: ab", 60);
        let second = read(&sources);
        assert_eq!(texts(&second), ["a.yml", "ab", "b.new", "fresh.yml"]);
        let is_same = |now: usize, before: usize| std::ptr::eq(second[now].as_ref(), first[before].as_ref());
        assert!(is_same(0, 0));
        assert!(!is_same(3, 3), "a file that was just written may be written again at the same time");

        let mut others = sources.clone();
        others[0].limits.file_bytes = 1;
        assert_eq!(texts(&read(&others)), ["?"; 4]);
    }
}
