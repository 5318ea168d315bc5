//! Items as rows of tables. An item stands in a dozen lists: its row is made once, and put into the pages that show it.

use std::borrow::Cow;
use std::sync::OnceLock;

use serde::Serialize;
use tera::Value;

use super::markdown;
use super::page::Link;
use crate::dictionary::{Facet, Item};
use crate::error::Result;

/// The characters of a description that a row shows.
const LONGEST_DESCRIPTION: usize = 200;

/// Stands in a rendered page, between two of its kind the number of a table, where the table's rows belong. Escaping
/// keeps control characters of any other origin out of pages.
const TABLE: u8 = 0;

/// Stands in a rendered row where the way to the site's root belongs, which is another one on each page.
const ROOT: u8 = 1;

/// The rows of all items.
pub(super) struct Rows {
    rendered: Vec<OnceLock<Rendered>>,
}

/// A row, without the ways to the site's root.
struct Rendered {
    html: Box<[u8]>,
    /// Where they belong, ascending.
    roots: Box<[usize]>,
}

/// The tables of items on a page: which rows belong where.
#[derive(Debug, Default)]
pub(super) struct Tables<'t>(Vec<Cow<'t, [usize]>>);

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

/// What a template prints where rows of this name belong that are made apart from the page.
pub(super) fn mark(rows: &str) -> Value {
    let mark = char::from(TABLE);
    Value::safe_string(&format!("{mark}{rows}{mark}"))
}

/// What stands before, between and behind such rows, if they are these, in this order.
pub(super) fn around<'t>(page: &'t [u8], rows: &[&str]) -> Option<Vec<&'t [u8]>> {
    let parts: Vec<&[u8]> = split(page, TABLE).collect();
    let names = parts.iter().skip(1).step_by(2).copied();
    names.eq(rows.iter().map(|name| name.as_bytes())).then(|| parts.iter().step_by(2).copied().collect())
}

impl<'t> Tables<'t> {
    /// Adds a table with a row for each of some items; gives what the template prints in their place.
    pub(super) fn add(&mut self, items: impl Into<Cow<'t, [usize]>>) -> Value {
        self.0.push(items.into());
        mark(&(self.0.len() - 1).to_string())
    }

    /// The items of all rows, table after table.
    pub(super) fn items(&self) -> impl Iterator<Item = usize> {
        self.0.iter().flat_map(|items| items.iter().copied())
    }
}

impl Rows {
    pub(super) fn new(items: usize) -> Self {
        Self { rendered: std::iter::repeat_with(Default::default).take(items).collect() }
    }

    /// The root as `row.html` is to print it.
    pub(super) fn root() -> Value {
        Value::safe_string(&char::from(ROOT).to_string())
    }

    /// Copies a rendered page, with the rows of its tables.
    pub(super) fn fill_in(
        &self,
        page: &[u8],
        tables: &Tables<'_>,
        root: &str,
        out: &mut Vec<u8>,
        render: impl Fn(usize) -> Result<String>,
    ) -> Result<()> {
        for (place, part) in split(page, TABLE).enumerate() {
            if place % 2 == 0 {
                out.extend_from_slice(part);
                continue;
            }
            let table = std::str::from_utf8(part).ok().and_then(|number| number.parse().ok());
            let items = table.and_then(|table: usize| tables.0.get(table));
            for &item in items.into_iter().flat_map(|items| items.iter()) {
                let row = match self.rendered[item].get() {
                    Some(row) => row,
                    None => {
                        let row = Rendered::of(&render(item)?);
                        self.rendered[item].get_or_init(|| row)
                    }
                };
                row.print(root, out);
            }
        }
        Ok(())
    }
}

impl Rendered {
    /// Takes the marks out.
    fn of(row: &str) -> Self {
        let (mut html, mut roots) = (Vec::with_capacity(row.len()), Vec::new());
        for (place, part) in split(row.as_bytes(), ROOT).enumerate() {
            if place > 0 {
                roots.push(html.len());
            }
            html.extend_from_slice(part);
        }
        Self { html: html.into(), roots: roots.into() }
    }

    /// Adds the row to a page from which `root` is the way to the site's root.
    fn print(&self, root: &str, out: &mut Vec<u8>) {
        out.reserve(self.html.len() + self.roots.len() * root.len());
        let mut printed = 0;
        for &place in &self.roots {
            out.extend_from_slice(&self.html[printed..place]);
            out.extend_from_slice(root.as_bytes());
            printed = place;
        }
        out.extend_from_slice(&self.html[printed..]);
    }
}

/// The parts of a text between the places of a character.
fn split(text: &[u8], at: u8) -> impl Iterator<Item = &[u8]> {
    let mut rest = Some(text);
    std::iter::from_fn(move || {
        let text = rest?;
        let (part, behind) = match memchr::memchr(at, text) {
            Some(place) => (&text[..place], Some(&text[place + 1..])),
            None => (text, None),
        };
        rest = behind;
        Some(part)
    })
}

impl<'d> Row<'d> {
    pub(super) fn new(item: &'d Item<'d>) -> Self {
        let category = |key: &Cow<'d, str>| Link::to_value(Facet::DataCategory, key, key);
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
