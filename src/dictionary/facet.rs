//! The lists that items are found by: by group, by data category, by milestone, …

use std::borrow::Cow;
use std::collections::BTreeMap;

use rayon::prelude::*;

use super::item::{Item, NO_DATA_CATEGORY};
use super::milestone::newest_first;
use super::{Dictionary, slug};
use crate::source::Kind;
use crate::vocabulary::Unit;

/// The key of the list of what has no owner.
pub const NO_GROUP: &str = "none";
/// The key of stage and section where no vocabulary knows the group.
const UNKNOWN: &str = "unknown";

/// Items that are looked at in one go.
const RUN: usize = 4096;

/// A property by which items are listed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Facet {
    /// The owner.
    Group,
    /// The owner's stage.
    Stage,
    /// The section of the owner's stage.
    Section,
    /// Whether and by whom it may be turned off.
    DataCategory,
    /// The part of the product.
    ProductCategory,
    /// As written, in lower case.
    Status,
    /// When it was introduced.
    Milestone,
    /// The goals it serves.
    PerformanceIndicator,
    /// Where a metric's value comes from.
    DataSource,
    /// The plans in which it is sent.
    Tier,
    /// The period a metric covers.
    TimeFrame,
}

/// A value of a facet, with the items that have it.
#[derive(Debug, Clone)]
pub struct FacetValue<'d> {
    /// What definitions write, folded; `none` or `unknown` where they write nothing.
    pub key: Cow<'d, str>,
    /// What pages call it.
    pub name: Cow<'d, str>,
    /// Indices into the dictionary's items, ascending, each name once.
    pub items: Vec<usize>,
    /// How many of them are metrics; the rest are events.
    pub metrics: usize,
}

/// The values of a facet by their keys.
type Values<'d> = BTreeMap<Cow<'d, str>, FacetValue<'d>>;

impl Facet {
    /// All of them, in the order in which pages list them.
    pub const ALL: [Self; 11] = [
        Self::Group,
        Self::Stage,
        Self::Section,
        Self::DataCategory,
        Self::ProductCategory,
        Self::Status,
        Self::Milestone,
        Self::PerformanceIndicator,
        Self::DataSource,
        Self::Tier,
        Self::TimeFrame,
    ];

