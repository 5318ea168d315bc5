//! What a build wrote, remembered for the next one: of each file what it was made of and how it lay on the disk.
//!
//! Nothing is taken on trust. A ledger of another version or program, or with a single bit turned, is no ledger; a file
//! that does not lie as it was left is made again. Without a ledger the next build only takes longer.

use std::borrow::Cow;
use std::fs;
use std::path::Path;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::single::replace;
use crate::site::{Digest, digest_of};
use crate::stamp::Stamp;

/// The version of the format.
const VERSION: u32 = 4;

/// Files or folders that are read and written as one: several at once are quicker.
const BLOCK: usize = 4096;

/// The bytes of a length.
const LENGTH: usize = 8;

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
    pub(super) digest: [u8; 16],
    /// Bytes.
    pub(super) length: u64,
}

/// A file as it was made.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Written<'l> {
    #[serde(borrow)]
    pub(super) path: Cow<'l, str>,
    /// What it was made of.
    pub(super) digest: [u8; 16],
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
        let (head, mut rest) = unsealed(bytes)?;
        let (version, made_by, lengths): (u32, String, [usize; 4]) = postcard::from_bytes(head).ok()?;
        if (version, made_by) != (VERSION, program()) {
            return None;
        }
        let mut blocks = Vec::new();
        while !rest.is_empty() {
            let (block, behind) = rest.split_at_checked(length(rest)?)?;
            blocks.push(block);
            rest = behind;
        }
        let mut blocks = blocks.as_slice();
        let [files, folders, spare_files, spare_folders] = lengths;
        let ledger = Self {
            files: read_list(&mut blocks, files)?,
            folders: read_list(&mut blocks, folders)?,
            spare_files: read_list(&mut blocks, spare_files)?,
            spare_folders: read_list(&mut blocks, spare_folders)?,
        };
        blocks.is_empty().then_some(ledger)
    }

    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, path: &Path) -> std::io::Result<()> {
        let Self { files, folders, spare_files, spare_folders } = self;
        let lengths = [files.len(), folders.len(), spare_files.len(), spare_folders.len()];
        let mut parts = vec![sealed(&(VERSION, program(), lengths))?];
        parts.extend(blocks_of(files)?);
        parts.extend(blocks_of(folders)?);
        parts.extend(blocks_of(spare_files)?);
        parts.extend(blocks_of(spare_folders)?);
        replace(path, parts.iter().map(Vec::as_slice))
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

/// A list as bytes, in blocks.
fn blocks_of<T: Serialize + Sync>(list: &[T]) -> std::io::Result<Vec<Vec<u8>>> {
    list.par_chunks(BLOCK).map(|block| sealed(&block)).collect()
}

/// Reads a list of a known length from the first of some blocks, and takes these away.
fn read_list<'l, T: Deserialize<'l> + Send>(blocks: &mut &[&'l [u8]], length: usize) -> Option<Vec<T>> {
    let (of_list, rest) = blocks.split_at_checked(length.div_ceil(BLOCK))?;
    *blocks = rest;
    let read = |block: &&'l [u8]| postcard::from_bytes::<Vec<T>>(unsealed(block)?.0).ok();
    let read: Option<Vec<Vec<T>>> = of_list.par_iter().map(read).collect();
    let mut list = Vec::with_capacity(length);
    read?.into_iter().for_each(|block| list.extend(block));
    (list.len() == length).then_some(list)
}

/// As bytes, with their length before them and a digest behind them.
fn sealed(value: &impl Serialize) -> std::io::Result<Vec<u8>> {
    let mut bytes = postcard::to_extend(value, vec![0; LENGTH]).map_err(std::io::Error::other)?;
    let digest = digest_of(&bytes[LENGTH..]);
    bytes.extend_from_slice(&digest.0);
    let length = (bytes.len() as u64).to_le_bytes();
    bytes[..LENGTH].copy_from_slice(&length);
    Ok(bytes)
}

/// How long a sealed value is that stands first.
fn length(bytes: &[u8]) -> Option<usize> {
    let length = u64::from_le_bytes(*bytes.first_chunk::<LENGTH>()?) as usize;
    (length > LENGTH).then_some(length)
}

/// Reads what [`sealed`] gave, and what stands behind it.
fn unsealed(bytes: &[u8]) -> Option<(&[u8], &[u8])> {
    let (sealed, rest) = bytes.split_at_checked(length(bytes)?)?;
    let (content, digest) = sealed[LENGTH..].split_last_chunk::<16>()?;
    (digest_of(content).0 == *digest).then_some((content, rest))
}

/// Which program wrote it: another one may make other pages of the same definitions.
fn program() -> String {
    let file = std::env::current_exe().and_then(fs::metadata).map(|metadata| Stamp::of(&metadata)).ok();
    format!("{} {file:?}", env!("CARGO_PKG_VERSION"))
}

impl Written<'_> {
    pub(super) fn digest(&self) -> Digest {
        Digest(self.digest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ledger_with_a_bit_turned_or_cut_short_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let stamp = Stamp::at(folder.path()).unwrap();
        let left = |path: &'static str| Left { path: path.into(), stamp };
        let (pieces, path_of_file) = (vec![Piece { digest: [3; 16], length: 9 }], "a/index.html".into());
        let ledger = Ledger {
            files: vec![Written { path: path_of_file, digest: [7; 16], stamp, pieces, in_spare: true }],
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
