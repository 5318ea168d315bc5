//! The filters of the query language: by what documents can be told apart, and which of them have which value.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use super::document::Documents;
use super::sets::{self, Sets};
use super::words::lower;
use crate::check::Severity;
use crate::dictionary::{Dictionary, Facet, FacetValue, Item, folded};
use crate::source::Kind;
use crate::visible::visible_line;

/// A filter, before anything is known of a dictionary.
struct Operator {
    /// What stands before the colon.
    name: &'static str,
    aliases: &'static [&'static str],
    by: By,
}

/// Where the values of a filter come from.
enum By {
    /// From the lists that pages have.
    List(Facet),
    /// Metric or event.
    Kind,
    /// `value_type`.
    ValueType,
    /// What a status means: live, broken or removed.
    Life,
    /// What there is to say about a definition.
    Has,
}

/// All filters, in the order in which pages offer them.
const OPERATORS: [Operator; 15] = [
    Operator { name: "kind", aliases: &[], by: By::Kind },
    Operator { name: "group", aliases: &["owner"], by: By::List(Facet::Group) },
    Operator { name: "stage", aliases: &[], by: By::List(Facet::Stage) },
    Operator { name: "section", aliases: &[], by: By::List(Facet::Section) },
    Operator { name: "category", aliases: &["data-category"], by: By::List(Facet::DataCategory) },
    Operator { name: "product-category", aliases: &["product"], by: By::List(Facet::ProductCategory) },
    Operator { name: "status", aliases: &[], by: By::List(Facet::Status) },
    Operator { name: "is", aliases: &[], by: By::Life },
    Operator { name: "tier", aliases: &["tiers"], by: By::List(Facet::Tier) },
    Operator { name: "source", aliases: &["data-source"], by: By::List(Facet::DataSource) },
    Operator { name: "time", aliases: &["time-frame"], by: By::List(Facet::TimeFrame) },
    Operator { name: "type", aliases: &["value-type"], by: By::ValueType },
    Operator { name: "milestone", aliases: &["since"], by: By::List(Facet::Milestone) },
    Operator {
        name: "indicator",
        aliases: &["performance-indicator"],
        by: By::List(Facet::PerformanceIndicator),
    },
    Operator { name: "has", aliases: &[], by: By::Has },
];

/// The query for a value of a list: `group:"ci"`. A milestone such as `<13.9` cannot be asked for alone.
pub fn filter(facet: Facet, key: &str) -> Option<String> {
    let operator = OPERATORS.iter().find(|operator| matches!(operator.by, By::List(by) if by == facet))?;
    let compares = facet == Facet::Milestone && key.starts_with('<');
    (!key.contains('"') && !compares).then(|| format!("{}:\"{key}\"", operator.name))
}

/// A filter over the documents of a dictionary.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Column {
    /// What stands before the colon.
    pub(super) name: String,
    /// Other words for it.
    pub(super) aliases: Vec<String>,
    /// One value in words: `data category`.
    pub(super) noun: String,
    /// Whether values can be compared as milestones.
    pub(super) ordered: bool,
    /// Key and name of each value; names can be shown as they are, see [`visible_line`].
    pub(super) values: Vec<(String, String)>,
    /// The sets of values that occur: places in `values`, ascending.
    pub(super) sets: Vec<Vec<u32>>,
    /// The set of each document.
    pub(super) of_documents: Vec<u32>,
}

impl Column {
    /// Whether an operator asks for this column: by its name or an alias, in any case, with `_` for `-`.
    pub(super) fn is_called(&self, operator: &str) -> bool {
        let operator = lower(operator).replace('_', "-");
        self.name == operator || self.aliases.contains(&operator)
    }

    /// The documents of each value.
    pub(super) fn counts(&self) -> Vec<u32> {
        let mut counts = vec![0; self.values.len()];
        for &set in &self.of_documents {
            for &value in &self.sets[set as usize] {
                counts[value as usize] += 1;
            }
        }
        counts
    }

