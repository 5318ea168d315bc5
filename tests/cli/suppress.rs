//! Comments in definitions that suppress findings.

use crate::support::{EVENT, METRIC, Project};

/// A metric with a wrong status, edited.
fn wrong_status(from: &str, to: &str) -> Project {
    let metric = METRIC.replace("status: active", "status: actve");
    assert!(metric.contains(from), "{from}");
    Project::new().metric("issues.yml", metric.replacen(from, to, 1))
}

fn summary(project: &Project) -> String {
    project.run(&["check"]).out.lines().last().unwrap_or_default().to_owned()
}

#[test]
fn a_comment_holds_for_its_line_or_the_one_below() {
    let nothing = "1 file, 1 metric, 0 events: nothing found (1 suppressed)";
    let beside = wrong_status("actve", "actve # dictionary: ignore[metric/invalid-value] because of history");
    assert_eq!(summary(&beside), nothing);
    assert_eq!(beside.run(&["check"]).code, 0);
    let above =
        wrong_status("status:", "# dictionary: ignore[metric/invalid-value] old\n# and more\nstatus:");
    assert_eq!(summary(&above), nothing);
    let stacked = wrong_status(
        "status:",
        "# dictionary: ignore[metric/invalid-value] old\n# dictionary: ignore[metric/wrong-type] too\nstatus:",
    );
    assert_eq!(stacked.places(), ["file/unused-suppression issues.yml:9:1"]);
    let apart = wrong_status("status:", "# dictionary: ignore[metric/invalid-value] old\n\nstatus:");
    assert_eq!(
        apart.places(),
        ["file/unused-suppression issues.yml:8:1", "metric/invalid-value issues.yml:10:9"]
    );
}

#[test]
fn above_a_field_it_holds_for_the_whole_field() {
    let block = |comment: &str| {
        let event =
            EVENT.replace("identifiers:\n- user\n", &format!("{comment}identifiers:\n- user\n- usr\n"));
        Project::new().event("create_issue.yml", event.replace("tiers:\n- free", "tiers:\n- fre"))
    };
    assert_eq!(block("").places().len(), 2);
    let suppressed = block("# dictionary: ignore[event/invalid-value] agreed\n");
    assert_eq!(suppressed.places(), ["event/invalid-value create_issue.yml:16:3"]);
}

#[test]
fn a_comment_at_the_top_holds_for_the_file() {
    let file =
        "# dictionary: ignore-file[metric/invalid-value, metric/missing-field] kept for history\nkey_path";
    let project = wrong_status("key_path", file);
    let metric = std::fs::read_to_string(project.path("definitions/metrics/issues.yml")).unwrap();
    let project = project.metric("issues.yml", metric.replace("value_type: number\n", ""));
    assert_eq!(summary(&project), "1 file, 1 metric, 0 events: nothing found (2 suppressed)");
    let run = project.run(&["check", "--format", "json"]);
    let report: serde_json::Value = serde_json::from_str(&run.out).unwrap();
    assert_eq!(report["summary"]["suppressed"], 2);

    let late = wrong_status("status:", "# dictionary: ignore-file[metric/invalid-value] late\nstatus:");
    assert_eq!(
        late.places(),
        ["file/invalid-suppression issues.yml:8:1", "metric/invalid-value issues.yml:9:9"]
    );
}

#[test]
fn without_a_reason_it_does_not_hold() {
    let project = wrong_status("actve", "actve # dictionary: ignore[metric/invalid-value]");
    assert_eq!(
        project.places(),
        ["metric/invalid-value issues.yml:8:9", "file/suppression-without-reason issues.yml:8:15"]
    );
}

#[test]
fn unknown_rules_get_a_suggestion() {
    let project = wrong_status("actve", "active # dictionary: ignore[missing-field, yaml/syntax, x] so");
    let help: Vec<_> = project.findings().iter().map(|finding| finding["help"].clone()).collect();
    assert_eq!(
        help,
        [
            "did you mean `metric/missing-field`?",
            "mend the file",
            "`metrics-dictionary explain --list` names all rules"
        ]
    );
}

#[test]
fn a_number_sign_in_text_is_no_comment() {
    for description in [
        "\"# dictionary: ignore[metric/invalid-value] x\"",
        "|\n  # dictionary: ignore-file[metric/invalid-value] x",
        "a#dictionary: ignore[metric/invalid-value]",
    ] {
        let quoted = description.replace("a#dictionary: ", "a#dictionary:");
        let project = wrong_status("Count of issues", &quoted);
        assert_eq!(project.places().len(), 1, "{description}");
        assert!(project.places()[0].starts_with("metric/invalid-value"), "{description}");
    }
}

#[test]
fn what_cannot_be_read_is_never_suppressed() {
    let metric = METRIC.replace("milestone:", "status: removed\nmilestone:");
    let comment = "# dictionary: ignore-file[yaml/duplicate-key] whatever\n";
    let project = Project::new().metric("issues.yml", format!("{comment}{metric}"));
    assert_eq!(
        project.places(),
        ["file/invalid-suppression issues.yml:1:27", "yaml/duplicate-key issues.yml:10:1"]
    );
}

#[test]
fn rules_that_are_off_leave_no_unused_suppression() {
    let project =
        wrong_status("actve", "active # dictionary: ignore[metric/invalid-value] for other presets");
    assert_eq!(project.places().len(), 1);
    assert_eq!(project.file("dictionary.toml", "[check]\npreset = 'minimal'\n").places(), [""; 0]);
}
