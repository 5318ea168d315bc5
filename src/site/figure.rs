//! The computation of a metric as a drawing: what goes in, the metric, the same metric for other time frames.
//!
//! Boxes stand one below the other, so that the drawing fits a phone. Lengths are in units of the drawing, which is
//! [`WIDTH`] units wide.

use std::fmt::Write as _;

use serde::Serialize;
use tera::Value;

use super::escape::escape;
use crate::dictionary::{Dictionary, Item};
use crate::source::Kind;
use crate::visible::visible_line;
use crate::words::count;

/// The drawing's width.
const WIDTH: usize = 360;
/// The space left and right of a box.
const MARGIN: usize = 1;
/// The height of a line of text.
const LINE: usize = 17;
/// What a box has above and below its text.
const PADDING: usize = 11;
/// The space between boxes of one kind.
const GAP: usize = 8;
/// The length of an arrow.
const ARROW: usize = 40;
/// Characters of a line: monospace letters of 13 units are at most 8 wide.
const LETTERS: usize = 42;
/// Lines of one name.
const MOST_LINES: usize = 3;
/// Boxes of one kind; the page lists all.
const MOST_BOXES: usize = 5;

/// A drawing, top to bottom.
#[derive(Debug, Serialize)]
pub(super) struct Figure {
    width: usize,
    height: usize,
    /// What it shows, for those who do not see it.
    label: String,
    /// Its shapes, as SVG.
    shapes: Value,
}

impl Figure {
    /// Draws what a metric is made of; `None` where it names neither events nor a class, and for events.
    pub(super) fn new(item: &Item<'_>, dictionary: &Dictionary<'_>) -> Option<Self> {
        let mut drawing = Drawing::default();
        let names = |items: &[usize]| {
            items.iter().map(|&index| dictionary.items[index].name.as_ref()).collect::<Vec<_>>()
        };
        let events: Vec<&str> = item.uses.iter().map(|used| used.used.name).collect();
        match item.kind {
            Kind::Event => return None,
            Kind::Metric if events.is_empty() => {
                drawing.boxes("source", &[item.text("instrumentation_class")?])
            }
            Kind::Metric => drawing.boxes("event", &events),
        }
        drawing.arrow(&how(item), true);
        drawing.boxes("this", &[&item.name]);
        if !item.siblings.is_empty() {
            drawing.arrow("other time frames", false);
            drawing.boxes("sibling", &names(&item.siblings));
        }
        Some(drawing.finish(format!("Drawing: {}", described(item))))
    }
}

/// The drawing in words; lists beside it name everything.
fn described(item: &Item<'_>) -> String {
    match item.uses.len() {
        0 => format!("how {} is computed", item.name),
        events => format!("{} from {}", item.name, count(events, "event")),
    }
}

/// What turns events or rows into the metric.
fn how(item: &Item<'_>) -> String {
    let Some(first) = item.uses.first().map(|used| &used.used) else {
        return item.text("data_source").unwrap_or_default().to_owned();
    };
    if !item.counts_alike() {
        return "each in its own way".to_owned();
    }
    match (first.operator, first.unique) {
        (Some(operator), _) => operator.to_owned(),
        (None, Some(unique)) => format!("distinct {unique}"),
        (None, None) if item.text("data_source") == Some("redis_hll") => "distinct values".to_owned(),
        (None, None) => "every occurrence".to_owned(),
    }
}

/// A drawing in the making: shapes as SVG, whose classes the theme paints.
#[derive(Default)]
struct Drawing {
    boxes: String,
    /// Below the boxes.
    arrows: String,
    y: usize,
}

impl Drawing {
    fn boxes(&mut self, class: &str, names: &[&str]) {
        let more = names.len().saturating_sub(MOST_BOXES);
        let shown = names.iter().take(MOST_BOXES).map(|name| wrapped(&visible_line(name)));
        let rest = (more > 0).then(|| vec![format!("and {more} more")]);
        for (place, lines) in shown.chain(rest).enumerate() {
            if place > 0 {
                self.y += GAP;
            }
            let (y, width, height) =
                (self.y + MARGIN, WIDTH - 2 * MARGIN, lines.len() * LINE + 2 * PADDING - 4);
            // Here and below: writing to a string cannot fail.
            let _ = writeln!(
                self.boxes,
                "<rect class=\"box box-{class}\" x=\"{MARGIN}\" y=\"{y}\" width=\"{width}\" height=\"{height}\" rx=\"3\"/>"
            );
            for (index, line) in lines.iter().enumerate() {
                let (x, y) = (MARGIN + 12, self.y + PADDING + 11 + index * LINE);
                let line = escape(line);
                let _ = writeln!(self.boxes, "<text class=\"box-text\" x=\"{x}\" y=\"{y}\">{line}</text>");
            }
            self.y += height + MARGIN;
        }
    }

    /// A line down to what follows, with what happens on the way; it points, or only ties together.
    fn arrow(&mut self, label: &str, points: bool) {
        const X: usize = 22;
        let (from, to) = (self.y + 4, self.y + ARROW - 4);
        let class = if points { "arrow" } else { "tie" };
        let _ = writeln!(
            self.arrows,
            "<line class=\"{class}\" x1=\"{X}\" x2=\"{X}\" y1=\"{from}\" y2=\"{to}\"/>"
        );
        if points {
            let (left, right, top) = (X - 5, X + 5, to - 8);
            let _ =
                writeln!(self.arrows, "<path class=\"head\" d=\"M{left} {top}L{right} {top}L{X} {to}Z\"/>");
        }
        let (x, y) = (X + 14, self.y + ARROW / 2 + 4);
        let label = wrapped(&visible_line(label)).swap_remove(0);
        let label = escape(&label);
        let _ = writeln!(self.arrows, "<text class=\"way\" x=\"{x}\" y=\"{y}\">{label}</text>");
        self.y += ARROW;
    }

    fn finish(self, label: String) -> Figure {
        let shapes = Value::safe_string(&(self.arrows + &self.boxes));
        Figure { width: WIDTH, height: self.y + 2 * MARGIN, label, shapes }
    }
}

/// A name over lines that fit a box, broken behind `.`, `_` and `/`; what is too long ends in `…`.
fn wrapped(name: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    let mut room = LETTERS;
    for mut part in name.split_inclusive(['.', '_', '/', ':', ' ']) {
        while !part.is_empty() {
            let letters = part.chars().count();
            if letters > room && room < LETTERS {
                lines.push(String::new());
                room = LETTERS;
            }
            let fits = part.char_indices().nth(room).map_or(part.len(), |(end, _)| end);
            let last = lines.last_mut().expect("there is a line from the start");
            last.push_str(&part[..fits]);
            room -= letters.min(room);
            part = &part[fits..];
        }
    }
    if lines.len() > MOST_LINES {
        lines.truncate(MOST_LINES);
        if let Some(last) = lines.last_mut() {
            last.truncate(last.char_indices().nth(LETTERS - 1).map_or(last.len(), |(at, _)| at));
            last.push('…');
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_break_at_their_joints() {
        let name = "redis_hll_counters.count_distinct_user_id_from_create_issue_and_close_issue_weekly";
        let lines = wrapped(name);
        assert_eq!(lines.concat(), name);
        assert!(
            lines.iter().all(|line| line.chars().count() <= LETTERS) && lines[0].ends_with('_'),
            "{lines:?}"
        );
        let long = wrapped(&"x".repeat(5000));
        assert!(long.len() == MOST_LINES && long[2].ends_with('…'));
    }
}
