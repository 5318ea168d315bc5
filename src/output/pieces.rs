//! Placing a file in pieces: those that are as in the file in place are copied from there, the others are made.

use std::collections::HashMap;
use std::fs::{self, File as DiskFile};
use std::io::{BufReader, BufWriter, Read, Write};
use std::path::Path;

use super::ledger::{Piece, Written};
use super::staging::{PIECE, Placed, Staging, placed};
use crate::error::{Error, Result};
use crate::site::{Digest, Pieces};
use crate::stamp::Stamp;

impl<'s> Staging<'s> {
    /// Makes a file of pieces, unless it would be the one in place, which is `earlier`.
    ///
    /// # Errors
    /// When a piece cannot be made or the file cannot be written.
    pub(super) fn place_pieces(
        &self,
        path: &'s str,
        pieces: &Pieces<'_>,
        earlier: Option<&'s Written<'s>>,
    ) -> Result<Placed<'s>> {
        let digests = pieces.digests()?;
        let digest = Pieces::digest(&digests)?;
        if let Some(earlier) = earlier.filter(|earlier| earlier.digest() == digest) {
            return self.keep(earlier);
        }
        let failed = |error| Error::io("write", &self.site.join(path), error);
        let file = self.create(path)?;
        let mut earlier = Earlier::open(&self.out.join(path), earlier);
        let mut written = Vec::with_capacity(digests.len());
        let mut out = BufWriter::with_capacity(PIECE, &file);
        let known: Vec<Option<(u64, u64)>> = digests.iter().map(|digest| earlier.place(*digest)).collect();
        pieces.each(
            |piece| known[piece].is_none(),
            |piece, made| {
                let bytes = match (&made, known[piece]) {
                    (Some(bytes), _) => bytes,
                    (None, place) => earlier.read(place.unwrap_or_default()).map_err(failed)?,
                };
                written.push(Piece { digest: digests[piece].0, length: bytes.len() as u64 });
                out.write_all(bytes).map_err(failed)
            },
        )?;
        out.flush().map_err(failed)?;
        drop(out);
        let stamp = Stamp::of(&file.metadata().map_err(failed)?);
        if self.is_as_in_place(path, stamp) {
            fs::remove_file(self.site.join(path)).map_err(failed)?;
            return Ok(self.link(path.into(), digest)?.of(written));
        }
        Ok(placed(path.into(), digest, stamp, false).of(written))
    }
}

/// The file in place, from which pieces can be copied.
#[derive(Default)]
struct Earlier {
    /// Where pieces begin and how long they are, by what they were made of.
    places: HashMap<[u8; 16], (u64, u64)>,
    file: Option<BufReader<DiskFile>>,
    /// Where the file is read next.
    position: u64,
    bytes: Vec<u8>,
}

impl Earlier {
    /// Opens the file that an earlier build left; there is nothing to copy where it is not as it was left.
    fn open(path: &Path, written: Option<&Written<'_>>) -> Self {
        let Some(written) = written else { return Self::default() };
        let mut next = 0;
        let mut places = HashMap::with_capacity(written.pieces.len());
        for piece in &written.pieces {
            places.insert(piece.digest, (next, piece.length));
            next += piece.length;
        }
        let file = DiskFile::open(path).ok().filter(|file| {
            let stamp = file.metadata().ok().map(|metadata| Stamp::of(&metadata));
            stamp == Some(written.stamp) && written.stamp.length() as u64 == next
        });
        match file {
            Some(file) => {
                let file = Some(BufReader::with_capacity(PIECE, file));
                Self { places, file, ..Self::default() }
            }
            None => Self::default(),
        }
    }

    /// Where a piece lies that was made of the same.
    fn place(&self, digest: Digest) -> Option<(u64, u64)> {
        self.places.get(&digest.0).copied()
    }

    /// The piece at a place. Most stand in the order in which they are asked for.
    fn read(&mut self, (start, length): (u64, u64)) -> std::io::Result<&Vec<u8>> {
        self.bytes.resize(length as usize, 0);
        if let Some(file) = &mut self.file {
            file.seek_relative(start as i64 - self.position as i64)?;
            file.read_exact(&mut self.bytes)?;
        }
        self.position = start + length;
        Ok(&self.bytes)
    }
}
