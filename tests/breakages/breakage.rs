//! One broken text, and what must be found in it.

use super::sample::Sample;

/// Marks the place of the expected finding in a text.
pub(super) const HERE: char = '⌖';

/// Stands for a byte that is not UTF-8 while a text is edited.
pub(super) const FOREIGN: char = '\u{E0FF}';

/// One way in which one definition is broken.
pub(super) struct Breakage {
    /// What is done to it, unlike that of every other breakage of the definition.
    pub(super) way: String,
    rule: String,
    /// The broken text with [`HERE`] where the finding belongs.
    marked: String,
}

impl Breakage {
    /// A broken text in which `rule` must find something at [`HERE`].
    pub(super) fn new(way: impl Into<String>, rule: impl Into<String>, marked: impl Into<String>) -> Self {
        let (way, rule, marked) = (way.into(), rule.into(), marked.into());
        assert_eq!(marked.matches(HERE).count(), 1, "{way}: not one place is marked in\n{marked}");
        Self { way, rule, marked }
    }

    /// What a file with the broken text holds.
    pub(super) fn bytes(&self, sample: &Sample) -> Vec<u8> {
        sample.bytes(&self.marked.replace(HERE, ""))
    }

    /// What must be found: `line:column rule`, counted from 1, columns in characters.
    pub(super) fn expected(&self) -> String {
        let before = self.marked.split(HERE).next().unwrap_or_default();
        let line = before.matches('\n').count() + 1;
        let column = before.chars().rev().take_while(|&character| character != '\n').count() + 1;
        format!("{line}:{column} {}", self.rule)
    }

    /// The lines around the marked place.
    pub(super) fn excerpt(&self) -> String {
        /// Lines above and below.
        const AROUND: usize = 3;
        let here = self.marked.lines().position(|line| line.contains(HERE)).unwrap_or_default();
        let lines = self.marked.lines().enumerate().skip(here.saturating_sub(AROUND)).take(2 * AROUND + 1);
        lines.map(|(index, line)| format!("  {:>4} | {}\n", index + 1, line.escape_debug())).collect()
    }
}
