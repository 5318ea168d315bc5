//! The folder to write, and the folder beside it in which the next site is prepared.

use std::fs::{self, File};
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use super::spare::Spare;
use crate::error::{Error, Result};
use crate::site::{BUILD_FILE, entries_of_site};

/// What desktops leave in folders that were looked at.
const LITTER: &[&str] = &[".DS_Store", "Thumbs.db", "desktop.ini"];

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
        if out.file_name().is_none() {
            return Err(refused("it has no name of its own; give a folder such as `public`"));
        }
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
            Ok(_) => match foreign_entry(out)? {
                None => true,
                Some(entry) => {
                    return Err(refused(&format!(
                        "it holds `{entry}`, which this program did not write; give an empty or new folder, or move that away"
                    )));
                }
            },
        };
        let spare = Spare::open(out)?;
        Ok(Self { out: out.to_path_buf(), spare, exists, _parent: lock })
    }
}

/// Something in a folder that neither this program nor the system put there. Nothing else than an empty folder or a site
/// of ours is ever replaced.
fn foreign_entry(folder: &Path) -> Result<Option<String>> {
    let ours = fs::read(folder.join(BUILD_FILE)).ok().and_then(|bytes| entries_of_site(&bytes));
    let is_ours = |name: &str| match &ours {
        None => false,
        // What earlier versions wrote is not known.
        Some(known) if known.is_empty() => true,
        Some(known) => name == BUILD_FILE || known.iter().any(|known| known == name),
    };
    let mut names = entries(folder)?.into_iter().map(|name| name.to_string_lossy().into_owned());
    Ok(names.find(|name| !is_ours(name) && !LITTER.contains(&name.as_str())))
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
