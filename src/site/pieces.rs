//! A file that grows with the dictionary: pieces one behind the other, of which each is made alone.

use std::ops::Range;
use std::sync::Arc;

use super::sheet::Ingredients;
use crate::digest::{Digest, digest_of};
use crate::error::Result;
use crate::export::each;

/// Says what a piece is made of.
type MadeOf<'p> = Box<dyn Fn(usize) -> Result<Digest> + Send + Sync + 'p>;

/// Adds a piece to what is there.
type Make<'p> = Box<dyn Fn(usize, &mut Vec<u8>) -> Result<()> + Send + Sync + 'p>;

/// How such a file is made. It is never whole in memory.
pub struct Pieces<'p> {
    /// How many pieces there are.
    pub count: usize,
    made_of: MadeOf<'p>,
    make: Make<'p>,
}

/// What a piece is.
enum Piece {
    /// The text of this number.
    Text(usize),
    /// The item of this number.
    Item(usize),
}

impl<'p> Pieces<'p> {
    /// So many items with texts between them. `before` says before which item each text stands, ascending; a text
    /// behind all items stands before the one that would follow. What a text is made of is itself, so `text` is asked
    /// for it more than once.
    pub(super) fn new(
        items: usize,
        before: Vec<usize>,
        text: impl Fn(usize) -> Result<Arc<[u8]>> + Send + Sync + 'p,
        made_of: impl Fn(usize) -> Result<Digest> + Send + Sync + 'p,
        make: impl Fn(usize, &mut Vec<u8>) -> Result<()> + Send + Sync + 'p,
    ) -> Self {
        let count = items + before.len();
        let piece =
            move |place: usize| match before.iter().enumerate().find(|(text, item)| place <= *item + text) {
                Some((text, item)) if place == item + text => Piece::Text(text),
                Some((text, _)) => Piece::Item(place - text),
                None => Piece::Item(place - before.len()),
            };
        let shared = Arc::new((piece, text));
        let of_making = Arc::clone(&shared);
        Self {
            count,
            made_of: Box::new(move |place| {
                let (piece, text) = &*shared;
                match piece(place) {
                    Piece::Text(number) => Ok(digest_of(&text(number)?)),
                    Piece::Item(number) => made_of(number),
                }
            }),
            make: Box::new(move |place, out| {
                let (piece, text) = &*of_making;
                match piece(place) {
                    Piece::Text(number) => out.extend_from_slice(&text(number)?),
                    Piece::Item(number) => make(number, out)?,
                }
                Ok(())
            }),
        }
    }

    /// What each piece is made of: the same digest, the same bytes.
    ///
    /// # Errors
    /// When a template fails.
    pub fn digests(&self) -> Result<Vec<Digest>> {
        (0..self.count).map(&self.made_of).collect()
    }

    /// What a file is made of, if its pieces are made of this.
    ///
    /// # Errors
    /// None in practice: digests can be written down.
    pub fn digest(pieces: &[Digest]) -> Result<Digest> {
        Ingredients::collect(|made_of| {
            pieces.iter().for_each(|piece| made_of.add_digest(*piece));
            Ok(())
        })
    }

    /// Makes some of the pieces on all cores, and hands them on in their order.
    ///
    /// # Errors
    /// The first one of a piece or of who takes it.
    pub fn each(&self, pieces: Range<usize>, take: impl FnMut(usize, Vec<u8>) -> Result<()>) -> Result<()> {
        let make = |piece| {
            let mut bytes = Vec::new();
            (self.make)(piece, &mut bytes)?;
            Ok(bytes)
        };
        each(pieces, make, take)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_stand_where_they_belong() {
        let whole = |items: usize, before: &[usize]| {
            let text = |number| Ok(Arc::from(&b"(|)"[number..=number]));
            let item = |item: usize, out: &mut Vec<u8>| {
                out.extend_from_slice(item.to_string().as_bytes());
                Ok(())
            };
            let pieces =
                Pieces::new(items, before.to_vec(), text, |item| Ok(digest_of(&item.to_le_bytes())), item);
            let mut all = Vec::new();
            let take = |_, piece: Vec<u8>| {
                all.extend(piece);
                Ok(())
            };
            pieces.each(0..pieces.count, take).unwrap();
            assert_eq!(pieces.digests().unwrap().len(), pieces.count);
            String::from_utf8(all).unwrap()
        };
        assert_eq!(whole(5, &[0, 2, 5]), "(01|234)");
        assert_eq!(whole(2, &[0, 2]), "(01|");
        assert_eq!(whole(0, &[0]), "(");
        assert_eq!(whole(0, &[0, 0]), "(|");
    }
}
