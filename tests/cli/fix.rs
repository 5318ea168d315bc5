//! `check --fix` and `--fix --diff`.

use std::process::{Command, Stdio};

use crate::support::{METRIC, Project};

const UNUSED: &str = " # dictionary: ignore[metric/invalid-value] for now";

/// A metric with two suppressions that have nothing to suppress, which `--fix` takes out.
fn fixable() -> String {
    METRIC
        .replace("status: active", &format!("status: active{UNUSED}"))
        .replace("tiers:", "# dictionary: ignore[metric/wrong-type] for now\ntiers:")
}

fn content(project: &Project, path: &str) -> String {
    String::from_utf8(std::fs::read(project.path(path)).unwrap()).unwrap()
}

const PATH: &str = "definitions/metrics/issues.yml";

#[test]
fn it_changes_what_it_says_and_nothing_else() {
    let project = Project::new().metric("issues.yml", fixable());
    let run = project.run(&["check", "--fix"]);
    assert_eq!(
        (run.code, run.out.as_str(), run.log.as_str()),
        (
            0,
            "1 file, 1 metric, 0 events: nothing found\n",
            "Fixed 2 findings in 1 file:\n  definitions/metrics/issues.yml: 2\n"
        )
    );
    assert_eq!(content(&project, PATH), METRIC);
    let again = project.run(&["check", "--fix"]);
    assert_eq!((again.code, again.log.as_str()), (0, ""));
}

#[test]
fn line_ends_byte_order_mark_and_a_missing_last_line_break_stay() {
    let windows = |text: &str| format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n"));
    let project = Project::new().metric("issues.yml", windows(&fixable()));
    assert_eq!(project.run(&["check", "--fix"]).code, 0);
    assert_eq!(content(&project, PATH), windows(METRIC));
}

#[test]
fn a_rule_of_several_is_taken_out_of_its_suppression() {
    let wrong = |rules: &str| {
        METRIC.replace("status: active", &format!("# dictionary: ignore[{rules}] agreed\nstatus: actve"))
    };
    let project = Project::new()
        .metric("issues.yml", wrong("metric/wrong-type,metric/invalid-value, metric/legacy-value"));
    let run = project.run(&["check", "--fix"]);
    assert!(run.out.ends_with("nothing found (1 suppressed)\n"), "{}{}", run.out, run.log);
    assert_eq!(content(&project, PATH), wrong("metric/invalid-value"));
}

#[test]
fn what_remains_counts() {
    let project = Project::new().metric("issues.yml", fixable().replace("value_type: number\n", ""));
    let run = project.run(&["check", "--fix"]);
    assert_eq!(run.code, 1);
    assert!(run.out.contains("value_type") && run.out.ends_with(": 1 error\n"), "{}", run.out);
    assert!(run.log.starts_with("Fixed 2 findings"), "{}", run.log);
}

#[test]
fn only_what_is_reported_is_fixed() {
    let other = fixable().replace("counts.issues", "counts.others");
    let project = Project::new().metric("issues.yml", fixable()).metric("other.yml", &other);
    assert_eq!(project.run(&["check", "--fix", PATH]).code, 0);
    assert_eq!(content(&project, PATH), METRIC);
    assert_eq!(content(&project, "definitions/metrics/other.yml"), other);
}

#[test]
fn files_that_are_not_utf8_are_left_alone() {
    let mut bytes = fixable().into_bytes();
    let at = fixable().find("Count").unwrap();
    bytes[at] = 0xff;
    let project = Project::new().metric("issues.yml", &bytes);
    let run = project.run(&["check", "--fix"]);
    assert_eq!((run.code, run.log.as_str()), (1, ""));
    assert_eq!(std::fs::read(project.path(PATH)).unwrap(), bytes);
}

#[cfg(unix)]
#[test]
fn permissions_and_links_stay() {
    use std::os::unix::fs::{PermissionsExt as _, symlink};
    let project = Project::new().file("definitions/metrics/z/real.yml", fixable());
    symlink("z/real.yml", project.path("definitions/metrics/issues.yml")).unwrap();
    let real = project.path("definitions/metrics/z/real.yml");
    std::fs::set_permissions(&real, std::fs::Permissions::from_mode(0o640)).unwrap();
    let run = project.run(&["check", "--fix", PATH]);
    assert!(run.log.starts_with("Fixed 2 findings in 1 file"), "{}", run.log);
    assert!(std::fs::symlink_metadata(project.path(PATH)).unwrap().is_symlink());
    assert_eq!(content(&project, PATH), METRIC);
    assert_eq!(std::fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o640);
    let entries = std::fs::read_dir(real.parent().unwrap()).unwrap().count();
    assert_eq!(entries, 1, "nothing is left beside the file");

    // Both names of one file at once.
    std::fs::write(&real, fixable()).unwrap();
    let run = project.run(&["check", "--fix"]);
    assert!(run.log.starts_with("Fixed 4 findings in 2 files"), "{}", run.log);
    assert_eq!(content(&project, PATH), METRIC);
}

#[test]
fn a_diff_shows_it_and_can_be_applied() {
    let windows = |text: &str| format!("\u{feff}{}", text.trim_end().replace('\n', "\r\n"));
    let project =
        Project::new().metric("issues.yml", fixable()).metric("with space.yml", windows(&fixable()));
    let run = project.run(&["check", "--fix", "--diff", PATH]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!("fix_diff", run.out);
    assert_eq!(content(&project, PATH), fixable());

    let output = project.command(&["check", "--fix", "--diff"]).output().unwrap();
    let mut git = Command::new("git")
        .args(["apply", "--whitespace=nowarn", "-"])
        .current_dir(project.path(""))
        .env("GIT_CEILING_DIRECTORIES", project.path("").parent().unwrap())
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    std::io::Write::write_all(git.stdin.as_mut().unwrap(), &output.stdout).unwrap();
    assert!(git.wait().unwrap().success());
    assert_eq!(content(&project, PATH), METRIC);
    assert_eq!(content(&project, "definitions/metrics/with space.yml"), windows(METRIC));
}

#[test]
fn a_diff_without_edits_is_empty_and_answers_as_the_check() {
    let clean = Project::new().metric("issues.yml", METRIC).run(&["check", "--fix", "--diff"]);
    assert_eq!((clean.code, clean.out.as_str()), (0, ""));
    let wrong = Project::new().metric("issues.yml", METRIC.replace("active", "actve"));
    assert_eq!(wrong.run(&["check", "--fix", "--diff"]).code, 1);
    assert_eq!(wrong.run(&["check", "--diff"]).code, 2);
}
