//! Placing a file in pieces: those that are as in the file in place are copied from there, the others are made.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::{self, File as DiskFile};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
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
        path: Cow<'s, str>,
        pieces: &Pieces<'_>,
        earlier: Option<&'s Written<'s>>,
    ) -> Result<Placed<'s>> {
        let digests = pieces.digests()?;
        let digest = Pieces::digest(&digests)?;
        if let Some(earlier) = earlier.filter(|earlier| earlier.digest() == digest) {
            return self.keep(earlier);
        }
        let failed = |error| Error::io("write", &self.site.join(&*path), error);
        let mut file = self.create(&path)?;
        let mut earlier = earlier.and_then(|earlier| Earlier::open(&self.out.join(&*path), earlier));
        let known = earlier.as_ref().map_or_else(|| vec![None; digests.len()], |it| it.places(&digests));
        let mut written = Vec::with_capacity(digests.len());
        let mut first = 0;
        for run in known.chunk_by(follows) {
            let numbers = first..first + run.len();
            first = numbers.end;
            if let (Some(earlier), Some(place)) = (&mut earlier, run[0]) {
                let length = run.iter().flatten().map(|place| place.length).sum();
                earlier.copy(place.start, length, &mut file).map_err(failed)?;
                let copied = digests[numbers].iter().zip(run.iter().flatten());
                written
                    .extend(copied.map(|(digest, place)| Piece { digest: digest.0, length: place.length }));
                continue;
            }
            let mut out = BufWriter::with_capacity(PIECE, &file);
            pieces.each(numbers, |number, bytes| {
                written.push(Piece { digest: digests[number].0, length: bytes.len() as u64 });
                out.write_all(&bytes).map_err(failed)
            })?;
            out.flush().map_err(failed)?;
        }
        let stamp = Stamp::of(&file.metadata().map_err(failed)?);
        drop(file);
        if self.is_as_in_place(&path, stamp) {
            fs::remove_file(self.site.join(&*path)).map_err(failed)?;
            return Ok(self.link(path, digest)?.of(written));
        }
        Ok(placed(path, digest, stamp, false).of(written))
    }
}

/// Where a piece lies in a file.
#[derive(Clone, Copy)]
struct Place {
    start: u64,
    length: u64,
}

/// Whether two pieces are got as one: made both, or copied from where the second follows the first.
fn follows(one: &Option<Place>, next: &Option<Place>) -> bool {
    match (one, next) {
        (Some(one), Some(next)) => one.start + one.length == next.start,
        (one, next) => one.is_none() && next.is_none(),
    }
}

/// The file in place, from which pieces can be copied.
struct Earlier<'w> {
    file: DiskFile,
    pieces: &'w [Piece],
}

impl<'w> Earlier<'w> {
    /// Opens the file that an earlier build left; there is nothing to copy where it is not as it was left.
    fn open(path: &Path, written: &'w Written<'_>) -> Option<Self> {
        let file = DiskFile::open(path).ok()?;
        let is_as_left = Stamp::of(&file.metadata().ok()?) == written.stamp;
        let length: u64 = written.pieces.iter().map(|piece| piece.length).sum();
        (is_as_left && written.stamp.length() as u64 == length)
            .then_some(Self { file, pieces: &written.pieces })
    }

    /// Where the pieces lie that were made of the same.
    fn places(&self, digests: &[Digest]) -> Vec<Option<Place>> {
        let mut start = 0;
        let there = self.pieces.iter().map(|piece| {
            let place = Place { start, length: piece.length };
            start += piece.length;
            (piece.digest, place)
        });
        let there: Vec<([u8; 16], Place)> = there.collect();
        // An edit leaves what is before it and behind it in its order: only between is there something to look up.
        let same = |((digest, _), now): &(&([u8; 16], Place), &Digest)| *digest == now.0;
        let before = there.iter().zip(digests).take_while(same).count();
        let behind =
            there[before..].iter().rev().zip(digests[before..].iter().rev()).take_while(same).count();
        let (between, end) = there[before..].split_at(there.len() - before - behind);
        let moved: HashMap<[u8; 16], Place> = between.iter().copied().collect();
        let of_between = digests[before..digests.len() - behind].iter().map(|now| moved.get(&now.0).copied());
        let stayed = |(_, place): &([u8; 16], Place)| Some(*place);
        there[..before].iter().map(stayed).chain(of_between).chain(end.iter().map(stayed)).collect()
    }

    /// Copies bytes, which the system does without showing them to us where it can.
    fn copy(&mut self, start: u64, length: u64, out: &mut DiskFile) -> std::io::Result<()> {
        self.file.seek(SeekFrom::Start(start))?;
        let copied = std::io::copy(&mut (&self.file).take(length), out)?;
        if copied == length { Ok(()) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
    }
}
