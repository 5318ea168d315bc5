//! Charts as rows of bars and columns: the geometry; `numbers.html` draws it.
//!
//! Bars are as long as a share of their chart's width, so that they fit any screen and their texts keep their size.

use serde::Serialize;

use super::page::Link;
use crate::visible::visible_line;

/// Bars of one chart; the list it links to has all values.
const MOST_BARS: usize = 20;

/// The height of one bar with its text, in pixels.
const BAR: usize = 38;

/// Columns of one chart.
const MOST_COLUMNS: usize = 40;
/// The width of a column with its space, in pixels; wide enough for a finger.
const COLUMN: usize = 26;
/// The space left of the first column for its slanted name, in pixels.
const INDENT: usize = 14;
/// The length of the longest column, in pixels.
const TALLEST: usize = 120;
/// The space for the names of columns, in pixels.
const NAMES: usize = 52;

/// Letters of a bar's name, and of a column's, that are drawn: text in a drawing cannot be broken over lines.
const LETTERS: (usize, usize) = (34, 8);

/// A number with what it counts.
#[derive(Debug, Clone)]
pub(super) struct Count {
    pub(super) link: Link,
    /// The first part, drawn in full colour.
    pub(super) first: usize,
    /// The second part, drawn lighter.
    pub(super) second: usize,
}

/// A chart of bars, longest value as wide as the chart.
#[derive(Debug, Serialize)]
pub(super) struct Bars {
    id: &'static str,
    title: &'static str,
    about: String,
    /// What the two parts of a bar are.
    parts: (&'static str, &'static str),
    /// Whether there is a second part in any bar.
    two: bool,
    height: usize,
    bars: Vec<Bar>,
    /// Values that are not drawn.
    more: usize,
    all: Option<Link>,
}

#[derive(Debug, Serialize)]
struct Bar {
    link: Link,
    /// As much of the link's text as there is room for.
    name: String,
    first: usize,
    second: usize,
    y: usize,
    /// Lengths and places in percent of the chart.
    first_width: String,
    second_x: String,
    second_width: String,
}

/// A chart of columns over time, one part above the line, one below it.
#[derive(Debug, Serialize)]
pub(super) struct Columns {
    width: usize,
    height: usize,
    line: usize,
    columns: Vec<Column>,
    more: usize,
}

#[derive(Debug, Serialize)]
struct Column {
    x: usize,
    name: String,
    /// As much of the name as there is room for.
    label: String,
    up: Side,
    down: Side,
}

/// One side of a column.
#[derive(Debug, Serialize)]
struct Side {
    count: usize,
    /// The file of the list; empty where there is nothing to list.
    url: String,
    y: usize,
    height: usize,
}

impl Bars {
    /// Draws counts in their order. `all` leads to the list of all values.
    pub(super) fn new(
        id: &'static str,
        title: &'static str,
        parts: (&'static str, &'static str),
        counts: &[Count],
        all: Option<Link>,
    ) -> Self {
        let longest = counts.iter().map(|count| count.first + count.second).max().unwrap_or(0).max(1);
        let percent = |part: usize| format!("{:.2}%", part as f64 * 100.0 / longest as f64);
        let bar = |(index, count): (usize, &Count)| Bar {
            link: count.link.clone(),
            name: shortened(&count.link.text, LETTERS.0),
            first: count.first,
            second: count.second,
            y: index * BAR,
            first_width: percent(count.first),
            second_x: percent(count.first),
            second_width: percent(count.second),
        };
        let bars: Vec<Bar> = counts.iter().take(MOST_BARS).enumerate().map(bar).collect();
        Self {
            about: about(title, counts),
            two: counts.iter().any(|count| count.second > 0),
            height: bars.len() * BAR,
            more: counts.len() - bars.len(),
            bars,
            id,
            title,
            parts,
            all,
        }
    }
}

