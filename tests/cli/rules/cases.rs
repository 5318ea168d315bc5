//! Projects in which a rule has something to find, and others in which it has not.

use crate::support::{EVENT, METRIC, Project};

/// A rule and a project.
pub(super) type Case = (&'static str, fn(Project) -> Project);

pub(super) const GROUPS: &str = "sections: [{key: dev, name: Dev, stages: [{key: plan, name: Plan, groups: [{key: boards, name: Boards, former_keys: [cards]}]}]}]\n";

/// A metric over internal events.
pub(super) const COUNT: &str = r#"---
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

/// A metric with a finding that a comment suppresses.
fn suppressed(project: Project) -> Project {
    let reason =
        "status: actve # dictionary: ignore[metric/invalid-value] because the name is being discussed";
    metric(project, "status: active", reason)
}

/// A project with a JSON Schema of its own.
fn with_schema(project: Project, kind: &str, schema: &str) -> Project {
    let project = project.file(&format!("schemas/{kind}.json"), schema);
    project.file("dictionary.toml", format!("[check]\nschema.{kind} = 'schemas/{kind}.json'\n"))
}

/// For each rule a project in which it finds something.
pub(super) const BAD: &[Case] = &[
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
    ("metric/schema", |project| {
        let schema = r#"{"properties": {"key_path": {"pattern": "^usage\\."}}}"#;
        the_metric(with_schema(project, "metric", schema))
    }),
    ("event/schema", |project| {
        let schema = r#"{"if": {"properties": {"internal_events": {"const": true}}}, "then": {"required": ["status"]}}"#;
        event(with_schema(project, "event", schema), "", "")
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
        let event = EVENT.replace("action", "status: removed\nmilestone_removed: \"5.0\"\naction");
        project.event("removed/create_issue.yml", event)
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
    ("event/duplicate-name", |project| event(project, "", "").event("again/create_issue.yml", EVENT)),
    ("metric/unknown-event", |project| count(project, "name: create_issue", "name: craete_issue")),
    ("file/stray", |project| project.metric("issues.yml", METRIC).metric("boards.yml.orig", METRIC)),
    ("yaml/ambiguous-text", |project| {
        count(project, "unique: user.id", "unique: user.id\n  filter:\n    label: off").event(
            "create_issue.yml",
            EVENT.replace("description: An issue is created", "description: 2024-05-01"),
        )
    }),
    ("yaml/alias", |project| metric(project, "Count of issues", "&a Count of issues\nname: *a")),
    ("yaml/tag", |project| metric(project, "tiers:\n- free", "tiers: !ruby/object:Set [free]")),
    ("metric/empty-list", |project| metric(project, "tiers:\n- free\n", "tiers: []\n")),
    ("event/empty-list", |project| event(project, "tiers:\n- free\n", "tiers: []\n")),
    ("metric/empty-description", |project| metric(project, "Count of issues", "\"\"")),
    ("event/empty-description", |project| event(project, "An issue is created", "\" \"")),
    ("event/removed-folder", |project| {
        event(
            project,
            "action:",
            "status: removed\nmilestone_removed: \"5.0\"\nremoved_by_url: https://a.example/1\naction:",
        )
        .event("removed/close_issue.yml", EVENT.replace("create_issue", "close_issue"))
        .event(
            "removed/edit_issue.yml",
            EVENT.replace("action: create_issue", "status: active\naction: edit_issue"),
        )
    }),
    ("event/file-name", |project| project.event("new_issue.yml", EVENT)),
    ("metric/unique-time-frame", |project| count(project, "time_frame: [7d, 28d]", "time_frame: [28d, all]")),
    ("metric/mixed-counting", |project| {
        count(project, "  unique: user.id\n", "  unique: user.id\n- name: create_issue\n")
    }),
    ("metric/missing-value-schema", |project| metric(project, "value_type: number", "value_type: object")),
    ("metric/unknown-value-schema", |project| {
        metric(
            project,
            "value_type: number",
            "value_type: object\nvalue_json_schema: definitions/metrics/schema/none.json",
        )
        .metric(
            "boards.yml",
            METRIC
                .replace("issues", "boards")
                .replace("value_type: number", "value_type: object\nvalue_json_schema: ../../etc/passwd"),
        )
    }),
    ("event/custom-property", |project| {
        event(project, "label:\n", "branch:\n").file("dictionary.toml", CUSTOM_PROPERTIES)
    }),
    ("metric/missing-product-category", |project| {
        metric(project, "product_categories:\n- planning\n", "")
            .metric("boards.yml", METRIC.replace("issues", "boards").replace(":\n- planning", ": []"))
    }),
    ("metric/placeholder", |project| {
        metric(project, "Count of issues", "TODO")
            .metric("boards.yml", METRIC.replace("issues", "boards").replace("changes/12", "changes/xxx"))
    }),
    ("event/placeholder", |project| event(project, "https://tidewater.example/changes/12", "TODO")),
    ("metric/invalid-url", |project| metric(project, "https://tidewater", "tidewater")),
    ("event/invalid-url", |project| event(project, "https://tidewater.example/changes/12", "\"\"")),
    ("metric/undeclared-property", |project| {
        count(project, "unique: user.id", "unique: project.id\n  filter:\n    property: x")
            .event("create_issue.yml", EVENT)
    }),
];

/// For each rule a project in which it finds nothing, though there is something to look at.
pub(super) const GOOD: &[Case] = &[
    ("file/not-a-file", the_metric),
    ("file/too-large", |project| {
        project.metric("issues.yml", format!("{METRIC}# {}\n", "x".repeat(100_000)))
    }),
    ("file/unreadable", the_metric),
    #[cfg(unix)]
    ("file/outside-root", linked),
    #[cfg(unix)]
    ("file/linked-folder", linked),
    ("file/stray", |project| {
        let project = the_metric(project).metric("objects_schemas/a.json", "{}").metric(".gitkeep", "");
        project.file("definitions/README.md", "# About").metric("schema/readme.txt", "excluded")
    }),
    ("file/suppression-without-reason", suppressed),
    ("file/invalid-suppression", suppressed),
    ("file/unused-suppression", suppressed),
    ("metric/schema", |project| {
        let schema = r#"{"properties": {"key_path": {"pattern": "^counts\\."}}}"#;
        the_metric(with_schema(project, "metric", schema))
    }),
    ("event/schema", |project| event(with_schema(project, "event", r#"{"required": ["action"]}"#), "", "")),
    ("yaml/not-utf8", |project| metric(project, "Count of issues", "Z\u{e4}hlt Fragen")),
    ("yaml/empty", the_metric),
    ("yaml/syntax", |project| metric(project, "tiers:\n- free", "tiers: [\n  free]")),
    ("yaml/tab", |project| metric(project, "Count of issues", "\"Count of\tissues\"\t# counted")),
    ("yaml/conflict-marker", |project| metric(project, "Count of issues", "|\n  Count of issues\n  =======")),
    ("yaml/duplicate-key", the_metric),
    ("yaml/multiple-documents", |project| project.metric("issues.yml", format!("{METRIC}...\n"))),
    ("yaml/not-a-mapping", the_metric),
    ("yaml/limit", |project| {
        metric(project, "tiers:", &format!("options: {{a: {}{}}}\ntiers:", "[".repeat(60), "]".repeat(60)))
    }),
    ("yaml/ambiguous-text", |project| {
        count(
            project,
            "unique: user.id",
            "unique: user.id\n  filter:\n    label: \"off\"\n- name: create_issue\n  unique: user.id",
        )
    }),
    ("yaml/alias", |project| metric(project, "Count of issues", "&unused Count of issues")),
    ("yaml/tag", |project| metric(project, "\"4.10\"", "!!str 4.10")),
    ("metric/missing-field", the_metric),
    ("event/missing-field", the_event),
    ("metric/unknown-field", the_metric),
    ("event/unknown-field", the_event),
    ("metric/legacy-field", the_metric),
    ("event/legacy-field", the_event),
    ("metric/wrong-type", |project| metric(project, "\"4.10\"", "'4.10'")),
    ("event/wrong-type", |project| event(project, "\"4.10\"", "~")),
    ("metric/invalid-value", |project| metric(project, "\"4.10\"", "\"<4.10\"")),
    ("event/invalid-value", the_event),
    ("metric/legacy-value", the_metric),
    ("event/legacy-value", the_event),
    ("metric/repeated-value", |project| metric(project, "- free\n", "- free\n- premium\n")),
    ("metric/empty-list", |project| {
        metric(project, "product_categories", "performance_indicator_type: []\nproduct_categories")
    }),
    ("event/empty-list", |project| event(project, "identifiers:\n- user", "identifiers: []")),
    ("metric/empty-description", the_metric),
    ("event/empty-description", the_event),
    ("metric/incomplete-removal", |project| metric(project, "status: active", REMOVAL)),
    ("event/incomplete-removal", removed_event),
    ("event/removal-without-status", |project| event(project, "action:", "status: active\naction:")),
    ("metric/missing-repair-issue", |project| {
        metric(
            project,
            "status: active",
            "status: broken\nrepair_issue_url: https://tidewater.example/issues/1",
        )
    }),
    ("event/removed-folder", removed_event),
    ("event/file-name", |project| {
        let legacy = EVENT.replace("internal_events: true\n", "category: issues\n");
        project
            .event("create_issue.yaml", EVENT)
            .event("1651052988_issues_close.yml", legacy.replace("create_issue", "close_it"))
            .event("issues_edit.yml", legacy.replace("create_issue", "edit"))
    }),
    ("metric/internal-events", the_count),
    ("metric/unique-time-frame", |project| {
        let total =
            COUNT.replace("time_frame: [7d, 28d]", "time_frame: all").replace("  unique: user.id\n", "");
        the_count(project).metric("total.yml", total.replace("counts.created", "counts.created_in_total"))
    }),
    ("metric/mixed-counting", |project| {
        count(
            project,
            "  unique: user.id\n",
            "  unique: user.id\n- name: create_issue\n  unique: user.id\n  filter: {label: board}\n",
        )
    }),
    ("metric/redis-options", |project| {
        let source = "data_source: redis\noptions: {event: create, prefix: issues}";
        let metric = METRIC.replace("data_source: database", source);
        project.metric("issues.yml", metric.replace("CountIssuesMetric", "RedisMetric"))
    }),
    ("metric/redis-hll-options", |project| {
        project.metric(
            "issues.yml",
            METRIC.replace("CountIssuesMetric", "RedisHLLMetric").replace(
                "data_source: database",
                "data_source: redis_hll\noptions: {events: [create_issue]}",
            ),
        )
    }),
    ("metric/missing-value-schema", value_schema),
    ("metric/unknown-value-schema", value_schema),
    ("event/category-on-internal-event", the_event),
    ("event/additional-property", the_event),
    ("event/custom-property", |project| {
        event(project, "label:", "value:\n    description: How many\n  branch:")
            .file("dictionary.toml", CUSTOM_PROPERTIES)
    }),
    ("metric/unknown-group", |project| the_metric(project.file("definitions/groups.yml", GROUPS))),
    ("event/unknown-group", |project| the_event(project.file("definitions/groups.yml", GROUPS))),
    ("metric/group-spelling", |project| the_metric(project.file("definitions/groups.yml", GROUPS))),
    ("event/group-spelling", |project| the_event(project.file("definitions/groups.yml", GROUPS))),
    ("metric/unknown-product-category", |project| {
        the_metric(project.file("definitions/product_categories.yml", "- planning\n"))
    }),
    ("event/unknown-product-category", |project| {
        let project = project.file("definitions/product_categories.yml", "- planning\n");
        event(project, "tiers:", "product_categories: [planning]\ntiers:")
    }),
    ("metric/missing-product-category", |project| {
        let without = METRIC.replace("product_categories:\n- planning\n", "");
        project
            .metric("issues.yml", without.replace("status: active", REMOVAL))
            .metric("groups.yml", without.replace("counts.issues", "counts.groups"))
    }),
    ("metric/placeholder", |project| {
        metric(project, "Count of issues", "Count of items on the TODO list").metric(
            "todos.yml",
            METRIC
                .replace("counts.issues", "counts.todos")
                .replace("data_source", "options: {state: todo}\ndata_source"),
        )
    }),
    ("event/placeholder", |project| project.event("todo.yml", EVENT.replace("create_issue", "todo"))),
    ("metric/invalid-url", the_metric),
    ("event/invalid-url", |project| {
        event(project, "tiers:", "iglu_schema_url: iglu:com.a/b/jsonschema/1-0-0\ntiers:")
    }),
    ("metric/duplicate-name", |project| {
        the_metric(project).metric("boards.yml", METRIC.replace("counts.issues", "counts.boards"))
    }),
    ("event/duplicate-name", |project| {
        let legacy =
            |category: &str| EVENT.replace("internal_events: true\n", &format!("category: {category}\n"));
        project.event("a/create_issue.yml", legacy("a")).event("b/create_issue.yml", legacy("b"))
    }),
    ("metric/unknown-event", the_count),
    ("metric/undeclared-property", |project| {
        count(project, "unique: user.id", "unique: user.id\n  filter:\n    label: board")
    }),
];

const CUSTOM_PROPERTIES: &str = "[check.rules]\n'event/custom-property' = 'error'\n";

const REMOVAL: &str =
    "status: removed\nmilestone_removed: \"5.0\"\nremoved_by_url: https://tidewater.example/changes/34";

fn the_metric(project: Project) -> Project {
    project.metric("issues.yml", METRIC)
}

fn the_event(project: Project) -> Project {
    project.event("create_issue.yml", EVENT)
}

fn the_count(project: Project) -> Project {
    count(project, "", "")
}

fn removed_event(project: Project) -> Project {
    let event = EVENT.replace("action:", &format!("{REMOVAL}\naction:"));
    project.event("removed/create_issue.yml", event)
}

/// The path of a schema is tried from the source's root and from every folder above.
fn value_schema(project: Project) -> Project {
    let with = |path: &str| {
        METRIC.replace("value_type: number", &format!("value_type: object\nvalue_json_schema: {path}"))
    };
    project
        .file("definitions/metrics/schema/issues.json", "{}")
        .metric("issues.yml", with("definitions/metrics/schema/issues.json"))
        .metric("boards.yml", with("metrics/schema/issues.json").replace("counts.issues", "counts.boards"))
}

#[cfg(unix)]
fn linked(project: Project) -> Project {
    link(project.file("definitions/shared/issues.yml", METRIC), "../shared/issues.yml", "metrics/issues.yml")
}

#[cfg(unix)]
fn link(project: Project, target: &str, path: &str) -> Project {
    let path = project.path("definitions").join(path);
    std::fs::create_dir_all(path.parent().unwrap()).unwrap();
    std::os::unix::fs::symlink(target, path).unwrap();
    project
}
