//! The dictionary as files: pages, data beside them, the search index, assets.
//!
//! Pure functions from a [`Dictionary`] to bytes. The same input gives the same bytes, whatever the number of threads,
//! the clock or the working directory. Nothing is written here; that is `output`'s work.

mod breakdown;
mod categories;
mod charts;
mod content;
mod digests;
mod escape;
mod exports;
mod figure;
mod findings;
mod fragments;
mod guide;
mod health;
mod highlight;
mod home;
mod items;
mod lifecycle;
mod listing;
mod lists;
mod lookup;
pub mod markdown;
mod numbers;
mod page;
mod pieces;
mod plan;
mod rows;
mod rules;
mod shared;
mod sheet;
mod sitemap;
mod snippets;
mod tables;
mod theme;
mod values;
mod view;

use std::collections::BTreeSet;
use std::path::Path;

use rayon::prelude::*;
use serde::Serialize;

use crate::check::CheckConfig;
use crate::config::{Config, SiteConfig};
use crate::dictionary::{Dictionary, Summary};
use crate::error::{Error, Result};
use crate::source::Source;

pub(crate) use escape::escape as escape_html;
pub(crate) use markdown::to_line;

pub use content::{Content, ContentPage, load as load_content};
pub use page::Pages;
pub use pieces::Pieces;
pub use plan::{FileMaking, FolderFiles, FolderMaking, Making, Planned};
pub use sheet::Sheet;
pub use snippets::{SnippetConfig, When};
pub use theme::Theme;

/// One file of the site.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct File {
    /// The path below the site's root, with `/`.
    pub path: String,
    /// The bytes.
    pub content: Vec<u8>,
}

impl File {
    /// A file of text.
    pub fn text(path: impl Into<String>, content: String) -> Self {
        Self { path: path.into(), content: content.into_bytes() }
    }
}

/// What `build.json` says of the definitions' repository.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Commit {
    /// The full hash.
    pub hash: String,
    /// The commit's date, ISO 8601.
    pub date: String,
}

impl Commit {
    /// For pages: `2026-11-22 (commit 59a1bdc04e2f)`.
    fn in_words(&self) -> String {
        let day = self.date.split('T').next().unwrap_or(&self.date);
        let short = self.hash.get(..12).unwrap_or(&self.hash);
        format!("{day} (commit {short})")
    }
}

/// Everything that pages are made of.
#[derive(Debug)]
pub struct Input<'i> {
    /// The linked definitions.
    pub dictionary: &'i Dictionary<'i>,
    /// Titles and addresses.
    pub site: &'i SiteConfig,
    /// The sources, for links to definitions.
    pub sources: &'i [Source],
    /// The severities of the rules.
    pub check: &'i CheckConfig,
    /// The guide, and texts for single pages.
    pub content: &'i Content,
    /// What the configuration adds to item pages.
    pub snippets: &'i [SnippetConfig],
    /// The state of the definitions' repository, where git is at hand.
    pub commit: Option<Commit>,
}

/// The mark by which a folder is known as ours; see [`is_build_file`].
const GENERATOR: &str = "metrics-dictionary";

/// The file that marks a folder as written by this program.
pub const BUILD_FILE: &str = "build.json";

#[derive(Serialize)]
struct BuildFile<'b> {
    generator: &'static str,
    version: &'static str,
    #[serde(flatten)]
    summary: Summary,
    commit: Option<&'b Commit>,
    /// What stands beside it: what else is there is not ours.
    entries: BTreeSet<&'b str>,
}

/// Reads the parts of the theme and the content that the configuration names.
///
/// # Errors
/// When a template or a content page is malformed.
pub fn load(config: &Config) -> Result<(Theme, Content)> {
    for folder in [config.content_folder(), config.theme_folder()] {
        stay_inside(&config.base, &folder)?;
    }
    let mut content = load_content(&config.content_folder())?;
    if config.foreign {
        content.keep_chapters();
    }
    Ok((Theme::load(&config.theme_folder())?, content))
}

