//! Items as data. An item's line stands in several files: it is made once, and let go once all of them have it.

use std::sync::{Arc, Mutex, PoisonError};

use crate::dictionary::Dictionary;
use crate::error::Result;
use crate::export::Format;

/// The lines of all items in one format, as far as they are needed again.
pub(super) struct Lines {
    format: Format,
    /// In how many files most of them stand.
    files: u8,
    made: Vec<Mutex<Line>>,
}

#[derive(Default)]
struct Line {
    bytes: Option<Arc<[u8]>>,
    /// How often it was asked for.
    asked: u8,
}

impl Lines {
    /// Objects of so many items: for `index.json`, `export/dictionary.json` and `export/dictionary.ndjson`.
    pub(super) fn objects(items: usize) -> Self {
        Self { format: Format::Ndjson, files: 3, made: empty(items) }
    }

    /// Rows of so many items: for `export/dictionary.csv` and the `all.csv` of a data category.
    pub(super) fn rows(items: usize) -> Self {
        Self { format: Format::Csv, files: 2, made: empty(items) }
    }

    /// An item in the format, see [`Format::content`].
    ///
    /// # Errors
    /// None in practice: memory takes everything.
    pub(super) fn of(&self, item: usize, dictionary: &Dictionary<'_>) -> Result<Arc<[u8]>> {
        let mut line = self.made[item].lock().unwrap_or_else(PoisonError::into_inner);
        let bytes = match line.bytes.take() {
            Some(bytes) => bytes,
            None => {
                let mut bytes = Vec::new();
                self.format.content(&dictionary.items[item], dictionary, &mut bytes)?;
                bytes.into()
            }
        };
        line.asked = line.asked.saturating_add(1);
        if line.asked < self.files {
            line.bytes = Some(Arc::clone(&bytes));
        }
        Ok(bytes)
    }
}

fn empty(items: usize) -> Vec<Mutex<Line>> {
    std::iter::repeat_with(Default::default).take(items).collect()
}
