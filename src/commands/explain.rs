//! `explain`: what a rule wants and why.

use super::{Answer, Streams};
use crate::check::{self, RULES};
use crate::cli::Explain;
use crate::error::{Error, Result};

/// Prints one rule's explanation, or a line for each rule.
pub(super) fn run(arguments: &Explain, streams: &mut Streams<'_>) -> Result<Answer> {
    let Some(id) = &arguments.rule else {
        let width = RULES.iter().map(|rule| rule.id.len()).max().unwrap_or_default();
        for rule in RULES {
            writeln!(streams.out, "{:width$}  {}", rule.id, rule.summary())?;
        }
        return Ok(Answer::Yes);
    };
    let Some(rule) = check::rule(id) else {
        let hint = check::nearest_rule(id).map_or_else(
            || "`explain --list` names them all".to_owned(),
            |near| format!("did you mean `{near}`?"),
        );
        return Err(Error::Usage(format!("there is no rule `{id}`; {hint}")));
    };
    let levels = rule.levels;
    write!(streams.out, "# {}\n\n{}", rule.id, rule.markdown())?;
    writeln!(
        streams.out,
        "\nSeverity: {} (preset `gitlab`), {} (`gitlab-legacy`), {} (`minimal`)",
        levels.gitlab.as_str(),
        levels.legacy.as_str(),
        levels.minimal.as_str()
    )?;
    Ok(Answer::Yes)
}
