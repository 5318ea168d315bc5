//! Known groups, product categories and data categories: who owns what, in every spelling.
//!
//! Takes the files that the configuration names, or those of the usual names below each root; gives one
//! [`Vocabulary`]. What no file names is unknown, not wrong: rules ask whether there is a list at all.

mod groups;

use std::borrow::Cow;
use std::collections::{BTreeSet, HashMap};
use std::path::{Path, PathBuf};

use serde::de::DeserializeOwned;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::source::{Source, read_to_string};

pub use groups::{Contact, Group, Unit};

/// Where a root keeps its groups, in order of preference.
const GROUP_FILES: &[&str] = &["groups.yml", "stages.yml", "metrics/schema/product_groups.json"];
/// Where a root keeps its product categories.
const PRODUCT_CATEGORY_FILES: &[&str] = &["product_categories.yml", "feature_categories.yml"];
/// Where a root keeps its data categories.
const DATA_CATEGORY_FILES: &[&str] = &["data_categories.yml"];

/// The `[vocabulary]` table. Without it each root is searched for files of the usual names.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct VocabularyConfig {
    /// `groups.yml`, GitLab's `stages.yml`, or a JSON Schema enum.
    pub groups: Option<PathBuf>,
    /// A list of product categories.
    pub product_categories: Option<PathBuf>,
    /// A list of data categories.
    pub data_categories: Option<PathBuf>,
}

impl VocabularyConfig {
    /// Whether nothing is named, so that the roots are searched.
    pub fn is_empty(&self) -> bool {
        self.groups.is_none() && self.product_categories.is_none() && self.data_categories.is_none()
    }
}

/// Known groups and categories.
#[derive(Debug, Default)]
pub struct Vocabulary {
    groups: Vec<Group>,
    /// From folded keys, former keys and names to indices into `groups`.
    group_index: HashMap<String, usize>,
    product_categories: Option<BTreeSet<String>>,
    data_categories: Vec<DataCategory>,
}

/// One entry of `data_categories.yml`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DataCategory {
    /// The key that definitions name.
    pub key: String,
    /// What pages call it.
    pub name: String,
    /// What it means and who may turn it off.
    #[serde(default)]
    pub description: String,
}

impl Vocabulary {
    /// Reads the configured files, or those found below the roots of the sources.
    ///
    /// # Errors
    /// When a file cannot be read or has none of the known layouts.
    pub fn load(config: &VocabularyConfig, sources: &[Source]) -> Result<Self> {
        let mut vocabulary = Self::default();
        if config.is_empty() {
            for source in sources {
                let found = |names: &[&str]| {
                    names.iter().map(|name| source.root.join(name)).find(|path| path.is_file())
                };
                let files = (found(GROUP_FILES), found(PRODUCT_CATEGORY_FILES), found(DATA_CATEGORY_FILES));
                vocabulary.add(files.0, files.1, files.2)?;
            }
        } else {
            let named = config.clone();
            vocabulary.add(named.groups, named.product_categories, named.data_categories)?;
        }
        Ok(vocabulary)
    }

    fn add(
        &mut self,
        groups: Option<PathBuf>,
        product_categories: Option<PathBuf>,
        data_categories: Option<PathBuf>,
    ) -> Result<()> {
        if let Some(path) = groups {
            for group in groups::read(&path)? {
                self.add_group(group);
            }
        }
        if let Some(path) = product_categories {
            self.product_categories.get_or_insert_default().extend(parse::<Vec<String>>(&path)?);
        }
        if let Some(path) = data_categories {
            self.data_categories.extend(parse::<Vec<DataCategory>>(&path)?);
        }
        Ok(())
    }

    pub(crate) fn add_group(&mut self, group: Group) {
        let index = self.groups.len();
        // Present keys win over names and former keys, whichever comes first.
        self.group_index.insert(fold(&group.key).into_owned(), index);
        for spelling in group.former_keys.iter().chain([&group.name]) {
            self.group_index.entry(fold(spelling).into_owned()).or_insert(index);
        }
        self.groups.push(group);
    }

    /// Whether there is a list of groups to check against.
    pub fn has_groups(&self) -> bool {
        !self.groups.is_empty()
    }

