//! The table of what queries mean, which the tests of the page's script read as well.

use serde_json::{Value, json};

use super::facets::Column;

/// `tests/search/queries.json`.
pub(super) fn read() -> Value {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/search/queries.json");
    serde_json::from_str(&std::fs::read_to_string(path).unwrap()).unwrap()
}

/// The filters that the table speaks of; no document has their values.
pub(super) fn columns() -> Vec<Column> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let column = |facet: &Value| Column {
        name: text(&facet["name"]),
        aliases: facet["aliases"].as_array().unwrap().iter().map(text).collect(),
        noun: text(&facet["noun"]),
        ordered: facet["ordered"].as_bool().unwrap(),
        values: facet["values"].as_array().unwrap().iter().map(|it| (text(&it[0]), text(&it[1]))).collect(),
        sets: Vec::new(),
        of_documents: Vec::new(),
    };
    read()["facets"].as_array().unwrap().iter().map(column).collect()
}

/// A case with what it leaves out.
pub(super) fn whole(case: &Value) -> Value {
    let mut whole =
        json!({"groups": [], "not": [], "filters": [], "said": null, "open": false, "notices": []});
    for (key, value) in case.as_object().unwrap() {
        whole[key] = value.clone();
    }
    for filter in whole["filters"].as_array_mut().unwrap() {
        filter["not"] = filter["not"].as_bool().unwrap_or_default().into();
    }
    for notice in whole["notices"].as_array_mut().unwrap() {
        if notice["suggestions"].is_null() {
            notice["suggestions"] = json!([]);
        }
    }
    whole
}
