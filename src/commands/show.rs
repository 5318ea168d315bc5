//! `show`: one metric or event, from the command line.

use super::project::Project;
use super::{Answer, Streams};
use crate::check;
use crate::cli::{Global, Show, ShowFormat};
use crate::definition;
use crate::dictionary::{Dictionary, ItemJson};
use crate::error::Result;
use crate::report;
use crate::source::Kind;
use crate::suggest;

/// Prints every item of a name; without one, the nearest name and the answer no.
pub(super) fn run(global: &Global, arguments: &Show, streams: &mut Streams<'_>) -> Result<Answer> {
    let project = Project::read(global, streams)?;
    let definitions = definition::parse(&project.files);
    let findings = check::run(&definitions, &project.vocabulary, &project.config.check)?;
    let dictionary = Dictionary::link(&definitions, &project.vocabulary, &findings);

    let (kind, name) = narrowed(&arguments.name);
    let mut items = dictionary.named(name, kind);
    if items.is_empty() {
        // A name may itself begin with `metric:`.
        items = dictionary.named(&arguments.name, None);
    }
    if items.is_empty() && arguments.format != ShowFormat::Json {
        let names = dictionary.items.iter().filter(|item| kind.is_none_or(|kind| kind == item.kind));
        let near = suggest::nearest(name, names.map(|item| item.name.as_ref()));
        let hint = near.map(|near| format!("; did you mean `{near}`?")).unwrap_or_default();
        writeln!(
            streams.log,
            "no {} is called `{name}`{hint}",
            kind.map_or("metric or event", Kind::as_str)
        )?;
        return Ok(Answer::No);
    }
    match arguments.format {
        ShowFormat::Human => report::items(&items, &dictionary, streams.out)?,
        ShowFormat::Json => {
            let items: Vec<ItemJson<'_>> =
                items.iter().map(|item| ItemJson::new(item, &dictionary)).collect();
            report::write_json(&items, streams.out)?;
        }
        ShowFormat::Yaml => {
            for (index, item) in items.iter().enumerate() {
                if index > 0 {
                    writeln!(streams.out, "---")?;
                }
                write!(streams.out, "{}", item.definition.source.text.as_str())?;
            }
        }
    }
    Ok(if items.is_empty() { Answer::No } else { Answer::Yes })
}

/// Splits `metric:NAME` and `event:NAME`.
fn narrowed(name: &str) -> (Option<Kind>, &str) {
    [Kind::Metric, Kind::Event]
        .into_iter()
        .find_map(|kind| Some((Some(kind), name.strip_prefix(kind.as_str())?.strip_prefix(':')?)))
        .unwrap_or((None, name))
}
