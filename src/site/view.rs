//! Items and findings as templates see them.

use serde::Serialize;
use tera::Value;

use super::markdown;
use super::page::Pages;
use crate::check::Finding;
use crate::definition::{Definition, fields};
use crate::dictionary::{Dictionary, Item};
use crate::source::Kind;
use crate::yaml::{Data, Node};

/// References of one kind that a page shows at most.
pub(super) const MOST_REFERENCES: usize = 100;

/// An item in a list.
#[derive(Debug, Serialize)]
pub(super) struct Row<'d> {
    name: &'d str,
    url: String,
    kind: &'static str,
    description: String,
    owner: Option<&'d str>,
    data_categories: Vec<&'d str>,
    status: &'d str,
    life: &'static str,
    time_frame: Option<&'d str>,
}

impl<'d> Row<'d> {
    pub(super) fn new(item: &'d Item<'d>) -> Self {
        Self {
            name: &item.name,
            url: format!("{}index.html", item.url()),
            kind: item.kind.as_str(),
            description: markdown::to_line(item.description(), 200),
            owner: item.owner.as_ref().map(|owner| owner.name()),
            data_categories: item.data_categories.iter().map(AsRef::as_ref).collect(),
            status: item.definition.status(),
            life: item.life().as_str(),
            time_frame: item.time_frame,
        }
    }
}

/// One definition of an item, whole.
#[derive(Debug, Serialize)]
pub(super) struct ItemView<'d> {
    row: Row<'d>,
    description: Value,
    /// Whether the whole file could be read.
    complete: bool,
    internal: bool,
    derived: bool,
    owner: Option<OwnerView<'d>>,
    product_categories: Vec<&'d str>,
    tiers: Vec<&'d str>,
    performance_indicator_type: Vec<&'d str>,
    data_source: Option<&'d str>,
    value_type: Option<&'d str>,
    milestone: Option<&'d str>,
    milestone_removed: Option<&'d str>,
    instrumentation_class: Option<&'d str>,
    identifiers: Vec<&'d str>,
    properties: Vec<(&'d str, Value)>,
    uses: Vec<UseView<'d>>,
    uses_total: usize,
    counted_by: References<'d>,
    fields: Vec<FieldView<'d>>,
    findings: Vec<FindingView<'d>>,
    path: &'d str,
    source: Option<&'d str>,
    view_url: Option<String>,
    edit_url: Option<String>,
    search_url: Option<String>,
}

#[derive(Debug, Serialize)]
struct OwnerView<'d> {
    name: &'d str,
    key: &'d str,
    written: &'d str,
    known: bool,
    stage: Option<&'d str>,
    section: Option<&'d str>,
    description: &'d str,
    url: Option<String>,
    contacts: Vec<ContactView<'d>>,
}

#[derive(Debug, Serialize)]
struct ContactView<'d> {
    name: &'d str,
    url: Option<String>,
}

#[derive(Debug, Serialize)]
struct UseView<'d> {
    name: &'d str,
    unique: Option<&'d str>,
    filter: Vec<(&'d str, &'d str)>,
    operator: Option<&'d str>,
    events: Vec<Row<'d>>,
}

/// Links to other items, the first of them and how many there are.
#[derive(Debug, Serialize)]
pub(super) struct References<'d> {
    rows: Vec<Row<'d>>,
    total: usize,
}

impl<'d> References<'d> {
    pub(super) fn new(items: impl ExactSizeIterator<Item = &'d Item<'d>>) -> Self {
        let total = items.len();
        Self { rows: items.take(MOST_REFERENCES).map(Row::new).collect(), total }
    }
}

/// A field of the definition as it stands in the file.
#[derive(Debug, Serialize)]
struct FieldView<'d> {
    name: &'d str,
    help: Option<&'static str>,
    known: bool,
    /// A scalar or a list of scalars.
    values: Vec<ValueView<'d>>,
    /// Anything else, as YAML.
    yaml: Option<String>,
}

#[derive(Debug, Serialize)]
struct ValueView<'d> {
    text: &'d str,
    url: Option<String>,
}

/// A finding about a file.
#[derive(Debug, Serialize)]
pub(super) struct FindingView<'f> {
    rule: &'static str,
    severity: &'static str,
    message: &'f str,
    help: Option<&'f str>,
    path: &'f str,
    line: usize,
    column: usize,
    related: Vec<RelatedView<'f>>,
    items: Vec<(String, String)>,
}

#[derive(Debug, Serialize)]
struct RelatedView<'f> {
    path: &'f str,
    line: usize,
    column: usize,
    message: &'f str,
}

