//! Mending: the edits that findings carry, applied to texts.

use std::collections::BTreeMap;

use super::finding::{Finding, Fix};
use crate::source::{SourceFile, Text};
use crate::yaml;

/// How often mended definitions are checked again. An edit may make room for another one, but not for ever.
pub const MOST_PASSES: usize = 5;

/// The edits that findings propose, by file; what overlaps an earlier edit waits for the next pass.
pub fn edits(findings: &[Finding], files: &[SourceFile]) -> BTreeMap<usize, Vec<Fix>> {
    let mut edits: BTreeMap<usize, Vec<Fix>> = BTreeMap::new();
    for finding in findings {
        let file = &files[finding.file];
        let Some(fix) = &finding.fix else { continue };
        // A text that is not what the file holds cannot be written back.
        let mendable = file.problem.is_none() && file.not_utf8.is_none();
        let inside = file.text.as_str().get(fix.span.range()).is_some_and(|text| text != fix.replacement);
        if mendable && inside {
            edits.entry(finding.file).or_default().push(fix.clone());
        }
    }
    for fixes in edits.values_mut() {
        fixes.sort_by_key(|fix| fix.span);
        let mut end = None;
        fixes.retain(|fix| {
            let apart =
                end.is_none_or(|end| fix.span.start >= end && fix.span.end > end || fix.span.start > end);
            if apart {
                end = Some(fix.span.end);
            }
            apart
        });
    }
    edits
}

/// The text after some edits, which are sorted and do not overlap; nothing where it would be worse YAML than before.
pub fn mended(text: &Text, edits: &[Fix]) -> Option<Text> {
    let mut content = text.as_str().to_owned();
    for fix in edits.iter().rev() {
        content.replace_range(fix.span.range(), &fix.replacement);
    }
    let problems = |content: &str| yaml::load(content).problems.len();
    (problems(&content) <= problems(text.as_str())).then(|| Text::new(content))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::RULES;
    use crate::source::{Kind, Span};

    fn file(content: &str) -> SourceFile {
        SourceFile::in_memory(Kind::Metric, "a.yml".to_owned(), content.into())
    }

    fn apply(content: &str, wanted: &[(usize, usize, &str)]) -> Option<String> {
        let files = [file(content)];
        let findings: Vec<Finding> = wanted
            .iter()
            .map(|&(start, end, replacement)| {
                let span = Span::new(start, end);
                let mut finding = Finding::new(RULES[0], 0, span, "x");
                finding.fix = Some(Fix { title: String::new(), span, replacement: replacement.to_owned() });
                finding
            })
            .collect();
        let edits = edits(&findings, &files);
        mended(&files[0].text, edits.get(&0)?).map(|text| text.as_str().to_owned())
    }

    #[test]
    fn edits_are_applied_from_the_end() {
        let text = "a: 1.10\r\nb: 2.20\r\n";
        assert_eq!(
            apply(text, &[(12, 16, "'2.20'"), (3, 7, "'1.10'")]).unwrap(),
            "a: '1.10'\r\nb: '2.20'\r\n"
        );
        assert_eq!(apply(text, &[(0, 9, "")]).unwrap(), "b: 2.20\r\n");
    }

    #[test]
    fn of_overlapping_edits_the_first_wins() {
        assert_eq!(apply("a: one\n", &[(3, 6, "two"), (3, 6, "two"), (4, 5, "x")]).unwrap(), "a: two\n");
        assert_eq!(apply("a: one\n", &[(6, 6, "x"), (6, 6, "y")]).unwrap(), "a: onex\n");
    }

    #[test]
    fn edits_that_change_nothing_or_break_the_file_are_left_out() {
        assert_eq!(apply("a: one\n", &[(3, 6, "one")]), None);
        assert_eq!(apply("a: one\n", &[(3, 6, "[one")]), None);
        assert_eq!(apply("a: é\n", &[(3, 4, "x"), (9, 10, "y")]), None);
    }
}
