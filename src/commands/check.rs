//! `check`: all findings at once.

use std::path::{Path, PathBuf};

use super::project::Project;
use super::{Answer, Streams};
use crate::check::{self, Finding};
use crate::cli::{Check, CheckFormat, Global};
use crate::config::Config;
use crate::definition::{self, Definition};
use crate::dictionary::Dictionary;
use crate::error::{Error, Result};
use crate::report;

/// Reads and checks everything, reports what lies below the given paths.
pub(super) fn run(global: &Global, arguments: &Check, streams: &mut Streams<'_>) -> Result<Answer> {
    let project = Project::read(global, streams)?;
    let definitions = definition::parse(&project.files);
    let mut findings = check::run(&definitions, &project.vocabulary, &project.config.check)?;
    if !arguments.paths.is_empty() {
        let chosen = chosen(&arguments.paths, &definitions, &project.config)?;
        findings.retain(|finding: &Finding| chosen[finding.file]);
    }
    let dictionary = Dictionary::link(&definitions, &project.vocabulary, &findings).hiding(findings.hidden());
    match arguments.format {
        CheckFormat::Human => report::human(&dictionary, streams.color, streams.out)?,
        CheckFormat::Json => report::json(&dictionary, streams.out)?,
    }
    let fail_on = arguments.fail_on.unwrap_or(project.config.check.fail_on);
    Ok(if fail_on.fails(&findings) { Answer::No } else { Answer::Yes })
}

/// Chooses the files below a path that reaches a source through a link; false where it reaches none.
fn choose_by_real_path(
    path: &Path,
    definitions: &[Definition<'_>],
    config: &Config,
    chosen: &mut [bool],
) -> bool {
    let Ok(real) = config.directory.join(path).canonicalize() else { return false };
    let roots: Vec<_> =
        config.sources.iter().map(|source| source.root.canonicalize().unwrap_or_default()).collect();
    let mut any = false;
    for (index, definition) in definitions.iter().enumerate() {
        if roots[definition.source.source].join(&definition.source.path).starts_with(&real) {
            chosen[index] = true;
            any = true;
        }
    }
    any
}

/// For each file whether it is, or lies below, one of the paths.
fn chosen(paths: &[PathBuf], definitions: &[Definition<'_>], config: &Config) -> Result<Vec<bool>> {
    let mut chosen = vec![false; definitions.len()];
    for path in paths {
        let wanted = config.display_path(&config.directory.join(path));
        let mut any = false;
        for (index, definition) in definitions.iter().enumerate() {
            let file = definition.source.display_path.as_str();
            let below =
                file.strip_prefix(&wanted).is_some_and(|rest| rest.is_empty() || rest.starts_with('/'));
            if below || wanted.is_empty() {
                chosen[index] = true;
                any = true;
            }
        }
        if !any {
            any = choose_by_real_path(path, definitions, config, &mut chosen);
        }
        if !any {
            let message =
                format!("`{}` is no definition and holds none: no source's globs match it", path.display());
            return Err(Error::Usage(message));
        }
    }
    Ok(chosen)
}
