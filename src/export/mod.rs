//! The dictionary as data, in three formats: `export`, and the folder `export/` of a site.
//!
//! Pure functions from items to bytes. Paths are relative to a source's root, so that the bytes do not depend on where a
//! build runs. JSON holds everything (`schemas/export.schema.json`); CSV holds what fits into a table.

mod csv;

use std::io::Write;
use std::ops::Range;

use rayon::prelude::*;

use crate::dictionary::{Dictionary, Item, ItemJson, VERSION};
use crate::error::Result;
use crate::report::json_line;

/// How items are written.
///
/// In each format an item stands on a line of its own, so that `grep` and `diff` can work with it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One object with all items: `{"version":1,"items":[…]}`.
    Json,
    /// An object on each line.
    Ndjson,
    /// A header and a row for each item.
    Csv,
}

impl Format {
    /// The formats that a site offers.
    pub const ALL: [Self; 3] = [Self::Json, Self::Ndjson, Self::Csv];

    /// The end of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }

    /// What stands before all items.
    pub fn head(self) -> Vec<u8> {
        match self {
            Self::Json => format!("{{\"version\":{VERSION},\"items\":[").into_bytes(),
            Self::Ndjson => Vec::new(),
            Self::Csv => csv::header(),
        }
    }

    /// Adds an item with what sets it apart from the one before, if there is one. `content` adds the item itself, see
    /// [`Format::content`].
    ///
    /// # Errors
    /// Those of `content`.
    pub fn add(
        self,
        is_first: bool,
        out: &mut Vec<u8>,
        content: impl FnOnce(&mut Vec<u8>) -> Result<()>,
    ) -> Result<()> {
        match self {
            Self::Json => out.extend_from_slice(if is_first { b"\n" } else { b",\n" }),
            Self::Ndjson | Self::Csv => {}
        }
        content(out)?;
        match self {
            Self::Ndjson => out.push(b'\n'),
            Self::Json | Self::Csv => {}
        }
        Ok(())
    }

    /// Adds an item alone: an object, the same in both formats of JSON, or a row.
    ///
    /// # Errors
    /// None in practice: memory takes everything.
    pub fn content(self, item: &Item<'_>, dictionary: &Dictionary<'_>, out: &mut Vec<u8>) -> Result<()> {
        let item = ItemJson::new(item, dictionary);
        match self {
            Self::Json | Self::Ndjson => json_line(&item, out)?,
            Self::Csv => csv::row(&item, out)?,
        }
        Ok(())
    }

    /// What stands behind all items.
    pub fn tail(self) -> &'static [u8] {
        match self {
            Self::Json => b"\n]}\n",
            Self::Ndjson | Self::Csv => b"",
        }
    }
}

/// Parts that are made on all cores at once, before they are written.
const BATCH: usize = 2048;

/// Writes some of a dictionary's items, in the order given.
///
/// # Errors
/// When the writer fails.
pub fn write(
    format: Format,
    items: &[&Item<'_>],
    dictionary: &Dictionary<'_>,
    out: &mut dyn Write,
) -> Result<()> {
    out.write_all(&format.head())?;
    let make = |place: usize| {
        let mut bytes = Vec::new();
        format.add(place == 0, &mut bytes, |out| format.content(items[place], dictionary, out))?;
        Ok(bytes)
    };
    each(0..items.len(), make, |_, bytes| Ok(out.write_all(&bytes)?))?;
    Ok(out.write_all(format.tail())?)
}

/// Makes parts on all cores, and hands them on in their order; only some of them are in memory at once.
///
/// # Errors
/// The first one of a part or of who takes it.
pub fn each<T: Send>(
    parts: Range<usize>,
    make: impl Fn(usize) -> Result<T> + Sync,
    mut take: impl FnMut(usize, T) -> Result<()>,
) -> Result<()> {
    for first in parts.clone().step_by(BATCH) {
        let made: Result<Vec<T>> = (first..parts.end.min(first + BATCH)).into_par_iter().map(&make).collect();
        made?.into_iter().enumerate().try_for_each(|(place, made)| take(first + place, made))?;
    }
    Ok(())
}
