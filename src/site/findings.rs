//! Lists of findings, 100 a page.

use rayon::prelude::*;
use serde::Serialize;

use super::File;
use super::listing::{Paging, page_file, page_suffix};
use super::page::{Link, Page, Pages};
use super::view::{FindingView, Severities};
use crate::check::Finding;
use crate::dictionary::Dictionary;
use crate::error::Result;

/// Findings of one page.
const FINDINGS: usize = 100;

#[derive(Serialize)]
struct Body<'d> {
    heading: &'d str,
    severities: Severities,
    #[serde(flatten)]
    list: FindingList<'d>,
}

/// One page of a list of findings.
#[derive(Serialize)]
pub(super) struct FindingList<'d> {
    findings: Vec<FindingView<'d>>,
    first: usize,
    paging: Paging,
}

impl<'d> FindingList<'d> {
    /// The pages of a list; an empty one has a page that says so.
    pub(super) fn pages(findings: &[&'d Finding], dictionary: &'d Dictionary<'d>) -> Vec<Self> {
        let chunks: Vec<&[&Finding]> =
            if findings.is_empty() { vec![&[]] } else { findings.chunks(FINDINGS).collect() };
        let of = chunks.len();
        let page = |(index, chunk): (usize, &&[&'d Finding])| Self {
            findings: chunk.iter().map(|finding| FindingView::new(finding, dictionary)).collect(),
            first: index * FINDINGS + 1,
            paging: Paging::new(index + 1, of),
        };
        chunks.par_iter().enumerate().map(page).collect()
    }
}

/// A list of findings with an address of its own.
pub(super) fn list(
    pages: &Pages<'_>,
    findings: &[&Finding],
    folder: &str,
    title: &str,
    crumbs: &[Link],
) -> Result<Vec<File>> {
    let severities = Severities::of(findings);
    let lists = FindingList::pages(findings, pages.input.dictionary);
    let of = lists.len();
    let page = |(index, list): (usize, FindingList<'_>)| {
        let number = index + 1;
        let suffix = page_suffix(number, of);
        let page = Page {
            path: format!("{folder}{}", page_file(number)),
            title: format!("{title}{suffix}"),
            description: format!("What is wrong with the definitions: {title}{suffix}"),
            section: "groups",
            crumbs: crumbs.to_vec(),
        };
        pages.render("findings.html", &page, &Body { heading: title, severities, list })
    };
    lists.into_iter().enumerate().map(page).collect()
}
