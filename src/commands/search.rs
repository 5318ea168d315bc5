//! `search`: what the site's search finds, from the command line.

use super::project::Project;
use super::{Answer, Streams};
use crate::check;
use crate::cli::{Global, Search as Arguments, SearchFormat};
use crate::definition;
use crate::dictionary::Dictionary;
use crate::error::Result;
use crate::report;
use crate::search::Search;

/// Prints the best hits of a query, or of each line of standard input; without any the answer is no.
pub(super) fn run(global: &Global, arguments: &Arguments, streams: &mut Streams<'_>) -> Result<Answer> {
    let project = Project::read(global, streams)?;
    let definitions = definition::parse(&project.files);
    let findings = check::run(&definitions, &project.vocabulary, &project.config.check)?;
    let dictionary = Dictionary::link(&definitions, &project.vocabulary, &findings);
    let search = Search::new(&dictionary)?;

    let mut found = false;
    let mut answer = |query: &str| -> Result<()> {
        let answer = search.find(query)?;
        found |= !answer.hits.is_empty();
        let explained = arguments.explain.then_some(&search);
        match arguments.format {
            SearchFormat::Human => report::hits(query, &answer, arguments.number, explained, streams.out),
            SearchFormat::Json => report::hits_json(query, &answer, arguments.number, explained, streams.out),
        }
    };
    if arguments.query == "-" {
        for line in std::io::stdin().lines() {
            answer(&line?)?;
        }
    } else {
        answer(&arguments.query)?;
    }
    Ok(if found { Answer::Yes } else { Answer::No })
}
