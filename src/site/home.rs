//! The home page: search, the numbers, the ways in.

use std::collections::BTreeMap;

use serde::Serialize;

use super::File;
use super::markdown;
use super::page::{Page, Pages};
use crate::dictionary::{Dictionary, Item, Summary};
use crate::error::Result;
use crate::report;
use crate::source::Kind;

#[derive(Serialize)]
struct Body<'d> {
    summary: Summary,
    owners: Vec<Count<'d>>,
    data_categories: Vec<Count<'d>>,
    statuses: Vec<Count<'d>>,
    guide: Vec<GuideLink<'d>>,
}

/// How many metrics and events have a value.
#[derive(Debug, Default, Serialize)]
pub(super) struct Count<'d> {
    name: &'d str,
    description: String,
    metrics: usize,
    events: usize,
}

#[derive(Serialize)]
struct GuideLink<'d> {
    title: &'d str,
    description: &'d str,
    url: String,
}

pub(super) fn render(pages: &Pages<'_>) -> Result<File> {
    let dictionary = pages.input.dictionary;
    let summary = dictionary.summary();
    let mut data_categories =
        counts(dictionary, |item| item.data_categories.iter().map(AsRef::as_ref).collect());
    for count in &mut data_categories {
        let known = dictionary.vocabulary.data_categories().iter().find(|known| known.key == count.name);
        count.description = known.map(|known| markdown::to_line(&known.description, 200)).unwrap_or_default();
    }
    let body = Body {
        summary,
        owners: counts(dictionary, |item| vec![item.owner.as_ref().map_or("no owner", |owner| owner.name())]),
        data_categories,
        statuses: counts(dictionary, |item| vec![item.life().as_str()]),
        guide: pages
            .input
            .content
            .iter()
            .map(|page| GuideLink {
                title: &page.title,
                description: &page.description,
                url: format!("{}index.html", page.url()),
            })
            .collect(),
    };
    let page = Page {
        path: "index.html".to_owned(),
        title: pages.input.site.title.clone(),
        description: format!(
            "{} and {}: who owns them, which data category they fall under, what counts what.",
            report::count(summary.metrics, "metric"),
            report::count(summary.events, "event")
        ),
        section: "home",
    };
    pages.render("home.html", &page, &body)
}

/// Counts items by a value, sorted by the value.
pub(super) fn counts<'d>(
    dictionary: &'d Dictionary<'d>,
    values: impl Fn(&'d Item<'d>) -> Vec<&'d str>,
) -> Vec<Count<'d>> {
    let mut counts: BTreeMap<&str, Count<'_>> = BTreeMap::new();
    for item in &dictionary.items {
        for name in values(item) {
            let count = counts.entry(name).or_insert_with(|| Count { name, ..Count::default() });
            match item.kind {
                Kind::Metric => count.metrics += 1,
                Kind::Event => count.events += 1,
            }
        }
    }
    counts.into_values().collect()
}