    /// All groups, in the order of their files.
    pub fn groups(&self) -> &[Group] {
        &self.groups
    }

    /// The keys of all groups.
    pub fn group_keys(&self) -> impl Iterator<Item = &str> {
        self.groups.iter().map(|group| group.key.as_str())
    }

    /// The group that any spelling names: `code_review`, `group::code review`, `Code Review`, a former key.
    pub fn group(&self, written: &str) -> Option<&Group> {
        self.group_index.get(fold(written).as_ref()).map(|&index| &self.groups[index])
    }

    /// The known product categories, if there is a list.
    pub fn product_categories(&self) -> Option<&BTreeSet<String>> {
        self.product_categories.as_ref()
    }

    /// The known data categories.
    pub fn data_categories(&self) -> &[DataCategory] {
        &self.data_categories
    }

    /// The data category with a key, if it is known.
    pub fn data_category(&self, key: &str) -> Option<&DataCategory> {
        self.data_categories.iter().find(|known| known.key == key)
    }

    /// The keys of the known data categories; empty without a list.
    pub fn data_category_keys(&self) -> Vec<&str> {
        self.data_categories.iter().map(|category| category.key.as_str()).collect()
    }
}

/// The files that [`Vocabulary::load`] reads or looks for; they need not exist.
pub fn files(config: &VocabularyConfig, sources: &[Source]) -> Vec<PathBuf> {
    let VocabularyConfig { groups, product_categories, data_categories } = config;
    if !config.is_empty() {
        return [groups, product_categories, data_categories].into_iter().flatten().cloned().collect();
    }
    let names = [GROUP_FILES, PRODUCT_CATEGORY_FILES, DATA_CATEGORY_FILES].concat();
    sources.iter().flat_map(|source| names.iter().map(|name| source.root.join(name))).collect()
}

/// What all spellings of one group have in common: `group::code review` and `code-review` become `code_review`.
pub fn fold(written: &str) -> Cow<'_, str> {
    let is_folded = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_';
    if written.bytes().all(is_folded) { written.into() } else { group_key(written).replace('-', "_").into() }
}

/// A group's spelling as a key: without `group::`, in lower case, words joined by `_`.
pub fn group_key(written: &str) -> String {
    let lower = written.trim().to_lowercase();
    let bare = lower.strip_prefix("group::").unwrap_or(&lower);
    bare.split_whitespace().collect::<Vec<_>>().join("_")
}

/// Reads a typed side file.
fn parse<T: DeserializeOwned>(path: &Path) -> Result<T> {
    let text = read_to_string(path)?;
    serde_yaml::from_str(&text).map_err(|error| invalid(path, &error))
}

fn invalid(path: &Path, error: &serde_yaml::Error) -> Error {
    let line = error.location().map(|location| location.line());
    Error::Invalid { path: path.to_path_buf(), line, message: error.to_string() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn group(key: &str, former: &[&str]) -> Group {
        Group {
            key: key.to_owned(),
            name: "Code Review".to_owned(),
            former_keys: former.iter().map(|&key| key.to_owned()).collect(),
            ..Group::default()
        }
    }

    #[test]
    fn every_spelling_names_the_group() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add_group(group("code_review", &["reviews"]));
        for spelling in [
            "code_review",
            "group::code review",
            "group::code_review",
            "Code Review",
            "code-review",
            "reviews",
        ] {
            assert_eq!(vocabulary.group(spelling).unwrap().key, "code_review", "{spelling}");
        }
        assert!(vocabulary.group("code").is_none());
        assert!(vocabulary.groups()[0].was("reviews") && !vocabulary.groups()[0].was("code-review"));
    }

    #[test]
    fn a_present_key_wins_over_a_former_one() {
        let mut vocabulary = Vocabulary::default();
        vocabulary.add_group(group("editor", &["ide"]));
        vocabulary.add_group(group("ide", &[]));
        assert_eq!(vocabulary.group("ide").unwrap().key, "ide");
    }

    #[test]
    fn unknown_spellings_become_keys() {
        assert_eq!(group_key("group::product intelligence"), "product_intelligence");
        assert_eq!(group_key("5-min-app"), "5-min-app");
    }
}
