//! Where removed events are kept.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::{Kind, Span};

rule! {
    /// A removed event, and no other, is kept in a folder `removed`.
    ///
    /// ## Why
    /// GitLab reads no events from `removed`: an event there is not sent, whatever its status says, and one that is kept with
    /// the others still counts as sent.
    ///
    /// ## Bad
    /// ```yaml
    /// # events/removed/create_issue.yml
    /// status: active
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// # events/removed/create_issue.yml
    /// status: removed
    /// ```
    ///
    /// Reference: GitLab's documentation of the event lifecycle.
    RULE = "event/removed-folder", Warning Warning Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Event), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    let folder = definition.source.path.rsplit_once('/').map_or("", |(folder, _)| folder);
    let put_away = folder.split('/').any(|part| part == "removed");
    let status = root.get("status");
    let (span, message, help) = match (put_away, status.and_then(|status| status.text())) {
        (true, None) if status.is_none() => (
            definition.start(),
            "an event in the folder `removed` has no status",
            "add `status: removed`, or move the file out of the folder",
        ),
        (true, Some("active")) => (
            status.map_or_else(Span::default, |status| status.span),
            "an event in the folder `removed` is `active`",
            "write `status: removed`, or move the file out of the folder",
        ),
        (false, Some("removed")) => (
            status.map_or_else(Span::default, |status| status.span),
            "a removed event is kept with those that are sent",
            "move the file to a folder `removed`",
        ),
        _ => return,
    };
    findings.push(Finding::new(&RULE, definition.file, span, message).at("/status").help(help));
}
