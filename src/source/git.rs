//! The repository that holds the definitions, asked through git's command line.

use std::io::{BufRead, BufReader, Write};
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use crate::error::{Error, Result};

/// Hash and ISO 8601 date of the commit that a folder is at; `None` without git or outside a repository.
pub fn head_commit(folder: &Path) -> Option<(String, String)> {
    let output = git(folder).args(["log", "-1", "--format=%H %cI"]).stderr(Stdio::null()).output().ok()?;
    let line = String::from_utf8(output.stdout).ok()?;
    let (hash, date) = line.trim().split_once(' ')?;
    output.status.success().then(|| (hash.to_owned(), date.to_owned()))
}

/// The command line of git in a folder, without input, and without writing to the repository.
fn git(folder: &Path) -> Command {
    let mut command = Command::new("git");
    command.arg("-C").arg(folder).stdin(Stdio::null()).env("GIT_OPTIONAL_LOCKS", "0");
    // A path is a path, whatever characters are in it.
    command.env("GIT_LITERAL_PATHSPECS", "1");
    command
}

/// A folder of a work tree, compared with an earlier commit.
#[derive(Debug)]
pub(super) struct Since {
    folder: PathBuf,
    commit: String,
}

impl Since {
    /// Finds the merge base of a revision and `HEAD` in the repository that a folder belongs to.
    ///
    /// # Errors
    /// When git is missing, the folder is in no repository, the revision is unknown, or its history is not at hand;
    /// the message says what to fetch.
    pub(super) fn new(folder: &Path, revision: &str) -> Result<Self> {
        let since = |commit: String| Self { folder: folder.to_path_buf(), commit };
        let asked = since(String::new());
        asked.ask(&["rev-parse", "--show-toplevel"], |reason| {
            format!("`--since` compares with git, and `{}` is in no repository: {reason}", folder.display())
        })?;
        let shallow =
            asked.ask(&["rev-parse", "--is-shallow-repository"], |reason| reason)?.starts_with(b"true");
        // No revision starts with a dash; git would take it for an option.
        let commit = format!("{revision}^{{commit}}");
        let known = !revision.starts_with('-')
            && asked.run(&["rev-parse", "--verify", "--quiet", &commit])?.status.success();
        if !known {
            return Err(Error::Usage(format!(
                "there is no revision `{revision}` in the repository of `{}`; fetch it: {}",
                folder.display(),
                remedy(shallow)
            )));
        }
        let base = asked.run(&["merge-base", &commit, "HEAD"])?;
        let base = String::from_utf8_lossy(&base.stdout).trim().to_owned();
        if base.is_empty() {
            return Err(Error::Usage(if shallow {
                format!("the commit in which `{revision}` and `HEAD` meet is not fetched; {}", remedy(true))
            } else {
                format!(
                    "`{revision}` and `HEAD` have no commit in common; name a revision that `HEAD` comes from"
                )
            }));
        }
        Ok(since(base))
    }

    /// The files below the folder that differ from the commit, with `/`: committed, staged, unstaged and untracked
    /// ones, those that are gone, and both names of renamed ones.
    ///
    /// # Errors
    /// When git fails.
    pub(super) fn changed(&self) -> Result<Vec<String>> {
        let failed = |reason: String| format!("git could not compare with {}: {reason}", self.commit);
        let differing = [
            "diff",
            "--name-only",
            "-z",
            "--relative",
            "--no-renames",
            "--no-ext-diff",
            "--ignore-submodules",
            &self.commit,
            "--",
        ];
        let untracked = ["ls-files", "--others", "--exclude-standard", "-z"];
        let mut paths = separate(&self.ask(&differing, failed)?);
        paths.extend(separate(&self.ask(&untracked, failed)?));
        paths.sort();
        paths.dedup();
        Ok(paths)
    }

