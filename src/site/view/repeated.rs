//! What stands on many item pages, made once for all of them.

use std::collections::HashMap;

use serde::Serialize;
use tera::Value;

use super::owner::OwnerView;
use crate::dictionary::{Facet, FacetValue, Owner};
use crate::site::Input;
use crate::site::lists::Lists;
use crate::site::markdown::{self, MEANING};
use crate::site::page::Link;

/// Parts of item pages as templates see them.
pub(in crate::site) struct Repeated {
    /// By key: the groups of the vocabulary.
    owners: HashMap<String, Value>,
    /// By key: those that something falls under.
    data_categories: HashMap<String, Value>,
}

#[derive(Serialize)]
struct CategoryView {
    category: Link,
    /// In a few sentences of the vocabulary or the guide; empty where nobody says.
    meaning: String,
}

impl Repeated {
    pub(in crate::site) fn new(input: &Input<'_>, lists: &Lists<'_>) -> Self {
        let groups = input.dictionary.vocabulary.groups().iter();
        let categories = lists.of(Facet::DataCategory).iter();
        Self {
            owners: groups
                .map(|group| (group.key.clone(), Value::from_serializable(&OwnerView::of_group(group))))
                .collect(),
            data_categories: categories
                .map(|value| (value.key.to_string(), data_category(&value.key, meaning(value, input))))
                .collect(),
        }
    }

    /// The owner of an item.
    pub(super) fn owner(&self, owner: &Owner<'_>) -> Value {
        let known = owner.group.and_then(|group| self.owners.get(&group.key));
        known.cloned().unwrap_or_else(|| Value::from_serializable(&OwnerView::unknown(owner)))
    }

    /// A data category of an item.
    pub(super) fn data_category(&self, key: &str) -> Value {
        self.data_categories.get(key).cloned().unwrap_or_else(|| data_category(key, String::new()))
    }
}

fn data_category(key: &str, meaning: String) -> Value {
    Value::from_serializable(&CategoryView {
        category: Link::to_value(Facet::DataCategory, key, key),
        meaning,
    })
}

fn meaning(value: &FacetValue<'_>, input: &Input<'_>) -> String {
    let known = input.dictionary.vocabulary.data_category(&value.key);
    let said = known.map(|known| known.description.as_str()).filter(|said| !said.is_empty());
    let text = input.content.text(Facet::DataCategory, &value.key).map(|text| text.description.as_str());
    markdown::to_sentences(said.or(text).unwrap_or_default(), MEANING)
}
