//! The files that other platforms run: their commands do what the files promise.
#![cfg(unix)]

use std::path::Path;

use serde_yaml::Value;

use crate::support::{METRIC, Project, Run, repository};

fn yaml(file: &str) -> Value {
    serde_yaml::from_str(&std::fs::read_to_string(repository().join(file)).unwrap()).unwrap()
}

/// Runs a line of a shell in a project with a finding; the program is on the path.
fn shell(line: &str, variables: &[(&str, &str)]) -> (Project, Run) {
    let project = Project::new().file("config/metrics/issues.yml", METRIC.replace("status: active\n", ""));
    let program = Path::new(env!("CARGO_BIN_EXE_metrics-dictionary"));
    let path = format!("{}:{}", program.parent().unwrap().display(), std::env::var("PATH").unwrap());
    let mut command = std::process::Command::new("sh");
    command.current_dir(project.path("")).args(["-c", line]).env("PATH", path);
    let output = command.envs(variables.iter().copied()).output().unwrap();
    (project, Run::from(output))
}

#[test]
fn the_hook_checks() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    assert_eq!(hooks[0]["id"], "metrics-dictionary-check");
    let entry = hooks[0]["entry"].as_str().unwrap();
    let (_, run) = shell(&format!("{entry} --definitions config"), &[]);
    assert_eq!(run.code, 1, "{}", run.log);
    assert!(run.out.contains("metric/missing-field"), "{}", run.out);
}

#[test]
fn the_action_annotates_and_writes_sarif() {
    let action = yaml("action.yml");
    let steps = action["runs"]["steps"].as_sequence().unwrap();
    let sarif = action["inputs"]["sarif"]["default"].as_str().unwrap();
    let line = steps.last().unwrap()["run"].as_str().unwrap();
    let (project, run) = shell(line, &[("OPTIONS", "--definitions config"), ("SARIF", sarif)]);
    assert_eq!(run.code, 1, "{}", run.log);
    assert!(run.out.starts_with("::error file=config/metrics/issues.yml,line=2,"), "{}", run.out);
    assert!(project.path(sarif).is_file());
}

#[test]
fn the_job_writes_the_reports_that_it_hands_on() {
    let job = &yaml("ci/gitlab.yml")["metrics-dictionary"];
    let script = job["script"].as_sequence().unwrap().last().unwrap().as_str().unwrap();
    let line = script.strip_prefix(".metrics-dictionary/bin/").unwrap();
    let (project, run) = shell(line, &[("DICTIONARY_OPTIONS", "--definitions config")]);
    assert_eq!(run.code, 1, "{}", run.log);
    for (_, file) in job["artifacts"]["reports"].as_mapping().unwrap() {
        assert!(project.path(file.as_str().unwrap()).is_file(), "{file:?}");
    }
}
