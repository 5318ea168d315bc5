//! What a run works on: defaults, then `dictionary.toml`, then the command line.

use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use crate::check::CheckConfig;
use crate::error::{Error, Result};
use crate::site::SnippetConfig;
use crate::source::{self, Limits, Source, read_to_string};
use crate::suggest;
use crate::vocabulary::VocabularyConfig;

/// The name of the configuration file in the working directory.
const FILE_NAME: &str = "dictionary.toml";

/// Everything a run needs to know, with absolute or working-directory paths.
#[derive(Debug, Clone)]
pub struct Config {
    /// The working directory, after `-C`; reports show paths below it.
    pub directory: PathBuf,
    /// The configuration file; it may be absent where none is asked for.
    pub file: PathBuf,
    /// Where `content/` and `themes/` are looked for: the folder of the configuration file.
    pub base: PathBuf,
    /// Titles, addresses, theme.
    pub site: SiteConfig,
    /// Where definitions come from, at least one.
    pub sources: Vec<Source>,
    /// Side files with groups and categories.
    pub vocabulary: VocabularyConfig,
    /// Which rules count, and how much.
    pub check: CheckConfig,
    /// What item pages show besides.
    pub snippets: Vec<SnippetConfig>,
    /// Whether the definitions are not those that the configuration is about (`--definitions` without `--config`): what
    /// it says of groups, categories and tables elsewhere is not true of them.
    pub foreign: bool,
}

/// The `[site]` table.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SiteConfig {
    /// The name of the site, in every page's title.
    pub title: String,
    /// The address the site is published at, with a final `/`; used for canonical links alone.
    pub base_url: Option<String>,
    /// The folder below `themes/` whose files replace those of the embedded theme.
    pub theme: String,
}

impl Default for SiteConfig {
    fn default() -> Self {
        Self { title: "Metrics Dictionary".to_owned(), base_url: None, theme: "default".to_owned() }
    }
}

/// The file as written, before paths are made whole.
#[derive(Debug, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct File {
    site: SiteConfig,
    source: Vec<Source>,
    vocabulary: VocabularyConfig,
    check: CheckConfig,
    snippet: Vec<SnippetConfig>,
    limits: Limits,
}

/// The global options of the command line that choose a configuration.
#[derive(Debug, Clone, Default)]
pub struct Selection {
    /// `-C DIR`.
    pub directory: Option<PathBuf>,
    /// `--config FILE`.
    pub config: Option<PathBuf>,
    /// `--definitions DIR`, any number.
    pub definitions: Vec<PathBuf>,
}

impl Config {
    /// Reads the configuration that the command line selects.
    ///
    /// # Errors
    /// When the file cannot be read, or holds an unknown key, rule or value; the message names the line and
    /// the nearest known key.
    pub fn load(selection: &Selection) -> Result<Self> {
        let current = std::env::current_dir().map_err(|error| Error::io("find", Path::new("."), error))?;
        let directory = current.join(selection.directory.as_deref().unwrap_or(Path::new("")));
        let directory = directory.canonicalize().map_err(|error| Error::io("enter", &directory, error))?;
        let path = directory.join(selection.config.as_deref().unwrap_or(Path::new(FILE_NAME)));
        let is_there = selection.config.is_some() || path.is_file();
        let file = if is_there { File::read(&path)? } else { File::default() };
        let base = path.parent().unwrap_or(&directory).to_path_buf();

        let mut config = Self {
            sources: file.source,
            vocabulary: file.vocabulary,
            site: file.site,
            check: file.check,
            snippets: file.snippet,
            foreign: false,
            directory,
            file: path,
            base,
        };
        let limits = file.limits;
        if config.sources.is_empty() {
            config.sources.push(Source::default());
        }
        config.make_paths_whole();
        if !selection.definitions.is_empty() {
            let roots = selection.definitions.iter().map(|root| config.directory.join(root));
            config.sources = roots.map(Source::at).collect();
            if selection.config.is_none() {
                config.vocabulary = VocabularyConfig::default();
                config.snippets.clear();
                config.foreign = true;
            }
        }
        config.sources.iter_mut().for_each(|source| source.limits = limits);
        Ok(config)
    }

    /// Replaces the configured address of the site, as `--base-url` does.
    ///
    /// # Errors
    /// When it is no whole `http` or `https` address.
    pub fn set_base_url(&mut self, url: &str) -> Result<()> {
        if !is_web_address(url) {
            return Err(Error::Usage(format!("`--base-url` {}", web_address_wanted(url))));
        }
        self.site.base_url = Some(url.to_owned());
        Ok(())
    }

    fn make_paths_whole(&mut self) {
        let VocabularyConfig { groups, product_categories, data_categories } = &mut self.vocabulary;
        for path in [groups, product_categories, data_categories].into_iter().flatten() {
            *path = self.base.join(&path);
        }
        self.check.schema.base = self.base.clone();
        for path in [&mut self.check.schema.metric, &mut self.check.schema.event].into_iter().flatten() {
            *path = self.base.join(&path);
        }
        for source in &mut self.sources {
            source.root = self.base.join(&source.root);
        }
    }

