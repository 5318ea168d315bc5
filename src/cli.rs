//! The command line: types only. What a command does is in `commands`.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use crate::check::FailOn;
use crate::config::Selection;
use crate::report::ReportTarget;
use crate::source::Kind;

/// Turns metric and event definitions into a searchable static site, and checks them.
#[derive(Debug, Parser)]
#[command(name = "metrics-dictionary", version, max_term_width = 100, propagate_version = true)]
pub struct Cli {
    /// Options of every command.
    #[command(flatten)]
    pub global: Global,
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
}

/// Options of every command, accepted before and after it.
#[derive(Debug, Args)]
pub struct Global {
    /// Work in this folder
    #[arg(short = 'C', value_name = "DIR", global = true)]
    directory: Option<PathBuf>,
    /// Read this configuration instead of dictionary.toml
    #[arg(long, value_name = "FILE", global = true)]
    config: Option<PathBuf>,
    /// Read definitions below this folder instead of the configured sources (repeatable)
    #[arg(long, value_name = "DIR", global = true)]
    definitions: Vec<PathBuf>,
    /// Say nothing but the result
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    pub quiet: bool,
    /// Say more about what is done
    #[arg(short, long, global = true)]
    pub verbose: bool,
    /// Colours in what is printed
    #[arg(long, value_name = "WHEN", default_value = "auto", global = true)]
    pub color: Color,
}

impl Global {
    /// The options that choose a configuration.
    pub fn selection(&self) -> Selection {
        Selection {
            directory: self.directory.clone(),
            config: self.config.clone(),
            definitions: self.definitions.clone(),
        }
    }
}

/// When to print colours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Write the site
    Build(Build),
    /// Report what is wrong with the definitions
    Check(Check),
    /// Say what a rule wants and why
    Explain(Explain),
    /// Print all metrics and events as data
    Export(Export),
    /// Print a JSON Schema for editors
    Schema(Schema),
    /// Find metrics and events
    Search(Search),
    /// Show the site in a browser
    Serve(Serve),
    /// Show one metric or event
    Show(Show),
}

/// `build`
#[derive(Debug, Args)]
pub struct Build {
    /// The folder to write; it is replaced as a whole
    #[arg(long, value_name = "DIR", default_value = "public")]
    pub out: PathBuf,
    /// The address the site is published at, for canonical links
    #[arg(long, value_name = "URL")]
    pub base_url: Option<String>,
    /// Write nothing and exit with 1 if `check` would
    #[arg(long)]
    pub strict: bool,
}

/// `check`
#[derive(Debug, Args)]
pub struct Check {
    /// Report on these files and folders alone; everything is read all the same
    #[arg(value_name = "PATH")]
    pub paths: Vec<PathBuf>,
    /// How to print the findings, or to write them into a file: human, concise, json, sarif, junit, github or gitlab
    /// (repeatable) [default: human]
    #[arg(long = "format", value_name = "FORMAT[=FILE]")]
    pub formats: Vec<ReportTarget>,
    /// From which severity on to exit with 1 [default: as configured, else error]
    #[arg(long, value_name = "SEVERITY")]
    pub fail_on: Option<FailOn>,
    /// Report on what differs from where this branch left REV, and on what it deletes
    #[arg(long, value_name = "REV")]
    pub since: Option<String>,
    /// Leave out the findings that this file holds
    #[arg(long, value_name = "FILE")]
    pub baseline: Option<PathBuf>,
    /// Write all findings into this file, and leave them out from now on
    #[arg(long, value_name = "FILE", conflicts_with = "baseline")]
    pub write_baseline: Option<PathBuf>,
    /// Mend what can be mended in one way only, then report what remains
    #[arg(long)]
    pub fix: bool,
    /// Print what --fix would change instead of changing it
    #[arg(long, requires = "fix", conflicts_with = "write_baseline")]
    pub diff: bool,
    /// Take the text of this file from standard input, and report on it alone
    #[arg(long, value_name = "PATH", conflicts_with_all = ["paths", "since", "write_baseline", "fix"])]
    pub stdin_filename: Option<PathBuf>,
    /// Exit with 0 where there are no definitions at all
    #[arg(long)]
    pub allow_empty: bool,
}

/// `explain`
#[derive(Debug, Args)]
pub struct Explain {
    /// A rule id, such as metric/missing-field
    #[arg(required_unless_present = "list")]
    pub rule: Option<String>,
    /// List all rules
    #[arg(long, conflicts_with = "rule")]
    pub list: bool,
}

/// `export`
#[derive(Debug, Args)]
pub struct Export {
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "json")]
    pub format: ExportFormat,
    /// Only what this query finds, see `search`; in the order of the whole
    #[arg(long, value_name = "QUERY", allow_hyphen_values = true)]
    pub query: Option<String>,
}

/// The formats of `export`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ExportFormat {
    /// One object, see schemas/export.schema.json.
    Json,
    /// An object on each line, see schemas/items.schema.json.
    Ndjson,
    /// A table for spreadsheets; the guide describes its columns.
    Csv,
}

/// `schema`
#[derive(Debug, Args)]
pub struct Schema {
    /// What the schema describes
    pub kind: SchemaKind,
}

/// The kinds of definitions that have a schema.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SchemaKind {
    /// Metric definitions.
    Metric,
    /// Event definitions.
    Event,
}

impl From<SchemaKind> for Kind {
    fn from(kind: SchemaKind) -> Self {
        match kind {
            SchemaKind::Metric => Self::Metric,
            SchemaKind::Event => Self::Event,
        }
    }
}

/// `search`
#[derive(Debug, Args)]
pub struct Search {
    /// What to look for, in the language of the site's search (the guide describes it); `-` reads a query from each
    /// line of standard input
    #[arg(allow_hyphen_values = true)]
    pub query: String,
    /// The most hits to print
    #[arg(short = 'n', long, value_name = "NUMBER", default_value_t = 10)]
    pub number: usize,
    /// How to print them
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: SearchFormat,
    /// Say how the query was understood, and where each score comes from
    #[arg(long)]
    pub explain: bool,
}

/// The formats of `search`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SearchFormat {
    /// For people.
    Human,
    /// An object for each query, see schemas/search.schema.json.
    Json,
}

/// `serve`
#[derive(Debug, Args)]
pub struct Serve {
    /// The port on 127.0.0.1; 0 takes a free one
    #[arg(long, default_value_t = 4000)]
    pub port: u16,
    /// Open the browser
    #[arg(long)]
    pub open: bool,
}

/// `show`
#[derive(Debug, Args)]
pub struct Show {
    /// The name; `metric:NAME` and `event:NAME` narrow
    pub name: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    pub format: ShowFormat,
}

/// The formats of `show`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum ShowFormat {
    /// For people.
    Human,
    /// An array of objects, see schemas/items.schema.json.
    Json,
    /// The definition as it stands in its file.
    Yaml,
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::Cli;

    #[test]
    fn the_command_line_is_consistent() {
        Cli::command().debug_assert();
    }
}
