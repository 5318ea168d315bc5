//! One thing that is wrong, at one place.

use super::levels::Severity;
use super::rule::Rule;
use crate::source::Span;
use crate::visible::visible_line;
use crate::yaml::escape_pointer;

/// One thing that is wrong with a definition.
#[derive(Debug, Clone)]
pub struct Finding {
    /// The rule that found it.
    pub rule: &'static Rule,
    /// How much it matters, from the configuration.
    pub severity: Severity,
    /// What is wrong: lower-case start, no full stop, user text in backticks.
    pub message: String,
    /// Index of the file.
    pub file: usize,
    /// Where.
    pub span: Span,
    /// JSON Pointer to the value, or to where a missing one belongs; empty for the whole file.
    pub pointer: String,
    /// JSON Pointer to what a misspelt key most likely means, where that is missing.
    pub(super) meant: Option<String>,
    /// What to write instead.
    pub help: Option<String>,
    /// Other places that explain the finding.
    pub related: Vec<Related>,
    /// An edit that mends it, where there is exactly one that loses nothing.
    pub fix: Option<Fix>,
}

/// One edit of a file: the bytes of a span are replaced, everything else stays as it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fix {
    /// What it does, in the imperative: "quote the milestone".
    pub title: String,
    /// The bytes to replace.
    pub span: Span,
    /// What stands there afterwards.
    pub replacement: String,
}

/// Another place that explains a finding.
#[derive(Debug, Clone)]
pub struct Related {
    /// Index of the file.
    pub file: usize,
    /// Where.
    pub span: Span,
    /// What is to be seen there.
    pub message: String,
}

impl Finding {
    /// A finding without help or related places; its severity is set by the configuration later.
    pub fn new(rule: &'static Rule, file: usize, span: Span, message: impl AsRef<str>) -> Self {
        Self {
            rule,
            severity: Severity::Error,
            message: presentable(message.as_ref()),
            file,
            span,
            pointer: String::new(),
            meant: None,
            help: None,
            related: Vec::new(),
            fix: None,
        }
    }

    /// With the JSON Pointer of the value.
    #[must_use]
    pub fn at(mut self, pointer: impl Into<String>) -> Self {
        self.pointer = pointer.into();
        self
    }

    /// Of a key, whose pointer it has: with the key beside it that it most likely means.
    #[must_use]
    pub fn meaning(mut self, key: Option<&str>) -> Self {
        let folder = self.pointer.rsplit_once('/').map_or("", |(folder, _)| folder);
        self.meant = key.map(|key| format!("{folder}/{}", escape_pointer(key)));
        self
    }

    /// With what to write instead.
    #[must_use]
    pub fn help(mut self, help: impl AsRef<str>) -> Self {
        self.help = Some(presentable(help.as_ref()));
        self
    }

    /// With the edit that mends it, if there is one.
    #[must_use]
    pub fn fix(mut self, fix: Option<Fix>) -> Self {
        self.fix = fix;
        self
    }

    /// With another place.
    #[must_use]
    pub fn related(mut self, file: usize, span: Span, message: impl Into<String>) -> Self {
        self.related.push(Related { file, span, message: message.into() });
        self
    }
}

/// A sentence that quotes a definition, without deceptive characters and not endless.
fn presentable(sentence: &str) -> String {
    /// Room for the longest sentence with the longest name that is not an attack.
    const LONGEST: usize = 400;
    let shown = visible_line(sentence);
    match shown.char_indices().nth(LONGEST) {
        Some((cut, _)) => format!("{}…", &shown[..cut]),
        None => shown.into_owned(),
    }
}
