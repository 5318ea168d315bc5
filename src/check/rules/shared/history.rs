//! What became of the definitions of an earlier commit.

use std::collections::HashMap;

use crate::definition::{Definition, History};
use crate::source::Kind;

/// A definition of the earlier commit.
pub(in crate::check::rules) struct Earlier<'d> {
    /// As it was.
    pub(in crate::check::rules) definition: &'d Definition<'d>,
    /// What it defined.
    pub(in crate::check::rules) kind: Kind,
    /// Under which name, before time frames are expanded.
    pub(in crate::check::rules) name: String,
    /// What became of it.
    pub(in crate::check::rules) fate: Fate<'d>,
}

/// What became of an earlier definition.
pub(in crate::check::rules) enum Fate<'d> {
    /// This one has its name, in its file or in another.
    Kept(&'d Definition<'d>),
    /// This metric stands in its file, under a name of its own.
    Renamed(&'d Definition<'d>),
    /// Nothing defines it: to be reported in the file of `place`, whose text is that of `shown`.
    Deleted { shown: &'d Definition<'d>, place: &'d Definition<'d> },
    /// Its file cannot be read, and is reported as such; its name may be in there.
    Unknown,
}

/// Every earlier definition that had a name, in the order of the files.
pub(in crate::check::rules) fn earlier<'d>(
    definitions: &'d [Definition<'d>],
    history: History<'d>,
) -> Vec<Earlier<'d>> {
    let now = Now::new(definitions, history);
    let earlier = history.earlier.iter().filter_map(|old| {
        let (kind, name) = name(old)?;
        let fate = now.fate(old, kind, &name)?;
        Some(Earlier { definition: old, kind, name, fate })
    });
    earlier.collect()
}

/// The definitions of today, by name and by file.
struct Now<'d> {
    by_name: HashMap<(Kind, String), Vec<&'d Definition<'d>>>,
    by_file: HashMap<(usize, &'d str), &'d Definition<'d>>,
    history: History<'d>,
}

impl<'d> Now<'d> {
    fn new(definitions: &'d [Definition<'d>], history: History<'d>) -> Self {
        let mut now = Self { by_name: HashMap::new(), by_file: HashMap::new(), history };
        for definition in definitions {
            now.by_file.insert(file(definition), definition);
            if let Some(name) = name(definition) {
                now.by_name.entry(name).or_default().push(definition);
            }
        }
        now
    }

    /// What became of a definition; nothing where there is no place to report it.
    fn fate(&self, old: &'d Definition<'d>, kind: Kind, name: &str) -> Option<Fate<'d>> {
        let named = self.by_name.get(&(kind, name.to_owned())).map(Vec::as_slice).unwrap_or_default();
        let same_name = named.iter().find(|definition| file(definition) == file(old)).or(named.first());
        if let Some(current) = same_name {
            return Some(Fate::Kept(current));
        }
        let Some(&same_file) = self.by_file.get(&file(old)) else {
            let place = self.history.deleted.iter().find(|definition| file(definition) == file(old))?;
            return Some(Fate::Deleted { shown: old, place });
        };
        Some(if !same_file.document.is_complete() {
            Fate::Unknown
        } else if kind == Kind::Metric && same_file.text("key_path").is_some() {
            Fate::Renamed(same_file)
        } else {
            Fate::Deleted { shown: same_file, place: same_file }
        })
    }
}

/// What a definition is known by before its time frames are expanded.
fn name(definition: &Definition<'_>) -> Option<(Kind, String)> {
    let kind = definition.kind()?;
    let name = match kind {
        Kind::Metric => definition.text("key_path")?.to_owned(),
        Kind::Event => definition.names().first()?.name.clone().into_owned(),
    };
    Some((kind, name))
}

/// By what a file is the same before and after.
fn file<'s>(definition: &Definition<'s>) -> (usize, &'s str) {
    (definition.source.source, &definition.source.path)
}