    /// The folder of the guide and other texts; it need not exist.
    pub fn content_folder(&self) -> PathBuf {
        self.base.join("content")
    }

    /// The folder whose files replace those of the embedded theme; it need not exist.
    pub fn theme_folder(&self) -> PathBuf {
        self.base.join("themes").join(&self.site.theme)
    }

    /// A path as reports show it: below the working directory, with `/`, without `./`.
    pub fn display_path(&self, path: &Path) -> String {
        source::display_path(&self.directory, path)
    }
}

impl File {
    fn read(path: &Path) -> Result<Self> {
        let text = read_to_string(path)?;
        let file: Self = toml::from_str(&text).map_err(|error| {
            let line = error.span().map(|span| text[..span.start.min(text.len())].matches('\n').count() + 1);
            Error::Invalid { path: path.to_path_buf(), line, message: with_suggestion(error.message()) }
        })?;
        file.check_values(path, &text)?;
        Ok(file)
    }

    fn check_values(&self, path: &Path, text: &str) -> Result<()> {
        let invalid = |needle: &str, message: String| {
            let line = text.find(needle).map(|at| text[..at].matches('\n').count() + 1);
            Error::Invalid { path: path.to_path_buf(), line, message }
        };
        let overridden = self.check.overrides.iter().flat_map(|entry| entry.rules.keys());
        for id in self.check.rules.keys().chain(overridden) {
            if crate::check::rule(id).is_none() {
                let nearest = suggest::nearest(id, crate::check::RULES.iter().map(|rule| rule.id));
                let hint = nearest.map(|near| format!(", did you mean `{near}`?")).unwrap_or_default();
                return Err(invalid(id, format!("there is no rule `{id}`{hint}")));
            }
        }
        if let Some((name, most)) = self.limits.excess() {
            return Err(invalid(name, format!("`{name}` may be at most {most}")));
        }
        match &self.site.base_url {
            Some(url) if !is_web_address(url) => {
                Err(invalid(url, format!("`base_url` {}", web_address_wanted(url))))
            }
            _ => Ok(()),
        }
    }
}

fn is_web_address(url: &str) -> bool {
    let host = url.strip_prefix("https://").or_else(|| url.strip_prefix("http://"));
    host.is_some_and(|host| !host.is_empty() && !host.starts_with('/') && !host.contains(char::is_whitespace))
}

fn web_address_wanted(url: &str) -> String {
    format!("is `{url}`; write the whole address: `https://metrics.example.com/`")
}

/// Adds "did you mean" to serde's "unknown field `x`, expected one of `a`, `b`".
fn with_suggestion(message: &str) -> String {
    let mut quoted = message.split('`').skip(1).step_by(2);
    let nearest = message
        .starts_with("unknown")
        .then(|| quoted.next().and_then(|unknown| suggest::nearest(unknown, quoted)))
        .flatten();
    match nearest {
        Some(near) => format!("{message}; did you mean `{near}`?"),
        None => message.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn load(text: &str) -> Result<Config> {
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join(FILE_NAME), text).unwrap();
        Config::load(&Selection { directory: Some(folder.path().to_path_buf()), ..Selection::default() })
    }

    #[test]
    fn an_unknown_key_names_the_line_and_the_nearest_one() {
        let message = load("[site]\ntitel = 'x'\n").unwrap_err().to_string();
        assert!(message.contains("dictionary.toml:2: unknown field `titel`"), "{message}");
        assert!(message.ends_with("did you mean `title`?"), "{message}");
    }

    #[test]
    fn an_unknown_rule_names_the_nearest_one() {
        let message = load("[check.rules]\n'metric/missing-feld' = 'off'\n").unwrap_err().to_string();
        assert!(message.contains(":2: there is no rule `metric/missing-feld`"), "{message}");
        assert!(message.ends_with("did you mean `metric/missing-field`?"), "{message}");
    }

    #[test]
    fn limits_are_of_every_source_and_have_limits() {
        let config = load("[limits]\ndepth = 10\n[[source]]\nroot = 'a'\n").unwrap();
        assert_eq!((config.sources[0].limits.depth, config.sources[0].limits.values), (10, 10_000));
        let message = load("[limits]\ndepth = 100_000\n").unwrap_err().to_string();
        assert!(message.contains(":2: `depth` may be at most 200"), "{message}");
    }

    #[test]
    fn without_a_file_the_defaults_fit_a_checkout() {
        let config = load("").unwrap();
        assert_eq!(config.sources.len(), 1);
        assert!(config.sources[0].root.ends_with("definitions"));
        assert!(config.vocabulary.is_empty());
    }
}
