//! Trees that one build leaves for the next, which parses only what it does not find there.
//!
//! A tree is found by its text, whichever file has it. Without these trees, or with ones that cannot be relied on,
//! everything is parsed.

use std::collections::HashMap;
use std::fs;
use std::io;
use std::path::PathBuf;
use std::thread::{self, JoinHandle};

use rayon::prelude::*;
use self_cell::self_cell;
use serde::{Deserialize, Serialize};

use super::{Definition, Tree, document};
use crate::digest::Digest;
use crate::sealed::{Lists, Sealed};
use crate::source::{Limits, SourceFile};
use crate::yaml;

/// The version of the format.
const VERSION: u32 = 1;

/// Trees are left anew once so many out of a hundred definitions had to be parsed: to write all takes longer than to parse
/// a few.
const TOLERATED_PERCENT: usize = 1;

/// What a tree was made of: within other limits a text might be too much.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
struct Key {
    text: Digest,
    limits: Limits,
}

impl Key {
    fn of(source: &SourceFile) -> Self {
        Self { text: source.text.digest(), limits: source.limits }
    }
}

/// A tree, as [`yaml::pack`] gives it, in a list of them.
#[derive(Debug, Serialize, Deserialize)]
struct Packed<'b> {
    key: Key,
    #[serde(borrow)]
    tree: &'b [u8],
}

type ByKey<'b> = HashMap<Key, &'b [u8]>;

self_cell!(
    struct Read {
        owner: Vec<u8>,
        #[covariant]
        dependent: ByKey,
    }
);

/// Trees of an earlier build, on their way.
pub struct Coming(JoinHandle<Trees>);

impl Coming {
    /// Begins to read what an earlier build left in a file, if it is there.
    pub fn from(path: PathBuf) -> Self {
        Self(thread::spawn(|| Trees::read(fs::read(path).unwrap_or_default())))
    }

    /// Waits for them.
    pub fn arrive(self) -> Trees {
        self.0.join().unwrap_or_else(|_| Trees::read(Vec::new()))
    }
}

/// The trees of an earlier build.
pub struct Trees(Read);

impl Trees {
    fn read(bytes: Vec<u8>) -> Self {
        Self(Read::new(bytes, |bytes| by_key(bytes).unwrap_or_default()))
    }

    /// The definitions of all files, in their order, as [`super::parse`] gives them.
    pub fn definitions<'s>(&self, files: &'s [SourceFile]) -> Vec<Definition<'s>> {
        let known = self.0.borrow_dependent();
        let definition = |(file, source): (usize, &'s SourceFile)| {
            let (text, limits) = (source.text.as_str(), source.limits);
            let kept = || yaml::unpack(known.get(&Key::of(source))?, text, limits.depth);
            let document = document(source, || kept().unwrap_or_else(|| yaml::load_within(text, limits)));
            Definition { file, source, document: Tree::Made(document) }
        };
        files.par_iter().enumerate().map(definition).collect()
    }

    /// The trees that are to be left for the next build; `None` while these will do.
    ///
    /// # Errors
    /// None in practice: trees can be written down.
    pub fn renewed(&self, definitions: &[Definition<'_>]) -> io::Result<Option<Lists>> {
        let known = self.0.borrow_dependent();
        let whole = || {
            // Of other texts more is known than the tree says.
            let is_whole = |definition: &&Definition<'_>| definition.source.not_utf8.is_none();
            definitions.par_iter().filter(is_whole).filter(|definition| definition.document.is_plain())
        };
        let parsed = whole().filter(|definition| !known.contains_key(&Key::of(definition.source))).count();
        if parsed * 100 <= definitions.len() * TOLERATED_PERCENT {
            return Ok(None);
        }
        let pack = |definition: &Definition<'_>| {
            let source = definition.source;
            Some((Key::of(source), yaml::pack(&definition.document, source.text.as_str())?))
        };
        let packed: Vec<(Key, Vec<u8>)> = whole().filter_map(pack).collect();
        let packed: Vec<Packed<'_>> = packed.iter().map(|(key, tree)| Packed { key: *key, tree }).collect();
        let mut lists = Lists::new(VERSION)?;
        lists.add(&packed)?;
        Ok(Some(lists))
    }
}

fn by_key(bytes: &[u8]) -> Option<ByKey<'_>> {
    let mut lists = Sealed::open(bytes, VERSION)?;
    let trees: Vec<Packed<'_>> = lists.take_list()?;
    lists.is_at_end().then(|| trees.into_iter().map(|Packed { key, tree }| (key, tree)).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Kind;

    /// What there is to know of definitions with these texts, and the file with trees that they leave behind these.
    fn read(trees: &Trees, texts: &[&[u8]]) -> (String, Option<Vec<u8>>) {
        let file =
            |text: &&[u8]| SourceFile::in_memory(Kind::Metric, "metrics/a.yml".to_owned(), text.to_vec());
        let files: Vec<SourceFile> = texts.iter().map(file).collect();
        let definitions = trees.definitions(&files);
        let left = trees.renewed(&definitions).unwrap();
        let said: Vec<_> = definitions.iter().map(|definition| &*definition.document).collect();
        assert_eq!(format!("{said:?}"), format!("{:?}", plainly(&files)));
        (format!("{said:?}"), left.map(|lists| lists.parts().flatten().copied().collect()))
    }

    fn plainly(files: &[SourceFile]) -> Vec<yaml::Document<'_>> {
        super::super::parse(files).into_iter().map(|definition| definition.document.clone()).collect()
    }

    #[test]
    fn trees_are_found_again_whatever_is_wrong_with_texts() {
        let texts: [&[u8]; 6] = [
            b"key_path: a\n",
            b"key_path: b\n",
            b"a: b: c\n",
            b"",
            b"key_path: \xff\n",
            "key_path: \u{fffd}\n".as_bytes(),
        ];
        let (first, left) = read(&Trees::read(Vec::new()), &texts);
        let trees = Trees::read(left.unwrap());
        assert_eq!(trees.0.borrow_dependent().len(), 3);
        assert_eq!(read(&trees, &texts), (first, None));
    }

    #[test]
    fn trees_are_left_anew_once_too_many_texts_are_new() {
        let texts: Vec<String> = (0..200).map(|number| format!("key_path: a{number}\n")).collect();
        let read = |trees: &Trees, range: std::ops::Range<usize>| {
            let texts: Vec<&[u8]> = texts[range].iter().map(String::as_bytes).collect();
            read(trees, &texts).1
        };
        let trees = Trees::read(read(&Trees::read(Vec::new()), 0..101).unwrap());
        assert!(read(&trees, 1..102).is_none());
        assert!(read(&trees, 0..103).is_some());
        assert!(read(&trees, 0..50).is_none());
    }

    #[test]
    fn a_file_with_a_bit_turned_is_none() {
        let (_, left) = read(&Trees::read(Vec::new()), &[b"key_path: a\n"]);
        let left = left.unwrap();
        for place in 0..left.len() {
            let mut turned = left.clone();
            turned[place] ^= 4;
            assert!(by_key(&turned).is_none(), "byte {place}");
            assert!(by_key(&left[..place]).is_none(), "{place} bytes");
        }
    }
}
