//! What needs care: broken metrics, what was removed when, events without metrics, metrics without events.

use serde::Serialize;

use super::listing::Listing;
use super::lists::chosen;
use super::markdown;
use super::page::{Link, Page, Pages};
use super::plan::Planned;
use super::sheet::Sheet;
use crate::dictionary::{Dictionary, Facet, Item, Life, Milestone, Use};
use crate::error::Result;
use crate::source::Kind;
use crate::words::count;

/// Rows of each table of the page; whole lists have addresses of their own.
const ROWS: usize = 100;

#[derive(Serialize)]
struct Body<'l> {
    broken: Vec<Broken>,
    broken_total: usize,
    /// All broken items, by the statuses that there are.
    broken_lists: Vec<Link>,
    removed: Vec<Removed>,
    removed_total: usize,
    lists: &'l [WholeList],
}

#[derive(Serialize)]
struct Broken {
    item: Link,
    owner: Option<Link>,
    milestone: Option<Link>,
    /// How many milestones of this dictionary came after it.
    age: Option<usize>,
    repair: Option<String>,
}

#[derive(Serialize)]
struct Removed {
    milestone: String,
    metrics: usize,
    events: usize,
    list: Link,
}

/// A list with an address of its own.
#[derive(Serialize)]
struct WholeList {
    title: &'static str,
    about: &'static str,
    total: usize,
    list: Link,
}

/// The path of the page.
const PATH: &str = "lifecycle/index.html";

/// What lists that lost something are called, what they say, and what is in them.
type Lost = (&'static str, &'static str, &'static str, Vec<usize>);

pub(super) fn plan<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let dictionary = pages.input.dictionary;
    let all: Vec<usize> =
        [Kind::Metric, Kind::Event].into_iter().flat_map(|kind| dictionary.first_of_pages(kind)).collect();
    let mut planned = Vec::new();
    let mut whole = Vec::new();
    for (name, title, about, items) in lost(&all, dictionary) {
        let listing = Listing {
            folder: format!("lifecycle/{name}/"),
            title: title.to_owned(),
            heading: title.to_owned(),
            lead: about,
            label: "Lifecycle".into(),
            description: format!("{about} {}", count(items.len(), "item")),
            section: "lifecycle",
            crumbs: vec![Link::new("Lifecycle", "lifecycle/")],
            items: items.into(),
            empty: "There is none.",
            query: None,
        };
        let list = Link::new(title, &listing.folder);
        whole.push(WholeList { title, about, total: listing.items.len(), list });
        planned.extend(listing.plan(pages));
    }
    planned.push(Planned::new(PATH, move |sheet| render(pages, sheet, &all, &whole)));
    planned
}

fn lost(all: &[usize], dictionary: &Dictionary<'_>) -> [Lost; 3] {
    let counts = |item: &Item<'_>, lost: fn(&Use<'_>, &Dictionary<'_>) -> bool| {
        item.life() != Life::Removed && item.uses.iter().any(|used| lost(used, dictionary))
    };
    [
        (
            "uncounted-events",
            "Events that no metric counts",
            "Live events that are recorded without any metric counting them.",
            chosen(all, dictionary, |item| {
                item.kind == Kind::Event && item.life() != Life::Removed && item.counted_by.is_empty()
            }),
        ),
        (
            "removed-events",
            "Metrics of removed events",
            "Live metrics that count at least one event which newer versions no longer record: they say less than they did.",
            chosen(all, dictionary, |item| counts(item, is_removed)),
        ),
        (
            "undefined-events",
            "Metrics of undefined events",
            "Live metrics that count at least one event without a definition: it is misspelt, older than definitions, or gone.",
            chosen(all, dictionary, |item| counts(item, is_undefined)),
        ),
    ]
}

fn render(pages: &Pages<'_>, sheet: &mut Sheet, all: &[usize], lists: &[WholeList]) -> Result<()> {
    let dictionary = pages.input.dictionary;
    let broken = chosen(all, dictionary, |item| item.life() == Life::Broken);
    let milestones: Vec<Milestone> =
        pages.lists.of(Facet::Milestone).iter().map(|value| Milestone::new(&value.key)).collect();
    let removed = pages.lists.of(Facet::Milestone).iter().filter_map(|milestone| {
        let items = pages.lists.removed_in(&milestone.key);
        let (metrics, events) = super::lists::kinds(items, dictionary);
        let folder = format!("{}removed/", Facet::Milestone.url(&milestone.key));
        (!items.is_empty()).then(|| Removed {
            milestone: milestone.name.to_string(),
            metrics,
            events,
            list: Link::new(milestone.name.clone(), folder),
        })
    });
    let removed: Vec<Removed> = removed.collect();
    let page = Page {
        path: PATH.to_owned(),
        title: "Lifecycle".to_owned(),
        description: "Broken metrics and their age, what was removed in which milestone, events without metrics, metrics without events".to_owned(),
        section: "lifecycle",
        crumbs: Vec::new(),
    };
    let body = Body {
        broken: broken
            .iter()
            .take(ROWS)
            .map(|&index| Broken::new(&dictionary.items[index], &milestones))
            .collect(),
        broken_total: broken.len(),
        broken_lists: pages
            .lists
            .of(Facet::Status)
            .iter()
            .filter(|status| status.key == "broken")
            .map(|status| Link::to_value(Facet::Status, &status.key, "All broken metrics and events"))
            .collect(),
        removed_total: removed.len(),
        removed: removed.into_iter().take(ROWS).collect(),
        lists,
    };
    pages.render(sheet, "lifecycle.html", &page, &body)
}

fn is_removed(used: &Use<'_>, dictionary: &Dictionary<'_>) -> bool {
    let gone = |&event: &usize| dictionary.items[event].life() == Life::Removed;
    !used.events.is_empty() && used.events.iter().all(gone)
}

fn is_undefined(used: &Use<'_>, _: &Dictionary<'_>) -> bool {
    // A counter of data source `redis` has a name of its own and no event behind it.
    used.events.is_empty() && used.used.pointer != "/options/event"
}

impl Broken {
    /// `milestones` are all that this dictionary knows, each once.
    fn new(item: &Item<'_>, milestones: &[Milestone]) -> Self {
        let since = item.text("milestone").filter(|milestone| !milestone.trim().is_empty());
        let known = since.map(Milestone::new).filter(|milestone| milestone.major().is_some());
        Self {
            item: Link::new(item.name.clone(), item.url()),
            owner: item.owner.as_ref().map(Link::to_owner),
            milestone: since.map(|milestone| {
                Link::to_value(Facet::Milestone, &crate::dictionary::folded(milestone), milestone)
            }),
            age: known.map(|since| milestones.iter().filter(|&&milestone| milestone > since).count()),
            repair: item.text("repair_issue_url").and_then(markdown::safe_url),
        }
    }
}
