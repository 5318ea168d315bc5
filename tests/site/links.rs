//! Every link of every page leads somewhere, every title is unique, nothing is inline.

use std::collections::BTreeSet;

use crate::support::{all_definitions, build, pages, tree};

/// The values of an attribute, of tags alone: what a text says of attributes does not count.
fn values<'h>(html: &'h str, attribute: &str) -> Vec<&'h str> {
    let pattern = format!(" {attribute}=\"");
    let tags = html.split('<').skip(1).map(|tag| tag.split('>').next().unwrap());
    let value = |tag: &'h str| {
        tag.match_indices(&pattern)
            .map(|(at, found)| tag[at + found.len()..].split('"').next().unwrap())
            .collect::<Vec<_>>()
    };
    tags.flat_map(value).collect()
}

/// Where a link in a page leads: a path below the root and an anchor; `None` for other sites.
fn target(page: &str, link: &str) -> Option<(String, String)> {
    let link = link.replace("&amp;", "&");
    if ["https://", "http://", "mailto:"].iter().any(|scheme| link.starts_with(scheme)) {
        return None;
    }
    let (path, anchor) = link.split_once('#').unwrap_or((&link, ""));
    let mut steps: Vec<&str> = page.split('/').collect();
    if path.starts_with('/') {
        steps.clear();
    } else if !path.is_empty() {
        steps.pop();
    }
    for step in path.split('/').filter(|step| !step.is_empty()) {
        match step {
            ".." => assert!(steps.pop().is_some(), "{page}: {link} leads out of the site"),
            step => steps.push(step),
        }
    }
    Some((steps.join("/"), anchor.to_owned()))
}

#[test]
fn links_titles_and_policy_hold_on_every_page() {
    for definitions in all_definitions() {
        let folder = build(&definitions);
        let files = tree(&folder.path().join("site"));
        let pages = pages(&files);
        let (mut titles, mut descriptions) = (BTreeSet::new(), BTreeSet::new());
        for (page, html) in &pages {
            let index = values(html, "data-lookup").into_iter().map(|folder| format!("{folder}core.json"));
            let links = ["href", "src", "action"].into_iter().flat_map(|name| values(html, name));
            for link in links.map(str::to_owned).chain(index) {
                let Some((path, anchor)) = target(page, &link) else { continue };
                assert!(files.contains_key(&path), "{page}: {link} leads nowhere");
                let anchored =
                    anchor.is_empty() || values(pages[path.as_str()], "id").contains(&anchor.as_str());
                assert!(anchored, "{page}: {link} leads to no anchor");
            }
            let title = html.split("<title>").nth(1).unwrap().split("</title>").next().unwrap();
            assert!(titles.insert(title), "{page}: the title `{title}` is not unique");
            let description =
                html.split("name=\"description\" content=\"").nth(1).unwrap().split('"').next().unwrap();
            assert!(!description.is_empty(), "{page}: no description");
            assert!(
                descriptions.insert(description),
                "{page}: the description `{description}` is not unique"
            );
            assert!(!html.contains("<style") && values(html, "style").is_empty(), "{page}: inline style");
            assert_eq!(
                html.matches("<script").count(),
                html.matches("<script src=").count(),
                "{page}: inline script"
            );
            let ids = values(html, "id");
            assert_eq!(ids.len(), ids.iter().collect::<BTreeSet<_>>().len(), "{page}: an id stands twice");
            for handler in ["onclick", "onload", "onerror", "onmouseover"] {
                assert!(values(html, handler).is_empty(), "{page}: {handler}");
            }
        }
        for (path, content) in files.iter().filter(|(path, _)| path.ends_with(".json")) {
            assert!(serde_json::from_slice::<serde_json::Value>(content).is_ok(), "{path}");
        }
    }
}
