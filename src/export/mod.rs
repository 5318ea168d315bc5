//! The dictionary as data, in three formats: `export`, and the folder `export/` of a site.
//!
//! Pure functions from items to bytes. Paths are relative to a source's root, so that the bytes do not depend on where a
//! build runs. JSON holds everything (`schemas/export.schema.json`); CSV holds what fits into a table.

mod csv;
mod json;

use std::io::Write;

use rayon::prelude::*;

use crate::dictionary::{Dictionary, Item};
use crate::error::Result;

/// How items are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Format {
    /// One object with all items, each on a line of its own.
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
}

/// Items that are made on all cores at once, before they are written.
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
    match format {
        Format::Json => json::json(items, dictionary, out)?,
        Format::Ndjson => json::ndjson(items, dictionary, out)?,
        Format::Csv => csv::csv(items, dictionary, out)?,
    }
    Ok(())
}

/// Makes something of each item, on all cores, and hands it on in the order of the items.
fn each(
    items: &[&Item<'_>],
    make: impl Fn(&Item<'_>, &mut Vec<u8>) -> std::io::Result<()> + Sync,
    mut write: impl FnMut(&[u8]) -> std::io::Result<()>,
) -> std::io::Result<()> {
    let made = |item: &&Item<'_>| {
        let mut bytes = Vec::new();
        make(item, &mut bytes).map(|()| bytes)
    };
    for batch in items.chunks(BATCH) {
        let batch: std::io::Result<Vec<Vec<u8>>> = batch.par_iter().map(made).collect();
        batch?.iter().try_for_each(|bytes| write(bytes))?;
    }
    Ok(())
}