    /// The content that files below the folder had in the commit, for those of which `wanted` holds.
    ///
    /// Links and submodules have none.
    ///
    /// # Errors
    /// When git fails.
    pub(super) fn contents(
        &self,
        limit: u64,
        wanted: impl Fn(&str) -> bool,
    ) -> Result<Vec<(String, Vec<u8>)>> {
        let failed = |reason: String| format!("git could not list the files of {}: {reason}", self.commit);
        let listed = self.ask(&["ls-tree", "-r", "-z", "--long", &self.commit], failed)?;
        let files: Vec<(String, String)> = separate(&listed)
            .into_iter()
            .filter_map(|line| {
                // `100644 blob 257cc5642cb1a054f08cc83f2d943e56fd3ebe99    1234<tab>path`
                let (about, path) = line.split_once('\t')?;
                let about: Vec<&str> = about.split_whitespace().collect();
                let [mode, "blob", object, size] = about[..] else { return None };
                let fits = size.parse::<u64>().is_ok_and(|size| size <= limit);
                (fits && mode.starts_with("100") && wanted(path))
                    .then(|| (path.to_owned(), object.to_owned()))
            })
            .collect();
        let objects: Vec<&str> = files.iter().map(|(_, object)| object.as_str()).collect();
        let contents = self.objects(&objects)?;
        Ok(files.into_iter().map(|(path, _)| path).zip(contents).collect())
    }

    /// The bytes of objects, in their order.
    fn objects(&self, objects: &[&str]) -> Result<Vec<Vec<u8>>> {
        if objects.is_empty() {
            return Ok(Vec::new());
        }
        let failed = |error: std::io::Error| Error::Usage(format!("git could not read old files: {error}"));
        let mut child = git(&self.folder)
            .args(["cat-file", "--batch"])
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .map_err(no_git)?;
        let input = child.stdin.take();
        let asked = objects.join("\n") + "\n";
        // Written beside the reading: either pipe may be full before the other is empty.
        let writer = std::thread::spawn(move || input.map(|mut input| input.write_all(asked.as_bytes())));
        let mut contents = Vec::with_capacity(objects.len());
        if let Some(output) = child.stdout.take() {
            let mut output = BufReader::new(output);
            for _ in objects {
                contents.push(batch_entry(&mut output).map_err(failed)?);
            }
        }
        let _ = writer.join();
        child.wait().map_err(failed)?;
        Ok(contents)
    }

    /// Runs git; gives what it prints, or an error with the first line of what it says.
    fn ask(&self, arguments: &[&str], failed: impl Fn(String) -> String) -> Result<Vec<u8>> {
        let output = self.run(arguments)?;
        if output.status.success() {
            return Ok(output.stdout);
        }
        let said = String::from_utf8_lossy(&output.stderr);
        let reason = said.lines().next().unwrap_or("git says nothing");
        Err(Error::Usage(failed(reason.trim_start_matches("fatal: ").to_owned())))
    }

    fn run(&self, arguments: &[&str]) -> Result<Output> {
        git(&self.folder).args(arguments).output().map_err(no_git)
    }
}

fn no_git(error: std::io::Error) -> Error {
    Error::Usage(format!("`--since` needs git, which could not be started: {error}"))
}

/// How to get what is not there, on a machine and in CI.
fn remedy(shallow: bool) -> &'static str {
    if shallow {
        "this clone is shallow: `git fetch --unshallow`, in CI `fetch-depth: 0` (GitHub) or `GIT_DEPTH: 0` (GitLab)"
    } else {
        "`git fetch origin`, then for instance `--since origin/main`"
    }
}

/// Paths that end in NUL. What is not UTF-8 becomes readable, as the walk over the files does it.
fn separate(bytes: &[u8]) -> Vec<String> {
    let parts = bytes.split(|&byte| byte == 0).filter(|part| !part.is_empty());
    parts.map(|part| String::from_utf8_lossy(part).into_owned()).collect()
}

/// `<object> blob <size>`, a line break, the bytes, a line break.
fn batch_entry(output: &mut impl BufRead) -> std::io::Result<Vec<u8>> {
    let mut header = String::new();
    output.read_line(&mut header)?;
    let size = header.trim_end().rsplit(' ').next().and_then(|size| size.parse::<usize>().ok());
    let size =
        size.ok_or_else(|| std::io::Error::other(format!("unexpected answer `{}`", header.trim_end())))?;
    let mut content = vec![0; size];
    output.read_exact(&mut content)?;
    output.read_exact(&mut [0])?;
    Ok(content)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_batch_is_read_by_its_sizes() {
        let mut output = &b"aa blob 3\na\nb\nbb blob 0\n\n"[..];
        assert_eq!(batch_entry(&mut output).unwrap(), b"a\nb");
        assert_eq!(batch_entry(&mut output).unwrap(), b"");
        assert!(batch_entry(&mut &b"cc missing\n"[..]).is_err());
    }

    #[test]
    fn paths_may_hold_anything_but_nul() {
        assert_eq!(separate(b"a b\0-c\n\0\xff\0"), ["a b", "-c\n", "\u{fffd}"]);
    }
}
