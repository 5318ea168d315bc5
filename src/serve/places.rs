//! Where the files lie that a site is made of, and which folders to watch for them.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use notify::RecursiveMode;

use crate::config::Config;
use crate::schema::ProjectSchemas;
use crate::vocabulary;

/// Files and folders that need not exist yet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Places {
    /// Single files.
    files: BTreeSet<PathBuf>,
    /// Folders with all that lies below them, hidden files and folders left out.
    trees: BTreeSet<PathBuf>,
}

impl Places {
    /// The places that a configuration speaks of, its own among them.
    pub(super) fn of(config: &Config) -> Self {
        let mut places = Self::default();
        places.add_file(&config.file);
        places.add_tree(&config.content_folder());
        places.add_tree(&config.theme_folder());
        for source in &config.sources {
            for base in source.folders() {
                places.add_tree(&source.root.join(base));
            }
        }
        for file in vocabulary::files(&config.vocabulary, &config.sources) {
            places.add_file(&file);
        }
        for file in ProjectSchemas::files(&config.check.schema) {
            places.add_file(&file);
        }
        places
    }

    /// A file, and what it is a link to.
    fn add_file(&mut self, path: &Path) {
        if let (Some(folder), Some(name)) = (path.parent(), path.file_name()) {
            self.files.insert(real(folder).join(name));
        }
        self.files.insert(real(path));
    }

    fn add_tree(&mut self, path: &Path) {
        self.trees.insert(real(path));
    }

    /// Whether what happened to a path can change the site: it is one of the places, in one, or on the way to one.
    pub(super) fn concern(&self, path: &Path) -> bool {
        let in_tree = |tree: &PathBuf| {
            path.strip_prefix(tree).is_ok_and(|below| below.iter().all(|part| !is_hidden(part)))
        };
        self.trees.iter().any(in_tree)
            || self.files.iter().chain(&self.trees).any(|place| place.starts_with(path))
    }

    /// The folders to watch: each tree that exists, and for every place the nearest folder that exists above it, where
    /// it would appear or disappear.
    pub(super) fn folders(&self) -> BTreeMap<PathBuf, RecursiveMode> {
        let mut folders = BTreeMap::new();
        for place in self.files.iter().chain(&self.trees) {
            if let Some(folder) = place.ancestors().skip(1).find(|folder| folder.is_dir()) {
                folders.insert(folder.to_path_buf(), RecursiveMode::NonRecursive);
            }
        }
        for tree in self.trees.iter().filter(|tree| tree.is_dir()) {
            folders.insert(tree.clone(), RecursiveMode::Recursive);
        }
        folders
    }
}

/// Hidden files belong to editors and other tools.
fn is_hidden(name: &std::ffi::OsStr) -> bool {
    name.as_encoded_bytes().starts_with(b".")
}

/// The path without links and dots, as events name it. What does not exist yet lies below what does.
fn real(path: &Path) -> PathBuf {
    let found = path.ancestors().find_map(|above| {
        let rest = path.strip_prefix(above).ok()?;
        let above = above.canonicalize().ok()?;
        // Joining nothing would add a `/`, behind which a file is none.
        Some(if rest.as_os_str().is_empty() { above } else { above.join(rest) })
    });
    found.unwrap_or_else(|| path.to_path_buf())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A project folder with what is written into it, and its places.
    fn places(configuration: &str, files: &[&str]) -> (tempfile::TempDir, PathBuf, Places) {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        for file in files {
            std::fs::create_dir_all(root.join(file).parent().unwrap()).unwrap();
            std::fs::write(root.join(file), "{}").unwrap();
        }
        std::fs::write(root.join("dictionary.toml"), configuration).unwrap();
        let selection = crate::config::Selection { directory: Some(root.clone()), ..Default::default() };
        let places = Places::of(&Config::load(&selection).unwrap());
        (folder, root, places)
    }

    #[test]
    fn what_a_site_is_made_of_concerns_it() {
        let (_folder, root, places) =
            places("[check]\nschema.metric = 'schemas/metric.json'\n", &["schemas/metric.json"]);
        for path in [
            "dictionary.toml",
            "definitions",
            "definitions/metrics",
            "definitions/metrics/counts/x.yml",
            "definitions/events/x.yml",
            "definitions/groups.yml",
            "definitions/metrics/schema/product_groups.json",
            "content/a.md",
            "content/groups/a.md",
            "themes",
            "themes/default/static/site.css",
            "schemas/metric.json",
        ] {
            assert!(places.concern(&root.join(path)), "{path}");
        }
        for path in [
            "README.md",
            "public/index.html",
            "definitions/other/x.yml",
            "definitions/metrics/.x.yml.swp",
            "definitions/metrics/.git/index",
            "themes/other/static/site.css",
            "schemas/other.json",
        ] {
            assert!(!places.concern(&root.join(path)), "{path}");
        }
    }

    #[test]
    fn what_is_not_there_is_watched_for_where_it_would_appear() {
        let (_folder, root, places) = places("[site]\ntheme = 'own'\n", &["definitions/metrics/x.yml"]);
        let folders = places.folders();
        let expected = [
            ("", RecursiveMode::NonRecursive),
            ("definitions", RecursiveMode::NonRecursive),
            ("definitions/metrics", RecursiveMode::Recursive),
        ];
        let expected = expected.map(|(path, mode)| (root.join(path).components().collect::<PathBuf>(), mode));
        assert_eq!(folders, BTreeMap::from(expected));
    }

    #[test]
    fn globs_without_a_folder_reach_the_whole_root() {
        let (_folder, root, places) =
            places("[[source]]\nroot = '.'\nmetrics = ['**/*.yml']\n", &["a/x.yml"]);
        assert!(places.concern(&root.join("b/c/x.yml")));
        assert_eq!(places.folders().get(&root), Some(&RecursiveMode::Recursive));
    }

    #[cfg(unix)]
    #[test]
    fn a_file_is_watched_at_both_ends_of_its_link() {
        let folder = tempfile::tempdir().unwrap();
        let root = folder.path().canonicalize().unwrap();
        std::fs::create_dir(root.join("project")).unwrap();
        std::fs::write(root.join("shared.toml"), "").unwrap();
        std::os::unix::fs::symlink("../shared.toml", root.join("project/dictionary.toml")).unwrap();
        let selection =
            crate::config::Selection { directory: Some(root.join("project")), ..Default::default() };
        let places = Places::of(&Config::load(&selection).unwrap());
        assert!(
            places.concern(&root.join("shared.toml"))
                && places.concern(&root.join("project/dictionary.toml"))
        );
        assert!(places.folders().contains_key(&root));
    }
}
