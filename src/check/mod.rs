//! Rules over definitions, and the findings they make.
//!
//! Takes the parsed definitions and the vocabulary; gives all findings, sorted by place. Document rules look at one
//! definition, collection rules at all of them together. How findings look is the business of `report`.

mod config;
mod finding;
mod levels;
mod rule;
mod rules;

use rayon::prelude::*;

use crate::definition::Definition;
use crate::error::Result;
use crate::vocabulary::Vocabulary;

pub use config::{CheckConfig, Override};
pub use finding::{Finding, Fix, Related};
pub use levels::{FailOn, Preset, Severity};
pub use rule::Rule;
pub use rules::RULES;

use levels::Levels;

/// What rules know besides the definitions.
#[derive(Debug)]
pub struct Context<'c> {
    /// Which generation of rules applies.
    pub preset: Preset,
    /// Known groups and categories.
    pub vocabulary: &'c Vocabulary,
}

/// Applies every rule to every definition.
///
/// The findings come sorted by file and place, the same for any number of threads; severities follow the
/// configuration, and what it turns off is left out.
///
/// # Errors
/// When a glob of `[[check.override]]` is malformed.
pub fn run(
    definitions: &[Definition<'_>],
    vocabulary: &Vocabulary,
    config: &CheckConfig,
) -> Result<Vec<Finding>> {
    let levels = Levels::new(config)?;
    let context = Context { preset: config.preset, vocabulary };
    let mut findings: Vec<Finding> = definitions
        .par_iter()
        .flat_map_iter(|definition| {
            let mut found = Vec::new();
            for rule in rules::DOCUMENT_RULES {
                rule(definition, &context, &mut found);
            }
            // What an error cut short would only be reported a second time.
            let document = &definition.document;
            found.retain(|finding| document.is_read(finding.span.start) || finding.rule.is_about_reading());
            found
        })
        .collect();
    for rule in rules::COLLECTION_RULES {
        rule(definitions, &context, &mut findings);
    }
    findings.retain_mut(|finding| levels.apply(finding, &definitions[finding.file].source.path));
    findings.sort_by(|a, b| {
        let place =
            |finding: &Finding| (&definitions[finding.file].source.display_path, finding.file, finding.span);
        place(a).cmp(&place(b)).then_with(|| (a.rule.id, &a.message).cmp(&(b.rule.id, &b.message)))
    });
    Ok(findings)
}

/// The rule with an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
