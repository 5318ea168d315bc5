//! The theme: templates and static files embedded in the binary, replaced file by file from `themes/<name>/`.

use std::collections::BTreeMap;
use std::path::Path;

use include_dir::{Dir, include_dir};
use tera::{Kwargs, State, Tera, TeraResult, Value};
use walkdir::WalkDir;

use super::File;
use super::escape::{breakable_into, escape, with_ticks};
use crate::digest::{Digest, digest_of, in_address};
use crate::error::{Error, Result};

/// The default theme as it was when the program was built.
static EMBEDDED: Dir<'_> = include_dir!("$CARGO_MANIFEST_DIR/themes/default");

const TEMPLATES: &str = "templates/";
const STATIC: &str = "static/";
/// The folders below `static/` whose files become one script each, in the order of their names: `search.js`.
const JOINED: [&str; 2] = ["search", "browse"];

/// Compiled templates and hashed assets.
#[derive(Debug)]
pub struct Theme {
    templates: Tera,
    assets: Vec<File>,
    digest: Digest,
}

impl Theme {
    /// Loads the embedded theme with the files of a folder over it; the folder need not exist.
    ///
    /// # Errors
    /// When a file cannot be read or a template is malformed; the message names template, line and column.
    pub fn load(folder: &Path) -> Result<Self> {
        let mut files: Vec<File> = Vec::new();
        embedded_files(&EMBEDDED, &mut files);
        for (path, content) in folder_files(folder)? {
            match files.iter_mut().find(|file| file.path == path) {
                Some(file) => file.content = content,
                None => files.push(File { path, content }),
            }
        }
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let (parts, mut statics): (Vec<(&str, &[u8])>, Vec<_>) = files
            .iter()
            .filter_map(|file| Some((file.path.strip_prefix(STATIC)?, file.content.as_slice())))
            .partition(|(name, _)| JOINED.iter().any(|folder| is_in(name, folder)));
        let joined = JOINED.map(|folder| {
            (format!("{folder}.js"), join(parts.iter().filter(|(name, _)| is_in(name, folder))))
        });
        statics.extend(joined.iter().map(|(name, content)| (name.as_str(), content.as_slice())));
        let assets = statics
            .iter()
            .map(|(name, content)| File { path: hashed(name, content), content: content.to_vec() })
            .collect();
        let names =
            statics.iter().map(|(name, content)| ((*name).to_owned(), hashed(name, content))).collect();
        let mut templates = Tera::new();
        templates.set_escape_fn(escape_to);
        templates.register_filter("asset", Asset(names));
        templates.register_filter("breakable", breakable);
        templates.register_filter("ticks", ticks);
        templates.register_filter("word", word);
        let sources = files.iter().filter_map(|file| {
            let name = file.path.strip_prefix(TEMPLATES)?;
            Some((name.to_owned(), String::from_utf8_lossy(&file.content).into_owned()))
        });
        templates.add_raw_templates(sources.collect::<Vec<_>>())?;
        let parts = files.iter().flat_map(|file| [digest_of(file.path.as_bytes()), digest_of(&file.content)]);
        let digest = digest_of(&parts.flat_map(|digest| digest.0).collect::<Vec<u8>>());
        Ok(Self { assets, templates, digest })
    }

    /// Renders a template.
    ///
    /// # Errors
    /// When the template does not exist or asks for what the context has not.
    pub fn render(&self, template: &str, context: &tera::Context) -> Result<String> {
        Ok(self.templates.render(template, context)?)
    }

    /// As [`Theme::render`], behind what is written already.
    ///
    /// # Errors
    /// As [`Theme::render`].
    pub fn render_to(&self, template: &str, context: &tera::Context, out: &mut Vec<u8>) -> Result<()> {
        Ok(self.templates.render_to(template, context, out)?)
    }

    /// Says what the theme consists of.
    pub fn digest(&self) -> Digest {
        self.digest
    }

    /// The static files under their hashed names.
    pub fn assets(&self) -> &[File] {
        &self.assets
    }
}

/// The filter `asset`: the path of a static file below the site's root, `assets/site.1f2e3d4c5b69.css` for `site.css`.
struct Asset(BTreeMap<String, String>);

impl tera::Filter<&str, TeraResult<String>> for Asset {
    fn call(&self, name: &str, _: Kwargs, _: &State<'_>) -> TeraResult<String> {
        self.0
            .get(name)
            .cloned()
            .ok_or_else(|| tera::Error::message(format!("there is no file static/{name}")))
    }
}

fn embedded_files(folder: &Dir<'_>, files: &mut Vec<File>) {
    for file in folder.files() {
        let path = file.path().to_string_lossy().replace('\\', "/");
        files.push(File { path, content: file.contents().to_vec() });
    }
    for folder in folder.dirs() {
        embedded_files(folder, files);
    }
}

