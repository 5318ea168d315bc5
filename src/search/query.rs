//! The query language: a text in, groups of words, exclusions and filters out. See `docs/search.md`, section 3;
//! `themes/default/static/search/query.js` is the twin of this file.

use serde::Serialize;

use super::facets::Column;
use super::filters::suggestions;
use super::words::words;

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
    /// `group:` without a value.
    Unfinished,
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

    /// All single words that must match or may match, and whether each may be unfinished.
    pub(super) fn words(&self) -> impl Iterator<Item = (&str, bool)> {
        self.groups.iter().flatten().flatten().filter_map(|leaf| match &leaf.words[..] {
            [word] => Some((word.as_str(), self.is_open(leaf))),
            _ => None,
        })
    }

    /// The word that may be unfinished.
    pub(super) fn open_word(&self) -> Option<&str> {
        self.words().find(|(_, open)| *open).map(|(word, _)| word)
    }

    /// Whether one of the query's leaves is the word that may be unfinished.
    pub(super) fn is_open(&self, leaf: &Leaf) -> bool {
        let last = self.groups.last().and_then(|group| group.last()?.last());
        self.open && last.is_some_and(|last| std::ptr::eq(last, leaf))
    }
}

/// The names of the fields that a query may ask for.
const FIELDS: [(&str, &str); 3] = [("name", "name"), ("desc", "description"), ("description", "description")];

/// Reads what stands before the next white space; nothing at the end.
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
    if let Some(text) = quoted(rest) {
        return Some(Clause::Text { text: text.to_owned(), quoted: true, field: None, not });
    }
    *rest = rest.strip_prefix('"').unwrap_or(rest);
    let Some((operator, after)) = operator(rest) else {
        let word = until_space(rest);
        return Some(match word {
            "OR" if !not => Clause::Or,
            _ => Clause::Text { text: word.to_owned(), quoted: false, field: None, not },
        });
    };
    *rest = after;
    let (value, is_quoted) = value(rest);
    let name = operator.to_ascii_lowercase().replace('_', "-");
    if let Some(column) = columns.iter().position(|it| it.name == name || it.aliases.contains(&name)) {
        let parts = if is_quoted { vec![value] } else { value.split(',').collect() };
        let values: Vec<String> =
            parts.into_iter().filter(|part| !part.trim().is_empty()).map(str::to_owned).collect();
        if !values.is_empty() {
            return Some(Clause::Filter(Filter { column, not, values }));
        }
    } else if let Some((_, field)) = FIELDS.iter().find(|(known, _)| *known == name) {
        if !value.trim().is_empty() {
            return Some(Clause::Text { text: value.to_owned(), quoted: is_quoted, field: Some(field), not });
        }
    } else {
        if !value.is_empty() && !value.starts_with("//") {
            notices.push(unknown_filter(operator, &name, columns));
        }
        return Some(Clause::Text { text: format!("{operator}:{value}"), quoted: false, field: None, not });
    }
    notices.push(Notice::new("missing-value", format!("`{operator}:` wants a value")));
    Some(Clause::Unfinished)
}

/// Takes a value, and says whether it stood in quotes.
fn value<'q>(rest: &mut &'q str) -> (&'q str, bool) {
    match quoted(rest) {
        Some(value) => (value, true),
        None => {
            *rest = rest.strip_prefix('"').unwrap_or(rest);
            (until_space(rest), false)
        }
    }
}

/// Takes a text in quotes from the front, if it is closed.
fn quoted<'q>(rest: &mut &'q str) -> Option<&'q str> {
    let (text, after) = rest.strip_prefix('"')?.split_once('"')?;
    *rest = after;
    Some(text)
}

/// Takes everything up to the next white space.
fn until_space<'q>(rest: &mut &'q str) -> &'q str {
    let (word, after) = rest.split_at(rest.find(char::is_whitespace).unwrap_or(rest.len()));
    *rest = after;
    word
}

/// A letter, then letters, `-` and `_`, up to a colon; and what follows the colon.
fn operator(rest: &str) -> Option<(&str, &str)> {
    let (operator, after) = rest.split_once(':')?;
    let mut letters = operator.chars();
    let formed = letters.next()?.is_ascii_alphabetic()
        && letters.all(|letter| letter.is_ascii_alphabetic() || letter == '-' || letter == '_');
    formed.then_some((operator, after))
}

fn unknown_filter(operator: &str, name: &str, columns: &[Column]) -> Notice {
    let of_columns = columns.iter().flat_map(|column| {
        let spellings = std::iter::once(&column.name).chain(&column.aliases);
        spellings.map(|spelling| (spelling.as_str(), column.name.as_str()))
    });
    let known = of_columns.chain(FIELDS.map(|(name, _)| (name, name)));
    Notice {
        kind: "unknown-filter",
        text: format!("`{operator}:` is no filter, so it is searched for as text"),
        suggestions: suggestions(name, known),
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
            Clause::Unfinished => self.end_or(),
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
        for text in std::mem::take(&mut self.texts) {
            self.query.open = !text.not && !text.quoted;
            if text.not {
                if self.has_room(&text.alternatives) {
                    self.query.not.extend(text.alternatives);
                }
            } else if let [words] = &text.alternatives[..] {
                // Each word is a group of its own.
                for leaf in words {
                    self.add_group(vec![vec![leaf.clone()]]);
                }
            } else {
                self.add_group(text.alternatives);
            }
        }
        if self.too_many {
            let text = format!("Only the first {MOST} words are searched for");
            self.query.notices.push(Notice::new("too-many-words", text));
        }
        self.query
    }

    fn add_group(&mut self, group: Group) {
        if self.query.groups.contains(&group) || !self.has_room(&group) {
            self.query.open = false;
        } else {
            self.query.groups.push(group);
        }
    }

    /// Whether the script has bits left for these words and phrases, which then are taken.
    fn has_room(&mut self, alternatives: &[Alternative]) -> bool {
        let leaves = self.leaves + alternatives.iter().map(Vec::len).sum::<usize>();
        if leaves > MOST {
            self.too_many = true;
            return false;
        }
        self.leaves = leaves;
        true
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
