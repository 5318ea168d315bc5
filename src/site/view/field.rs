//! The fields of a definition, in words, with what each of them means.

use serde::Serialize;

use crate::definition::{Definition, fields};
use crate::dictionary::{Facet, folded};
use crate::site::lists::Lists;
use crate::site::markdown;
use crate::site::page::Link;
use crate::source::Kind;
use crate::words::capitalised;
use crate::yaml::{Data, Entry, Node};

/// Fields that an item page shows in places of their own.
const SHOWN_ELSEWHERE: &[&str] = &[
    "key_path",
    "action",
    "description",
    "product_group",
    "data_category",
    "status",
    "time_frame",
    "events",
    "additional_properties",
];

/// A field as it stands in the file.
#[derive(Debug, Serialize)]
pub(super) struct FieldView<'d> {
    name: &'d str,
    /// The name in words; of an unknown field the name itself.
    label: String,
    help: Option<String>,
    known: bool,
    /// A scalar or a list of scalars.
    values: Vec<ValueView<'d>>,
    /// Anything else, as YAML.
    yaml: Option<String>,
}

#[derive(Debug, Serialize)]
struct ValueView<'d> {
    text: &'d str,
    /// Where a web address leads.
    url: Option<String>,
    /// The page of the value.
    page: Option<Link>,
}

/// The fields that have no place of their own, in the order of the schemas; unknown ones last.
pub(super) fn fields<'d>(definition: &'d Definition<'_>, lists: &Lists<'_>) -> Vec<FieldView<'d>> {
    let kind = definition.kind().unwrap_or(Kind::Metric);
    let entries = definition.root().map(Node::entries).unwrap_or_default();
    let mut entries: Vec<_> =
        entries.iter().filter(|entry| !SHOWN_ELSEWHERE.contains(&entry.key.as_ref())).collect();
    entries.sort_by_key(|entry| order(&entry.key));
    entries.into_iter().map(|entry| FieldView::new(kind, entry, definition, lists)).collect()
}

/// Of each value whose field is a facet, in the order of the file: whether it has a page of its own.
pub(in crate::site) fn linked(definition: &Definition<'_>, lists: &Lists<'_>) -> Vec<bool> {
    let entries = definition.root().map(Node::entries).unwrap_or_default().iter();
    let values = entries.filter_map(|entry| Some((facet(&entry.key)?, entry.value.texts())));
    values
        .flat_map(|(facet, texts)| texts.into_iter().map(move |text| lists.has(facet, &folded(text))))
        .collect()
}

/// What a reader asks for first comes first.
fn order(field: &str) -> usize {
    const ORDER: &[&str] = &[
        "data_source",
        "value_type",
        "instrumentation_class",
        "options",
        "internal_events",
        "category",
        "identifiers",
        "tiers",
        "tier",
        "product_categories",
        "product_category",
        "performance_indicator_type",
        "milestone",
        "introduced_by_url",
        "milestone_removed",
        "removed_by_url",
        "repair_issue_url",
    ];
    ORDER.iter().position(|known| *known == field).unwrap_or(ORDER.len())
}

impl<'d> FieldView<'d> {
    fn new(kind: Kind, entry: &'d Entry<'_>, definition: &'d Definition<'_>, lists: &Lists<'_>) -> Self {
        let (name, value) = (entry.key.as_ref(), &entry.value);
        let known = fields::find(kind, name);
        let legacy = fields::find_legacy(kind, name);
        let facet = facet(name);
        let view = |node: &'d Node<'_>| ValueView::new(node, facet, lists);
        let scalar = |node: &Node<'_>| matches!(node.data, Data::Scalar(_));
        let values = match &value.data {
            Data::Scalar(_) => vec![view(value)],
            Data::Sequence(items) if items.iter().all(scalar) => items.iter().map(view).collect(),
            _ => Vec::new(),
        };
        let nested = values.is_empty() && !matches!(&value.data, Data::Sequence(items) if items.is_empty());
        let is_known = known.is_some() || legacy.is_some();
        Self {
            name,
            label: if is_known { label(name) } else { name.to_owned() },
            help: known.map(|field| field.help.to_owned()).or(legacy.map(older)),
            known: is_known,
            values,
            yaml: nested.then(|| excerpt(definition, value)),
        }
    }
}

impl<'d> ValueView<'d> {
    fn new(node: &'d Node<'_>, facet: Option<Facet>, lists: &Lists<'_>) -> Self {
        let text = match &node.data {
            Data::Scalar(scalar) => scalar.text.as_ref(),
            _ => "",
        };
        // Older fields are listed only where the newer one is absent, and an event's data source never.
        let listed = facet.filter(|&facet| lists.has(facet, &folded(text)));
        Self {
            text,
            url: markdown::safe_url(text),
            page: listed.map(|facet| Link::to_value(facet, &folded(text), text)),
        }
    }
}

/// What readers need to know of a field that today's definitions have no more.
fn older(field: &fields::LegacyField) -> String {
    match field.replaced_by {
        Some(today) => format!("an older field; today it is `{today}`"),
        None => "an older field".to_owned(),
    }
}

/// The facet whose values a field holds.
fn facet(field: &str) -> Option<Facet> {
    match field {
        "data_source" => Some(Facet::DataSource),
        "tiers" | "tier" => Some(Facet::Tier),
        "product_categories" | "product_category" => Some(Facet::ProductCategory),
        "performance_indicator_type" => Some(Facet::PerformanceIndicator),
        "milestone" | "milestone_removed" => Some(Facet::Milestone),
        _ => None,
    }
}

/// A field's name in words.
fn label(field: &str) -> String {
    match field {
        "milestone" => "Since".to_owned(),
        "milestone_removed" => "Removed in".to_owned(),
        "introduced_by_url" => "Introduced by".to_owned(),
        "removed_by_url" => "Removed by".to_owned(),
        "repair_issue_url" => "Repair".to_owned(),
        "performance_indicator_type" => "Performance indicator".to_owned(),
        "value_json_schema" => "Schema of the value".to_owned(),
        _ => capitalised(&field.replace('_', " ")),
    }
}

/// A value as it stands in the file, moved to the left margin.
fn excerpt(definition: &Definition<'_>, value: &Node<'_>) -> String {
    let text = &definition.source.text;
    let indent = text.position(value.span.start).column - 1;
    let mut lines = text.slice(value.span).lines();
    let first = lines.next().unwrap_or_default().to_owned();
    lines.fold(first, |shown, line| {
        let margin = line.len() - line.trim_start_matches(' ').len();
        format!("{shown}\n{}", &line[margin.min(indent)..])
    })
}
