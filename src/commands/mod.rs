//! The commands: each runs a prefix of the flow and presents it.

mod build;
mod check;
mod explain;
mod export;
mod mend;
mod project;
mod schema;
mod scope;
mod search;
mod serve;
mod show;
mod site;
mod target;

use std::ffi::OsString;
use std::io::{ErrorKind, Write};
use std::process::ExitCode;

use anstream::{AutoStream, ColorChoice};
use clap::Parser;

use crate::cli::{Cli, Color, Command, Global};
use crate::error::Result;

/// What a command answers; the process's exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Answer {
    /// Done: 0.
    Yes,
    /// The answer is no (findings, no match): 1.
    No,
}

/// Where a command prints: results to one stream, everything else to the other.
pub(crate) struct Streams<'s> {
    /// Results.
    out: &'s mut dyn Write,
    /// Progress and messages.
    log: &'s mut dyn Write,
    quiet: bool,
    verbose: bool,
    color: bool,
}

impl Streams<'_> {
    /// Prints a line of progress, unless asked to be quiet.
    fn say(&mut self, line: impl std::fmt::Display) -> Result<()> {
        if !self.quiet {
            writeln!(self.log, "{line}")?;
        }
        Ok(())
    }

    /// Prints a line that only those want who ask for more.
    fn detail(&mut self, line: impl std::fmt::Display) -> Result<()> {
        if self.verbose { self.say(line) } else { Ok(()) }
    }
}

/// A writer whose reader may go away (`check | head`): what follows is dropped, and the answer stays the same.
struct UntilClosed<W>(W);

impl<W: Write> Write for UntilClosed<W> {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        match self.0.write(bytes) {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(bytes.len()),
            written => written,
        }
    }

    fn flush(&mut self) -> std::io::Result<()> {
        match self.0.flush() {
            Err(error) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
            flushed => flushed,
        }
    }
}

/// Parses the command line, runs the command, and gives the exit code: 0 done, 1 the answer is no, 2 could not run.
pub fn main(arguments: impl IntoIterator<Item = OsString>) -> ExitCode {
    let cli = match Cli::try_parse_from(arguments) {
        Ok(cli) => cli,
        Err(error) => {
            // Printing help into a closed pipe is no failure.
            let _ = error.print();
            return ExitCode::from(if error.use_stderr() { 2 } else { 0 });
        }
    };
    let choice = match cli.global.color {
        Color::Auto => AutoStream::choice(&std::io::stdout()),
        Color::Always => ColorChoice::Always,
        Color::Never => ColorChoice::Never,
    };
    let mut out = std::io::BufWriter::new(UntilClosed(AutoStream::new(std::io::stdout(), choice).lock()));
    let mut log = AutoStream::auto(std::io::stderr());
    let mut streams = Streams {
        out: &mut out,
        log: &mut log,
        quiet: cli.global.quiet,
        verbose: cli.global.verbose,
        color: choice != ColorChoice::Never,
    };
    let answer = run(&cli.global, &cli.command, &mut streams).and_then(|answer| {
        streams.out.flush()?;
        Ok(answer)
    });
    match answer {
        Ok(Answer::Yes) => ExitCode::SUCCESS,
        Ok(Answer::No) => ExitCode::from(1),
        Err(error) => {
            let _ = streams.out.flush();
            let _ = writeln!(log, "error: {error}");
            ExitCode::from(2)
        }
    }
}

fn run(global: &Global, command: &Command, streams: &mut Streams<'_>) -> Result<Answer> {
    match command {
        Command::Build(arguments) => build::run(global, arguments, streams),
        Command::Check(arguments) => check::run(global, arguments, streams),
        Command::Explain(arguments) => explain::run(arguments, streams),
        Command::Export(arguments) => export::run(global, arguments, streams),
        Command::Schema(arguments) => schema::run(global, arguments, streams),
        Command::Search(arguments) => search::run(global, arguments, streams),
        Command::Serve(arguments) => serve::run(global, arguments, streams),
        Command::Show(arguments) => show::run(global, arguments, streams),
    }
}
