//! A page for each metric and event, and its data beside it.

use std::collections::BTreeSet;

use rayon::prelude::*;
use serde::Serialize;

use super::File;
use super::listing::Listing;
use super::markdown;
use super::page::{Link, Page, Pages};
use super::view::{ItemView, MOST_ROWS};
use crate::dictionary::{Item, ItemJson};
use crate::error::Result;
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

pub(super) fn render<'d>(pages: &'d Pages<'d>) -> Result<Vec<File>> {
    let dictionary = pages.input.dictionary;
    let mut items = dictionary.pages_of(Kind::Metric);
    items.extend(dictionary.pages_of(Kind::Event));
    let files: Result<Vec<Vec<File>>> = items.par_iter().map(|same_name| item(pages, same_name)).collect();
    Ok(files?.into_iter().flatten().collect())
}

fn item<'d>(pages: &'d Pages<'d>, same_name: &'d [Item<'d>]) -> Result<Vec<File>> {
    let first = &same_name[0];
    let kind = first.kind.as_str();
    let folder = first.url();
    let owner = first.owner.as_ref().map_or("nobody", |owner| owner.name());
    let (title, plural) = match first.kind {
        Kind::Metric => ("Metric", "Metrics"),
        Kind::Event => ("Event", "Events"),
    };
    let about = markdown::to_line(first.description(), 150);
    let page = Page {
        path: format!("{folder}index.html"),
        title: format!("{} · {kind}", first.name),
        description: format!(
            "{title} {}, owned by {owner}, data category {}. {about}",
            first.name,
            first.data_categories.join(", ")
        ),
        section: first.kind.plural(),
        crumbs: vec![Link::new(plural, format!("{}/", first.kind.plural()))],
    };
    let definitions = same_name.iter().enumerate();
    let definitions: Result<Vec<ItemView<'_>>> =
        definitions.map(|(index, item)| ItemView::new(item, pages, index + 1, &page.path)).collect();
    let body = Body { kind, title, name: &first.name, definitions: definitions? };
    let mut json = Vec::new();
    crate::report::write_json(&ItemJson::new(first, pages.input.dictionary), &mut json)?;
    let mut files = vec![
        pages.render("item.html", &page, &body)?,
        File { path: format!("{folder}index.json"), content: json },
    ];
    if same_name.iter().any(|item| item.counted_by.len() > MOST_ROWS) {
        files.extend(counted_by(pages, same_name, page.crumbs)?);
    }
    Ok(files)
}

/// All metrics that count an event, where its page does not show them all.
fn counted_by(pages: &Pages<'_>, same_name: &[Item<'_>], crumbs: Vec<Link>) -> Result<Vec<File>> {
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
        label: "Event",
        section: event.kind.plural(),
        crumbs: crumbs.into_iter().chain([Link::new(event.name.clone(), event.url())]).collect(),
        items: &metrics.into_iter().collect::<Vec<_>>(),
        empty: "",
        query: None,
    };
    listing.render(pages, "list.html", &())
}
