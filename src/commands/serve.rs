//! `serve`: the site in a browser, from memory, as its files change.

use std::time::Instant;

use super::project::Project;
use super::{Answer, Streams, site};
use crate::cli::{Global, Serve};
use crate::config::Config;
use crate::definition::{Definition, Kept};
use crate::dictionary::Dictionary;
use crate::error::Result;
use crate::report;
use crate::serve::{Generation, Make, News, Pages, Server, Session, open_browser};
use crate::words::count;

/// Builds in memory and serves until interrupted, again with each change.
pub(super) fn run(global: &Global, arguments: &Serve, streams: &mut Streams<'_>) -> Result<Answer> {
    let server = Server::bind(arguments.port)?;
    let session =
        Session::new(global.selection(), server, Flow { verbose: streams.verbose, kept: Kept::default() })?;
    session.run(&mut |news| tell(&news, arguments.open, streams))?;
    Ok(Answer::Yes)
}

/// Prints the address as the result, failures in any case, and the rest unless asked to be quiet.
fn tell(news: &News, open: bool, streams: &mut Streams<'_>) -> Result<()> {
    match news {
        News::Serving(url) => {
            writeln!(streams.out, "{url}")?;
            streams.out.flush()?;
            if open && !open_browser(url) {
                streams.say("No browser could be started; open the address above")?;
            }
        }
        News::Changed(paths) => match paths.as_slice() {
            [] => streams.say("Changed  many files")?,
            [path] => streams.say(format_args!("Changed  {path}"))?,
            [path, others @ ..] => streams.say(format_args!("Changed  {path} and {} more", others.len()))?,
        },
        News::Built(words) => streams.say(words)?,
        News::Failed(reason) => {
            writeln!(streams.log, "error: {reason}")?;
            streams.say("The site stays as it was until this is mended")?;
        }
        News::PageFailed(reason) => writeln!(streams.log, "error: {reason}")?,
        News::Unwatched(reason) => writeln!(streams.log, "warning: {reason}")?,
    }
    Ok(())
}

/// From files to pages.
struct Flow {
    verbose: bool,
    /// What the generation before has read.
    kept: Kept,
}

impl Make for Flow {
    fn make(&self, config: Config, generation: &Generation) -> Result<()> {
        let start = Instant::now();
        let (mut words, mut clock) = (Vec::new(), start);
        let mut lap = || std::mem::replace(&mut clock, Instant::now()).elapsed().as_millis();
        let mut streams = Streams {
            out: &mut std::io::sink(),
            log: &mut words,
            quiet: false,
            verbose: self.verbose,
            color: false,
        };

        let project = Project::again(config, &self.kept, &mut streams)?;
        if generation.is_superseded() {
            return Ok(());
        }
        streams.detail(format_args!("Read     {} in {} ms", count(project.files.len(), "file"), lap()))?;
        let definitions = project.files.iter().enumerate().map(|(index, parsed)| parsed.definition(index));
        let definitions: Vec<Definition<'_>> = definitions.collect();
        let (findings, frame) = site::check(&definitions, &project.vocabulary, &project.config)?;
        let dictionary =
            Dictionary::link(&definitions, &project.vocabulary, &findings).hiding(findings.hidden());
        streams.detail(format_args!("Checked  and linked in {} ms", lap()))?;
        if generation.is_superseded() {
            return Ok(());
        }
        let mut words = String::from_utf8_lossy(&words).into_owned();
        // Only what is not ours can ask for what pages have not.
        let tried_out = project.config.theme_folder().is_dir() || !project.config.snippets.is_empty();
        site::plan(&project.config, frame, &dictionary, |planned| {
            let pages = Pages::new(&planned);
            if tried_out {
                pages.try_out()?;
            }
            if self.verbose {
                words += &format!("Planned  {} in {} ms\n", count(planned.len(), "file"), lap());
            }
            let summary = report::summary(&dictionary.summary());
            words += &format!("{summary}, in {} ms", start.elapsed().as_millis());
            generation.serve(&pages, words);
            Ok(())
        })
    }
}
