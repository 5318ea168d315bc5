//! The computation of a metric as a drawing: what goes in, the metric, the same metric for other time frames.
//!
//! Boxes stand one below the other, so that the drawing fits a phone. Lengths are in units of the drawing, which is
//! [`WIDTH`] units wide.

use serde::Serialize;

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
    boxes: Vec<Shape>,
    arrows: Vec<Arrow>,
}

#[derive(Debug, Serialize)]
struct Shape {
    class: &'static str,
    x: usize,
    y: usize,
    width: usize,
    height: usize,
    lines: Vec<TextLine>,
}

#[derive(Debug, Serialize)]
struct TextLine {
    y: usize,
    text: String,
}

#[derive(Debug, Serialize)]
struct Arrow {
    x: usize,
    from: usize,
    to: usize,
    /// What happens on the way.
    label: String,
    label_y: usize,
    /// Whether it points, or only ties together.
    points: bool,
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

/// A drawing in the making.
#[derive(Default)]
struct Drawing {
    boxes: Vec<Shape>,
    arrows: Vec<Arrow>,
    y: usize,
}

impl Drawing {
    fn boxes(&mut self, class: &'static str, names: &[&str]) {
        let more = names.len().saturating_sub(MOST_BOXES);
        let shown = names.iter().take(MOST_BOXES).map(|name| wrapped(&visible_line(name)));
        let rest = (more > 0).then(|| vec![format!("and {more} more")]);
        for lines in shown.chain(rest) {
            if self.boxes.last().is_some_and(|last| last.class == class) {
                self.y += GAP;
            }
            let height = lines.len() * LINE + 2 * PADDING - 4;
            let line = |(index, text)| TextLine { y: self.y + PADDING + 11 + index * LINE, text };
            let lines = lines.into_iter().enumerate().map(line).collect();
            let y = self.y;
            self.boxes.push(Shape {
                class,
                x: MARGIN,
                y: y + MARGIN,
                width: WIDTH - 2 * MARGIN,
                height,
                lines,
            });
            self.y += height + MARGIN;
        }
    }

    fn arrow(&mut self, label: &str, points: bool) {
        let (from, to) = (self.y + 4, self.y + ARROW - 4);
        let label = wrapped(&visible_line(label)).swap_remove(0);
        self.arrows.push(Arrow { x: 22, from, to, label, label_y: self.y + ARROW / 2 + 4, points });
        self.y += ARROW;
    }

    fn finish(self, label: String) -> Figure {
        Figure { width: WIDTH, height: self.y + 2 * MARGIN, label, boxes: self.boxes, arrows: self.arrows }
    }
}

/// A name over lines that fit a box, broken behind `.`, `_` and `/`; what is too long ends in `…`.
fn wrapped(name: &str) -> Vec<String> {
    let mut lines = vec![String::new()];
    for part in name.split_inclusive(['.', '_', '/', ':', ' ']) {
        let mut part: Vec<char> = part.chars().collect();
        while !part.is_empty() {
            let last = lines.last_mut().expect("there is a line from the start");
            let room = LETTERS - last.chars().count();
            if part.len() <= room {
                last.extend(part.drain(..));
            } else if last.is_empty() {
                last.extend(part.drain(..room));
            } else {
                lines.push(String::new());
            }
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
