//! Input from hands that mean no good, or slip.

mod limits;
mod output;
mod queries;
mod size;

use crate::support::{EVENT, METRIC, Project, tree};

/// The folder of the issue that asked for it: everything in it is wrong but one file.
fn wild_folder() -> Project {
    let project = Project::new()
        .metric("good.yml", METRIC)
        .metric("unparsable.yml", "key_path: [a\nb: }\n")
        .metric("empty.yml", "")
        .metric("huge.yml", vec![b'x'; 50 * 1024 * 1024])
        .event("create_issue.yml", EVENT);
    std::fs::create_dir_all(project.path("definitions/metrics/folder.yml")).unwrap();
    #[cfg(unix)]
    {
        std::os::unix::fs::symlink(".", project.path("definitions/metrics/loop")).unwrap();
        std::os::unix::fs::symlink("self.yml", project.path("definitions/metrics/self.yml")).unwrap();
        let fifo = project.path("definitions/metrics/pipe.yml");
        assert!(std::process::Command::new("mkfifo").arg(fifo).status().unwrap().success());
    }
    project
}

#[cfg(unix)]
#[test]
fn a_wild_folder_is_reported_by_name_and_the_rest_is_built() {
    let project = wild_folder();
    assert_eq!(
        project.places(),
        [
            "yaml/empty empty.yml:1:1",
            "file/not-a-file folder.yml:1:1",
            "file/too-large huge.yml:1:1",
            "file/linked-folder loop:1:1",
            "file/not-a-file pipe.yml:1:1",
            "file/unreadable self.yml:1:1",
            "yaml/syntax unparsable.yml:1:11",
            "yaml/syntax unparsable.yml:2:4",
        ]
    );
    let build = project.run(&["build"]);
    assert_eq!(build.code, 0, "{}", build.log);
    let health = std::fs::read_to_string(project.path("public/health/index.html")).unwrap();
    for name in ["empty", "folder", "huge", "loop", "pipe", "self", "unparsable"] {
        assert!(health.contains(&format!("<code>metrics/{name}")), "{name}");
    }
    assert!(project.path("public/metrics/counts.issues/index.html").is_file());
    let strict = project.run(&["build", "--strict", "--out", "strict"]);
    assert_eq!(strict.code, 1);
    assert!(!project.path("strict").exists());
}

#[test]
fn names_stay_inside_the_site_and_apart() {
    let names = [
        "../../../etc/x",
        "/etc/x",
        "a/b",
        "a%2fb",
        "..",
        ".",
        "con",
        "CON",
        "index",
        "page-2",
        "Counts.X",
        "counts.x",
        "a b",
        "a\\b",
        "a?b#c",
        "<script>alert(1)</script>",
        "\"quoted\"",
        "'",
        "両",
        "\u{202e}gnp.exe",
        "x\\n",
        "trailing.",
    ];
    let long = "n".repeat(5_000);
    let project = names.iter().copied().chain([long.as_str()]).enumerate().fold(
        Project::new(),
        |project, (index, name)| {
            let quoted = serde_json::to_string(name).unwrap();
            project.metric(
                &format!("{index}.yml"),
                METRIC.replace("key_path: counts.issues", &format!("key_path: {quoted}")),
            )
        },
    );
    let run = project.run(&["build"]);
    assert_eq!(run.code, 0, "{}", run.log);
    let files = tree(&project.path("public"));
    let pages =
        files.keys().filter(|path| path.starts_with("metrics/") && path.ends_with("/index.html")).count();
    assert_eq!(pages, names.len() + 1 + 1, "one page for each name, and the table");
    let mut folded: Vec<String> = files.keys().map(|path| path.to_lowercase()).collect();
    folded.dedup();
    assert_eq!(folded.len(), files.len(), "no two paths meet where case does not count");
    assert!(files.keys().all(|path| path.split('/').all(|part| part.len() <= 255)));
    for (path, content) in files.iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(content).unwrap();
        assert!(!html.contains("<script>alert") && !html.contains('\u{202e}'), "{path}");
    }
}

#[test]
fn markup_in_any_field_is_text() {
    let payload = "\"><img src=x onerror=alert(1)><script>alert(1)</script>[a](javascript:alert(1))";
    let quoted = serde_json::to_string(payload).unwrap();
    let metric: String = METRIC
        .lines()
        .map(|line| match line.split_once(": ") {
            Some((key, _)) if key != "key_path" => format!("{key}: {quoted}\n"),
            _ => format!("{line}\n"),
        })
        .collect();
    let project = Project::new()
        .metric("x.yml", format!("{metric}{quoted}: {quoted}\n"))
        .event("create_issue.yml", EVENT);
    assert_eq!(project.run(&["build"]).code, 0);
    for (path, content) in tree(&project.path("public")).iter().filter(|(path, _)| path.ends_with(".html")) {
        let html = std::str::from_utf8(content).unwrap();
        assert!(
            !html.contains("<img") && !html.contains("<script>alert") && !html.contains("href=\"javascript"),
            "{path}"
        );
    }
}

#[test]
fn terminals_are_not_steered() {
    let project = Project::new().metric("x.yml", METRIC.replace("status: active", "status: \"\\e[2Jgone\""));
    for arguments in [&["check"][..], &["show", "counts.issues"], &["check", "--format", "json"]] {
        assert!(!project.run(arguments).out.contains('\u{1b}'), "{arguments:?}");
    }
}
