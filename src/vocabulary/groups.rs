//! The three layouts of groups: ours, GitLab's `stages.yml`, and the enum of GitLab's `product_groups.json`.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::{fold, parse};
use crate::error::{Error, Result};
use crate::words::capitalised;

/// A team that owns definitions.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Group {
    /// What definitions write in `product_group`.
    pub key: String,
    /// What pages call it.
    pub name: String,
    /// What it is for.
    pub description: String,
    /// Whom to ask.
    pub contacts: Vec<Contact>,
    /// The group's own page.
    pub url: Option<String>,
    /// Keys it had before; older definitions still name them.
    pub former_keys: Vec<String>,
    /// The stage it belongs to.
    pub stage: Option<Unit>,
    /// The section its stage belongs to.
    pub section: Option<Unit>,
}

impl Group {
    /// Whether a spelling is one of the group's former keys.
    pub fn was(&self, written: &str) -> bool {
        let folded = fold(written);
        folded != fold(&self.key) && self.former_keys.iter().any(|former| fold(former) == folded)
    }
}

/// A stage or section.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Unit {
    /// Its key.
    pub key: String,
    /// What pages call it.
    pub name: String,
}

/// A role or channel with a link.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Contact {
    /// The role or channel: "Product manager", "#g_boards".
    pub name: String,
    /// Where to find it.
    #[serde(default)]
    pub url: Option<String>,
}

/// Reads the groups of a file in any of the layouts.
pub(super) fn read(path: &Path) -> Result<Vec<Group>> {
    if path.extension().is_some_and(|extension| extension == "json") {
        return Ok(from_enum(parse(path)?));
    }
    match parse(path)? {
        Layout { sections: Some(sections), .. } => {
            Ok(sections.into_iter().flat_map(SectionEntry::groups).collect())
        }
        Layout { stages: Some(stages), .. } => {
            Ok(stages.into_iter().flat_map(|(key, stage)| stage.groups(&key)).collect())
        }
        Layout { sections: None, stages: None } => Err(Error::Invalid {
            path: path.to_path_buf(),
            line: None,
            message: "neither `sections` (our layout) nor `stages` (GitLab's) stands at the top".to_owned(),
        }),
    }
}

/// Our layout, or GitLab's, by the key at the top.
#[derive(Deserialize)]
struct Layout {
    sections: Option<Vec<SectionEntry>>,
    stages: Option<BTreeMap<String, GitlabStage>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionEntry {
    key: String,
    name: String,
    #[serde(default)]
    stages: Vec<StageEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StageEntry {
    key: String,
    name: String,
    #[serde(default)]
    groups: Vec<GroupEntry>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct GroupEntry {
    key: String,
    name: String,
    #[serde(default)]
    description: String,
    #[serde(default)]
    contacts: Vec<Contact>,
    #[serde(default)]
    url: Option<String>,
    #[serde(default)]
    former_keys: Vec<String>,
}

impl SectionEntry {
    fn groups(self) -> impl Iterator<Item = Group> {
        let section = Unit { key: self.key, name: self.name };
        self.stages.into_iter().flat_map(move |entry| {
            let (stage, section) = (Unit { key: entry.key, name: entry.name }, section.clone());
            entry.groups.into_iter().map(move |group| Group {
                key: group.key,
                name: group.name,
                description: group.description,
                contacts: group.contacts,
                url: group.url,
                former_keys: group.former_keys,
                stage: Some(stage.clone()),
                section: Some(section.clone()),
            })
        })
    }
}

/// A stage of GitLab's `stages.yml`; its many other keys are not ours.
#[derive(Deserialize)]
struct GitlabStage {
    display_name: Option<String>,
    section: Option<String>,
    #[serde(default)]
    groups: BTreeMap<String, GitlabGroup>,
}

#[derive(Deserialize)]
struct GitlabGroup {
    name: Option<String>,
}

impl GitlabStage {
    fn groups(self, key: &str) -> Vec<Group> {
        let stage = Unit { key: key.to_owned(), name: self.display_name.unwrap_or_else(|| title(key)) };
        let section = self.section.map(|key| Unit { name: title(&key), key });
        let group = |(key, group): (String, GitlabGroup)| Group {
            name: group.name.unwrap_or_else(|| title(&key)),
            key,
            stage: Some(stage.clone()),
            section: section.clone(),
            ..Group::default()
        };
        self.groups.into_iter().map(group).collect()
    }
}

/// A JSON Schema that lists the keys of groups.
#[derive(Deserialize)]
struct GroupEnum {
    #[serde(rename = "enum")]
    keys: Vec<String>,
}

fn from_enum(schema: GroupEnum) -> Vec<Group> {
    schema.keys.into_iter().map(|key| Group { name: title(&key), key, ..Group::default() }).collect()
}

/// A name for a key that has none: `code_review` becomes `Code Review`.
pub(crate) fn title(key: &str) -> String {
    let words = key.split(['_', ' ']).filter(|word| !word.is_empty()).map(capitalised);
    words.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_text(name: &str, text: &str) -> Result<Vec<Group>> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join(name);
        std::fs::write(&path, text).unwrap();
        read(&path)
    }

    #[test]
    fn our_layout_nests_sections_stages_groups() {
        let text = "sections:\n- key: dev\n  name: Dev\n  stages:\n  - key: plan\n    name: Plan\n    groups:\n    - {key: boards, name: Boards}\n";
        let groups = read_text("groups.yml", text).unwrap();
        assert_eq!(groups[0].stage.as_ref().unwrap().key, "plan");
        assert_eq!(groups[0].section.as_ref().unwrap().name, "Dev");
    }

    #[test]
    fn gitlabs_stages_file_is_read() {
        let text = "stages:\n  manage:\n    display_name: Manage\n    section: dev\n    pm: [x]\n    groups:\n      import:\n        name: Import\n        label: group::import\n";
        let groups = read_text("stages.yml", text).unwrap();
        assert_eq!((groups[0].key.as_str(), groups[0].name.as_str()), ("import", "Import"));
        assert_eq!(groups[0].section.as_ref().unwrap().key, "dev");
    }

    #[test]
    fn gitlabs_enum_is_read() {
        let groups =
            read_text("product_groups.json", r#"{"type": "string", "enum": ["5-min-app", "code_review"]}"#);
        assert_eq!(groups.unwrap()[1].name, "Code Review");
    }

    #[test]
    fn another_layout_names_the_file() {
        let message = read_text("groups.yml", "teams: []").unwrap_err().to_string();
        assert!(message.contains("groups.yml") && message.contains("sections"), "{message}");
    }
}
