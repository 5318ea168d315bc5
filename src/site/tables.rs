//! The tables of metrics and events, 100 rows a page.

use rayon::prelude::*;
use serde::Serialize;

use super::File;
use super::page::{Page, Pages};
use super::view::Row;
use crate::dictionary::Item;
use crate::error::Result;
use crate::report;
use crate::source::Kind;

/// Rows of one page.
const ROWS: usize = 100;

#[derive(Serialize)]
struct Body<'d> {
    kind: &'static str,
    plural: &'static str,
    total: usize,
    first: usize,
    rows: Vec<Row<'d>>,
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

/// The file of a page of a list: `index.html`, `page-2.html`.
pub(super) fn page_file(page: usize) -> String {
    if page == 1 { "index.html".to_owned() } else { format!("page-{page}.html") }
}

pub(super) fn render(pages: &Pages<'_>) -> Result<Vec<File>> {
    let mut files = table(pages, Kind::Metric)?;
    files.extend(table(pages, Kind::Event)?);
    Ok(files)
}

fn table(pages: &Pages<'_>, kind: Kind) -> Result<Vec<File>> {
    let items = pages.input.dictionary.pages_of(kind);
    let total = items.len();
    // An empty table is a page as well: it says that there is nothing.
    let chunks: Vec<&[&[Item<'_>]]> = if items.is_empty() { vec![&[]] } else { items.chunks(ROWS).collect() };
    let count = chunks.len();
    let page = |(index, chunk): (usize, &&[&[Item<'_>]])| {
        let plural = kind.plural();
        let title = match kind {
            Kind::Metric => "Metrics",
            Kind::Event => "Events",
        };
        let number = index + 1;
        let page = Page {
            path: format!("{plural}/{}", page_file(number)),
            title: if count == 1 { title.to_owned() } else { format!("{title}, page {number} of {count}") },
            description: format!(
                "{} with owner, data category and status: {} to {}.",
                report::count(total, kind.as_str()),
                index * ROWS + 1,
                index * ROWS + chunk.len()
            ),
            section: plural,
        };
        let body = Body {
            kind: kind.as_str(),
            plural,
            total,
            first: index * ROWS + 1,
            rows: chunk.iter().map(|same_name| Row::new(&same_name[0])).collect(),
            paging: Paging::new(number, count),
        };
        pages.render("table.html", &page, &body)
    };
    chunks.par_iter().enumerate().map(page).collect()
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