/// Content and themes may come from strangers, and a link from anywhere: what lies elsewhere is not published.
fn stay_inside(base: &Path, folder: &Path) -> Result<()> {
    match (folder.canonicalize(), base.canonicalize()) {
        (Ok(real), Ok(base)) if !real.starts_with(&base) => Err(Error::Invalid {
            path: folder.to_path_buf(),
            line: None,
            message: format!(
                "leads out of `{}`, to `{}`; put the files themselves there",
                base.display(),
                real.display()
            ),
        }),
        _ => Ok(()),
    }
}

/// Plans every file of the site, sorted by path; nothing is made yet.
pub fn plan<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let (mut planned, items) = rayon::join(|| others(pages), || items::plan(pages));
    planned.extend(items);
    planned.extend(sitemap::plan(pages, &planned));
    planned.par_sort_by(|a, b| a.path.cmp(&b.path));
    let entries = entries(&planned);
    let build_file =
        Planned::new(BUILD_FILE, move |sheet| sheet.write(|out| build_file(pages.input, &entries, out)));
    let place = planned.partition_point(|file| *file.path < *BUILD_FILE);
    planned.insert(place, build_file);
    planned
}

/// Plans everything but the pages of items and the sitemap.
fn others<'p>(pages: &'p Pages<'_>) -> Vec<Planned<'p>> {
    let mut planned: Vec<Planned<'_>> = pages.theme.assets().iter().map(Planned::ready).collect();
    planned.push(home::plan(pages));
    planned.extend(tables::plan(pages));
    planned.extend(values::plan(pages));
    planned.push(numbers::plan(pages));
    planned.extend(lifecycle::plan(pages));
    planned.extend(health::plan(pages));
    planned.extend(rules::plan(pages));
    planned.extend(guide::plan(pages));
    planned.push(Planned::new(page::NOT_FOUND, |sheet| pages.not_found(sheet)));
    planned.push(Planned::new("robots.txt", |sheet| sheet.print(robots(pages).as_bytes())));
    planned.extend(exports::plan(pages));
    planned.push(lookup::plan(pages));
    planned
}

/// Everything may be read.
fn robots(pages: &Pages<'_>) -> String {
    let sitemap = pages.address("sitemap.xml").map(|address| format!("Sitemap: {address}\n"));
    format!("User-agent: *\nAllow: /\n{}", sitemap.unwrap_or_default())
}

/// The files and folders at the root of the site; `planned` is sorted by path.
fn entries(planned: &[Planned<'_>]) -> BTreeSet<String> {
    let mut entries = BTreeSet::new();
    let mut rest = planned;
    while let Some(first) = rest.first() {
        let entry = first_part(&first.path);
        entries.insert(entry.to_owned());
        rest = &rest[rest.partition_point(|file| first_part(&file.path) == entry)..];
    }
    entries
}

/// The file or folder at the root of the site that a path leads to or through.
fn first_part(path: &str) -> &str {
    path.split('/').next().unwrap_or(path)
}

fn build_file(input: &Input<'_>, entries: &BTreeSet<String>, out: &mut Vec<u8>) -> Result<()> {
    let content = BuildFile {
        generator: GENERATOR,
        version: env!("CARGO_PKG_VERSION"),
        summary: input.dictionary.summary(),
        commit: input.commit.as_ref(),
        entries: entries.iter().map(String::as_str).collect(),
    };
    crate::report::write_json(&content, out)
}

/// Whether bytes are a `build.json` that this program wrote.
pub fn is_build_file(bytes: &[u8]) -> bool {
    entries_of_site(bytes).is_some()
}

/// What a `build.json` of this program says to stand beside it; `None` for any other file.
///
/// Earlier versions did not say: the list is empty.
pub fn entries_of_site(build_file: &[u8]) -> Option<Vec<String>> {
    let said: serde_json::Value = serde_json::from_slice(build_file).ok()?;
    let entries = said["entries"].as_array().into_iter().flatten();
    (said["generator"] == GENERATOR)
        .then(|| entries.filter_map(|entry| Some(entry.as_str()?.to_owned())).collect())
}
