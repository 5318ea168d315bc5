//! A scratch project to run the program in, and the corpora to run it on.

mod server;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use tempfile::TempDir;

pub(crate) use server::{Answer, Server};

/// A metric without findings.
pub(crate) const METRIC: &str = r#"---
key_path: counts.issues
description: Count of issues
product_group: boards
product_categories:
- planning
value_type: number
status: active
milestone: "4.10"
introduced_by_url: https://tidewater.example/changes/12
time_frame: all
data_source: database
data_category: optional
instrumentation_class: CountIssuesMetric
tiers:
- free
"#;

/// An event without findings.
pub(crate) const EVENT: &str = r#"---
description: An issue is created
internal_events: true
action: create_issue
identifiers:
- user
additional_properties:
  label:
    description: Where it was created
product_group: boards
milestone: "4.10"
introduced_by_url: https://tidewater.example/changes/12
tiers:
- free
"#;

/// A folder with definitions, deleted with the value.
pub(crate) struct Project {
    folder: TempDir,
}

/// What a run of the program printed and answered.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) log: String,
}

impl Project {
    /// An empty folder.
    pub(crate) fn new() -> Self {
        Self { folder: tempfile::tempdir().unwrap() }
    }

    /// With a file, given by its path below the project.
    pub(crate) fn file(self, path: &str, content: impl AsRef<[u8]>) -> Self {
        self.write(path, content);
        self
    }

    /// With a metric in `definitions/metrics/`.
    pub(crate) fn metric(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.file(&format!("definitions/metrics/{name}"), content)
    }

    /// With an event in `definitions/events/`.
    pub(crate) fn event(self, name: &str, content: impl AsRef<[u8]>) -> Self {
        self.file(&format!("definitions/events/{name}"), content)
    }

    /// With its site built into `public`.
    pub(crate) fn built(self) -> Self {
        let run = self.run(&["-q", "build"]);
        assert_eq!(run.code, 0, "{}", run.log);
        self
    }

    /// Writes a file below the project, over what is there.
    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    /// A path below the project.
    pub(crate) fn path(&self, path: &str) -> PathBuf {
        self.folder.path().join(path)
    }

    /// The program in this folder, not started yet.
    pub(crate) fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_metrics-dictionary"));
        command
            .current_dir(self.folder.path())
            .args(arguments)
            .env_remove("NO_COLOR")
            .env_remove("CLICOLOR_FORCE");
        command
    }

    /// Runs the program in this folder.
    pub(crate) fn run(&self, arguments: &[&str]) -> Run {
        Run::from(self.command(arguments).output().unwrap())
    }

    /// Runs the program in this folder, with a text as its standard input.
    pub(crate) fn run_with_input(&self, arguments: &[&str], input: impl AsRef<[u8]> + Send) -> Run {
        let mut command = self.command(arguments);
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        let mut child = command.spawn().unwrap();
        let mut stdin = child.stdin.take().unwrap();
        std::thread::scope(|scope| {
            // It may answer before it has read everything, or end.
            scope.spawn(move || stdin.write_all(input.as_ref()));
            Run::from(child.wait_with_output().unwrap())
        })
    }

    /// The findings of `check --format json`.
    pub(crate) fn findings(&self) -> Vec<serde_json::Value> {
        let run = self.run(&["check", "--format", "json"]);
        let report: serde_json::Value =
            serde_json::from_str(&run.out).unwrap_or_else(|_| panic!("{}", run.log));
        report["findings"].as_array().unwrap().clone()
    }

    /// The findings as `rule path:line:column`, with the path's last part.
    pub(crate) fn places(&self) -> Vec<String> {
        let place = |finding: &serde_json::Value| {
            let path = finding["path"].as_str().unwrap();
            let name = path.rsplit('/').next().unwrap();
            format!("{} {name}:{}:{}", finding["rule"].as_str().unwrap(), finding["line"], finding["column"])
        };
        self.findings().iter().map(place).collect()
    }
}

impl From<Output> for Run {
    fn from(output: Output) -> Self {
        Self {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8_lossy(&output.stdout).into_owned(),
            log: String::from_utf8_lossy(&output.stderr).into_owned(),
        }
    }
}

/// The project's own folder, which holds the sample.
pub(crate) fn repository() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// GitLab's real definitions, where they are at hand.
pub(crate) fn corpus() -> Option<PathBuf> {
    let folder = repository().join("../shared/corpus/gitlab/config");
    folder.is_dir().then_some(folder)
}

/// The sample and, where it is at hand, the real corpus: the folders to pass to `--definitions`.
pub(crate) fn all_definitions() -> Vec<PathBuf> {
    let mut folders = vec![repository().join("definitions")];
    folders.extend(corpus());
    folders
}

/// Runs the program in the repository.
pub(crate) fn run_in_repository(arguments: &[&str]) -> Run {
    let output = Command::new(env!("CARGO_BIN_EXE_metrics-dictionary"))
        .current_dir(repository())
        .args(arguments)
        .output()
        .unwrap();
    Run::from(output)
}

/// Builds the site of some definitions into a new folder.
pub(crate) fn build(definitions: &Path) -> TempDir {
    let folder = tempfile::tempdir().unwrap();
    let out = folder.path().join("site");
    let mut arguments = vec!["build", "--out", out.to_str().unwrap()];
    // The sample is what the project's own configuration is about.
    if definitions != repository().join("definitions") {
        arguments.extend(["--definitions", definitions.to_str().unwrap()]);
    }
    let run = run_in_repository(&arguments);
    assert_eq!(run.code, 0, "{}", run.log);
    folder
}

/// The part of a page of a built project that is its own.
pub(crate) fn main_part(project: &Project, page: &str) -> String {
    let html = std::fs::read_to_string(project.path("public").join(page)).unwrap();
    let start = html.find("<main").unwrap();
    html[start..html.find("</main>").unwrap()].to_owned()
}

/// The pages among the files of a site.
pub(crate) fn pages(files: &BTreeMap<String, Vec<u8>>) -> BTreeMap<&str, &str> {
    let pages = files.iter().filter(|(path, _)| path.ends_with(".html"));
    pages.map(|(path, content)| (path.as_str(), std::str::from_utf8(content).unwrap())).collect()
}

/// Every file below a folder with its bytes.
pub(crate) fn tree(folder: &Path) -> BTreeMap<String, Vec<u8>> {
    let entries = walkdir::WalkDir::new(folder).into_iter().map(|entry| entry.unwrap());
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| {
        let path = entry.path().strip_prefix(folder).unwrap().to_str().unwrap().replace('\\', "/");
        (path, std::fs::read(entry.path()).unwrap())
    });
    files.collect()
}
