//! Queries that nobody means well: the search answers every one of them.

use proptest::prelude::*;
use proptest::strategy::ValueTree as _;
use proptest::test_runner::TestRunner;

use crate::support::{EVENT, METRIC, Project};

/// How many are asked.
const QUERIES: usize = 3000;

/// Words, operators, quotes, HTML, names of a script's inner workings, any characters at all, and far too much of each.
fn query() -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        "[a-z_.]{1,12}",
        "[a-z-]{1,9}:[^\\n\\r]{0,9}",
        "-?\"[^\\n\\r]{0,12}\"?",
        "milestone:[<>=.0-9]{0,12}",
        "[^\\n\\r]{0,20}",
        prop::sample::select(vec![
            "OR",
            "-",
            "--",
            "\"",
            ":",
            "::",
            "constructor",
            "__proto__",
            "toString",
            "group:constructor",
            "<img src=x onerror=alert(1)>",
            "𝒜𝒷𝒸",
            "\u{202e}",
            "\u{0}",
            "İ",
            "ß",
            "中文",
            "AND",
            "NOT",
            "*",
            "name:",
            "kind:\"",
        ])
        .prop_map(str::to_owned),
    ];
    let pieces = prop::collection::vec(piece, 0..8).prop_map(|pieces| pieces.join(" "));
    prop_oneof![20 => pieces.clone(), 1 => pieces.prop_map(|text| text.repeat(5000 / text.len().max(1) + 1))]
}

#[test]
fn every_query_has_an_answer() {
    let project = Project::new().metric("issues.yml", METRIC).event("create_issue.yml", EVENT);
    let mut runner = TestRunner::deterministic();
    let strategy = query();
    let queries: Vec<String> =
        (0..QUERIES).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect();
    let input: String = queries.iter().map(|query| format!("{query}\n")).collect();
    let run = project.run_with_input(&["search", "-", "--format", "json"], input);
    assert_eq!((run.code, run.log.as_str()), (0, ""));
    let answers: Vec<serde_json::Value> =
        run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(answers.len(), queries.len());
    for (answer, query) in answers.iter().zip(&queries) {
        assert_eq!(answer["query"], **query);
    }
}
