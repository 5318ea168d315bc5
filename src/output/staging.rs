//! Preparing a site: files that would be as they are in place are linked, the others are made.

use std::borrow::Cow;
use std::fs::{self, File as DiskFile};
use std::io::{BufRead, BufReader, ErrorKind, Write};
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::ledger::{Ledger, Left, Piece, Written};
use super::pairs::{Located, pairs};
use crate::digest::{Digest, digest_of};
use crate::error::{Error, Result};
use crate::folder::Folder;
use crate::site::{File, FileMaking, FolderFiles, FolderMaking, Making, Planned, Sheet};
use crate::stamp::Stamp;

/// Bytes that are read or written at once of a file that is not in memory.
pub(super) const PIECE: usize = 256 * 1024;

/// Files that are made in one go.
const SHARE: usize = 64;

/// Where the next site is prepared, and what is known of the site in place.
pub(super) struct Staging<'s> {
    /// Where the site belongs.
    pub(super) out: &'s Path,
    /// The site in place, to look at.
    pub(super) in_place: Folder,
    /// Whether there is one.
    pub(super) exists: bool,
    /// The folder in which the next one is prepared: the spare, of which every folder is as it was left, or nothing yet.
    pub(super) site: PathBuf,
    /// That folder, to write to.
    pub(super) next: Folder,
    /// What the last build left in both.
    pub(super) before: &'s Ledger<'s>,
}

/// A file to make.
struct Task<'s, 'm> {
    path: Cow<'s, str>,
    making: &'m FileMaking<'m>,
}

impl Located for Task<'_, '_> {
    fn path(&self) -> &str {
        &self.path
    }
}

/// A file of the next site.
pub(super) struct Placed<'s> {
    pub(super) written: Written<'s>,
    /// Whether it is the file that is in place already.
    pub(super) kept: bool,
    /// Whether it lay in the spare already, so that its folder stays as it was left.
    pub(super) was_there: bool,
}

/// A prepared site.
pub(super) struct Prepared<'s> {
    /// Its files, sorted by path.
    pub(super) placed: Vec<Placed<'s>>,
    /// What the site in place has and this one has not, or otherwise.
    pub(super) replaced: Vec<Left<'s>>,
    /// The files of the spare that are gone.
    pub(super) cleared: Vec<&'s str>,
}

impl Located for Placed<'_> {
    fn path(&self) -> &str {
        &self.written.path
    }
}

impl Placed<'_> {
    /// Made of pieces.
    pub(super) fn of(mut self, pieces: Vec<Piece>) -> Self {
        self.written.pieces = pieces;
        self
    }
}

