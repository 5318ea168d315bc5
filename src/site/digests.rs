//! What pages say of items, told by digests of what is behind it, which cost a fraction of the pages.
//!
//! A page of an item, its data and its rows are the same as before if their digests are. A digest may change where no
//! byte of a page does, never the other way round: the random edits of `tests/site/rebuild.rs` look for that.

use std::borrow::Cow;
use std::sync::OnceLock;

use rayon::prelude::*;
use serde::Serialize;

use super::Input;
use super::page::Pages;
use super::sheet::Ingredients;
use super::view::linked;
use crate::definition::Definition;
use crate::dictionary::{Facet, FindingJson, Item};
use crate::digest::Digest;
use crate::error::Result;
use crate::source::Kind;

/// The digests of all items, each made when it is first asked for.
pub(super) struct Digests {
    surroundings: Digest,
    own: Vec<OnceLock<Digest>>,
    counted_by: Vec<OnceLock<Digest>>,
    whole: Vec<OnceLock<Digest>>,
}

/// What an item says itself, and what linking made of it.
#[derive(Serialize)]
struct Own<'d> {
    kind: &'static str,
    name: &'d str,
    time_frame: Option<&'d str>,
    source: usize,
    path: &'d str,
    is_utf8: bool,
    owner: Option<&'d str>,
    data_categories: &'d [Cow<'d, str>],
}

impl Digests {
    /// Digests of the items of an input whose pages have something in common already.
    ///
    /// # Errors
    /// None in practice: the input can be written down.
    pub(super) fn new(input: &Input<'_>, common: Digest) -> Result<Self> {
        let empty = |count| std::iter::repeat_with(OnceLock::new).take(count).collect();
        let items = input.dictionary.items.len();
        Ok(Self {
            surroundings: surroundings(input, common)?,
            own: empty(items),
            counted_by: empty(items),
            whole: empty(items),
        })
    }
}

/// What stands behind the page of any item besides the definitions.
fn surroundings(input: &Input<'_>, common: Digest) -> Result<Digest> {
    let vocabulary = input.dictionary.vocabulary;
    Ingredients::collect(|made_of| {
        made_of.add_digest(common);
        made_of.add(&(input.site, input.snippets))?;
        for source in input.sources {
            made_of.add(&(&source.name, &source.view_url, &source.edit_url, &source.search_url))?;
            made_of.add(&source.limits)?;
        }
        made_of.add(&(vocabulary.groups(), vocabulary.data_categories()))?;
        made_of.add(&input.content.about(Facet::DataCategory).collect::<Vec<_>>())
    })
}

impl Pages<'_> {
    /// Of an item's row in lists, and of all that other pages say of the item.
    ///
    /// # Errors
    /// None in practice: texts can be written down.
    pub(super) fn digest_of_row(&self, item: usize) -> Result<Digest> {
        once(&self.digests.own[item], |made_of| {
            let item = &self.input.dictionary.items[item];
            let file = item.definition.source;
            made_of.add_digest(self.digests.surroundings);
            made_of.add_digest(file.text.digest());
            made_of.add(&Own {
                kind: item.kind.as_str(),
                name: &item.name,
                time_frame: item.time_frame,
                source: file.source,
                path: &file.path,
                is_utf8: file.not_utf8.is_none(),
                owner: item.owner.as_ref().map(|owner| owner.key.as_ref()),
                data_categories: &item.data_categories,
            })
        })
    }

    /// Of all that a page says of one definition of an item, and of its `index.json`.
    ///
    /// # Errors
    /// None in practice: texts can be written down.
    pub(super) fn digest_of_item(&self, index: usize) -> Result<Digest> {
        once(&self.digests.whole[index], |made_of| {
            let item = &self.input.dictionary.items[index];
            made_of.add_digest(self.digest_of_row(index)?);
            self.add_rows(item.siblings.iter().copied(), made_of)?;
            if item.kind == Kind::Event {
                made_of.add_digest(self.digest_of_counting(index)?);
            }
            for used in &item.uses {
                self.add_rows(used.events.iter().copied(), made_of)?;
                for &event in &used.events {
                    made_of.add_digest(self.digest_of_counting(event)?);
                }
            }
            made_of.add(&linked(item.definition, &self.lists))?;
            self.add_findings(item, made_of)
        })
    }

    /// Of all that is known of some items.
    ///
    /// # Errors
    /// None in practice: texts can be written down.
    pub(super) fn digest_of_items(&self, items: impl IntoIterator<Item = usize>) -> Result<Digest> {
        Ingredients::collect(|made_of| {
            items.into_iter().try_for_each(|item| {
                made_of.add_digest(self.digest_of_item(item)?);
                Ok(())
            })
        })
    }

    /// Of all that is known of all items, on all cores.
    ///
    /// # Errors
    /// None in practice: texts can be written down.
    pub(super) fn digest_of_all(&self) -> Result<Digest> {
        let all = 0..self.input.dictionary.items.len();
        all.clone().into_par_iter().try_for_each(|item| self.digest_of_item(item).map(drop))?;
        self.digest_of_items(all)
    }

    /// The metrics that count an event.
    fn digest_of_counting(&self, event: usize) -> Result<Digest> {
        once(&self.digests.counted_by[event], |made_of| {
            self.add_rows(self.input.dictionary.items[event].counted_by.iter().copied(), made_of)
        })
    }

    /// Adds the rows of some items.
    ///
    /// # Errors
    /// None in practice: texts can be written down.
    pub(super) fn add_rows(
        &self,
        items: impl Iterator<Item = usize>,
        made_of: &mut Ingredients<'_>,
    ) -> Result<()> {
        let mut count = 0_usize;
        for item in items {
            made_of.add_digest(self.digest_of_row(item)?);
            count += 1;
        }
        made_of.add(&count)
    }

    fn add_findings(&self, item: &Item<'_>, made_of: &mut Ingredients<'_>) -> Result<()> {
        let dictionary = self.input.dictionary;
        let findings = dictionary.findings_in(item.definition.file);
        if findings.is_empty() {
            return Ok(());
        }
        fn path<'d>(definition: &'d Definition<'d>) -> &'d str {
            &definition.source.path
        }
        for finding in findings {
            made_of.add(&FindingJson::new(finding, dictionary.definitions, path))?;
        }
        // A finding leads to the pages of its file's names, where that file stands first or below others.
        for expanded in item.definition.names() {
            let first =
                dictionary.named(&expanded.name, Some(item.kind)).first().map(|first| first.definition.file);
            made_of.add(&(first == Some(item.definition.file)))?;
        }
        Ok(())
    }
}

/// The digest that a cell holds, made if it is not there yet.
fn once(cell: &OnceLock<Digest>, collect: impl FnOnce(&mut Ingredients<'_>) -> Result<()>) -> Result<Digest> {
    match cell.get() {
        Some(digest) => Ok(*digest),
        None => {
            let digest = Ingredients::collect(collect)?;
            Ok(*cell.get_or_init(|| digest))
        }
    }
}
