//! How files and folders lie on the disk, by which we tell whether somebody touched them.

use std::fs::{self, File, Metadata};
use std::io;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// How a file or folder lies on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// Bytes; of a folder 0, since file systems do not agree on what it means.
    length: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    /// Tells a file from another that was put in its place; 0 where the system does not say.
    inode: u64,
}

impl Stamp {
    pub(crate) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            length: if metadata.is_dir() { 0 } else { metadata.len() },
            modified: modified.map_or(0, |time| time.as_nanos() as u64),
            inode: inode(metadata),
        }
    }

    /// How the file or folder at a path lies now; a link is not followed and is neither.
    pub(crate) fn at(path: &Path) -> Option<Self> {
        let metadata = fs::symlink_metadata(path).ok()?;
        (!metadata.is_symlink()).then(|| Self::of(&metadata))
    }

    pub(crate) fn length(self) -> usize {
        self.length as usize
    }

    /// Whether it was last written that long ago.
    pub(crate) fn is_older_than(self, age: Duration) -> bool {
        let modified = UNIX_EPOCH + Duration::from_nanos(self.modified);
        SystemTime::now().duration_since(modified).is_ok_and(|passed| passed > age)
    }
}

/// How often a folder is opened at most: there may be many cores and many folders, but a process has few files.
#[cfg(unix)]
const MOST_OPEN: usize = 8;

/// A folder below which many files are looked at or read. The way to it is walked once.
#[derive(Debug)]
pub(crate) struct Root {
    path: PathBuf,
    /// Open for each thread, as far as that goes: those that share an open file wait for each other to count its users.
    #[cfg(unix)]
    folders: Vec<File>,
}

impl Root {
    pub(crate) fn new(path: &Path) -> Self {
        Self {
            path: path.to_path_buf(),
            #[cfg(unix)]
            folders: (0..rayon::current_num_threads().min(MOST_OPEN))
                .map_while(|_| File::open(path).ok())
                .collect(),
        }
    }

    /// As [`Stamp::at`], of a path below the folder, with `/`.
    pub(crate) fn stamp(&self, path: &str) -> Option<Stamp> {
        #[cfg(unix)]
        if let Some(folder) = self.folder().filter(|_| !path.is_empty()) {
            return unix::stamp(folder, path);
        }
        Stamp::at(&self.path.join(path))
    }

    /// Opens a file below the folder, by a path with `/`, to read it.
    ///
    /// # Errors
    /// When it cannot be opened.
    pub(crate) fn open(&self, path: &str) -> io::Result<File> {
        #[cfg(unix)]
        if let Some(folder) = self.folder() {
            return unix::open(folder, path);
        }
        File::open(self.path.join(path))
    }

    /// The folder for this thread.
    #[cfg(unix)]
    fn folder(&self) -> Option<&File> {
        let thread = rayon::current_thread_index().unwrap_or(0);
        self.folders.get(thread.checked_rem(self.folders.len())?)
    }
}

#[cfg(unix)]
mod unix {
    use std::fs::File;

    use rustix::fs::{AtFlags, FileType, Mode, OFlags, openat, statat};
    use rustix::io::retry_on_intr;

    use super::Stamp;

    pub(super) fn open(folder: &File, path: &str) -> std::io::Result<File> {
        let open = || openat(folder, path, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty());
        Ok(retry_on_intr(open)?.into())
    }

    // The types of what the system says differ from one to the other.
    #[allow(clippy::unnecessary_cast)]
    pub(super) fn stamp(folder: &File, path: &str) -> Option<Stamp> {
        let stat = statat(folder, path, AtFlags::SYMLINK_NOFOLLOW).ok()?;
        let length = match FileType::from_raw_mode(stat.st_mode) {
            FileType::Symlink => return None,
            FileType::Directory => 0,
            _ => stat.st_size as u64,
        };
        let seconds = u64::try_from(stat.st_mtime as i64).ok();
        let modified = seconds.map_or(0, |seconds| seconds * 1_000_000_000 + stat.st_mtime_nsec as u64);
        Some(Stamp { length, modified, inode: stat.st_ino as u64 })
    }
}

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_ways_of_looking_see_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let old = UNIX_EPOCH - Duration::from_secs(10);
        for (name, time) in [("now", SystemTime::now()), ("old", old)] {
            let path = folder.path().join(name);
            fs::write(&path, name).unwrap();
            fs::File::options().append(true).open(&path).unwrap().set_modified(time).unwrap();
        }
        fs::create_dir(folder.path().join("folder")).unwrap();
        #[cfg(unix)]
        std::os::unix::fs::symlink("now", folder.path().join("link")).unwrap();
        let root = Root::new(folder.path());
        for name in ["", "now", "old", "folder", "link", "missing"] {
            assert_eq!(root.stamp(name), Stamp::at(&folder.path().join(name)), "{name}");
        }
        assert_eq!(io::read_to_string(root.open("now").unwrap()).unwrap(), "now");
        assert_eq!(root.open("missing").unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
