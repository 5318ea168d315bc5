//! What a site consists of before anything is made: paths, and how the file at each of them is made, alone.
//!
//! A build makes all files, `serve` those that are asked for, and a later build those whose making has changed.

use rayon::prelude::*;

use super::File;
use super::pieces::Pieces;
use super::sheet::Sheet;
use crate::digest::Digest;
use crate::error::Result;

/// How a page or a small file is made.
type Make<'p> = Box<dyn Fn(&mut Sheet) -> Result<()> + Send + Sync + 'p>;

/// Says what a folder is made of.
type MadeOf<'p> = Box<dyn Fn() -> Result<Digest> + Send + Sync + 'p>;

/// How the files of a folder are made.
type MakeAll<'p> = Box<dyn Fn() -> Result<FolderFiles<'p>> + Send + Sync + 'p>;

/// A file that can be made, or a folder of files.
pub struct Planned<'p> {
    /// The path below the site's root, with `/`; that of a folder ends with one.
    pub path: String,
    making: Making<'p>,
}

/// The ways of making what is planned.
pub enum Making<'p> {
    /// One file.
    File(FileMaking<'p>),
    /// All files of a folder, whose names are not known before.
    Folder(FolderMaking<'p>),
}

/// The ways of making a file.
pub enum FileMaking<'p> {
    /// Whole, on a sheet.
    Sheet(Make<'p>),
    /// Piece by piece, never whole in memory.
    Pieces(Box<Pieces<'p>>),
}

/// How the files of a folder are made.
pub struct FolderMaking<'p> {
    made_of: MadeOf<'p>,
    make: MakeAll<'p>,
}

/// The files of a folder.
pub struct FolderFiles<'p> {
    /// Those that are made as one.
    pub as_one: Vec<File>,
    /// Those that can be made alone.
    pub alone: Vec<Planned<'p>>,
}

impl<'p> FolderMaking<'p> {
    /// What all of them are made of: the same digest, the same files.
    ///
    /// # Errors
    /// None in practice: what they are made of can be written down.
    pub fn digest(&self) -> Result<Digest> {
        (self.made_of)()
    }

    /// Makes those that are made as one, and plans the others.
    ///
    /// # Errors
    /// When the search index cannot be made.
    pub fn files(&self) -> Result<FolderFiles<'p>> {
        (self.make)()
    }
}

impl<'p> Planned<'p> {
    /// A page or another file that fits into memory.
    pub(super) fn new(
        path: impl Into<String>,
        make: impl Fn(&mut Sheet) -> Result<()> + Send + Sync + 'p,
    ) -> Self {
        Self { path: path.into(), making: Making::File(FileMaking::Sheet(Box::new(make))) }
    }

    /// A file of known bytes.
    pub fn ready(file: &'p File) -> Self {
        Self::new(file.path.clone(), |sheet| sheet.print(&file.content))
    }

    /// A file that grows with the dictionary.
    pub(super) fn pieces(path: impl Into<String>, pieces: Pieces<'p>) -> Self {
        Self { path: path.into(), making: Making::File(FileMaking::Pieces(Box::new(pieces))) }
    }

    /// A folder whose files have names that are not known before.
    pub(super) fn folder(
        path: impl Into<String>,
        made_of: impl Fn() -> Result<Digest> + Send + Sync + 'p,
        make: impl Fn() -> Result<FolderFiles<'p>> + Send + Sync + 'p,
    ) -> Self {
        let folder = FolderMaking { made_of: Box::new(made_of), make: Box::new(make) };
        Self { path: path.into(), making: Making::Folder(folder) }
    }

    /// How it is made.
    pub fn making(&self) -> &Making<'p> {
        &self.making
    }

    /// Makes it whole, whatever its size: one file, or those of a folder.
    ///
    /// # Errors
    /// When a template fails.
    pub fn files(&self) -> Result<Vec<File>> {
        let content = match &self.making {
            Making::Folder(folder) => {
                let FolderFiles { as_one: mut files, alone } = folder.files()?;
                let alone: Result<Vec<_>> = alone.par_iter().map(Self::files).collect();
                files.extend(alone?.into_iter().flatten());
                return Ok(files);
            }
            Making::File(FileMaking::Sheet(make)) => {
                let mut sheet = Sheet::default();
                make(&mut sheet)?;
                sheet.into_bytes()
            }
            Making::File(FileMaking::Pieces(pieces)) => {
                let mut bytes = Vec::new();
                pieces.each(0..pieces.count, |_, piece| {
                    bytes.extend(piece);
                    Ok(())
                })?;
                bytes
            }
        };
        Ok(vec![File { path: self.path.clone(), content }])
    }
}
