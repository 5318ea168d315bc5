//! What falls under a data category, whole: one page for printing, one table for spreadsheets.
//!
//! Legal pages and customers link to these addresses.

use serde::Serialize;
use tera::Value;

use super::Commit;
use super::exports;
use super::listing::counted;
use super::markdown;
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::rows::Tables;
use super::sheet::Sheet;
use crate::dictionary::{Facet, FacetValue, Item, meaning, window};
use crate::error::Result;
use crate::export::Format;

#[derive(Serialize)]
struct Body<'d> {
    key: &'d str,
    name: &'d str,
    about: Value,
    counted: String,
    /// When the definitions were like this, where git is at hand.
    as_of: Option<String>,
    metrics: Vec<Entry<'d>>,
    events: Vec<Entry<'d>>,
}

/// An item with all that a reader on paper wants to know.
#[derive(Serialize)]
struct Entry<'d> {
    item: Link,
    description: String,
    owner: &'d str,
    status: &'d str,
    life: &'static str,
    time_frame: Option<&'d str>,
    window: Option<&'static str>,
    milestone: Option<&'d str>,
    milestone_removed: Option<&'d str>,
}

/// `all.html` and `all.csv` of a data category.
pub(super) fn whole_lists<'p>(
    pages: &'p Pages<'_>,
    value: &'p FacetValue<'_>,
    crumbs: &[Link],
) -> [Planned<'p>; 2] {
    let folder = Facet::DataCategory.url(&value.key);
    let crumbs = crumbs.to_vec();
    let path = format!("{folder}all.html");
    [
        Planned::new(path.clone(), move |sheet| whole_page(pages, sheet, value, (&path, &crumbs))),
        exports::file(pages, Format::Csv, format!("{folder}all.csv"), value.items.len(), |place| {
            value.items[place]
        }),
    ]
}

fn items<'p>(pages: &'p Pages<'_>, value: &FacetValue<'_>) -> Vec<&'p Item<'p>> {
    value.items.iter().map(|&index| &pages.input.dictionary.items[index]).collect()
}

fn whole_page<'p>(
    pages: &'p Pages<'_>,
    sheet: &mut Sheet,
    value: &'p FacetValue<'_>,
    (path, crumbs): (&str, &[Link]),
) -> Result<()> {
    let known = pages.input.dictionary.vocabulary.data_category(&value.key);
    let description =
        known.map(|known| known.description.as_str()).or(meaning(Facet::DataCategory, &value.key));
    let as_of = pages.input.commit.as_ref().map(Commit::in_words);
    pages.render_of(
        sheet,
        "all.html",
        |made_of| {
            made_of.add(&(&value.key, &value.name, description, &as_of, value.metrics))?;
            pages.add_rows(value.items.iter().copied(), made_of)
        },
        || {
            let counted = counted(value.metrics, value.events());
            let page = Page {
                path: path.to_owned(),
                title: format!("{}: the whole list", value.name),
                description: format!("Everything in the data category {} on one page: {counted}", value.name),
                section: "data-categories",
                crumbs: crumbs.to_vec(),
            };
            let items = items(pages, value);
            let entries = |items: &[&'p Item<'p>]| items.iter().map(|item| Entry::new(item)).collect();
            let body = Body {
                key: &value.key,
                name: &value.name,
                about: Value::safe_string(&markdown::description(description.unwrap_or_default())),
                counted,
                as_of: as_of.clone(),
                metrics: entries(&items[..value.metrics]),
                events: entries(&items[value.metrics..]),
            };
            Ok((page, body, Tables::default()))
        },
    )
}

impl<'d> Entry<'d> {
    fn new(item: &'d Item<'d>) -> Self {
        Self {
            item: Link::new(item.name.clone(), item.url()),
            description: markdown::to_line(item.description(), usize::MAX),
            owner: item.owner.as_ref().map_or("no owner", |owner| owner.name()),
            status: item.definition.status(),
            life: item.life().as_str(),
            time_frame: item.time_frame,
            window: window(item),
            milestone: item.text("milestone"),
            milestone_removed: item.removed_in(),
        }
    }
}
