//! A project's own JSON Schemas, as configured by `[check] schema`.

use crate::support::{EVENT, METRIC, Project, repository, tree};

const CONFIGURATION: &str = "[check]\nschema.metric = 'schemas/metric.json'\n";

fn with_schema(schema: &str) -> Project {
    Project::new()
        .metric("issues.yml", METRIC)
        .file("dictionary.toml", CONFIGURATION)
        .file("schemas/metric.json", schema)
}

/// The findings as `pointer line:column message`.
fn findings(project: &Project) -> Vec<String> {
    let shown = |finding: &serde_json::Value| {
        let message = finding["message"].as_str().unwrap();
        format!(
            "{} {}:{} {message}",
            finding["pointer"].as_str().unwrap(),
            finding["line"],
            finding["column"]
        )
    };
    project.findings().iter().map(shown).collect()
}

/// What `check` says when a schema cannot be used.
fn refusal(project: &Project) -> String {
    let run = project.run(&["check"]);
    assert_eq!(run.code, 2, "{}{}", run.out, run.log);
    run.log
}

#[test]
fn what_a_schema_asks_for_is_found_at_values_keys_and_first_keys() {
    let project = with_schema(
        r#"{"required": ["owner"],
            "properties": {"tiers": {"minItems": 2}, "value_type": {"enum": ["numbers", "string"]},
                           "instrumentation_class": false, "options": {"required": ["x"], "additionalProperties": false}},
            "propertyNames": {"maxLength": 22}}"#,
    )
    .metric("issues.yml", METRIC.replace("tiers:", "options: {y: 1}\ntiers:"));
    assert_eq!(
        findings(&project),
        [
            "/owner 2:1 required field `owner` is missing",
            "/value_type 7:13 `number` is no value of `value_type`",
            "/instrumentation_class 14:1 `instrumentation_class` must not be there",
            "/options 15:1 `options` may have no fields",
            "/options/x 15:11 required field `x` is missing in `options`",
            "/tiers 17:1 `tiers` must have at least 2 entries",
        ]
    );
}

#[test]
fn choices_name_the_nearest_branch_and_what_it_lacks() {
    let project = with_schema(
        r#"{"anyOf": [
              {"title": "a database metric", "properties": {"data_source": {"const": "database"}}, "required": ["table"]},
              {"title": "a metric of the system", "properties": {"data_source": {"const": "system"}, "key_path": {"pattern": "^system"}}}],
            "if": {"properties": {"status": {"const": "active"}, "time_frame": {"enum": ["all", "none"]}}},
            "then": {"properties": {"milestone": {"pattern": "^[5-9]\\."}}}}"#,
    );
    insta::assert_snapshot!(project.run(&["check"]).out);
}

#[test]
fn one_cause_is_one_finding() {
    // The type, the values, the pattern and two branches are broken, all by one value.
    let schema = r#"{"properties": {"milestone": {"type": "string", "enum": ["4.10"], "pattern": "x"}},
        "anyOf": [{"properties": {"milestone": {"type": "string"}}}, {"properties": {"milestone": {"type": "null"}}}]}"#;
    let project = with_schema(schema).metric("issues.yml", METRIC.replace("\"4.10\"", "4.10"));
    // Our own rule says it already.
    assert_eq!(project.places(), ["metric/wrong-type issues.yml:9:12"]);
    let alone = format!("{CONFIGURATION}[check.rules]\n'metric/wrong-type' = 'off'\n");
    let alone = project.file("dictionary.toml", &alone);
    assert_eq!(findings(&alone), ["/milestone 9:12 `milestone` must be a string, not a number"]);
    // A warning does not take the place of an error.
    let warned = format!("{CONFIGURATION}[check.rules]\n'metric/wrong-type' = 'warning'\n");
    let warned = alone.file("dictionary.toml", &warned);
    assert_eq!(warned.places(), ["metric/schema issues.yml:9:12", "metric/wrong-type issues.yml:9:12"]);
}

#[test]
fn what_could_not_be_read_is_not_missed() {
    let project = with_schema(
        r#"{"required": ["tiers"], "properties": {"value_type": {"const": "string"}},
            "if": {"properties": {"tiers": {"type": "array"}}}, "then": {"properties": {"status": {"const": "x"}}}}"#,
    )
    .metric("issues.yml", METRIC.replace("tiers:\n- free", "tiers: [free"));
    assert_eq!(project.places(), ["metric/schema issues.yml:7:13", "yaml/syntax issues.yml:15:8"]);
}