    /// The folder of its pages below the site's root.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Group => "groups",
            Self::Stage => "stages",
            Self::Section => "sections",
            Self::DataCategory => "data-categories",
            Self::ProductCategory => "product-categories",
            Self::Status => "statuses",
            Self::Milestone => "milestones",
            Self::PerformanceIndicator => "performance-indicators",
            Self::DataSource => "data-sources",
            Self::Tier => "tiers",
            Self::TimeFrame => "time-frames",
        }
    }

    /// One value in words: `data category`.
    pub fn noun(self) -> &'static str {
        match self {
            Self::Group => "group",
            Self::Stage => "stage",
            Self::Section => "section",
            Self::DataCategory => "data category",
            Self::ProductCategory => "product category",
            Self::Status => "status",
            Self::Milestone => "milestone",
            Self::PerformanceIndicator => "performance indicator",
            Self::DataSource => "data source",
            Self::Tier => "tier",
            Self::TimeFrame => "time frame",
        }
    }

    /// The title of the list of all values: `Data categories`.
    pub fn title(self) -> &'static str {
        match self {
            Self::Group => "Groups",
            Self::Stage => "Stages",
            Self::Section => "Sections",
            Self::DataCategory => "Data categories",
            Self::ProductCategory => "Product categories",
            Self::Status => "Statuses",
            Self::Milestone => "Milestones",
            Self::PerformanceIndicator => "Performance indicators",
            Self::DataSource => "Data sources",
            Self::Tier => "Tiers",
            Self::TimeFrame => "Time frames",
        }
    }

    /// The folder of a value's page below the site's root, with a final `/`.
    pub fn url(self, key: &str) -> String {
        format!("{}/{}/", self.folder(), slug(key))
    }

    /// The values of an item: keys, each with what pages call it.
    fn values<'d>(self, item: &Item<'d>, dictionary: &Dictionary<'d>) -> Vec<(Cow<'d, str>, Cow<'d, str>)> {
        let folded = |written: Vec<&'d str>| {
            let written = written.into_iter().filter(|text| !text.trim().is_empty());
            written.map(|text| (folded(text), Cow::Borrowed(text))).collect()
        };
        match self {
            Self::Group => vec![match &item.owner {
                Some(owner) => {
                    (owner.key.clone(), owner.group.map_or(owner.key.clone(), |g| g.name.as_str().into()))
                }
                None => (NO_GROUP.into(), "No owner".into()),
            }],
            Self::Stage => vec![unit(item.stage(), "Unknown stage")],
            Self::Section => vec![unit(item.section(), "Unknown section")],
            Self::DataCategory => {
                let keys = item.data_categories.iter().cloned();
                keys.map(|key| (key.clone(), data_category_name(key, dictionary))).collect()
            }
            Self::ProductCategory => folded(item.product_categories()),
            Self::Status => vec![(item.status_key(), item.status_key())],
            Self::Milestone => folded(item.text("milestone").into_iter().collect()),
            Self::PerformanceIndicator => folded(item.texts("performance_indicator_type")),
            Self::DataSource => match item.kind {
                Kind::Metric => match folded(item.text("data_source").into_iter().collect()) {
                    none if none.is_empty() => vec![(UNKNOWN.into(), "No data source".into())],
                    named => named,
                },
                Kind::Event => Vec::new(),
            },
            Self::Tier => folded(item.tiers()),
            Self::TimeFrame => item.time_frame_key().map(|key| (key.clone(), key)).into_iter().collect(),
        }
    }

    /// Where a value stands among others: known ones in their own order, the rest behind them.
    fn rank(self, value: &FacetValue<'_>, dictionary: &Dictionary<'_>) -> usize {
        let among =
            |order: &[&str]| order.iter().position(|known| *known == value.key).unwrap_or(order.len());
        match self {
            Self::Group | Self::Stage | Self::Section | Self::DataSource => {
                usize::from(value.key == NO_GROUP || value.key == UNKNOWN)
            }
            Self::DataCategory if value.key == NO_DATA_CATEGORY => usize::MAX,
            Self::DataCategory => among(&dictionary.vocabulary.data_category_keys()),
            Self::Status => among(&["active", "broken", "removed"]),
            Self::Tier => among(&["free", "premium", "ultimate"]),
            Self::TimeFrame => among(&["7d", "28d", "all", "none"]),
            Self::ProductCategory | Self::Milestone | Self::PerformanceIndicator => 0,
        }
    }
}

impl FacetValue<'_> {
    /// How many items are events.
    pub fn events(&self) -> usize {
        self.items.len() - self.metrics
    }
}

