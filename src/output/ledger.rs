//! What a build wrote, remembered for the next one: of each file what it was made of and how it lay on the disk.
//!
//! Nothing is taken on trust. A ledger of another version or program, or with a single bit turned, is no ledger; a file
//! that does not lie as it was left is made again. Without a ledger the next build only takes longer.

use std::fs::{self, Metadata};
use std::path::Path;
use std::time::UNIX_EPOCH;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::single::write_file;
use crate::error::Result;
use crate::site::{Digest, digest_of};

/// The version of the format.
const VERSION: u32 = 2;

/// Files or folders that are read and written as one: several at once are quicker.
const BLOCK: usize = 4096;

/// The bytes of a length.
const LENGTH: usize = 8;

/// The site in place and the earlier one that is kept as its spare.
#[derive(Debug, Default)]
pub(super) struct Ledger {
    pub(super) site: Tree,
    /// Empty where there is none.
    pub(super) spare: Tree,
}

/// Everything in a folder, sorted by path.
#[derive(Debug, Default)]
pub(super) struct Tree {
    pub(super) files: Vec<Written>,
    pub(super) folders: Vec<Folder>,
}

/// A piece of a file that is made in pieces.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Piece {
    /// What it was made of.
    pub(super) digest: [u8; 16],
    /// Bytes.
    pub(super) length: u64,
}

/// A file as it was left.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Written {
    pub(super) path: String,
    /// What it was made of.
    pub(super) digest: [u8; 16],
    pub(super) stamp: Stamp,
    /// Of a file in pieces.
    pub(super) pieces: Vec<Piece>,
}

/// A folder as it was left: whoever adds a file to it or takes one away changes its stamp.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Folder {
    pub(super) path: String,
    pub(super) stamp: Stamp,
}

/// How a file or folder lies on the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub(super) struct Stamp {
    /// Bytes; of a folder 0, since file systems do not agree on what it means.
    length: u64,
    /// Nanoseconds since 1970.
    modified: u64,
    /// Tells whether two paths lead to the same file; 0 where the system does not say.
    inode: u64,
}

impl Ledger {
    /// Reads what the last build left; nothing where that cannot be relied on.
    pub(super) fn read(path: &Path) -> Option<Self> {
        let bytes = fs::read(path).ok()?;
        let (head, mut rest) = unsealed(&bytes)?;
        let head: (u32, String, usize) = postcard::from_bytes(head).ok()?;
        let mut blocks = Vec::new();
        while !rest.is_empty() {
            let length = length(rest)?;
            let (block, behind) = rest.split_at_checked(length)?;
            blocks.push(block);
            rest = behind;
        }
        if head != (VERSION, program(), blocks.len()) {
            return None;
        }
        let read = |block: &&[u8]| postcard::from_bytes::<Block>(unsealed(block)?.0).ok();
        let blocks: Option<Vec<Block>> = blocks.par_iter().map(read).collect();
        let mut ledger = Self::default();
        for (is_site, files, folders) in blocks? {
            let tree = if is_site { &mut ledger.site } else { &mut ledger.spare };
            tree.files.extend(files);
            tree.folders.extend(folders);
        }
        Some(ledger)
    }

    /// # Errors
    /// When it cannot be written.
    pub(super) fn write(&self, path: &Path) -> Result<()> {
        let trees = [(true, &self.site), (false, &self.spare)];
        let files = trees.iter().flat_map(|(is_site, tree)| {
            tree.files.chunks(BLOCK).map(|files| (*is_site, files, &[] as &[Folder]))
        });
        let folders = trees.iter().flat_map(|(is_site, tree)| {
            tree.folders.chunks(BLOCK).map(|folders| (*is_site, &[] as &[Written], folders))
        });
        let blocks: Vec<_> = files.chain(folders).collect();
        let head = sealed(&(VERSION, program(), blocks.len()))?;
        let mut written = blocks.par_iter().map(sealed).collect::<Result<Vec<_>>>()?;
        written.insert(0, head);
        write_file(path, &written.concat())
    }
}

/// Some files or folders of the site in place, or of the spare.
type Block = (bool, Vec<Written>, Vec<Folder>);

/// As bytes, with their length before them and a digest behind them.
fn sealed(value: &impl Serialize) -> Result<Vec<u8>> {
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

impl Tree {
    pub(super) fn is_empty(&self) -> bool {
        self.files.is_empty()
    }

    /// What was written at a path.
    pub(super) fn file(&self, path: &str) -> Option<&Written> {
        let place = self.files.binary_search_by(|file| file.path.as_str().cmp(path)).ok()?;
        Some(&self.files[place])
    }

    /// How a folder was left.
    pub(super) fn folder(&self, path: &str) -> Option<&Folder> {
        let place = self.folders.binary_search_by(|folder| folder.path.as_str().cmp(path)).ok()?;
        Some(&self.folders[place])
    }

    /// What was written below a folder, whose path ends with `/`.
    pub(super) fn below(&self, folder: &str) -> &[Written] {
        let start = self.files.partition_point(|file| file.path.as_str() < folder);
        let below = self.files[start..].partition_point(|file| file.path.starts_with(folder));
        &self.files[start..start + below]
    }
}

impl Written {
    pub(super) fn digest(&self) -> Digest {
        Digest(self.digest)
    }
}

impl Stamp {
    pub(super) fn of(metadata: &Metadata) -> Self {
        let modified = metadata.modified().ok().and_then(|time| time.duration_since(UNIX_EPOCH).ok());
        Self {
            length: if metadata.is_dir() { 0 } else { metadata.len() },
            modified: modified.map_or(0, |time| time.as_nanos() as u64),
            inode: inode(metadata),
        }
    }

    /// How the file or folder at a path lies now; a link is not followed and is neither.
    pub(super) fn at(path: &Path) -> Option<Self> {
        let metadata = fs::symlink_metadata(path).ok()?;
        (!metadata.is_symlink()).then(|| Self::of(&metadata))
    }

    pub(super) fn length(self) -> usize {
        self.length as usize
    }

    /// Whether the system can tell files apart.
    pub(super) fn is_telling(self) -> bool {
        self.inode != 0 && self.modified != 0
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
    fn a_ledger_with_a_bit_turned_or_cut_short_is_none() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("ledger");
        let stamp = Stamp::at(folder.path()).unwrap();
        let files =
            vec![Written { path: "a/index.html".to_owned(), digest: [7; 16], stamp, pieces: Vec::new() }];
        let ledger = Ledger { site: Tree { files, folders: Vec::new() }, spare: Tree::default() };
        ledger.write(&path).unwrap();
        let read = Ledger::read(&path).unwrap();
        assert_eq!(read.site.file("a/index.html"), ledger.site.file("a/index.html"));
        let bytes = fs::read(&path).unwrap();
        for place in 0..bytes.len() {
            let mut turned = bytes.clone();
            turned[place] ^= 4;
            fs::write(&path, turned).unwrap();
            assert!(Ledger::read(&path).is_none(), "byte {place}");
            fs::write(&path, &bytes[..place]).unwrap();
            assert!(Ledger::read(&path).is_none(), "{place} bytes");
        }
    }
}
