//! The home page: search, the numbers, the ways in.

use serde::Serialize;

use super::breakdown::{self, Matrix};
use super::listing::counted;
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::sheet::Sheet;
use crate::dictionary::{Facet, FacetValue, NO_DATA_CATEGORY, Summary};
use crate::error::Result;
use crate::words::count;

/// Groups that the home page shows; their index has all.
const MOST_GROUPS: usize = 20;
/// Milestones that the home page shows.
const MOST_MILESTONES: usize = 6;

#[derive(Serialize)]
struct Body<'d> {
    summary: Summary,
    /// Of any severity.
    findings: usize,
    groups: Matrix,
    groups_total: usize,
    data_categories: Matrix,
    /// What falls under none, its list, and whether it is one alone.
    uncategorised: Option<(String, Link, bool)>,
    statuses: Matrix,
    milestones: Matrix,
    guide: Vec<GuideLink<'d>>,
}

#[derive(Serialize)]
struct GuideLink<'d> {
    page: Link,
    description: &'d str,
}

/// The path of the page.
const PATH: &str = "index.html";

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Planned<'p> {
    Planned::new(PATH, |sheet| render(pages, sheet))
}

fn render(pages: &Pages<'_>, sheet: &mut Sheet) -> Result<()> {
    let summary = pages.input.dictionary.summary();
    let groups = pages.lists.of(Facet::Group);
    let statuses = pages.lists.of(Facet::Status);
    let statuses = &statuses[..statuses.len().min(breakdown::MOST_COLUMNS)];
    let (uncategorised, mut categories): (Vec<_>, Vec<_>) = pages
        .lists
        .of(Facet::DataCategory)
        .iter()
        .cloned()
        .partition(|category| category.key == NO_DATA_CATEGORY);
    categories.truncate(breakdown::MOST_COLUMNS);
    let body = Body {
        summary,
        findings: summary.errors + summary.warnings + summary.infos,
        groups: breakdown::matrix(pages, Facet::Group, &largest(groups)),
        groups_total: groups.len(),
        data_categories: breakdown::matrix(pages, Facet::DataCategory, &categories),
        uncategorised: uncategorised.first().map(|none| {
            let counted = counted(none.metrics, none.events());
            (counted, Link::to_value(Facet::DataCategory, &none.key, &none.name), none.items.len() == 1)
        }),
        statuses: breakdown::matrix(pages, Facet::Status, statuses),
        milestones: breakdown::matrix(pages, Facet::Milestone, &newest(pages)),
        guide: pages
            .input
            .content
            .chapters
            .iter()
            .map(|page| GuideLink {
                page: Link::new(&page.title, &page.folder),
                description: &page.description,
            })
            .collect(),
    };
    let page = Page {
        path: PATH.to_owned(),
        title: pages.input.site.title.clone(),
        description: format!(
            "{} and {}: who owns them, which data category they fall under, what counts what.",
            count(summary.metrics, "metric"),
            count(summary.events, "event")
        ),
        section: "home",
        crumbs: Vec::new(),
    };
    pages.render(sheet, "home.html", &page, &body)
}

/// The groups with the most items, as many as the page shows, in the order of their index.
fn largest<'d>(groups: &[FacetValue<'d>]) -> Vec<FacetValue<'d>> {
    let mut places: Vec<usize> = (0..groups.len()).collect();
    places.sort_by_key(|&place| std::cmp::Reverse(groups[place].items.len()));
    places.truncate(MOST_GROUPS);
    places.sort_unstable();
    places.into_iter().map(|place| groups[place].clone()).collect()
}

/// The newest milestones that introduced something.
fn newest<'d>(pages: &Pages<'d>) -> Vec<FacetValue<'d>> {
    let milestones = pages.lists.of(Facet::Milestone).iter().filter(|milestone| !milestone.items.is_empty());
    milestones.take(MOST_MILESTONES).cloned().collect()
}
