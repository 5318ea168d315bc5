//! What pages say.

use crate::support::{EVENT, METRIC, Project, build, corpus, main_part, tree};

#[test]
fn a_metric_page_answers_what_owns_and_counts() {
    let groups = "sections: [{key: dev, name: Dev, stages: [{key: plan, name: Plan, groups: [{key: boards, name: Boards, contacts: [{name: '#g_boards', url: 'https://tidewater.example/chat'}]}]}]}]\n";
    let metric = METRIC
        .replace("data_source: database", "data_source: internal_events\nevents:\n- name: create_issue\n  unique: user.id\n  filter: {label: board}\n- name: gone")
        .replace("instrumentation_class: CountIssuesMetric\n", "")
        .replace("tiers:", "colour: red\ntiers:");
    let project = Project::new()
        .file("definitions/groups.yml", groups)
        .metric("issues.yml", metric)
        .event("create_issue.yml", EVENT);
    let project = project.built();
    insta::assert_snapshot!("metric_page", main_part(&project, "metrics/counts.issues/index.html"));
    insta::assert_snapshot!("event_page", main_part(&project, "events/create_issue/index.html"));
    insta::assert_snapshot!("home_page", main_part(&project, "index.html"));
    insta::assert_snapshot!("health_page", main_part(&project, "health/index.html"));
    insta::assert_snapshot!("rule_page", main_part(&project, "rules/metric/unknown-field/index.html"));
}

#[test]
fn each_rule_has_a_page_and_the_index_says_how_severe_it_is() {
    let config = "[check]\npreset = 'minimal'\n[check.rules]\n'metric/unknown-field' = 'warning'\n";
    let project = Project::new()
        .file("dictionary.toml", config)
        .metric("issues.yml", METRIC.replace("tiers:", "colour: red\ntiers:"))
        .built();
    let index = main_part(&project, "rules/index.html");
    for rule in metrics_dictionary::check::RULES {
        assert!(index.contains(&format!("href=\"../rules/{}/index.html\"", rule.id)), "{}", rule.id);
        let page = main_part(&project, &format!("rules/{}/index.html", rule.id));
        assert!(page.contains("<h2>Why</h2>") && page.contains("<pre><code class=\"language-"), "{page}");
    }
    let row = |rule: &str| {
        let start = index.find(&format!("rules/{rule}/index.html")).unwrap();
        index[start..].split("</tr>").next().unwrap().to_owned()
    };
    let warned = row("metric/unknown-field");
    assert!(warned.contains(">warning</span>") && warned.contains("#findings\">1</a>"), "{warned}");
    assert!(row("metric/legacy-field").contains(">off</span>"));
    let off = main_part(&project, "rules/metric/legacy-field/index.html");
    assert!(off.contains("The rule is off here."), "{off}");
}

#[test]
fn a_name_defined_twice_has_one_page_with_both() {
    let project = Project::new()
        .metric("a.yml", METRIC)
        .metric("b.yml", METRIC.replace("Count of issues", "Another count"))
        .built();
    let page = main_part(&project, "metrics/counts.issues/index.html");
    assert!(
        page.contains("defined 2 times")
            && page.contains("Count of issues")
            && page.contains("Another count")
    );
}

#[test]
fn a_broken_file_is_listed_as_far_as_it_can_be_read() {
    let project =
        Project::new().metric("a.yml", "key_path: counts.a\ndescription: Half\ntiers: [free\n").built();
    let page = main_part(&project, "metrics/counts.a/index.html");
    assert!(page.contains("Half") && page.contains("never closed"), "{page}");
}

#[test]
fn a_file_without_a_name_is_listed_on_the_health_page() {
    let project = Project::new().metric("a.yml", METRIC).metric("b/nameless.yml", "description: x\n").built();
    let page = main_part(&project, "health/index.html");
    assert!(page.contains("metrics/b/nameless.yml"), "{page}");
}

#[test]
fn long_tables_are_paged() {
    let project = (0..230).fold(Project::new(), |project, n| {
        project.metric(&format!("{n}.yml"), METRIC.replace("counts.issues", &format!("counts.n{n:03}")))
    });
    let project = project.built();
    let rows = |page: &str| main_part(&project, page).matches("<tr><th scope=\"row\">").count();
    assert_eq!(
        [rows("metrics/index.html"), rows("metrics/page-2.html"), rows("metrics/page-3.html")],
        [100, 100, 30]
    );
    assert!(!project.path("public/metrics/page-4.html").exists());
}

#[test]
fn an_event_that_much_counts_leads_to_a_list() {
    let metric = METRIC
        .replace("data_source: database", "data_source: internal_events\nevents: [{name: create_issue}]")
        .replace("instrumentation_class: CountIssuesMetric\n", "");
    let project = (0..40).fold(Project::new().event("create_issue.yml", EVENT), |project, n| {
        project.metric(&format!("{n}.yml"), metric.replace("counts.issues", &format!("counts.n{n:02}")))
    });
    let project = project.built();
    let rows = |page: &str| main_part(&project, page).matches("<tr><th scope=\"row\">").count();
    assert_eq!(
        [rows("events/create_issue/index.html"), rows("events/create_issue/counted-by/index.html")],
        [30, 40]
    );
}

#[test]
fn the_real_corpus_is_listed_whole() {
    let Some(corpus) = corpus() else { return };
    let folder = build(&corpus);
    let files = tree(&folder.path().join("site"));
    let count = |start: &str, end: &str| {
        files.keys().filter(|path| path.starts_with(start) && path.ends_with(end)).count()
    };
    // One page more than items: the table.
    assert_eq!((count("metrics/", "/index.html"), count("metrics/", "/index.json")), (86 + 1, 86));
    assert_eq!((count("events/", "/index.html"), count("events/", "/index.json")), (56 + 1, 56));
    let json = |path: &str| serde_json::from_slice::<serde_json::Value>(&files[path]).unwrap();
    let mut linked = 0;
    for path in files.keys().filter(|path| path.starts_with("metrics/") && path.ends_with("/index.json")) {
        let metric = json(path);
        assert!(metric["group"].is_string(), "{path} lost its owner");
        let from_users = metric["name"].as_str().unwrap().contains("count_distinct_user_id_from_");
        let events = metric["events"].as_array().unwrap();
        assert!(
            !from_users || events.iter().any(|event| event["known"] == true),
            "{path} counts no known event"
        );
        for event in events.iter().filter(|event| event["known"] == true) {
            // Internal events stand under their action; the corpus has one legacy event that metrics count.
            let event_path = format!("events/{}/index.json", event["name"].as_str().unwrap());
            if files.contains_key(&event_path) {
                assert!(
                    json(&event_path)["metrics"].as_array().unwrap().contains(&metric["name"]),
                    "{event_path}"
                );
                linked += 1;
            }
        }
    }
    assert!(linked > 40, "{linked}");
    assert!(
        files.keys().filter(|path| path.ends_with(".json")).all(|path| json(path)["milestone"] != "16.1")
    );
}
