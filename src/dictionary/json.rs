//! Items and findings as JSON: `show --format json`, `index.json` beside each page, `check --format json`.
//!
//! The shapes are an interface; `schemas/` describes them.

use std::borrow::Cow;

use serde::Serialize;

use super::Dictionary;
use super::item::{Item, Use};
use crate::check::Finding;
use crate::definition::Definition;
use crate::source::Kind;
use crate::yaml::Node;

/// The version of these shapes.
pub(crate) const VERSION: u32 = 1;

/// One metric or event.
#[derive(Debug, Serialize)]
pub struct ItemJson<'i> {
    pub(crate) version: u32,
    pub(crate) kind: &'static str,
    pub(crate) name: &'i str,
    pub(crate) key_path: Option<&'i str>,
    pub(crate) action: Option<&'i str>,
    pub(crate) category: Option<&'i str>,
    pub(crate) description: &'i str,
    pub(crate) status: &'i str,
    pub(crate) group: Option<&'i str>,
    pub(crate) stage: Option<&'i str>,
    pub(crate) section: Option<&'i str>,
    pub(crate) data_category: &'i [Cow<'i, str>],
    pub(crate) data_category_derived: bool,
    pub(crate) product_categories: Vec<&'i str>,
    pub(crate) time_frame: Option<&'i str>,
    pub(crate) data_source: Option<&'i str>,
    pub(crate) value_type: Option<&'i str>,
    pub(crate) tiers: Vec<&'i str>,
    pub(crate) performance_indicator_type: Vec<&'i str>,
    pub(crate) milestone: Option<&'i str>,
    pub(crate) milestone_removed: Option<&'i str>,
    pub(crate) events: Vec<UseJson<'i>>,
    pub(crate) metrics: Vec<&'i str>,
    pub(crate) path: &'i str,
    pub(crate) line: usize,
    pub(crate) url: String,
    pub(crate) findings: Vec<FindingJson<'i>>,
    pub(crate) definition: Option<&'i Node<'i>>,
}

#[derive(Debug, Serialize)]
pub(crate) struct UseJson<'i> {
    pub(crate) name: &'i str,
    unique: Option<&'i str>,
    filter: Filter<'i>,
    operator: Option<&'i str>,
    known: bool,
}

/// A filter as an object; an absent one as an empty object.
#[derive(Debug, Serialize)]
#[serde(untagged)]
enum Filter<'i> {
    Given(&'i Node<'i>),
    None {},
}

/// One finding.
#[derive(Debug, Serialize)]
pub struct FindingJson<'f> {
    pub(crate) rule: &'static str,
    pub(crate) severity: &'static str,
    pub(crate) message: &'f str,
    pub(crate) path: &'f str,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) end_line: usize,
    pub(crate) end_column: usize,
    pub(crate) pointer: &'f str,
    pub(crate) help: Option<&'f str>,
    pub(crate) related: Vec<RelatedJson<'f>>,
    pub(crate) fixable: bool,
}

/// Another place that explains a finding.
#[derive(Debug, Serialize)]
pub struct RelatedJson<'f> {
    pub(crate) path: &'f str,
    pub(crate) line: usize,
    pub(crate) column: usize,
    pub(crate) message: &'f str,
}

impl<'i> ItemJson<'i> {
    /// An item as JSON. Paths are relative to the source's root, so that the bytes do not depend on where a build runs.
    pub fn new(item: &'i Item<'i>, dictionary: &'i Dictionary<'i>) -> Self {
        let definition = item.definition;
        let group = item.owner.as_ref().and_then(|owner| owner.group);
        let root_path = |definition: &'i Definition<'i>| definition.source.path.as_str();
        let mut metrics: Vec<&str> =
            item.counted_by.iter().map(|&index| dictionary.items[index].name.as_ref()).collect();
        metrics.dedup();
        Self {
            version: VERSION,
            kind: item.kind.as_str(),
            name: &item.name,
            key_path: (item.kind == Kind::Metric).then_some(&item.name),
            action: item.action(),
            category: if item.kind == Kind::Event { item.text("category") } else { None },
            description: item.description(),
            status: definition.status(),
            group: item.owner.as_ref().map(|owner| owner.key.as_ref()),
            stage: group.and_then(|group| group.stage.as_ref()).map(|stage| stage.key.as_str()),
            section: group.and_then(|group| group.section.as_ref()).map(|section| section.key.as_str()),
            data_category: &item.data_categories,
            data_category_derived: item.has_derived_data_categories(),
            product_categories: item.product_categories(),
            time_frame: item.time_frame,
            data_source: item.text("data_source"),
            value_type: item.text("value_type"),
            tiers: item.tiers(),
            performance_indicator_type: item.texts("performance_indicator_type"),
            milestone: item.text("milestone"),
            milestone_removed: item.text("milestone_removed"),
            events: item.uses.iter().map(UseJson::new).collect(),
            metrics,
            path: root_path(definition),
            line: definition.source.text.position(definition.start().start).line,
            url: item.url(),
            findings: dictionary
                .findings_in(definition.file)
                .iter()
                .map(|finding| FindingJson::new(finding, dictionary.definitions, root_path))
                .collect(),
            definition: definition.document.root.as_ref(),
        }
    }
}

impl<'i> UseJson<'i> {
    fn new(used: &'i Use<'i>) -> Self {
        Self {
            name: used.used.name,
            unique: used.used.unique,
            filter: used.used.filter.map_or(Filter::None {}, Filter::Given),
            operator: used.used.operator,
            known: !used.events.is_empty(),
        }
    }
}

impl<'f> FindingJson<'f> {
    /// A finding as JSON; `path` says how a file is called.
    pub fn new(
        finding: &'f Finding,
        definitions: &'f [Definition<'f>],
        path: impl Fn(&'f Definition<'f>) -> &'f str,
    ) -> Self {
        let definition = &definitions[finding.file];
        let start = definition.source.text.position(finding.span.start);
        let end = definition.source.text.position(finding.span.end);
        let related = finding.related.iter().map(|related| {
            let definition = &definitions[related.file];
            let place = definition.source.text.position(related.span.start);
            RelatedJson {
                path: path(definition),
                line: place.line,
                column: place.column,
                message: &related.message,
            }
        });
        Self {
            rule: finding.rule.id,
            severity: finding.severity.as_str(),
            message: &finding.message,
            path: path(definition),
            line: start.line,
            column: start.column,
            end_line: end.line,
            end_column: end.column,
            pointer: &finding.pointer,
            help: finding.help.as_deref(),
            related: related.collect(),
            fixable: finding.fix.is_some(),
        }
    }
}
