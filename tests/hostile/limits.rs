//! Limits are findings that name them and can be raised; whatever lies in the folders, memory stays bounded.

use std::path::PathBuf;
use std::process::Stdio;

use wait4::Wait4 as _;

use crate::support::{METRIC, Project};

/// The findings of a metric as `rule message help`, with a table of limits.
fn found(text: &str, limits: &str) -> Vec<String> {
    let project = Project::new()
        .metric("a.yml", text)
        .file("dictionary.toml", format!("[check]\npreset = 'minimal'\n[limits]\n{limits}\n"));
    let said = |finding: &serde_json::Value| {
        format!("{} {} {}", finding["rule"], finding["message"], finding["help"]).replace('"', "")
    };
    project.findings().iter().map(said).collect()
}

#[test]
fn every_limit_is_a_finding_that_names_it_and_can_be_raised() {
    let deep = format!("key_path: a\noptions: {}x{}\n", "[".repeat(150), "]".repeat(150));
    let many = format!("key_path: a\ntiers:\n{}", "- x\n".repeat(20_000));
    let aliases: String = (0..4).fold("a: &a0 [x]\n".to_owned(), |text, n| {
        format!("{text}b{n}: &a{} [{}]\n", n + 1, vec![format!("*a{n}"); 10].join(", "))
    });
    let large = format!("key_path: a # {}\n", "x".repeat(1024 * 1024));
    for (text, limit, raised, rule) in [
        (&deep, "nested more than 64 deep", "depth = 200", "yaml/limit"),
        (&many, "more than 10000 values", "values = 100_000", "yaml/limit"),
        (&aliases, "more than 10000 values", "values = 100_000", "yaml/limit"),
        (&large, "definitions may have 1048576", "file_bytes = 2_000_000", "file/too-large"),
    ] {
        let findings = found(text, "");
        let name = raised.split(' ').next().unwrap();
        let wanted = |finding: &&String| finding.starts_with(rule) && finding.contains(limit);
        let finding = findings.iter().find(wanted).unwrap_or_else(|| panic!("{limit}: {findings:?}"));
        assert!(finding.contains(&format!("raise `{name}` in `[limits]`")), "{finding}");
        let findings = found(text, raised);
        assert!(
            findings.iter().all(|finding| !finding.starts_with(rule)),
            "{raised}: {:.300}",
            findings.join("\n")
        );
    }
    assert!(
        found("key_path: a\nb: [[x]]\n", "depth = 2")
            .iter()
            .any(|finding| finding.contains("more than 2 deep"))
    );
}

/// Runs the program; gives the most memory that it took, in megabytes.
fn peak(project: &Project, arguments: &[&str]) -> u64 {
    let mut command = project.command(arguments);
    let used = command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap().wait4().unwrap();
    assert!(used.status.code().is_some_and(|code| code <= 1), "{arguments:?}: {:?}", used.status);
    used.rusage.maxrss / 1_000_000
}

/// Far more than any of these folders takes, far less than what they describe.
const MOST: u64 = 700;

/// A folder of all that is too much, texts of up to a number of bytes among them.
fn excessive(bytes: usize) -> Project {
    let laughs = (0..12).fold("key_path: laughs\na: &a0 [lol]\n".to_owned(), |text, n| {
        format!("{text}b{n}: &a{} [{}]\n", n + 1, vec![format!("*a{n}"); 10].join(", "))
    });
    let filled = |pattern: &str| pattern.repeat(bytes / pattern.len());
    let described = |name: &str, text: String| format!("key_path: {name}\ndescription: '{text}'\n");
    let mut project = Project::new()
        .metric("good.yml", METRIC)
        .metric("laughs.yml", laughs)
        .metric("huge.yml", vec![b'x'; 50 * 1024 * 1024])
        .metric("name.yml", format!("key_path: {}\n", filled("n")))
        .metric("findings.yml", filled("# dictionary: ignore[x]\n") + "key_path: findings\n")
        .metric("keys.yml", (0..4_900).map(|n| format!("k{n}: x\n")).collect::<String>() + "key_path: keys\n")
        .metric("bytes.yml", [b"key_path: bytes\n# ".as_slice(), &vec![0xff; bytes / 2]].concat())
        .metric(&format!("{}deep.yml", "d/".repeat(200)), METRIC.replace("counts.issues", "deep"));
    for (name, pattern) in TEXTS {
        project = project.metric(&format!("{name}.yml"), described(name, filled(pattern)));
    }
    for n in 0..bytes / 500 {
        project = project.metric(&format!("empty/{n}.yml"), "");
    }
    strange_files(&project);
    project
}

