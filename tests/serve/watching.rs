//! Changes on disk reach the pages of a server that is running.

use std::fs;
use std::path::Path;

use crate::support::{EVENT, METRIC, Project, Server};

const PAGE: &str = "/metrics/counts.issues/";

fn project() -> Project {
    Project::new().metric("issues.yml", METRIC).event("create_issue.yml", EVENT)
}

fn described(description: &str) -> String {
    METRIC.replace("Count of issues", description)
}

/// Waits until a page holds a text.
fn wait_for(server: &Server, page: &str, text: &str) {
    server.wait(&format!("{text} on {page}"), || server.get(page).body.contains(text));
}

#[test]
fn an_edit_is_shown_and_told() {
    let project = project();
    let server = Server::start(&project);
    server.wait("the first summary", || server.log().contains("2 files, 1 metric, 1 event: "));
    project.write("definitions/metrics/issues.yml", described("Edited text"));
    wait_for(&server, PAGE, "Edited text");
    server.wait("the log", || {
        let log = server.log();
        let after = log.split_once("Changed  definitions/metrics/issues.yml\n");
        after.is_some_and(|(_, after)| {
            after.starts_with("2 files, 1 metric, 1 event: ") && after.contains(", in ")
        })
    });
}

#[test]
fn files_come_and_go_and_take_other_names() {
    let project = project();
    let server = Server::start(&project);
    project.write("definitions/metrics/more.yml", METRIC.replace("counts.issues", "counts.more"));
    server.wait("the new page", || server.get("/metrics/counts.more/").status == 200);
    wait_for(&server, "/metrics/", "counts.more");
    fs::rename(project.path("definitions/metrics/more.yml"), project.path("definitions/metrics/other.yml"))
        .unwrap();
    wait_for(&server, "/metrics/counts.more/", "metrics/other.yml");
    fs::remove_file(project.path("definitions/metrics/other.yml")).unwrap();
    server.wait("the old page", || server.get("/metrics/counts.more/").status == 404);
}

#[test]
fn editors_that_write_another_file_first_are_understood() {
    let project = project();
    let server = Server::start(&project);
    let (file, other) =
        (project.path("definitions/metrics/issues.yml"), project.path("definitions/metrics/.issues.tmp"));
    // Writes beside it, then over it: VS Code, sed.
    fs::write(&other, described("Saved over it")).unwrap();
    fs::rename(&other, &file).unwrap();
    wait_for(&server, PAGE, "Saved over it");
    // Keeps the old one until the new one is whole: vim.
    let backup = project.path("definitions/metrics/issues.yml~");
    fs::rename(&file, &backup).unwrap();
    fs::write(&file, described("Saved in its place")).unwrap();
    fs::remove_file(&backup).unwrap();
    wait_for(&server, PAGE, "Saved in its place");
    // Empties it and fills it in parts: everything else.
    fs::write(&file, "").unwrap();
    fs::write(&file, described("Saved twice")).unwrap();
    wait_for(&server, PAGE, "Saved twice");
    assert!(!server.log().contains("error:"), "{}", server.log());
}

#[test]
fn a_touched_file_is_the_same() {
    let project = project();
    let server = Server::start(&project);
    let before = server.state(PAGE);
    fs::File::open(project.path("definitions/metrics/issues.yml"))
        .unwrap()
        .set_modified(std::time::SystemTime::now())
        .unwrap();
    server.wait("another build", || server.state(PAGE)["site"] != before["site"]);
    assert_eq!(server.state(PAGE)["page"], before["page"]);
}

