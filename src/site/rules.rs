//! The rules: a page that explains each and lists what it found here, and a page that leads to them.

use std::collections::BTreeMap;

use rayon::prelude::*;
use serde::Serialize;
use tera::Value;

use super::File;
use super::findings::FindingList;
use super::listing::{page_file, page_suffix};
use super::markdown::{self, Headings};
use super::page::{Link, Page, Pages};
use crate::check::{Finding, Preset, RULES, Rule};
use crate::error::Result;
use crate::words::count;

/// What rules are about, by the first part of their ids.
const FAMILIES: [(&str, &str); 4] =
    [("file", "Files"), ("yaml", "YAML"), ("metric", "Metrics"), ("event", "Events")];

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
    #[serde(flatten)]
    list: FindingList<'d>,
}

/// A rule's severity in a preset.
#[derive(Serialize)]
struct Level {
    preset: &'static str,
    severity: &'static str,
}

pub(super) fn render(pages: &Pages<'_>) -> Result<Vec<File>> {
    let mut found: BTreeMap<&str, Vec<&Finding>> = BTreeMap::new();
    for finding in pages.input.dictionary.findings {
        found.entry(finding.rule.id).or_default().push(finding);
    }
    let of = |rule: &Rule| found.get(rule.id).map(Vec::as_slice).unwrap_or_default();
    let rules: Vec<Vec<File>> =
        RULES.par_iter().map(|rule| rule_pages(pages, rule, of(rule))).collect::<Result<_>>()?;
    let mut files = vec![index(pages, |rule| of(rule).len())?];
    files.extend(rules.into_iter().flatten());
    Ok(files)
}

fn index(pages: &Pages<'_>, findings: impl Fn(&Rule) -> usize) -> Result<File> {
    let config = pages.input.check;
    let row = |rule: &&Rule| Row {
        link: Link::new(rule.id, folder(rule)),
        summary: rule.summary(),
        severity: config.severity_of(rule).as_str(),
        findings: findings(rule),
    };
    let family = |(id, title)| {
        let belongs = |rule: &&&Rule| rule.id.split('/').next() == Some(id);
        Family { id, title, rules: RULES.iter().filter(belongs).map(row).collect() }
    };
    let head = Page {
        path: "rules/index.html".to_owned(),
        title: "Rules".to_owned(),
        description: "What the check asks of definitions, with a page about each rule.".to_owned(),
        section: "health",
        crumbs: vec![Link::new("Health", "health/")],
    };
    let body = Index { preset: config.preset.as_str(), families: FAMILIES.map(family).into() };
    pages.render("rules.html", &head, &body)
}

fn rule_pages(pages: &Pages<'_>, rule: &Rule, findings: &[&Finding]) -> Result<Vec<File>> {
    let lists = FindingList::pages(findings, pages.input.dictionary);
    let of = lists.len();
    let summary = markdown::to_line(&rule.summary(), LONGEST);
    let page = |(index, list): (usize, FindingList<'_>)| {
        let number = index + 1;
        let suffix = page_suffix(number, of);
        let head = Page {
            path: format!("{}{}", folder(rule), page_file(number)),
            title: format!("{} · Rules{suffix}", rule.id),
            description: format!("{}: {summary}{suffix}", rule.id),
            section: "health",
            crumbs: vec![Link::new("Health", "health/"), Link::new("Rules", "rules/")],
        };
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
            list,
        };
        pages.render("rule.html", &head, &body)
    };
    lists.into_iter().enumerate().map(page).collect()
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
