//! The health page: every finding, and what hangs in the air.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;

use super::page::{Page, Pages};
use super::tables::{Paging, page_file};
use super::view::{FindingView, References};
use super::{Commit, File};
use crate::check::{Finding, Severity};
use crate::dictionary::{Item, Life, Summary};
use crate::error::Result;
use crate::report;
use crate::source::Kind;

/// Findings of one page.
const FINDINGS: usize = 100;

#[derive(Serialize)]
struct Body<'d> {
    summary: Summary,
    commit: Option<&'d Commit>,
    /// On the first page alone.
    overview: Option<Overview<'d>>,
    findings: Vec<FindingView<'d>>,
    first: usize,
    paging: Paging,
}

/// What the findings add up to, and what is in no list.
#[derive(Serialize)]
struct Overview<'d> {
    rules: Vec<RuleCount>,
    owners: Vec<OwnerCount<'d>>,
    nameless: Vec<&'d str>,
    nameless_total: usize,
    uncounted: References<'d>,
}

#[derive(Serialize)]
struct RuleCount {
    rule: &'static str,
    severity: &'static str,
    count: usize,
    summary: String,
}

#[derive(Default, Serialize)]
struct OwnerCount<'d> {
    name: &'d str,
    errors: usize,
    warnings: usize,
}

pub(super) fn render(pages: &Pages<'_>) -> Result<Vec<File>> {
    let dictionary = pages.input.dictionary;
    let chunks: Vec<&[Finding]> = if dictionary.findings.is_empty() {
        vec![&[]]
    } else {
        dictionary.findings.chunks(FINDINGS).collect()
    };
    let count = chunks.len();
    let summary = dictionary.summary();
    let nameless = dictionary.nameless();
    let uncounted: Vec<&Item<'_>> = dictionary
        .items_of(Kind::Event)
        .iter()
        .filter(|event| event.counted_by.is_empty() && event.life() != Life::Removed)
        .collect();
    let page = |(index, chunk): (usize, &&[Finding])| {
        let number = index + 1;
        let page = Page {
            path: format!("health/{}", page_file(number)),
            title: if number == 1 {
                "Health".to_owned()
            } else {
                format!("Health, page {number} of {count}")
            },
            description: format!("What is wrong with the definitions: {}.", report::summary(&summary)),
            section: "health",
        };
        let overview = (number == 1).then(|| Overview {
            rules: rule_counts(dictionary.findings),
            owners: owner_counts(pages),
            nameless: nameless
                .iter()
                .take(FINDINGS)
                .map(|definition| definition.source.path.as_str())
                .collect(),
            nameless_total: nameless.len(),
            uncounted: References::new(uncounted.iter().copied()),
        });
        let body = Body {
            summary,
            commit: pages.input.commit.as_ref(),
            overview,
            findings: chunk.iter().map(|finding| FindingView::new(finding, dictionary)).collect(),
            first: index * FINDINGS + 1,
            paging: Paging::new(number, count),
        };
        pages.render("health.html", &page, &body)
    };
    chunks.par_iter().enumerate().map(page).collect()
}

/// Findings by rule, most first.
fn rule_counts(findings: &[Finding]) -> Vec<RuleCount> {
    let mut counts: BTreeMap<(&str, Severity), RuleCount> = BTreeMap::new();
    for finding in findings {
        let entry = counts.entry((finding.rule.id, finding.severity)).or_insert_with(|| RuleCount {
            rule: finding.rule.id,
            severity: finding.severity.as_str(),
            count: 0,
            summary: finding.rule.summary(),
        });
        entry.count += 1;
    }
    let mut counts: Vec<RuleCount> = counts.into_values().collect();
    counts.sort_by_key(|rule| std::cmp::Reverse(rule.count));
    counts
}

/// Findings by owner, most errors first; each finding counts once, however many metrics its file makes.
fn owner_counts<'d>(pages: &Pages<'d>) -> Vec<OwnerCount<'d>> {
    let dictionary = pages.input.dictionary;
    let mut owners: BTreeMap<usize, &str> = BTreeMap::new();
    for item in &dictionary.items {
        owners.insert(item.definition.file, item.owner.as_ref().map_or("no owner", |owner| owner.name()));
    }
    let mut counts: BTreeMap<&str, OwnerCount<'_>> = BTreeMap::new();
    for finding in dictionary.findings {
        let name = owners.get(&finding.file).copied().unwrap_or("no owner");
        let count = counts.entry(name).or_insert_with(|| OwnerCount { name, ..OwnerCount::default() });
        match finding.severity {
            Severity::Error => count.errors += 1,
            _ => count.warnings += 1,
        }
    }
    let mut counts: Vec<OwnerCount<'_>> = counts.into_values().collect();
    counts.sort_by_key(|owner| std::cmp::Reverse((owner.errors, owner.warnings)));
    counts
}
