//! Findings that a comment in the definition suppresses: `# dictionary: ignore[rule] because …`.

mod comment;

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use self::comment::{Comment, Reach, Reading};
use super::finding::{Finding, Fix};
use super::findings::Findings;
use super::levels::Levels;
use super::rules::{invalid_suppression, needs_history, suppression_without_reason, unused_suppression};
use super::{nearest_rule, rule};
use crate::definition::Definition;
use crate::source::Span;

/// Sets aside what comments suppress and adds what is wrong with the comments themselves.
///
/// Findings about reading (`yaml/…`, `file/…`) are never suppressed: the comments of such a file may be misread too.
pub(super) fn apply(definitions: &[Definition<'_>], findings: Vec<Finding>, levels: &Levels) -> Findings {
    let mut comments: HashMap<usize, Vec<Suppression<'_>>> = definitions
        .par_iter()
        .map(|definition| (definition.file, suppressions(definition)))
        .filter(|(_, comments)| !comments.is_empty())
        .collect();
    if comments.is_empty() {
        return Findings::new(findings, Vec::new());
    }
    let (suppressed, mut reported): (Vec<Finding>, Vec<Finding>) =
        findings.into_iter().partition(|finding| {
            let comments = comments.get_mut(&finding.file).map(Vec::as_mut_slice).unwrap_or_default();
            // Every comment that holds is used, not only the first.
            let held = comments.iter_mut().filter_map(|comment| comment.holds_for(finding).then_some(()));
            !finding.rule.is_about_reading() && held.count() > 0
        });
    for definition in definitions {
        let path = &definition.source.path;
        for suppression in comments.remove(&definition.file).unwrap_or_default() {
            let found = suppression.check(definition, levels);
            reported.extend(
                found
                    .into_iter()
                    .filter_map(|mut finding| levels.apply(&mut finding, path).then_some(finding)),
            );
        }
    }
    Findings::new(reported, suppressed)
}

/// One comment that is meant for us.
struct Suppression<'s> {
    span: Span,
    reading: Reading<'s>,
    /// Where findings must start to be suppressed; `None` where the comment cannot hold.
    holds: Option<Span>,
    /// Which of its rules suppressed something.
    used: Vec<bool>,
}

/// The comments of one definition that are meant for us.
fn suppressions<'s>(definition: &Definition<'s>) -> Vec<Suppression<'s>> {
    let source = definition.source;
    let comments = definition.document.comments.iter();
    let mut below = Below { definition, block: 0..0, holds: Span::default() };
    comments
        .filter_map(|&span| {
            let reading = Comment::read(source.text.slice(span))?;
            let (holds, rules) = match &reading {
                Reading::Suppression(comment) if comment.has_reason => {
                    (reach(definition, comment.reach, span, &mut below), comment.rules.len())
                }
                _ => (None, 0),
            };
            Some(Suppression { span, reading, holds, used: vec![false; rules] })
        })
        .collect()
}

/// The part of the file that a comment holds for.
fn reach(
    definition: &Definition<'_>,
    reach: Reach,
    comment: Span,
    below: &mut Below<'_, '_>,
) -> Option<Span> {
    let text = &definition.source.text;
    if reach == Reach::File {
        let first = definition.start();
        return (first == Span::default() || comment.start < first.start).then(|| Span::new(0, usize::MAX));
    }
    let line = text.position(comment.start).line;
    Some(if below.stands_alone(line) { below.the_block_of(line) } else { text.line(line) })
}

/// What stands below comments with lines of their own: the same for all comments of a block.
struct Below<'d, 's> {
    definition: &'d Definition<'s>,
    /// The lines of the last block, from the first comment that was asked for.
    block: Range<usize>,
    holds: Span,
}

impl Below<'_, '_> {
    fn stands_alone(&self, line: usize) -> bool {
        let text = &self.definition.source.text;
        text.slice(text.line(line)).trim_start().starts_with('#')
    }

    /// The field, or line, below the block that a line belongs to.
    fn the_block_of(&mut self, line: usize) -> Span {
        if !self.block.contains(&line) {
            let count = self.definition.source.text.line_count();
            let below = (line..count).find(|&line| !self.stands_alone(line)).unwrap_or(count);
            self.block = line..below;
            self.holds = self.field(below);
        }
        self.holds
    }

    /// The field that starts on a line, with all its lines; else the line.
    fn field(&self, line: usize) -> Span {
        let below = self.definition.source.text.line(line);
        let entries = self.definition.root().map(|root| root.entries()).unwrap_or_default();
        let starts = |key: Span| (below.start..=below.end).contains(&key.start);
        match entries.iter().position(|entry| starts(entry.key_span)) {
            Some(index) => {
                let end = entries[index].value.span.end.max(below.end);
                let next = entries.get(index + 1).map_or(u32::MAX, |next| next.key_span.start);
                Span { start: below.start, end: end.min(next.saturating_sub(1)).max(below.start) }
            }
            None => below,
        }
    }
}

