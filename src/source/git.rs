//! The state of the repository that holds the definitions.

use std::path::Path;
use std::process::{Command, Stdio};

/// Hash and ISO 8601 date of the commit that a folder is at; `None` without git or outside a repository.
pub fn head_commit(folder: &Path) -> Option<(String, String)> {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args(["log", "-1", "--format=%H %cI"])
        .stdin(Stdio::null())
        .stderr(Stdio::null())
        .output()
        .ok()?;
    let line = String::from_utf8(output.stdout).ok()?;
    let (hash, date) = line.trim().split_once(' ')?;
    output.status.success().then(|| (hash.to_owned(), date.to_owned()))
}
