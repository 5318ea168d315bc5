//! Placing a file in pieces: those that are as in the file in place are copied from there, the others are made.

use std::borrow::Cow;
use std::collections::HashMap;
use std::fs::{self, File as DiskFile};
use std::io::{BufWriter, Read, Seek, SeekFrom, Write};
use std::ops::Range;
use std::path::Path;

use super::ledger::{Piece, Written};
use super::staging::{PIECE, Placed, Staging, placed};
use crate::digest::Digest;
use crate::error::{Error, Result};
use crate::site::Pieces;
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
        if let Some(earlier) = earlier.filter(|earlier| earlier.digest == digest) {
            return self.keep(earlier);
        }
        let failed = |error| Error::io("write", &self.site.join(&*path), error);
        let mut file = self.create(&path)?;
        let mut earlier = earlier.and_then(|earlier| InPlace::open(&self.out.join(&*path), earlier));
        let all_made = || vec![Run { numbers: 0..digests.len(), earlier: None }];
        let runs = earlier.as_ref().map_or_else(all_made, |earlier| earlier.runs(&digests));
        let mut written = Vec::with_capacity(digests.len());
        for Run { numbers, earlier: first } in runs {
            if let (Some(earlier), Some(first)) = (&mut earlier, first) {
                let copied = first..first + numbers.len();
                earlier.copy(copied.clone(), &mut file).map_err(failed)?;
                written.extend_from_slice(&earlier.pieces[copied]);
                continue;
            }
            let mut out = BufWriter::with_capacity(PIECE, &file);
            pieces.each(numbers, |number, bytes| {
                written.push(Piece { digest: digests[number], length: bytes.len() as u64 });
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

/// Pieces of a new file that are got as one.
struct Run {
    numbers: Range<usize>,
    /// The first of as many pieces of the file in place that are the same; `None` for pieces to make.
    earlier: Option<usize>,
}

impl Run {
    /// Whether a piece behind it is got with it, of which the file in place has the same at `earlier`.
    fn goes_on(&self, earlier: Option<usize>) -> bool {
        match (self.earlier, earlier) {
            (Some(first), Some(next)) => first + self.numbers.len() == next,
            (first, next) => first.is_none() && next.is_none(),
        }
    }
}

/// The file in place, from which pieces can be copied.
struct InPlace<'w> {
    file: DiskFile,
    pieces: &'w [Piece],
    /// Where each piece starts, and where the last one ends.
    starts: Vec<u64>,
}

impl<'w> InPlace<'w> {
    /// Opens the file that an earlier build left; there is nothing to copy where it is not as it was left.
    fn open(path: &Path, written: &'w Written<'_>) -> Option<Self> {
        let file = DiskFile::open(path).ok()?;
        let is_as_left = Stamp::of(&file.metadata().ok()?) == written.stamp;
        let mut length = 0;
        let ends = written.pieces.iter().map(|piece| {
            length += piece.length;
            length
        });
        let starts: Vec<u64> = std::iter::once(0).chain(ends).collect();
        (is_as_left && written.stamp.length() as u64 == length).then_some(Self {
            file,
            pieces: &written.pieces,
            starts,
        })
    }

    /// How pieces are got: copied where they were made of the same.
    fn runs(&self, digests: &[Digest]) -> Vec<Run> {
        let same = |(piece, digest): &(&Piece, &Digest)| piece.digest == **digest;
        // An edit leaves what is before it and behind it in its order: only between is there something to look up.
        let before = self.pieces.iter().zip(digests).take_while(same).count();
        let (pieces, rest) = (&self.pieces[before..], &digests[before..]);
        let behind = pieces.iter().rev().zip(rest.iter().rev()).take_while(same).count();
        let (end, end_there) = (digests.len() - behind, self.pieces.len() - behind);
        let between: HashMap<Digest, usize> =
            (before..end_there).map(|number| (self.pieces[number].digest, number)).collect();
        let mut runs = vec![Run { numbers: 0..before, earlier: Some(0) }];
        for (number, digest) in (before..end).zip(rest) {
            let earlier = between.get(digest).copied();
            match runs.last_mut() {
                Some(run) if run.goes_on(earlier) => run.numbers.end += 1,
                _ => runs.push(Run { numbers: number..number + 1, earlier }),
            }
        }
        runs.push(Run { numbers: end..digests.len(), earlier: Some(end_there) });
        runs
    }

    /// Copies pieces, which the system does without showing them to us where it can.
    fn copy(&mut self, pieces: Range<usize>, out: &mut DiskFile) -> std::io::Result<()> {
        let (start, end) = (self.starts[pieces.start], self.starts[pieces.end]);
        let length = end - start;
        self.file.seek(SeekFrom::Start(start))?;
        let copied = std::io::copy(&mut (&self.file).take(length), out)?;
        if copied == length { Ok(()) } else { Err(std::io::ErrorKind::UnexpectedEof.into()) }
    }
}
