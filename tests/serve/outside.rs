//! What lies outside of the project's folders does not become part of the site.
#![cfg(unix)]

use std::os::unix::fs::symlink;

use crate::support::{METRIC, Project, Server, tree};

/// A project, and beside it a folder that is none of its business.
fn project() -> Project {
    let page = "---\ntitle: SECRET\n---\nSECRET\n";
    Project::new()
        .file("outside/secret.md", page)
        .file("outside/secret.txt", "SECRET")
        .file("outside/templates/home.html", "SECRET")
        .file("outside/static/secret.txt", "SECRET")
        .file("outside/secret.yml", METRIC.replace("counts.issues", "counts.SECRET"))
        .file("project/definitions/metrics/issues.yml", METRIC)
        .file("project/content/start.md", "---\ntitle: Start\n---\nText\n")
        .file("project/themes/default/static/own.txt", "own")
        .file("project/themes/default/templates/own.html", "own")
}

fn serve(project: &Project) -> Server {
    Server::run(project.command(&["-C", "project", "serve", "--port", "0"]))
}

#[test]
fn links_among_the_files_are_not_followed() {
    let project = project();
    let link = |target: &str, path: &str| symlink(project.path(target), project.path(path)).unwrap();
    link("outside/secret.md", "project/content/secret.md");
    std::fs::create_dir_all(project.path("project/content/groups")).unwrap();
    link("outside/secret.md", "project/content/groups/boards.md");
    link("outside", "project/content/statuses");
    link("outside/secret.txt", "project/themes/default/static/secret.txt");
    link("outside", "project/themes/default/static/more");
    link("outside/templates/home.html", "project/themes/default/templates/home.html");
    link("outside/secret.yml", "project/definitions/metrics/secret.yml");
    link("outside", "project/definitions/metrics/more");
    assert_eq!(project.run(&["-C", "project", "build"]).code, 0);
    for (path, content) in tree(&project.path("project/public")) {
        assert!(!String::from_utf8_lossy(&content).contains("SECRET"), "{path}");
    }
    let server = serve(&project);
    for path in
        ["/", "/guide/secret/", "/groups/boards/", "/metrics/counts.SECRET/", "/export/dictionary.csv"]
    {
        assert!(!server.get(path).body.contains("SECRET"), "{path}");
    }
    // Nor when the server is running.
    link("outside/secret.md", "project/content/later.md");
    link("outside/secret.txt", "project/themes/default/static/later.txt");
    std::fs::write(project.path("project/content/last.md"), "---\ntitle: Last\n---\n").unwrap();
    server.wait("the last page", || server.get("/guide/last/").status == 200);
    assert_eq!(server.get("/guide/later/").status, 404);
    assert!(!server.get("/").body.contains("SECRET"));
}

#[test]
fn a_folder_that_is_a_link_to_elsewhere_is_refused() {
    for folder in ["content", "themes/default", "themes"] {
        let project = project();
        let path = project.path("project").join(folder);
        std::fs::remove_dir_all(&path).unwrap();
        symlink(project.path("outside"), &path).unwrap();
        if folder == "themes" {
            std::fs::create_dir_all(project.path("outside/default")).unwrap();
        }
        for command in [&["-C", "project", "build"][..], &["-C", "project", "serve", "--port", "0"]] {
            let run = project.run(command);
            assert_eq!(run.code, 2, "{folder}");
            assert!(run.log.contains("leads out of"), "{folder}: {}", run.log);
        }
    }
}

#[test]
fn a_theme_is_no_path() {
    let project = project().file("project/dictionary.toml", "[site]\ntheme = '../../outside'\n");
    let run = project.run(&["-C", "project", "build"]);
    assert_eq!(run.code, 2);
    assert!(run.log.contains("leads out of"), "{}", run.log);
}
