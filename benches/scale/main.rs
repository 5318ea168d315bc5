//! What the program takes for dictionaries of 1,000, 10,000 and 100,000 definitions. README.md says how to run it.

mod corpus;
mod growth;
mod jsonschema;
mod process;
mod site;
mod stages;

use std::error::Error;
use std::fmt::Display;
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use self::process::{Cost, Run, median};

/// The program's own.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

type Result<T, E = Box<dyn Error>> = std::result::Result<T, E>;

const MEGABYTE: u64 = 1_000_000;

const SIZES: &[usize] = &[1_000, 10_000, 100_000];

fn main() -> ExitCode {
    // Cargo adds `--bench` to what it is given.
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    match run(&arguments.iter().map(String::as_str).collect::<Vec<_>>()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            say(format_args!("error: {error}"));
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: &[&str]) -> Result<()> {
    match arguments {
        ["write", definitions, folder] => Ok(corpus::write(definitions.parse()?, Path::new(folder))?),
        ["stages", definitions] => stages::measure(&project(definitions.parse()?)?),
        ["growth", file] => growth::draw(Path::new(file)),
        [] => measure(SIZES),
        sizes => measure(&sizes.iter().map(|size| size.parse()).collect::<Result<Vec<_>, _>>()?),
    }
}

/// Prints a table with a row for each command and size.
fn measure(sizes: &[usize]) -> Result<()> {
    say("| definitions | command | wall | user + system | peak memory |\n|---|---|---|---|---|");
    for &size in sizes {
        let folder = project(size)?;
        let row = |name: &str, runs: &[Run]| -> Result<()> {
            let Cost { wall, cpu, peak } = median(runs)?;
            say(format_args!("| {size} | {name} | {wall:.3} s | {cpu:.3} s | {} MB |", peak / MEGABYTE));
            Ok(())
        };
        row("`check`", &[ours(&folder, &["check"])])?;
        row("`check --format json`", &[ours(&folder, &["check", "--format", "json"])])?;
        for (name, run) in site::runs(&folder)? {
            row(name, &[run])?;
        }
        let (files, bytes) = site::size(&folder)?;
        say(format_args!("| {size} | the site | {files} files | {} MB | |", bytes / MEGABYTE));
        row("`show`", &[ours(&folder, &["show", &site::event(&folder)?])])?;
        row("`search`", &[ours(&folder, &["search", "weekly users"])])?;
        if let Some(runs) = jsonschema::runs(&folder)? {
            row(&format!("`jsonschema-cli`, run {} times", runs.len()), &runs)?;
        }
    }
    let sample = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let buffer = "definitions/events/create_card.yml";
    let run = ours(&sample, &["check", "--stdin-filename", buffer]).with_input(&sample.join(buffer));
    let Cost { wall, cpu, peak } = median(&[run])?;
    say(format_args!(
        "| the sample | `check --stdin-filename` | {wall:.3} s | {cpu:.3} s | {} MB |",
        peak / MEGABYTE
    ));
    Ok(())
}

/// The folder of a made-up project, written the first time.
fn project(definitions: usize) -> Result<PathBuf> {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("scale-{definitions}"));
    if !folder.join(corpus::LAST_FILE).exists() {
        corpus::write(definitions, &folder)?;
    }
    Ok(folder)
}

fn ours(folder: &Path, arguments: &[&str]) -> Run {
    Run::new(env!("CARGO_BIN_EXE_metrics-dictionary"), folder, arguments)
}

#[expect(clippy::print_stdout, reason = "the results are for whoever runs it")]
fn say(line: impl Display) {
    println!("{line}");
}
