//! What we print as JSON is what our schemas promise.

use jsonschema::{Registry, Validator};
use serde_json::Value;

use crate::support::{all_definitions, build, repository, run_in_repository, tree};

fn schema(name: &str) -> Value {
    serde_json::from_slice(&std::fs::read(repository().join("schemas").join(name)).unwrap()).unwrap()
}

fn validator(name: &str) -> Validator {
    let base = |name: &str| format!("json-schema:///{name}");
    let with_id = |name: &str| {
        let mut schema = schema(name);
        schema["$id"] = base(name).into();
        schema
    };
    let referred = ["findings.schema.json", "items.schema.json"];
    let referred = referred.map(|name| (base(name), jsonschema::Resource::from_contents(with_id(name))));
    let registry = Registry::new().extend(referred).unwrap().prepare().unwrap();
    jsonschema::options().with_registry(&registry).build(&with_id(name)).unwrap()
}

fn assert_valid(validator: &Validator, value: &Value, what: &str) {
    let errors: Vec<String> =
        validator.iter_errors(value).map(|error| format!("{}: {error}", error.instance_path())).collect();
    assert!(errors.is_empty(), "{what}: {errors:#?}");
}

#[test]
fn findings_follow_their_schema() {
    let validator = validator("findings.schema.json");
    for definitions in all_definitions() {
        let run =
            run_in_repository(&["check", "--format", "json", "--definitions", definitions.to_str().unwrap()]);
        assert_valid(&validator, &serde_json::from_str(&run.out).unwrap(), "check");
    }
}

#[test]
fn reports_for_platforms_follow_their_schemas() {
    let code_quality = validator("gitlab-code-quality.schema.json");
    // The standard's own schema is not ours to publish; this one is stricter.
    let sarif: Value = serde_json::from_str(include_str!("sarif.schema.json")).unwrap();
    let sarif = jsonschema::validator_for(&sarif).unwrap();
    for definitions in all_definitions() {
        let report = |format: &str| -> Value {
            let definitions = definitions.to_str().unwrap();
            let run = run_in_repository(&["check", "--format", format, "--definitions", definitions]);
            serde_json::from_str(&run.out).unwrap()
        };
        assert_valid(&code_quality, &report("gitlab"), "check --format gitlab");
        let log = report("sarif");
        assert_valid(&sarif, &log, "check --format sarif");
        let run = &log["runs"][0];
        for result in run["results"].as_array().unwrap() {
            let index = usize::try_from(result["ruleIndex"].as_u64().unwrap()).unwrap();
            assert_eq!(run["tool"]["driver"]["rules"][index]["id"], result["ruleId"]);
        }
    }
}

#[test]
fn items_follow_their_schema() {
    let validator = validator("items.schema.json");
    for definitions in all_definitions() {
        let folder = build(&definitions);
        let files = tree(&folder.path().join("site"));
        let items = files.iter().filter(|(path, _)| path.ends_with("/index.json"));
        let items: Vec<Value> = items.map(|(_, content)| serde_json::from_slice(content).unwrap()).collect();
        assert!(items.len() > 50);
        assert_valid(&validator, &Value::Array(items), "index.json");
    }
}

#[test]
fn exports_follow_their_schemas() {
    let whole = validator("export.schema.json");
    let items = validator("items.schema.json");
    for definitions in all_definitions() {
        let export = |format: &str| {
            run_in_repository(&["export", "--format", format, "--definitions", definitions.to_str().unwrap()])
                .out
        };
        let json: Value = serde_json::from_str(&export("json")).unwrap();
        assert_valid(&whole, &json, "export --format json");
        let lines = export("ndjson");
        let lines: Vec<Value> = lines.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        assert!(lines.len() > 50);
        assert_eq!(json["items"].as_array().unwrap(), &lines);
        assert_valid(&items, &Value::Array(lines), "export --format ndjson");
    }
}

#[test]
fn search_follows_its_schema() {
    let validator = validator("search.schema.json");
    for definitions in all_definitions() {
        for query in ["user", "group:nosuch a OR", "qqxxzz usr", "-user kind:event"] {
            let definitions = definitions.to_str().unwrap();
            let arguments = ["search", query, "--format", "json", "--explain", "--definitions", definitions];
            let run = run_in_repository(&arguments);
            assert_valid(&validator, &serde_json::from_str(&run.out).unwrap(), query);
        }
    }
}
