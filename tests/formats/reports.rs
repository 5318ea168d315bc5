//! Every format of `check` over one and the same input: an error, a warning, a note, a related place, columns behind
//! characters of several bytes, and a message with characters that mean something to each format.

use crate::support::{EVENT, METRIC, Project, Run, all_definitions, repository};

const FORMATS: [&str; 7] = ["human", "concise", "json", "sarif", "junit", "github", "gitlab"];

/// Rules of each severity.
const CONFIG: &str = "[check.rules]\n'metric/unknown-field' = 'warning'\n'metric/repeated-value' = 'info'\n";

fn project() -> Project {
    let hostile = METRIC
        .replace("tiers:\n- free", "tiers: ['é', free, free]")
        .replace("description:", "\"ü 100%, <b>&]]>\\n::error::\": 1\ndescription:");
    Project::new()
        .file("dictionary.toml", CONFIG)
        .metric("a, b: 1%é.yml", hostile)
        .metric("again.yml", METRIC.replace("status: active\n", "").replace("value_type: number\n", ""))
        .event("create_issue.yml", EVENT)
}

fn check(project: &Project, format: &str) -> Run {
    let run = project.run(&["check", "--format", format]);
    assert_eq!(run.code, 1, "{}", run.log);
    run
}

#[test]
fn each_format_shows_the_same_findings() {
    let project = project();
    for format in FORMATS {
        insta::assert_snapshot!(format, check(&project, format).out);
    }
}

#[test]
fn without_findings_each_format_is_whole() {
    let project = Project::new().metric("issues.yml", METRIC);
    for format in FORMATS {
        let run = project.run(&["check", "--format", format]);
        assert_eq!((run.code, run.log.as_str()), (0, ""));
        insta::assert_snapshot!(format!("{format}_of_nothing"), run.out);
    }
}

#[test]
fn files_hold_what_standard_output_would() {
    let project = project();
    std::fs::create_dir(project.path("reports")).unwrap();
    let mut arguments = vec!["check".to_owned(), "--color=always".to_owned(), "--format=human".to_owned()];
    arguments.extend(FORMATS.map(|format| format!("--format={format}=reports/{format}")));
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let run = project.run(&arguments);
    assert_eq!(run.code, 1, "{}", run.log);
    assert!(run.out.contains("\u{1b}["));
    for format in FORMATS {
        let file = std::fs::read_to_string(project.path("reports").join(format)).unwrap();
        assert_eq!(file, check(&project, format).out, "{format}");
    }
    // With files alone there is nothing to print; they stand below the folder of `-C`.
    let folder = project.path("");
    let elsewhere = Project::new();
    let run = elsewhere.run(&["-C", folder.to_str().unwrap(), "check", "--format", "json=report.json"]);
    assert_eq!((run.code, run.out.as_str()), (1, ""), "{}", run.log);
    assert!(project.path("report.json").is_file());
}

#[test]
fn what_cannot_be_written_is_refused_or_named() {
    let project = project();
    for (formats, said) in [
        (["json", "sarif"], "`--format json` and `--format sarif` would both go to standard output"),
        (["json=a", "sarif=a"], "`--format json` and `--format sarif` would both go into `a`"),
        (["human", "xml"], "there is no format `xml`, only human, concise, json"),
        (["human", "sarfi=a"], "did you mean `sarif`?"),
        (["human", "json=absent/report.json"], "absent/report.json`"),
    ] {
        let run = project.run(&["check", "--format", formats[0], "--format", formats[1]]);
        assert_eq!(run.code, 2, "{formats:?}");
        assert!(run.log.contains(said), "{}", run.log);
    }
}

#[test]
fn fingerprints_outlive_moved_lines_and_are_unique() {
    let prints = |project: &Project| -> Vec<(String, String)> {
        let json = |format| -> serde_json::Value {
            serde_json::from_str(&project.run(&["check", "--format", format]).out).unwrap()
        };
        let results = json("sarif")["runs"][0]["results"].as_array().unwrap().clone();
        let issues = json("gitlab").as_array().unwrap().clone();
        assert_eq!(results.len(), issues.len());
        let print = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
        let both = results.iter().zip(&issues).map(|(result, issue)| {
            (print(&result["partialFingerprints"]["primaryLocationLineHash"]), print(&issue["fingerprint"]))
        });
        both.collect()
    };
    // Twice the same key twice: findings that differ in nothing but their place.
    let twins = METRIC.replace("status: active\n", "status: active\nstatus: active\nstatus: active\n");
    let before = prints(&Project::new().metric("a.yml", &twins));
    let after = prints(&Project::new().metric("a.yml", twins.replacen("---\n", "---\n# more\n\n", 1)));
    assert_eq!(before, after);
    assert!(before.len() >= 2, "{before:?}");
    let unique: std::collections::BTreeSet<_> = before.iter().collect();
    assert_eq!(unique.len(), before.len());
}

#[test]
fn threads_do_not_matter() {
    for definitions in all_definitions() {
        for format in FORMATS {
            let report = |threads: &str| {
                let mut command = Project::new().command(&["check", "--format", format, "--definitions"]);
                let output = command
                    .current_dir(repository())
                    .arg(&definitions)
                    .env("RAYON_NUM_THREADS", threads)
                    .output();
                output.unwrap().stdout
            };
            assert_eq!(report("1"), report("4"), "{format}");
        }
    }
}

#[test]
fn annotations_that_github_leaves_out_are_counted() {
    let project = (0..12).fold(Project::new(), |project, n| {
        project.metric(
            &format!("{n}.yml"),
            METRIC.replace("counts.issues", &format!("counts.n{n}")).replace("tiers:", "tires:"),
        )
    });
    let out = project.run(&["check", "--format", "github"]).out;
    let last = out.lines().last().unwrap();
    assert_eq!(last, "GitHub shows 10 of 12 errors as annotations; all of them are listed above");
    assert_eq!(out.lines().filter(|line| line.starts_with("::error file=")).count(), 12);
}

#[test]
fn rules_lead_to_their_published_pages() {
    let config = format!("[site]\nbase_url = 'https://metrics.example.com/m'\n{CONFIG}");
    let project = project().file("dictionary.toml", config);
    let page = "https://metrics.example.com/m/rules/metric/missing-field/";
    let human = project.run(&["check", "--color", "always"]).out;
    assert!(human.contains(&format!("\u{1b}]8;;{page}\u{1b}\\")), "{human}");
    assert!(!project.run(&["check"]).out.contains(page));
    assert!(check(&project, "sarif").out.contains(&format!("\"helpUri\": \"{page}\"")));
}

#[test]
fn nothing_to_check_is_no_error_where_that_is_said() {
    let project = Project::new().file("definitions/readme.txt", "x");
    assert_eq!(project.run(&["check"]).code, 2);
    let run = project.run(&["check", "--allow-empty"]);
    assert_eq!(
        (run.code, run.out.as_str()),
        (0, "0 files, 0 metrics, 0 events: nothing found\n"),
        "{}",
        run.log
    );
    // A root that is not there is a mistake all the same.
    assert_eq!(project.run(&["check", "--allow-empty", "--definitions", "absent"]).code, 2);
}
