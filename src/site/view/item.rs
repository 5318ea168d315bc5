//! One definition of an item, whole.

use serde::Serialize;
use tera::Value;

use super::MOST_REFERENCES;
use super::field::{FieldView, fields};
use super::finding::FindingView;
use super::relations::{References, Sibling, UseView, affected, effect, related};
use super::source::SourceView;
use crate::definition::Definition;
use crate::dictionary::{Facet, Item, Life, computation, window};
use crate::error::Result;
use crate::site::figure::Figure;
use crate::site::highlight;
use crate::site::markdown;
use crate::site::page::{Link, Pages, way_up};
use crate::site::rows::Tables;
use crate::site::snippets::Snippet;
use crate::source::Kind;
use crate::yaml::Node;

/// Groups that the effect of an event's removal names.
const MOST_GROUPS: usize = 8;

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
    owner: Option<Value>,
    data_categories: Vec<Value>,
    /// Whether the data categories are those of the metrics that count the event.
    derived: bool,
    time_frame: Option<Link>,
    window: Option<&'static str>,
    fields: Vec<FieldView>,
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
    findings_total: usize,
    source: SourceView<'d>,
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

impl<'d> ItemView<'d> {
    /// `number` counts the definitions of the item's name from 1.
    pub(in crate::site) fn new(
        item: &'d Item<'d>,
        pages: &'d Pages<'d>,
        number: usize,
        tables: &mut Tables<'_>,
    ) -> Result<Self> {
        let dictionary = pages.input.dictionary;
        let definition = item.definition;
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
            owner: item.owner.as_ref().map(|owner| pages.repeated.owner(owner)),
            data_categories: item
                .data_categories
                .iter()
                .map(|key| pages.repeated.data_category(key))
                .collect(),
            derived: item.has_derived_data_categories(),
            time_frame: item
                .time_frame_key()
                .map(|key| Link::to_value(Facet::TimeFrame, &key, item.time_frame.unwrap_or_default())),
            window: window(item),
            fields: fields(definition, &pages.lists, &way_up(&item.url())),
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
            counted_by: References::new(&item.counted_by, tables),
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
            related: References::new(&related(item, dictionary), tables),
            snippets: pages.snippets.of(item, dictionary)?,
            findings_total: dictionary.findings_in(definition.file).len(),
            findings: dictionary
                .findings_in(definition.file)
                .iter()
                .take(MOST_REFERENCES)
                .map(|finding| FindingView::new(finding, dictionary))
                .collect(),
            source: SourceView::new(item, &pages.input.sources[definition.source.source]),
            yaml,
            yaml_cut,
        })
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
