//! What the values of filters mean: spellings, milestones, suggestions. See `docs/search.md`, section 4;
//! `themes/default/static/search/filters.js` is the twin of this file.

use std::collections::HashSet;

use super::facets::Column;
use super::query::{Notice, Query};
use super::words::canonical;

/// The most values that are suggested for one that does not exist.
pub(super) const MOST_SUGGESTIONS: usize = 3;

/// Which documents a query's filters let through.
pub(super) struct Allowed<'c> {
    /// For each column with positive values: whether each set has one of them.
    wanted: Vec<(&'c Column, Vec<bool>)>,
    /// For each column with negative values: whether each set has one of them.
    unwanted: Vec<(&'c Column, Vec<bool>)>,
}

impl<'c> Allowed<'c> {
    /// Finds the values that a query names, with a notice for each that does not exist: by column in the order in which
    /// they are first asked for, positive ones first.
    pub(super) fn of(query: &Query, columns: &'c [Column]) -> (Self, Vec<Notice>) {
        let mut asked: Vec<usize> = query.filters.iter().map(|filter| filter.column).collect();
        let mut seen = HashSet::new();
        asked.retain(|column| seen.insert(*column));
        let mut notices = Vec::new();
        let mut sides = |not: bool| -> Vec<(&'c Column, Vec<bool>)> {
            let mut sets = Vec::new();
            for &place in &asked {
                let column = &columns[place];
                let filters =
                    query.filters.iter().filter(|filter| filter.column == place && filter.not == not);
                let mut values = HashSet::new();
                let mut any = false;
                for written in filters.flat_map(|filter| &filter.values) {
                    any = true;
                    let (found, notice) = resolve(column, written);
                    values.extend(found);
                    notices.extend(notice);
                }
                if any {
                    let has = |set: &Vec<u32>| set.iter().any(|value| values.contains(value));
                    sets.push((column, column.sets.iter().map(has).collect()));
                }
            }
            sets
        };
        let (wanted, unwanted) = (sides(false), sides(true));
        (Self { wanted, unwanted }, notices)
    }

    /// Whether a document passes.
    pub(super) fn passes(&self, document: u32) -> bool {
        let has =
            |(column, sets): &(&Column, Vec<bool>)| sets[column.of_documents[document as usize] as usize];
        self.wanted.iter().all(has) && !self.unwanted.iter().any(has)
    }
}

/// The values of a column that a text names: their places, ascending; and what to say where it names none.
pub(super) fn resolve(column: &Column, written: &str) -> (Vec<u32>, Option<Notice>) {
    let bare = match written.split_once("::") {
        Some((operator, value)) if column.is_called(operator) => value,
        _ => written,
    };
    let places = |matches: &dyn Fn(&str, &str) -> bool| -> Vec<u32> {
        let values = column.values.iter().zip(0..);
        values.filter(|((key, name), _)| matches(key, name)).map(|(_, place)| place).collect()
    };
    let comparison = if column.ordered { Comparison::parse(written) } else { None };
    if let Some(comparison) = comparison {
        let found = places(&|key, _| comparison.holds(key));
        if !found.is_empty() || comparison.is_range {
            return (found, None);
        }
    }
    let wanted = canonical(bare);
    let found =
        places(&|key, name| !wanted.is_empty() && [key, name].iter().any(|it| canonical(it) == wanted));
    if !found.is_empty() {
        return (found, None);
    }
    let known = column.values.iter().flat_map(|(key, name)| [(key.as_str(), key.as_str()), (name, key)]);
    let notice = Notice {
        kind: "unknown-value",
        text: format!("No {} is called `{written}`", column.noun),
        suggestions: suggestions(bare, known),
    };
    (found, Some(notice))
}

/// What could have been meant: of spellings, each with what to suggest for it, those that begin with the text, then those
/// that contain it, then the nearest.
pub(super) fn suggestions<'k>(
    written: &str,
    known: impl IntoIterator<Item = (&'k str, &'k str)>,
) -> Vec<String> {
    let wanted = canonical(written);
    if wanted.is_empty() {
        return Vec::new();
    }
    let furthest = (wanted.chars().count() / 3).min(3);
    let mut ranked: Vec<(usize, &str)> = known
        .into_iter()
        .filter_map(|(spelling, meant)| {
            let spelling = canonical(spelling);
            let rank = if spelling.starts_with(&wanted) {
                0
            } else if spelling.contains(&wanted) {
                1
            } else {
                let distance = strsim::osa_distance(&spelling, &wanted);
                (distance <= furthest).then_some(1 + distance)?
            };
            Some((rank, meant))
        })
        .collect();
    ranked.sort_by_key(|(rank, _)| *rank);
    let mut suggestions: Vec<String> = Vec::new();
    for (_, meant) in ranked {
        if suggestions.len() < MOST_SUGGESTIONS && !suggestions.iter().any(|known| known == meant) {
            suggestions.push(meant.to_owned());
        }
    }
    suggestions
}

