//! The search index alone, in this process: made from a dictionary in memory, and written out as the files of the site.

use std::fs;
use std::path::Path;
use std::time::Instant;

use metrics_dictionary::check;
use metrics_dictionary::config::{Config, Selection};
use metrics_dictionary::definition;
use metrics_dictionary::dictionary::Dictionary;
use metrics_dictionary::digest::digest_of;
use metrics_dictionary::search::{ResultRows, Search, script};
use metrics_dictionary::site::File;
use metrics_dictionary::source;
use metrics_dictionary::vocabulary::Vocabulary;

use super::{MEGABYTE, Result, say};

/// Timed runs, after one that warms up and shows the memory: what is free again may stay with the process.
const RUNS: usize = 5;

/// Prints what indexing and writing out take for the project in a folder.
pub(crate) fn measure(folder: &Path) -> Result<()> {
    let config = Config::load(&Selection { directory: Some(folder.to_path_buf()), ..Selection::default() })?;
    let files = source::read(&config.sources, &config.directory)?;
    let vocabulary = Vocabulary::load(&config.vocabulary, &config.sources)?;
    let definitions = definition::parse(&files);
    let findings = check::run(&definitions, &vocabulary, &config.check)?;
    let dictionary = Dictionary::link(&definitions, &vocabulary, &findings);
    let held = forget_peak()?;
    let (_, _, written) = run(&dictionary)?;
    let bytes: u64 = written.iter().map(|file| file.content.len() as u64).sum();
    say(format_args!(
        "{} items: {} files of {} MB together; {} MB of memory at most, {} MB of them before",
        dictionary.items.len(),
        written.len(),
        bytes / MEGABYTE,
        peak()? / MEGABYTE,
        held / MEGABYTE,
    ));
    drop(written);
    say("| index | files | together |\n|---|---|---|");
    for _ in 0..RUNS {
        let (indexed, written, _) = run(&dictionary)?;
        say(format_args!("| {indexed:.2} s | {written:.2} s | {:.2} s |", indexed + written));
    }
    Ok(())
}

/// Makes the index and its files; gives the seconds that each takes, that of planning the rows with the first.
fn run(dictionary: &Dictionary<'_>) -> Result<(f64, f64, Vec<File>)> {
    let start = Instant::now();
    let row = |item: usize| Ok(digest_of(dictionary.items[item].definition.source.text.as_str().as_bytes()));
    let rows = ResultRows::new(dictionary, row)?;
    let search = Search::with(dictionary, &dictionary.values(), &rows)?;
    let indexed = start.elapsed().as_secs_f64();
    let mut files = search.export(&rows)?;
    for file in 0..rows.count() {
        let mut json = Vec::new();
        rows.json(file, &mut json)?;
        let (script, path) = (script(&rows.name(file), &json), rows.path(file));
        files.push(File { path: format!("{path}.js"), content: script });
        files.push(File { path: format!("{path}.json"), content: json });
    }
    Ok((indexed, start.elapsed().as_secs_f64() - indexed, files))
}

/// Makes the system count the peak memory of this process anew, and gives what it holds now.
fn forget_peak() -> Result<u64> {
    fs::write("/proc/self/clear_refs", "5")?;
    peak()
}

/// The most memory that this process has held since, in bytes.
fn peak() -> Result<u64> {
    let status = fs::read_to_string("/proc/self/status")?;
    let line = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .ok_or("no `VmHWM` in /proc/self/status")?;
    let kilobytes: u64 = line.trim().trim_end_matches(" kB").parse()?;
    Ok(kilobytes * 1024)
}
