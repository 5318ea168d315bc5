//! The site on disk: prepared beside the target, exchanged in one step.
//!
//! Until the exchange the earlier site stays as it was, whatever happens to the build. Files whose bytes did not change
//! keep their modification time. Only folders that this program made, known by their `build.json`, are ever replaced.

mod earlier;
mod exchange;
mod ledger;
mod pairs;
mod pieces;
mod single;
mod spare;
mod staging;
mod target;

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use crate::error::{Error, Result};
use crate::folder::Folder;
use crate::sealed::Lists;
use crate::site::Planned;

pub use earlier::Earlier;
pub use single::write_file;

use ledger::{Ledger, Left};
use pairs::{Located, pairs};
use spare::Spare;
use staging::{Prepared, Staging};
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

/// Where a build into a folder leaves trees of definitions for the next one.
pub fn trees_beside(out: &Path) -> PathBuf {
    Spare::beside(out).trees()
}

/// Makes `out` hold exactly the planned files, which are sorted by path. `earlier` is what is known of it, `trees` gives
/// what is to lie at [`trees_beside`] from now on, if that is to change.
///
/// A second build into the same folder waits for the first.
///
/// # Errors
/// When the target is not ours to replace, a page cannot be made, or something cannot be written. The earlier site is
/// untouched then.
pub fn publish(
    out: &Path,
    planned: &[Planned<'_>],
    earlier: Earlier,
    trees: impl FnOnce() -> io::Result<Option<Lists>> + Send,
) -> Result<Published> {
    let target = Target::claim(out)?;
    let published = replace(&target, planned, earlier, trees);
    if published.is_err() {
        target.spare.discard();
    }
    published
}

fn replace(
    target: &Target,
    planned: &[Planned<'_>],
    earlier: Earlier,
    trees: impl FnOnce() -> io::Result<Option<Lists>> + Send,
) -> Result<Published> {
    let ledger = target.spare.ledger();
    let mut remembered = earlier.of_ledger(ledger.clone());
    if !target.exists {
        remembered.with_dependent_mut(|_, before| *before = Ledger::default());
    }
    // From here on it is not true any more.
    match fs::remove_file(&ledger) {
        Err(error) if error.kind() != io::ErrorKind::NotFound => {
            return Err(Error::io("delete", &ledger, error));
        }
        _ => {}
    }
    let site = target.spare.site();
    let folders = &remembered.borrow_dependent().spare_folders;
    if folders.is_empty() || !are_as_left(folders, &Folder::new(&site)) {
        target.spare.empty_site()?;
        remembered.with_dependent_mut(|_, before| before.forget_spare());
    }
    let before = remembered.borrow_dependent();
    let (in_place, next) = (Folder::new(&target.out), Folder::new(&site));
    let staging = Staging { out: &target.out, in_place, exists: target.exists, site, next, before };
    let prepared = staging.prepare(planned)?;
    if target.exists {
        exchange::exchange(&staging.site, &target.out)?;
    } else {
        fs::rename(&staging.site, &target.out).map_err(|error| Error::io("create", &target.out, error))?;
    }
    let placed = &prepared.placed;
    let unchanged = placed.par_iter().filter(|placed| placed.kept).count();
    let bytes = placed.par_iter().map(|placed| placed.written.stamp.length()).sum();
    let published = Published { written: placed.len() - unchanged, unchanged, bytes };
    let write_ledger = || left(&Folder::new(&target.out), prepared, before).write(&ledger);
    let write_trees =
        || trees()?.map_or(Ok(()), |trees| single::replace(&target.spare.trees(), trees.parts()));
    let (ledger, trees) = rayon::join(write_ledger, write_trees);
    if ledger.and(trees).is_err() {
        // The new site is in place. Without what is remembered of it the next build only takes longer.
        target.spare.discard();
    }
    Ok(published)
}

/// Whether nobody has added files to folders or taken some away.
fn are_as_left(folders: &[Left<'_>], root: &Folder) -> bool {
    folders.par_iter().all(|folder| root.stamp(&folder.path) == Some(folder.stamp))
}

/// What the next build is to know of a site that has just been put in place, and of the one that was there before.
fn left<'l>(root: &Folder, prepared: Prepared<'l>, before: &'l Ledger<'l>) -> Ledger<'l> {
    let Prepared { placed, replaced, cleared } = prepared;
    let new = placed.par_iter().filter(|placed| !placed.was_there).map(Located::path);
    let mut touched: Vec<&str> = new.chain(cleared).collect();
    touched.par_sort_unstable();
    let (all, touched) = rayon::join(|| folders(&placed), || folders(&touched));
    let known = pairs(&all, &before.spare_folders);
    let stamped = all.par_iter().zip(known).filter_map(|(path, known)| {
        let known = known.filter(|_| touched.binary_search(path).is_err()).map(|known| known.stamp);
        let stamp = known.or_else(|| root.stamp(path))?;
        Some(Left { path: path.to_string().into(), stamp })
    });
    Ledger {
        folders: stamped.collect(),
        files: placed.into_iter().map(|placed| placed.written).collect(),
        spare_files: replaced,
        spare_folders: before.folders.clone(),
    }
}

/// The folders that some files lie in, and those above them up to the root. Both are sorted.
fn folders<T: Located + Sync>(files: &[T]) -> Vec<&str> {
    // What lies in a folder stands together: the first of it names the folder.
    let named_first = |place: usize| {
        let path = files[place].path();
        let before = place.checked_sub(1).and_then(|before| files[before].path().rsplit_once('/'));
        let before = before.map_or("", |(folder, _)| folder);
        path.match_indices('/').map(|(end, _)| &path[..end]).filter(move |above| !is_in(before, above))
    };
    let mut folders = vec![""];
    folders.par_extend((0..files.len()).into_par_iter().flat_map_iter(named_first));
    folders.par_sort_unstable();
    folders
}

/// Whether a folder is another or lies in it.
fn is_in(folder: &str, other: &str) -> bool {
    folder.strip_prefix(other).is_some_and(|below| below.is_empty() || below.starts_with('/'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::site::{BUILD_FILE, File};

    /// Publishes some pages.
    fn publish(out: &Path, pages: &[(&str, &str)]) -> Result<Published> {
        let build = (BUILD_FILE, "{\"generator\": \"metrics-dictionary\"}");
        let mut files: Vec<File> =
            pages.iter().chain([&build]).map(|(path, text)| File::text(*path, (*text).to_owned())).collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        let planned: Vec<Planned<'_>> = files.iter().map(Planned::ready).collect();
        super::publish(out, &planned, Earlier::of(out), || Ok(None))
    }

    fn listing(folder: &Path) -> Vec<String> {
        let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
        let files = entries.filter(|entry| entry.file_type().is_file());
        let mut paths: Vec<String> = files
            .map(|entry| entry.path().strip_prefix(folder).unwrap().to_string_lossy().into_owned())
            .collect();
        paths.sort();
        paths
    }

    #[test]
    fn a_build_replaces_the_whole_folder() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        publish(&out, &[("a/index.html", "a"), ("b.html", "b")]).unwrap();
        let second = publish(&out, &[("a/index.html", "a"), ("c.html", "c")]).unwrap();
        assert_eq!(listing(&out), ["a/index.html", "build.json", "c.html"]);
        assert_eq!((second.written, second.unchanged), (1, 2));
    }

    #[test]
    fn unchanged_files_keep_their_time() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        publish(&out, &[("a.html", "a"), ("b.html", "b")]).unwrap();
        let time = |name: &str| fs::metadata(out.join(name)).unwrap().modified().unwrap();
        let before = (time("a.html"), time("b.html"));
        std::thread::sleep(std::time::Duration::from_millis(20));
        publish(&out, &[("a.html", "a"), ("b.html", "changed")]).unwrap();
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
            let error = publish(out, &[("a.html", "a")]).unwrap_err();
            assert!(matches!(error, Error::Target { .. }), "{error}");
        }
        #[cfg(unix)]
        {
            let link = parent.path().join("link");
            std::os::unix::fs::symlink(&foreign, &link).unwrap();
            assert!(matches!(publish(&link, &[]).unwrap_err(), Error::Target { .. }));
        }
        assert_eq!(fs::read_to_string(foreign.join("thesis.txt")).unwrap(), "years of work");
    }

    #[test]
    fn an_empty_folder_and_the_remains_of_a_killed_build_are_no_obstacle() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        fs::create_dir(&out).unwrap();
        let remains = parent.path().join(".public.spare");
        spare::Spare::open(&out).unwrap();
        fs::create_dir_all(remains.join("site/b")).unwrap();
        fs::write(remains.join("site/b/half.html"), "<p>hal").unwrap();
        publish(&out, &[("a.html", "a")]).unwrap();
        assert_eq!(listing(&out), ["a.html", "build.json"]);
    }

    #[test]
    fn somebody_elses_folder_beside_the_target_is_kept() {
        let parent = tempfile::tempdir().unwrap();
        let spare = parent.path().join(".public.spare");
        fs::create_dir(&spare).unwrap();
        fs::write(spare.join("notes.txt"), "mine").unwrap();
        assert!(publish(&parent.path().join("public"), &[]).is_err());
        assert_eq!(listing(parent.path()), [".public.spare/notes.txt"]);
        #[cfg(unix)]
        {
            let link = parent.path().join(".site.spare");
            std::os::unix::fs::symlink(&spare, &link).unwrap();
            assert!(publish(&parent.path().join("site"), &[]).is_err());
            assert!(link.is_symlink());
        }
    }

    #[test]
    fn the_spare_is_brought_up_to_date() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        let builds: [&[(&str, &str)]; 6] = [
            &[("a.html", "1"), ("b/c/d.html", "1"), ("e.html", "1")],
            &[("a.html", "2"), ("b/c/d.html", "1"), ("e.html", "1")],
            &[("a.html", "2"), ("e.html", "1")],
            &[("a.html", "2"), ("b/c.html", "3"), ("e.html", "1")],
            &[("a.html", "1"), ("b/c/d.html", "1"), ("b/c.html", "3")],
            &[("a.html", "1"), ("b/c/d.html", "1"), ("b/c.html", "3")],
        ];
        for pages in builds {
            publish(&out, pages).unwrap();
            let mut paths: Vec<&str> = pages.iter().map(|(path, _)| *path).chain([BUILD_FILE]).collect();
            paths.sort_unstable();
            assert_eq!(listing(&out), paths);
            for (path, text) in pages {
                assert_eq!(fs::read_to_string(out.join(path)).unwrap(), *text, "{path}");
            }
        }
        assert_eq!(publish(&out, builds[5]).unwrap().written, 0);
    }

    #[test]
    fn what_somebody_changed_in_the_site_is_made_again() {
        let parent = tempfile::tempdir().unwrap();
        let out = parent.path().join("public");
        let pages = [("a.html", "1"), ("b/c.html", "1"), ("d.html", "1")];
        // Each of these is done to the site in place, and comes back from the spare a build later.
        let meddle: [&dyn Fn(); 4] = [
            &|| fs::write(out.join("a.html"), "x").unwrap(),
            &|| fs::remove_dir_all(out.join("b")).unwrap(),
            &|| fs::write(out.join("b/foreign.html"), "x").unwrap(),
            &|| fs::write(parent.path().join(".public.spare/ledger"), "x").unwrap(),
        ];
        publish(&out, &pages).unwrap();
        for meddle in meddle {
            meddle();
            for _ in 0..3 {
                publish(&out, &pages).unwrap();
                assert_eq!(listing(&out), ["a.html", "b/c.html", "build.json", "d.html"]);
                assert_eq!(fs::read_to_string(out.join("a.html")).unwrap(), "1");
            }
        }
    }
}
