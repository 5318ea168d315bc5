//! Pages that a team writes: Markdown files with front matter.

use std::path::Path;

use serde::Deserialize;
use walkdir::WalkDir;

use super::markdown::{self, Headings};
use crate::dictionary::slug;
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
    /// The page's folder below `guide/`, empty for `index.md`.
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

/// Reads `content/*.md`, lightest first; none if the folder does not exist.
///
/// # Errors
/// When a file cannot be read or its front matter is malformed.
pub fn load(folder: &Path) -> Result<Vec<ContentPage>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut pages = Vec::new();
    for entry in WalkDir::new(folder).max_depth(1).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::io("read", folder, error.into()))?;
        let path = entry.path();
        if path.extension().is_some_and(|extension| extension == "md") && entry.file_type().is_file() {
            pages.push(read(path)?);
        }
    }
    pages.sort_by(|(a, first), (b, second)| {
        (a, &first.title, &first.stem).cmp(&(b, &second.title, &second.stem))
    });
    Ok(pages.into_iter().map(|(_, page)| page).collect())
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
    let folder = if stem == "index" { String::new() } else { format!("{}/", slug(&stem)) };
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
    /// The page's address below the site's root, with a final `/`.
    pub fn url(&self) -> String {
        format!("guide/{}", self.folder)
    }

    /// The page as HTML. Links to other pages' `.md` files lead to those pages.
    pub fn html(&self, pages: &[ContentPage]) -> String {
        let up = if self.folder.is_empty() { "" } else { "../" };
        markdown::to_html(&self.markdown, Headings::Kept, |target| {
            let (path, anchor) = target.split_once('#').unwrap_or((target, ""));
            let stem = path.strip_prefix("./").unwrap_or(path).strip_suffix(".md");
            match stem.and_then(|stem| pages.iter().find(|page| page.stem == stem)) {
                Some(page) if anchor.is_empty() => Some(format!("{up}{}index.html", page.folder)),
                Some(page) => Some(format!("{up}{}index.html#{anchor}", page.folder)),
                None => markdown::safe_url(target),
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn write(files: &[(&str, &str)]) -> Result<Vec<ContentPage>> {
        let folder = tempfile::tempdir().unwrap();
        for (name, text) in files {
            std::fs::write(folder.path().join(name), text).unwrap();
        }
        load(folder.path())
    }

    #[test]
    fn pages_link_to_each_other() {
        let pages = write(&[
            ("index.md", "---\ntitle: Start\n---\nSee [b](b.md) and [gone](gone.md).\n"),
            ("b.md", "---\ntitle: B\nweight: 2\n---\n[home](index.md)\n"),
        ])
        .unwrap();
        assert_eq!(pages[0].html(&pages), "<p>See <a href=\"b/index.html\">b</a> and gone.</p>\n");
        assert_eq!(pages[1].html(&pages), "<p><a href=\"../index.html\">home</a></p>\n");
    }

    #[test]
    fn missing_front_matter_names_file_and_line() {
        let message = write(&[("a.md", "# A\n")]).unwrap_err().to_string();
        assert!(message.contains("a.md:1: a content page starts with front matter"), "{message}");
        let message = write(&[("a.md", "---\ntitle: A\ncolour: red\n---\n")]).unwrap_err().to_string();
        assert!(message.contains("a.md:") && message.contains("colour"), "{message}");
    }
}
