//! A baseline: the findings that were there when checking began, and that are not reported again.
//!
//! An entry is known by rule, path, names and text, not by its line: it survives what moves lines. What is mended is
//! named, so that the file can only shrink.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::finding::Finding;
use super::findings::Findings;
use crate::definition::Definition;
use crate::error::{Error, Result};
use crate::source::read_to_string;
use crate::visible::visible_line;
use crate::yaml::{Node, unescape_pointer};

/// The version of the file's form.
const VERSION: u32 = 1;

/// What a baseline knows a finding by. The order of the fields is that of the file.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Entry {
    /// The definition file, relative to the configuration's folder.
    pub path: String,
    /// The rule's id.
    pub rule: String,
    /// The metrics or events that the file defines.
    pub names: Vec<String>,
    /// JSON Pointer to the value, with `*` for the places in lists, which move.
    pub pointer: String,
    /// The text that is reported, cut where it is long; empty where something is missing.
    pub text: String,
}

/// An entry and how often it occurs, as the file holds it.
#[derive(Debug, Serialize, Deserialize)]
struct Counted {
    #[serde(flatten)]
    entry: Entry,
    count: usize,
}

#[derive(Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
struct File {
    version: u32,
    findings: Vec<Counted>,
}

/// The findings that are known, each with how often it occurs.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Baseline {
    known: BTreeMap<Entry, usize>,
}

impl Baseline {
    /// The baseline of these findings. What keeps a file from being read (`yaml/…`, `file/…`) is not in it.
    ///
    /// `path` says how a file is called, independent of the working directory.
    pub fn of(
        findings: &Findings,
        definitions: &[Definition<'_>],
        path: impl Fn(&Definition<'_>) -> String,
    ) -> Self {
        let mut known = BTreeMap::new();
        for finding in findings.iter().filter(|finding| !finding.rule.is_about_reading()) {
            *known.entry(entry(finding, definitions, &path)).or_default() += 1;
        }
        Self { known }
    }

    /// Reads a baseline; messages call it `shown`.
    ///
    /// # Errors
    /// When the file is missing or none; the message says how to write it.
    pub fn read(path: &Path, shown: &Path) -> Result<Self> {
        if !path.exists() {
            return Err(Error::Usage(format!(
                "there is no baseline `{}`; write it with `--write-baseline {0}`",
                shown.display()
            )));
        }
        let text = read_to_string(path)?;
        let invalid = |line: Option<usize>, what: String| Error::Invalid {
            path: shown.to_path_buf(),
            line,
            message: format!("{what}; write the baseline again with `--write-baseline {}`", shown.display()),
        };
        let file: File = serde_json::from_str(&text)
            .map_err(|error| invalid(Some(error.line()), format!("this is no baseline: {error}")))?;
        if file.version != VERSION {
            return Err(invalid(None, format!("this is version {} of a baseline", file.version)));
        }
        let mut known = BTreeMap::new();
        for Counted { entry, count } in file.findings {
            // Two entries alike are what a merge leaves behind.
            let total: &mut usize = known.entry(entry).or_default();
            *total = total.saturating_add(count);
        }
        Ok(Self { known })
    }

    /// The file's content: sorted, the same bytes for the same findings.
    pub fn to_json(&self) -> String {
        let findings = self.known.iter().map(|(entry, &count)| Counted { entry: entry.clone(), count });
        let file = File { version: VERSION, findings: findings.collect() };
        // Strings and numbers alone: they can always be written.
        serde_json::to_string_pretty(&file).unwrap_or_default() + "\n"
    }

    /// The number of entries.
    pub fn len(&self) -> usize {
        self.known.len()
    }

    /// Whether it knows nothing.
    pub fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Takes known findings out of the report; gives the entries that occur less often than the baseline says.
    pub fn apply(
        &self,
        findings: &mut Findings,
        definitions: &[Definition<'_>],
        path: impl Fn(&Definition<'_>) -> String,
    ) -> Vec<Entry> {
        let mut left = self.known.clone();
        findings.put_into_baseline(|finding| {
            if finding.rule.is_about_reading() {
                return false;
            }
            match left.get_mut(&entry(finding, definitions, &path)) {
                Some(count) if *count > 0 => {
                    *count -= 1;
                    true
                }
                _ => false,
            }
        });
        left.into_iter().filter(|&(_, count)| count > 0).map(|(entry, _)| entry).collect()
    }
}

fn entry(
    finding: &Finding,
    definitions: &[Definition<'_>],
    path: &impl Fn(&Definition<'_>) -> String,
) -> Entry {
    let definition = &definitions[finding.file];
    let steps = finding.pointer.split('/').map(|step| {
        if !step.is_empty() && step.bytes().all(|byte| byte.is_ascii_digit()) { "*" } else { step }
    });
    let present = definition.root().is_none_or(|root| is_present(root, &finding.pointer));
    // What is missing is shown at the first key, whatever that is.
    let text = if present { short(definition.source.text.slice(finding.span)) } else { String::new() };
    Entry {
        path: path(definition),
        rule: finding.rule.id.to_owned(),
        names: definition.names().into_iter().map(|name| short(&name.name)).collect(),
        pointer: steps.collect::<Vec<_>>().join("/"),
        text,
    }
}

/// Whether a JSON Pointer leads to a value.
fn is_present(root: &Node<'_>, pointer: &str) -> bool {
    let mut node = root;
    for step in pointer.split('/').skip(1) {
        let key = unescape_pointer(step);
        let index = key.parse().ok().and_then(|index: usize| node.items().get(index));
        match node.get(&key).or(index) {
            Some(next) => node = next,
            None => return false,
        }
    }
    true
}

/// A text on one line, cut where it is long; then a hash tells it from others that begin alike.
fn short(text: &str) -> String {
    const LONGEST: usize = 80;
    let words = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let shown = visible_line(&words);
    match shown.char_indices().nth(LONGEST) {
        Some((cut, _)) => {
            format!("{}… {}", &shown[..cut], &blake3::hash(words.as_bytes()).to_hex()[..16])
        }
        None => shown.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_texts_are_told_apart() {
        let long = "word ".repeat(100);
        let (one, other) = (short(&long), short(&format!("{long}else")));
        assert!(one.chars().count() < 100, "{one}");
        assert_ne!(one, other);
        assert_eq!(short("a\n   b"), "a b");
    }

    #[test]
    fn a_pointer_leads_to_what_is_there() {
        let document = crate::yaml::load("a: [{b/c: 1}]\n");
        let root = document.root.unwrap();
        assert!(is_present(&root, "") && is_present(&root, "/a/0/b~1c"));
        assert!(!is_present(&root, "/a/1") && !is_present(&root, "/b"));
    }
}
