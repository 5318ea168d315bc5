//! What cannot be built is said with its place, over the site as it was, until it is mended.

use std::fs;

use crate::support::{METRIC, Project, Server};

const PAGE: &str = "/metrics/counts.issues/";

fn project() -> Project {
    Project::new()
        .metric("issues.yml", METRIC)
        .file("definitions/groups.yml", "sections: []\n")
        .file("dictionary.toml", "")
}

/// Breaks a file, expects a message, mends it.
fn breaks(server: &Server, project: &Project, path: &str, content: &str, message: &str) {
    let before = fs::read_to_string(project.path(path)).ok();
    project.write(path, content);
    server.wait(path, || {
        server.state(PAGE)["failure"].as_str().is_some_and(|failure| failure.contains(message))
    });
    server.wait("the log", || server.log().contains(message));
    assert!(server.get(PAGE).body.contains("Count of issues"), "the site as it was");
    match before {
        Some(before) => project.write(path, before),
        None => fs::remove_file(project.path(path)).unwrap(),
    }
    server.wait("all is well", || server.state(PAGE)["failure"].is_null());
}

#[test]
fn each_kind_of_failure_is_told_and_goes_away() {
    let project = project();
    let server = Server::start(&project);
    let before = server.state(PAGE);
    let broken = [
        ("dictionary.toml", "[site]\ntitel = 'x'\n", "dictionary.toml:2: unknown field `titel`"),
        (
            "dictionary.toml",
            "[check.rules]\n'metric/no-such-rule' = 'off'\n",
            "dictionary.toml:2: there is no rule",
        ),
        ("dictionary.toml", "[[source]]\nroot = 'absent'\n", "absent`: No such file"),
        ("dictionary.toml", "[[source]]\nmetrics = ['metrics/{']\n", "the glob"),
        ("definitions/groups.yml", "sections:\n- key: a\n  colour: red\n", "groups.yml:"),
        ("content/a.md", "no front matter\n", "content/a.md:1: a content page starts with front matter"),
        ("content/teams/a.md", "---\ntitle: A\n---\n", "there is no list `teams`"),
        ("themes/default/templates/home.html", "{% block main %}\n{{ oops", "home.html:2"),
        ("themes/default/templates/404.html", "<p>\n{{ nothing.here }}", "404.html:2"),
    ];
    for (path, content, message) in broken {
        breaks(&server, &project, path, content, message);
    }
    assert_eq!(server.state(PAGE)["page"], before["page"]);
}

#[test]
fn a_page_that_cannot_be_made_says_so_in_its_place() {
    const PAGE: &str = "/data-categories/optional/all.html";
    const TEMPLATE: &str = "themes/default/templates/all.html";
    let project = project();
    let server = Server::start(&project);
    let before = server.get(PAGE);
    project.write(TEMPLATE, "<p>\n{{ nothing.here }}");
    server.wait("the failure", || server.get(PAGE).status == 500);
    let answer = server.get(PAGE);
    assert!(
        answer.body.contains("all.html:2") && answer.body.contains("/~serve/reload.js"),
        "{}",
        answer.body
    );
    server.wait("the log", || server.log().contains("all.html:2"));
    for _ in 0..50 {
        assert_eq!(server.get(PAGE).status, 500);
    }
    assert_eq!(server.get("/").status, 200);
    fs::remove_file(project.path(TEMPLATE)).unwrap();
    server.wait("the page", || server.get(PAGE).status == 200);
    // But for what tells the script in which site it stands.
    assert_eq!(server.get(PAGE).body.len(), before.body.len());
    // A folder and the file in it may be told of in two parts, and make two sites.
    let (said, sites) = (server.log().matches("all.html:2").count(), server.log().matches(" ms").count());
    assert!(said < sites, "said once for each of {sites} sites, however often it is asked for: {said}");
}

#[test]
fn findings_are_no_failure() {
    let project = project();
    let server = Server::start(&project);
    project.write("definitions/metrics/bad.yml", "key_path: [unclosed\n");
    server.wait("the findings", || server.log().contains("2 files, 1 metric, 0 events: 1 error"));
    assert!(server.state(PAGE)["failure"].is_null());
    assert!(server.get("/health/").body.contains("bad.yml"));
}

#[test]
fn a_first_site_that_cannot_be_built_ends_the_command() {
    let project = project().file("dictionary.toml", "[site]\ntitel = 'x'\n");
    let run = project.run(&["serve", "--port", "0"]);
    assert_eq!((run.code, run.out.as_str()), (2, ""));
    assert!(run.log.contains("dictionary.toml:2: unknown field `titel`"), "{}", run.log);
}

#[test]
fn a_taken_port_is_named_with_the_remedy() {
    let project = project();
    let server = Server::start(&project);
    let port = server.address.rsplit(':').next().unwrap();
    let run = project.run(&["serve", "--port", port]);
    assert_eq!(run.code, 2);
    assert!(run.log.contains("choose another port with `--port`"), "{}", run.log);
}
