//! What a row of results shows, in files of consecutive documents.

use std::sync::Arc;

use rayon::prelude::*;
use serde::Serialize;

use super::{FOLDER, VERSION, hash};
use crate::dictionary::{Dictionary, Item, slug};
use crate::digest::Digest;
use crate::error::Result;
use crate::search::document::Documents;
use crate::site::to_line;
use crate::source::Kind;
use crate::visible::visible_line;

/// Documents in a file.
pub(super) const DOCUMENTS: usize = 32;

/// Files in a folder.
pub(super) const FILES: usize = 32;

/// The characters of a description that a row shows.
const LONGEST_DESCRIPTION: usize = 200;

/// The rows of consecutive documents, a list for each column.
#[derive(Serialize, Default)]
pub(super) struct Rows {
    name: Vec<String>,
    /// Empty where it is the name.
    slug: Vec<String>,
    /// A letter for each: `m` or `e`.
    kind: String,
    description: Vec<String>,
    owner: Vec<String>,
    category: Vec<String>,
    status: Vec<String>,
    time: Vec<String>,
    since: Vec<String>,
}

/// What results show of documents, in files that are made apart from the index: they are the same whatever the words.
pub struct ResultRows<'d> {
    dictionary: &'d Dictionary<'d>,
    pub(in crate::search) documents: Arc<Documents>,
    /// The folders of [`FILES`] files each: a change to one document leaves those of the others as they are.
    pub(super) folders: Vec<String>,
}

impl<'d> ResultRows<'d> {
    /// Plans the files; `made_of` says of an item what its row is made of: the same digest, the same row.
    ///
    /// # Errors
    /// Those of `made_of`.
    pub fn new(
        dictionary: &'d Dictionary<'d>,
        made_of: impl Fn(usize) -> Result<Digest> + Sync,
    ) -> Result<Self> {
        let documents = Documents::of(dictionary);
        let items: Vec<usize> = documents.items().collect();
        let folder = |items: &[usize]| {
            let digests = items.iter().map(|&item| Ok(made_of(item)?.0)).collect::<Result<Vec<_>>>()?;
            Ok(hash([&VERSION.to_le_bytes()[..], digests.as_flattened()]))
        };
        let folders: Result<_> = items.par_chunks(DOCUMENTS * FILES).map(folder).collect();
        Ok(Self { dictionary, documents: documents.into(), folders: folders? })
    }

    /// How many files there are.
    pub fn count(&self) -> usize {
        self.documents.count().div_ceil(DOCUMENTS)
    }

    /// What a file's script calls it.
    pub fn name(&self, file: usize) -> String {
        format!("d/{file}")
    }

    /// A file's path below the site's root, without an extension.
    pub fn path(&self, file: usize) -> String {
        format!("{FOLDER}/{}/{}", self.folders[file / FILES], self.name(file))
    }

    /// Adds a file's content.
    ///
    /// # Errors
    /// None in practice: memory takes everything.
    pub fn json(&self, file: usize, out: &mut Vec<u8>) -> Result<()> {
        let items = self.documents.items().skip(file * DOCUMENTS).take(DOCUMENTS);
        let rows = Rows::of(items.map(|item| &self.dictionary.items[item]));
        Ok(serde_json::to_writer(out, &rows).map_err(std::io::Error::from)?)
    }
}

impl Rows {
    fn of<'i>(items: impl Iterator<Item = &'i Item<'i>>) -> Self {
        let mut rows = Self::default();
        for item in items {
            let shown = |text: &str| visible_line(text).into_owned();
            let slug = slug(&item.name);
            rows.slug.push(if slug == item.name { String::new() } else { slug.into_owned() });
            rows.name.push(shown(&item.name));
            rows.kind.push(match item.kind {
                Kind::Metric => 'm',
                Kind::Event => 'e',
            });
            rows.description.push(shown(&to_line(item.description(), LONGEST_DESCRIPTION)));
            rows.owner.push(item.owner.as_ref().map(|owner| shown(owner.name())).unwrap_or_default());
            rows.category.push(shown(&item.data_categories.join(", ")));
            rows.status.push(shown(item.definition.status()));
            rows.time.push(shown(item.time_frame.unwrap_or_default()));
            rows.since.push(shown(item.text("milestone").unwrap_or_default()));
        }
        rows
    }
}
