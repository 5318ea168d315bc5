//! Lists in a file of our own, which one run leaves for the next.
//!
//! Nothing is taken on trust. What another version of the format or another program wrote, or has a single bit turned,
//! cannot be read.

use std::fs;
use std::io;

use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use crate::digest::digest_of;
use crate::stamp::Stamp;

/// Entries that are read and written as one: several blocks at once are quicker.
const BLOCK: usize = 4096;

/// The bytes of a length.
const LENGTH: usize = 8;

/// The parts of a file that is to be written.
#[derive(Debug)]
pub struct Lists(Vec<Vec<u8>>);

impl Lists {
    /// A file without lists.
    ///
    /// # Errors
    /// None in practice: a version can be written down.
    pub fn new(version: u32) -> io::Result<Self> {
        Ok(Self(vec![seal(&(version, program()))?]))
    }

    /// Adds a list behind the others.
    ///
    /// # Errors
    /// When its entries cannot be written down.
    pub fn add<T: Serialize + Sync>(&mut self, list: &[T]) -> io::Result<()> {
        self.0.push(seal(&list.len())?);
        let blocks: io::Result<Vec<Vec<u8>>> = list.par_chunks(BLOCK).map(|block| seal(&block)).collect();
        self.0.extend(blocks?);
        Ok(())
    }

    /// The bytes of the file, one part behind the other.
    pub fn parts(&self) -> impl Iterator<Item = &[u8]> {
        self.0.iter().map(Vec::as_slice)
    }
}

/// The lists of a file that was read, as far as they have not been taken.
#[derive(Debug)]
pub struct Sealed<'b> {
    rest: &'b [u8],
}

impl<'b> Sealed<'b> {
    /// Opens a file of this version of the format and this very program.
    pub fn open(bytes: &'b [u8], version: u32) -> Option<Self> {
        let mut sealed = Self { rest: bytes };
        (sealed.value::<(u32, String)>()? == (version, program())).then_some(sealed)
    }

    /// Takes the next list.
    pub fn take_list<T: Deserialize<'b> + Send>(&mut self) -> Option<Vec<T>> {
        let length: usize = self.value()?;
        let mut blocks = Vec::new();
        for _ in 0..length.div_ceil(BLOCK) {
            blocks.push(self.block()?);
        }
        let read: Option<Vec<Vec<T>>> = blocks.into_par_iter().map(unseal).collect();
        let read = read?;
        let mut list = Vec::with_capacity(read.iter().map(Vec::len).sum());
        read.into_iter().for_each(|block| list.extend(block));
        (list.len() == length).then_some(list)
    }

    /// Whether all lists have been taken.
    pub fn is_at_end(&self) -> bool {
        self.rest.is_empty()
    }

    fn value<T: Deserialize<'b>>(&mut self) -> Option<T> {
        unseal(self.block()?)
    }

    /// Takes the next bytes that were sealed.
    fn block(&mut self) -> Option<&'b [u8]> {
        let (length, behind) = self.rest.split_first_chunk::<LENGTH>()?;
        let (block, rest) = behind.split_at_checked(usize::try_from(u64::from_le_bytes(*length)).ok()?)?;
        self.rest = rest;
        Some(block)
    }
}

/// As bytes, with their length before them and a digest behind them.
fn seal(value: &impl Serialize) -> io::Result<Vec<u8>> {
    let mut bytes = postcard::to_extend(value, vec![0; LENGTH]).map_err(io::Error::other)?;
    let digest = digest_of(&bytes[LENGTH..]);
    bytes.extend_from_slice(&digest.0);
    let length = (bytes.len() - LENGTH) as u64;
    bytes[..LENGTH].copy_from_slice(&length.to_le_bytes());
    Ok(bytes)
}

/// Reads what [`seal`] gave, behind its length.
fn unseal<'b, T: Deserialize<'b>>(block: &'b [u8]) -> Option<T> {
    let (content, digest) = block.split_last_chunk()?;
    if digest_of(content).0 != *digest {
        return None;
    }
    postcard::from_bytes(content).ok()
}

/// Which program wrote it: another one may make something else of the same.
fn program() -> String {
    let file = std::env::current_exe().and_then(fs::metadata).map(|metadata| Stamp::of(&metadata)).ok();
    format!("{} {file:?}", env!("CARGO_PKG_VERSION"))
}