#[test]
fn references_lead_to_files_beside_the_schema_and_below_the_configuration() {
    let schema = r#"{"$id": "https://schemas.example/metric.json", "properties": {
        "key_path": {"$ref": "parts/names.json#/$defs/name"}, "product_group": {"$ref": "../lists/groups.json"}}}"#;
    let parts = r##"{"$defs": {"name": {"$ref": "#/$defs/dotted"}, "dotted": {"pattern": "^usage\\."}}}"##;
    let project = with_schema(&schema.replace(r#""$id": "https://schemas.example/metric.json", "#, ""))
        .file("schemas/parts/names.json", parts)
        .file("lists/groups.json", r#"{"enum": ["plan"]}"#);
    assert_eq!(
        findings(&project),
        [
            "/key_path 2:11 `counts.issues` does not match the pattern `^usage\\.` of `key_path`",
            "/product_group 4:16 `boards` is no value of `product_group`",
        ]
    );
    // With an identity of its own, what lies beside the schema is still found.
    let identified = schema.replace("../lists/groups.json", "groups.json");
    let project = with_schema(&identified)
        .file("schemas/parts/names.json", parts)
        .file("schemas/groups.json", r#"{"enum": ["boards"]}"#);
    assert_eq!(findings(&project).len(), 1);
}

#[test]
fn schemas_that_cannot_be_used_name_file_and_pointer() {
    let missing = Project::new().metric("issues.yml", METRIC).file("dictionary.toml", CONFIGURATION);
    assert!(refusal(&missing).contains("could not read"), "{}", refusal(&missing));
    let broken = refusal(&with_schema("{\n  \"type\": \n}"));
    assert!(broken.contains("schemas/metric.json:3: not JSON"), "{broken}");
    for (schema, parts) in [
        (
            r#"{"properties": {"a": {"type": "strng"}}}"#,
            ["schemas/metric.json: `/properties/a/type`", "strng"],
        ),
        (r#"{"properties": {"a": {"pattern": "("}}}"#, ["schemas/metric.json: `/properties/a/pattern`", "("]),
        (r#"{"allOf": [{"$ref": "no.json"}]}"#, ["schemas/metric.json: `/allOf/0/$ref`", "no.json"]),
        (r##"{"allOf": [{"$ref": "#/$defs/x"}]}"##, ["schemas/metric.json: `/allOf/0/$ref`", "/$defs/x"]),
        (
            r#"{"$ref": "https://schemas.example/x.json"}"#,
            ["schemas/metric.json: `/$ref`", "nothing is fetched"],
        ),
        (
            r#"{"$ref": "../../../../../../etc/hostname"}"#,
            ["schemas/metric.json: `/$ref`", "neither beside the schema"],
        ),
        (r#"{"$ref": "/dev/zero"}"#, ["schemas/metric.json: `/$ref`", "neither beside the schema"]),
        (r#"{"$schema": "https://schemas.example/x"}"#, ["schemas/metric.json", "schemas.example/x"]),
    ] {
        let refused = refusal(&with_schema(schema));
        assert!(parts.iter().all(|part| refused.contains(part)), "{schema}: {refused}");
    }
    let unknown = Project::new()
        .metric("issues.yml", METRIC)
        .file("dictionary.toml", "[check]\nschema.metrics = 'schemas/metric.json'\n");
    assert!(refusal(&unknown).contains("did you mean `metric`?"), "{}", refusal(&unknown));
}

#[test]
fn gitlabs_schemas_work_as_they_are() {
    let schemas = repository().join("../shared/gitlab");
    if !schemas.is_dir() {
        return;
    }
    let mut project = Project::new()
        .event("create_issue.yml", EVENT)
        .metric("issues.yml", METRIC.replace("boards", "code_review").replace("planning", "code_review_workflow"))
        .metric("odd.yml", METRIC.replace("counts.", "count.").replace("boards", "code_review").replace("planning", "plannig"))
        .file("definitions/product_categories.yml", "- code_review_workflow\n")
        .file(
            "dictionary.toml",
            "[check]\nschema = { metric = 'config/schema/metrics/base.json', event = 'config/schema/events.json' }\n\
             [check.rules]\n'metric/unknown-product-category' = 'off'\n",
        );
    for (path, content) in tree(&schemas) {
        project = project.file(&format!("config/{path}"), content);
    }
    // The group alone is foreign to GitLab, and the category to the list.
    assert_eq!(
        findings(&project),
        [
            "/product_group 10:16 `boards` is no value of `product_group`",
            "/product_categories/0 6:3 no product category is called `plannig`",
        ]
    );
}
