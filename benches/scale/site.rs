//! Building the site of a project: from nothing, and again.

use std::fs;
use std::io::ErrorKind;
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use super::process::Run;
use super::{Result, ours};

/// Where there are definitions with a description of one line, as `corpus` writes them.
const EDITED: &str = "definitions/events";

/// What to measure, and what it is called.
pub(crate) fn runs(folder: &Path) -> Result<Vec<(&'static str, Run)>> {
    let out = folder.with_extension("site");
    let build = || ours(folder, &["-q", "build", "--out", &out.to_string_lossy()]);
    let site = out.clone();
    let edited = first_file(&folder.join(EDITED))?;
    let text = fs::read_to_string(&edited)?;
    let edits = AtomicUsize::new(0);
    Ok(vec![
        ("`build`, from nothing", build().after(move || remove(&site))),
        ("`build` again, nothing changed", build()),
        (
            "`build` again, one definition changed",
            build().after(move || {
                // There and back again: the project stays what it was.
                let forth = edits.fetch_add(1, Ordering::Relaxed).is_multiple_of(2);
                let changed = text.replacen("description: ", "description: Edited, ", 1);
                Ok(fs::write(&edited, if forth { &changed } else { &text })?)
            }),
        ),
    ])
}

/// The name of an event of the project.
pub(crate) fn event(folder: &Path) -> Result<String> {
    let file = first_file(&folder.join(EDITED))?;
    Ok(file.file_stem().unwrap_or_default().to_string_lossy().into_owned())
}

/// How many files the site has, and their bytes.
pub(crate) fn size(folder: &Path) -> Result<(usize, u64)> {
    let (mut files, mut bytes) = (0, 0);
    let mut folders = vec![folder.with_extension("site")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder)? {
            let entry = entry?;
            let metadata = entry.metadata()?;
            if metadata.is_dir() {
                folders.push(entry.path());
            } else {
                files += 1;
                bytes += metadata.len();
            }
        }
    }
    Ok((files, bytes))
}

fn first_file(folder: &Path) -> Result<PathBuf> {
    let files = fs::read_dir(folder)?.map(|entry| Ok(entry?.path())).collect::<Result<Vec<_>>>()?;
    let described =
        |path: &PathBuf| fs::read_to_string(path).is_ok_and(|text| text.contains("\ndescription: "));
    Ok(files
        .into_iter()
        .filter(|path| path.is_file())
        .filter(described)
        .min()
        .ok_or("no definition to edit")?)
}

/// Deletes a site and the hidden folder beside it.
pub(crate) fn remove(site: &Path) -> Result<()> {
    let name = site.file_name().unwrap_or_default().to_string_lossy();
    for folder in [site, &site.with_file_name(format!(".{name}.spare"))] {
        match fs::remove_dir_all(folder) {
            Err(error) if error.kind() != ErrorKind::NotFound => return Err(error.into()),
            _ => {}
        }
    }
    Ok(())
}
