//! `search`.

use serde_json::Value;

use crate::support::{EVENT, METRIC, Project};

fn project() -> Project {
    let removed = METRIC
        .replace("counts.issues", "counts.issues_closed")
        .replace("status: active", "status: removed\nmilestone_removed: \"16.0\"");
    let builds = METRIC
        .replace("counts.issues", "counts.ci_pipelines")
        .replace("CountIssuesMetric", "CountPipelinesMetric")
        .replace("Count of issues", "Pipelines that ran. See https://example.com/builds.");
    Project::new()
        .metric("issues.yml", METRIC)
        .metric("closed.yml", &removed)
        .metric("pipelines.yml", &builds)
        .event("create_issue.yml", EVENT)
}

/// The names of the hits, each with its tier.
fn hits(query: &str) -> Vec<String> {
    let run = project().run(&["search", query, "--format", "json"]);
    let answer: Value = serde_json::from_str(&run.out).unwrap();
    let hits: Vec<String> = answer["hits"]
        .as_array()
        .unwrap()
        .iter()
        .map(|hit| format!("{} {}", hit["tier"].as_str().unwrap(), hit["name"].as_str().unwrap()))
        .collect();
    assert_eq!(run.code, i32::from(hits.is_empty()), "{query}");
    hits
}

#[test]
fn hits_come_in_tiers() {
    assert_eq!(
        hits("counts.issues"),
        ["exact counts.issues", "query counts.issues_closed"],
        "a whole name first, removed ones last"
    );
    assert_eq!(hits("pipelines"), ["query counts.ci_pipelines"]);
    assert_eq!(hits("pipel"), ["prefix counts.ci_pipelines"]);
    assert_eq!(hits("piplines"), ["typo counts.ci_pipelines"]);
    assert_eq!(hits("pelines")[0], "partial counts.ci_pipelines");
    assert_eq!(hits("pipelines nonsense"), ["partial counts.ci_pipelines"]);
    assert!(hits("qqxxzz").is_empty());
}

#[test]
fn addresses_find_nothing() {
    assert!(hits("https").is_empty());
    assert!(hits("builds").is_empty());
}

#[test]
fn filters_exclusions_and_alternatives_narrow() {
    assert_eq!(hits("counts status:removed"), ["query counts.issues_closed"]);
    assert_eq!(hits("counts -issues"), ["query counts.ci_pipelines"]);
    assert_eq!(hits("-counts"), ["query create_issue"]);
    assert_eq!(
        hits("name:pipelines OR \"create issue\""),
        ["query create_issue", "query counts.ci_pipelines"]
    );
    assert_eq!(hits("kind:event"), ["query create_issue"]);
    assert!(hits("pipelines kind:event").is_empty());
}

#[test]
fn people_are_told_what_helps() {
    let run = project().run(&["search", "pipelines status:activ grup:x"]);
    assert_eq!(run.code, 1);
    insta::assert_snapshot!(run.out, @r"
    `grup:` is no filter, so it is searched for as text: `group`
    No status is called `activ`: `active`
    Nothing within the filters; 1 without them
    Nothing found
    ");
    let run = project().run(&["search", "pipeline ran -issues", "--explain", "-n", "1"]);
    assert_eq!(run.code, 0);
    insta::assert_snapshot!(run.out, @r"
    pipeline ran -issues: all of: pipeline, ran; none of: issues
    metric counts.ci_pipelines · boards · optional · active
      Pipelines that ran. See https://example.com/builds.
      typo 6.7823
        +3.3387 pipelines in name
        +1.1375 pipelines in description
        +1.1686 pipelines in code
        +1.1375 ran in description
    Nothing has `pipeline`; these have a word like it: `pipelines`
    1 hit
    ");
}

#[test]
fn queries_come_from_standard_input_line_by_line() {
    let run = project().run_with_input(&["search", "-", "--format", "json"], "issues\n\nkind:event\n");
    let answers: Vec<Value> = run.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let totals: Vec<u64> = answers.iter().map(|answer| answer["total"].as_u64().unwrap()).collect();
    assert_eq!(totals, [2, 4, 1], "an empty query asks for everything");
}
