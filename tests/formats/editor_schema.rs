//! The schema for editors: it agrees with `check`, file by file.

use std::collections::BTreeSet;
use std::path::Path;

use jsonschema::Validator;
use metrics_dictionary::schema::instance;
use metrics_dictionary::yaml::load;
use serde_json::Value;

use crate::support::{EVENT, METRIC, Project, corpus, repository, run_in_repository, tree};

fn validator(schema: &str) -> Validator {
    let schema: Value = serde_json::from_str(schema).unwrap_or_else(|error| panic!("{error}: {schema}"));
    assert_eq!(schema["$schema"], "http://json-schema.org/draft-07/schema#");
    jsonschema::options().build(&schema).unwrap()
}

fn definition(text: &str) -> Value {
    instance(&load(text).root.unwrap())
}

/// Both schemas of a project in the repository, for metrics and for events.
fn validators(arguments: &[&str]) -> [Validator; 2] {
    ["metric", "event"].map(|kind| {
        let run = run_in_repository(&[&["schema", kind], arguments].concat());
        assert_eq!(run.code, 0, "{}", run.log);
        assert_eq!(run.out, run_in_repository(&[&["schema", kind], arguments].concat()).out);
        validator(&run.out)
    })
}

/// The definitions below a folder that a schema rejects.
fn rejected(definitions: &Path, [metric, event]: &[Validator; 2]) -> BTreeSet<String> {
    let files = tree(definitions).into_iter().filter(|(path, _)| {
        // Aggregates are not definitions, as `[[source]]` says.
        path.ends_with(".yml")
            && (path.starts_with("metrics/") || path.starts_with("events/"))
            && !path.starts_with("metrics/aggregates/")
    });
    let rejected = files.filter(|(path, content)| {
        let definition = definition(std::str::from_utf8(content).unwrap());
        !(if path.starts_with("metrics/") { metric } else { event }).is_valid(&definition)
    });
    rejected.map(|(path, _)| path).collect()
}

#[test]
fn the_sample_is_valid() {
    let definitions = repository().join("definitions");
    assert_eq!(rejected(&definitions, &validators(&[])), BTreeSet::new());
}

#[test]
fn the_sample_offers_its_own_words() {
    let schema: Value = serde_json::from_str(&run_in_repository(&["schema", "metric"]).out).unwrap();
    let words = |pointer: &str| {
        let words = schema.pointer(pointer).and_then(Value::as_array);
        words.unwrap_or_else(|| panic!("{pointer}")).clone()
    };
    assert!(words("/properties/product_categories/items/enum").contains(&"boards".into()));
    assert!(words("/properties/events/items/properties/name/anyOf/0/enum").contains(&"create_card".into()));
    let groups = &schema["properties"]["product_group"]["anyOf"];
    assert!(groups[0]["enum"].as_array().unwrap().contains(&"boards".into()));
    assert!(groups[1]["enum"].as_array().unwrap().contains(&"issue_tracking".into()));
    assert_eq!(groups[1]["deprecated"], true);
    for (name, property) in schema["properties"].as_object().unwrap() {
        for key in ["title", "description", "markdownDescription"] {
            assert!(property[key].as_str().is_some_and(|text| !text.is_empty()), "{name} has no {key}");
        }
    }
}

