//! The site on disk: prepared beside the target, exchanged in one step.
//!
//! Until the exchange the earlier site stays as it was, whatever happens to the build. Files whose bytes did not change
//! keep their modification time. Only folders that this program made, known by their `build.json`, are ever replaced.

mod exchange;
mod single;
mod target;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::site::{BUILD_FILE, File};

pub use single::write_file;

use target::Target;

/// What a build did to the disk.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Published {
    /// Files that are new or have new bytes.
    pub written: usize,
    /// Files that are as they were.
    pub unchanged: usize,
    /// Bytes of all files.
    pub bytes: usize,
}

/// Makes `out` hold exactly these files.
///
/// A second build into the same folder waits for the first.
///
/// # Errors
/// When the target is not ours to replace, or something cannot be written. The earlier site is untouched then.
pub fn publish(out: &Path, files: &[File]) -> Result<Published> {
    let target = Target::claim(out)?;
    target.clear_staging()?;
    let staged = stage(&target, files);
    if staged.is_err() {
        // What is left over would only take space; the next build clears it as well.
        let _ = target::remove_site(&target.staging);
    }
    let published = staged?;
    exchange::put_in_place(&target)?;
    Ok(published)
}

fn stage(target: &Target, files: &[File]) -> Result<Published> {
    // First, so that a killed build leaves a folder that is known as ours.
    let (marker, rest): (Vec<&File>, Vec<&File>) = files.iter().partition(|file| file.path == BUILD_FILE);
    let mut unchanged = 0;
    for file in marker {
        unchanged += usize::from(stage_file(target, file)?);
    }
    let folders: BTreeSet<&str> =
        files.iter().filter_map(|file| Some(file.path.rsplit_once('/')?.0)).collect();
    for folder in folders {
        let folder = target.staging.join(folder);
        fs::create_dir_all(&folder).map_err(|error| Error::io("create", &folder, error))?;
    }
    let kept: Result<Vec<bool>> = rest.par_iter().map(|file| stage_file(target, file)).collect();
    unchanged += kept?.into_iter().filter(|&kept| kept).count();
    let bytes = files.iter().map(|file| file.content.len()).sum();
    Ok(Published { written: files.len() - unchanged, unchanged, bytes })
}

/// Puts one file into the staging folder: a link to the earlier one where the bytes are the same.
fn stage_file(target: &Target, file: &File) -> Result<bool> {
    let staged = target.staging.join(&file.path);
    let earlier = target.out.join(&file.path);
    let same = fs::symlink_metadata(&earlier)
        .is_ok_and(|metadata| metadata.is_file() && metadata.len() == file.content.len() as u64)
        && fs::read(&earlier).is_ok_and(|content| content == file.content);
    if same && fs::hard_link(&earlier, &staged).is_ok() {
        return Ok(true);
    }
    write(&staged, &file.content)?;
    Ok(false)
}

fn write(path: &Path, content: &[u8]) -> Result<()> {
    fs::write(path, content).map_err(|error| Error::io("write", path, error))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn site(pages: &[(&str, &str)]) -> Vec<File> {
        let build = File::text(BUILD_FILE, "{\"generator\": \"metrics-dictionary\"}".to_owned());
        pages.iter().map(|(path, text)| File::text(*path, (*text).to_owned())).chain([build]).collect()
    }

    fn listing(folder: &Path) -> Vec<String> {
        let entries =
            walkdir::WalkDir::new(folder).sort_by_file_name().into_iter().map(|entry| entry.unwrap());
        let files = entries.filter(|entry| entry.file_type().is_file());
        files.map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned()).collect()
    }

    #[test]
    fn a_build_replaces_the_whole_folder_and_leaves_nothing_beside_it() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        publish(&out, &site(&[("a/index.html", "a"), ("b.html", "b")])).unwrap();
        let second = publish(&out, &site(&[("a/index.html", "a"), ("c.html", "c")])).unwrap();
        assert_eq!(listing(parent.path()), ["public/a/index.html", "public/build.json", "public/c.html"]);
        assert_eq!((second.written, second.unchanged), (1, 2));
    }

    #[test]
    fn unchanged_files_keep_their_time() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        publish(&out, &site(&[("a.html", "a"), ("b.html", "b")])).unwrap();
        let time = |name: &str| fs::metadata(out.join(name)).unwrap().modified().unwrap();
        let before = (time("a.html"), time("b.html"));
        std::thread::sleep(std::time::Duration::from_millis(20));
        publish(&out, &site(&[("a.html", "a"), ("b.html", "changed")])).unwrap();
        assert_eq!(time("a.html"), before.0);
        assert_ne!(time("b.html"), before.1);
    }

    #[test]
    fn foreign_folders_files_and_links_are_refused_and_kept() {
        let parent = tempfile::tempdir().unwrap();
        let foreign = parent.path().join("foreign");
        fs::create_dir(&foreign).unwrap();
        fs::write(foreign.join("thesis.txt"), "years of work").unwrap();
        let file = parent.path().join("file");
        fs::write(&file, "x").unwrap();
        for out in [&foreign, &file] {
            let error = publish(out, &site(&[("a.html", "a")])).unwrap_err();
            assert!(matches!(error, Error::Target { .. }), "{error}");
        }
        #[cfg(unix)]
        {
            let link = parent.path().join("link");
            std::os::unix::fs::symlink(&foreign, &link).unwrap();
            assert!(matches!(publish(&link, &site(&[])).unwrap_err(), Error::Target { .. }));
        }
        assert_eq!(fs::read_to_string(foreign.join("thesis.txt")).unwrap(), "years of work");
    }

    #[test]
    fn an_empty_folder_and_the_remains_of_a_killed_build_are_no_obstacle() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        fs::create_dir(&out).unwrap();
        let remains = parent.path().join(".public.staging");
        fs::create_dir(&remains).unwrap();
        fs::write(remains.join(BUILD_FILE), "{\"genera").unwrap();
        publish(&out, &site(&[("a.html", "a")])).unwrap();
        assert_eq!(listing(parent.path()), ["public/a.html", "public/build.json"]);
    }

    #[test]
    fn somebody_elses_staging_folder_is_kept() {
        let parent = tempfile::tempdir().unwrap();
        let staging = parent.path().join(".public.staging");
        fs::create_dir(&staging).unwrap();
        fs::write(staging.join("notes.txt"), "mine").unwrap();
        assert!(publish(&parent.path().join("public"), &site(&[])).is_err());
        assert_eq!(fs::read_to_string(staging.join("notes.txt")).unwrap(), "mine");
        #[cfg(unix)]
        {
            let link = parent.path().join(".site.staging");
            std::os::unix::fs::symlink(&staging, &link).unwrap();
            assert!(publish(&parent.path().join("site"), &site(&[])).is_err());
            assert!(link.is_symlink());
        }
    }

    #[test]
    fn a_half_deleted_site_is_still_known_as_ours() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        publish(&out, &site(&[("a/b.html", "b"), ("z.html", "z")])).unwrap();
        // As if killed while the earlier site was deleted: its marker goes last.
        let staging = parent.path().join(".public.staging");
        fs::create_dir_all(staging.join("z")).unwrap();
        fs::copy(out.join(BUILD_FILE), staging.join(BUILD_FILE)).unwrap();
        publish(&out, &site(&[("a/b.html", "new")])).unwrap();
        assert_eq!(listing(parent.path()), ["public/a/b.html", "public/build.json"]);
    }
}
