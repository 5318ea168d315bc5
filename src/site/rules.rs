//! The rules: a page that explains each and lists what it found here, and a page that leads to them.

use std::collections::BTreeMap;

use serde::Serialize;
use tera::Value;

use super::findings::{FindingList, Findings};
use super::listing::{page_file, page_suffix};
use super::markdown::{self, Headings};
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::sheet::Sheet;
use crate::check::{Finding, Preset, RULES, Rule};
use crate::error::Result;
use crate::words::count;

/// What rules are about, by the first part of their ids.
const FAMILIES: [(&str, &str); 4] =
    [("file", "Files"), ("yaml", "YAML"), ("metric", "Metrics"), ("event", "Events")];

/// The page that leads to all rules.
const INDEX: &str = "rules/index.html";

/// The longest description for search engines.
const LONGEST: usize = 250;

#[derive(Serialize)]
struct Index {
    preset: &'static str,
    families: Vec<Family>,
}

#[derive(Serialize)]
struct Family {
    id: &'static str,
    title: &'static str,
    rules: Vec<Row>,
}

#[derive(Serialize)]
struct Row {
    link: Link,
    summary: String,
    severity: &'static str,
    findings: usize,
}

#[derive(Serialize)]
struct Body<'d> {
    id: &'static str,
    /// Here, before what the configuration says of single paths.
    severity: &'static str,
    levels: Vec<Level>,
    /// On the first page alone.
    explanation: Option<Value>,
    /// `3 findings`
    counted: String,
    list: FindingList<'d>,
}

/// A rule's severity in a preset.
#[derive(Serialize)]
struct Level {
    preset: &'static str,
    severity: &'static str,
}

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let mut found: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in pages.input.dictionary.findings {
        found.entry(finding.rule.id).or_default().push(finding);
    }
    let counts: BTreeMap<&str, usize> = found.iter().map(|(rule, found)| (*rule, found.len())).collect();
    let mut planned = vec![Planned::new(INDEX, move |sheet| index(pages, sheet, &counts))];
    for rule in RULES {
        planned.extend(of_rule(pages, rule, Findings::new(found.remove(rule.id).unwrap_or_default())));
    }
    planned
}

fn index(pages: &Pages<'_>, sheet: &mut Sheet, findings: &BTreeMap<&str, usize>) -> Result<()> {
    let config = pages.input.check;
    let row = |rule: &&Rule| Row {
        link: Link::new(rule.id, folder(rule)),
        summary: rule.summary(),
        severity: config.severity_of(rule).as_str(),
        findings: findings.get(rule.id).copied().unwrap_or_default(),
    };
    let family = |(id, title)| {
        let belongs = |rule: &&&Rule| rule.id.split('/').next() == Some(id);
        Family { id, title, rules: RULES.iter().filter(belongs).map(row).collect() }
    };
    let head = Page {
        path: INDEX.to_owned(),
        title: "Rules".to_owned(),
        description: "What the check asks of definitions, with a page about each rule.".to_owned(),
        section: "health",
        crumbs: vec![Link::new("Health", "health/")],
    };
    let body = Index { preset: config.preset.as_str(), families: FAMILIES.map(family).into() };
    pages.render(sheet, "rules.html", &head, &body)
}

fn of_rule<'p>(pages: &'p Pages<'_>, rule: &'static Rule, findings: Findings<'p>) -> Vec<Planned<'p>> {
    let of = findings.pages();
    let summary = markdown::to_line(&rule.summary(), LONGEST);
    let page = |number| {
        let suffix = page_suffix(number, of);
        let head = Page {
            path: format!("{}{}", folder(rule), page_file(number)),
            title: format!("{} · Rules{suffix}", rule.id),
            description: format!("{}: {summary}{suffix}", rule.id),
            section: "health",
            crumbs: vec![Link::new("Health", "health/"), Link::new("Rules", "rules/")],
        };
        let findings = findings.clone();
        Planned::new(head.path.clone(), move |sheet| {
            let explanation = (number == 1).then(|| {
                let html = markdown::to_html(&rule.markdown(), Headings::Kept, markdown::safe_url);
                Value::safe_string(&html)
            });
            let body = Body {
                id: rule.id,
                severity: pages.input.check.severity_of(rule).as_str(),
                levels: Preset::ALL.map(|preset| level(rule, preset)).into(),
                explanation,
                counted: count(findings.len(), "finding"),
                list: findings.page(number, pages.input.dictionary),
            };
            pages.render(sheet, "rule.html", &head, &body)
        })
    };
    (1..=of).map(page).collect()
}

fn level(rule: &Rule, preset: Preset) -> Level {
    Level { preset: preset.as_str(), severity: rule.levels.of(preset).as_str() }
}

/// `rules/metric/missing-field/`
fn folder(rule: &Rule) -> String {
    format!("rules/{}/", rule.id)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_rule_belongs_to_a_family() {
        for rule in RULES {
            let belongs = FAMILIES.iter().any(|(id, _)| rule.id.split('/').next() == Some(*id));
            assert!(belongs, "{}", rule.id);
        }
    }
}
