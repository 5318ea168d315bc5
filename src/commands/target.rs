//! Where a build must not write, whatever stands there: over what it is made from, or into another site.

use std::path::{Path, PathBuf};

use crate::config::Config;
use crate::error::{Error, Result};
use crate::site::{BUILD_FILE, is_build_file};

/// Makes sure that a target and what the site is made from do not lie within each other.
///
/// # Errors
/// When they do, or when the target lies in a site that is replaced as a whole one day.
pub(super) fn check(out: &Path, config: &Config) -> Result<()> {
    let refused = |reason: String| Err(Error::Target { path: out.to_path_buf(), reason });
    let real = real(out);
    let shown = |path: &Path| config.display_path(path);
    if let Some(input) = inputs(config).iter().find(|input| self::real(input).starts_with(&real)) {
        return refused(format!(
            "`{}`, which the site is made from, lies in it; give another folder",
            shown(input)
        ));
    }
    if let Some(folder) = folders(config).iter().find(|folder| real.starts_with(self::real(folder))) {
        return refused(format!(
            "it lies in `{}`, where the next build would take it for a part of the project; give a folder outside",
            shown(folder)
        ));
    }
    let is_site =
        |folder: &&Path| std::fs::read(folder.join(BUILD_FILE)).is_ok_and(|bytes| is_build_file(&bytes));
    match real.ancestors().skip(1).find(is_site) {
        Some(site) => refused(format!(
            "it lies in the site `{}`, whose next build would delete it; give a folder outside",
            shown(site)
        )),
        None => Ok(()),
    }
}

/// What is there of the files and folders that the site is made from.
fn inputs(config: &Config) -> Vec<PathBuf> {
    let (vocabulary, schema) = (&config.vocabulary, &config.check.schema);
    let files = [
        &vocabulary.groups,
        &vocabulary.product_categories,
        &vocabulary.data_categories,
        &schema.metric,
        &schema.event,
    ];
    let roots = config.sources.iter().map(|source| source.root.clone());
    let paths = roots.chain(files.into_iter().flatten().cloned()).chain(own_folders(config));
    paths.filter(|path| path.exists()).collect()
}

/// The folders in which every file counts.
fn folders(config: &Config) -> Vec<PathBuf> {
    // A root may be the whole project, with the target in it; its folder `metrics` holds definitions alone.
    let definitions = config.sources.iter().flat_map(|source| {
        let below = source.folders().into_iter().filter(|folder| !folder.as_os_str().is_empty());
        below.map(|folder| source.root.join(folder))
    });
    definitions.chain(own_folders(config)).filter(|path| path.exists()).collect()
}

fn own_folders(config: &Config) -> [PathBuf; 2] {
    [config.base.join("content"), config.base.join("themes")]
}

/// A path without links, as far as it exists.
fn real(path: &Path) -> PathBuf {
    let existing = path.ancestors().find_map(|folder| Some((folder, folder.canonicalize().ok()?)));
    match existing {
        Some((folder, real)) => path.strip_prefix(folder).map_or(real.clone(), |rest| real.join(rest)),
        None => path.to_path_buf(),
    }
}