/// `16.3`, `16`, `>=16.3`, `15.4..16`: a range of milestones.
struct Comparison {
    least: Bound,
    most: Bound,
    /// Written as a range, which may be empty; else it names a milestone.
    is_range: bool,
}

/// The place of a milestone: major, minor, and 0 for "before" (`<13.9`).
type Place = (u64, u64, u8);
/// A place, and whether it belongs to the range.
type Bound = (Place, bool);

const FIRST: Place = (0, 0, 0);
const LAST: Place = (u64::MAX, u64::MAX, 1);

impl Comparison {
    fn parse(written: &str) -> Option<Self> {
        let written: String = written.split_whitespace().collect();
        if let Some((least, most)) = written.split_once("..") {
            let (least, most) = (span(least)?, span(most)?);
            return Some(Self { least: (least.0, true), most: (most.1, true), is_range: true });
        }
        let (sign, number) = [">=", "<=", ">", "<", "="]
            .into_iter()
            .find_map(|sign| Some((sign, written.strip_prefix(sign)?)))
            .unwrap_or(("", &written));
        let (first, last) = span(number)?;
        let (least, most) = match sign {
            ">=" => ((first, true), (LAST, true)),
            "<=" => ((FIRST, true), (last, true)),
            ">" => ((last, false), (LAST, true)),
            "<" => ((FIRST, true), (first, false)),
            _ => ((first, true), (last, true)),
        };
        Some(Self { least, most, is_range: !sign.is_empty() })
    }

    fn holds(&self, key: &str) -> bool {
        let (number, exact) = key.strip_prefix('<').map_or((key, 1), |number| (number, 0));
        let Some((major, Some(minor))) = parts(number) else { return false };
        let place = (major, minor, exact);
        let above = if self.least.1 { place >= self.least.0 } else { place > self.least.0 };
        let below = if self.most.1 { place <= self.most.0 } else { place < self.most.0 };
        above && below
    }
}

/// The first and the last milestone of `16.3` or `16`.
fn span(number: &str) -> Option<(Place, Place)> {
    let (major, minor) = parts(number)?;
    Some(match minor {
        Some(minor) => ((major, minor, 1), (major, minor, 1)),
        None => ((major, 0, 0), (major, u64::MAX, 1)),
    })
}

/// `16.3` or `16`: digits alone, few enough for a script's numbers.
fn parts(number: &str) -> Option<(u64, Option<u64>)> {
    let digits = |text: &str| {
        let formed = (1..=6).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
        if formed { text.parse().ok() } else { None }
    };
    match number.split_once('.') {
        Some((major, minor)) => Some((digits(major)?, Some(digits(minor)?))),
        None => Some((digits(number)?, None)),
    }
}

#[cfg(test)]
mod tests {
    use super::super::cases;
    use super::resolve;

    #[test]
    fn values_mean_what_the_table_says() {
        let (cases, columns) = (cases::read(), cases::columns());
        for case in cases["values"].as_array().unwrap() {
            let (facet, value) = (case["facet"].as_str().unwrap(), case["value"].as_str().unwrap());
            let column = columns.iter().find(|column| column.name == facet).unwrap();
            let (places, notice) = resolve(column, value);
            let keys: Vec<&str> =
                places.iter().map(|place| column.values[*place as usize].0.as_str()).collect();
            assert_eq!(serde_json::json!(keys), case["keys"], "{facet}:{value}");
            assert_eq!(notice.as_ref().map(|it| it.text.as_str()), case["text"].as_str(), "{facet}:{value}");
            let suggestions = notice.map(|notice| notice.suggestions).unwrap_or_default();
            let expected = case.get("suggestions").cloned().unwrap_or_else(|| serde_json::json!([]));
            assert_eq!(serde_json::json!(suggestions), expected, "{facet}:{value}");
        }
    }
}
