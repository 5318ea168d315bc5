//! Items as rows of tables. An item stands in a dozen lists: its row is made once for each depth of folders.

use std::sync::OnceLock;

use serde::Serialize;
use tera::Value;

use super::markdown;
use super::page::Link;
use crate::dictionary::{Dictionary, Facet, Item};
use crate::error::Result;

/// Lists stand at most this many folders below the root.
const DEEPEST: usize = 4;

/// The characters of a description that a row shows.
const LONGEST_DESCRIPTION: usize = 200;

/// The rendered rows of all items.
pub(super) struct Rows {
    rendered: Vec<[OnceLock<String>; DEEPEST + 1]>,
}

/// What `row.html` knows as `row`.
#[derive(Debug, Serialize)]
pub(super) struct Row<'d> {
    name: &'d str,
    url: String,
    kind: &'static str,
    description: String,
    owner: Option<Link>,
    data_categories: Vec<Link>,
    status: &'d str,
    life: &'static str,
    time_frame: Option<&'d str>,
    milestone: Option<&'d str>,
    milestone_removed: Option<&'d str>,
}

impl Rows {
    pub(super) fn new(items: usize) -> Self {
        Self { rendered: std::iter::repeat_with(Default::default).take(items).collect() }
    }

    /// The rows of some items, one behind the other.
    pub(super) fn html(
        &self,
        items: &[usize],
        dictionary: &Dictionary<'_>,
        depth: usize,
        render: impl Fn(&str, &Row<'_>) -> Result<String>,
    ) -> Result<Value> {
        let mut html = String::new();
        for &index in items {
            let slot = &self.rendered[index][depth.min(DEEPEST)];
            if let Some(row) = slot.get() {
                html.push_str(row);
                continue;
            }
            let row = render(&"../".repeat(depth), &Row::new(&dictionary.items[index]))?;
            html.push_str(slot.get_or_init(|| row));
        }
        Ok(Value::safe_string(&html))
    }
}

impl<'d> Row<'d> {
    fn new(item: &'d Item<'d>) -> Self {
        let category = |key: &std::borrow::Cow<'d, str>| Link::to_value(Facet::DataCategory, key, key);
        Self {
            name: &item.name,
            url: format!("{}index.html", item.url()),
            kind: item.kind.as_str(),
            description: markdown::to_line(item.description(), LONGEST_DESCRIPTION),
            owner: item.owner.as_ref().map(Link::to_owner),
            data_categories: item.data_categories.iter().map(category).collect(),
            status: item.definition.status(),
            life: item.life().as_str(),
            time_frame: item.time_frame,
            milestone: item.text("milestone"),
            milestone_removed: item.removed_in(),
        }
    }
}
