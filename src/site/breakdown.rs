//! Tables of counts: values by data category, groups by status. Every count is that of a list and leads to it.

use serde::Serialize;

use super::listing::counted;
use super::markdown::{self, MEANING};
use super::page::{Link, Pages};
use crate::dictionary::{Dictionary, Facet, FacetValue, Life, meaning, slug};

/// Data categories that have a column of their own; there are four in practice.
pub(super) const MOST_COLUMNS: usize = 8;

/// Rows of a breakdown on a value's page.
const MOST_ROWS: usize = 100;

/// Values with their counts, and for groups with a column for each data category.
#[derive(Debug, Serialize)]
pub(super) struct Matrix {
    columns: Vec<Link>,
    rows: Vec<MatrixRow>,
    /// Whether the columns are parts of the metrics.
    parts: bool,
}

#[derive(Debug, Serialize)]
struct MatrixRow {
    value: Link,
    /// What the value means, in a line.
    about: String,
    /// A count for each column; the link is empty where there is nothing.
    cells: Vec<(usize, String)>,
    metrics: usize,
    events: usize,
    /// `12 metrics and 3 events`
    counted: String,
}

/// The items of a value, by what they have in common.
#[derive(Debug, Serialize)]
pub(super) struct Breakdown {
    /// What the rows are: `Data category`.
    by: &'static str,
    /// What they count: `Metrics`.
    of: &'static str,
    rows: Vec<BreakdownRow>,
    total: usize,
}

#[derive(Debug, Serialize)]
struct BreakdownRow {
    value: Link,
    items: usize,
    /// The list that has as many rows.
    url: String,
    lives: Lives,
}

/// How many items there are of each [`Life`].
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub(super) struct Lives {
    pub(super) live: usize,
    pub(super) broken: usize,
    pub(super) removed: usize,
}

impl Lives {
    pub(super) fn of(items: &[usize], dictionary: &Dictionary<'_>) -> Self {
        let mut lives = Self::default();
        for &index in items {
            match dictionary.items[index].life() {
                Life::Live => lives.live += 1,
                Life::Broken => lives.broken += 1,
                Life::Removed => lives.removed += 1,
            }
        }
        lives
    }
}

/// The folder of the list of a group's metrics of one data category.
pub(super) fn cell_url(group: &str, category: &str) -> String {
    format!("{}data-categories/{}/", Facet::Group.url(group), slug(category))
}

/// The counts of some values of a facet.
pub(super) fn matrix(pages: &Pages<'_>, facet: Facet, values: &[FacetValue<'_>]) -> Matrix {
    let dictionary = pages.input.dictionary;
    let columns: Vec<&FacetValue<'_>> = if facet == Facet::Group {
        pages
            .lists
            .of(Facet::DataCategory)
            .iter()
            .filter(|category| category.metrics > 0)
            .take(MOST_COLUMNS)
            .collect()
    } else {
        Vec::new()
    };
    let row = |value: &FacetValue<'_>| MatrixRow {
        value: Link::to_value(facet, &value.key, &value.name),
        about: about(facet, &value.key, dictionary),
        cells: match facet {
            Facet::Group => columns
                .iter()
                .map(|category| {
                    let metrics = pages.lists.cell(&value.key, &category.key).len();
                    cell(metrics, &cell_url(&value.key, &category.key))
                })
                .collect(),
            Facet::Milestone => {
                let removed = pages.lists.removed_in(&value.key).len();
                vec![cell(removed, &format!("{}removed/", facet.url(&value.key)))]
            }
            _ => Vec::new(),
        },
        metrics: value.metrics,
        events: value.events(),
        counted: counted(value.metrics, value.events()),
    };
    let rows = values.iter().map(row).collect();
    let columns = match facet {
        Facet::Milestone => {
            vec![Link { text: "Removed".to_owned(), url: "lifecycle/index.html#removed".to_owned() }]
        }
        _ => columns
            .iter()
            .map(|category| Link::to_value(Facet::DataCategory, &category.key, &category.name))
            .collect(),
    };
    Matrix { rows, columns, parts: facet == Facet::Group }
}

/// A count and its list; the link is empty where there is nothing.
fn cell(count: usize, folder: &str) -> (usize, String) {
    (count, if count == 0 { String::new() } else { format!("{folder}index.html") })
}

/// What a value means, in a few sentences.
fn about(facet: Facet, key: &str, dictionary: &Dictionary<'_>) -> String {
    let known = dictionary.vocabulary.data_category(key).filter(|_| facet == Facet::DataCategory);
    let said = known.map(|known| markdown::to_sentences(&known.description, MEANING)).unwrap_or_default();
    if said.is_empty() { meaning(facet, key).unwrap_or_default().to_owned() } else { said }
}

/// A group's metrics by data category, the others' by group; `None` where that says nothing.
pub(super) fn of_value(pages: &Pages<'_>, facet: Facet, value: &FacetValue<'_>) -> Option<Breakdown> {
    let dictionary = pages.input.dictionary;
    let row = |value: Link, items: &[usize], url: String| BreakdownRow {
        value,
        items: items.len(),
        url: format!("{url}index.html"),
        lives: Lives::of(items, dictionary),
    };
    let (by, of, rows): (_, _, Vec<BreakdownRow>) = match facet {
        Facet::Group => {
            let rows = pages.lists.of(Facet::DataCategory).iter().filter_map(|category| {
                let metrics = pages.lists.cell(&value.key, &category.key);
                let link = Link::to_value(Facet::DataCategory, &category.key, &category.name);
                (!metrics.is_empty()).then(|| row(link, metrics, cell_url(&value.key, &category.key)))
            });
            ("Data category", "Metrics", rows.collect())
        }
        Facet::DataCategory => {
            let rows = pages.lists.of(Facet::Group).iter().filter_map(|group| {
                let metrics = pages.lists.cell(&group.key, &value.key);
                let link = Link::to_value(Facet::Group, &group.key, &group.name);
                (!metrics.is_empty()).then(|| row(link, metrics, cell_url(&group.key, &value.key)))
            });
            ("Group", "Metrics", rows.collect())
        }
        Facet::Stage | Facet::Section => {
            let has = |group: &&FacetValue<'_>| {
                group.items.first().is_some_and(|first| value.items.binary_search(first).is_ok())
            };
            let rows = pages.lists.of(Facet::Group).iter().filter(has).map(|group| {
                let link = Link::to_value(Facet::Group, &group.key, &group.name);
                row(link, &group.items, Facet::Group.url(&group.key))
            });
            ("Group", "Metrics and events", rows.collect())
        }
        _ => return None,
    };
    let total = rows.len();
    (total > 0).then(|| Breakdown { by, of, rows: rows.into_iter().take(MOST_ROWS).collect(), total })
}
