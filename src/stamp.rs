//! How files and folders lie on the disk, by which we tell whether somebody touched them.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde::{Deserialize, Serialize};

/// How a file or folder lies on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(crate) struct Stamp {
    /// Bytes; of a folder 0, since file systems do not agree on what it means.
    length: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    /// Tells whether two paths lead to the same file; 0 where the system does not say.
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

    /// Whether it is certain that one file lies at two places.
    pub(crate) fn is_that_of(self, other: Self) -> bool {
        self == other && self.inode != 0 && self.modified != 0
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
