//! Preparing a site: files that would be as they are in place are linked, the others are made.

use std::fs::{self, File as DiskFile};
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::ledger::{Piece, Stamp, Tree, Written};
use crate::error::{Error, Result};
use crate::site::{Digest, Making, Planned, Sheet, digest_of};

/// Bytes that are read or written at once of a file that is not in memory.
pub(super) const PIECE: usize = 256 * 1024;

/// Where the next site is prepared, and what is known of the site in place.
pub(super) struct Staging {
    /// Where the site belongs.
    pub(super) out: PathBuf,
    /// Whether there is one in place.
    pub(super) exists: bool,
    /// The folder in which the next one is prepared.
    pub(super) site: PathBuf,
    /// What the last build wrote into `out`.
    pub(super) before: Tree,
    /// What lies in `site`, of which every folder is as it was left; an empty folder if nothing.
    pub(super) spare: Tree,
}

/// A file of the next site.
pub(super) struct Placed {
    pub(super) written: Written,
    /// Whether it is the file that is in place already.
    pub(super) kept: bool,
    /// Whether it lay in the spare already, so that its folder stays as it was left.
    pub(super) was_there: bool,
}

/// A prepared site.
pub(super) struct Prepared {
    /// Its files, sorted by path.
    pub(super) placed: Vec<Placed>,
    /// The files of the spare that are gone.
    pub(super) cleared: Vec<String>,
}

impl Placed {
    /// Made of pieces.
    pub(super) fn of(mut self, pieces: Vec<Piece>) -> Self {
        self.written.pieces = pieces;
        self
    }
}

impl Staging {
    /// Brings the folder to where it holds exactly the planned files.
    ///
    /// # Errors
    /// When a page cannot be made or something cannot be written.
    pub(super) fn prepare(&self, planned: &[Planned<'_>]) -> Result<Prepared> {
        let (folders, files): (Vec<&Planned<'_>>, Vec<&Planned<'_>>) =
            planned.iter().partition(|planned| matches!(planned.making(), Making::Folder(..)));
        let place = |sheet: &mut Sheet, planned: &&Planned<'_>| self.place(planned, sheet);
        // What is made as one takes long on one core: the others make the rest meanwhile.
        let (of_folders, of_files) = rayon::join(
            || folders.iter().map(|planned| self.place_folder(planned)).collect::<Result<Vec<_>>>(),
            || files.par_iter().map_init(Sheet::default, place).collect::<Result<Vec<Placed>>>(),
        );
        let mut placed = of_files?;
        placed.extend(of_folders?.into_iter().flatten());
        placed.par_sort_unstable_by(|a, b| a.written.path.cmp(&b.written.path));
        let cleared = self.clear(&placed)?;
        Ok(Prepared { placed, cleared })
    }

    /// Makes one file, unless it would be the one in place.
    fn place(&self, planned: &Planned<'_>, sheet: &mut Sheet) -> Result<Placed> {
        let path = planned.path.as_str();
        let earlier = self.in_place(path);
        match planned.making() {
            Making::Folder(..) => Err(Error::io("make", Path::new(path), ErrorKind::IsADirectory.into())),
            Making::Sheet(make) => {
                sheet.begin(earlier.map(Written::digest));
                make(sheet)?;
                let digest = sheet.digest().unwrap_or_else(|| digest_of(&[]));
                match sheet.made() {
                    None => self.keep(path, digest, earlier.map(|earlier| earlier.stamp)),
                    Some(bytes) => self.put(path, digest, bytes),
                }
            }
            Making::Pieces(pieces) => self.place_pieces(path, pieces, earlier),
        }
    }

    /// Makes the files of a folder that are made as one, unless they would be those in place.
    fn place_folder(&self, planned: &Planned<'_>) -> Result<Vec<Placed>> {
        let Making::Folder(made_of, make) = planned.making() else { return Ok(Vec::new()) };
        let digest = made_of()?;
        let earlier = self.before.below(&planned.path);
        let is_same = |file: &Written| file.digest() == digest && self.in_place(&file.path).is_some();
        if !earlier.is_empty() && earlier.par_iter().all(is_same) {
            return earlier.par_iter().map(|file| self.keep(&file.path, digest, Some(file.stamp))).collect();
        }
        make()?.par_iter().map(|file| self.put(&file.path, digest, &file.content)).collect()
    }

    /// What the last build wrote at a path, if it still lies there as it was left.
    fn in_place(&self, path: &str) -> Option<&Written> {
        let written = self.before.file(path)?;
        (Stamp::at(&self.out.join(path)) == Some(written.stamp)).then_some(written)
    }

    /// Puts made bytes into the next site: the file in place if it has the same bytes, or it would seem to have changed.
    fn put(&self, path: &str, digest: Digest, bytes: &[u8]) -> Result<Placed> {
        let out = self.out.join(path);
        let same = self.exists
            && fs::symlink_metadata(&out)
                .is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes.len() as u64)
            && fs::read(&out).is_ok_and(|content| content == bytes);
        if same {
            return self.keep(path, digest, Stamp::at(&out));
        }
        let mut file = self.create(path)?;
        let written = file.write_all(bytes).and_then(|()| file.metadata());
        let metadata = written.map_err(|error| Error::io("write", &self.site.join(path), error))?;
        Ok(placed(path, digest, Stamp::of(&metadata), false))
    }

