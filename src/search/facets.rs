//! The filters of the query language: by what documents can be told apart, and which of them have which value.

use std::borrow::Cow;
use std::collections::HashMap;

use rayon::prelude::*;

use super::document::Documents;
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

    /// `pairs` of documents and values, in any order.
    fn new(
        operator: &Operator,
        noun: &str,
        values: Vec<(String, String)>,
        mut pairs: Vec<(u32, u32)>,
        documents: usize,
    ) -> Self {
        pairs.sort_unstable();
        let mut rest = pairs.as_slice();
        let mut sets: Vec<Vec<u32>> = Vec::new();
        let mut known: HashMap<Vec<u32>, u32> = HashMap::new();
        let (mut set, mut last) = (Vec::new(), None);
        let mut of_documents = Vec::with_capacity(documents);
        for document in 0..documents as u32 {
            let own = rest.iter().take_while(|(of, _)| *of == document).count();
            let (values, behind) = rest.split_at(own);
            rest = behind;
            set.clear();
            set.extend(values.iter().map(|(_, value)| *value));
            set.dedup();
            // Neighbours are often alike.
            let place = last.filter(|&last: &u32| sets[last as usize] == set);
            let place = place.or_else(|| known.get(&set).copied()).unwrap_or_else(|| {
                sets.push(set.clone());
                let place = sets.len() as u32 - 1;
                known.insert(set.clone(), place);
                place
            });
            of_documents.push(place);
            last = Some(place);
        }
        Self {
            name: operator.name.to_owned(),
            aliases: operator.aliases.iter().map(ToString::to_string).collect(),
            noun: noun.to_owned(),
            ordered: matches!(operator.by, By::List(Facet::Milestone)),
            values: values.into_iter().map(|(key, name)| (key, visible_line(&name).into_owned())).collect(),
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

fn column(
    operator: &Operator,
    dictionary: &Dictionary<'_>,
    documents: &Documents,
    values: &[(Facet, Vec<FacetValue<'_>>)],
) -> Column {
    let of_items = |noun: &str, known: &[&str], keys: &dyn for<'i> Fn(&'i Item<'_>) -> Vec<Cow<'i, str>>| {
        let mut values: Vec<(String, String)> =
            known.iter().map(|key| ((*key).to_owned(), (*key).to_owned())).collect();
        let mut places: HashMap<String, u32> = HashMap::new();
        for (key, _) in &values {
            places.insert(key.clone(), places.len() as u32);
        }
        let mut pairs = Vec::new();
        for (index, item) in dictionary.items.iter().enumerate() {
            for key in keys(item) {
                let place = places.get(&*key).copied().unwrap_or_else(|| {
                    values.push((key.to_string(), key.to_string()));
                    let place = values.len() as u32 - 1;
                    places.insert(key.into_owned(), place);
                    place
                });
                pairs.push((documents.of_item(index), place));
            }
        }
        Column::new(operator, noun, values, pairs, documents.count())
    };
    match operator.by {
        By::List(facet) => {
            let of_facet = values.iter().find(|(known, _)| *known == facet);
            let listed = of_facet.map(|(_, values)| values.as_slice()).unwrap_or_default();
            let pairs: Vec<(u32, u32)> = listed
                .iter()
                .zip(0..)
                .flat_map(|(value, place)| value.items.iter().map(move |&item| (item, place)))
                .map(|(item, place)| (documents.of_item(item), place))
                .collect();
            let values = listed.iter().map(|value| (value.key.to_string(), value.name.to_string())).collect();
            Column::new(operator, facet.noun(), values, pairs, documents.count())
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
