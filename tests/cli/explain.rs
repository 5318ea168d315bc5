//! `explain`.

use crate::support::run_in_repository;
use metrics_dictionary::check::RULES;

#[test]
fn every_rule_is_explained() {
    for rule in RULES {
        let run = run_in_repository(&["explain", rule.id]);
        assert_eq!(run.code, 0);
        assert!(run.out.starts_with(&format!("# {}\n", rule.id)), "{}", run.out);
    }
}

#[test]
fn an_explanation_reads_well() {
    insta::assert_snapshot!(run_in_repository(&["explain", "metric/unknown-event"]).out);
}

#[test]
fn the_list_has_a_line_for_each_rule() {
    assert_eq!(run_in_repository(&["explain", "--list"]).out.lines().count(), RULES.len());
}

#[test]
fn an_unknown_rule_is_an_error_with_a_hint() {
    let run = run_in_repository(&["explain", "metric/missing-fields"]);
    assert_eq!(run.code, 2);
    assert!(run.log.contains("did you mean `metric/missing-field`?"), "{}", run.log);
}