/// Descriptions that cost more than their size, if they are read without care.
const TEXTS: [(&str, &str); 5] =
    [("line", "word "), ("word", "w"), ("quotes", "> "), ("emphasis", "*a **b "), ("links", "[")];

fn takes_bounded_memory(bytes: usize) {
    let project = excessive(bytes);
    for arguments in [&["check"][..], &["check", "--format", "sarif"], &["build"]] {
        let peak = peak(&project, arguments);
        assert!(peak < MOST, "{arguments:?} took {peak} MB");
    }
    let others = ["counts.issues", "deep", "laughs", "findings", "keys"];
    for name in TEXTS.map(|(name, _)| name).into_iter().chain(others) {
        let page = project.path(&format!("public/metrics/{name}/index.html"));
        let size = std::fs::metadata(&page).unwrap_or_else(|_| panic!("{name}")).len();
        // A description is shown whole, and it may have a megabyte.
        assert!(size < 8_000_000, "the page of {name} has {size} bytes");
    }
    let page = std::fs::read_to_string(project.path("public/metrics/findings/index.html")).unwrap();
    assert!(page.contains("The first 100 of "), "an item page does not grow with its findings");
}

#[test]
fn a_folder_of_all_that_is_too_much_takes_bounded_memory() {
    takes_bounded_memory(100_000);
}

#[test]
#[ignore = "takes minutes without optimisation: `cargo test --release --test suite bounded_memory -- --ignored`"]
fn a_folder_of_all_that_is_far_too_much_takes_bounded_memory() {
    takes_bounded_memory(1_000_000);
}

/// What is no text, and what leads in circles.
#[cfg(unix)]
fn strange_files(project: &Project) {
    use std::os::unix::ffi::OsStringExt as _;
    let place = |name: &str| project.path(&format!("definitions/metrics/{name}"));
    for (link, to) in
        [("loop", "."), ("up", "../.."), ("self.yml", "self.yml"), ("outside.yml", "/etc/passwd")]
    {
        std::os::unix::fs::symlink(to, place(link)).unwrap();
    }
    assert!(std::process::Command::new("mkfifo").arg(place("pipe.yml")).status().unwrap().success());
    let name = std::ffi::OsString::from_vec(b"\xff\xfe.yml".to_vec());
    // Some file systems take no such names.
    let _ = std::fs::write(place("").join(PathBuf::from(name)), METRIC);
}

#[cfg(not(unix))]
fn strange_files(_: &Project) {}

#[test]
#[ignore = "makes 100,000 files: `cargo test --release --test suite bounded_memory -- --ignored`"]
fn a_hundred_thousand_empty_files_take_bounded_memory() {
    let project = Project::new().metric("good.yml", METRIC);
    for n in 0..100_000 {
        let path = project.path(&format!("definitions/metrics/{}/{n}.yml", n / 1_000));
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, "").unwrap();
    }
    for arguments in [&["check"][..], &["build"]] {
        let peak = peak(&project, arguments);
        assert!(peak < MOST, "{arguments:?} took {peak} MB");
    }
}

#[test]
fn a_side_file_that_never_ends_is_refused() {
    if !cfg!(target_os = "linux") {
        return;
    }
    let project = Project::new()
        .metric("good.yml", METRIC)
        .file("dictionary.toml", "[vocabulary]\ngroups = '/dev/zero'\n");
    let run = project.run(&["check"]);
    assert_eq!(run.code, 2);
    assert!(run.log.contains("/dev/zero: the file has more than 67108864 bytes"), "{}", run.log);
}
