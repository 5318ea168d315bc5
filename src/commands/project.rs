//! The beginning that all commands share: configuration, vocabulary, files.

use crate::cli::Global;
use crate::config::Config;
use crate::error::{Error, Result};
use crate::source::{self, SourceFile};
use crate::vocabulary::Vocabulary;

/// What a run works on, read from disk.
pub(super) struct Project {
    pub(super) config: Config,
    pub(super) vocabulary: Vocabulary,
    pub(super) files: Vec<SourceFile>,
}

impl Project {
    /// Reads the configuration, the vocabulary and every definition file.
    ///
    /// # Errors
    /// When one of them cannot be read, or no definitions are found.
    pub(super) fn read(global: &Global) -> Result<Self> {
        Self::with(Config::load(&global.selection())?)
    }

    /// As [`Project::read`], with a configuration at hand.
    pub(super) fn with(config: Config) -> Result<Self> {
        let files = source::read(&config.sources, &config.directory)?;
        if files.iter().all(|file| file.kind.is_none()) {
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
        Ok(Self { vocabulary: Vocabulary::load(&config.vocabulary, &config.sources)?, files, config })
    }
}
