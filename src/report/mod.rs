//! Findings and items as people and programs read them: pure functions into a writer, a file for each format.

mod concise;
mod fingerprint;
mod format;
mod github;
mod gitlab;
mod hits;
mod human;
mod items;
mod json;
mod junit;
mod line;
mod sarif;
mod summary;
mod wording;

use std::io::Write;

use crate::check::Rule;
use crate::dictionary::{Checked, FindingJson};
use crate::error::Result;

pub use format::{Format, ReportTarget, targets};
pub use hits::{hits, hits_json};
pub use items::items;
pub use json::write_json;
pub use line::json_line;
pub use summary::summary;

/// How a report may look, and what it may link to.
#[derive(Debug, Clone, Copy)]
pub struct Look<'s> {
    color: bool,
    site: Option<&'s str>,
}

impl<'s> Look<'s> {
    /// With or without colours; `site` is the address at which the dictionary is published.
    pub fn new(color: bool, site: Option<&'s str>) -> Self {
        Self { color, site }
    }

    /// The published page about a rule.
    fn rule_page(self, rule: &Rule) -> Option<String> {
        Some(format!("{}/rules/{}/", self.site?.trim_end_matches('/'), rule.id))
    }
}

/// Writes all findings in a format; paths are relative to the working directory.
///
/// # Errors
/// When the writer fails.
pub fn write(format: Format, checked: &Checked<'_>, look: Look<'_>, out: &mut dyn Write) -> Result<()> {
    match format {
        Format::Human => human::human(checked, look, out),
        Format::Concise => concise::concise(checked, out),
        Format::Json => json::json(checked, out),
        Format::Sarif => sarif::sarif(checked, look, out),
        Format::Junit => junit::junit(checked, out),
        Format::Github => github::github(checked, out),
        Format::Gitlab => gitlab::gitlab(checked, out),
    }
}

/// The findings with lines, columns and paths, in their order.
fn located<'d>(checked: &Checked<'d>) -> impl Iterator<Item = FindingJson<'d>> {
    let Checked { definitions, findings, .. } = *checked;
    findings
        .iter()
        .map(|finding| FindingJson::new(finding, definitions, |definition| &definition.source.display_path))
}
