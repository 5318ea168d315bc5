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

    /// As [`Stamp::at`], of what the system says of a path.
    // The types of what it says differ from one system to the other.
    #[cfg(unix)]
    #[allow(clippy::unnecessary_cast)]
    pub(crate) fn of_stat(stat: &rustix::fs::Stat) -> Option<Self> {
        use rustix::fs::FileType;
        let length = match FileType::from_raw_mode(stat.st_mode) {
            FileType::Symlink => return None,
            FileType::Directory => 0,
            _ => stat.st_size as u64,
        };
        let seconds = u64::try_from(stat.st_mtime as i64).ok();
        let modified = seconds.map_or(0, |seconds| seconds * 1_000_000_000 + stat.st_mtime_nsec as u64);
        Some(Self { length, modified, inode: stat.st_ino as u64 })
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

#[cfg(unix)]
fn inode(metadata: &Metadata) -> u64 {
    std::os::unix::fs::MetadataExt::ino(metadata)
}

#[cfg(not(unix))]
fn inode(_: &Metadata) -> u64 {
    0
}
