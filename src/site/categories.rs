//! What falls under a data category, whole: one page for printing, one table for spreadsheets.
//!
//! Legal pages and customers link to these addresses.

use std::sync::{Arc, OnceLock};

use serde::Serialize;
use tera::{Context, Value};

use super::Commit;
use super::exports;
use super::listing::counted;
use super::markdown;
use super::page::{Link, Page, Pages, way_up};
use super::pieces::Pieces;
use super::plan::Planned;
use super::rows::{around, mark};
use crate::dictionary::{Facet, FacetValue, Item, meaning, window};
use crate::error::{Error, Result};
use crate::export::Format;

#[derive(Serialize)]
struct Body<'d> {
    key: &'d str,
    name: &'d str,
    about: Value,
    counted: String,
    /// When the definitions were like this, where git is at hand.
    as_of: Option<String>,
    /// Where the rows of metrics belong; empty where there are none.
    metrics: Value,
    /// Where the rows of events belong.
    events: Value,
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
    [
        whole_page(pages, value, format!("{folder}all.html"), crumbs.to_vec()),
        exports::file(pages, Format::Csv, format!("{folder}all.csv"), value.items.len(), |place| {
            value.items[place]
        }),
    ]
}

/// A page of which each row is made alone, metrics before events.
fn whole_page<'p>(
    pages: &'p Pages<'_>,
    value: &'p FacetValue<'_>,
    path: String,
    crumbs: Vec<Link>,
) -> Planned<'p> {
    let (all, root) = (value.items.len(), way_up(&path));
    let before = match (value.metrics, value.events()) {
        (0, 0) => vec![0],
        (0, _) | (_, 0) => vec![0, all],
        (metrics, _) => vec![0, metrics, all],
    };
    let (page, texts) = (path.clone(), OnceLock::new());
    let text = move |number: usize| {
        if texts.get().is_none() {
            let _ = texts.set(around_rows(pages, value, (&page, &crumbs))?);
        }
        let text = texts.get().and_then(|texts: &Vec<Arc<[u8]>>| texts.get(number));
        Ok(text.cloned().unwrap_or_default())
    };
    let made_of = |place: usize| pages.digest_of_row(value.items[place]);
    let make = move |place: usize, out: &mut Vec<u8>| {
        let item = &pages.input.dictionary.items[value.items[place]];
        let mut context = Context::new();
        context.insert("root", &root);
        context.insert("entry", &Entry::new(item));
        pages.theme.render_to("entry.html", &context, out)
    };
    Planned::pieces(path, Pieces::new(all, before, text, made_of, make))
}

/// The page without its rows: what stands before, between and behind them.
fn around_rows(
    pages: &Pages<'_>,
    value: &FacetValue<'_>,
    (path, crumbs): (&str, &[Link]),
) -> Result<Vec<Arc<[u8]>>> {
    let known = pages.input.dictionary.vocabulary.data_category(&value.key);
    let description =
        known.map(|known| known.description.as_str()).or(meaning(Facet::DataCategory, &value.key));
    let counted = counted(value.metrics, value.events());
    let page = Page {
        path: path.to_owned(),
        title: format!("{}: the whole list", value.name),
        description: format!("Everything in the data category {} on one page: {counted}", value.name),
        section: "data-categories",
        crumbs: crumbs.to_vec(),
    };
    let tables = [("metrics", value.metrics), ("events", value.events())];
    let [metrics, events] = tables.map(|(name, rows)| if rows > 0 { mark(name) } else { Value::from("") });
    let body = Body {
        key: &value.key,
        name: &value.name,
        about: Value::safe_string(&markdown::description(description.unwrap_or_default())),
        counted,
        as_of: pages.input.commit.as_ref().map(Commit::in_words),
        metrics,
        events,
    };
    let whole = pages.page("all.html", &page, &body)?;
    let rows: Vec<&str> = tables.iter().filter(|(_, rows)| *rows > 0).map(|(name, _)| *name).collect();
    let texts = around(&whole, &rows).ok_or_else(|| Error::Invalid {
        path: "all.html".into(),
        line: None,
        message: "has to print `body.metrics` and then `body.events`, each once".to_owned(),
    })?;
    Ok(texts.into_iter().map(Arc::from).collect())
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
