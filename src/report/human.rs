//! `check --format human`: excerpts with carets, as rustc prints them.

use std::io::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::words;
use crate::check::{Finding, Severity};
use crate::dictionary::Dictionary;
use crate::error::Result;
use crate::source::{SourceFile, Span};

/// The most lines of one excerpt; a finding on a long value shows its beginning.
const EXCERPT_LINES: usize = 4;

/// Writes every finding with its excerpt, then the summary line.
///
/// # Errors
/// When the writer fails.
pub fn human(dictionary: &Dictionary<'_>, color: bool, out: &mut dyn Write) -> Result<()> {
    let renderer = if color { Renderer::styled() } else { Renderer::plain() };
    for finding in dictionary.findings {
        writeln!(out, "{}\n", render(finding, dictionary, &renderer))?;
    }
    Ok(writeln!(out, "{}", words::summary(&dictionary.summary()))?)
}

fn render(finding: &Finding, dictionary: &Dictionary<'_>, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info | Severity::Off => Level::INFO,
    };
    let file = |index: usize| dictionary.definitions[index].source;
    let title = level.primary_title(finding.message.as_str()).id(finding.rule.id);
    let mut group = Group::with_title(title);
    group = place(group, file(finding.file), finding.span, None);
    // Places in the same file belong into the same excerpt only if they are near; rustc shows them apart as well.
    for related in &finding.related {
        group = place(group, file(related.file), related.span, Some(&related.message));
    }
    if let Some(help) = &finding.help {
        group = group.element(Level::HELP.message(help.as_str()));
    }
    renderer.render(&[group])
}

/// Adds an excerpt; only its lines are handed on, since the renderer's cost grows with what it is given.
fn place<'a>(group: Group<'a>, file: &'a SourceFile, span: Span, label: Option<&'a str>) -> Group<'a> {
    let kind = if label.is_none() { AnnotationKind::Primary } else { AnnotationKind::Context };
    if file.text.as_str().is_empty() {
        return group.element(Origin::path(file.display_path.as_str()));
    }
    let (lines, excerpt, annotated) = excerpt(file, span);
    group.element(
        Snippet::source(excerpt)
            .path(file.display_path.as_str())
            .line_start(lines)
            .annotation(kind.span(annotated).label(label)),
    )
}

/// The first line's number, the lines of a span, and the span within them.
fn excerpt(file: &SourceFile, span: Span) -> (usize, &str, Range<usize>) {
    let first = file.text.position(span.start).line;
    let last = file.text.position(span.end).line.min(first + EXCERPT_LINES - 1);
    let window = Span { start: file.text.line(first).start, end: file.text.line(last).end };
    let start = span.start.saturating_sub(window.start) as usize;
    let end = (span.end.min(window.end).saturating_sub(window.start) as usize).max(start);
    (first, file.text.slice(window), start..end)
}
