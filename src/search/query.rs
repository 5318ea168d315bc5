//! The query language: a text in, groups of words, exclusions and filters out. See `docs/search.md`, section 3;
//! `themes/default/static/search/query.js` is the twin of this file.

use std::collections::HashSet;

use serde::Serialize;

use super::facets::Column;
use super::filters::suggestions;
use super::words::{lower, words};

/// The most words and phrases of a query, and the most words of a phrase: the pages' script keeps a bit for each.
const MOST: usize = 30;

/// What a query asks for.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Query {
    /// All of them must match.
    pub(super) groups: Vec<Group>,
    /// None of them may match.
    pub(super) not: Vec<Alternative>,
    pub(super) filters: Vec<Filter>,
    /// The words as typed, where they may be a name.
    pub(super) said: Option<String>,
    /// Whether the last word of the last group may be unfinished.
    pub(super) open: bool,
    pub(super) notices: Vec<Notice>,
}

/// One of them must match.
pub(super) type Group = Vec<Alternative>;
/// All of them must match.
pub(super) type Alternative = Vec<Leaf>;

/// A word, or words side by side, in one field or in any.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Leaf {
    /// At least one; several make a phrase.
    pub(super) words: Vec<String>,
    pub(super) field: Option<&'static str>,
}

/// `group:a,b`: the values as written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Filter {
    /// The place of the column.
    pub(super) column: usize,
    pub(super) not: bool,
    pub(super) values: Vec<String>,
}

/// What is worth saying about a query or its hits.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Notice {
    /// See `docs/search.md`, section 6.
    pub kind: &'static str,
    /// In words.
    pub text: String,
    /// What could have been meant.
    pub suggestions: Vec<String>,
}

impl Notice {
    pub(super) fn new(kind: &'static str, text: impl Into<String>) -> Self {
        Self { kind, text: text.into(), suggestions: Vec::new() }
    }
}

/// The kinds of notices, in the order in which they are shown.
const NOTICES: [&str; 8] = [
    "unknown-filter",
    "unknown-value",
    "missing-value",
    "too-many-words",
    "lonely-or",
    "respelled",
    "some-words",
    "outside-filters",
];

/// Puts notices in the order of their kinds, the same text once.
pub(super) fn in_order(notices: &mut Vec<Notice>) {
    let mut seen = HashSet::new();
    notices.retain(|notice| seen.insert(notice.text.clone()));
    notices.sort_by_key(|notice| NOTICES.iter().position(|kind| *kind == notice.kind));
}

/// What stands between white space.
enum Clause {
    Or,
    Text {
        text: String,
        quoted: bool,
        field: Option<&'static str>,
        not: bool,
    },
    Filter(Filter),
    /// As if it were not there.
    Nothing,
}

impl Query {
    /// Reads a query; there is none that it refuses.
    pub(super) fn parse(text: &str, columns: &[Column]) -> Self {
        let mut reading = Reading::default();
        let mut rest = text;
        while let Some(clause) = next_clause(&mut rest, columns, &mut reading.query.notices) {
            reading.take(clause);
        }
        reading.finish()
    }

    /// All single words of some of the query's groups, and whether each may be unfinished.
    pub(super) fn words<'g>(&self, groups: &'g [Group]) -> impl Iterator<Item = (&'g str, bool)> {
        groups.iter().flatten().flatten().filter_map(|leaf| match &leaf.words[..] {
            [word] => Some((word.as_str(), self.is_open(leaf))),
            _ => None,
        })
    }

    /// The word that may be unfinished.
    pub(super) fn open_word(&self) -> Option<&str> {
        self.words(&self.groups).find(|(_, open)| *open).map(|(word, _)| word)
    }

    /// Whether one of the query's leaves is the word that may be unfinished.
    pub(super) fn is_open(&self, leaf: &Leaf) -> bool {
        let last = self.groups.last().and_then(|group| group.last()?.last());
        self.open && last.is_some_and(|last| std::ptr::eq(last, leaf))
    }
}

/// The names of the fields that a query may ask for.
const FIELDS: [(&str, &str); 3] = [("name", "name"), ("desc", "description"), ("description", "description")];

