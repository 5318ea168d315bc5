//! A folder below which many files are looked at, read or made. The way to it is walked once.

use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};

use crate::stamp::Stamp;

/// How often a folder is opened at most: there may be many cores and many folders, but a process has few files.
#[cfg(unix)]
const MOST_OPEN: usize = 8;

/// Such a folder.
#[derive(Debug)]
pub(crate) struct Folder {
    path: PathBuf,
    /// Open for each thread, as far as that goes: those that share an open file wait for each other to count its users.
    #[cfg(unix)]
    folders: Vec<File>,
}

impl Folder {
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
            return Stamp::of_stat(&unix::look(folder, path)?);
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

    /// Makes a file below the folder where there is nothing yet, by a path with `/`, to write it.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn create_new(&self, path: &str) -> io::Result<File> {
        #[cfg(unix)]
        if let Some(folder) = self.folder() {
            return unix::create_new(folder, path);
        }
        File::create_new(self.path.join(path))
    }

    /// Makes a folder below the folder, by a path with `/`.
    ///
    /// # Errors
    /// When it cannot be made.
    pub(crate) fn create_dir(&self, path: &str) -> io::Result<()> {
        #[cfg(unix)]
        if let Some(folder) = self.folder() {
            return unix::create_dir(folder, path);
        }
        fs::create_dir(self.path.join(path))
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

    use rustix::fs::{AtFlags, Mode, OFlags, Stat, mkdirat, openat, statat};
    use rustix::io::retry_on_intr;

    pub(super) fn look(folder: &File, path: &str) -> Option<Stat> {
        statat(folder, path, AtFlags::SYMLINK_NOFOLLOW).ok()
    }

    pub(super) fn open(folder: &File, path: &str) -> std::io::Result<File> {
        let open = || openat(folder, path, OFlags::RDONLY | OFlags::CLOEXEC, Mode::empty());
        Ok(retry_on_intr(open)?.into())
    }

    // What it may be used for is as the standard library leaves it: what the process's mask allows.
    pub(super) fn create_new(folder: &File, path: &str) -> std::io::Result<File> {
        let flags = OFlags::WRONLY | OFlags::CREATE | OFlags::EXCL | OFlags::CLOEXEC;
        Ok(retry_on_intr(|| openat(folder, path, flags, Mode::from_raw_mode(0o666)))?.into())
    }

    pub(super) fn create_dir(folder: &File, path: &str) -> std::io::Result<()> {
        Ok(mkdirat(folder, path, Mode::from_raw_mode(0o777))?)
    }
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime, UNIX_EPOCH};

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
        let root = Folder::new(folder.path());
        for name in ["", "now", "old", "folder", "link", "missing"] {
            assert_eq!(root.stamp(name), Stamp::at(&folder.path().join(name)), "{name}");
        }
        assert_eq!(io::read_to_string(root.open("now").unwrap()).unwrap(), "now");
        assert_eq!(root.open("missing").unwrap_err().kind(), io::ErrorKind::NotFound);
    }

    #[test]
    fn what_is_made_is_as_others_make_it() {
        let folder = tempfile::tempdir().unwrap();
        let (root, path) = (Folder::new(folder.path()), |name: &str| folder.path().join(name));
        root.create_dir("ours").unwrap();
        fs::create_dir(path("theirs")).unwrap();
        root.create_new("ours/file").unwrap();
        File::create_new(path("theirs/file")).unwrap();
        let permissions = |name: &str| fs::metadata(path(name)).unwrap().permissions();
        assert_eq!(permissions("ours"), permissions("theirs"));
        assert_eq!(permissions("ours/file"), permissions("theirs/file"));
        for name in ["ours/file", "theirs"] {
            assert_eq!(root.create_new(name).unwrap_err().kind(), io::ErrorKind::AlreadyExists, "{name}");
        }
        assert_eq!(root.create_new("missing/file").unwrap_err().kind(), io::ErrorKind::NotFound);
    }
}