#[test]
fn all_that_a_site_is_made_of_is_watched() {
    let project = project()
        .file(
            "dictionary.toml",
            "[site]\ntitle = 'First title'\n[check]\nschema.metric = 'schemas/metric.json'\n",
        )
        .file("schemas/metric.json", r##"{"properties": {"status": {"$ref": "../parts/status.json"}}}"##)
        .file("parts/status.json", "{}")
        .file("definitions/groups.yml", GROUPS)
        .file("content/start.md", "---\ntitle: Start\n---\nFirst text\n")
        .file("themes/default/static/site.css", "body {}")
        .file("themes/default/templates/404.html", "first");
    let server = Server::start(&project);
    project.write(
        "dictionary.toml",
        fs::read_to_string(project.path("dictionary.toml")).unwrap().replace("First", "Second"),
    );
    wait_for(&server, "/", "Second title");
    project.write("definitions/groups.yml", GROUPS.replace("Boards", "Planks"));
    wait_for(&server, "/groups/boards/", "Planks");
    project.write("content/start.md", "---\ntitle: Start\n---\nSecond text\n");
    wait_for(&server, "/guide/start/", "Second text");
    project.write("content/groups/boards.md", "---\ntitle: Boards\n---\nA text of its own\n");
    wait_for(&server, "/groups/boards/", "A text of its own");
    project.write("themes/default/templates/404.html", "second");
    wait_for(&server, "/nothing", "second");
    let style = |server: &Server| {
        let page = server.get("/").body;
        let start = page.find("assets/site.").unwrap();
        page[start..].split('"').next().unwrap().to_owned()
    };
    let before = style(&server);
    project.write("themes/default/static/site.css", "body { margin: 0 }");
    server.wait("the style", || style(&server) != before);
    assert_eq!(server.get(&format!("/{}", style(&server))).body, "body { margin: 0 }");
    project.write("parts/status.json", r#"{"enum": ["broken"]}"#);
    server.wait("a finding", || {
        server.log().lines().last().is_some_and(|line| line.contains(": 1 error, in "))
    });
    project.write("schemas/metric.json", "{}");
    server.wait("its end", || {
        server.log().lines().last().is_some_and(|line| line.contains(": nothing found, in "))
    });
}

const GROUPS: &str = "sections:\n- key: dev\n  name: Dev\n  stages:\n  - key: plan\n    name: Plan\n    groups:\n    - key: boards\n      name: Boards\n";

#[test]
fn what_was_not_there_at_the_start_is_watched_for() {
    let project = project();
    let server = Server::start(&project);
    project.write("dictionary.toml", "[site]\ntitle = 'Configured'\n");
    wait_for(&server, "/", "Configured");
    project.write("content/start.md", "---\ntitle: Start\n---\nFirst text\n");
    wait_for(&server, "/guide/start/", "First text");
    project.write("content/start.md", "---\ntitle: Start\n---\nSecond text\n");
    wait_for(&server, "/guide/start/", "Second text");
    project.write("themes/default/templates/404.html", "first");
    wait_for(&server, "/nothing", "first");
    project.write("themes/default/templates/404.html", "second");
    wait_for(&server, "/nothing", "second");
}

#[test]
fn new_folders_are_watched_with_what_is_in_them() {
    let project = project();
    let server = Server::start(&project);
    project.write("definitions/metrics/a/b/c/deep.yml", METRIC.replace("counts.issues", "counts.deep"));
    server.wait("the deep page", || server.get("/metrics/counts.deep/").status == 200);
    project.write("definitions/metrics/a/b/c/deep.yml", METRIC.replace("counts.issues", "counts.deeper"));
    server.wait("the edit", || server.get("/metrics/counts.deeper/").status == 200);
    // Made elsewhere and moved in as a whole.
    project.write("elsewhere/x/moved.yml", METRIC.replace("counts.issues", "counts.moved"));
    fs::rename(project.path("elsewhere"), project.path("definitions/metrics/moved")).unwrap();
    server.wait("the moved page", || server.get("/metrics/counts.moved/").status == 200);
    project
        .write("definitions/metrics/moved/x/moved.yml", METRIC.replace("counts.issues", "counts.moved_on"));
    server.wait("the edit of it", || server.get("/metrics/counts.moved_on/").status == 200);
    fs::remove_dir_all(project.path("definitions/metrics/moved")).unwrap();
    server.wait("its end", || server.get("/metrics/counts.moved_on/").status == 404);
}

#[test]
fn a_root_that_is_exchanged_is_watched_anew() {
    let project = project();
    let server = Server::start(&project);
    fs::rename(project.path("definitions"), project.path("old")).unwrap();
    server.wait("a failure", || server.state(PAGE)["failure"].is_string());
    assert!(server.get(PAGE).body.contains("Count of issues"));
    project.write("definitions/metrics/issues.yml", described("Another root"));
    wait_for(&server, PAGE, "Another root");
    assert!(server.state(PAGE)["failure"].is_null());
    project.write("definitions/metrics/issues.yml", described("Edited in it"));
    wait_for(&server, PAGE, "Edited in it");
    // The old one is no business of ours any more.
    project.write("old/metrics/issues.yml", described("Old"));
    project.write("definitions/metrics/issues.yml", described("Edited again"));
    wait_for(&server, PAGE, "Edited again");
    assert!(!server.log().contains("old/"), "{}", server.log());
}

#[test]
fn roots_named_later_are_watched() {
    let project = project().file("other/metrics/x.yml", METRIC.replace("counts.issues", "counts.x"));
    let server = Server::start(&project);
    project.write("dictionary.toml", "[[source]]\nroot = 'definitions'\n[[source]]\nroot = 'other'\n");
    server.wait("the other root", || server.get("/metrics/counts.x/").status == 200);
    project.write("other/metrics/x.yml", METRIC.replace("counts.issues", "counts.y"));
    server.wait("an edit in it", || server.get("/metrics/counts.y/").status == 200);
    // Nothing of it is left.
    project.write("dictionary.toml", "");
    server.wait("the end of it", || server.get("/metrics/counts.y/").status == 404);
    let log = server.log().len();
    project.write("other/metrics/x.yml", METRIC.replace("counts.issues", "counts.z"));
    project.write("definitions/metrics/issues.yml", described("Edited last"));
    wait_for(&server, PAGE, "Edited last");
    assert!(!server.log()[log..].contains("other/"), "{}", server.log());
}

#[test]
fn a_burst_is_built_a_few_times() {
    let project = project();
    let server = Server::start(&project);
    let folder = project.path("definitions/metrics/burst");
    fs::create_dir_all(&folder).unwrap();
    for number in 0..2000 {
        let text = METRIC.replace("counts.issues", &format!("counts.burst_{number}"));
        fs::write(folder.join(format!("{number}.yml")), text).unwrap();
    }
    server.wait("the last page", || server.get("/metrics/counts.burst_1999/").status == 200);
    server.wait("all pages", || server.log().contains("2002 files, 2001 metrics, 1 event: "));
    let builds = server.log().matches("Changed  ").count();
    assert!(builds <= 20, "{builds}");
}

#[cfg(target_os = "linux")]
#[test]
fn where_the_system_watches_no_more_the_server_looks_itself() {
    let program = Path::new(env!("CARGO_BIN_EXE_metrics-dictionary"));
    let script =
        format!("echo 2 > /proc/sys/user/max_inotify_watches && exec '{}' serve --port 0", program.display());
    let project = project();
    let limited = |script: &str| {
        let mut command = std::process::Command::new("unshare");
        command.current_dir(project.path("")).args(["--user", "--map-root-user", "sh", "-c", script]);
        command
    };
    if !limited("echo 2 > /proc/sys/user/max_inotify_watches").output().is_ok_and(|run| run.status.success())
    {
        eprintln!("skipped: this machine sets no limits for single programs");
        return;
    }
    let server = Server::run(limited(&script));
    server.wait("a warning", || {
        let log = server.log();
        log.contains("warning: the system does not tell of changes")
            && log.contains("fs.inotify.max_user_watches")
    });
    project.write("definitions/metrics/issues.yml", described("Seen all the same"));
    wait_for(&server, PAGE, "Seen all the same");
    project.write("definitions/metrics/a/b/new.yml", METRIC.replace("counts.issues", "counts.new"));
    server.wait("the new page", || server.get("/metrics/counts.new/").status == 200);
}
