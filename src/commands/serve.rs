//! `serve`: the site in a browser, from memory.

use rayon::prelude::*;

use super::project::Project;
use super::{Answer, Streams};
use crate::check;
use crate::cli::{Global, Serve};
use crate::definition;
use crate::dictionary::Dictionary;
use crate::error::Result;
use crate::report;
use crate::serve::{Pages, Server, open_browser};
use crate::site::{File, Planned};

/// Builds in memory and serves until interrupted.
pub(super) fn run(global: &Global, arguments: &Serve, streams: &mut Streams<'_>) -> Result<Answer> {
    let project = Project::read(global, streams)?;
    let definitions = definition::parse(&project.files);
    let findings = check::run(&definitions, &project.vocabulary, &project.config.check)?;
    let dictionary = Dictionary::link(&definitions, &project.vocabulary, &findings).hiding(findings.hidden());
    let files = super::with_site(&project.config, &dictionary, |planned| {
        let made: Result<Vec<Vec<File>>> = planned.par_iter().map(Planned::files).collect();
        Ok(made?.into_iter().flatten().collect())
    })?;
    let server = Server::bind(arguments.port)?;
    streams.say(report::summary(&dictionary.summary()))?;
    writeln!(streams.out, "{}", server.url())?;
    streams.out.flush()?;
    if arguments.open && !open_browser(&server.url()) {
        streams.say("No browser could be started; open the address above")?;
    }
    server.run(Pages::new(files))?;
    Ok(Answer::Yes)
}
