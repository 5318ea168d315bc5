//! `check --since` in real repositories.

use std::path::Path;
use std::process::Command;

use crate::support::{EVENT, METRIC, Project, Run};

fn git_in(folder: &Path, arguments: &[&str]) -> String {
    let output = Command::new("git")
        .arg("-C")
        .arg(folder)
        .args([
            "-c",
            "user.name=Test",
            "-c",
            "user.email=test@tidewater.example",
            "-c",
            "commit.gpgsign=false",
        ])
        .args(["-c", "init.defaultBranch=main", "-c", "protocol.file.allow=always"])
        .args(arguments)
        .env_remove("GIT_DIR")
        .env_remove("GIT_INDEX_FILE")
        .output()
        .unwrap();
    assert!(output.status.success(), "git {arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

impl Project {
    fn git(self, arguments: &[&str]) -> Self {
        git_in(&self.path(""), arguments);
        self
    }

    /// Everything in the folder as a commit.
    fn committed(self) -> Self {
        self.git(&["add", "--all"]).git(&["commit", "--quiet", "--message", "x"])
    }

    /// On a branch that begins here.
    fn on_branch(self) -> Self {
        self.git(&["checkout", "--quiet", "-b", "branch"])
    }
}

/// A metric of a name with a wrong status.
fn wrong(name: &str) -> String {
    METRIC.replace("counts.issues", &format!("counts.{name}")).replace("active", "actve")
}

fn named(name: &str) -> String {
    METRIC.replace("counts.issues", &format!("counts.{name}"))
}

fn repository() -> Project {
    Project::new()
        .metric("old.yml", wrong("old"))
        .metric("moved.yml", wrong("moved"))
        .git(&["init", "--quiet"])
        .committed()
}

fn since(project: &Project, revision: &str) -> Run {
    project.run(&["check", "--since", revision])
}

/// The paths and rules of the findings since `main`.
fn found(project: &Project) -> Vec<String> {
    let run = project.run(&["check", "--since", "main", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.log));
    let finding = |finding: &serde_json::Value| {
        let path = finding["path"].as_str().unwrap().trim_start_matches("definitions/");
        format!("{path} {}", finding["rule"].as_str().unwrap())
    };
    report["findings"].as_array().unwrap().iter().map(finding).collect()
}

#[test]
fn the_report_is_limited_to_what_differs() {
    let project = repository().on_branch();
    let run = since(&project, "main");
    assert_eq!(
        (run.code, run.out.as_str()),
        (0, "2 files, 2 metrics, 0 events: nothing found\n"),
        "{}",
        run.log
    );

    let project = project.metric("committed.yml", wrong("committed")).committed();
    let project = project.metric("staged.yml", wrong("staged")).git(&["add", "--all"]);
    let project = project.metric("untracked.yml", wrong("untracked"));
    let project = project.metric("old.yml", wrong("old").replace("Count of", "The count of"));
    let project = project.git(&["mv", "definitions/metrics/moved.yml", "definitions/metrics/renamed.yml"]);
    assert_eq!(
        found(&project),
        ["committed", "old", "renamed", "staged", "untracked"]
            .map(|name| format!("metrics/{name}.yml metric/invalid-value"))
    );
    let paths = project.run(&["check", "--since", "main", "definitions/metrics/old.yml"]);
    assert!(paths.out.ends_with("5 files, 5 metrics, 0 events: 1 error\n"), "{}", paths.out);
}

#[test]
fn it_compares_with_where_the_branch_began() {
    let project = repository().on_branch().metric("new.yml", wrong("new")).committed();
    let project = project.git(&["checkout", "--quiet", "main"]);
    // What happens on the other side later is not this branch's.
    let project =
        project.metric("old.yml", wrong("old") + "# later\n").metric("later.yml", named("later")).committed();
    let project = project.git(&["checkout", "--quiet", "branch"]);
    assert_eq!(found(&project), ["metrics/new.yml metric/invalid-value"]);
}

#[test]
fn names_of_files_may_hold_anything() {
    let names = [
        "with space.yml",
        "-leading.yml",
        "\"quoted\".yml",
        "ünïcode.yml",
        "tab\tand\nline.yml",
        "[glob]*.yml",
        ":colon.yml",
    ];
    let project = repository();
    let fill = |project: Project, text: &dyn Fn(&str) -> String| {
        names
            .iter()
            .enumerate()
            .fold(project, |project, (n, name)| project.metric(name, text(&format!("n{n}"))))
    };
    let project = fill(project, &named).committed().on_branch();
    assert_eq!(found(&project), [""; 0]);
    let changed = fill(project, &|name| named(name).replace("all", "7d"));
    let found_in_all = found(&changed);
    assert_eq!(found_in_all.len(), names.len(), "{found_in_all:?}");
    assert!(found_in_all.iter().all(|found| found.ends_with("metric/changed-identity")), "{found_in_all:?}");
}

#[test]
fn a_deleted_definition_is_found_where_it_stood() {
    let project = Project::new()
        .metric("issues.yml", METRIC)
        .event("create_issue.yml", EVENT)
        .metric("other.yml", named("other"))
        .git(&["init", "--quiet"])
        .committed()
        .on_branch()
        .git(&["rm", "--quiet", "definitions/metrics/issues.yml", "definitions/events/create_issue.yml"]);
    let run = since(&project, "main");
    assert_eq!(run.code, 1);
    insta::assert_snapshot!("since_deleted", run.out);
    assert_eq!(
        found(&project.committed()),
        ["events/create_issue.yml event/deleted", "metrics/issues.yml metric/deleted"]
    );
}

#[test]
fn a_definition_that_moved_or_is_marked_removed_is_not_deleted() {
    let project = repository().on_branch();
    std::fs::remove_file(project.path("definitions/metrics/moved.yml")).unwrap();
    let removed =
        "status: removed\nmilestone_removed: \"5.0\"\nremoved_by_url: https://tidewater.example/changes/2\n";
    let project = project
        .metric("elsewhere/moved.yml", named("moved"))
        .metric("old.yml", named("old").replace("status: active\n", removed));
    assert_eq!(found(&project), [""; 0]);
}

#[test]
fn a_metric_keeps_what_it_is() {
    let project =
        Project::new().metric("issues.yml", METRIC).git(&["init", "--quiet"]).committed().on_branch();
    let changed = |from: &str, to: &str| {
        std::fs::write(project.path("definitions/metrics/issues.yml"), METRIC.replace(from, to)).unwrap();
        let run = project.run(&["check", "--since", "main", "--format", "json"]);
        let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
        let findings = report["findings"].as_array().unwrap().clone();
        findings.iter().map(|finding| finding["message"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        changed("counts.issues", "counts.tickets"),
        ["`key_path` was `counts.issues`, and is now `counts.tickets`"]
    );
    assert_eq!(changed("time_frame: all", "time_frame: 7d"), ["`time_frame` was `all`, and is now `7d`"]);
    assert_eq!(
        changed("time_frame: all", "time_frame: [all]"),
        ["`time_frame` was `all`, and is now `[all]`"]
    );
    assert_eq!(
        changed("value_type: number", "value_type: string"),
        ["`value_type` was `number`, and is now `string`"]
    );
    assert_eq!(
        changed("data_source: database", "data_source: system"),
        ["`data_source` was `database`, and is now `system`"]
    );
    assert_eq!(changed("Count of issues", "Count of all issues"), [""; 0]);
    assert_eq!(changed("data_source: database", "data_source: \"database\""), [""; 0]);
    // Whether or not it also moves.
    std::fs::remove_file(project.path("definitions/metrics/issues.yml")).unwrap();
    let moved = project.metric("other.yml", METRIC.replace("number", "string"));
    assert_eq!(found(&moved), ["metrics/other.yml metric/changed-identity"]);
    let agreed = moved.metric(
        "other.yml",
        METRIC.replace(
            "value_type: number",
            "# dictionary: ignore[metric/changed-identity] never sent\nvalue_type: string",
        ),
    );
    assert_eq!(found(&agreed), [""; 0]);
    assert_eq!(agreed.places(), [""; 0], "without --since, the suppression is not unused");
}

#[test]
fn todays_words_for_the_same_are_no_change() {
    let old =
        METRIC.replace("data_source: database", "data_source: ruby").replace("value_type: number\n", "");
    let project = Project::new().metric("issues.yml", old).git(&["init", "--quiet"]).committed().on_branch();
    let project =
        project.metric("issues.yml", METRIC.replace("data_source: database", "data_source: system"));
    assert_eq!(found(&project), [""; 0]);
}

#[test]
fn what_git_cannot_tell_stops_the_run_with_a_remedy() {
    let says = |project: &Project, revision: &str| {
        let run = project
            .command(&["check", "--since", revision])
            .env("GIT_CEILING_DIRECTORIES", "/")
            .output()
            .unwrap();
        assert_eq!(run.status.code(), Some(2), "{revision}");
        String::from_utf8_lossy(&run.stderr).into_owned()
    };
    let plain = Project::new().metric("issues.yml", METRIC);
    assert!(says(&plain, "main").contains("is in no repository"), "{}", says(&plain, "main"));

    let project = repository();
    for revision in ["nowhere", "-x", "--help", ""] {
        let run = project.run(&["check", &format!("--since={revision}")]);
        assert_eq!(run.code, 2, "{revision}");
        assert!(
            run.log.contains(&format!("there is no revision `{revision}`"))
                && run.log.contains("git fetch origin"),
            "{}",
            run.log
        );
    }
    let project =
        project.git(&["checkout", "--quiet", "--orphan", "apart"]).metric("apart.yml", METRIC).committed();
    assert!(says(&project, "main").contains("no commit in common"));
}

#[test]
fn a_shallow_clone_says_how_to_fetch_the_rest() {
    let project = repository().on_branch().metric("new.yml", wrong("new")).committed();
    let project =
        project.git(&["checkout", "--quiet", "main"]).metric("later.yml", named("later")).committed();
    let clone = tempfile::tempdir().unwrap();
    let url = format!("file://{}", project.path("").display());
    git_in(
        clone.path(),
        &["clone", "--quiet", "--depth", "1", "--no-single-branch", "--branch", "branch", &url, "."],
    );
    let check = |revision: &str| {
        let output = Command::new(env!("CARGO_BIN_EXE_metrics-dictionary"))
            .current_dir(clone.path())
            .args(["check", "--since", revision])
            .output();
        Run::from(output.unwrap())
    };
    for revision in ["origin/main", "v1"] {
        let run = check(revision);
        assert_eq!(run.code, 2);
        assert!(
            run.log.contains("git fetch --unshallow") && run.log.contains("fetch-depth: 0"),
            "{}",
            run.log
        );
    }
    git_in(clone.path(), &["fetch", "--quiet", "--unshallow"]);
    let run = check("origin/main");
    assert_eq!(run.code, 1, "{}", run.log);
    assert!(run.out.ends_with("3 files, 3 metrics, 0 events: 1 error\n"), "{}", run.out);
}