fn folder_files(folder: &Path) -> Result<Vec<(String, Vec<u8>)>> {
    if !folder.is_dir() {
        return Ok(Vec::new());
    }
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry.map_err(|error| Error::io("read the theme in", folder, error.into()))?;
        if entry.file_type().is_file() {
            let content =
                std::fs::read(entry.path()).map_err(|error| Error::io("read", entry.path(), error))?;
            let path = entry.path().strip_prefix(folder).unwrap_or(entry.path());
            files.push((path.to_string_lossy().replace('\\', "/"), content));
        }
    }
    Ok(files)
}

/// Whether a file stands in a folder.
fn is_in(name: &str, folder: &str) -> bool {
    name.strip_prefix(folder).is_some_and(|rest| rest.starts_with('/'))
}

/// One script of several that share their names and keep them from other scripts. Every page loads it: lines that are
/// comments and indentation, a good third of it, stay behind.
fn join<'p>(parts: impl Iterator<Item = &'p (&'p str, &'p [u8])>) -> Vec<u8> {
    let mut joined = "(function () {\n\"use strict\";\n".to_owned();
    for line in parts.flat_map(|(_, content)| content.split(|byte| *byte == b'\n')) {
        let line = String::from_utf8_lossy(line);
        let line = line.trim();
        if !line.is_empty() && !["//", "/**", "*"].iter().any(|comment| line.starts_with(comment)) {
            joined.push_str(line);
            joined.push('\n');
        }
    }
    joined.push_str("})();\n");
    joined.into_bytes()
}

/// `assets/<stem>.<hash>.<extension>`: what the name promises never changes, so it may be cached for ever.
fn hashed(name: &str, content: &[u8]) -> String {
    let hash = in_address(blake3::hash(content), 12);
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{hash}.{extension}"),
        None => format!("assets/{name}.{hash}"),
    }
}

/// What templates print is text, unless it says that it is HTML.
fn escape_to(text: &str, out: &mut dyn std::io::Write) -> std::io::Result<()> {
    out.write_all(escape(text).as_bytes())
}

/// The filter `breakable`: a name that may be broken over lines behind `.`, `_`, `/` and `:`.
fn breakable(name: &str, _: Kwargs, _: &State<'_>) -> Value {
    let mut html = String::with_capacity(name.len() * 2);
    breakable_into(name, &mut html);
    Value::safe_string(&html)
}

/// The filter `ticks`: a message in which words between backticks are code.
fn ticks(message: &str, _: Kwargs, _: &State<'_>) -> Value {
    Value::safe_string(&with_ticks(message))
}

/// The filter `word`: a value as part of a class name, in small letters and digits alone.
fn word(value: &str, _: Kwargs, _: &State<'_>) -> String {
    value
        .chars()
        .filter(char::is_ascii_alphanumeric)
        .map(|letter| letter.to_ascii_lowercase())
        .take(40)
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_folder_replaces_single_files() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("static")).unwrap();
        std::fs::write(folder.path().join("static/site.css"), "body{}").unwrap();
        let (own, default) = (Theme::load(folder.path()).unwrap(), Theme::load(Path::new("absent")).unwrap());
        let changed: Vec<&str> = own
            .assets()
            .iter()
            .filter(|file| !default.assets().contains(file))
            .map(|file| file.path.as_str())
            .collect();
        assert!(
            matches!(changed[..], [path] if path.starts_with("assets/site.") && path.ends_with(".css")),
            "{changed:?}"
        );
    }

    #[test]
    fn templates_name_files_by_their_own_names() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("static")).unwrap();
        std::fs::create_dir_all(folder.path().join("templates")).unwrap();
        std::fs::write(folder.path().join("static/site.more.css"), "body{}").unwrap();
        std::fs::write(folder.path().join("templates/a.html"), "{{ 'site.more.css' | asset }}").unwrap();
        std::fs::write(folder.path().join("templates/b.html"), "{{ 'logo.svg' | asset }}").unwrap();
        let theme = Theme::load(folder.path()).unwrap();
        let path = theme.render("a.html", &tera::Context::new()).unwrap();
        assert!(theme.assets().iter().any(|file| file.path == path), "{path}");
        let message = theme.render("b.html", &tera::Context::new()).unwrap_err().to_string();
        assert!(message.contains("static/logo.svg"), "{message}");
    }

    #[test]
    fn a_broken_template_is_named() {
        let folder = tempfile::tempdir().unwrap();
        std::fs::create_dir_all(folder.path().join("templates")).unwrap();
        std::fs::write(folder.path().join("templates/home.html"), "<p>{{ oops </p>").unwrap();
        assert!(Theme::load(folder.path()).unwrap_err().to_string().contains("home.html"));
    }
}
