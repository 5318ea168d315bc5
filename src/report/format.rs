//! The formats, and where a report goes: `--format FORMAT[=FILE]`.

use std::path::PathBuf;
use std::str::FromStr;

use clap::ValueEnum;

use crate::error::{Error, Result};
use crate::suggest;

/// The formats of `check`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// Excerpts with carets, for people.
    Human,
    /// A line for each finding, for editors and `grep`.
    Concise,
    /// One object, see schemas/findings.schema.json.
    Json,
    /// SARIF 2.1.0, for code scanning.
    Sarif,
    /// JUnit XML, for test reports.
    Junit,
    /// Workflow commands, which GitHub shows as annotations.
    Github,
    /// A Code Quality report, which GitLab shows in merge requests.
    Gitlab,
}

/// One report: how, and into which file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReportTarget {
    /// How.
    pub format: Format,
    /// The file, relative to the working directory; standard output without one.
    pub file: Option<PathBuf>,
}

impl FromStr for ReportTarget {
    type Err = String;

    /// Reads `FORMAT` or `FORMAT=FILE`.
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let (name, file) =
            text.split_once('=').map_or((text, None), |(name, file)| (name, Some(PathBuf::from(file))));
        let known = Format::value_variants();
        let Some(&format) = known.iter().find(|format| format.name() == name) else {
            let names: Vec<&str> = known.iter().map(|format| format.name()).collect();
            let near = suggest::nearest(name, names.iter().copied());
            let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
            return Err(format!("there is no format `{name}`, only {}{hint}", names.join(", ")));
        };
        match file {
            Some(file) if file.as_os_str().is_empty() => {
                Err(format!("name the file: `{name}=FILE`, or leave `=` out for standard output"))
            }
            file => Ok(Self { format, file }),
        }
    }
}

impl Format {
    /// As the command line writes it.
    fn name(self) -> &'static str {
        match self {
            Self::Human => "human",
            Self::Concise => "concise",
            Self::Json => "json",
            Self::Sarif => "sarif",
            Self::Junit => "junit",
            Self::Github => "github",
            Self::Gitlab => "gitlab",
        }
    }
}

/// The reports that are asked for; where none is, the one for people.
///
/// # Errors
/// When two reports would go to the same place.
pub fn targets(asked: &[ReportTarget]) -> Result<Vec<ReportTarget>> {
    if asked.is_empty() {
        return Ok(vec![ReportTarget { format: Format::Human, file: None }]);
    }
    for (index, second) in asked.iter().enumerate() {
        let Some(first) = asked[..index].iter().find(|first| first.file == second.file) else { continue };
        let (place, name) = match &second.file {
            Some(file) => (format!("into `{}`", file.display()), "another file"),
            None => ("to standard output".to_owned(), "a file"),
        };
        let (first, second) = (first.format.name(), second.format.name());
        return Err(Error::Usage(format!(
            "`--format {first}` and `--format {second}` would both go {place}; write one into {name}: `--format {second}=FILE`"
        )));
    }
    Ok(asked.to_vec())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_may_name_a_file() {
        let target = |text: &str| text.parse::<ReportTarget>();
        assert_eq!(target("json"), Ok(ReportTarget { format: Format::Json, file: None }));
        assert_eq!(target("sarif=a=b.json").map(|target| target.file), Ok(Some(PathBuf::from("a=b.json"))));
        assert!(target("sarfi").is_err_and(|message| message.ends_with("did you mean `sarif`?")));
        assert!(target("json=").is_err_and(|message| message.contains("`json=FILE`")));
    }

    #[test]
    fn names_are_those_of_the_command_line() {
        for format in Format::value_variants() {
            let value = format.to_possible_value().map(|value| value.get_name().to_owned());
            assert_eq!(value.as_deref(), Some(format.name()));
        }
    }
}
