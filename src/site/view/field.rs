//! The fields of a definition, in words, with what each of them means.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::Serialize;
use tera::Value;

use crate::definition::Definition;
use crate::definition::fields::{self, Field};
use crate::dictionary::{Facet, folded};
use crate::site::escape::{breakable_into, escape_into, with_ticks};
use crate::site::lists::Lists;
use crate::site::markdown;
use crate::source::Kind;
use crate::words::capitalised;
use crate::yaml::{Data, Entry, Node, Scalar};

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
pub(super) struct FieldView {
    /// The name in words; of an unknown field the name itself.
    label: String,
    /// What it means, as HTML.
    help: Option<Value>,
    known: bool,
    /// A scalar or a list of scalars, as HTML with links to their pages.
    values: Option<Value>,
    /// Anything else, as YAML.
    yaml: Option<String>,
}

/// The fields that have no place of their own, in the order of the schemas; unknown ones last. `root` is the way from
/// their page to the site's.
pub(super) fn fields(definition: &Definition<'_>, lists: &Lists<'_>, root: &str) -> Vec<FieldView> {
    let kind = definition.kind().unwrap_or(Kind::Metric);
    let entries = definition.root().map(Node::entries).unwrap_or_default();
    let mut entries: Vec<_> =
        entries.iter().filter(|entry| !SHOWN_ELSEWHERE.contains(&entry.key.as_ref())).collect();
    entries.sort_by_key(|entry| order(&entry.key));
    entries.into_iter().map(|entry| FieldView::new(kind, entry, definition, (lists, root))).collect()
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

impl FieldView {
    fn new(
        kind: Kind,
        entry: &Entry<'_>,
        definition: &Definition<'_>,
        (lists, root): (&Lists<'_>, &str),
    ) -> Self {
        let (name, value) = (entry.key.as_ref(), &entry.value);
        let known = fields::find(kind, name);
        let legacy = fields::find_legacy(kind, name);
        let scalars: Option<Vec<&Scalar<'_>>> = match &value.data {
            Data::Scalar(scalar) => Some(vec![scalar]),
            Data::Sequence(items) => items.iter().map(scalar).collect(),
            Data::Mapping(_) => None,
        };
        let is_known = known.is_some() || legacy.is_some();
        Self {
            label: if is_known { label(name) } else { name.to_owned() },
            help: known.map(help).or(legacy.map(|field| Value::safe_string(&with_ticks(&older(field))))),
            known: is_known,
            values: scalars
                .as_ref()
                .filter(|scalars| !scalars.is_empty())
                .map(|scalars| Value::safe_string(&linked_values(scalars, facet(name), lists, root))),
            yaml: scalars.is_none().then(|| excerpt(definition, value)),
        }
    }
}

/// What a field means, as HTML: the same on every page.
fn help(field: &'static Field) -> Value {
    static HELP: LazyLock<HashMap<&str, Value>> = LazyLock::new(|| {
        let fields = [Kind::Metric, Kind::Event].into_iter().flat_map(fields::fields);
        fields.map(|field| (field.help, Value::safe_string(&with_ticks(field.help)))).collect()
    });
    HELP[field.help].clone()
}

fn scalar<'n>(node: &'n Node<'_>) -> Option<&'n Scalar<'n>> {
    match &node.data {
        Data::Scalar(scalar) => Some(scalar),
        Data::Sequence(_) | Data::Mapping(_) => None,
    }
}

/// Values one behind the other: each leads to its page, or where it says.
fn linked_values(scalars: &[&Scalar<'_>], facet: Option<Facet>, lists: &Lists<'_>, root: &str) -> String {
    let mut html = String::new();
    for (index, scalar) in scalars.iter().enumerate() {
        html.push_str(if index > 0 { ", " } else { "" });
        let text = scalar.text.as_ref();
        // Older fields are listed only where the newer one is absent, and an event's data source never.
        let listed = facet.filter(|&facet| lists.has(facet, &folded(text)));
        let page = listed.map(|facet| format!("{root}{}index.html", facet.url(&folded(text))));
        if let Some(address) = page.or_else(|| markdown::safe_url(text)) {
            html += "<a href=\"";
            escape_into(&address, &mut html);
            html += "\">";
            breakable_into(text, &mut html);
            html += "</a>";
        } else if text.is_empty() {
            html += "<span class=\"none\">empty</span>";
        } else {
            breakable_into(text, &mut html);
        }
    }
    html
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
