//! One definition of an item, whole.

use std::collections::BTreeSet;

use serde::Serialize;
use tera::Value;

use super::field::{FieldView, fields};
use super::finding::FindingView;
use super::owner::OwnerView;
use super::{MOST_REFERENCES, MOST_ROWS};
use crate::definition::Definition;
use crate::dictionary::{Dictionary, Facet, Item, Life, Use, computation, window};
use crate::error::Result;
use crate::site::figure::Figure;
use crate::site::highlight;
use crate::site::markdown;
use crate::site::page::{Link, Pages};
use crate::site::snippets::Snippet;
use crate::source::Kind;
use crate::words::count;
use crate::yaml::Node;

/// Groups that the effect of an event's removal names.
const MOST_GROUPS: usize = 8;

/// Characters of what a data category means.
const MEANING: usize = 600;

/// What an item page shows of one definition.
#[derive(Serialize)]
pub(in crate::site) struct ItemView<'d> {
    /// Ends every anchor: empty, or `-2` for the second definition of a name.
    anchor: String,
    description: Value,
    status: Link,
    life: &'static str,
    banner: Option<Banner<'d>>,
    /// Whether the whole file could be read.
    complete: bool,
    internal: bool,
    owner: Option<OwnerView<'d>>,
    data_categories: Vec<CategoryView>,
    /// Whether the data categories are those of the metrics that count the event.
    derived: bool,
    time_frame: Option<Link>,
    window: Option<&'static str>,
    fields: Vec<FieldView<'d>>,
    computation: Option<String>,
    figure: Option<Figure>,
    uses: Vec<UseView<'d>>,
    uses_total: usize,
    properties: Vec<(&'d str, Value)>,
    counted_by: References,
    effect: String,
    /// The groups of the metrics that count an event, some of them.
    affected: Vec<Link>,
    /// Whether the owner is missing from a list of groups that there is.
    unknown_owner: bool,
    siblings: Vec<Sibling<'d>>,
    /// Other metrics that count the same events.
    related: References,
    snippets: Vec<Snippet<'d>>,
    findings: Vec<FindingView<'d>>,
    path: &'d str,
    source: Option<&'d str>,
    view_url: Option<String>,
    edit_url: Option<String>,
    search_url: Option<String>,
    yaml: Value,
    yaml_cut: bool,
}

/// Why a removed or broken item needs attention.
#[derive(Serialize)]
struct Banner<'d> {
    text: String,
    /// What the link is called, and where it leads.
    link: Option<(&'static str, String)>,
    milestone: Option<&'d str>,
}

#[derive(Serialize)]
struct CategoryView {
    category: Link,
    meaning: String,
}

#[derive(Serialize)]
struct UseView<'d> {
    name: &'d str,
    unique: Option<&'d str>,
    filter: Vec<(&'d str, &'d str)>,
    operator: Option<&'d str>,
    events: Vec<EventView<'d>>,
}

#[derive(Serialize)]
struct EventView<'d> {
    event: Link,
    life: &'static str,
    status: &'d str,
}

/// The same metric for another time frame.
#[derive(Serialize)]
struct Sibling<'d> {
    metric: Link,
    time_frame: Option<&'d str>,
    window: Option<&'static str>,
}

/// Rows of other metrics, the first of them and how many there are.
#[derive(Serialize)]
struct References {
    rows: Value,
    shown: usize,
    total: usize,
    /// `12 metrics`
    counted: String,
}

impl References {
    fn new(items: &[usize], pages: &Pages<'_>, path: &str) -> Result<Self> {
        let shown = &items[..items.len().min(MOST_ROWS)];
        Ok(Self {
            rows: pages.rows(shown, path)?,
            shown: shown.len(),
            total: items.len(),
            counted: count(items.len(), "metric"),
        })
    }
}

