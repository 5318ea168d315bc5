//! The form of a suppressing comment.

use std::ops::Range;

/// What a comment that starts with `# dictionary:` turns out to be.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Reading<'t> {
    /// A suppression, with or without a reason.
    Suppression(Comment<'t>),
    /// Meant as one, most likely.
    Malformed,
}

/// How far a suppression holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Reach {
    /// For a line or a field: `ignore`.
    Here,
    /// For the whole file: `ignore-file`.
    File,
}

/// A suppression as written.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Comment<'t> {
    pub(super) reach: Reach,
    /// The rule ids and where each stands in the comment.
    pub(super) rules: Vec<(&'t str, usize)>,
    /// What stands between the brackets.
    pub(super) list: Range<usize>,
    pub(super) has_reason: bool,
}

impl<'t> Comment<'t> {
    /// Reads a comment from its `#` on; nothing where it is not meant for us.
    pub(super) fn read(text: &'t str) -> Option<Reading<'t>> {
        let rest = text.trim_start_matches('#').trim_start().strip_prefix("dictionary:")?.trim_start();
        Some(Self::read_directive(text, rest).map_or(Reading::Malformed, Reading::Suppression))
    }

    fn read_directive(text: &'t str, rest: &'t str) -> Option<Self> {
        let word = rest.len()
            - rest.trim_start_matches(|letter: char| letter.is_ascii_lowercase() || letter == '-').len();
        let reach = match &rest[..word] {
            "ignore" => Reach::Here,
            "ignore-file" => Reach::File,
            _ => return None,
        };
        let inside = rest[word..].trim_start().strip_prefix('[')?;
        let close = inside.find(']')?;
        let start = text.len() - inside.len();
        let list = start..start + close;
        let mut rules = Vec::new();
        let mut at = start;
        for part in inside[..close].split(',') {
            let indent = part.len() - part.trim_start().len();
            if !part.trim().is_empty() {
                rules.push((part.trim(), at + indent));
            }
            at += part.len() + 1;
        }
        let reason = inside[close + 1..].trim_start_matches([' ', '\t', ':', '-', '–', '—']).trim_end();
        let reason = reason.strip_prefix("because").unwrap_or(reason);
        let has_reason = reason.contains(char::is_alphanumeric);
        (!rules.is_empty()).then_some(Self { reach, rules, list, has_reason })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn suppression(text: &str) -> Comment<'_> {
        match Comment::read(text) {
            Some(Reading::Suppression(comment)) => comment,
            other => panic!("{text}: {other:?}"),
        }
    }

    #[test]
    fn rules_keep_their_places() {
        let text = "# dictionary: ignore[metric/a ,  event/b] because of history";
        let comment = suppression(text);
        assert_eq!((comment.reach, comment.has_reason), (Reach::Here, true));
        let found: Vec<&str> = comment.rules.iter().map(|&(id, at)| &text[at..at + id.len()]).collect();
        assert_eq!(found, ["metric/a", "event/b"]);
        assert_eq!(&text[comment.list.clone()], "metric/a ,  event/b");
    }

    #[test]
    fn a_reason_has_words() {
        for (text, has_reason) in [
            ("#dictionary:ignore-file[a]: old file", true),
            ("# dictionary: ignore[a] — agreed in #12", true),
            ("# dictionary: ignore[a]", false),
            ("# dictionary: ignore[a] because …", false),
            ("# dictionary: ignore[a] --", false),
        ] {
            assert_eq!(suppression(text).has_reason, has_reason, "{text}");
        }
    }

    #[test]
    fn what_only_looks_like_one_is_malformed() {
        for text in [
            "# dictionary: ignore a",
            "# dictionary: ingore[a] x",
            "# dictionary: ignore[] x",
            "# dictionary: ignore[a x",
        ] {
            assert_eq!(Comment::read(text), Some(Reading::Malformed), "{text}");
        }
        assert_eq!(Comment::read("# the dictionary: ignore[a] it"), None);
    }
}
