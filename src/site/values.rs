//! A page for each group, stage, data category, milestone, …, and an index of each kind of list.

use serde::Serialize;
use tera::Value;

use super::breakdown::{self, Breakdown};
use super::categories;
use super::findings;
use super::listing::{Listing, Paging, ROWS, counted, page_file, page_suffix};
use super::lists::kinds;
use super::markdown;
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::rows::Tables;
use super::view::{OwnerView, Severities};
use crate::dictionary::{Facet, FacetValue, NO_DATA_CATEGORY, meaning};
use crate::search;
use crate::words::{capitalised, count};

/// What a value's first page says above its list.
#[derive(Serialize)]
struct About<'d> {
    /// From the vocabulary.
    description: Value,
    /// From `content/<folder>/<key>.md`.
    text: Option<Value>,
    /// Of a group.
    owner: Option<OwnerView<'d>>,
    metrics: usize,
    /// Of a milestone: its list is of what it introduced.
    introduced: bool,
    live: usize,
    broken: usize,
    removed: usize,
    breakdown: Option<Breakdown>,
    findings: Option<(Severities, Link)>,
    /// Of a milestone: what was removed in it.
    removed_here: Option<RemovedHere>,
    /// Of a data category: the whole list for printing and as a table.
    whole: bool,
    /// Whether nobody says what a data category means.
    unexplained: bool,
}

/// What a milestone removed: the first rows, and the list of all.
#[derive(Serialize)]
struct RemovedHere {
    counted: String,
    rows: Value,
    shown: usize,
    total: usize,
    list: Link,
}

#[derive(Serialize)]
struct IndexBody {
    heading: &'static str,
    noun: &'static str,
    counted: String,
    matrix: breakdown::Matrix,
    paging: Paging,
}

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let mut planned = Vec::new();
    for (facet, values) in pages.lists.all() {
        planned.extend(index(pages, *facet, values));
        planned.extend(values.iter().flat_map(|value| of_value(pages, *facet, value)));
    }
    planned
}

/// The index of a facet: its values with counts, 100 a page.
fn index<'p>(pages: &'p Pages<'_>, facet: Facet, values: &'p [FacetValue<'p>]) -> Vec<Planned<'p>> {
    let chunks: Vec<&[FacetValue<'_>]> =
        if values.is_empty() { vec![&[]] } else { values.chunks(ROWS).collect() };
    let of = chunks.len();
    let page = |(index, chunk): (usize, &'p [FacetValue<'p>])| {
        let number = index + 1;
        let suffix = page_suffix(number, of);
        let page = Page {
            path: format!("{}/{}", facet.folder(), page_file(number)),
            title: format!("{}{suffix}", facet.title()),
            description: format!("How many metrics and events there are by {}{suffix}", facet.noun()),
            section: section(facet),
            crumbs: Vec::new(),
        };
        Planned::new(page.path.clone(), move |sheet| {
            let body = IndexBody {
                heading: facet.title(),
                noun: facet.noun(),
                counted: match (facet, values.len()) {
                    (Facet::Status, 1) => "1 status".to_owned(),
                    (Facet::Status, number) => format!("{number} statuses"),
                    (_, 1) => format!("1 {}", facet.noun()),
                    (_, number) => format!("{number} {}", facet.title().to_lowercase()),
                },
                matrix: breakdown::matrix(pages, facet, chunk),
                paging: Paging::new(number, of),
            };
            pages.render(sheet, "values.html", &page, &body)
        })
    };
    chunks.into_iter().enumerate().map(page).collect()
}

/// A value's page, and the lists below it.
fn of_value<'p>(pages: &'p Pages<'_>, facet: Facet, value: &'p FacetValue<'p>) -> Vec<Planned<'p>> {
    let folder = facet.url(&value.key);
    let crumbs = vec![Link::new(facet.title(), format!("{}/", facet.folder()))];
    let here = Link::new(value.name.clone(), &folder);
    let below: Vec<Link> = crumbs.iter().cloned().chain([here]).collect();
    let mut planned = Vec::new();
    if facet == Facet::Group {
        planned.extend(categories_of_group(pages, value, &below));
        let found = pages.lists.findings_of(&value.key);
        if !found.is_empty() {
            let title = format!("{} · findings", value.name);
            planned.extend(findings::list(pages, found, &findings_url(&folder), &title, &below));
        }
    }
    if facet == Facet::DataCategory {
        planned.extend(categories::whole_lists(pages, value, &below));
    }
    if facet == Facet::Milestone {
        planned.extend(removed_in(pages, value, &below));
    }
    let listing = Listing {
        title: format!("{} · {}", value.name, facet.noun()),
        heading: value.name.to_string(),
        lead: meaning(facet, &value.key).unwrap_or_default(),
        label: capitalised(facet.noun()).into(),
        description: description(facet, value),
        section: section(facet),
        crumbs,
        items: value.items.as_slice().into(),
        empty: empty(facet),
        query: search::filter(facet, &value.key),
        folder,
    };
    planned.extend(
        listing.plan_with(pages, "value.html", move |tables| About::new(pages, facet, value, tables)),
    );
    planned
}

/// The folder of the findings of a group.
fn findings_url(group: &str) -> String {
    format!("{group}findings/")
}

/// The folder of what a milestone removed.
fn removed_url(milestone: &str) -> String {
    format!("{}removed/", Facet::Milestone.url(milestone))
}

/// What a milestone removed, as a list of its own.
fn removed_in<'p>(pages: &'p Pages<'_>, milestone: &FacetValue<'_>, crumbs: &[Link]) -> Vec<Planned<'p>> {
    let items = pages.lists.removed_in(&milestone.key);
    if items.is_empty() {
        return Vec::new();
    }
    let (metrics, events) = kinds(items, pages.input.dictionary);
    let title = format!("Removed in {}", milestone.name);
    let listing = Listing {
        folder: removed_url(&milestone.key),
        heading: title.clone(),
        title,
        lead: "",
        label: "Milestone".into(),
        description: format!("{} removed in {}", counted(metrics, events), milestone.name),
        section: section(Facet::Milestone),
        crumbs: crumbs.to_vec(),
        items: items.into(),
        empty: "",
        query: None,
    };
    listing.plan(pages)
}

