//! `build` and where it may write.

use crate::support::{EVENT, METRIC, Project, tree};

fn project() -> Project {
    Project::new().metric("issues.yml", METRIC).event("create_issue.yml", EVENT)
}

#[test]
fn findings_do_not_stop_a_build_unless_strict() {
    let project = project().metric("bad.yml", "key_path: x\n");
    assert_eq!(project.run(&["build"]).code, 0);
    let strict = project.run(&["build", "--strict", "--out", "strict"]);
    assert_eq!(strict.code, 1);
    assert!(!project.path("strict").exists());
    assert!(project.path("public/metrics/x/index.html").is_file());
}

#[test]
fn a_theme_whose_whole_list_leaves_out_rows_is_refused() {
    let whole = |template: &str| {
        Project::new()
            .metric("a.yml", "key_path: counts.a\ndata_category: optional\nevents:\n- name: opened\n")
            .event("opened.yml", "action: opened\ninternal_events: true\n")
            .file("themes/default/templates/all.html", template)
            .run(&["build"])
    };
    assert_eq!(whole("{{ body.metrics }}{{ body.events }}").code, 0);
    for template in ["{{ body.metrics }}", "{{ body.events }}{{ body.metrics }}", "nothing"] {
        let run = whole(template);
        assert_eq!(run.code, 2, "{template}");
        assert!(run.log.contains("all.html: has to print `body.metrics`"), "{}", run.log);
    }
}

#[test]
fn a_failing_theme_leaves_the_earlier_site() {
    let project = project();
    project.run(&["build"]);
    let before = tree(&project.path("public"));
    let project = project.file("themes/default/templates/home.html", "{{ nothing.here }}");
    let run = project.run(&["build"]);
    assert_eq!(run.code, 2);
    assert!(run.log.contains("home.html"), "{}", run.log);
    assert_eq!(tree(&project.path("public")), before);
}

#[test]
fn canonical_links_come_with_an_address() {
    let project = project();
    project.run(&["build", "--base-url", "https://m.example/x"]);
    let page = std::fs::read_to_string(project.path("public/metrics/counts.issues/index.html")).unwrap();
    assert!(
        page.contains(r#"<link rel="canonical" href="https://m.example/x/metrics/counts.issues/">"#),
        "{page}"
    );
    assert_eq!(project.run(&["build", "--base-url", "m.example"]).code, 2);
}

#[test]
fn quiet_says_nothing() {
    let run = project().run(&["-q", "build"]);
    assert_eq!((run.code, run.out.as_str(), run.log.as_str()), (0, "", ""));
}

#[test]
fn verbose_says_what_is_read_and_known() {
    let run = project().file("definitions/product_categories.yml", "- planning\n").run(&["-v", "build"]);
    assert!(
        run.log.contains("Source   definitions: 2 files\nKnown    0 groups, 1 product and 0 data"),
        "{}",
        run.log
    );
}
