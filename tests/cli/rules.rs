//! A bad case for each rule, with what a person is shown. The good cases are the definitions they are made from.

use metrics_dictionary::check::RULES;

use crate::support::{EVENT, METRIC, Project};

/// A rule, and a project in which it has something to find.
type Case = (&'static str, fn(Project) -> Project);

const GROUPS: &str = "sections: [{key: dev, name: Dev, stages: [{key: plan, name: Plan, groups: [{key: boards, name: Boards, former_keys: [cards]}]}]}]\n";

/// A metric over internal events.
const COUNT: &str = r#"---
key_path: counts.created
description: Count of created issues
product_group: boards
product_categories: [planning]
value_type: number
status: active
milestone: "4.10"
introduced_by_url: https://tidewater.example/changes/12
time_frame: [7d, 28d]
data_source: internal_events
data_category: optional
tiers: [free]
events:
- name: create_issue
  unique: user.id
"#;

fn metric(project: Project, from: &str, to: &str) -> Project {
    assert!(METRIC.contains(from), "{from}");
    project.metric("issues.yml", METRIC.replacen(from, to, 1))
}

fn event(project: Project, from: &str, to: &str) -> Project {
    assert!(EVENT.contains(from), "{from}");
    project.event("create_issue.yml", EVENT.replacen(from, to, 1))
}

fn count(project: Project, from: &str, to: &str) -> Project {
    assert!(COUNT.contains(from), "{from}");
    project.event("create_issue.yml", EVENT).metric("created.yml", COUNT.replacen(from, to, 1))
}

const CASES: &[Case] = &[
    ("file/not-a-file", |project| {
        std::fs::create_dir_all(project.path("definitions/metrics/folder.yml")).unwrap();
        project
    }),
    ("file/too-large", |project| project.metric("huge.yml", vec![b'#'; 1024 * 1024 + 1])),
    #[cfg(unix)]
    ("file/unreadable", |project| link(project, "nowhere.yml", "metrics/dangling.yml")),
    #[cfg(unix)]
    ("file/outside-root", |project| link(project, "/etc/hostname", "metrics/outside.yml")),
    #[cfg(unix)]
    ("file/linked-folder", |project| link(project.metric("issues.yml", METRIC), ".", "metrics/loop")),
    ("file/suppression-without-reason", |project| {
        metric(project, "status: active", "# dictionary: ignore[metric/invalid-value]\nstatus: active")
    }),
    ("file/invalid-suppression", |project| {
        metric(project, "status: active", "status: active # dictionary: ignore[metric/invalid-vale] for now")
    }),
    ("file/unused-suppression", |project| {
        metric(project, "status: active", "status: active # dictionary: ignore[metric/invalid-value] for now")
    }),
    ("yaml/not-utf8", |project| {
        project.metric(
            "issues.yml",
            METRIC
                .replace("Count of", "Z\u{e4}hlt")
                .into_bytes()
                .iter()
                .map(|&byte| if byte == 0xc3 { 0xff } else { byte })
                .collect::<Vec<u8>>(),
        )
    }),
    ("yaml/empty", |project| project.metric("issues.yml", "# nothing\n")),
    ("yaml/syntax", |project| metric(project, "tiers:\n- free", "tiers: [free")),
    ("yaml/tab", |project| metric(project, "- planning", "\t- planning")),
    ("yaml/conflict-marker", |project| {
        metric(
            project,
            "milestone: \"4.10\"\n",
            "<<<<<<< HEAD\nmilestone: \"4.10\"\n=======\nmilestone: \"4.11\"\n>>>>>>> b\n",
        )
    }),
    ("yaml/duplicate-key", |project| metric(project, "milestone:", "status: removed\nmilestone:")),
    ("yaml/multiple-documents", |project| {
        project.metric("issues.yml", format!("{METRIC}---\nkey_path: b\n"))
    }),
    ("yaml/not-a-mapping", |project| project.metric("issues.yml", "- key_path: counts.issues\n- x\n")),
    ("yaml/limit", |project| {
        project
            .metric("issues.yml", format!("key_path: a\noptions: {}{}\n", "[".repeat(100), "]".repeat(100)))
    }),
    ("metric/missing-field", |project| metric(project, "status: active\n", "")),
    ("event/missing-field", |project| event(project, "product_group: boards\n", "")),
    ("metric/unknown-field", |project| metric(project, "tiers:", "colour: red\ntiers:")),
    ("event/unknown-field", |project| event(project, "identifiers:", "identifers:")),
    ("metric/legacy-field", |project| metric(project, "value_type", "product_stage: plan\nvalue_type")),
    ("event/legacy-field", |project| event(project, "tiers", "distributions: [ce]\ntiers")),
    ("metric/wrong-type", |project| metric(project, "\"4.10\"", "4.10")),
    ("event/wrong-type", |project| event(project, "tiers:\n- free", "tiers: free")),
    ("metric/invalid-value", |project| metric(project, "status: active", "status: actve")),
    ("event/invalid-value", |project| event(project, "action: create_issue", "action: Create issue")),
    ("metric/legacy-value", |project| metric(project, "optional", "Optional")),
    ("event/legacy-value", |project| event(project, "- user", "- User")),
    ("metric/repeated-value", |project| metric(project, "- free\n", "- free\n- free\n")),
    ("metric/incomplete-removal", |project| metric(project, "status: active", "status: removed")),
    ("event/incomplete-removal", |project| {
        event(project, "action", "status: removed\nmilestone_removed: \"5.0\"\naction")
    }),
    ("event/removal-without-status", |project| {
        event(project, "action", "status: active\nmilestone_removed: \"5.0\"\naction")
    }),
    ("metric/missing-repair-issue", |project| metric(project, "status: active", "status: broken")),
    ("metric/internal-events", |project| count(project, "unique: user.id", "unique: users.id\n  uniq: 1")),
    ("metric/redis-options", |project| {
        metric(project, "data_source: database", "data_source: redis\noptions: {event: create}")
    }),
    ("metric/redis-hll-options", |project| {
        metric(project, "data_source: database", "data_source: redis_hll\noptions: {}")
    }),
    ("event/category-on-internal-event", |project| event(project, "action:", "category: issues\naction:")),
    ("event/additional-property", |project| {
        event(project, "label:\n    description: Where it was created", "label: where")
    }),
    ("metric/unknown-group", |project| {
        metric(project.file("definitions/groups.yml", GROUPS), "boards", "baords")
    }),
    ("event/unknown-group", |project| {
        event(project.file("definitions/groups.yml", GROUPS), "boards", "somebody")
    }),
    ("metric/group-spelling", |project| {
        metric(project.file("definitions/groups.yml", GROUPS), "boards", "group::boards")
    }),
    ("event/group-spelling", |project| {
        event(project.file("definitions/groups.yml", GROUPS), "boards", "cards")
    }),
    ("metric/unknown-product-category", |project| {
        metric(project.file("definitions/product_categories.yml", "- planning\n"), "- planning", "- plannig")
    }),
    ("event/unknown-product-category", |project| {
        event(
            project.file("definitions/product_categories.yml", "- planning\n"),
            "tiers:",
            "product_categories: [x]\ntiers:",
        )
    }),
    ("metric/duplicate-name", |project| metric(project, "", "").metric("again.yml", METRIC)),
    ("event/duplicate-name", |project| event(project, "", "").event("again.yml", EVENT)),
    ("metric/schema", |project| {
        let schema = r#"{"properties": {"key_path": {"pattern": "^usage\\."}}}"#;
        let project = project.file("schemas/metric.json", schema);
        let project = project.file("dictionary.toml", "[check]\nschema.metric = 'schemas/metric.json'\n");
        metric(project, "", "")
    }),
    ("event/schema", |project| {
        let schema = r#"{"if": {"properties": {"internal_events": {"const": true}}}, "then": {"required": ["status"]}}"#;
        let project = project.file("schemas/event.json", schema);
        let project = project.file("dictionary.toml", "[check]\nschema.event = 'schemas/event.json'\n");
        event(project, "", "")
    }),
    ("metric/unknown-event", |project| count(project, "name: create_issue", "name: craete_issue")),
];

/// Rules that need `--since`; tests/cli/since.rs has their cases.
const WITH_HISTORY: &[&str] = &["metric/deleted", "event/deleted", "metric/changed-identity"];

#[cfg(unix)]
fn link(project: Project, target: &str, path: &str) -> Project {
    let path = project.path("definitions").join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(target, path).unwrap();
    project
}

#[test]
fn each_rule_has_a_case() {
    let mut without: Vec<&str> = RULES.iter().map(|rule| rule.id).collect();
    without.retain(|id| CASES.iter().all(|(rule, _)| rule != id) && !WITH_HISTORY.contains(id));
    assert!(cfg!(not(unix)) || without.is_empty(), "{without:?}");
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
fn each_case_is_found_and_nothing_else() {
    for (rule, make) in CASES {
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
    for (rule, make) in CASES {
        let run = make(Project::new()).run(&["check"]);
        let warning =
            rule.ends_with("group-spelling") || rule.contains("suppression") || *rule == "file/linked-folder";
        let expected = if warning { 0 } else { 1 };
        assert_eq!(run.code, expected, "{rule}: {}", run.log);
        insta::assert_snapshot!(rule.replace('/', "__"), run.out);
    }
}
