//! What a build wrote, remembered for the next one: of each file what it was made of and how it lay on the disk.
//!
//! Nothing is taken on trust: a file that does not lie as it was left is made again. Without a ledger the next build only
//! takes longer.

use std::borrow::Cow;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::single::replace;
use crate::digest::Digest;
use crate::sealed::{Lists, Sealed};
use crate::stamp::Stamp;

/// The version of the format.
const VERSION: u32 = 5;

/// The site in place, and the earlier one that is kept as its spare. All lists are sorted by path.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Ledger<'l> {
    /// The files of the site in place.
    pub(super) files: Vec<Written<'l>>,
    /// Its folders.
    pub(super) folders: Vec<Left<'l>>,
    /// The files of the spare that are not those of the site in place.
    pub(super) spare_files: Vec<Left<'l>>,
    /// The folders of the spare; none where there is no spare.
    pub(super) spare_folders: Vec<Left<'l>>,
}

/// A piece of a file that is made in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Piece {
    /// What it was made of.
    pub(super) digest: Digest,
    /// Bytes.
    pub(super) length: u64,
}

/// A file as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Written<'l> {
    #[serde(borrow)]
    pub(super) path: Cow<'l, str>,
    /// What it was made of.
    pub(super) digest: Digest,
    pub(super) stamp: Stamp,
    /// Of a file in pieces.
    pub(super) pieces: Vec<Piece>,
    /// Whether the very same file lies in the spare.
    pub(super) in_spare: bool,
}

/// A file or folder as it was left. Whoever adds a file to a folder or takes one away changes the folder's stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Left<'l> {
    #[serde(borrow)]
    pub(super) path: Cow<'l, str>,
    pub(super) stamp: Stamp,
}

impl<'l> Ledger<'l> {
    /// Reads the bytes of what the last build left; nothing where they cannot be relied on.
    pub(super) fn read(bytes: &'l [u8]) -> Option<Self> {
        let mut lists = Sealed::open(bytes, VERSION)?;
        let ledger = Self {
            files: lists.take_list()?,
            folders: lists.take_list()?,
            spare_files: lists.take_list()?,
            spare_folders: lists.take_list()?,
        };
        lists.is_at_end().then_some(ledger)
    }

    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, path: &Path) -> std::io::Result<()> {
        let mut lists = Lists::new(VERSION)?;
        lists.add(&self.files)?;
        lists.add(&self.folders)?;
        lists.add(&self.spare_files)?;
        lists.add(&self.spare_folders)?;
        replace(path, lists.parts())
    }

    /// Does as if there were no spare.
    pub(super) fn forget_spare(&mut self) {
        self.spare_files.clear();
        self.spare_folders.clear();
        self.files.iter_mut().for_each(|file| file.in_spare = false);
    }

    /// What was written below a folder, whose path ends with `/`.
    pub(super) fn below(&self, folder: &str) -> &[Written<'l>] {
        let start = self.files.partition_point(|file| *file.path < *folder);
        let below = self.files[start..].partition_point(|file| file.path.starts_with(folder));
        &self.files[start..start + below]
    }
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn a_ledger_with_a_bit_turned_or_cut_short_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let stamp = Stamp::at(folder.path()).unwrap();
        let left = |path: &'static str| Left { path: path.into(), stamp };
        let (pieces, path_of_file) =
            (vec![Piece { digest: Digest([3; 16]), length: 9 }], "a/index.html".into());
        let ledger = Ledger {
            files: vec![Written {
                path: path_of_file,
                digest: Digest([7; 16]),
                stamp,
                pieces,
                in_spare: true,
            }],
            folders: vec![left(""), left("a")],
            spare_files: vec![left("b.html")],
            spare_folders: vec![left("")],
        };
        ledger.write(&path).unwrap();
        let bytes = fs::read(&path).unwrap();
        assert_eq!(Ledger::read(&bytes), Some(ledger));
        for place in 0..bytes.len() {
            let mut turned = bytes.clone();
            turned[place] ^= 4;
            assert_eq!(Ledger::read(&turned), None, "byte {place}");
            assert_eq!(Ledger::read(&bytes[..place]), None, "{place} bytes");
        }
    }
}
