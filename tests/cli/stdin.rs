//! `check --stdin-filename`: what an editor has not saved yet.

use crate::support::{METRIC, Project, Run};

fn check(project: &Project, path: &str, text: &[u8]) -> Run {
    project.run_with_input(&["check", "--stdin-filename", path], text)
}

#[test]
fn the_text_stands_for_the_file() {
    let project = Project::new()
        .metric("issues.yml", METRIC)
        .metric("wrong.yml", METRIC.replace("counts.issues", "counts.wrong").replace("active", "actve"));
    let wrong =
        check(&project, "definitions/metrics/issues.yml", METRIC.replace("active", "actve").as_bytes());
    assert_eq!(wrong.code, 1);
    assert!(
        wrong.out.contains("definitions/metrics/issues.yml:8:9") && !wrong.out.contains("wrong.yml"),
        "{}",
        wrong.out
    );
    let right = check(
        &project,
        "definitions/metrics/wrong.yml",
        METRIC.replace("counts.issues", "counts.wrong").as_bytes(),
    );
    assert_eq!((right.code, right.out.as_str()), (0, "2 files, 2 metrics, 0 events: nothing found\n"));
    // The file itself is not touched.
    assert_eq!(project.run(&["check"]).code, 1);
}

#[test]
fn the_other_files_are_read_from_disk() {
    let project = Project::new().metric("issues.yml", METRIC);
    let run = check(&project, "./definitions/metrics/new/second.yml", METRIC.as_bytes());
    assert_eq!(run.code, 1);
    assert!(run.out.contains("is already defined in `metrics/issues.yml`"), "{}", run.out);
}

#[test]
fn the_file_need_not_exist_but_must_be_a_definition() {
    let project = Project::new().file("definitions/readme.txt", "x");
    for path in [
        "definitions/metrics/first.yml".to_owned(),
        project.path("definitions/metrics/first.yml").display().to_string(),
    ] {
        let run = check(&project, &path, METRIC.as_bytes());
        // A place for a folder that does not exist yet.
        assert_eq!(
            (run.code, run.out.as_str()),
            (0, "1 file, 1 metric, 0 events: nothing found\n"),
            "{}",
            run.log
        );
    }
    for path in [
        "definitions/readme.txt",
        "elsewhere/metrics/a.yml",
        "../a.yml",
        "definitions/metrics/.a.yml",
        "definitions/metrics/aggregates/a.yml",
    ] {
        let run = check(&project, path, METRIC.as_bytes());
        assert_eq!(run.code, 2, "{path}");
        assert!(run.log.contains("no source's globs match it"), "{path}: {}", run.log);
    }
}

#[test]
fn hostile_input_is_a_finding() {
    let project = Project::new().metric("issues.yml", METRIC);
    for (text, rule) in [
        (vec![b'#'; 3 << 20], "file/too-large"),
        (b"\xff\xfe".to_vec(), "yaml/not-utf8"),
        (Vec::new(), "yaml/empty"),
    ] {
        let run = check(&project, "definitions/metrics/issues.yml", &text);
        assert_eq!(run.code, 1);
        assert!(run.out.contains(rule), "{rule}: {}", run.out);
    }
}

#[test]
fn it_stands_alone() {
    let project = Project::new().metric("issues.yml", METRIC);
    for other in [&["--fix"][..], &["--since", "main"], &["definitions"], &["--write-baseline", "x.json"]] {
        let mut arguments = vec!["check", "--stdin-filename", "definitions/metrics/issues.yml"];
        arguments.extend(other);
        assert_eq!(project.run(&arguments).code, 2, "{other:?}");
    }
}
