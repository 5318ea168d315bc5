//! `export`: the whole dictionary as data.

use super::project::Project;
use super::{Answer, Streams};
use crate::check;
use crate::cli::{Export, ExportFormat, Global};
use crate::definition;
use crate::dictionary::{Dictionary, Item};
use crate::error::Result;
use crate::export::{self, Format};

/// Prints every item, metrics before events.
pub(super) fn run(global: &Global, arguments: &Export, streams: &mut Streams<'_>) -> Result<Answer> {
    let project = Project::read(global, streams)?;
    let definitions = definition::parse(&project.files);
    let findings = check::run(&definitions, &project.vocabulary, &project.config.check)?;
    let dictionary = Dictionary::link(&definitions, &project.vocabulary, &findings);

    let format = match arguments.format {
        ExportFormat::Json => Format::Json,
        ExportFormat::Ndjson => Format::Ndjson,
        ExportFormat::Csv => Format::Csv,
    };
    let items: Vec<&Item<'_>> = dictionary.items.iter().collect();
    export::write(format, &items, &dictionary, streams.out)?;
    Ok(Answer::Yes)
}