#[test]
fn broken_definitions_are_not_valid() {
    let project = Project::new()
        .event("create_issue.yml", EVENT)
        .metric("issues.yml", METRIC)
        .file("definitions/product_categories.yml", "- planning\n")
        .file(
            "definitions/groups.yml",
            "sections: [{key: dev, name: Dev, stages: [{key: plan, name: Plan, groups: [{key: boards, name: Boards}]}]}]\n",
        );
    let metric = validator(&project.run(&["schema", "metric"]).out);
    let event = validator(&project.run(&["schema", "event"]).out);
    assert!(metric.is_valid(&definition(METRIC)) && event.is_valid(&definition(EVENT)));
    let counting =
        "data_source: internal_events\nevents: [{name: create_issue, unique: user.id, filter: {label: a}}]";
    let counting = METRIC
        .replace("data_source: database", counting)
        .replace("instrumentation_class: CountIssuesMetric\n", "");
    assert!(metric.is_valid(&definition(&counting)));
    for (validator, base, from, to) in [
        (&metric, METRIC, "key_path:", "keypath:"),
        (&metric, METRIC, "status: active\n", ""),
        (&metric, METRIC, "status: active", "status: actve"),
        (&metric, METRIC, "status: active", "status: data_available"),
        (&metric, METRIC, "status: active", "status: removed"),
        (&metric, METRIC, "status: active", "status: broken"),
        (&metric, METRIC, "\"4.10\"", "4.10"),
        (&metric, METRIC, "\"4.10\"", "\"4\""),
        (&metric, METRIC, "boards", "baords"),
        (&metric, METRIC, "- planning", "- plannig"),
        (&metric, METRIC, "optional", "Optional"),
        (&metric, METRIC, "- free\n", "- free\n- free\n"),
        (&metric, METRIC, "time_frame: all", "time_frame: [7d, none]"),
        (&metric, METRIC, "time_frame: all", "time_frame: 14d"),
        (&metric, METRIC, "CountIssuesMetric", "Count2"),
        (&metric, METRIC, "value_type", "tier: [free]\nvalue_type"),
        (&metric, METRIC, "data_source: database", "data_source: redis"),
        (&metric, METRIC, "data_source: database", "data_source: redis_hll\noptions: {}"),
        (&metric, &counting, "name: create_issue", "name: craete_issue"),
        (&metric, &counting, "user.id", "users.id"),
        (&metric, &counting, "label: a", "label: 1"),
        (&metric, &counting, "data_source:", "instrumentation_class: CountMetric\ndata_source:"),
        (&event, EVENT, "action: create_issue", "action: Create issue"),
        (&event, EVENT, "action:", "category: issues\naction:"),
        (&event, EVENT, "action:", "status: removed\naction:"),
        (&event, EVENT, "action:", "status: active\nmilestone_removed: \"5.0\"\naction:"),
        (&event, EVENT, "label:\n    description: Where it was created", "label: where"),
        (&event, EVENT, "- user", "- users"),
        (&event, EVENT, "internal_events: true", "internal_events: false"),
    ] {
        assert!(base.contains(from), "{from}");
        assert!(!validator.is_valid(&definition(&base.replacen(from, to, 1))), "{from} -> {to}");
    }
}

#[test]
fn it_rejects_what_check_reports_as_an_error() {
    let Some(corpus) = corpus() else { return };
    // Without disagreement: names that stand twice are the one error that a schema of one file cannot say, and every
    // other spelling of a group, which is a warning for `check`, stands in files with errors besides. The corpus has
    // no groups of its own, so that it is checked with those of GitLab's schema as well.
    let groups = repository().join("../shared/gitlab/schema/metrics/product_groups.json");
    for preset in ["gitlab", "gitlab-legacy", "minimal"] {
        for vocabulary in ["", &format!("[vocabulary]\ngroups = {groups:?}\n")] {
            let project = Project::new().file(
                "dictionary.toml",
                format!("[[source]]\nroot = {corpus:?}\n{vocabulary}[check]\npreset = '{preset}'\n"),
            );
            let configuration = project.path("dictionary.toml");
            let arguments = ["--config", configuration.to_str().unwrap()];
            let run = run_in_repository(&[&["check", "--format", "json"], &arguments[..]].concat());
            let report: Value = serde_json::from_str(&run.out).unwrap();
            let findings = report["findings"].as_array().unwrap().iter().filter(|finding| {
                finding["severity"] == "error"
                    && !finding["rule"].as_str().unwrap().ends_with("/duplicate-name")
            });
            let reported: BTreeSet<String> = findings
                .map(|finding| finding["path"].as_str().unwrap().rsplit_once("config/").unwrap().1.to_owned())
                .collect();
            assert_eq!(rejected(&corpus, &validators(&arguments)), reported, "{preset}{vocabulary}");
        }
    }
}
