//! The tables of all metrics and of all events.

use super::listing::Listing;
use super::page::{Page, Pages};
use super::plan::Planned;
use super::sheet::Sheet;
use crate::error::Result;
use crate::source::Kind;
use crate::words::count;

/// The page that leads on to the table of events.
pub(super) const MOVED: &str = "snowplow/index.html";

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let mut planned = table(pages, Kind::Metric);
    planned.extend(table(pages, Kind::Event));
    planned.push(Planned::new(MOVED, |sheet| moved(pages, sheet)));
    planned
}

/// Where dictionaries of GitLab's had their events: links from there go on to the table, with what they ask for.
fn moved(pages: &Pages<'_>, sheet: &mut Sheet) -> Result<()> {
    let page = Page {
        path: MOVED.to_owned(),
        title: "Events have moved".to_owned(),
        description: "The table of events is at another address now.".to_owned(),
        section: Kind::Event.plural(),
        ..Page::default()
    };
    pages.render(sheet, "moved.html", &page, &())
}

fn table<'p>(pages: &'p Pages<'_>, kind: Kind) -> Vec<Planned<'p>> {
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
        label: "".into(),
        description: format!("{} with owner, data category and status", count(items.len(), kind.as_str())),
        section: kind.plural(),
        crumbs: Vec::new(),
        items: items.into(),
        empty,
        query: Some(format!("kind:{}", kind.as_str())),
    };
    listing.plan(pages)
}