impl<'d> ItemView<'d> {
    pub(super) fn new(item: &'d Item<'d>, pages: &Pages<'d>) -> Self {
        let dictionary = pages.input.dictionary;
        let definition = item.definition;
        let file = definition.source;
        let source = &pages.input.sources[file.source];
        Self {
            row: Row::new(item),
            description: Value::safe_string(&markdown::description(item.description())),
            complete: definition.document.is_complete(),
            internal: definition.is_internal_event(),
            derived: item.has_derived_data_categories(),
            owner: OwnerView::new(item),
            product_categories: item.product_categories(),
            tiers: item.tiers(),
            performance_indicator_type: item.texts("performance_indicator_type"),
            data_source: item.text("data_source"),
            value_type: item.text("value_type"),
            milestone: item.text("milestone"),
            milestone_removed: item.text("milestone_removed"),
            instrumentation_class: item.text("instrumentation_class"),
            identifiers: item.texts("identifiers"),
            properties: properties(definition),
            uses: item.uses.iter().take(MOST_REFERENCES).map(|used| UseView::new(used, dictionary)).collect(),
            uses_total: item.uses.len(),
            counted_by: References::new(item.counted_by.iter().map(|&index| &dictionary.items[index])),
            fields: definition.root().map(|root| field_views(root, definition)).unwrap_or_default(),
            findings: dictionary
                .findings_in(definition.file)
                .iter()
                .map(|f| FindingView::new(f, dictionary))
                .collect(),
            path: &file.path,
            source: source.name.as_deref(),
            view_url: link(source.view_url.as_ref(), item),
            edit_url: link(source.edit_url.as_ref(), item),
            search_url: link(source.search_url.as_ref(), item),
        }
    }
}

impl<'d> OwnerView<'d> {
    fn new(item: &'d Item<'d>) -> Option<Self> {
        let owner = item.owner.as_ref()?;
        let group = owner.group;
        let contacts = group.map(|group| group.contacts.as_slice()).unwrap_or_default();
        Some(Self {
            name: owner.name(),
            key: &owner.key,
            written: owner.written,
            known: group.is_some(),
            stage: group.and_then(|group| group.stage.as_ref()).map(|stage| stage.name.as_str()),
            section: group.and_then(|group| group.section.as_ref()).map(|section| section.name.as_str()),
            description: group.map(|group| group.description.as_str()).unwrap_or_default(),
            url: group.and_then(|group| markdown::safe_url(group.url.as_deref()?)),
            contacts: contacts
                .iter()
                .map(|contact| ContactView {
                    name: &contact.name,
                    url: contact.url.as_deref().and_then(markdown::safe_url),
                })
                .collect(),
        })
    }
}

impl<'d> UseView<'d> {
    fn new(used: &'d crate::dictionary::Use<'d>, dictionary: &'d Dictionary<'d>) -> Self {
        let filter = used.used.filter.map(Node::entries).unwrap_or_default();
        Self {
            name: used.used.name,
            unique: used.used.unique,
            filter: filter
                .iter()
                .map(|entry| (entry.key.as_ref(), entry.value.text().unwrap_or("…")))
                .collect(),
            operator: used.used.operator,
            events: used.events.iter().map(|&event| Row::new(&dictionary.items[event])).collect(),
        }
    }
}

impl<'f> FindingView<'f> {
    pub(super) fn new(finding: &'f Finding, dictionary: &'f Dictionary<'f>) -> Self {
        let definition = &dictionary.definitions[finding.file];
        let place = definition.source.text.position(finding.span.start);
        let related = finding.related.iter().map(|related| {
            let source = dictionary.definitions[related.file].source;
            let place = source.text.position(related.span.start);
            RelatedView {
                path: &source.path,
                line: place.line,
                column: place.column,
                message: &related.message,
            }
        });
        let kind = definition.kind();
        let items = definition.names().into_iter().filter_map(|expanded| {
            let url = format!("{}/{}/index.html", kind?.plural(), crate::dictionary::slug(&expanded.name));
            Some((expanded.name.into_owned(), url))
        });
        Self {
            rule: finding.rule.id,
            severity: finding.severity.as_str(),
            message: &finding.message,
            help: finding.help.as_deref(),
            path: &definition.source.path,
            line: place.line,
            column: place.column,
            related: related.collect(),
            items: items.collect(),
        }
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

fn field_views<'d>(root: &'d Node<'_>, definition: &'d Definition<'_>) -> Vec<FieldView<'d>> {
    let kind = definition.kind().unwrap_or(Kind::Metric);
    let fields = root.entries().iter().map(|entry| {
        let known = fields::find(kind, &entry.key);
        let value = |node: &'d Node<'_>| {
            let text = match &node.data {
                Data::Scalar(scalar) => scalar.text.as_ref(),
                _ => "",
            };
            ValueView { text, url: markdown::safe_url(text) }
        };
        let scalar = |node: &Node<'_>| matches!(node.data, Data::Scalar(_));
        let values = match &entry.value.data {
            Data::Scalar(_) => vec![value(&entry.value)],
            Data::Sequence(items) if items.iter().all(scalar) => items.iter().map(value).collect(),
            _ => Vec::new(),
        };
        let nested =
            values.is_empty() && !matches!(&entry.value.data, Data::Sequence(items) if items.is_empty());
        FieldView {
            name: &entry.key,
            help: known.map(|field| field.help),
            known: known.is_some() || fields::find_legacy(kind, &entry.key).is_some(),
            values,
            yaml: nested.then(|| excerpt(definition, &entry.value)),
        }
    });
    fields.collect()
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

/// Fills in a link template of a source; `{path}` and `{name}` are percent-encoded.
fn link(template: Option<&String>, item: &Item<'_>) -> Option<String> {
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
