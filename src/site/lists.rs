//! The values of all facets and the lists where two of them meet, made once for all pages.

use std::borrow::Cow;
use std::collections::{BTreeMap, HashMap, HashSet};

use crate::check::Finding;
use crate::dictionary::{Dictionary, Facet, FacetValue, Item, NO_GROUP, folded};
use crate::source::Kind;

/// Metrics by the keys of group and data category.
type Cells<'d> = HashMap<String, BTreeMap<Cow<'d, str>, Vec<usize>>>;

/// The lists that pages show, count and link to.
pub(super) struct Lists<'d> {
    values: Vec<(Facet, Vec<FacetValue<'d>>)>,
    keys: BTreeMap<Facet, HashSet<String>>,
    cells: Cells<'d>,
    /// Items by the milestone in which they were removed.
    removed: HashMap<String, Vec<usize>>,
    /// Findings by the key of the group that owns the file.
    findings: HashMap<String, Vec<&'d Finding>>,
}

impl<'d> Lists<'d> {
    pub(super) fn new(dictionary: &Dictionary<'d>) -> Self {
        let of_values = || {
            let values = dictionary.values();
            let (keys, cells) = rayon::join(|| keys(&values), || cells(&values, dictionary));
            (values, keys, cells)
        };
        let of_items = || rayon::join(|| removed(dictionary), || findings_by_group(dictionary));
        let ((values, keys, cells), (removed, findings)) = rayon::join(of_values, of_items);
        Self { values, keys, cells, removed, findings }
    }

    /// All facets with their values.
    pub(super) fn all(&self) -> &[(Facet, Vec<FacetValue<'d>>)] {
        &self.values
    }

    /// The values of one facet.
    pub(super) fn of(&self, facet: Facet) -> &[FacetValue<'d>] {
        let found = self.values.iter().find(|(known, _)| *known == facet);
        found.map(|(_, values)| values.as_slice()).unwrap_or_default()
    }

    /// Whether a value has a page.
    pub(super) fn has(&self, facet: Facet, key: &str) -> bool {
        self.keys.get(&facet).is_some_and(|keys| keys.contains(key))
    }

    /// A group's metrics of one data category.
    pub(super) fn cell(&self, group: &str, data_category: &str) -> &[usize] {
        let cell = self.cells.get(group).and_then(|row| row.get(data_category));
        cell.map(Vec::as_slice).unwrap_or_default()
    }

    /// What was removed in a milestone.
    pub(super) fn removed_in(&self, milestone: &str) -> &[usize] {
        self.removed.get(milestone).map(Vec::as_slice).unwrap_or_default()
    }

    /// The findings about the files of a group; each counts once, however many metrics its file makes.
    pub(super) fn findings_of(&self, group: &str) -> &[&'d Finding] {
        self.findings.get(group).map(Vec::as_slice).unwrap_or_default()
    }
}

/// Those of some items that fit, by their indices.
pub(super) fn chosen(
    items: &[usize],
    dictionary: &Dictionary<'_>,
    fits: impl Fn(&Item<'_>) -> bool,
) -> Vec<usize> {
    items.iter().copied().filter(|&index| fits(&dictionary.items[index])).collect()
}

/// How many of some items are metrics, and how many are events; `items` is ascending, so that metrics come first.
pub(super) fn kinds(items: &[usize], dictionary: &Dictionary<'_>) -> (usize, usize) {
    let metrics = items.partition_point(|&index| dictionary.items[index].kind == Kind::Metric);
    (metrics, items.len() - metrics)
}

/// The keys of each facet.
fn keys(values: &[(Facet, Vec<FacetValue<'_>>)]) -> BTreeMap<Facet, HashSet<String>> {
    let keys = |values: &[FacetValue<'_>]| values.iter().map(|value| value.key.to_string()).collect();
    values.iter().map(|(facet, values)| (*facet, keys(values))).collect()
}

fn cells<'d>(values: &[(Facet, Vec<FacetValue<'d>>)], dictionary: &Dictionary<'d>) -> Cells<'d> {
    let groups = values.iter().filter(|(facet, _)| *facet == Facet::Group).flat_map(|(_, values)| values);
    let mut cells = Cells::new();
    for group in groups {
        let row = cells.entry(group.key.to_string()).or_default();
        for &metric in &group.items[..group.metrics] {
            for category in &dictionary.items[metric].data_categories {
                row.entry(category.clone()).or_default().push(metric);
            }
        }
    }
    cells
}

/// Items by the milestone in which they were removed.
fn removed(dictionary: &Dictionary<'_>) -> HashMap<String, Vec<usize>> {
    let mut removed: HashMap<String, Vec<usize>> = HashMap::new();
    for (index, item) in dictionary.items.iter().enumerate() {
        if let Some(milestone) = item.removed_in() {
            removed.entry(folded(milestone).into_owned()).or_default().push(index);
        }
    }
    removed
}

fn findings_by_group<'d>(dictionary: &Dictionary<'d>) -> HashMap<String, Vec<&'d Finding>> {
    let owned = dictionary.items.iter().filter_map(|item| Some((item.definition.file, item.owner.as_ref()?)));
    let groups: HashMap<usize, &str> = owned.map(|(file, owner)| (file, owner.key.as_ref())).collect();
    let mut findings: HashMap<String, Vec<&Finding>> = HashMap::new();
    for finding in dictionary.findings {
        let group = groups.get(&finding.file).copied().unwrap_or(NO_GROUP);
        findings.entry(group.to_owned()).or_default().push(finding);
    }
    findings
}
