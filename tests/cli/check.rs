//! `check` beyond single rules: exit codes, paths, configuration, order.

use crate::support::{EVENT, METRIC, Project, corpus, run_in_repository};

fn broken() -> Project {
    Project::new()
        .metric("a/issues.yml", METRIC.replace("status: active\n", ""))
        .event("create_issue.yml", EVENT)
}

#[test]
fn findings_answer_1_and_none_answers_0() {
    assert_eq!(broken().run(&["check"]).code, 1);
    assert_eq!(Project::new().event("create_issue.yml", EVENT).run(&["check"]).code, 0);
    assert_eq!(broken().run(&["check", "--fail-on", "never"]).code, 0);
}

#[test]
fn what_cannot_run_answers_2_and_says_why() {
    let nothing = Project::new().run(&["check"]);
    assert_eq!(nothing.code, 2);
    assert!(nothing.log.contains("definitions"), "{}", nothing.log);
    let empty = Project::new().file("definitions/readme.txt", "x").run(&["check"]);
    assert_eq!(empty.code, 2);
    assert!(empty.log.contains("no definitions found in `definitions` (metrics/**"), "{}", empty.log);
    assert_eq!(broken().run(&["check", "--format", "xml"]).code, 2);
}

#[test]
fn paths_limit_the_report_and_not_the_reading() {
    let project = broken();
    assert_eq!(project.run(&["check", "definitions/events"]).code, 0);
    assert_eq!(project.run(&["check", "./definitions/metrics/a"]).code, 1);
    assert_eq!(project.run(&["check", "definitions/metrics/a/issues.yml"]).code, 1);
    let outside = project.run(&["check", "definitions/metrics/a/issues"]);
    assert_eq!(outside.code, 2);
    assert!(outside.log.contains("`definitions/metrics/a/issues` is no definition"), "{}", outside.log);
}

#[test]
fn the_configuration_sets_severities_by_preset_rule_and_path() {
    let configured = |text: &str| broken().file("dictionary.toml", text).findings();
    let severity =
        |text: &str| configured(text).first().map(|finding| finding["severity"].as_str().unwrap().to_owned());
    assert_eq!(severity("").as_deref(), Some("error"));
    assert_eq!(severity("[check.rules]\n'metric/missing-field' = 'warning'\n").as_deref(), Some("warning"));
    assert_eq!(severity("[check.rules]\n'metric/missing-field' = 'off'\n"), None);
    assert_eq!(severity("[check]\npreset = 'minimal'\n"), None);
    let by_path =
        "[[check.override]]\npaths = ['metrics/a/**']\nrules = { 'metric/missing-field' = 'info' }\n";
    assert_eq!(severity(by_path).as_deref(), Some("info"));
    assert_eq!(severity(&by_path.replace("/a/", "/b/")).as_deref(), Some("error"));
}

#[test]
fn the_legacy_preset_accepts_what_older_files_have() {
    let old = "---\nkey_path: a\ndescription: A\nproduct_group: group::boards\nproduct_stage: plan\nvalue_type: number\n\
               status: data_available\ntime_frame: all\ndata_source: database\ndata_category: Optional\ntier: [free]\n";
    let project = |preset: &str| {
        Project::new().metric("a.yml", old).file("dictionary.toml", format!("[check]\npreset = '{preset}'\n"))
    };
    assert_eq!(project("gitlab-legacy").places(), [""; 0]);
    assert_eq!(project("gitlab").run(&["check"]).code, 1);
}

#[test]
fn a_wrong_configuration_names_line_and_remedy() {
    let run = broken().file("dictionary.toml", "[site]\ntitle = 'x'\n[chek]\n").run(&["check"]);
    assert_eq!(run.code, 2);
    assert!(
        run.log.contains("dictionary.toml:3") && run.log.contains("did you mean `check`?"),
        "{}",
        run.log
    );
}

#[test]
fn one_root_cause_is_one_finding() {
    // A file that ends in the middle does not also lack the fields behind the error.
    let project = Project::new().metric("issues.yml", METRIC.replace("tiers:\n- free", "tiers: [free"));
    assert_eq!(project.places(), ["yaml/syntax issues.yml:15:8"]);
}

#[test]
fn the_order_is_the_same_for_any_number_of_threads() {
    let Some(corpus) = corpus() else { return };
    let report = |threads: &str| {
        let output = std::process::Command::new(env!("CARGO_BIN_EXE_metrics-dictionary"))
            .args(["check", "--format", "json", "--definitions"])
            .arg(&corpus)
            .env("RAYON_NUM_THREADS", threads)
            .output();
        output.unwrap().stdout
    };
    assert_eq!(report("1"), report("3"));
}

#[test]
fn output_can_be_cut_off_and_the_answer_stays() {
    use std::io::Read as _;
    let project = (0..200).fold(Project::new(), |project, n| project.metric(&format!("{n}.yml"), "a: 1\n"));
    let mut child = project
        .command(&["check"])
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut first = [0; 10];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(1), b"".as_slice()));
}

#[test]
fn colours_come_only_when_asked_for() {
    let project = broken();
    assert!(!project.run(&["check"]).out.contains('\u{1b}'));
    assert!(project.run(&["check", "--color", "always"]).out.contains("\u{1b}["));
}

#[test]
fn the_real_corpus_counts_what_it_holds() {
    let Some(corpus) = corpus() else { return };
    let run = run_in_repository(&["check", "--format", "json", "--definitions", corpus.to_str().unwrap()]);
    assert_eq!(run.code, 1);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    let summary = &report["summary"];
    assert_eq!(
        (&summary["files"], &summary["metrics"], &summary["events"]),
        (&129.into(), &86.into(), &56.into())
    );
}
