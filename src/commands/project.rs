//! The beginning that all commands share: configuration, vocabulary, files.

use std::collections::BTreeSet;
use std::path::Path;

use super::Streams;
use crate::cli::Global;
use crate::config::Config;
use crate::definition::{Kept, Parsed};
use crate::error::{Error, Result};
use crate::source::{self, SourceFile};
use crate::vocabulary::Vocabulary;
use crate::words::count;

/// What a run works on, read from disk.
pub(super) struct Project<F = SourceFile> {
    pub(super) config: Config,
    pub(super) vocabulary: Vocabulary,
    pub(super) files: Vec<F>,
}

impl Project<Parsed> {
    /// As [`Project::with`], parsed, with what is kept of an earlier time and was not touched since.
    pub(super) fn again(config: Config, kept: &Kept, streams: &mut Streams<'_>) -> Result<Self> {
        let files = kept.read(&config.sources, &config.directory)?;
        let project = Self::of(config, files, streams)?;
        project.found()?;
        Ok(project)
    }
}

impl Project {
    /// Reads the configuration, the vocabulary and every definition file.
    ///
    /// # Errors
    /// When one of them cannot be read, or no definitions are found.
    pub(super) fn read(global: &Global, streams: &mut Streams<'_>) -> Result<Self> {
        Self::with(Config::load(&global.selection())?, streams)
    }

    /// As [`Project::read`], with a configuration at hand.
    pub(super) fn with(config: Config, streams: &mut Streams<'_>) -> Result<Self> {
        let project = Self::or_empty(config, streams)?;
        project.found()?;
        Ok(project)
    }

    /// As [`Project::read`], with a text in the place of one file; gives the index of that file as well.
    ///
    /// # Errors
    /// As [`Project::read`], and when no source's globs match the path.
    pub(super) fn read_with_buffer(
        global: &Global,
        buffer: (&Path, Vec<u8>),
        streams: &mut Streams<'_>,
    ) -> Result<(Self, usize)> {
        let config = Config::load(&global.selection())?;
        let mut files = source::read(&config.sources, &config.directory)?;
        let index = source::put_buffer(&mut files, &config.sources, &config.directory, buffer)?;
        let project = Self::of(config, files, streams)?;
        project.found()?;
        Ok((project, index))
    }

    /// As [`Project::with`], for those to whom no definitions are no error.
    pub(super) fn or_empty(config: Config, streams: &mut Streams<'_>) -> Result<Self> {
        let files = source::read(&config.sources, &config.directory)?;
        Self::of(config, files, streams)
    }
}

impl<F: AsRef<SourceFile>> Project<F> {
    /// # Errors
    /// When there are no definitions at all.
    fn found(&self) -> Result<()> {
        let Self { config, files, .. } = self;
        if files.iter().all(|file| file.as_ref().kind.is_none()) {
            let looked: Vec<String> = config
                .sources
                .iter()
                .map(|source| {
                    let globs: Vec<&str> =
                        source.metrics.iter().chain(&source.events).map(String::as_str).collect();
                    format!("`{}` ({})", config.display_path(&source.root), globs.join(", "))
                })
                .collect();
            return Err(Error::Usage(format!(
                "no definitions found in {}; name their folder with `--definitions DIR`",
                looked.join(" or ")
            )));
        }
        Ok(())
    }

    fn of(config: Config, files: Vec<F>, streams: &mut Streams<'_>) -> Result<Self> {
        let vocabulary = Vocabulary::load(&config.vocabulary, &config.sources)?;
        let project = Self { vocabulary, files, config };
        project.describe(streams)?;
        Ok(project)
    }

    /// What is read and known, for `--verbose`.
    fn describe(&self, streams: &mut Streams<'_>) -> Result<()> {
        for (index, source) in self.config.sources.iter().enumerate() {
            let files = self.files.iter().filter(|file| file.as_ref().source == index).count();
            let root = self.config.display_path(&source.root);
            streams.detail(format_args!("Source   {root}: {}", count(files, "file")))?;
        }
        let categories = self.vocabulary.product_categories().map_or(0, BTreeSet::len);
        streams.detail(format_args!(
            "Known    {}, {} product and {} data categories; what is not listed is not checked",
            count(self.vocabulary.groups().len(), "group"),
            categories,
            self.vocabulary.data_categories().len()
        ))
    }
}
