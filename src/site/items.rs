//! A page for each metric and event, and its data beside it.

use std::collections::BTreeSet;
use std::ops::Range;

use rayon::prelude::*;
use serde::Serialize;

use super::listing::Listing;
use super::markdown;
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::rows::Tables;
use super::sheet::Sheet;
use super::view::{ItemView, MOST_ROWS};
use crate::dictionary::Item;
use crate::error::Result;
use crate::export::Format;
use crate::source::Kind;

#[derive(Serialize)]
struct Body<'d> {
    kind: &'static str,
    /// The kind, capitalised.
    title: &'static str,
    name: &'d str,
    /// More than one where the same name is defined twice.
    definitions: Vec<ItemView<'d>>,
}

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let dictionary = pages.input.dictionary;
    let names = [Kind::Metric, Kind::Event].into_par_iter().flat_map(|kind| dictionary.pages_of(kind));
    names.flat_map_iter(|same_name| of_name(pages, same_name)).collect()
}

/// The page of a name, its data, and the lists that do not fit on it.
fn of_name<'p>(pages: &'p Pages<'_>, indices: Range<usize>) -> Vec<Planned<'p>> {
    let same_name = &pages.input.dictionary.items[indices.clone()];
    let folder = same_name[0].url();
    let first = indices.start;
    let mut planned = vec![
        Planned::new(format!("{folder}index.html"), move |sheet| {
            let digest = || match same_name {
                [_] => pages.digest_of_item(first),
                _ => pages.digest_of_items(indices.clone()),
            };
            pages.render_of(sheet, "item.html", digest, || compose(pages, same_name))
        }),
        Planned::new(format!("{folder}index.json"), move |sheet| data(pages, sheet, first)),
    ];
    if same_name.iter().any(|item| item.counted_by.len() > MOST_ROWS) {
        planned.extend(counted_by(pages, same_name));
    }
    planned
}

/// `index.json`: the first definition of a name, as data.
fn data(pages: &Pages<'_>, sheet: &mut Sheet, item: usize) -> Result<()> {
    let make = |out: &mut Vec<u8>, _: &mut Vec<u8>| {
        out.extend_from_slice(&pages.line(Format::Ndjson, item)?);
        out.push(b'\n');
        Ok(())
    };
    sheet.make_of(|_| pages.digest_of_item(item), make)
}

fn compose<'p>(pages: &'p Pages<'_>, same_name: &'p [Item<'p>]) -> Result<(Page<'p>, Body<'p>, Tables<'p>)> {
    let first = &same_name[0];
    let kind = first.kind.as_str();
    let owner = first.owner.as_ref().map_or("nobody", |owner| owner.name());
    let title = match first.kind {
        Kind::Metric => "Metric",
        Kind::Event => "Event",
    };
    let about = markdown::to_line(first.description(), 150);
    let page = Page {
        path: format!("{}index.html", first.url()),
        title: format!("{} · {kind}", first.name),
        description: format!(
            "{title} {}, owned by {owner}, data category {}. {about}",
            first.name,
            first.data_categories.join(", ")
        ),
        section: first.kind.plural(),
        crumbs: vec![to_table(first.kind)],
    };
    let mut tables = Tables::default();
    let definitions = same_name.iter().enumerate();
    let definitions: Result<Vec<ItemView<'_>>> =
        definitions.map(|(index, item)| ItemView::new(item, pages, index + 1, &mut tables)).collect();
    let body = Body { kind, title, name: &first.name, definitions: definitions? };
    Ok((page, body, tables))
}

/// The table that an item belongs to.
fn to_table(kind: Kind) -> Link {
    let title = match kind {
        Kind::Metric => "Metrics",
        Kind::Event => "Events",
    };
    Link::new(title, format!("{}/", kind.plural()))
}

/// All metrics that count an event, where its page does not show them all.
fn counted_by<'p>(pages: &'p Pages<'_>, same_name: &[Item<'_>]) -> Vec<Planned<'p>> {
    let event = &same_name[0];
    let metrics: BTreeSet<usize> =
        same_name.iter().flat_map(|item| item.counted_by.iter().copied()).collect();
    let title = format!("Metrics that count {}", event.name);
    let listing = Listing {
        folder: format!("{}counted-by/", event.url()),
        description: format!("{title}: {}", metrics.len()),
        heading: title.clone(),
        title,
        lead: "",
        label: "Event".into(),
        section: event.kind.plural(),
        crumbs: vec![to_table(event.kind), Link::new(event.name.clone(), event.url())],
        items: metrics.into_iter().collect(),
        empty: "",
        query: None,
    };
    listing.plan(pages)
}