/// Reads what stands before the next white space or behind a closing quote; nothing at the end.
fn next_clause(rest: &mut &str, columns: &[Column], notices: &mut Vec<Notice>) -> Option<Clause> {
    *rest = rest.trim_start();
    if rest.is_empty() {
        return None;
    }
    let not =
        rest.strip_prefix('-').is_some_and(|after| after.starts_with(|next: char| !next.is_whitespace()));
    if not {
        *rest = &rest[1..];
    }
    let operator = take_operator(rest);
    let opened = rest.starts_with('"');
    let (value, is_quoted) = take_value(rest);
    let text = |text: &str, quoted, field| Clause::Text { text: text.to_owned(), quoted, field, not };
    let Some(operator) = operator else {
        let is_or = value == "OR" && !opened && !not;
        return Some(if is_or { Clause::Or } else { text(value, is_quoted, None) });
    };
    let name = lower(operator).replace('_', "-");
    let field = FIELDS.iter().find(|(known, _)| *known == name).map(|(_, field)| *field);
    let column = columns.iter().position(|column| column.is_called(operator));
    if field.is_none() && column.is_none() {
        if !value.is_empty() && !value.starts_with("//") {
            notices.push(unknown_filter(operator, columns));
        }
        return Some(text(&format!("{operator}:{value}"), false, None));
    }
    let values = if is_quoted || field.is_some() { vec![value] } else { value.split(',').collect() };
    let values: Vec<String> = values.into_iter().filter(|part| !part.is_empty()).map(str::to_owned).collect();
    Some(match column {
        _ if values.is_empty() => {
            notices.push(Notice::new("missing-value", format!("`{operator}:` wants a value")));
            Clause::Nothing
        }
        Some(column) => Clause::Filter(Filter { column, not, values }),
        None => text(value, is_quoted, field),
    })
}

/// Takes a letter, then letters, `-` and `_`, up to a colon and with it.
fn take_operator<'q>(rest: &mut &'q str) -> Option<&'q str> {
    let (operator, after) = rest.split_once(':')?;
    let mut letters = operator.chars();
    let formed = letters.next()?.is_alphabetic()
        && letters.all(|letter| letter.is_alphabetic() || letter == '-' || letter == '_');
    formed.then(|| {
        *rest = after;
        operator
    })
}

/// Takes a text, and says whether it stood in quotes; a quote that nothing closes is left out.
fn take_value<'q>(rest: &mut &'q str) -> (&'q str, bool) {
    if let Some((text, after)) = rest.strip_prefix('"').and_then(|inside| inside.split_once('"')) {
        *rest = after;
        return (text, true);
    }
    let bare = rest.strip_prefix('"').unwrap_or(rest);
    let (word, after) = bare.split_at(bare.find(char::is_whitespace).unwrap_or(bare.len()));
    *rest = after;
    (word, false)
}

fn unknown_filter(operator: &str, columns: &[Column]) -> Notice {
    let of_columns = columns.iter().flat_map(|column| std::iter::once(&column.name).chain(&column.aliases));
    let known = of_columns.map(String::as_str).chain(FIELDS.map(|(name, _)| name));
    Notice {
        kind: "unknown-filter",
        text: format!("`{operator}:` is no filter, so it is searched for as text"),
        suggestions: suggestions(operator, known.map(|name| (name, name))),
    }
}

/// What has been read so far.
#[derive(Default)]
struct Reading {
    query: Query,
    texts: Vec<Text>,
    /// An `OR` waits for its right side.
    or: bool,
    /// The clause before can be the left side of an `OR`.
    joinable: bool,
    /// A phrase, a field or an `OR` was among the positive clauses: together they are no name.
    unsayable: bool,
    /// The groups there were, to leave out the second of two.
    known: Vec<Group>,
    leaves: usize,
    too_many: bool,
}

/// Words or a phrase, with what `OR` joins to them.
struct Text {
    alternatives: Vec<Alternative>,
    not: bool,
    /// What was typed last is in quotes.
    quoted: bool,
}

impl Reading {
    fn take(&mut self, clause: Clause) {
        match clause {
            Clause::Or if self.or => {}
            Clause::Or if self.joinable => self.or = true,
            Clause::Or => self.lonely_or(),
            Clause::Text { text, quoted, field, not } => {
                let leaves = self.leaves_of(&text, quoted, field);
                if leaves.is_empty() {
                    return;
                }
                if not {
                    self.end_or();
                    self.texts.push(Text { alternatives: vec![leaves], not, quoted });
                    return;
                }
                match self.texts.last_mut().filter(|_| self.or) {
                    Some(left) => {
                        left.alternatives.push(leaves);
                        left.quoted = quoted;
                    }
                    None => self.texts.push(Text { alternatives: vec![leaves], not, quoted }),
                }
                let plain = !quoted && field.is_none() && !self.or;
                match &mut self.query.said {
                    _ if !plain => self.unsayable = true,
                    Some(said) => {
                        said.push(' ');
                        said.push_str(&text);
                    }
                    None => self.query.said = Some(text),
                }
                self.or = false;
                self.joinable = true;
            }
            Clause::Filter(filter) => {
                self.end_or();
                self.query.filters.push(filter);
            }
            Clause::Nothing => {}
        }
    }

