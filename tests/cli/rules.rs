//! Each rule on a bad and a good case, with what a person is shown.

mod cases;
mod fixes;

use metrics_dictionary::check::{RULES, Severity};

use crate::support::{EVENT, METRIC, Project, corpus, repository, run_in_repository};
use cases::{BAD, COUNT, GOOD, GROUPS};

/// Rules that need `--since`; tests/cli/since.rs has their cases.
const WITH_HISTORY: &[&str] = &["metric/deleted", "event/deleted", "metric/changed-identity"];

#[test]
fn each_rule_has_a_bad_and_a_good_case() {
    for (name, cases) in [("bad", BAD), ("good", GOOD)] {
        let mut without: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
        without.retain(|id| cases.iter().all(|(rule, _)| rule != id) && !WITH_HISTORY.contains(id));
        assert!(cfg!(not(unix)) || without.is_empty(), "no {name} case: {without:?}");
    }
}

#[test]
fn the_good_definitions_have_no_findings() {
    let project = Project::new().file("definitions/groups.yml", GROUPS);
    let project =
        project.metric("issues.yml", METRIC).metric("created.yml", COUNT).event("create_issue.yml", EVENT);
    let run = project.run(&["check"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (0, "3 files, 3 metrics, 1 event: nothing found\n"),
        "{}",
        run.log
    );
}

#[test]
fn in_good_cases_nothing_is_found() {
    for (rule, make) in GOOD {
        let found = make(Project::new()).places();
        assert!(found.is_empty(), "{rule}: {found:?}");
    }
}

#[test]
fn each_case_is_found_and_nothing_else() {
    for (rule, make) in BAD {
        let project = make(Project::new());
        let found: Vec<String> = project.places();
        assert!(
            !found.is_empty() && found.iter().all(|found| found.starts_with(&format!("{rule} "))),
            "{rule}: {found:?}"
        );
    }
}

#[test]
fn each_finding_is_shown_with_its_place_and_remedy() {
    for (rule, make) in BAD {
        let run = make(Project::new()).run(&["check"]);
        let level = RULES.iter().find(|known| known.id == *rule).unwrap().levels.gitlab;
        // The case of a rule that is off turns it on, as an error.
        let expected = if matches!(level, Severity::Error | Severity::Off) { 1 } else { 0 };
        assert_eq!(run.code, expected, "{rule}: {}", run.log);
        insta::assert_snapshot!(rule.replace('/', "__"), run.out);
    }
}

/// One cause is one finding: a rule says nothing where another has said it.
#[test]
fn rules_keep_quiet_about_what_others_report() {
    for (edit, expected) in [
        (("status: active", "status: ~"), "metric/wrong-type issues.yml:8:9"),
        (("status: active", "status: TODO"), "metric/invalid-value issues.yml:8:9"),
        (("status: active", "status: on"), "metric/invalid-value issues.yml:8:9"),
        (("status: active", "statuss: 2024-05-01"), "metric/unknown-field issues.yml:8:1"),
        (("\"4.10\"", "TBD"), "metric/invalid-value issues.yml:9:12"),
        (("\"4.10\"", "4.10"), "metric/wrong-type issues.yml:9:12"),
        (("Count of issues", ""), "metric/wrong-type issues.yml:3:1"),
        (("https://tidewater.example/changes/12", "TODO"), "metric/placeholder issues.yml:10:20"),
        (("- planning", "- ~"), "metric/wrong-type issues.yml:6:3"),
        (("product_categories:", "product_category:"), "metric/legacy-field issues.yml:5:1"),
        (("time_frame: all", "time_frame: [none]"), "metric/invalid-value issues.yml:11:14"),
        (("tiers:\n- free", "<<: *a\ntiers:\n- free"), "yaml/syntax issues.yml:15:5"),
        (("Count of issues", "&a Count of issues\n<<: *a"), "metric/unknown-field issues.yml:4:1"),
        (
            ("value_type: number", "value_type: object\nvalue_json_schema: TODO"),
            "metric/placeholder issues.yml:8:20",
        ),
    ] {
        let metric = METRIC.replacen(edit.0, edit.1, 1);
        assert_eq!(Project::new().metric("issues.yml", metric).places().join(", "), expected, "{edit:?}");
    }
    for (edit, expected) in [
        (
            ("name: create_issue\n  unique: user.id", "name: close_issue\n  unique: project.id"),
            "metric/unknown-event created.yml:15:9",
        ),
        (
            ("unique: user.id", "filter: {label: no, extra: true}"),
            "metric/internal-events created.yml:16:30, metric/undeclared-property created.yml:16:23, yaml/ambiguous-text created.yml:16:19",
        ),
        (
            ("events:\n- name: create_issue\n  unique: user.id\n", "events: []\n"),
            "metric/empty-list created.yml:14:9",
        ),
    ] {
        let metric = COUNT.replacen(edit.0, edit.1, 1);
        let project = Project::new().event("create_issue.yml", EVENT).metric("created.yml", metric);
        let mut places = project.places();
        places.sort();
        assert_eq!(places.join(", "), expected, "{edit:?}");
    }
}

/// A misspelt key is a missing field where nothing reports the key.
#[test]
fn what_is_misspelt_is_missing_where_unknown_fields_are_allowed() {
    let project = Project::new().metric("issues.yml", METRIC.replace("status:", "statuss:"));
    for (severity, expected) in [
        ("error", &["metric/unknown-field issues.yml:8:1"] as &[&str]),
        ("warning", &["metric/missing-field issues.yml:2:1", "metric/unknown-field issues.yml:8:1"]),
        ("off", &["metric/missing-field issues.yml:2:1"]),
    ] {
        let settings = format!("[check.rules]\n'metric/unknown-field' = '{severity}'\n");
        std::fs::write(project.path("dictionary.toml"), settings).unwrap();
        assert_eq!(project.places(), expected, "{severity}");
    }
}

#[test]
fn the_sample_has_no_findings_in_any_preset() {
    let settings = std::fs::read_to_string(repository().join("dictionary.toml")).unwrap();
    assert!(settings.contains("preset = \"gitlab\""));
    assert_eq!(run_in_repository(&["check"]).out.lines().count(), 1);
    for preset in ["gitlab-legacy", "minimal"] {
        let run = with_preset(preset, &repository().join("definitions"));
        assert!(run.out.ends_with("nothing found\n"), "{preset}: {}", run.out);
    }
}

/// What remains with the preset for older files is truly wrong: eight findings, each looked at by hand.
#[test]
fn with_the_legacy_preset_only_true_findings_remain_on_the_real_corpus() {
    let Some(corpus) = corpus() else { return };
    let run = with_preset("gitlab-legacy", &corpus);
    let rules: Vec<&str> = run.out.lines().filter_map(|line| line.split(['[', ']']).nth(1)).collect();
    let rules: Vec<&str> =
        rules.into_iter().filter(|rule| RULES.iter().any(|known| known.id == *rule)).collect();
    let count = |rule: &str| rules.iter().filter(|known| **known == rule).count();
    assert_eq!(
        (rules.len(), count("metric/unknown-event"), count("metric/wrong-type")),
        (8, 6, 2),
        "{}",
        run.out
    );
}

fn with_preset(preset: &str, definitions: &std::path::Path) -> crate::support::Run {
    let settings = Project::new().file("preset.toml", format!("[check]\npreset = '{preset}'\n"));
    let settings = settings.path("preset.toml");
    run_in_repository(&[
        "--config",
        settings.to_str().unwrap(),
        "--definitions",
        definitions.to_str().unwrap(),
        "check",
    ])
}