/// A text of at most so many letters; what is cut off is in the table below the chart.
fn shortened(text: &str, most: usize) -> String {
    let shown = visible_line(text);
    match shown.char_indices().nth(most) {
        Some(_) => shown.chars().take(most - 1).chain(['…']).collect(),
        None => shown.into_owned(),
    }
}

/// The chart in a sentence, for those who do not see it.
fn about(title: &str, counts: &[Count]) -> String {
    let most = counts.iter().max_by_key(|count| count.first + count.second);
    match most {
        Some(most) => {
            format!(
                "{title}: {} values, most often {} ({})",
                counts.len(),
                most.link.text,
                most.first + most.second
            )
        }
        None => format!("{title}: nothing to count"),
    }
}

/// A point in time with what was added and what was removed, each with its list.
pub(super) struct Moment {
    pub(super) name: String,
    pub(super) added: (usize, Link),
    pub(super) removed: (usize, Link),
}

impl Columns {
    /// Draws the newest moments, given newest first, from left to right.
    pub(super) fn new(moments: &[Moment]) -> Self {
        let shown = &moments[..moments.len().min(MOST_COLUMNS)];
        let tallest = |part: fn(&Moment) -> usize| shown.iter().map(part).max().unwrap_or(0);
        let (up, down) = (tallest(|moment| moment.added.0), tallest(|moment| moment.removed.0));
        let unit = TALLEST as f64 / up.max(down).max(1) as f64;
        // What is there at all is to be seen.
        let length =
            |count: usize| if count == 0 { 0 } else { ((count as f64 * unit).round() as usize).max(3) };
        let line = length(up) + 18;
        let column = |(index, moment): (usize, &Moment)| {
            let side = |(count, list): &(usize, Link), up: bool| Side {
                count: *count,
                url: if *count > 0 { list.url.clone() } else { String::new() },
                y: if up { line - length(*count) } else { line + 1 },
                height: length(*count),
            };
            Column {
                x: INDENT + index * COLUMN,
                name: moment.name.clone(),
                label: shortened(&moment.name, LETTERS.1),
                up: side(&moment.added, true),
                down: side(&moment.removed, false),
            }
        };
        Self {
            width: INDENT + shown.len() * COLUMN,
            height: line + length(down) + 18 + NAMES,
            line,
            columns: shown.iter().rev().enumerate().map(column).collect(),
            more: moments.len() - shown.len(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(name: &str, first: usize, second: usize) -> Count {
        Count { link: Link::new(name, "groups/x/"), first, second }
    }

    #[test]
    fn the_longest_bar_fills_the_chart() {
        let bars = Bars::new("x", "X", ("metrics", "events"), &[count("a", 3, 1), count("b", 1, 0)], None);
        assert_eq!((bars.bars[0].first_width.as_str(), bars.bars[0].second_x.as_str()), ("75.00%", "75.00%"));
        assert_eq!(
            (bars.bars[1].first_width.as_str(), bars.bars[1].second_width.as_str()),
            ("25.00%", "0.00%")
        );
        assert_eq!(bars.bars[0].name, "a");
        assert_eq!(shortened("not_so_long", 4), "not…");
        assert_eq!(bars.about, "X: 2 values, most often a (4)");
        assert_eq!(Bars::new("x", "X", ("", ""), &[], None).height, 0);
    }

    #[test]
    fn columns_run_from_old_to_new() {
        let moment = |name: &str, added, removed| Moment {
            name: name.to_owned(),
            added: (added, Link::new("added", "a/")),
            removed: (removed, Link::new("removed", "r/")),
        };
        let columns = Columns::new(&[moment("2.0", 4, 0), moment("1.0", 2, 8)]);
        let [old, new] = &columns.columns[..] else { panic!() };
        assert_eq!((old.name.as_str(), old.down.height, old.up.height), ("1.0", TALLEST, TALLEST / 4));
        assert!(new.down.url.is_empty() && old.x < new.x);
    }
}
