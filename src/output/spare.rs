//! The hidden folder beside the target: the next site is prepared in it, and the earlier one stays there as a spare, so
//! that the next build has to write no more than what has changed since.
//!
//! Everything in it is ours and safe to delete.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// By this file the folder is known as ours; version control passes the folder over.
const MARK: &str = ".gitignore";
const MARK_TEXT: &str = "# Made by metrics-dictionary for quicker builds. Safe to delete.\n*\n";

/// `.public.spare` beside `public`, on the same file system.
pub(super) struct Spare {
    folder: PathBuf,
}

impl Spare {
    /// The one for a target, whether it is there or not.
    pub(super) fn beside(out: &Path) -> Self {
        let name = out.file_name().unwrap_or_default().to_string_lossy();
        Self { folder: out.with_file_name(format!(".{name}.spare")) }
    }

    /// Opens the folder for a target, or makes it.
    ///
    /// # Errors
    /// When somebody else's folder or file has its name.
    pub(super) fn open(out: &Path) -> Result<Self> {
        let Self { folder } = Self::beside(out);
        match fs::create_dir(&folder) {
            Ok(()) => {}
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                if !is_ours(&folder) {
                    let reason =
                        "the next site is prepared there, but this program did not make it; move it away";
                    return Err(Error::Target { path: folder, reason: reason.to_owned() });
                }
            }
            Err(error) => return Err(Error::io("create", &folder, error)),
        }
        if !is_marked(&folder) {
            let mark = folder.join(MARK);
            fs::write(&mark, MARK_TEXT).map_err(|error| Error::io("write", &mark, error))?;
        }
        Ok(Self { folder })
    }

    /// Where the site is prepared.
    pub(super) fn site(&self) -> PathBuf {
        self.folder.join("site")
    }

    /// Where is written down what builds wrote.
    pub(super) fn ledger(&self) -> PathBuf {
        self.folder.join("ledger")
    }

    /// Where lies what was parsed of the definitions.
    pub(super) fn trees(&self) -> PathBuf {
        self.folder.join("trees")
    }

    /// Leaves an empty folder for the site.
    pub(super) fn empty_site(&self) -> Result<()> {
        let site = self.site();
        match fs::remove_dir_all(&site) {
            Err(error) if error.kind() != ErrorKind::NotFound => Err(Error::io("delete", &site, error)),
            _ => fs::create_dir(&site).map_err(|error| Error::io("create", &site, error)),
        }
    }

    /// Deletes what a failed build left: it would only take space.
    pub(super) fn discard(&self) {
        // What cannot be deleted now is deleted by the next build. The mark goes last: whatever else is left is ours.
        let _ = fs::remove_dir_all(self.site());
        let _ = fs::remove_file(self.ledger());
        let _ = fs::remove_file(self.trees());
        let _ = fs::remove_dir_all(&self.folder);
    }
}

/// Whether a folder carries our mark, or nothing at all since we were killed while we set it.
fn is_ours(folder: &Path) -> bool {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|metadata| metadata.is_dir());
    let is_mark = |entry: std::io::Result<fs::DirEntry>| entry.is_ok_and(|entry| entry.file_name() == MARK);
    let bare = || fs::read_dir(folder).is_ok_and(|mut entries| entries.all(is_mark));
    is_folder && (is_marked(folder) || bare())
}

fn is_marked(folder: &Path) -> bool {
    fs::read(folder.join(MARK)).is_ok_and(|text| text == MARK_TEXT.as_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mark_is_written_once() {
        // While it is written it is empty, and whoever is killed then would leave a folder that is nobody's.
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        let spare = Spare::open(&out).unwrap();
        let time = || fs::metadata(spare.folder.join(MARK)).unwrap().modified().unwrap();
        let before = time();
        std::thread::sleep(std::time::Duration::from_millis(20));
        Spare::open(&out).unwrap();
        assert_eq!(time(), before);
        fs::write(spare.folder.join(MARK), "").unwrap();
        Spare::open(&out).unwrap();
        assert!(is_marked(&spare.folder));
    }
}
