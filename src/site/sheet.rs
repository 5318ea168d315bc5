//! One file being made, and the proof that it need not be made again.

use serde::Serialize;

use crate::digest::{Digest, digest_of};
use crate::error::Result;

/// What a file is made on. Its room is used again for the next file.
#[derive(Debug, Default)]
pub struct Sheet {
    tracking: Tracking,
    bytes: Vec<u8>,
    scratch: Vec<u8>,
}

/// Whether anyone wants to know what a file is made of, and what came of it.
#[derive(Debug, Default, Clone, Copy)]
enum Tracking {
    #[default]
    Untracked,
    /// To be made unless it would be made of the same.
    Wanted(Option<Digest>),
    Made(Digest),
    Kept(Digest),
}

/// Room for what most things are made of.
const USUAL_BYTES: usize = 512;

/// Collects what a file is made of, written down one behind the other.
pub(super) struct Ingredients<'s> {
    bytes: &'s mut Vec<u8>,
}

impl Sheet {
    /// Begins another file, of which is known what it was made of before; it is not made if that is still so.
    pub fn begin(&mut self, earlier: Option<Digest>) {
        self.bytes.clear();
        self.tracking = Tracking::Wanted(earlier);
    }

    /// What the file is made of; `None` for one that was not begun with [`Sheet::begin`].
    pub fn digest(&self) -> Option<Digest> {
        match self.tracking {
            Tracking::Made(digest) | Tracking::Kept(digest) => Some(digest),
            Tracking::Untracked | Tracking::Wanted(_) => None,
        }
    }

    /// The bytes; `None` where they are those of before.
    pub fn made(&self) -> Option<&[u8]> {
        (!matches!(self.tracking, Tracking::Kept(_))).then_some(self.bytes.as_slice())
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.bytes
    }

    /// Makes the file of bytes that are there.
    ///
    /// # Errors
    /// None in practice: they have a digest.
    pub(super) fn print(&mut self, bytes: &[u8]) -> Result<()> {
        let copy = |out: &mut Vec<u8>, _: &mut Vec<u8>| {
            out.extend_from_slice(bytes);
            Ok(())
        };
        self.make_of(|_| Ok(digest_of(bytes)), copy)
    }

    /// Makes the file of what `write` writes, which costs less than to tell otherwise whether it would be the same.
    pub(super) fn write(&mut self, write: impl FnOnce(&mut Vec<u8>) -> Result<()>) -> Result<()> {
        write(&mut self.bytes)?;
        let digest = digest_of(&self.bytes);
        self.make_of(|_| Ok(digest), |_, _| Ok(()))
    }

    /// Makes the file unless its ingredients are those of before. `make` is given room for what it does on the way.
    pub(super) fn make(
        &mut self,
        ingredients: impl FnOnce(&mut Ingredients<'_>) -> Result<()>,
        make: impl FnOnce(&mut Vec<u8>, &mut Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        let digest = |scratch: &mut Vec<u8>| {
            scratch.clear();
            ingredients(&mut Ingredients { bytes: scratch })?;
            Ok(digest_of(scratch))
        };
        self.make_of(digest, make)
    }

    /// As [`Sheet::make`], where `digest` says what the file is made of; it is given room for that.
    pub(super) fn make_of(
        &mut self,
        digest: impl FnOnce(&mut Vec<u8>) -> Result<Digest>,
        make: impl FnOnce(&mut Vec<u8>, &mut Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        if let Tracking::Wanted(earlier) = self.tracking {
            let digest = digest(&mut self.scratch)?;
            if earlier == Some(digest) {
                self.tracking = Tracking::Kept(digest);
                return Ok(());
            }
            self.tracking = Tracking::Made(digest);
        }
        make(&mut self.bytes, &mut self.scratch)
    }
}

impl Ingredients<'_> {
    /// The digest of what `add` adds.
    pub(super) fn collect(add: impl FnOnce(&mut Ingredients<'_>) -> Result<()>) -> Result<Digest> {
        let mut bytes = Vec::with_capacity(USUAL_BYTES);
        add(&mut Ingredients { bytes: &mut bytes })?;
        Ok(digest_of(&bytes))
    }

    /// Adds a value, as bytes that do not depend on where and when.
    pub(super) fn add(&mut self, value: &impl Serialize) -> Result<()> {
        let length = self.bytes.len();
        self.bytes.extend_from_slice(&[0; 8]);
        let start = self.bytes.len();
        *self.bytes =
            postcard::to_extend(value, std::mem::take(self.bytes)).map_err(std::io::Error::other)?;
        let added = (self.bytes.len() - start) as u64;
        self.bytes[length..start].copy_from_slice(&added.to_le_bytes());
        Ok(())
    }

    /// Adds what has a digest already.
    pub(super) fn add_digest(&mut self, digest: Digest) {
        self.bytes.extend_from_slice(&digest.0);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_is_made_once_for_the_same_ingredients() {
        let mut sheet = Sheet::default();
        let mut make = |earlier, word: &str| {
            sheet.begin(earlier);
            let print = |bytes: &mut Vec<u8>, _: &mut Vec<u8>| {
                bytes.extend_from_slice(word.as_bytes());
                Ok(())
            };
            sheet.make(|made_of| made_of.add(&word), print).unwrap();
            (sheet.digest(), sheet.made().map(<[u8]>::to_vec))
        };
        let (first, bytes) = make(None, "a");
        assert_eq!(bytes.as_deref(), Some(b"a".as_slice()));
        assert_eq!(make(first, "a"), (first, None));
        let (second, bytes) = make(first, "b");
        assert_ne!(first, second);
        assert_eq!(bytes.as_deref(), Some(b"b".as_slice()));
    }
}
