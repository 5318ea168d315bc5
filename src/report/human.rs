//! `check --format human`: excerpts with carets, as rustc prints them.

use std::io::Write;
use std::ops::Range;

use annotate_snippets::{AnnotationKind, Group, Level, Origin, Renderer, Snippet};

use super::{Look, summary};
use crate::check::{Finding, Severity};
use crate::dictionary::Checked;
use crate::error::Result;
use crate::source::{SourceFile, Span};
use crate::visible::visible_line;

/// The most lines of one excerpt; a finding on a long value shows its beginning.
const EXCERPT_LINES: usize = 4;

/// The longest excerpt in bytes. Beyond it no caret can be seen, and the renderer's cost grows with it.
const EXCERPT_BYTES: u32 = 1000;

/// Writes every finding with its excerpt, then the summary line. On a terminal, rules lead to their pages.
///
/// # Errors
/// When the writer fails.
pub(super) fn human(checked: &Checked<'_>, look: Look<'_>, out: &mut dyn Write) -> Result<()> {
    let renderer = if look.color { Renderer::styled() } else { Renderer::plain() };
    for finding in checked.findings {
        let page = look.rule_page(finding.rule).filter(|_| look.color);
        writeln!(out, "{}\n", render(finding, page, checked, &renderer))?;
    }
    Ok(writeln!(out, "{}", summary(&checked.summary()))?)
}

fn render(finding: &Finding, page: Option<String>, checked: &Checked<'_>, renderer: &Renderer) -> String {
    let level = match finding.severity {
        Severity::Error => Level::ERROR,
        Severity::Warning => Level::WARNING,
        Severity::Info | Severity::Off => Level::INFO,
    };
    let file = |index: usize| checked.definitions[index].source;
    let title = level.primary_title(finding.message.as_str()).id(finding.rule.id);
    let title = match page {
        Some(page) => title.id_url(page),
        None => title,
    };
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
        return group.element(Origin::path(visible_line(&file.display_path)));
    }
    let start = file.text.position(span.start);
    match excerpt(file, span, start.line) {
        Some((excerpt, annotated)) => group.element(
            Snippet::source(excerpt)
                .path(visible_line(&file.display_path))
                .line_start(start.line)
                .annotation(kind.span(annotated).label(label)),
        ),
        None => {
            let origin =
                Origin::path(visible_line(&file.display_path)).line(start.line).char_column(start.column);
            let group = group.element(origin);
            label.into_iter().fold(group, |group, label| group.element(Level::NOTE.message(label)))
        }
    }
}

/// The lines of a span and the span within them; nothing where they are too long to be looked at.
fn excerpt(file: &SourceFile, span: Span, first: usize) -> Option<(&str, Range<usize>)> {
    let last = file.text.position(span.end).line.min(first + EXCERPT_LINES - 1);
    let window = Span { start: file.text.line(first).start, end: file.text.line(last).end };
    let start = span.start.saturating_sub(window.start) as usize;
    let end = (span.end.min(window.end).saturating_sub(window.start) as usize).max(start);
    (window.end - window.start <= EXCERPT_BYTES).then(|| (file.text.slice(window), start..end))
}
