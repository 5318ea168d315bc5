//! A file that grows with the dictionary: pieces one behind the other, of which each is made alone.

use super::sheet::{Digest, Ingredients};
use crate::error::Result;
use crate::export::each;

/// Says what a piece is made of.
type MadeOf<'p> = Box<dyn Fn(usize) -> Result<Digest> + Send + Sync + 'p>;

/// Adds a piece to what is there.
type Make<'p> = Box<dyn Fn(usize, &mut Vec<u8>) -> Result<()> + Send + Sync + 'p>;

/// How such a file is made. It is never whole in memory.
pub struct Pieces<'p> {
    /// What stands before all pieces.
    pub head: Vec<u8>,
    /// How many pieces there are.
    pub count: usize,
    /// What stands behind all pieces.
    pub tail: &'static [u8],
    pub(super) made_of: MadeOf<'p>,
    pub(super) make: Make<'p>,
}

impl Pieces<'_> {
    /// What each piece is made of: the same digest, the same bytes.
    ///
    /// # Errors
    /// None in practice: what pieces are made of can be written down.
    pub fn digests(&self) -> Result<Vec<Digest>> {
        (0..self.count).map(&self.made_of).collect()
    }

    /// What the file is made of, if its pieces are made of this.
    ///
    /// # Errors
    /// None in practice: digests can be written down.
    pub fn digest(&self, pieces: &[Digest]) -> Result<Digest> {
        Ingredients::collect(|made_of| {
            made_of.add(&(&self.head, self.tail))?;
            pieces.iter().for_each(|piece| made_of.add_digest(*piece));
            Ok(())
        })
    }

    /// Makes the pieces that are wanted, on all cores, and hands on all in their order; `None` for one that is not.
    ///
    /// # Errors
    /// The first one of a piece or of who takes it.
    pub fn each(
        &self,
        is_wanted: impl Fn(usize) -> bool + Sync,
        take: impl FnMut(usize, Option<Vec<u8>>) -> Result<()>,
    ) -> Result<()> {
        let make = |piece| {
            let mut bytes = Vec::new();
            let made = is_wanted(piece).then(|| (self.make)(piece, &mut bytes)).transpose()?;
            Ok(made.map(|()| bytes))
        };
        each(self.count, make, take)
    }
}
