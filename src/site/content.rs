//! Pages that a team writes: Markdown files with front matter.

use std::path::Path;

use serde::Deserialize;
use walkdir::WalkDir;

use super::lists::Lists;
use super::markdown::{self, Headings};
use crate::definition::fields::quoted;
use crate::dictionary::{Facet, slug};
use crate::error::{Error, Result};
use crate::source::read_to_string;

/// One page of the guide.
#[derive(Debug, Clone)]
pub struct ContentPage {
    /// The file's name without `.md`.
    pub stem: String,
    /// From the front matter.
    pub title: String,
    /// From the front matter.
    pub description: String,
    /// The folder of the page below the site's root, with a final `/`: `guide/`, `guide/checking/`, `groups/boards/`.
    pub folder: String,
    /// The Markdown below the front matter.
    markdown: String,
}

/// What stands between the two `---` at the top.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct FrontMatter {
    title: String,
    #[serde(default)]
    description: String,
    /// Lighter pages come first.
    #[serde(default)]
    weight: i64,
}

/// What a team writes beside its definitions.
#[derive(Debug, Default)]
pub struct Content {
    /// The guide: `content/*.md`, lightest first.
    pub chapters: Vec<ContentPage>,
    /// Texts for the pages of values: `content/<folder of the facet>/<key>.md`.
    texts: Vec<ContentPage>,
}

impl Content {
    /// Drops the texts about single groups, categories and so on.
    pub(super) fn keep_chapters(&mut self) {
        self.texts.clear();
    }

    /// The values of a facet that have a text, and its description.
    pub(super) fn about(&self, facet: Facet) -> impl Iterator<Item = (&str, &str)> {
        let texts =
            self.texts.iter().filter(move |text| text.folder.split('/').next() == Some(facet.folder()));
        texts.map(|text| (text.folder.as_str(), text.description.as_str()))
    }

    /// The text for a value's page.
    pub(super) fn text(&self, facet: Facet, key: &str) -> Option<&ContentPage> {
        self.texts.iter().find(|text| text.folder == facet.url(key))
    }
}

/// Reads `content/`; there is nothing if the folder does not exist.
///
/// # Errors
/// When a file cannot be read, its front matter is malformed, or it lies in a folder that is no list of the site.
pub fn load(folder: &Path) -> Result<Content> {
    let mut content = Content::default();
    if !folder.is_dir() {
        return Ok(content);
    }
    let mut chapters = Vec::new();
    for entry in WalkDir::new(folder).max_depth(2).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::io("read", folder, error.into()))?;
        let path = entry.path();
        if path.extension().is_none_or(|extension| extension != "md") || !entry.file_type().is_file() {
            continue;
        }
        let (weight, mut page) = read(path)?;
        if entry.depth() == 1 {
            chapters.push((weight, page));
            continue;
        }
        let list = path.parent().and_then(Path::file_name).unwrap_or_default().to_string_lossy();
        let Some(facet) = Facet::ALL.into_iter().find(|facet| facet.folder() == list) else {
            let lists = quoted(&Facet::ALL.map(Facet::folder));
            let message =
                format!("there is no list `{list}` for this text to stand in; a folder of texts is {lists}");
            return Err(Error::Invalid { path: path.to_path_buf(), line: None, message });
        };
        page.folder = facet.url(&page.stem);
        content.texts.push(page);
    }
    chapters.sort_by(|(a, first), (b, second)| {
        (a, &first.title, &first.stem).cmp(&(b, &second.title, &second.stem))
    });
    content.chapters = chapters.into_iter().map(|(_, page)| page).collect();
    Ok(content)
}

fn read(path: &Path) -> Result<(i64, ContentPage)> {
    let text = read_to_string(path)?;
    let invalid = |line, message: String| Error::Invalid { path: path.to_path_buf(), line, message };
    let text = text.trim_start_matches('\u{feff}').replace("\r\n", "\n");
    let (front, markdown) = text
        .strip_prefix("---\n")
        .and_then(|rest| rest.split_once("\n---\n").or(rest.split_once("\n---")))
        .ok_or_else(|| {
            invalid(Some(1), "a content page starts with front matter: `---`, `title: …`, `---`".to_owned())
        })?;
    let front: FrontMatter = serde_yaml::from_str(front).map_err(|error| {
        let line = error.location().map(|location| location.line() + 1);
        invalid(line, format!("front matter: {error}"))
    })?;
    let stem = path.file_stem().unwrap_or_default().to_string_lossy().into_owned();
    let folder = if stem == "index" { "guide/".to_owned() } else { format!("guide/{}/", slug(&stem)) };
    let page = ContentPage {
        folder,
        title: front.title,
        description: front.description,
        markdown: markdown.to_owned(),
        stem,
    };
    Ok((front.weight, page))
}