impl<'d> ItemView<'d> {
    /// `number` counts the definitions of the item's name from 1; `path` is the page's file.
    pub(in crate::site) fn new(
        item: &'d Item<'d>,
        pages: &'d Pages<'d>,
        number: usize,
        path: &str,
    ) -> Result<Self> {
        let dictionary = pages.input.dictionary;
        let definition = item.definition;
        let file = definition.source;
        let source = &pages.input.sources[file.source];
        // What all events have in common is in the sentence above them.
        let alike = item.counts_alike();
        let anchor = if number == 1 { String::new() } else { format!("-{number}") };
        let (yaml, yaml_cut) = highlight::yaml(definition, dictionary.findings_in(definition.file), &anchor);
        Ok(Self {
            anchor,
            description: Value::safe_string(&markdown::description(item.description())),
            status: Link::to_value(Facet::Status, &item.status_key(), definition.status()),
            life: item.life().as_str(),
            banner: banner(item),
            complete: definition.document.is_complete(),
            internal: definition.is_internal_event(),
            owner: item.owner.as_ref().map(OwnerView::new),
            data_categories: item.data_categories.iter().map(|key| CategoryView::new(key, pages)).collect(),
            derived: item.has_derived_data_categories(),
            time_frame: item
                .time_frame_key()
                .map(|key| Link::to_value(Facet::TimeFrame, &key, item.time_frame.unwrap_or_default())),
            window: window(item),
            fields: fields(definition, &pages.lists),
            computation: computation(item),
            figure: Figure::new(item, dictionary),
            uses: item
                .uses
                .iter()
                .take(MOST_REFERENCES)
                .map(|used| UseView::new(used, alike, dictionary))
                .collect(),
            uses_total: item.uses.len(),
            properties: properties(definition),
            counted_by: References::new(&item.counted_by, pages, path)?,
            effect: effect(item, dictionary),
            affected: affected(item, dictionary).into_iter().take(MOST_GROUPS).collect(),
            unknown_owner: dictionary.vocabulary.has_groups()
                && item.owner.as_ref().is_some_and(|owner| owner.group.is_none()),
            siblings: item
                .siblings
                .iter()
                .take(MOST_REFERENCES)
                .map(|&index| Sibling::new(&dictionary.items[index]))
                .collect(),
            related: References::new(&related(item, dictionary), pages, path)?,
            snippets: pages.snippets.of(item, dictionary)?,
            findings: dictionary
                .findings_in(definition.file)
                .iter()
                .map(|finding| FindingView::new(finding, dictionary))
                .collect(),
            path: &file.path,
            source: source.name.as_deref(),
            view_url: source_link(source.view_url.as_ref(), item),
            edit_url: source_link(source.edit_url.as_ref(), item),
            search_url: source_link(source.search_url.as_ref(), item),
            yaml,
            yaml_cut,
        })
    }
}

impl CategoryView {
    fn new(key: &str, pages: &Pages<'_>) -> Self {
        let known = pages.input.dictionary.vocabulary.data_categories().iter().find(|known| known.key == key);
        let said =
            known.map(|known| known.description.as_str()).filter(|description| !description.is_empty());
        let text = pages.input.content.text(Facet::DataCategory, key).map(|text| text.description.as_str());
        Self {
            category: Link::to_value(Facet::DataCategory, key, key),
            meaning: markdown::to_sentences(said.or(text).unwrap_or_default(), MEANING),
        }
    }
}

impl<'d> UseView<'d> {
    fn new(used: &'d Use<'d>, alike: bool, dictionary: &'d Dictionary<'d>) -> Self {
        let filter = used.used.filter.map(Node::entries).unwrap_or_default();
        let event = |&index: &usize| {
            let event = &dictionary.items[index];
            EventView {
                event: Link::new(event.name.clone(), event.url()),
                life: event.life().as_str(),
                status: event.definition.status(),
            }
        };
        Self {
            name: used.used.name,
            unique: used.used.unique.filter(|_| !alike),
            filter: filter
                .iter()
                .map(|entry| (entry.key.as_ref(), entry.value.text().unwrap_or("…")))
                .collect(),
            operator: used.used.operator.filter(|_| !alike),
            events: used.events.iter().take(MOST_REFERENCES).map(event).collect(),
        }
    }
}

