//! The crate `jsonschema-cli` on the same files: one schema for each kind, nothing that concerns several files, and
//! no places.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use metrics_dictionary::check::CheckConfig;
use metrics_dictionary::schema::{Known, editor_schema};
use metrics_dictionary::source::{Kind, Source};
use metrics_dictionary::vocabulary::{Vocabulary, VocabularyConfig};
use metrics_dictionary::yaml;
use walkdir::WalkDir;

use super::Result;
use super::process::Run;

const PROGRAM: &str = "jsonschema-cli";

/// Files of one process: Linux takes 2 MiB of arguments.
const PORTION: usize = 10_000;

/// The processes that check all files of a corpus; nothing where the program is not installed.
pub(crate) fn runs(folder: &Path) -> Result<Option<Vec<Run>>> {
    if Command::new(PROGRAM).arg("--version").stdout(Stdio::null()).status().is_err() {
        return Ok(None);
    }
    let sources = [Source::at(folder.join("definitions"))];
    let vocabulary = Vocabulary::load(&VocabularyConfig::default(), &sources)?;
    let config = CheckConfig::default();
    let mut runs = Vec::new();
    for kind in [Kind::Metric, Kind::Event] {
        let name = format!("{}.schema.json", kind.as_str());
        // Without the names of events: it sees one file at a time.
        let schema = editor_schema(kind, &Known::new(&config, &vocabulary, &[]));
        fs::write(folder.join(&name), schema.to_string())?;
        let paths = files(&folder.join("definitions").join(kind.plural()), folder)?;
        for portion in paths.chunks(PORTION) {
            let options = ["validate", &name, "--errors-only", "--instance"].map(str::to_owned);
            runs.push(Run::new(PROGRAM, folder, &[&options[..], portion].concat()));
        }
    }
    Ok(Some(runs))
}

/// The files below a folder that are YAML, by their paths below another: at any other the program stops.
fn files(folder: &Path, base: &Path) -> Result<Vec<String>> {
    let mut files = Vec::new();
    for entry in WalkDir::new(folder).sort_by_file_name() {
        let entry = entry?;
        if entry.file_type().is_file() && is_yaml(entry.path()) {
            files.push(entry.path().strip_prefix(base)?.to_string_lossy().into_owned());
        }
    }
    Ok(files)
}

fn is_yaml(path: &Path) -> bool {
    fs::read_to_string(path).is_ok_and(|text| yaml::load(&text).problems.is_empty())
}
