//! Our built-in rules against GitLab's own schemas: one verdict for each real file.
//!
//! Left out are the vocabularies (groups, categories) and what is checked between files.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;

use jsonschema::{Registry, Resource, Validator};
use metrics_dictionary::schema::instance;
use metrics_dictionary::yaml::load;
use serde_json::Value;

use crate::support::{corpus, repository, run_in_repository, tree};

/// What the schemas reject and our rules do not, as the field at fault, with the reason and the number of files.
const ALLOWED: &[(&str, &str, usize)] = &[(
    "additional_properties",
    "custom properties beside neither `value` nor `label` and `property`: the newest real events have them, so that \
         the schema at hand is older than GitLab's practice",
    4,
)];

/// Rules about vocabularies and about several files, of which the schemas know nothing.
const LEFT_OUT: &[&str] =
    &["unknown-group", "group-spelling", "unknown-product-category", "duplicate-name", "unknown-event"];

/// One of GitLab's schemas, with its references answered from the folder.
fn validator(folder: &Path, name: &str) -> Validator {
    let uri = |path: &str| format!("file:///gitlab/{path}");
    let files: Vec<(String, Value)> = tree(folder)
        .into_iter()
        .filter(|(path, _)| path.ends_with(".json"))
        .map(|(path, content)| (path, serde_json::from_slice(&content).unwrap()))
        .collect();
    let resources = files.iter().map(|(path, content)| (uri(path), Resource::from_contents(content.clone())));
    let registry = Registry::new().extend(resources).unwrap().prepare().unwrap();
    let schema = &files.iter().find(|(path, _)| path == name).unwrap().1;
    jsonschema::options()
        .with_registry(&registry)
        .with_base_uri(uri(name))
        .should_validate_formats(true)
        .with_format("known_product_category", |_: &str| true)
        .build(schema)
        .unwrap()
}

/// The top-level fields that a schema finds fault with, the group apart.
fn faults(validator: &Validator, definition: &Value) -> BTreeSet<String> {
    let errors = validator.iter_errors(definition);
    let fields = errors.map(|error| match error.kind() {
        jsonschema::error::ValidationErrorKind::Required { property } if error.instance_path().is_empty() => {
            property.as_str().unwrap().to_owned()
        }
        _ => error.instance_path().as_str().split('/').nth(1).unwrap_or_default().to_owned(),
    });
    fields.filter(|field| field != "product_group").collect()
}

/// The files that our rules find fault with, by their path below the root.
fn our_verdicts(definitions: &Path) -> BTreeSet<String> {
    let run =
        run_in_repository(&["check", "--format", "json", "--definitions", definitions.to_str().unwrap()]);
    let report: Value = serde_json::from_str(&run.out).unwrap();
    let findings = report["findings"].as_array().unwrap().iter().filter(|finding| {
        let (_, rule) = finding["rule"].as_str().unwrap().split_once('/').unwrap();
        finding["severity"] == "error" && !LEFT_OUT.contains(&rule)
    });
    let path =
        |finding: &Value| finding["path"].as_str().unwrap().rsplit_once("config/").unwrap().1.to_owned();
    findings.map(path).collect()
}

#[test]
fn built_in_rules_and_gitlabs_schemas_agree_on_every_real_file() {
    let (Some(corpus), folder) = (corpus(), repository().join("../shared/gitlab")) else { return };
    let metric = validator(&folder, "schema/metrics/base.json");
    let event = validator(&folder, "schema/events.json");
    let ours = our_verdicts(&corpus);
    let mut only_theirs: BTreeMap<String, usize> = BTreeMap::new();
    let (mut valid, mut invalid) = (0, 0);
    // Aggregates are not definitions, as `[[source]]` says.
    let is_definition = |path: &str| path.ends_with(".yml") && !path.starts_with("metrics/aggregates/");
    for (path, content) in tree(&corpus).into_iter().filter(|(path, _)| is_definition(path)) {
        let text = String::from_utf8(content).unwrap();
        let definition = instance(&load(&text).root.unwrap());
        let theirs = faults(if path.starts_with("metrics/") { &metric } else { &event }, &definition);
        match (theirs.is_empty(), ours.contains(&path)) {
            (true, false) => valid += 1,
            (false, true) => invalid += 1,
            (true, true) => panic!("{path}: valid by GitLab's schemas, not by our rules"),
            // The fields together are the reason: one that is not allowed makes a line of its own.
            (false, false) => {
                *only_theirs.entry(theirs.into_iter().collect::<Vec<_>>().join(", ")).or_default() += 1;
            }
        }
    }
    let allowed: BTreeMap<String, usize> =
        ALLOWED.iter().map(|(field, _, files)| ((*field).to_owned(), *files)).collect();
    assert_eq!(only_theirs, allowed);
    assert!(valid > 20 && invalid > 20, "{valid} valid, {invalid} invalid");
}
