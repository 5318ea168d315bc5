//! What a site consists of before anything is made: paths, and how the file at each of them is made, alone.
//!
//! A build makes all files, `serve` those that are asked for, and a later build those whose making has changed.

use super::File;
use super::pieces::Pieces;
use super::sheet::{Digest, Sheet};
use crate::error::Result;

/// How a page or a small file is made.
type Make<'p> = Box<dyn Fn(&mut Sheet) -> Result<()> + Send + Sync + 'p>;

/// Says what a folder is made of.
type MadeOf<'p> = Box<dyn Fn() -> Result<Digest> + Send + Sync + 'p>;

/// How the files of a folder are made that are made as one.
type MakeAll<'p> = Box<dyn Fn() -> Result<Vec<File>> + Send + Sync + 'p>;

/// A file that can be made, or a folder of files.
pub struct Planned<'p> {
    /// The path below the site's root, with `/`; that of a folder ends with one.
    pub path: String,
    making: Making<'p>,
}

/// The ways of making files.
pub enum Making<'p> {
    /// Whole, on a sheet.
    Sheet(Make<'p>),
    /// Piece by piece, never whole in memory.
    Pieces(Box<Pieces<'p>>),
    /// All files of a folder, whose names are not known before.
    Folder(MadeOf<'p>, MakeAll<'p>),
}

impl<'p> Planned<'p> {
    /// A page or another file that fits into memory.
    pub(super) fn new(
        path: impl Into<String>,
        make: impl Fn(&mut Sheet) -> Result<()> + Send + Sync + 'p,
    ) -> Self {
        Self { path: path.into(), making: Making::Sheet(Box::new(make)) }
    }

    /// A file of known bytes.
    pub fn ready(file: &'p File) -> Self {
        Self::new(file.path.clone(), |sheet| {
            sheet.print(&file.content);
            Ok(())
        })
    }

    /// A file that grows with the dictionary.
    pub(super) fn pieces(path: impl Into<String>, pieces: Pieces<'p>) -> Self {
        Self { path: path.into(), making: Making::Pieces(Box::new(pieces)) }
    }

    /// A folder whose files are made as one.
    pub(super) fn folder(
        path: impl Into<String>,
        made_of: impl Fn() -> Result<Digest> + Send + Sync + 'p,
        make: impl Fn() -> Result<Vec<File>> + Send + Sync + 'p,
    ) -> Self {
        Self { path: path.into(), making: Making::Folder(Box::new(made_of), Box::new(make)) }
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
            Making::Folder(_, make) => return make(),
            Making::Sheet(make) => {
                let mut sheet = Sheet::default();
                make(&mut sheet)?;
                sheet.into_bytes()
            }
            Making::Pieces(pieces) => {
                let mut bytes = Vec::new();
                pieces.each(
                    |_| true,
                    |_, piece| {
                        bytes.extend(piece.unwrap_or_default());
                        Ok(())
                    },
                )?;
                bytes
            }
        };
        Ok(vec![File { path: self.path.clone(), content }])
    }
}
