//! A page for each group, stage, data category, milestone, …, and an index of each kind of list.

use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use super::breakdown::{self, Breakdown};
use super::findings;
use super::listing::{Listing, Paging, ROWS, counted, page_file, page_suffix};
use super::lists::kinds;
use super::markdown;
use super::page::{Link, Page, Pages};
use super::view::{OwnerView, Severities};
use super::{File, categories};
use crate::dictionary::{Facet, FacetValue, NO_DATA_CATEGORY, meaning};
use crate::error::Result;
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

pub(super) fn render(pages: &Pages<'_>) -> Result<Vec<File>> {
    let facets = pages.lists.all().par_iter().map(|(facet, values)| {
        let mut files = index(pages, *facet, values)?;
        let of_values: Result<Vec<Vec<File>>> =
            values.par_iter().map(|value| of_value(pages, *facet, value)).collect();
        files.extend(of_values?.into_iter().flatten());
        Ok(files)
    });
    let files: Result<Vec<Vec<File>>> = facets.collect();
    Ok(files?.into_iter().flatten().collect())
}

/// The index of a facet: its values with counts, 100 a page.
fn index(pages: &Pages<'_>, facet: Facet, values: &[FacetValue<'_>]) -> Result<Vec<File>> {
    let chunks: Vec<&[FacetValue<'_>]> =
        if values.is_empty() { vec![&[]] } else { values.chunks(ROWS).collect() };
    let of = chunks.len();
    let page = |(index, chunk): (usize, &&[FacetValue<'_>])| {
        let number = index + 1;
        let suffix = page_suffix(number, of);
        let page = Page {
            path: format!("{}/{}", facet.folder(), page_file(number)),
            title: format!("{}{suffix}", facet.title()),
            description: format!("How many metrics and events there are by {}{suffix}", facet.noun()),
            section: section(facet),
            crumbs: Vec::new(),
        };
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
        pages.render("values.html", &page, &body)
    };
    chunks.iter().enumerate().map(page).collect()
}

/// A value's page, and the lists below it.
fn of_value(pages: &Pages<'_>, facet: Facet, value: &FacetValue<'_>) -> Result<Vec<File>> {
    let folder = facet.url(&value.key);
    let crumbs = vec![Link::new(facet.title(), format!("{}/", facet.folder()))];
    let here = Link::new(value.name.clone(), &folder);
    let below: Vec<Link> = crumbs.iter().cloned().chain([here]).collect();
    let mut files = Vec::new();

    let mut about = About::new(pages, facet, value);
    if facet == Facet::Group {
        files.extend(categories_of_group(pages, value, &below)?);
        let found = pages.lists.findings_of(&value.key);
        if !found.is_empty() {
            let url = format!("{folder}findings/");
            about.findings = Some((Severities::of(found), Link::new("findings", &url)));
            files.extend(findings::list(pages, found, &url, &format!("{} · findings", value.name), &below)?);
        }
    }
    if facet == Facet::DataCategory {
        files.extend(categories::whole_lists(pages, value, &below)?);
    }
    if facet == Facet::Milestone {
        let (list, removed) = removed_in(pages, value, &folder, &below)?;
        files.extend(list);
        about.removed_here = removed;
    }
    let listing = Listing {
        title: format!("{} · {}", value.name, facet.noun()),
        heading: value.name.to_string(),
        lead: meaning(facet, &value.key).unwrap_or_default(),
        label: &capitalised(facet.noun()),
        description: description(facet, value),
        section: section(facet),
        crumbs,
        items: &value.items,
        empty: empty(facet),
        query: search::filter(facet, &value.key),
        folder,
    };
    files.extend(listing.render(pages, "value.html", &about)?);
    Ok(files)
}

/// What a milestone removed, as a list of its own and for the milestone's page.
fn removed_in(
    pages: &Pages<'_>,
    milestone: &FacetValue<'_>,
    folder: &str,
    crumbs: &[Link],
) -> Result<(Vec<File>, Option<RemovedHere>)> {
    let items = pages.lists.removed_in(&milestone.key);
    if items.is_empty() {
        return Ok((Vec::new(), None));
    }
    let (metrics, events) = kinds(items, pages.input.dictionary);
    let counted = counted(metrics, events);
    let title = format!("Removed in {}", milestone.name);
    let listing = Listing {
        folder: format!("{folder}removed/"),
        heading: title.clone(),
        title,
        lead: "",
        label: "Milestone",
        description: format!("{counted} removed in {}", milestone.name),
        section: section(Facet::Milestone),
        crumbs: crumbs.to_vec(),
        items,
        empty: "",
        query: None,
    };
    let files = listing.render(pages, "list.html", &())?;
    let shown = &items[..items.len().min(ROWS)];
    let removed = RemovedHere {
        counted,
        rows: pages.rows(shown, folder)?,
        shown: shown.len(),
        total: items.len(),
        list: Link::new("removed", listing.folder),
    };
    Ok((files, Some(removed)))
}

/// The lists that the matrix of groups and data categories leads to.
fn categories_of_group(pages: &Pages<'_>, group: &FacetValue<'_>, crumbs: &[Link]) -> Result<Vec<File>> {
    let mut files = Vec::new();
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
            label: "Group and data category",
            section: "groups",
            crumbs: crumbs.to_vec(),
            items,
            empty: "",
            query: cell_query(&group.key, &category.key),
        };
        files.extend(listing.render(pages, "list.html", &())?);
    }
    Ok(files)
}

/// The query that finds the metrics of a group in a data category.
fn cell_query(group: &str, category: &str) -> Option<String> {
    let filters = [search::filter(Facet::Group, group)?, search::filter(Facet::DataCategory, category)?];
    Some(format!("kind:metric {}", filters.join(" ")))
}

impl<'d> About<'d> {
    fn new(pages: &'d Pages<'_>, facet: Facet, value: &'d FacetValue<'_>) -> Self {
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
            findings: None,
            removed_here: None,
            whole: facet == Facet::DataCategory,
            unexplained: facet == Facet::DataCategory
                && category.is_none()
                && meaning(facet, &value.key).is_none(),
        }
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
