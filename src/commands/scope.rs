//! What a check reports on: paths, what differs from a revision, an editor's buffer; without what a baseline holds.

use std::path::Path;

use super::Streams;
use super::check::chosen;
use super::project::Project;
use crate::check::{self, Baseline, Findings};
use crate::cli::Check;
use crate::config::Config;
use crate::definition::{self, Definition};
use crate::error::{Error, Result};
use crate::source::{Earlier, display_path};
use crate::visible::visible_line;

/// The limits of one run's report.
pub(super) struct Scope<'a> {
    arguments: &'a Check,
    buffer: Option<usize>,
    baseline: Option<Baseline>,
    since: Option<Since>,
}

/// What was there before, and how many of the project's last files are places in what is gone.
struct Since {
    earlier: Earlier,
    deleted: usize,
}

impl<'a> Scope<'a> {
    /// Reads the baseline and the earlier definitions; adds those whose file is gone to the project's files.
    ///
    /// # Errors
    /// When the baseline is none, or git cannot tell what differs.
    pub(super) fn new(arguments: &'a Check, project: &mut Project, buffer: Option<usize>) -> Result<Self> {
        let config = &project.config;
        let baseline = arguments.baseline.as_ref().map(|path| {
            let full = config.directory.join(path);
            Baseline::read(&full, path)
        });
        let since = arguments.since.as_ref().map(|revision| {
            let earlier = Earlier::read(&config.sources, &config.directory, revision)?;
            let deleted = earlier.deleted(&project.files);
            let since = Since { earlier, deleted: deleted.len() };
            project.files.extend(deleted);
            Ok::<_, Error>(since)
        });
        Ok(Self { arguments, buffer, baseline: baseline.transpose()?, since: since.transpose()? })
    }

    /// All findings, whatever the report is limited to.
    pub(super) fn check(&self, project: &Project, definitions: &[Definition<'_>]) -> Result<Findings> {
        let (vocabulary, config) = (&project.vocabulary, &project.config.check);
        match &self.since {
            None => check::run(definitions, vocabulary, config),
            Some(since) => {
                let earlier = definition::parse(&since.earlier.files);
                check::run_since(definitions, (&earlier, since.deleted), vocabulary, config)
            }
        }
    }

    /// What `--fix` may mend: what would be reported.
    pub(super) fn mendable(&self, project: &Project, definitions: &[Definition<'_>]) -> Result<Findings> {
        let mut findings = self.check(project, definitions)?;
        if let Some(baseline) = &self.baseline {
            baseline.apply(&mut findings, definitions, path_in_baseline(&project.config));
        }
        self.limit(&mut findings, project, definitions)?;
        Ok(findings)
    }

    /// Takes out what the baseline holds, and names what it holds for nothing; or writes it first.
    pub(super) fn compare_with_baseline(
        &self,
        findings: &mut Findings,
        project: &Project,
        definitions: &[Definition<'_>],
        streams: &mut Streams<'_>,
    ) -> Result<()> {
        let path = path_in_baseline(&project.config);
        if let Some(file) = &self.arguments.write_baseline {
            let baseline = Baseline::of(findings, definitions, &path);
            let full = project.config.directory.join(file);
            std::fs::write(&full, baseline.to_json()).map_err(|error| Error::io("write", &full, error))?;
            let entries = entries(baseline.len());
            streams.say(format_args!(
                "Wrote    {entries} into the baseline {}",
                visible_line(&file.to_string_lossy())
            ))?;
            baseline.apply(findings, definitions, &path);
        } else if let (Some(baseline), Some(file)) = (&self.baseline, &self.arguments.baseline) {
            let fixed = baseline.apply(findings, definitions, &path);
            if !fixed.is_empty() {
                let file = file.to_string_lossy();
                streams.say(format_args!(
                    "fixed: {} of the baseline {}; write it again with `--write-baseline {}`",
                    entries(fixed.len()),
                    if fixed.len() == 1 { "no longer occurs" } else { "no longer occur" },
                    visible_line(&file)
                ))?;
            }
            for entry in fixed {
                let line = format!("  {}: {} {}", entry.path, entry.rule, entry.pointer);
                streams.say(visible_line(line.trim_end()))?;
            }
        }
        Ok(())
    }

    /// Leaves what the command line asks for.
    pub(super) fn limit(
        &self,
        findings: &mut Findings,
        project: &Project,
        definitions: &[Definition<'_>],
    ) -> Result<()> {
        if !self.arguments.paths.is_empty() {
            let chosen = chosen(&self.arguments.paths, definitions, &project.config)?;
            findings.retain(|finding| chosen[finding.file]);
        }
        if let Some(since) = &self.since {
            let differs: Vec<bool> =
                definitions.iter().map(|definition| since.earlier.differs(definition.source)).collect();
            // A new name that an old file has as well is reported at one of the two.
            findings.retain(|finding| {
                differs[finding.file] || finding.related.iter().any(|related| differs[related.file])
            });
        }
        if let Some(buffer) = self.buffer {
            findings.retain(|finding| finding.file == buffer);
        }
        Ok(())
    }
}

/// How a baseline calls files: below the configuration's folder, wherever the program runs.
fn path_in_baseline(config: &Config) -> impl Fn(&Definition<'_>) -> String {
    let base = config.base.canonicalize().unwrap_or_else(|_| config.base.clone());
    move |definition| display_path(&base, &config.directory.join(Path::new(&definition.source.display_path)))
}

fn entries(number: usize) -> String {
    if number == 1 { "1 entry".to_owned() } else { format!("{number} entries") }
}
