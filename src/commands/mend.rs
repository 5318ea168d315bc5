//! `check --fix`: edits made in memory and checked again until nothing changes, then written or shown.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use similar::TextDiff;

use super::Streams;
use super::project::Project;
use super::scope::Scope;
use crate::check::fix;
use crate::definition;
use crate::error::Result;
use crate::source::{byte_order_mark, rewrite};
use crate::visible::visible_line;
use crate::words::count;

/// A file whose text is another one now.
pub(super) struct Mended {
    file: usize,
    before: String,
    edits: usize,
}

/// Applies the edits of all findings within the scope to the texts of the project, in a few passes.
///
/// # Errors
/// As the check itself.
pub(super) fn mend(project: &mut Project, scope: &Scope<'_>) -> Result<Vec<Mended>> {
    let mut mended: BTreeMap<usize, Mended> = BTreeMap::new();
    let mut given_up = BTreeSet::new();
    for _ in 0..fix::MOST_PASSES {
        let mut edits = {
            let definitions = definition::parse(&project.files);
            let findings = scope.mendable(project, &definitions)?;
            fix::edits(&findings, &project.files)
        };
        edits.retain(|file, _| !given_up.contains(file));
        if edits.is_empty() {
            break;
        }
        for (file, edits) in edits {
            let text = &mut project.files[file].text;
            let Some(better) = fix::mended(text, &edits) else {
                given_up.insert(file);
                continue;
            };
            let before = std::mem::replace(text, better).as_str().to_owned();
            mended.entry(file).or_insert(Mended { file, before, edits: 0 }).edits += edits.len();
        }
    }
    let files = &project.files;
    Ok(mended.into_values().filter(|mended| mended.before != files[mended.file].text.as_str()).collect())
}

/// Writes the mended files and says which; or prints what would be written as a unified diff.
///
/// # Errors
/// When a file cannot be written, or was changed since it was read.
pub(super) fn present(
    mended: &[Mended],
    project: &Project,
    diff: bool,
    streams: &mut Streams<'_>,
) -> Result<()> {
    for Mended { file, before, .. } in mended {
        let file = &project.files[*file];
        let path: PathBuf = project.config.sources[file.source].root.join(&file.path);
        let after = file.text.as_str();
        if diff {
            let mark = byte_order_mark(&path);
            let (before, after) = (format!("{mark}{before}"), format!("{mark}{after}"));
            let name = |side: &str| quoted(&format!("{side}/{}", file.display_path));
            let diff = TextDiff::from_lines(&before, &after);
            write!(streams.out, "{}", diff.unified_diff().header(&name("a"), &name("b")))?;
        } else {
            rewrite(&path, before, after)?;
        }
    }
    if !mended.is_empty() {
        let edits = mended.iter().map(|mended| mended.edits).sum();
        let verb = if diff { "Would fix" } else { "Fixed" };
        streams.say(format_args!(
            "{verb} {} in {}:",
            count(edits, "finding"),
            count(mended.len(), "file")
        ))?;
    }
    for Mended { file, edits, .. } in mended {
        streams.say(format_args!("  {}: {edits}", visible_line(&project.files[*file].display_path)))?;
    }
    Ok(())
}

/// A path as git writes it into the head of a diff: in quotes where a character would end or change the line.
fn quoted(path: &str) -> String {
    if !path.contains(|character: char| character.is_control() || matches!(character, '"' | '\\')) {
        // A tab ends a name that holds spaces: what follows it would be a date.
        return if path.contains(' ') { format!("{path}\t") } else { path.to_owned() };
    }
    let mut quoted = String::from("\"");
    for character in path.chars() {
        match character {
            '"' | '\\' => quoted.extend(['\\', character]),
            '\n' => quoted.push_str("\\n"),
            '\t' => quoted.push_str("\\t"),
            control if control.is_ascii_control() => {
                quoted.push_str(&format!("\\{:03o}", u32::from(control)));
            }
            other => quoted.push(other),
        }
    }
    quoted + "\""
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn paths_in_diffs_are_quoted_as_git_does() {
        assert_eq!(quoted("a/é.yml"), "a/é.yml");
        assert_eq!(quoted("a/b c.yml"), "a/b c.yml\t");
        assert_eq!(quoted("a/\"\n\u{1b}\\.yml"), "\"a/\\\"\\n\\033\\\\.yml\"");
    }
}
