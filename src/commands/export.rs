//! `export`: the dictionary as data, or what a query finds in it.

use std::collections::HashSet;

use super::project::Project;
use super::{Answer, Streams};
use crate::check;
use crate::cli::{Export, ExportFormat, Global};
use crate::definition;
use crate::dictionary::{Dictionary, Item};
use crate::error::Result;
use crate::export::{self, Format};
use crate::search::Search;
use crate::source::Kind;

/// Prints every item, or every definition of each name that the query finds; metrics before events, by name. The answer
/// is no where it finds nothing.
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
    let items: Vec<&Item<'_>> = match &arguments.query {
        None => dictionary.items.iter().collect(),
        Some(query) => {
            let search = Search::new(&dictionary)?;
            let found: HashSet<(Kind, &str)> =
                search.find(query)?.hits.iter().map(|hit| (hit.item.kind, hit.item.name.as_ref())).collect();
            dictionary.items.iter().filter(|item| found.contains(&(item.kind, item.name.as_ref()))).collect()
        }
    };
    export::write(format, &items, &dictionary, streams.out)?;
    Ok(if items.is_empty() && arguments.query.is_some() { Answer::No } else { Answer::Yes })
}