impl<'d> Dictionary<'d> {
    /// All facets, each with its values and their items, in the order in which pages list them.
    ///
    /// Groups, stages, sections and data categories of the vocabulary are there even when nothing has them; so is each
    /// milestone in which something was removed.
    pub fn values(&self) -> Vec<(Facet, Vec<FacetValue<'d>>)> {
        // An item is looked at for all facets at once: the definitions do not fit into a processor's cache.
        let starts: Vec<usize> = (0..self.items.len()).step_by(RUN).collect();
        let of_run = |&start: &usize| {
            let mut values: [Values<'d>; Facet::ALL.len()] = Default::default();
            for index in start..self.items.len().min(start + RUN) {
                for (facet, values) in Facet::ALL.into_iter().zip(&mut values) {
                    self.add_item(index, facet, values);
                }
            }
            values
        };
        let runs: Vec<_> = starts.par_iter().map(of_run).collect();
        let whole = |(place, &facet): (usize, &Facet)| {
            let mut all = Values::new();
            for (key, name) in self.known_values(facet) {
                self.add(key.into(), name.into(), &[], &mut all);
            }
            for value in runs.iter().flat_map(|run| run[place].values()) {
                self.add(value.key.clone(), value.name.clone(), &value.items, &mut all);
            }
            (facet, self.in_order(facet, all))
        };
        Facet::ALL.par_iter().enumerate().map(whole).collect()
    }

    /// Adds an item to its values of a facet.
    fn add_item(&self, index: usize, facet: Facet, values: &mut Values<'d>) {
        let item = &self.items[index];
        for (key, name) in facet.values(item, self) {
            self.add(key, name, &[index], values);
        }
        if facet == Facet::Milestone
            && let Some(removed) = item.removed_in()
        {
            self.add(folded(removed), removed.into(), &[], values);
        }
    }

    /// Adds items to a value; they follow those that it has, and no two of them share a page.
    fn add(&self, key: Cow<'d, str>, name: Cow<'d, str>, items: &[usize], values: &mut Values<'d>) {
        let value = values.entry(key).or_insert_with_key(|key| FacetValue {
            key: key.clone(),
            name,
            items: Vec::new(),
            metrics: 0,
        });
        // A name that is defined twice stands in a list once.
        let ends = value.items.last().zip(items.first());
        let again = ends.is_some_and(|(&last, &first)| self.same_page(last, first));
        let new = &items[usize::from(again)..];
        value.items.extend_from_slice(new);
        value.metrics += new.partition_point(|&index| self.items[index].kind == Kind::Metric);
    }

    fn in_order(&self, facet: Facet, values: Values<'d>) -> Vec<FacetValue<'d>> {
        let mut values: Vec<FacetValue<'d>> = values.into_values().collect();
        if facet == Facet::Milestone {
            values.sort_by(|a, b| newest_first(&a.key, &b.key));
        } else {
            let place = |value: &FacetValue<'_>| (facet.rank(value, self), value.name.to_lowercase());
            values.sort_by_cached_key(place);
        }
        tell_apart(&mut values);
        values
    }

    /// The values that the vocabulary knows: keys and names.
    fn known_values(&self, facet: Facet) -> Vec<(&'d str, &'d str)> {
        let groups = self.vocabulary.groups();
        let units = |unit: fn(&'d crate::vocabulary::Group) -> Option<&'d Unit>| {
            groups.iter().filter_map(unit).map(|unit| (unit.key.as_str(), unit.name.as_str())).collect()
        };
        match facet {
            Facet::Group => groups.iter().map(|group| (group.key.as_str(), group.name.as_str())).collect(),
            Facet::Stage => units(|group| group.stage.as_ref()),
            Facet::Section => units(|group| group.section.as_ref()),
            Facet::DataCategory => {
                let categories = self.vocabulary.data_categories().iter();
                categories.map(|category| (category.key.as_str(), category.name.as_str())).collect()
            }
            _ => Vec::new(),
        }
    }

    /// Whether two items share a page: two definitions of one name.
    fn same_page(&self, a: usize, b: usize) -> bool {
        self.items[a].kind == self.items[b].kind && self.items[a].name == self.items[b].name
    }
}

/// Adds the key to names that several values share.
fn tell_apart(values: &mut [FacetValue<'_>]) {
    let mut named: BTreeMap<String, usize> = BTreeMap::new();
    for value in values.iter() {
        *named.entry(value.name.to_lowercase()).or_default() += 1;
    }
    for value in values.iter_mut().filter(|value| named[&value.name.to_lowercase()] > 1) {
        value.name = format!("{} ({})", value.name, value.key).into();
    }
}

/// Values fold case and white space: `Optional` is `optional`.
pub fn folded(written: &str) -> Cow<'_, str> {
    let trimmed = written.trim();
    if trimmed.chars().any(char::is_uppercase) { trimmed.to_lowercase().into() } else { trimmed.into() }
}

fn unit<'d>(unit: Option<&'d Unit>, unknown: &'static str) -> (Cow<'d, str>, Cow<'d, str>) {
    match unit {
        Some(unit) => (unit.key.as_str().into(), unit.name.as_str().into()),
        None => (UNKNOWN.into(), unknown.into()),
    }
}

fn data_category_name<'d>(key: Cow<'d, str>, dictionary: &Dictionary<'d>) -> Cow<'d, str> {
    match dictionary.vocabulary.data_category(&key) {
        Some(known) => known.name.as_str().into(),
        None if key == NO_DATA_CATEGORY => "No data category".into(),
        None => key,
    }
}
