//! `export`.

use crate::support::{EVENT, METRIC, Project, all_definitions, repository, run_in_repository, tree};

/// The columns as the guide documents them.
const COLUMNS: &str = "kind,name,description,status,group,stage,section,data_category,data_category_derived,\
                       product_categories,time_frame,data_source,value_type,tiers,performance_indicator_type,\
                       milestone,milestone_removed,introduced_by_url,removed_by_url,repair_issue_url,\
                       instrumentation_class,events,metrics,path,line,url,findings";

fn project() -> Project {
    let created = METRIC
        .replace(
            "key_path: counts.issues",
            "key_path: create_issue\nevents:\n- name: create_issue\n- name: gone",
        )
        .replace("data_source: database", "data_source: internal_events")
        .replace("instrumentation_class: CountIssuesMetric\n", "")
        .replace("time_frame: all", "time_frame: [28d, all]");
    Project::new()
        .metric("issues.yml", METRIC)
        .metric("created.yml", created)
        .metric("formula.yml", METRIC.replace("Count of issues", "=HYPERLINK(\"https://x.example\")"))
        .event("create_issue.yml", EVENT)
        .event("no_name.yml", "description: Without an action\n")
}

fn export(project: &Project, format: &str) -> String {
    let run = project.run(&["export", "--format", format]);
    assert_eq!((run.code, run.log.as_str()), (0, ""));
    run.out
}

/// The rows of a CSV with a column's value each.
fn column(csv: &str, name: &str) -> Vec<String> {
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let index = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
    reader.records().map(|record| record.unwrap()[index].to_owned()).collect()
}

#[test]
fn json_is_the_default_and_holds_what_show_prints() {
    let project = project();
    let json = export(&project, "json");
    assert_eq!(project.run(&["export"]).out, json);
    let exported: serde_json::Value = serde_json::from_str(&json).unwrap();
    let shown: serde_json::Value =
        serde_json::from_str(&project.run(&["show", "--format", "json", "metric:create_issue_monthly"]).out)
            .unwrap();
    let items = exported["items"].as_array().unwrap();
    let names: Vec<&str> = items.iter().map(|item| item["name"].as_str().unwrap()).collect();
    assert_eq!(
        names,
        ["counts.issues", "counts.issues", "create_issue", "create_issue_monthly", "create_issue"],
        "metrics, then events, and a name twice where it is defined twice"
    );
    assert_eq!(items[3], shown[0]);
}

#[test]
fn items_stand_on_lines_of_their_own() {
    let project = project();
    let (json, ndjson) = (export(&project, "json"), export(&project, "ndjson"));
    let lines: Vec<&str> = json.lines().collect();
    assert_eq!((lines[0], lines[lines.len() - 1]), ("{\"version\":1,\"items\":[", "]}"));
    let items: Vec<&str> = lines[1..lines.len() - 1].iter().map(|line| line.trim_end_matches(',')).collect();
    assert_eq!(items, ndjson.lines().collect::<Vec<_>>());
    assert_eq!(items.len(), 5);
}

#[test]
fn csv_has_the_documented_columns_and_a_row_for_each_item() {
    for definitions in all_definitions() {
        let run = |format: &str| {
            run_in_repository(&["export", "--format", format, "--definitions", definitions.to_str().unwrap()])
                .out
        };
        let (csv, ndjson) = (run("csv"), run("ndjson"));
        let mut reader = csv::Reader::from_reader(csv.as_bytes());
        assert_eq!(reader.headers().unwrap().iter().collect::<Vec<_>>().join(","), COLUMNS);
        let items: Vec<serde_json::Value> =
            ndjson.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
        let names: Vec<&str> = items.iter().map(|item| item["name"].as_str().unwrap()).collect();
        assert_eq!(column(&csv, "name"), names);
    }
}

#[test]
fn the_guide_documents_every_column_in_order() {
    let guide = std::fs::read_to_string(repository().join("content/exporting.md")).unwrap();
    let table = guide.split("| column | meaning |").nth(1).unwrap().split("\n\n").next().unwrap();
    let documented = table.lines().filter_map(|row| row.strip_prefix("| `")?.split('`').next());
    assert_eq!(documented.collect::<Vec<_>>().join(","), COLUMNS);
}

#[test]
fn a_row_says_what_its_item_says() {
    let csv = export(&project(), "csv");
    let formula = "'=HYPERLINK(\"https://x.example\")";
    assert_eq!(
        column(&csv, "description"),
        [formula, "Count of issues", "Count of issues", "Count of issues", "An issue is created"]
    );
    assert_eq!(column(&csv, "time_frame"), ["all", "all", "all", "28d", ""]);
    assert_eq!(column(&csv, "milestone"), ["4.10"; 5]);
    assert_eq!(column(&csv, "events"), ["", "", "create_issue;gone", "create_issue;gone", ""]);
    assert_eq!(column(&csv, "metrics"), ["", "", "", "", "create_issue;create_issue_monthly"]);
    assert_eq!(column(&csv, "data_category_derived"), ["false", "false", "false", "false", "true"]);
    assert_eq!(column(&csv, "path")[4], "events/create_issue.yml");
    assert_eq!(column(&csv, "findings"), ["0", "1", "1", "1", "0"]);
}

#[test]
fn a_site_holds_the_same_bytes() {
    // DEL would be taken out of what goes to a pipe.
    let odd = METRIC.replace("Count of issues", r#""a\x7fb\u2028c\u009b31m""#);
    let project = project().metric("odd.yml", odd);
    assert_eq!(project.run(&["-q", "build"]).code, 0);
    let files = tree(&project.path("public/export"));
    assert_eq!(files.keys().collect::<Vec<_>>(), ["dictionary.csv", "dictionary.json", "dictionary.ndjson"]);
    for (name, content) in files {
        let format = name.rsplit('.').next().unwrap();
        assert!(export(&project, format).as_bytes() == content, "{name}");
    }
}

#[test]
fn what_cannot_run_answers_2() {
    assert_eq!(project().run(&["export", "--format", "xml"]).code, 2);
    let empty = Project::new().run(&["export"]);
    assert_eq!((empty.code, empty.out.as_str()), (2, ""));
    assert!(empty.log.contains("definitions"), "{}", empty.log);
}

#[test]
fn output_can_be_cut_off() {
    use std::io::Read as _;
    let project = (0..200).fold(Project::new(), |project, n| project.metric(&format!("{n}.yml"), METRIC));
    for format in ["json", "ndjson", "csv"] {
        let mut child = project
            .command(&["export", "--format", format])
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 10];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let output = child.wait_with_output().unwrap();
        assert_eq!((output.status.code(), output.stderr.as_slice()), (Some(0), b"".as_slice()), "{format}");
    }
}

#[test]
fn a_query_picks_items_and_keeps_their_order() {
    let project = project();
    let whole = export(&project, "ndjson");
    let run = project.run(&["export", "--format", "ndjson", "--query", "create_issue OR name:issues"]);
    assert_eq!(run.code, 0);
    let picked: Vec<&str> = run.out.lines().collect();
    assert!(picked.len() > 1 && picked.len() <= whole.lines().count());
    let mut lines = whole.lines();
    assert!(picked.iter().all(|line| lines.any(|known| known == *line)), "the same lines in the same order");
    assert_eq!(project.run(&["export", "--query", "qqxxzz"]).code, 1);
}
