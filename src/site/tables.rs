//! The tables of all metrics and of all events.

use super::File;
use super::listing::Listing;
use super::page::{Page, Pages};
use crate::error::Result;
use crate::source::Kind;
use crate::words::count;

/// The page that leads on to the table of events.
pub(super) const MOVED: &str = "snowplow/index.html";

pub(super) fn render(pages: &Pages<'_>) -> Result<Vec<File>> {
    let mut files = table(pages, Kind::Metric)?;
    files.extend(table(pages, Kind::Event)?);
    files.push(moved(pages)?);
    Ok(files)
}

/// Where dictionaries of GitLab's had their events: links from there go on to the table, with what they ask for.
fn moved(pages: &Pages<'_>) -> Result<File> {
    let page = Page {
        path: MOVED.to_owned(),
        title: "Events have moved".to_owned(),
        description: "The table of events is at another address now.".to_owned(),
        section: Kind::Event.plural(),
        ..Page::default()
    };
    pages.render("moved.html", &page, &())
}

fn table(pages: &Pages<'_>, kind: Kind) -> Result<Vec<File>> {
    let items = pages.input.dictionary.first_of_pages(kind);
    let (title, empty) = match kind {
        Kind::Metric => ("Metrics", "No metric is defined."),
        Kind::Event => ("Events", "No event is defined."),
    };
    let listing = Listing {
        folder: format!("{}/", kind.plural()),
        title: title.to_owned(),
        heading: title.to_owned(),
        lead: "",
        label: "",
        description: format!("{} with owner, data category and status", count(items.len(), kind.as_str())),
        section: kind.plural(),
        crumbs: Vec::new(),
        items: &items,
        empty,
        query: Some(format!("kind:{}", kind.as_str())),
    };
    listing.render(pages, "list.html", &())
}
