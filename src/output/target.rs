//! The folder to write, and the folder beside it in which the next site is prepared.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::spare::Spare;
use crate::error::{Error, Result};
use crate::site::{BUILD_FILE, is_build_file};

/// A target that is ours to replace, claimed until this is dropped.
pub(super) struct Target {
    /// The folder to write.
    pub(super) out: PathBuf,
    /// The folder beside it in which the next site is prepared.
    pub(super) spare: Spare,
    /// Whether there is an earlier site, or an empty folder, at `out`.
    pub(super) exists: bool,
    /// Holds the lock.
    _parent: Option<File>,
}

impl Target {
    /// Makes sure that the target may be replaced and that nobody else is writing it.
    pub(super) fn claim(out: &Path) -> Result<Self> {
        let refused = |reason: &str| Error::Target { path: out.to_path_buf(), reason: reason.to_owned() };
        let name = out
            .file_name()
            .ok_or_else(|| refused("it has no name of its own; give a folder such as `public`"))?;
        let parent = match out.parent() {
            Some(parent) if !parent.as_os_str().is_empty() => parent.to_path_buf(),
            _ => PathBuf::from("."),
        };
        fs::create_dir_all(&parent).map_err(|error| Error::io("create", &parent, error))?;
        let lock = lock(&parent)?;
        let exists = match fs::symlink_metadata(out) {
            Err(error) if error.kind() == ErrorKind::NotFound => false,
            Err(error) => return Err(Error::io("look at", out, error)),
            Ok(metadata) if metadata.is_symlink() => {
                return Err(refused("it is a link; give the folder it points to"));
            }
            Ok(metadata) if !metadata.is_dir() => return Err(refused("it is a file; give a folder")),
            Ok(_) if !may_be_replaced(out)? => {
                return Err(refused(
                    "it holds files that this program did not write (there is no `build.json` of ours); give an empty or new folder",
                ));
            }
            Ok(_) => true,
        };
        let spare = Spare::open(out, &name.to_string_lossy())?;
        Ok(Self { out: out.to_path_buf(), spare, exists, _parent: lock })
    }
}

/// Whether a folder is empty or holds a site that this program wrote.
fn may_be_replaced(folder: &Path) -> Result<bool> {
    let ours = fs::read(folder.join(BUILD_FILE)).is_ok_and(|bytes| is_build_file(&bytes));
    Ok(ours || entries(folder)?.is_empty())
}

fn entries(folder: &Path) -> Result<Vec<std::ffi::OsString>> {
    let read =
        || fs::read_dir(folder)?.map(|entry| Ok(entry?.file_name())).collect::<std::io::Result<Vec<_>>>();
    read().map_err(|error| Error::io("list", folder, error))
}

/// Waits until no other build writes into the same parent folder. The system lets go of the lock if we are killed.
#[cfg(unix)]
fn lock(parent: &Path) -> Result<Option<File>> {
    let folder = File::open(parent).map_err(|error| Error::io("open", parent, error))?;
    // Some network file systems know no locks; builds work there, one at a time.
    Ok(folder.lock().is_ok().then_some(folder))
}

#[cfg(not(unix))]
fn lock(_: &Path) -> Result<Option<File>> {
    Ok(None)
}
