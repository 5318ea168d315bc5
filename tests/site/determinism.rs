//! The same input gives the same bytes.

use std::path::Path;
use std::process::Command;

use crate::support::{all_definitions, repository, tree};

/// Copies definitions and content into a folder of another name and depth, and builds there.
fn build_in(folder: &Path, definitions: &Path, threads: &str, argument: &str) {
    for (from, to) in [(definitions, "definitions"), (&repository().join("content"), "content")] {
        for (path, content) in tree(from) {
            let path = folder.join(to).join(path);
            std::fs::create_dir_all(path.parent().unwrap()).unwrap();
            std::fs::write(path, content).unwrap();
        }
    }
    let status = Command::new(env!("CARGO_BIN_EXE_metrics-dictionary"))
        .current_dir(folder)
        .args(["-q", "build", "--definitions", argument])
        .env("RAYON_NUM_THREADS", threads)
        .status();
    assert!(status.unwrap().success());
}

#[test]
fn threads_and_folders_do_not_matter() {
    for definitions in all_definitions() {
        let (first, second) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
        let deep = second.path().join("some/other/place");
        std::fs::create_dir_all(&deep).unwrap();
        build_in(first.path(), &definitions, "1", "definitions");
        build_in(&deep, &definitions, "2", deep.join("definitions").to_str().unwrap());
        let (one, two) = (tree(&first.path().join("public")), tree(&deep.join("public")));
        let differing: Vec<_> = one
            .iter()
            .filter(|(path, content)| two.get(*path) != Some(content))
            .map(|(path, _)| path)
            .collect();
        assert!(differing.is_empty() && one.len() == two.len(), "{differing:?}");
    }
}
