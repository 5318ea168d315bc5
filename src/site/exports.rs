//! Items as data: `export/dictionary.json`, `.ndjson` and `.csv`, and what falls under a data category as CSV.

use std::sync::Arc;

use super::page::Pages;
use super::pieces::Pieces;
use super::plan::Planned;
use crate::error::Result;
use crate::export::Format;

/// All items in every format.
pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let all = pages.input.dictionary.items.len();
    let file = |format: Format| {
        file(pages, format, format!("export/dictionary.{}", format.extension()), all, |place| place)
    };
    Format::ALL.map(file).into()
}

impl Pages<'_> {
    /// An item in a format, see [`Format::content`].
    ///
    /// # Errors
    /// None in practice: memory takes everything.
    pub(super) fn line(&self, format: Format, item: usize) -> Result<Arc<[u8]>> {
        let lines = match format {
            Format::Json | Format::Ndjson => &self.objects,
            Format::Csv => &self.csv_rows,
        };
        let dictionary = self.input.dictionary;
        lines.get(item, |out| format.content(&dictionary.items[item], dictionary, out))
    }
}

/// So many items in a format; `item` says which one stands at a place.
pub(super) fn file<'p>(
    pages: &'p Pages<'_>,
    format: Format,
    path: String,
    count: usize,
    item: impl Fn(usize) -> usize + Copy + Send + Sync + 'p,
) -> Planned<'p> {
    let made_of = move |place| {
        // The first one may stand there differently.
        if place == 0 { pages.digest_of_items([item(place)]) } else { pages.digest_of_item(item(place)) }
    };
    let make = move |place, out: &mut Vec<u8>| {
        format.add(place == 0, out, |out| {
            out.extend_from_slice(&pages.line(format, item(place))?);
            Ok(())
        })
    };
    let around: [Arc<[u8]>; 2] = [format.head().into(), format.tail().into()];
    let text = move |number: usize| Ok(Arc::clone(&around[number]));
    Planned::pieces(path, Pieces::new(count, vec![0, count], text, made_of, make))
}