impl Suppression<'_> {
    /// Whether the comment holds for a finding; remembers which of its rules did.
    fn holds_for(&mut self, finding: &Finding) -> bool {
        let (Reading::Suppression(comment), Some(holds)) = (&self.reading, self.holds) else { return false };
        let rule = comment.rules.iter().position(|&(id, _)| id == finding.rule.id);
        match rule {
            Some(rule) if (holds.start..=holds.end).contains(&finding.span.start) => {
                self.used[rule] = true;
                true
            }
            _ => false,
        }
    }

    /// What is wrong with the comment.
    fn check(&self, definition: &Definition<'_>, levels: &Levels) -> Vec<Finding> {
        let finding = |rule, span, message: String| Finding::new(rule, definition.file, span, message);
        let comment = match &self.reading {
            Reading::Suppression(comment) => comment,
            Reading::Malformed => {
                let message = "this comment starts as a suppression and is none".to_owned();
                return vec![
                    finding(&invalid_suppression::RULE, self.span, message)
                        .help("write `# dictionary: ignore[RULE] because …` or `# dictionary: ignore-file[RULE] because …`"),
                ];
            }
        };
        let mut found: Vec<Finding> = comment
            .rules
            .iter()
            .filter_map(|&(id, at)| {
                let span = Span::new(self.span.start as usize + at, self.span.start as usize + at + id.len());
                let (message, help) = unsuppressible(id)?;
                Some(finding(&invalid_suppression::RULE, span, message).help(help))
            })
            .collect();
        if !comment.has_reason {
            found.push(
                finding(
                    &suppression_without_reason::RULE,
                    self.span,
                    "this suppression gives no reason, and so does not hold".to_owned(),
                )
                .help("say why behind the bracket: `… because …`"),
            );
        } else if self.holds.is_none() {
            found.push(
                finding(
                    &invalid_suppression::RULE,
                    self.span,
                    "a suppression for the whole file stands above its first field".to_owned(),
                )
                .help("move it to the top, or write `ignore` for the field below"),
            );
        } else if definition.document.is_complete() {
            found.extend(self.unused(comment, definition, levels));
        }
        found
    }

    /// The finding about those rules of the comment that suppressed nothing, with the edit that takes them out.
    fn unused(&self, comment: &Comment<'_>, definition: &Definition<'_>, levels: &Levels) -> Option<Finding> {
        let path = &definition.source.path;
        let idle = |index: usize| {
            let id = comment.rules[index].0;
            !self.used[index] && unsuppressible(id).is_none() && !needs_history(id) && levels.is_on(id, path)
        };
        let (unused, kept): (Vec<usize>, Vec<usize>) =
            (0..comment.rules.len()).partition(|&index| idle(index));
        if unused.is_empty() {
            return None;
        }
        let names = |indices: &[usize], quote: &str| {
            let names: Vec<String> =
                indices.iter().map(|&index| format!("{quote}{}{quote}", comment.rules[index].0)).collect();
            names.join(", ")
        };
        let start = self.span.start as usize;
        let fix = if kept.is_empty() {
            Fix {
                title: "delete the suppression".to_owned(),
                span: removal(definition, self.span),
                replacement: String::new(),
            }
        } else {
            Fix {
                title: "take the unused rules out of the suppression".to_owned(),
                span: Span::new(start + comment.list.start, start + comment.list.end),
                replacement: names(&kept, ""),
            }
        };
        let message = format!("nothing to suppress for {}", names(&unused, "`"));
        let mut finding = Finding::new(&unused_suppression::RULE, definition.file, self.span, message)
            .help("delete it, or move it to the line of the finding or directly above");
        finding.fix = Some(fix);
        Some(finding)
    }
}

/// Why a rule cannot be suppressed, and what to do; nothing where it can.
fn unsuppressible(id: &str) -> Option<(String, String)> {
    match rule(id) {
        Some(rule) if rule.is_about_reading() => {
            Some((format!("`{id}` cannot be suppressed"), "mend the file".to_owned()))
        }
        Some(_) => None,
        None => {
            let near = nearest_rule(id).map(|near| format!("did you mean `{near}`?"));
            let help =
                near.unwrap_or_else(|| "`metrics-dictionary explain --list` names all rules".to_owned());
            Some((format!("there is no rule `{id}`"), help))
        }
    }
}

/// What to delete with a comment: its whole line, or the space before it.
fn removal(definition: &Definition<'_>, comment: Span) -> Span {
    let content = definition.source.text.as_str();
    let (start, end) = (comment.start as usize, comment.end as usize);
    let before = content[..start].trim_end_matches([' ', '\t']);
    if !before.is_empty() && !before.ends_with('\n') {
        return Span::new(before.len(), end);
    }
    let rest = &content[end..];
    let line_break = rest.find('\n').map_or(rest.len(), |at| at + 1);
    Span::new(before.len(), end + line_break)
}
