//! Where definitions come from, as configured.

use std::path::{Component, Path, PathBuf};

use serde::Deserialize;

use super::Limits;

/// One `[[source]]`: a root and the globs below it.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Source {
    /// What pages call the source.
    pub name: Option<String>,
    /// The folder; relative to the configuration file.
    pub root: PathBuf,
    /// Globs of metric definitions, relative to the root.
    pub metrics: Vec<String>,
    /// Globs of event definitions, relative to the root.
    pub events: Vec<String>,
    /// Globs of what is neither.
    pub exclude: Vec<String>,
    /// Link to a definition; `{path}` and `{line}` are filled in.
    pub view_url: Option<String>,
    /// Link to an editor of a definition; `{path}` is filled in.
    pub edit_url: Option<String>,
    /// Link to the uses of a definition in the code; `{name}` is filled in.
    pub search_url: Option<String>,
    /// What is read of each file; the configuration's own table.
    #[serde(skip)]
    pub limits: Limits,
}

impl Default for Source {
    /// The layout of a GitLab checkout's `config` folder.
    fn default() -> Self {
        let globs = |globs: &[&str]| globs.iter().map(|&glob| glob.to_owned()).collect();
        Self {
            name: None,
            root: PathBuf::from("definitions"),
            metrics: globs(&["metrics/**/*.{yml,yaml}"]),
            events: globs(&["events/**/*.{yml,yaml}"]),
            exclude: globs(&["metrics/{aggregates,schema,objects_schemas}/**"]),
            view_url: None,
            edit_url: None,
            search_url: None,
            limits: Limits::default(),
        }
    }
}

impl Source {
    /// The default globs below another root.
    pub fn at(root: PathBuf) -> Self {
        Self { root, ..Self::default() }
    }

    /// The folders below the root that the globs can reach: the parts before the first special character.
    pub fn folders(&self) -> Vec<PathBuf> {
        let globs = self.metrics.iter().chain(&self.events);
        let mut folders: Vec<PathBuf> = globs
            .map(|glob| {
                let literal = glob.split(['*', '?', '[', '{']).next().unwrap_or_default();
                literal.rsplit_once('/').map_or_else(PathBuf::new, |(folder, _)| PathBuf::from(folder))
            })
            .collect();
        folders.sort();
        folders.dedup_by(|inner, outer| inner.starts_with(&*outer));
        folders
    }
}

/// A path as reports show it: below the working directory, with `/`, without `./`.
pub fn display_path(directory: &Path, path: &Path) -> String {
    let path = without_dots(path);
    let relative = pathdiff::diff_paths(&path, directory).unwrap_or(path);
    let shown: Vec<_> = relative.iter().map(|part| part.to_string_lossy()).collect();
    if relative.is_absolute() { relative.display().to_string() } else { shown.join("/") }
}

/// Resolves `.` and `..` by name alone, so that links stay as the user wrote them.
pub(super) fn without_dots(path: &Path) -> PathBuf {
    let mut clean = PathBuf::new();
    for part in path.components() {
        match part {
            Component::CurDir => {}
            Component::ParentDir => {
                clean.pop();
            }
            other => clean.push(other),
        }
    }
    clean
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn shown_paths_are_below_the_working_directory() {
        let shown = |path: &str| display_path(Path::new("/srv/here"), Path::new(path));
        assert_eq!(shown("/srv/here/./a/b.yml"), "a/b.yml");
        assert_eq!(shown("/srv/here/../there/b.yml"), "../there/b.yml");
    }

    #[test]
    fn globs_reach_the_folders_that_they_begin_with() {
        let mut source = Source::at(PathBuf::from("x"));
        assert_eq!(source.folders(), [PathBuf::from("events"), PathBuf::from("metrics")]);
        source.metrics = vec!["**/*.yml".to_owned()];
        assert_eq!(source.folders(), [PathBuf::new()]);
    }
}
