//! `check --write-baseline` and `--baseline`.

use crate::support::{METRIC, Project, Run};

/// A metric that lacks two fields and has a wrong status.
fn legacy() -> String {
    METRIC
        .replace("status: active", "status: actve")
        .replace("value_type: number\n", "")
        .replace("data_source: database\n", "")
}

fn with_baseline() -> Project {
    let project = Project::new().metric("a/issues.yml", legacy());
    let written = project.run(&["check", "--write-baseline", "baseline.json"]);
    assert_eq!(
        (written.code, written.log.as_str()),
        (0, "Wrote    3 entries into the baseline baseline.json\n")
    );
    assert_eq!(written.out, "1 file, 1 metric, 0 events: nothing found (3 in baseline)\n");
    project
}

fn check(project: &Project) -> Run {
    project.run(&["check", "--baseline", "baseline.json"])
}

#[test]
fn what_was_there_is_not_reported_again() {
    let project = with_baseline();
    let run = check(&project);
    assert_eq!((run.code, run.log.as_str()), (0, ""));
    let json = project.run(&["check", "--baseline", "baseline.json", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&json.out).unwrap();
    assert_eq!((&report["summary"]["in_baseline"], &report["findings"]), (&3.into(), &serde_json::json!([])));
    assert_eq!(project.run(&["check"]).code, 1);
}

#[test]
fn it_says_what_it_holds_in_a_fixed_order() {
    let project = with_baseline();
    let first = std::fs::read_to_string(project.path("baseline.json")).unwrap();
    insta::assert_snapshot!("baseline", first);
    project.run(&["check", "--write-baseline", "again.json"]);
    assert_eq!(std::fs::read_to_string(project.path("again.json")).unwrap(), first);
}

#[test]
fn it_survives_moved_lines_and_reordered_fields() {
    let project = with_baseline();
    let moved = legacy()
        .replace("---\nkey_path: counts.issues\n", "---\n# a comment\n\n")
        .replace("tiers:", "key_path: counts.issues\ntiers:");
    let project = project.metric("a/issues.yml", moved);
    let run = check(&project);
    assert_eq!((run.code, run.log.as_str()), (0, ""), "{}", run.out);
    // It names files as seen from the project, wherever the program runs.
    let elsewhere = project.run(&[
        "-C",
        "definitions",
        "--config",
        "../dictionary.toml",
        "check",
        "--baseline",
        "../baseline.json",
    ]);
    assert_eq!(elsewhere.code, 2, "no configuration yet: {}", elsewhere.log);
    let project = project.file("dictionary.toml", "");
    let elsewhere = project.run(&[
        "-C",
        "definitions",
        "--config",
        "../dictionary.toml",
        "check",
        "--baseline",
        "../baseline.json",
    ]);
    assert_eq!(elsewhere.code, 0, "{}{}", elsewhere.out, elsewhere.log);
}

#[test]
fn what_is_new_is_reported() {
    let project = with_baseline().metric("b.yml", METRIC.replace("tiers:\n- free\n", ""));
    let run = check(&project);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("required field `tiers`"), "{}", run.out);
    assert!(run.out.ends_with("2 errors (3 in baseline)\n"), "{}", run.out);
    // The same mistake a second time in the same file is new.
    let twice = METRIC.replace("- free", "- fre\n- fre");
    let once = Project::new().metric("issues.yml", METRIC.replace("- free", "- fre"));
    once.run(&["check", "--write-baseline", "baseline.json"]);
    let run = check(&once.metric("issues.yml", twice));
    assert!(run.out.contains("(1 in baseline)") && run.code == 1, "{}", run.out);
}

#[test]
fn what_is_fixed_is_named_without_failing() {
    let project = with_baseline().metric("a/issues.yml", legacy().replace("actve", "active"));
    let run = check(&project);
    assert_eq!(
        (run.code, run.log.as_str()),
        (
            0,
            "fixed: 1 entry of the baseline no longer occurs; write it again with `--write-baseline baseline.json`\n  \
             definitions/metrics/a/issues.yml: metric/invalid-value /status\n"
        )
    );
    // Limits of the report do not make entries look fixed.
    let other = with_baseline().metric("b.yml", METRIC.replace("counts.issues", "counts.others"));
    let run = other.run(&["check", "--baseline", "baseline.json", "definitions/metrics/b.yml"]);
    assert_eq!((run.code, run.log.as_str()), (0, ""));
}

#[test]
fn what_cannot_be_read_is_never_hidden() {
    let project = Project::new()
        .metric("issues.yml", METRIC.replace("tiers:\n- free", "tiers: [free"))
        .metric("ok.yml", METRIC.replace("counts.issues", "counts.others"));
    let written = project.run(&["check", "--write-baseline", "baseline.json"]);
    assert_eq!(
        (written.code, written.log.as_str()),
        (1, "Wrote    0 entries into the baseline baseline.json\n")
    );
    assert_eq!(check(&project).code, 1);
}

#[test]
fn a_missing_or_wrong_baseline_stops_the_run() {
    let project = Project::new().metric("issues.yml", METRIC);
    let missing = check(&project);
    assert_eq!(
        (missing.code, missing.log.as_str()),
        (2, "error: there is no baseline `baseline.json`; write it with `--write-baseline baseline.json`\n")
    );
    for (content, says) in [
        ("{", "baseline.json:1: this is no baseline"),
        ("{\"version\": 2, \"findings\": []}", "this is version 2 of a baseline"),
        ("{\"version\": 1, \"findings\": [{}]}", "missing field `count`"),
    ] {
        let project = Project::new().metric("issues.yml", METRIC).file("baseline.json", content);
        let run = check(&project);
        assert_eq!(run.code, 2, "{content}");
        assert!(run.log.contains(says) && run.log.contains("write the baseline again"), "{}", run.log);
    }
    let nowhere = project.run(&["check", "--write-baseline", "no/such/folder.json"]);
    assert_eq!(nowhere.code, 2);
    assert!(nowhere.log.contains("no/such/folder.json"), "{}", nowhere.log);
}
