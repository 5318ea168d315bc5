//! `show`.

use crate::support::{EVENT, METRIC, Project};

fn project() -> Project {
    let count = METRIC
        .replace(
            "key_path: counts.issues",
            "key_path: create_issue\nevents:\n- name: create_issue\n  unique: user.id\n- name: gone",
        )
        .replace("data_source: database", "data_source: internal_events")
        .replace("instrumentation_class: CountIssuesMetric\n", "")
        .replace("time_frame: all", "time_frame: [28d, all]");
    Project::new().metric("issues.yml", METRIC).metric("created.yml", count).event("create_issue.yml", EVENT)
}

fn json(arguments: &[&str]) -> (i32, serde_json::Value) {
    let run = project().run(&[&["show", "--format", "json"], arguments].concat());
    (run.code, serde_json::from_str(&run.out).unwrap())
}

#[test]
fn every_item_of_a_name_is_shown_unless_narrowed() {
    let kinds = |name: &str| {
        let (_, items) = json(&[name]);
        items
            .as_array()
            .unwrap()
            .iter()
            .map(|item| item["kind"].as_str().unwrap().to_owned())
            .collect::<Vec<_>>()
    };
    assert_eq!(kinds("create_issue"), ["metric", "event"]);
    assert_eq!(kinds("metric:create_issue"), ["metric"]);
    assert_eq!(kinds("event:create_issue"), ["event"]);
}

#[test]
fn json_keeps_text_and_links() {
    let (code, items) = json(&["metric:create_issue_monthly"]);
    assert_eq!(code, 0);
    let item = &items[0];
    assert_eq!((&item["milestone"], &item["definition"]["milestone"]), (&"4.10".into(), &"4.10".into()));
    assert_eq!((&item["time_frame"], &item["key_path"]), (&"28d".into(), &"create_issue_monthly".into()));
    assert_eq!(item["events"][0]["known"], true);
    assert_eq!(item["events"][1]["known"], false);
    assert_eq!(item["url"], "metrics/create_issue_monthly/");
    let (_, events) = json(&["event:create_issue"]);
    assert_eq!(events[0]["metrics"], serde_json::json!(["create_issue", "create_issue_monthly"]));
    assert_eq!(
        (&events[0]["data_category"], &events[0]["data_category_derived"]),
        (&serde_json::json!(["optional"]), &true.into())
    );
}

#[test]
fn a_miss_answers_1_with_the_nearest_name() {
    let run = project().run(&["show", "counts.isues"]);
    assert_eq!(run.code, 1);
    assert!(run.log.contains("did you mean `counts.issues`?"), "{}", run.log);
    assert_eq!(json(&["nothing"]), (1, serde_json::json!([])));
}

#[test]
fn yaml_is_the_file_as_it_stands() {
    assert_eq!(project().run(&["show", "counts.issues", "--format", "yaml"]).out, METRIC);
}

#[test]
fn people_are_shown_the_answer_first() {
    insta::assert_snapshot!(project().run(&["show", "create_issue"]).out);
}