impl ContentPage {
    /// The page as HTML. Links to `.md` files lead to the pages that these files stand on, links that begin with `/` to
    /// pages of the site, wherever it is mounted: `/groups/`.
    pub(super) fn html(&self, content: &Content, lists: &Lists<'_>) -> String {
        let root = "../".repeat(self.folder.matches('/').count());
        let own_list = if self.folder.starts_with("guide/") { None } else { self.folder.split('/').next() };
        markdown::to_html(&self.markdown, Headings::Kept, |target| {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            if let Some(page) = target.strip_prefix('/').filter(|page| is_site_path(page)) {
                let (page, anchor) = page
                    .split_once('#')
                    .map_or((page, String::new()), |(page, anchor)| (page, format!("#{anchor}")));
                let index = if page.is_empty() || page.ends_with('/') { "index.html" } else { "" };
                return Some(format!("{root}{page}{index}{anchor}"));
            }
            let Some(stem) = path.strip_suffix(".md") else { return markdown::safe_url(target) };
            let stem = stem.strip_prefix("./").unwrap_or(stem);
            let (list, stem) = match (stem.strip_prefix("../"), own_list) {
                (Some(up), Some(_)) => {
                    up.split_once('/').map_or((None, up), |(list, stem)| (Some(list), stem))
                }
                (None, Some(list)) => (Some(list), stem),
                _ => stem.split_once('/').map_or((None, stem), |(list, stem)| (Some(list), stem)),
            };
            let folder = match list {
                None => &content.chapters.iter().find(|chapter| chapter.stem == stem)?.folder,
                Some(list) => {
                    let facet = Facet::ALL.into_iter().find(|facet| facet.folder() == list)?;
                    &facet.url(lists.has(facet, stem).then_some(stem)?)
                }
            };
            let anchor = if anchor.is_empty() { String::new() } else { format!("#{anchor}") };
            Some(format!("{root}{folder}index.html{anchor}"))
        })
    }
}

/// Whether what follows the `/` of a link stays in the site.
fn is_site_path(path: &str) -> bool {
    let plain = |letter: char| letter.is_ascii_alphanumeric() || "-_./#~!".contains(letter);
    path.chars().all(plain) && !path.starts_with('/') && path.split('/').all(|part| part != "..")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(files: &[(&str, &str)]) -> Result<Content> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, text).unwrap();
        }
        load(folder.path())
    }

    fn html(page: &ContentPage, content: &Content) -> String {
        let mut vocabulary = crate::vocabulary::Vocabulary::default();
        vocabulary.add_group(crate::vocabulary::Group { key: "boards".to_owned(), ..Default::default() });
        let dictionary = crate::dictionary::Dictionary::link(&[], &vocabulary, &[]);
        page.html(content, &Lists::new(&dictionary))
    }

    #[test]
    fn pages_link_to_each_other() {
        let content = write(&[
            ("index.md", "---\ntitle: Start\n---\n[b](b.md#c) [gone](gone.md) [boards](groups/boards.md)\n"),
            ("b.md", "---\ntitle: B\nweight: 2\n---\n[home](index.md) [none](groups/none.md) [l](/lifecycle/#broken) [evil](//e.example)\n"),
            ("groups/boards.md", "---\ntitle: Boards\n---\n[b](../b.md) [boards](boards.md)\n"),
        ])
        .unwrap();
        assert_eq!(
            html(&content.chapters[0], &content),
            "<p><a href=\"../guide/b/index.html#c\">b</a> gone <a href=\"../groups/boards/index.html\">boards</a></p>\n"
        );
        assert_eq!(
            html(&content.chapters[1], &content),
            "<p><a href=\"../../guide/index.html\">home</a> none <a href=\"../../lifecycle/index.html#broken\">l</a> evil</p>\n"
        );
        assert_eq!(
            html(content.text(Facet::Group, "boards").unwrap(), &content),
            "<p><a href=\"../../guide/b/index.html\">b</a> <a href=\"../../groups/boards/index.html\">boards</a></p>\n"
        );
    }

    #[test]
    fn a_folder_that_is_no_list_is_named() {
        let message = write(&[("teams/a.md", "---\ntitle: A\n---\n")]).unwrap_err().to_string();
        assert!(message.contains("a.md: there is no list `teams`"), "{message}");
    }

    #[test]
    fn missing_front_matter_names_file_and_line() {
        let message = write(&[("a.md", "# A\n")]).unwrap_err().to_string();
        assert!(message.contains("a.md:1: a content page starts with front matter"), "{message}");
        let message = write(&[("a.md", "---\ntitle: A\ncolour: red\n---\n")]).unwrap_err().to_string();
        assert!(message.contains("a.md:") && message.contains("colour"), "{message}");
    }
}