    /// `values` are keys and names, each with the items that have the value.
    fn new<'v>(
        operator: &Operator,
        noun: &str,
        values: impl Iterator<Item = (&'v str, &'v str, &'v [usize])>,
        documents: &Documents,
    ) -> Self {
        let (mut sets, mut of_documents) = (Sets::new(), vec![sets::EMPTY; documents.count()]);
        let mut shown = Vec::new();
        for (value, (key, name, items)) in (0..).zip(values) {
            shown.push((key.to_owned(), visible_line(name).into_owned()));
            for &item in items {
                let set = &mut of_documents[documents.of_item(item) as usize];
                *set = sets.with(*set, value);
            }
        }
        let (sets, of_documents) = sets.in_order_of(of_documents);
        Self {
            name: operator.name.to_owned(),
            aliases: operator.aliases.iter().map(ToString::to_string).collect(),
            noun: noun.to_owned(),
            ordered: matches!(operator.by, By::List(Facet::Milestone)),
            values: shown,
            sets,
            of_documents,
        }
    }
}

/// The filters over a dictionary; `values` are those of the lists that pages have.
pub(super) fn columns(
    dictionary: &Dictionary<'_>,
    documents: &Documents,
    values: &[(Facet, Vec<FacetValue<'_>>)],
) -> Vec<Column> {
    OPERATORS.par_iter().map(|operator| column(operator, dictionary, documents, values)).collect()
}

fn column<'d>(
    operator: &Operator,
    dictionary: &'d Dictionary<'_>,
    documents: &Documents,
    values: &[(Facet, Vec<FacetValue<'_>>)],
) -> Column {
    let of_items = |noun: &str, known: &[&'static str], keys: &dyn Fn(&'d Item<'_>) -> Vec<Cow<'d, str>>| {
        let mut values: Vec<(Cow<'d, str>, Vec<usize>)> =
            known.iter().map(|key| ((*key).into(), Vec::new())).collect();
        let mut places: HashMap<Cow<'d, str>, usize> =
            values.iter().zip(0..).map(|((key, _), place)| (key.clone(), place)).collect();
        for (index, item) in dictionary.items.iter().enumerate() {
            for key in keys(item) {
                let place = *places.entry(key).or_insert_with_key(|key| {
                    values.push((key.clone(), Vec::new()));
                    values.len() - 1
                });
                values[place].1.push(index);
            }
        }
        let values = values.iter().map(|(key, items)| (key.as_ref(), key.as_ref(), items.as_slice()));
        Column::new(operator, noun, values, documents)
    };
    match operator.by {
        By::List(facet) => {
            let of_facet = values.iter().find(|(known, _)| *known == facet);
            let listed = of_facet.map(|(_, values)| values.as_slice()).unwrap_or_default();
            let values = listed.iter().map(|value| (&*value.key, &*value.name, value.items.as_slice()));
            Column::new(operator, facet.noun(), values, documents)
        }
        By::Kind => of_items("kind", &["metric", "event"], &|item| vec![item.kind.as_str().into()]),
        By::ValueType => of_items("value type", &[], &|item| match item.kind {
            Kind::Metric => item.text("value_type").map(folded).into_iter().collect(),
            Kind::Event => Vec::new(),
        }),
        By::Life => {
            of_items("state", &["live", "broken", "removed"], &|item| vec![item.life().as_str().into()])
        }
        By::Has => of_items("property", &["findings", "errors", "warnings"], &|item| {
            let findings = dictionary.findings_in(item.definition.file);
            let some = |severity| findings.iter().any(|finding| finding.severity == severity);
            let kinds = [
                (!findings.is_empty(), "findings"),
                (some(Severity::Error), "errors"),
                (some(Severity::Warning), "warnings"),
            ];
            kinds.into_iter().filter(|(has, _)| *has).map(|(_, word)| word.into()).collect()
        }),
    }
}
