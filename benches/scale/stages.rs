//! The stages of a build, each alone, in this process.

use std::fs;
use std::hint::black_box;
use std::path::Path;
use std::time::Instant;

use rayon::prelude::*;

use metrics_dictionary::check;
use metrics_dictionary::config::{Config, Selection};
use metrics_dictionary::definition;
use metrics_dictionary::dictionary::Dictionary;
use metrics_dictionary::output::{self, Earlier};
use metrics_dictionary::site::{self, Input, Making, Pages, Planned};
use metrics_dictionary::source;
use metrics_dictionary::vocabulary::Vocabulary;

use super::process::RUNS;
use super::site::remove;
use super::{MEGABYTE, Result, say};

/// Prints what each stage takes for the project in a folder: the median of its wall time, and the most memory that the
/// process held meanwhile, the results of the stages before it included.
pub(crate) fn measure(folder: &Path) -> Result<()> {
    let config = Config::load(&Selection { directory: Some(folder.to_path_buf()), ..Selection::default() })?;
    say("| stage | wall | peak memory |\n|---|---|---|");
    let files = stage("load: read", || Ok(source::read(&config.sources, &config.directory)?))?;
    let vocabulary = Vocabulary::load(&config.vocabulary, &config.sources)?;
    let definitions = stage("load: parse", || Ok(definition::parse(&files)))?;
    let findings = stage("check", || Ok(check::run(&definitions, &vocabulary, &config.check)?))?;
    let dictionary = stage("dictionary", || Ok(Dictionary::link(&definitions, &vocabulary, &findings)))?;
    let (theme, content) = site::load(&config)?;
    let input = Input {
        dictionary: &dictionary,
        site: &config.site,
        sources: &config.sources,
        check: &config.check,
        content: &content,
        snippets: &config.snippets,
        commit: None,
    };
    // Pages remember what they have in common: each run is to begin without.
    stage("render", || {
        let pages = Pages::new(&input, &theme)?;
        make(&site::plan(&pages), |making| matches!(making, Making::File(_)))
    })?;
    stage("search export", || {
        let pages = Pages::new(&input, &theme)?;
        make(&site::plan(&pages), |making| matches!(making, Making::Folder(_)))
    })?;
    let out = folder.with_extension("site");
    let publish = || {
        let pages = Pages::new(&input, &theme)?;
        Ok(output::publish(&out, &site::plan(&pages), Earlier::of(&out), || Ok(None))?)
    };
    stage_after(|| remove(&out), "render, search export and write", publish).map(drop)
}

/// Makes some of what is planned, and throws it away.
fn make(planned: &[Planned<'_>], wanted: impl Fn(&Making<'_>) -> bool + Sync) -> Result<()> {
    let wanted = planned.par_iter().filter(|planned| wanted(planned.making()));
    Ok(wanted.try_for_each(|planned| planned.files().map(|files| drop(black_box(files))))?)
}

/// Runs a stage as often as whole processes are run, prints what it takes, and gives its last result.
fn stage<T>(name: &str, run: impl Fn() -> Result<T>) -> Result<T> {
    stage_after(|| Ok(()), name, run)
}

/// As [`stage`], with something done each time before it runs, which is not measured.
fn stage_after<T>(before: impl Fn() -> Result<()>, name: &str, run: impl Fn() -> Result<T>) -> Result<T> {
    forget_peak()?;
    before()?;
    let mut last = run()?;
    let mut walls = Vec::with_capacity(RUNS);
    for _ in 0..RUNS {
        drop(last);
        before()?;
        let start = Instant::now();
        last = run()?;
        walls.push(start.elapsed().as_secs_f64());
    }
    walls.sort_by(f64::total_cmp);
    say(format_args!("| {name} | {:.3} s | {} MB |", walls[RUNS / 2], peak()? / MEGABYTE));
    Ok(last)
}

/// Makes the system count the peak memory of this process anew.
fn forget_peak() -> Result<()> {
    Ok(fs::write("/proc/self/clear_refs", "5")?)
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
