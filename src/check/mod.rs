//! Rules over definitions, and the findings they make.
//!
//! Takes the parsed definitions and the vocabulary; gives all findings, sorted by place. Document rules look at one
//! definition, collection rules at all of them together. How findings look is the business of `report`.

mod baseline;
mod causes;
mod config;
mod finding;
mod findings;
pub mod fix;
mod levels;
mod rule;
mod rules;
mod suppress;

use rayon::prelude::*;

use crate::definition::{Definition, History};
use crate::error::Result;
use crate::schema::ProjectSchemas;
use crate::suggest;
use crate::vocabulary::Vocabulary;

pub use baseline::{Baseline, Entry};
pub use config::{CheckConfig, Override};
pub use finding::{Finding, Fix, Related};
pub use findings::{Findings, Hidden};
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
    /// What was there before, with `--since`.
    pub history: Option<History<'c>>,
    /// The project's own schemas.
    pub schemas: &'c ProjectSchemas,
}

/// Applies every rule to every definition.
///
/// The findings come sorted by file and place, the same for any number of threads; severities follow the
/// configuration, and what it turns off is left out. What comments suppress is kept apart.
///
/// # Errors
/// When a glob of `[[check.override]]` is malformed, or a schema of `[check] schema` cannot be used.
pub fn run(
    definitions: &[Definition<'_>],
    vocabulary: &Vocabulary,
    config: &CheckConfig,
) -> Result<Findings> {
    apply(definitions, None, vocabulary, config)
}

/// As [`run`], with the rules that compare with earlier definitions. The last `deleted` of `definitions` are places
/// alone: what stood in files that are gone.
///
/// # Errors
/// As [`run`].
pub fn run_since(
    definitions: &[Definition<'_>],
    (earlier, deleted): (&[Definition<'_>], usize),
    vocabulary: &Vocabulary,
    config: &CheckConfig,
) -> Result<Findings> {
    let deleted = &definitions[definitions.len().saturating_sub(deleted)..];
    apply(definitions, Some(History { earlier, deleted }), vocabulary, config)
}

fn apply(
    all: &[Definition<'_>],
    history: Option<History<'_>>,
    vocabulary: &Vocabulary,
    config: &CheckConfig,
) -> Result<Findings> {
    let levels = Levels::new(config)?;
    let definitions = &all[..all.len() - history.map_or(0, |history| history.deleted.len())];
    let schemas = ProjectSchemas::load(&config.schema, vocabulary)?;
    let context = &Context { preset: config.preset, vocabulary, history, schemas: &schemas };
    let mut findings: Vec<Finding> = definitions
        .par_iter()
        .flat_map_iter(|definition| {
            let mut found = Vec::new();
            for rule in rules::DOCUMENT_RULES {
                rule(definition, context, &mut found);
            }
            // What an error cut short would only be reported a second time.
            let document = &definition.document;
            found.retain(|finding| document.is_read(finding.span.start) || finding.rule.is_about_reading());
            found
        })
        .collect();
    let over_all = rules::COLLECTION_RULES.par_iter().map(|rule| {
        let mut found = Vec::new();
        rule(definitions, context, &mut found);
        found
    });
    findings.extend(over_all.collect::<Vec<_>>().into_iter().flatten());
    findings.retain_mut(|finding| levels.apply(finding, &all[finding.file].source.path));
    rules::drop_repetitions(&mut findings);
    causes::drop_consequences(&mut findings);
    let mut findings = suppress::apply(definitions, findings, &levels);
    findings.sort(all);
    Ok(findings)
}

/// The rule that an unknown id most likely means: of the same name, or of nearly the same id.
pub fn nearest_rule(id: &str) -> Option<&'static str> {
    let ids = || RULES.iter().map(|rule| rule.id);
    ids().find(|known| known.ends_with(&format!("/{id}"))).or_else(|| suggest::nearest(id, ids()))
}

/// The rule with an id.
pub fn rule(id: &str) -> Option<&'static Rule> {
    RULES.iter().copied().find(|rule| rule.id == id)
}
