//! The way to a site, which `build` and `serve` share.

use crate::check::{self, Findings};
use crate::config::Config;
use crate::definition::Definition;
use crate::dictionary::Dictionary;
use crate::error::Result;
use crate::site::{self, Commit, Content, Input, Pages, Planned, Theme};
use crate::source::head_commit;
use crate::vocabulary::Vocabulary;

/// What a site has besides its dictionary.
pub(super) struct Frame {
    theme: Theme,
    content: Content,
    commit: Option<Commit>,
}

impl Frame {
    fn load(config: &Config) -> Result<Self> {
        let (theme, content) = site::load(config)?;
        let commit = config.sources.iter().find_map(|source| head_commit(&source.root));
        Ok(Self { theme, content, commit: commit.map(|(hash, date)| Commit { hash, date }) })
    }
}

/// Checks all definitions, and loads meanwhile what else their site has.
pub(super) fn check(
    definitions: &[Definition<'_>],
    vocabulary: &Vocabulary,
    config: &Config,
) -> Result<(Findings, Frame)> {
    let (findings, frame) =
        rayon::join(|| check::run(definitions, vocabulary, &config.check), || Frame::load(config));
    Ok((findings?, frame?))
}

/// Plans the site of a dictionary, and hands it on.
pub(super) fn plan<R>(
    config: &Config,
    frame: Frame,
    dictionary: &Dictionary<'_>,
    use_site: impl FnOnce(Vec<Planned<'_>>) -> Result<R>,
) -> Result<R> {
    let Frame { theme, content, commit } = frame;
    let input = Input {
        dictionary,
        site: &config.site,
        sources: &config.sources,
        check: &config.check,
        content: &content,
        snippets: &config.snippets,
        commit,
    };
    let pages = Pages::new(&input, &theme)?;
    use_site(site::plan(&pages))
}