impl<'s> Staging<'s> {
    /// Brings the folder to where it holds exactly the planned files.
    ///
    /// # Errors
    /// When a page cannot be made or something cannot be written.
    pub(super) fn prepare(&self, planned: &'s [Planned<'_>]) -> Result<Prepared<'s>> {
        let folders = planned.par_iter().filter_map(|planned| match planned.making() {
            // Before any file: both ask for the same digests, and would make them side by side.
            Making::Folder(making) => {
                Some(making.digest().map(|digest| (planned.path.as_str(), making, digest)))
            }
            Making::File(_) => None,
        });
        let folders = folders.collect::<Result<Vec<_>>>()?;
        let files = planned.par_iter().filter_map(|planned| match planned.making() {
            Making::File(making) => Some(Task { path: planned.path.as_str().into(), making }),
            Making::Folder(_) => None,
        });
        let files = files.collect();
        // What is made as one takes long on one core: the others make the rest meanwhile.
        let (of_folders, of_files) = rayon::join(
            || {
                folders
                    .iter()
                    .map(|(path, making, digest)| self.place_folder(path, making, *digest))
                    .collect::<Result<Vec<_>>>()
            },
            || self.place_all(files),
        );
        let mut placed = of_files?;
        for ((folder, ..), files) in folders.iter().zip(of_folders?) {
            let place = placed.partition_point(|placed| placed.path() < *folder);
            placed.splice(place..place, files);
        }
        self.tidy(placed)
    }

    /// Makes files, which are sorted by path, unless they would be those in place.
    fn place_all(&self, files: Vec<Task<'s, '_>>) -> Result<Vec<Placed<'s>>> {
        let earlier = pairs(&files, &self.before.files);
        // Small shares: nobody is left with a large one at the end.
        let files = files.into_par_iter().zip(earlier).with_max_len(SHARE);
        let place = |sheet: &mut Sheet, (task, earlier)| self.place(task, earlier, sheet);
        // Put where they stay: results that fail are sorted out behind.
        let placed: Vec<Result<Placed<'_>>> = files.map_init(Sheet::default, place).collect();
        placed.into_iter().collect()
    }

    /// Makes one file, unless it would be the one in place.
    fn place(
        &self,
        task: Task<'s, '_>,
        earlier: Option<&'s Written<'s>>,
        sheet: &mut Sheet,
    ) -> Result<Placed<'s>> {
        let earlier = earlier.filter(|earlier| self.is_in_place(earlier));
        match task.making {
            FileMaking::Sheet(make) => {
                sheet.begin(earlier.map(|earlier| earlier.digest));
                make(sheet)?;
                let digest = sheet.digest().unwrap_or_else(|| digest_of(&[]));
                match (sheet.made(), earlier) {
                    (None, Some(earlier)) => self.keep(earlier),
                    (bytes, _) => self.put(task.path, digest, bytes.unwrap_or_default()),
                }
            }
            FileMaking::Pieces(pieces) => self.place_pieces(task.path, pieces, earlier),
        }
    }

    /// Makes the files of a folder, unless they would be those in place. `digest` is the folder's.
    fn place_folder(
        &self,
        folder: &str,
        making: &FolderMaking<'_>,
        digest: Digest,
    ) -> Result<Vec<Placed<'s>>> {
        let earlier = self.before.below(folder);
        // Those made alone have digests of their own, and would be the same if the others are.
        if earlier.iter().any(|file| file.digest == digest)
            && earlier.par_iter().all(|file| self.is_in_place(file))
        {
            return earlier.par_iter().map(|file| self.keep(file)).collect();
        }
        let FolderFiles { as_one, mut alone } = making.files()?;
        alone.par_sort_by(|a, b| a.path.cmp(&b.path));
        let alone = alone.iter().filter_map(|planned| match planned.making() {
            Making::File(making) => Some(Task { path: planned.path.clone().into(), making }),
            Making::Folder(_) => None,
        });
        let mut placed = self.place_all(alone.collect())?;
        let put = |file: File| self.put(file.path.into(), digest, &file.content);
        placed.par_extend(as_one.into_par_iter().map(put).collect::<Result<Vec<_>>>()?);
        placed.par_sort_by(|a, b| a.path().cmp(b.path()));
        Ok(placed)
    }

    /// Whether a file still lies in place as the last build left it.
    fn is_in_place(&self, written: &Written<'_>) -> bool {
        self.in_place.stamp(&written.path) == Some(written.stamp)
    }

    /// Puts made bytes into the next site: the file in place if it has the same bytes, or it would seem to have changed.
    fn put(&self, path: Cow<'s, str>, digest: Digest, bytes: &[u8]) -> Result<Placed<'s>> {
        let out = self.out.join(&*path);
        let same = self.exists
            && fs::symlink_metadata(&out)
                .is_ok_and(|metadata| metadata.is_file() && metadata.len() == bytes.len() as u64)
            && fs::read(&out).is_ok_and(|content| content == bytes);
        if same {
            return self.link(path, digest);
        }
        let mut file = self.create(&path)?;
        let written = file.write_all(bytes).and_then(|()| file.metadata());
        let metadata = written.map_err(|error| Error::io("write", &self.site.join(&*path), error))?;
        Ok(placed(path, digest, Stamp::of(&metadata), false))
    }

    /// Whether a file that was just made has the bytes of the one in place.
    pub(super) fn is_as_in_place(&self, path: &str, made: Stamp) -> bool {
        let (out, site) = (self.out.join(path), self.site.join(path));
        self.exists
            && Stamp::at(&out).is_some_and(|earlier| earlier.length() == made.length())
            && same_bytes(&out, &site).unwrap_or(false)
    }

    /// Has the file that is in place, as it was left, in the next site as well.
    pub(super) fn keep(&self, earlier: &'s Written<'s>) -> Result<Placed<'s>> {
        // Nobody has put another file into the spare's folders, and this one is that in place, which was looked at.
        if earlier.in_spare {
            return Ok(Placed { written: earlier.clone(), kept: true, was_there: true });
        }
        let kept = self.link(Cow::Borrowed(&earlier.path), earlier.digest)?;
        Ok(kept.of(earlier.pieces.clone()))
    }

    /// As [`Staging::keep`], where something else lies in the next site or nothing.
    pub(super) fn link(&self, path: Cow<'s, str>, digest: Digest) -> Result<Placed<'s>> {
        let (out, site) = (self.out.join(&*path), self.site.join(&*path));
        let failed = |error| Error::io("write", &site, error);
        self.make_room(&site).map_err(failed)?;
        let linked = in_folder(&site, || fs::hard_link(&out, &site)).is_ok();
        if !linked {
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
        let mut placed = placed(path, digest, Stamp::of(&metadata), true);
        // The two folders are exchanged: what is in place now lies in the spare then.
        placed.written.in_spare = linked;
        Ok(placed)
    }

    /// A new file in the next site. Never the one that is there: it may be the one in place as well.
    pub(super) fn create(&self, path: &str) -> Result<DiskFile> {
        let site = self.site.join(path);
        if let Some(folder) = path.strip_suffix("/index.html").filter(|_| !self.has_spare()) {
            // Most pages have a folder of their own: to make it at once is quicker than to find that it is missing.
            let _ = self.next.create_dir(folder);
        }
        let create = || in_folder(&site, || self.next.create_new(path));
        let created = match create() {
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {
                self.make_room(&site).and_then(|()| create())
            }
            created => created,
        };
        created.map_err(|error| Error::io("write", &site, error))
    }

    /// Takes away what an earlier site has at a path.
    fn make_room(&self, site: &Path) -> std::io::Result<()> {
        if !self.has_spare() {
            return Ok(());
        }
        match fs::remove_file(site) {
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            // Where a page was, a folder of that name is no more wanted, and the other way round.
            Err(_) if site.is_dir() => fs::remove_dir_all(site),
            removed => removed,
        }
    }

    fn has_spare(&self) -> bool {
        !self.before.spare_folders.is_empty()
    }

    /// Takes away what the spare has and the next site has not, and notes what only the site in place has.
    fn tidy(&self, placed: Vec<Placed<'s>>) -> Result<Prepared<'s>> {
        let (before, others) = (&self.before.files, &self.before.spare_files);
        let now = pairs(before, &placed);
        let alone =
            before.par_iter().zip(&now).filter(|(_, now)| !now.is_some_and(|now| now.written.in_spare));
        let left = |(earlier, _): (&'s Written<'s>, _)| Left {
            path: Cow::Borrowed(&earlier.path),
            stamp: earlier.stamp,
        };
        let replaced = alone.map(left).collect();
        let gone = before.par_iter().zip(&now).filter(|(earlier, now)| earlier.in_spare && now.is_none());
        let mut cleared: Vec<&str> = gone.map(|(earlier, _)| &*earlier.path).collect();
        let gone = others.iter().zip(pairs(others, &placed)).filter(|(_, now)| now.is_none());
        cleared.extend(gone.map(|(other, _)| &*other.path));
        cleared.par_iter().try_for_each(|path| self.clear(path))?;
        Ok(Prepared { placed, replaced, cleared })
    }

    /// Takes a file away.
    fn clear(&self, path: &str) -> Result<()> {
        let site = self.site.join(path);
        match fs::remove_file(&site) {
            Err(error) if !matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => {
                return Err(Error::io("delete", &site, error));
            }
            _ => {}
        }
        // Folders that are empty now; the first that is not ends it.
        let folders = Path::new(path).ancestors().skip(1);
        let _ = folders
            .take_while(|folder| !folder.as_os_str().is_empty())
            .try_for_each(|folder| fs::remove_dir(self.site.join(folder)));
        Ok(())
    }
}

pub(super) fn placed(path: Cow<'_, str>, digest: Digest, stamp: Stamp, kept: bool) -> Placed<'_> {
    let written = Written { path, digest, stamp, pieces: Vec::new(), in_spare: false };
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