impl<'d> Sibling<'d> {
    fn new(item: &'d Item<'d>) -> Self {
        Self {
            metric: Link::new(item.name.clone(), item.url()),
            time_frame: item.time_frame,
            window: window(item),
        }
    }
}

fn banner<'d>(item: &Item<'d>) -> Option<Banner<'d>> {
    let link = |name, field| Some((name, markdown::safe_url(item.text(field)?)?));
    match item.life() {
        Life::Live => None,
        Life::Broken => Some(Banner {
            text: "It is known to be wrong: do not rely on it.".to_owned(),
            link: link("See the repair issue", "repair_issue_url"),
            milestone: None,
        }),
        Life::Removed => Some(Banner {
            text: match item.kind {
                Kind::Metric => "Newer versions no longer send it; older installations still do.".to_owned(),
                Kind::Event => "Newer versions no longer record it; older installations still do.".to_owned(),
            },
            link: link("See the change", "removed_by_url"),
            milestone: item.removed_in(),
        }),
    }
}

/// What would follow from an event's removal.
fn effect(item: &Item<'_>, dictionary: &Dictionary<'_>) -> String {
    let metrics = item.counted_by.iter().map(|&index| &dictionary.items[index]);
    let removed = metrics.filter(|metric| metric.life() == Life::Removed).count();
    let removed = if removed > 0 { format!(", {removed} of them removed already,") } else { String::new() };
    let effect = match item.life() {
        Life::Removed => "Its removal affects",
        Life::Live | Life::Broken => "Removing this event would affect",
    };
    let groups = count(affected(item, dictionary).len(), "group");
    format!("{effect} {}{removed} in {groups}:", count(item.counted_by.len(), "metric"))
}

/// The groups of the metrics that count an event.
fn affected(item: &Item<'_>, dictionary: &Dictionary<'_>) -> BTreeSet<Link> {
    let metrics = item.counted_by.iter().map(|&index| &dictionary.items[index]);
    let owner = |metric: &Item<'_>| match &metric.owner {
        Some(owner) => Link::to_value(Facet::Group, &owner.key, owner.name()),
        None => Link::to_value(Facet::Group, "none", "No owner"),
    };
    metrics.map(owner).collect()
}

/// Other metrics that count one of a metric's events; its siblings are shown elsewhere.
fn related(item: &Item<'_>, dictionary: &Dictionary<'_>) -> Vec<usize> {
    let events = item.uses.iter().flat_map(|used| &used.events);
    let metrics = events.flat_map(|&event| &dictionary.items[event].counted_by).copied();
    let others: BTreeSet<usize> = metrics
        .filter(|other| dictionary.items[*other].name != item.name && !item.siblings.contains(other))
        .collect();
    others.into_iter().collect()
}

/// An event's properties with their descriptions.
fn properties<'d>(definition: &'d Definition<'_>) -> Vec<(&'d str, Value)> {
    let properties = definition.get("additional_properties").map(Node::entries).unwrap_or_default();
    let property = properties.iter().map(|property| {
        let description = property.value.get("description").and_then(Node::text).unwrap_or_default();
        let html = markdown::description(description);
        (property.key.as_ref(), Value::safe_string(&html))
    });
    property.collect()
}

/// Fills in a link template of a source; `{path}` and `{name}` are percent-encoded.
fn source_link(template: Option<&String>, item: &Item<'_>) -> Option<String> {
    let file = item.definition.source;
    let line = file.text.position(item.definition.start().start).line;
    let filled = template?
        .replace("{path}", &percent_encoded(&file.path))
        .replace("{line}", &line.to_string())
        .replace("{name}", &percent_encoded(&item.name));
    markdown::safe_url(&filled)
}

/// Everything but unreserved characters (RFC 3986) and `/` as `%XX`.
fn percent_encoded(text: &str) -> String {
    let mut encoded = String::with_capacity(text.len());
    for byte in text.bytes() {
        match byte {
            b'A'..=b'Z' | b'a'..=b'z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => {
                encoded.push(char::from(byte))
            }
            other => encoded.push_str(&format!("%{other:02X}")),
        }
    }
    encoded
}
