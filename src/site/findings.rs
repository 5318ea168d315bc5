//! Lists of findings, 100 a page.

use std::sync::Arc;

use serde::Serialize;

use super::listing::{Paging, page_file, page_suffix};
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::view::{FindingView, Severities};
use crate::check::Finding;
use crate::dictionary::Dictionary;

/// Findings of one page.
const FINDINGS: usize = 100;

#[derive(Serialize)]
struct Body<'d> {
    heading: &'d str,
    severities: Severities,
    list: FindingList<'d>,
}

/// One page of a list of findings.
#[derive(Serialize)]
pub(super) struct FindingList<'d> {
    findings: Vec<FindingView<'d>>,
    first: usize,
    paging: Paging,
}

/// A list of findings, before it is cut into pages, which share it.
#[derive(Debug, Clone)]
pub(super) struct Findings<'d>(Arc<[&'d Finding]>);

impl<'d> Findings<'d> {
    pub(super) fn new(findings: impl Into<Arc<[&'d Finding]>>) -> Self {
        Self(findings.into())
    }

    pub(super) fn len(&self) -> usize {
        self.0.len()
    }

    /// How many pages there are; an empty list has one that says so.
    pub(super) fn pages(&self) -> usize {
        self.0.len().div_ceil(FINDINGS).max(1)
    }

    /// What a page shows; pages count from 1.
    pub(super) fn page(&self, number: usize, dictionary: &'d Dictionary<'d>) -> FindingList<'d> {
        let first = (number - 1) * FINDINGS;
        let shown = self.0.iter().skip(first).take(FINDINGS);
        FindingList {
            findings: shown.map(|finding| FindingView::new(finding, dictionary)).collect(),
            first: first + 1,
            paging: Paging::new(number, self.pages()),
        }
    }
}

/// A list of findings with an address of its own.
pub(super) fn list<'p>(
    pages: &'p Pages<'_>,
    findings: &'p [&'p Finding],
    folder: &str,
    title: &str,
    crumbs: &[Link],
) -> Vec<Planned<'p>> {
    let findings = Findings::new(findings);
    let (of, severities) = (findings.pages(), Severities::of(&findings.0));
    let page = |number| {
        let suffix = page_suffix(number, of);
        let page = Page {
            path: format!("{folder}{}", page_file(number)),
            title: format!("{title}{suffix}"),
            description: format!("What is wrong with the definitions: {title}{suffix}"),
            section: "groups",
            crumbs: crumbs.to_vec(),
        };
        let (heading, findings) = (title.to_owned(), findings.clone());
        Planned::new(page.path.clone(), move |sheet| {
            let body =
                Body { heading: &heading, severities, list: findings.page(number, pages.input.dictionary) };
            pages.render(sheet, "findings.html", &page, &body)
        })
    };
    (1..=of).map(page).collect()
}
