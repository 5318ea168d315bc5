//! Lists of items with an address of their own, 100 rows a page.

use std::borrow::Cow;
use std::sync::Arc;

use serde::Serialize;
use tera::Value;

use super::lists::kinds;
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::rows::Tables;
use super::sheet::Sheet;
use crate::error::Result;
use crate::words::count;

/// Rows of one page.
pub(super) const ROWS: usize = 100;

/// A list before it is cut into pages.
pub(super) struct Listing<'l> {
    /// Its folder below the site's root, with a final `/`.
    pub(super) folder: String,
    /// What its first page is called, unique in the site.
    pub(super) title: String,
    /// The heading.
    pub(super) heading: String,
    /// What the list is of, below the heading.
    pub(super) lead: &'static str,
    /// What kind of list it is, above the heading: `Group`.
    pub(super) label: Cow<'static, str>,
    /// For search engines and previews.
    pub(super) description: String,
    /// Which entry of the navigation it belongs to.
    pub(super) section: &'static str,
    /// The pages above it.
    pub(super) crumbs: Vec<Link>,
    /// Indices into the dictionary's items.
    pub(super) items: Cow<'l, [usize]>,
    /// What an empty list says.
    pub(super) empty: &'static str,
    /// The query that finds the same items, if there is one: the page's script goes on from it.
    pub(super) query: Option<String>,
}

#[derive(Serialize)]
struct Body<'l, A> {
    label: &'l str,
    heading: &'l str,
    lead: &'l str,
    /// What the first page says above its table.
    about: Option<A>,
    /// `12 metrics and 3 events`
    counted: String,
    total: usize,
    first: usize,
    last: usize,
    rows: Value,
    /// Whether all rows are of one kind, or which need to say which.
    mixed: bool,
    empty: &'static str,
    query: Option<&'l str>,
    paging: Paging,
}

/// Where a page stands among those of its list.
#[derive(Debug, Serialize)]
pub(super) struct Paging {
    current: usize,
    pages: usize,
    previous: Option<String>,
    next: Option<String>,
    /// The first, the last and those near the current one, each with its file; a gap is an empty file name.
    links: Vec<(usize, String)>,
}

impl<'l> Listing<'l> {
    /// The pages of a list with nothing above it.
    pub(super) fn plan(self, pages: &'l Pages<'_>) -> Vec<Planned<'l>> {
        self.plan_with(pages, "list.html", |_| ())
    }

    /// The pages of a list, made with a template that knows `body.about` on the first one.
    pub(super) fn plan_with<A: Serialize>(
        self,
        pages: &'l Pages<'_>,
        template: &'static str,
        about: impl Fn(&mut Tables<'l>) -> A + Send + Sync + 'l,
    ) -> Vec<Planned<'l>> {
        let shared = Arc::new((self, about));
        let page = |number| {
            let shared = Arc::clone(&shared);
            Planned::new(format!("{}{}", shared.0.folder, page_file(number)), move |sheet| {
                let (list, about) = &*shared;
                let mut tables = Tables::default();
                let about = (number == 1).then(|| about(&mut tables));
                list.render(pages, sheet, (template, number), about, tables)
            })
        };
        (1..=shared.0.pages()).map(page).collect()
    }

    /// How many pages there are. An empty list has one as well: it says that there is nothing.
    fn pages(&self) -> usize {
        self.items.len().div_ceil(ROWS).max(1)
    }

    fn render(
        &self,
        pages: &Pages<'_>,
        sheet: &mut Sheet,
        (template, number): (&str, usize),
        about: Option<impl Serialize>,
        mut tables: Tables<'_>,
    ) -> Result<()> {
        let (metrics, events) = kinds(&self.items, pages.input.dictionary);
        let of = self.pages();
        let suffix = page_suffix(number, of);
        let page = Page {
            path: format!("{}{}", self.folder, page_file(number)),
            title: format!("{}{suffix}", self.title),
            description: format!("{}{suffix}", self.description),
            section: self.section,
            crumbs: self.crumbs.clone(),
        };
        let before = (number - 1) * ROWS;
        let shown = &self.items[before..self.items.len().min(before + ROWS)];
        let body = Body {
            label: &self.label,
            heading: &self.heading,
            lead: self.lead,
            about,
            counted: counted(metrics, events),
            total: self.items.len(),
            first: before + 1,
            last: before + shown.len(),
            rows: tables.add(shown.to_vec()),
            mixed: metrics > 0 && events > 0,
            empty: self.empty,
            query: self.query.as_deref(),
            paging: Paging::new(number, of),
        };
        pages.render_with(sheet, template, &page, &body, &tables)
    }
}

/// `12 metrics`, `3 events` or `12 metrics and 3 events`.
pub(super) fn counted(metrics: usize, events: usize) -> String {
    match (metrics, events) {
        (_, 0) => count(metrics, "metric"),
        (0, _) => count(events, "event"),
        _ => format!("{} and {}", count(metrics, "metric"), count(events, "event")),
    }
}

impl Paging {
    /// `current` counts from 1.
    pub(super) fn new(current: usize, pages: usize) -> Self {
        let mut links = Vec::new();
        for page in 1..=pages {
            if page == 1 || page == pages || page.abs_diff(current) <= 2 {
                links.push((page, page_file(page)));
            } else if links.last().is_some_and(|(_, file): &(usize, String)| !file.is_empty()) {
                links.push((page, String::new()));
            }
        }
        Self {
            current,
            pages,
            previous: (current > 1).then(|| page_file(current - 1)),
            next: (current < pages).then(|| page_file(current + 1)),
            links,
        }
    }
}

/// What the titles of the pages of a list end in: nothing, then `, page 2 of 3`.
pub(super) fn page_suffix(number: usize, of: usize) -> String {
    if number == 1 { String::new() } else { format!(", page {number} of {of}") }
}

/// The file of a page of a list: `index.html`, `page-2.html`.
pub(super) fn page_file(page: usize) -> String {
    if page == 1 { "index.html".to_owned() } else { format!("page-{page}.html") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_lists_of_pages_have_gaps() {
        let shown = |current, pages| {
            let paging = Paging::new(current, pages);
            paging
                .links
                .iter()
                .map(|(page, file)| if file.is_empty() { "…".to_owned() } else { page.to_string() })
                .collect::<Vec<_>>()
                .join(" ")
        };
        assert_eq!(shown(1, 1), "1");
        assert_eq!(shown(1, 9), "1 2 3 … 9");
        assert_eq!(shown(5, 1000), "1 … 3 4 5 6 7 … 1000");
    }
}
