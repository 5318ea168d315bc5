//! `build`: the whole flow, from files to files.

use std::time::Instant;

use super::project::Project;
use super::{Answer, Streams, site, target};
use crate::cli::{Build, Global};
use crate::config::Config;
use crate::definition::trees;
use crate::dictionary::Dictionary;
use crate::error::Result;
use crate::output::{self, Earlier};
use crate::report;
use crate::words::count;

/// Reads, checks, links, renders and writes; a line for each stage.
pub(super) fn run(global: &Global, arguments: &Build, streams: &mut Streams<'_>) -> Result<Answer> {
    let mut config = Config::load(&global.selection())?;
    if let Some(url) = &arguments.base_url {
        config.set_base_url(url)?;
    }
    let out = config.directory.join(&arguments.out);
    target::check(&out, &config)?;
    let (earlier, trees) = (Earlier::of(&out), trees::Coming::from(output::trees_beside(&out)));
    let mut clock = Instant::now();
    let mut lap = || std::mem::replace(&mut clock, Instant::now()).elapsed().as_millis();

    let project = Project::with(config, streams)?;
    let trees = trees.arrive();
    let definitions = trees.definitions(&project.files);
    streams.say(format_args!("Read     {} in {} ms", count(project.files.len(), "file"), lap()))?;

    let (findings, frame) = site::check(&definitions, &project.vocabulary, &project.config)?;
    let dictionary = Dictionary::link(&definitions, &project.vocabulary, &findings).hiding(findings.hidden());
    streams.say(format_args!("Checked  {} in {} ms", report::summary(&dictionary.summary()), lap()))?;
    if arguments.strict && project.config.check.fail_on.fails(&findings) {
        let look = report::Look::new(streams.color, project.config.site.base_url.as_deref());
        report::write(report::Format::Human, &dictionary.checked(), look, streams.out)?;
        streams.say("Nothing is written: --strict, and there are findings")?;
        return Ok(Answer::No);
    }

    let published = site::plan(&project.config, frame, &dictionary, |planned| {
        let published = output::publish(&out, &planned, earlier, || trees.renewed(&definitions));
        std::mem::forget(planned);
        published
    })?;
    streams.say(format_args!(
        "Wrote    {} new or changed, {} unchanged, {:.1} MB in {} ms into {}",
        published.written,
        published.unchanged,
        published.bytes as f64 / 1e6,
        lap(),
        project.config.display_path(&out)
    ))?;
    if !findings.is_empty() {
        streams.say("See what is wrong with `metrics-dictionary check`, or on the page health/index.html")?;
    }
    // The program is about to end: to take all of this apart before would only take time.
    std::mem::forget(dictionary);
    std::mem::forget(findings);
    std::mem::forget(definitions);
    std::mem::forget(trees);
    std::mem::forget(project);
    Ok(Answer::Yes)
}
