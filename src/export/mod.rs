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
use crate::site::File;

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
    const ALL: [Self; 3] = [Self::Json, Self::Ndjson, Self::Csv];

    /// The end of a file's name, without the dot.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Json => "json",
            Self::Ndjson => "ndjson",
            Self::Csv => "csv",
        }
    }
}

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

/// All items in every format: `export/dictionary.json`, `.ndjson` and `.csv`.
///
/// # Errors
/// When an item cannot be serialised.
pub fn files(dictionary: &Dictionary<'_>) -> Result<Vec<File>> {
    let items: Vec<&Item<'_>> = dictionary.items.iter().collect();
    let file = |format: &Format| {
        let mut content = Vec::new();
        write(*format, &items, dictionary, &mut content)?;
        Ok(File { path: format!("export/dictionary.{}", format.extension()), content })
    };
    Format::ALL.par_iter().map(file).collect()
}