    /// Whether a file that was just made has the bytes of the one in place.
    pub(super) fn is_in_place(&self, path: &str, made: Stamp) -> bool {
        let (out, site) = (self.out.join(path), self.site.join(path));
        self.exists
            && Stamp::at(&out).is_some_and(|earlier| earlier.length() == made.length())
            && same_bytes(&out, &site).unwrap_or(false)
    }

    /// Has the file that is in place in the next site as well.
    pub(super) fn keep(&self, path: &str, digest: Digest, stamp: Option<Stamp>) -> Result<Placed> {
        // Nobody has put another file into the spare's folders, and this one is that in place, which was looked at.
        if let Some(stamp) = stamp.filter(|stamp| stamp.is_telling())
            && self.spare.file(path).is_some_and(|spare| spare.stamp == stamp)
        {
            return Ok(Placed { was_there: true, ..placed(path, digest, stamp, true) });
        }
        self.link(path, digest)
    }

    /// As [`Staging::keep`], where something else lies in the next site or nothing.
    pub(super) fn link(&self, path: &str, digest: Digest) -> Result<Placed> {
        let (out, site) = (self.out.join(path), self.site.join(path));
        let failed = |error| Error::io("write", &site, error);
        self.make_room(&site).map_err(failed)?;
        if in_folder(&site, || fs::hard_link(&out, &site)).is_err() {
            // Not every file system has links, and each has a limit to them.
            let time = fs::metadata(&out).and_then(|metadata| metadata.modified()).map_err(failed)?;
            in_folder(&site, || fs::copy(&out, &site)).map_err(failed)?;
            DiskFile::options()
                .append(true)
                .open(&site)
                .and_then(|file| file.set_modified(time))
                .map_err(failed)?;
        }
        let metadata = fs::symlink_metadata(&site).map_err(failed)?;
        Ok(placed(path, digest, Stamp::of(&metadata), true))
    }

    /// A new file in the next site. Never the one that is there: it may be the one in place as well.
    pub(super) fn create(&self, path: &str) -> Result<DiskFile> {
        let site = self.site.join(path);
        if self.spare.is_empty() && path.ends_with("/index.html") {
            // Most pages have a folder of their own: to make it at once is quicker than to find that it is missing.
            let _ = site.parent().map(fs::create_dir);
        }
        self.make_room(&site)
            .and_then(|()| in_folder(&site, || DiskFile::create_new(&site)))
            .map_err(|error| Error::io("write", &site, error))
    }

    /// Takes away what an earlier site has at a path.
    fn make_room(&self, site: &Path) -> std::io::Result<()> {
        if self.spare.is_empty() {
            return Ok(());
        }
        match fs::remove_file(site) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            // Where a page was, a folder of that name is no more wanted, and the other way round.
            Err(_) if site.is_dir() => fs::remove_dir_all(site),
            removed => removed,
        }
    }

    /// Takes away what the spare has and the next site has not; gives the paths.
    fn clear(&self, placed: &[Placed]) -> Result<Vec<String>> {
        let is_placed =
            |path: &str| placed.binary_search_by(|placed| placed.written.path.as_str().cmp(path)).is_ok();
        let stale = self.spare.files.iter().filter(|file| !is_placed(&file.path));
        let stale: Vec<String> = stale.map(|file| file.path.clone()).collect();
        for stale in &stale {
            let path = self.site.join(stale);
            match fs::remove_file(&path) {
                Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                    return Err(Error::io("delete", &path, error));
                }
                _ => {}
            }
            // Folders that are empty now; the first that is not ends it.
            let folders = Path::new(stale).ancestors().skip(1);
            let _ = folders
                .take_while(|folder| !folder.as_os_str().is_empty())
                .try_for_each(|folder| fs::remove_dir(self.site.join(folder)));
        }
        Ok(stale)
    }
}

pub(super) fn placed(path: &str, digest: Digest, stamp: Stamp, kept: bool) -> Placed {
    let written = Written { path: path.to_owned(), digest: digest.0, stamp, pieces: Vec::new() };
    Placed { written, kept, was_there: false }
}

/// Whether two files of the same length have the same bytes.
fn same_bytes(one: &Path, other: &Path) -> std::io::Result<bool> {
    let mut one = BufReader::with_capacity(PIECE, DiskFile::open(one)?);
    let mut other = BufReader::with_capacity(PIECE, DiskFile::open(other)?);
    loop {
        let (left, right) = (one.fill_buf()?, other.fill_buf()?);
        let both = left.len().min(right.len());
        if left[..both] != right[..both] {
            return Ok(false);
        }
        if both == 0 {
            return Ok(left.len() == right.len());
        }
        one.consume(both);
        other.consume(both);
    }
}

/// Does something to a file, and once more with the folders above it if they are missing.
fn in_folder<T>(path: &Path, act: impl Fn() -> std::io::Result<T>) -> std::io::Result<T> {
    match act() {
        Err(error) if error.kind() == ErrorKind::NotFound => {
            path.parent().map_or(Ok(()), fs::create_dir_all)?;
            act()
        }
        done => done,
    }
}