/// The lists that the matrix of groups and data categories leads to.
fn categories_of_group<'p>(
    pages: &'p Pages<'_>,
    group: &FacetValue<'_>,
    crumbs: &[Link],
) -> Vec<Planned<'p>> {
    let mut planned = Vec::new();
    for category in pages.lists.of(Facet::DataCategory) {
        let items = pages.lists.cell(&group.key, &category.key);
        if items.is_empty() {
            continue;
        }
        let heading = if category.key == NO_DATA_CATEGORY {
            format!("{}: metrics without a data category", group.name)
        } else {
            format!("{}: {} metrics", group.name, category.name.to_lowercase())
        };
        let listing = Listing {
            folder: breakdown::cell_url(&group.key, &category.key),
            title: heading.clone(),
            description: format!(
                "{} of the group {} in the data category {}",
                count(items.len(), "metric"),
                group.name,
                category.name
            ),
            heading,
            lead: "",
            label: "Group and data category".into(),
            section: "groups",
            crumbs: crumbs.to_vec(),
            items: items.into(),
            empty: "",
            query: cell_query(&group.key, &category.key),
        };
        planned.extend(listing.plan(pages));
    }
    planned
}

/// The query that finds the metrics of a group in a data category.
fn cell_query(group: &str, category: &str) -> Option<String> {
    let filters = [search::filter(Facet::Group, group)?, search::filter(Facet::DataCategory, category)?];
    Some(format!("kind:metric {}", filters.join(" ")))
}

impl<'d> About<'d> {
    fn new(pages: &'d Pages<'_>, facet: Facet, value: &'d FacetValue<'_>, tables: &mut Tables<'d>) -> Self {
        let dictionary = pages.input.dictionary;
        let lives = breakdown::Lives::of(&value.items, dictionary);
        let vocabulary = dictionary.vocabulary;
        let group = vocabulary.groups().iter().find(|group| facet == Facet::Group && group.key == value.key);
        let category = vocabulary.data_category(&value.key);
        let description =
            category.filter(|_| facet == Facet::DataCategory).map(|known| known.description.as_str());
        let description = description.or(group.map(|group| group.description.as_str())).unwrap_or_default();
        Self {
            description: Value::safe_string(&markdown::description(description)),
            text: pages
                .input
                .content
                .text(facet, &value.key)
                .map(|text| Value::safe_string(&text.html(pages.input.content, &pages.lists))),
            owner: group.map(OwnerView::of_group),
            metrics: value.metrics,
            introduced: facet == Facet::Milestone,
            live: lives.live,
            broken: lives.broken,
            removed: lives.removed,
            breakdown: breakdown::of_value(pages, facet, value),
            findings: findings_here(pages, facet, &value.key),
            removed_here: RemovedHere::new(pages, facet, &value.key, tables),
            whole: facet == Facet::DataCategory,
            unexplained: facet == Facet::DataCategory
                && category.is_none()
                && meaning(facet, &value.key).is_none(),
        }
    }
}

/// How many findings there are about the files of a group, and where they are listed.
fn findings_here(pages: &Pages<'_>, facet: Facet, key: &str) -> Option<(Severities, Link)> {
    let found = pages.lists.findings_of(key);
    let list = || Link::new("findings", findings_url(&facet.url(key)));
    (facet == Facet::Group && !found.is_empty()).then(|| (Severities::of(found), list()))
}

impl RemovedHere {
    fn new<'d>(pages: &'d Pages<'_>, facet: Facet, key: &str, tables: &mut Tables<'d>) -> Option<Self> {
        let items = pages.lists.removed_in(key);
        if facet != Facet::Milestone || items.is_empty() {
            return None;
        }
        let (metrics, events) = kinds(items, pages.input.dictionary);
        let shown = &items[..items.len().min(ROWS)];
        Some(Self {
            counted: counted(metrics, events),
            rows: tables.add(shown),
            shown: shown.len(),
            total: items.len(),
            list: Link::new("removed", removed_url(key)),
        })
    }
}

fn description(facet: Facet, value: &FacetValue<'_>) -> String {
    let counted = counted(value.metrics, value.events());
    match facet {
        Facet::Group => format!("What {} owns: {counted}, by status and data category", value.name),
        Facet::DataCategory => {
            format!("{}: {counted} of this data category, with owner and description", value.name)
        }
        Facet::Milestone => format!("What {} introduced: {counted}", value.name),
        _ => format!("{counted} of the {} {}", facet.noun(), value.name),
    }
}

fn empty(facet: Facet) -> &'static str {
    match facet {
        Facet::Group => "No metric or event names this group as its owner.",
        Facet::DataCategory => "No metric falls under this data category.",
        Facet::Milestone => "Nothing that is listed here was introduced in this milestone.",
        _ => "Nothing is listed here.",
    }
}

/// The entry of the navigation that a facet's pages belong to.
fn section(facet: Facet) -> &'static str {
    match facet {
        Facet::Group | Facet::Stage | Facet::Section => "groups",
        Facet::DataCategory => "data-categories",
        _ => "",
    }
}
