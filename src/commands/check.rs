//! `check`: all findings at once.

use std::io::Read;
use std::path::{Path, PathBuf};

use super::project::Project;
use super::scope::Scope;
use super::{Answer, Streams, mend};
use crate::cli::{Check, Global};
use crate::config::Config;
use crate::definition::{self, Definition};
use crate::dictionary::Checked;
use crate::error::{Error, Result};
use crate::output;
use crate::report::{self, Look, ReportTarget};
use crate::source::Limits;

/// Reads and checks everything, reports what the command line limits the report to.
pub(super) fn run(global: &Global, arguments: &Check, streams: &mut Streams<'_>) -> Result<Answer> {
    let targets = report::targets(&arguments.formats)?;
    let (mut project, buffer) = read(global, arguments, streams)?;
    let scope = Scope::new(arguments, &mut project, buffer)?;
    let mended = if arguments.fix { mend::mend(&mut project, &scope)? } else { Vec::new() };
    mend::present(&mended, &project, arguments.diff, streams)?;

    let definitions = definition::parse(&project.files);
    let mut findings = scope.check(&project, &definitions)?;
    scope.compare_with_baseline(&mut findings, &project, &definitions, streams)?;
    scope.limit(&mut findings, &project, &definitions)?;
    let checked = Checked { definitions: &definitions, findings: &findings, hidden: findings.hidden() };
    if arguments.diff {
        streams.say(report::summary(&checked.summary()))?;
    }
    // A patch has standard output to itself.
    for target in targets.iter().filter(|target| !arguments.diff || target.file.is_some()) {
        write(target, &checked, &project.config, streams)?;
    }
    let fail_on = arguments.fail_on.unwrap_or(project.config.check.fail_on);
    let would_mend = arguments.diff && !mended.is_empty();
    let answer = if fail_on.fails(&findings) || would_mend { Answer::No } else { Answer::Yes };
    // The process ends: the system takes its memory back at once, where giving back a million values takes its time.
    std::mem::forget(definitions);
    std::mem::forget(project);
    Ok(answer)
}

/// The project, and the index of the file whose text comes from standard input.
fn read(global: &Global, arguments: &Check, streams: &mut Streams<'_>) -> Result<(Project, Option<usize>)> {
    let Some(path) = &arguments.stdin_filename else {
        let config = Config::load(&global.selection())?;
        let project = if arguments.allow_empty {
            Project::or_empty(config, streams)?
        } else {
            Project::with(config, streams)?
        };
        return Ok((project, None));
    };
    let mut text = Vec::new();
    let limit = Limits::MOST.file_bytes + 1;
    let read = std::io::stdin().lock().take(limit).read_to_end(&mut text);
    read.map_err(|error| Error::io("read", Path::new("standard input"), error))?;
    let (project, index) = Project::read_with_buffer(global, (path, text), streams)?;
    Ok((project, Some(index)))
}

/// Writes one report to where it belongs; files have no colours.
fn write(
    target: &ReportTarget,
    checked: &Checked<'_>,
    config: &Config,
    streams: &mut Streams<'_>,
) -> Result<()> {
    let site = config.site.base_url.as_deref();
    let Some(file) = &target.file else {
        return report::write(target.format, checked, Look::new(streams.color, site), streams.out);
    };
    let mut bytes = Vec::new();
    report::write(target.format, checked, Look::new(false, site), &mut bytes)?;
    output::write_file(&config.directory.join(file), &bytes)
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
pub(super) fn chosen(
    paths: &[PathBuf],
    definitions: &[Definition<'_>],
    config: &Config,
) -> Result<Vec<bool>> {
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
