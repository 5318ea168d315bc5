//! The index as one JSON file. The sharded format with real ranking takes its place later.

use serde::Serialize;

use super::index::TextIndex;
use crate::dictionary::{Dictionary, Item};
use crate::error::Result;
use crate::site::File;
use crate::source::Kind;

#[derive(Serialize)]
struct Core<'i> {
    version: u32,
    items: Vec<Entry<'i>>,
    name: Vec<(String, Vec<u32>)>,
    text: Vec<(String, Vec<u32>)>,
}

/// What a row of results shows.
#[derive(Serialize)]
struct Entry<'i> {
    kind: &'static str,
    name: &'i str,
    url: String,
    owner: Option<&'i str>,
    data_category: String,
    status: &'i str,
    life: &'static str,
}

/// Indexes the dictionary and writes the index out: `lookup/core.json`.
///
/// # Errors
/// When tantivy fails.
pub fn export(dictionary: &Dictionary<'_>) -> Result<File> {
    let mut items: Vec<&Item<'_>> =
        dictionary.pages_of(Kind::Metric).into_iter().map(|page| &page[0]).collect();
    items.extend(dictionary.pages_of(Kind::Event).into_iter().map(|page| &page[0]));
    let index = TextIndex::new(&items)?;
    // The script compares strings by UTF-16 units, tantivy by bytes.
    let sorted = |mut postings: Vec<(String, Vec<u32>)>| {
        postings.sort_by(|(a, _), (b, _)| a.encode_utf16().cmp(b.encode_utf16()));
        postings
    };
    let core = Core {
        version: 0,
        name: sorted(index.postings(index.name)?),
        text: sorted(index.postings(index.text)?),
        items: items.into_iter().map(entry).collect(),
    };
    let content = serde_json::to_vec(&core).map_err(std::io::Error::from)?;
    Ok(File { path: "lookup/core.json".to_owned(), content })
}

fn entry<'i>(item: &'i Item<'i>) -> Entry<'i> {
    Entry {
        kind: item.kind.as_str(),
        name: &item.name,
        url: format!("{}index.html", item.url()),
        owner: item.owner.as_ref().map(|owner| owner.name()),
        data_category: item.data_categories.join(", "),
        status: item.definition.status(),
        life: item.life().as_str(),
    }
}