    /// What comes now cannot be joined.
    fn end_or(&mut self) {
        if std::mem::take(&mut self.or) {
            self.lonely_or();
        }
        self.joinable = false;
    }

    fn lonely_or(&mut self) {
        self.query.notices.push(Notice::new("lonely-or", "`OR` stands between two words"));
    }

    fn leaves_of(&mut self, text: &str, quoted: bool, field: Option<&'static str>) -> Vec<Leaf> {
        let mut words = words(text);
        if !quoted {
            return words.into_iter().map(|word| Leaf { words: vec![word], field }).collect();
        }
        if words.len() > MOST {
            words.truncate(MOST);
            self.too_many = true;
        }
        if words.is_empty() { Vec::new() } else { vec![Leaf { words, field }] }
    }

    fn finish(mut self) -> Query {
        self.end_or();
        if self.unsayable {
            self.query.said = None;
        }
        for Text { alternatives, not, quoted } in std::mem::take(&mut self.texts) {
            let added = if not {
                for leaves in alternatives {
                    let kept = self.counted(leaves);
                    self.query.not.extend((!kept.is_empty()).then_some(kept));
                }
                false
            } else if let [words] = &alternatives[..] {
                // Each word is a group of its own.
                words.iter().map(|leaf| self.add_group(vec![vec![leaf.clone()]])).last() == Some(true)
            } else {
                self.add_group(alternatives)
            };
            self.query.open = added && !quoted;
        }
        if self.too_many {
            let text = format!("Only the first {MOST} words are searched for");
            self.query.notices.push(Notice::new("too-many-words", text));
        }
        self.query
    }

    /// Adds a group unless it is there; says whether its last leaf counts.
    fn add_group(&mut self, group: Group) -> bool {
        if self.known.contains(&group) {
            return false;
        }
        self.known.push(group.clone());
        let whole = group.last().map(Vec::len);
        let mut kept: Group = group.into_iter().map(|leaves| self.counted(leaves)).collect();
        let counts = kept.last().map(Vec::len) == whole;
        kept.retain(|leaves| !leaves.is_empty());
        if !kept.is_empty() {
            self.query.groups.push(kept);
        }
        counts
    }

    /// The leaves that the script has bits left for, which then are taken.
    fn counted(&mut self, mut leaves: Alternative) -> Alternative {
        let room = MOST - self.leaves;
        self.too_many |= leaves.len() > room;
        leaves.truncate(room);
        self.leaves += leaves.len();
        leaves
    }
}

#[cfg(test)]
mod tests {
    use serde_json::{Value, json};

    use super::super::cases;
    use super::{Alternative, Query};

    /// Leaves as the table writes them.
    fn written(alternatives: &[Alternative]) -> Vec<Vec<String>> {
        let leaf = |leaf: &super::Leaf| {
            let field = leaf.field.map(|field| format!("{field}:")).unwrap_or_default();
            format!("{field}{}", leaf.words.join("+"))
        };
        alternatives.iter().map(|leaves| leaves.iter().map(leaf).collect()).collect()
    }

    #[test]
    fn queries_mean_what_the_table_says() {
        let (cases, columns) = (cases::read(), cases::columns());
        for case in cases["queries"].as_array().unwrap() {
            let text = case["query"].as_str().unwrap();
            let query = Query::parse(text, &columns);
            let filters: Vec<Value> = query
                .filters
                .iter()
                .map(|it| json!({"facet": columns[it.column].name, "not": it.not, "values": it.values}))
                .collect();
            let given = json!({
                "query": text,
                "groups": query.groups.iter().map(|group| written(group)).collect::<Vec<_>>(),
                "not": written(&query.not),
                "filters": filters,
                "said": query.said,
                "open": query.open,
                "notices": query.notices,
            });
            assert_eq!(given, cases::whole(case), "{text}");
        }
    }
}
