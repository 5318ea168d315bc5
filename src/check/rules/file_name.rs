//! Names of files.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::{self, Values};
use crate::source::Kind;

rule! {
    /// The file of an event is called like its action.
    ///
    /// The names of legacy events may start with their category, and what older generators named, with a time stamp,
    /// is left alone.
    ///
    /// ## Why
    /// Whoever knows the event finds the file, and two people who define it at the same time notice.
    ///
    /// ## Bad
    /// ```yaml
    /// # events/new_issue.yml
    /// action: create_issue
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// # events/create_issue.yml
    /// action: create_issue
    /// ```
    ///
    /// Reference: GitLab's documentation of event definitions.
    RULE = "event/file-name", Warning Warning Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Event), Some(action)) = (definition.kind(), definition.get("action")) else { return };
    let Some(name) = action.text().filter(|name| is_valid(name)) else { return };
    let file = definition.source.path.rsplit('/').next().unwrap_or_default();
    let (stem, extension) = file.rsplit_once('.').unwrap_or((file, "yml"));
    let legacy = !definition.is_internal_event() && stem.ends_with(&format!("_{name}"));
    if stem == name || legacy || is_stamped(stem) {
        return;
    }
    let finding = Finding::new(
        &RULE,
        definition.file,
        action.span,
        format!("the event `{name}` is defined in `{file}`"),
    );
    findings.push(
        finding.at("/action").help(format!("rename the file to `{name}.{extension}`, or correct the action")),
    );
}

/// Whether an action has the right form; others are reported for that.
fn is_valid(action: &str) -> bool {
    let form = fields::find(Kind::Event, "action").map(|field| field.values);
    matches!(form, Some(Values::Form(matches, _)) if matches(action))
}

/// `1651052988_…` or `20210915205109_…`
fn is_stamped(stem: &str) -> bool {
    /// The digits of a day; seconds since 1970 have more.
    const SHORTEST: usize = 8;
    let digits = stem.bytes().take_while(u8::is_ascii_digit).count();
    digits >= SHORTEST && stem[digits..].starts_with('_')
}
