//! The health page: every finding, and what is in no list.

use std::collections::BTreeMap;

use serde::Serialize;

use super::Commit;
use super::findings::{FindingList, Findings};
use super::listing::{page_file, page_suffix};
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::view::Severities;
use crate::check::{Finding, Severity};
use crate::dictionary::Facet;
use crate::report;

/// Files without a name that the page lists.
const MOST_NAMELESS: usize = 100;

#[derive(Serialize)]
struct Body<'d> {
    /// `129 files, 86 metrics, 56 events: 3 errors`
    says: String,
    /// When the definitions were like this, where git is at hand.
    as_of: Option<String>,
    /// On the first page alone.
    overview: Option<Overview<'d>>,
    list: FindingList<'d>,
}

/// What the findings add up to, and what is in no list.
#[derive(Serialize)]
struct Overview<'d> {
    rules: Vec<RuleCount>,
    owners: Vec<OwnerCount>,
    nameless: Vec<&'d str>,
    nameless_total: usize,
}

#[derive(Serialize)]
struct RuleCount {
    rule: &'static str,
    severity: &'static str,
    count: usize,
    summary: String,
}

#[derive(Serialize)]
struct OwnerCount {
    /// The list of the group's findings.
    list: Link,
    severities: Severities,
}

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let dictionary = pages.input.dictionary;
    let findings = Findings::new(dictionary.findings.iter().collect::<Vec<_>>());
    let of = findings.pages();
    let summary = dictionary.summary();
    let page = |number| {
        let suffix = page_suffix(number, of);
        let page = Page {
            path: format!("health/{}", page_file(number)),
            title: format!("Health{suffix}"),
            description: format!("What is wrong with the definitions: {}{suffix}", report::summary(&summary)),
            section: "health",
            crumbs: Vec::new(),
        };
        let findings = findings.clone();
        Planned::new(page.path.clone(), move |sheet| {
            let body = Body {
                says: report::summary(&summary),
                as_of: pages.input.commit.as_ref().map(Commit::in_words),
                overview: (number == 1).then(|| overview(pages)),
                list: findings.page(number, dictionary),
            };
            pages.render(sheet, "health.html", &page, &body)
        })
    };
    (1..=of).map(page).collect()
}

fn overview<'d>(pages: &'d Pages<'_>) -> Overview<'d> {
    let nameless = pages.input.dictionary.nameless();
    Overview {
        rules: rule_counts(pages.input.dictionary.findings),
        owners: owner_counts(pages),
        nameless: nameless
            .iter()
            .take(MOST_NAMELESS)
            .map(|definition| definition.source.path.as_str())
            .collect(),
        nameless_total: nameless.len(),
    }
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

/// Findings by owner, most errors first.
fn owner_counts(pages: &Pages<'_>) -> Vec<OwnerCount> {
    let groups = pages.lists.of(Facet::Group).iter().filter_map(|group| {
        let findings = pages.lists.findings_of(&group.key);
        let list = Link::new(group.name.clone(), format!("{}findings/", Facet::Group.url(&group.key)));
        (!findings.is_empty()).then(|| OwnerCount { list, severities: Severities::of(findings) })
    });
    let mut counts: Vec<OwnerCount> = groups.collect();
    counts.sort_by_key(|owner| std::cmp::Reverse(owner.severities));
    counts
}
