//! One metric or event.

use std::borrow::Cow;

use super::slug;
use crate::definition::{Definition, EventUse, ExpandedName};
use crate::source::Kind;
use crate::vocabulary::{Group, Unit, Vocabulary, group_key};
use crate::yaml::Node;

/// The data category of definitions that name none.
pub const NO_DATA_CATEGORY: &str = "none";

/// One metric or event under one name. Several metrics may come from one file, by their time frames.
#[derive(Debug)]
pub struct Item<'d> {
    /// Metric or event.
    pub kind: Kind,
    /// The expanded key_path, the action, or `category/action`.
    pub name: Cow<'d, str>,
    /// The file's definition.
    pub definition: &'d Definition<'d>,
    /// The one time frame of a metric.
    pub time_frame: Option<&'d str>,
    life: Life,
    /// Who owns it, if it says.
    pub owner: Option<Owner<'d>>,
    /// In lower case; `none` where there is none. An event's are those of the metrics that count it.
    pub data_categories: Vec<Cow<'d, str>>,
    /// What a metric counts.
    pub uses: Vec<Use<'d>>,
    /// The metrics that count an event: indices into the dictionary's items, ascending.
    pub counted_by: Vec<usize>,
    /// The same metric for other time frames: indices into the dictionary's items, ascending.
    pub siblings: Vec<usize>,
}

/// An event that a metric counts, resolved.
#[derive(Debug)]
pub struct Use<'d> {
    /// How the metric names and counts it.
    pub used: EventUse<'d>,
    /// The events of that name: indices into the dictionary's items; empty where it is not defined.
    pub events: Vec<usize>,
}

/// Who owns an item.
#[derive(Debug, Clone)]
pub struct Owner<'d> {
    /// The group's key; of a group that no vocabulary knows, its spelling as a key.
    pub key: Cow<'d, str>,
    /// What the definition says.
    pub written: &'d str,
    /// The group, where the vocabulary knows it.
    pub group: Option<&'d Group>,
}

impl Owner<'_> {
    /// What pages call the group.
    pub fn name(&self) -> &str {
        self.group.map_or(&self.key, |group| &group.name)
    }
}

/// What a status means for those who look for data.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Life {
    /// Installations send it.
    Live,
    /// Installations send it, but wrong.
    Broken,
    /// Only older installations send it.
    Removed,
}

impl Life {
    /// What a status means. Legacy ones (`data_available`, `implemented`) are live.
    fn of(status: &str) -> Self {
        let is = |word: &&str| status.eq_ignore_ascii_case(word);
        if ["removed", "not_used", "deprecated"].iter().any(is) {
            Self::Removed
        } else if is(&"broken") {
            Self::Broken
        } else {
            Self::Live
        }
    }

    /// `live`, `broken` or `removed`: the word by which pages and scripts know it.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Live => "live",
            Self::Broken => "broken",
            Self::Removed => "removed",
        }
    }
}

impl<'d> Item<'d> {
    /// The item of one of the names that a definition gives, not linked yet.
    pub(super) fn new(
        kind: Kind,
        name: ExpandedName<'d>,
        definition: &'d Definition<'d>,
        vocabulary: &'d Vocabulary,
    ) -> Self {
        let owner = definition.text("product_group").filter(|written| !group_key(written).is_empty()).map(
            |written| match vocabulary.group(written) {
                Some(group) => Owner { key: Cow::Borrowed(&group.key), written, group: Some(group) },
                None => Owner { key: group_key(written).into(), written, group: None },
            },
        );
        let data_category = match (kind, definition.text("data_category")) {
            (Kind::Metric, Some(written)) => super::facet::folded(written),
            _ => Cow::Borrowed(NO_DATA_CATEGORY),
        };
        Self {
            kind,
            life: Life::of(definition.status()),
            name: name.name,
            definition,
            time_frame: name.time_frame,
            owner,
            data_categories: vec![data_category],
            uses: Vec::new(),
            counted_by: Vec::new(),
            siblings: Vec::new(),
        }
    }

    /// Whether a metric counts all its events by the same property and in the same way.
    pub fn counts_alike(&self) -> bool {
        self.uses.windows(2).all(|pair| {
            pair[0].used.unique == pair[1].used.unique && pair[0].used.operator == pair[1].used.operator
        })
    }

    /// The address of the item's page below the site's root, with a final `/`.
    pub fn url(&self) -> String {
        [self.kind.plural(), "/", &slug(&self.name), "/"].concat()
    }

    /// The stage of its owner, where the vocabulary knows it.
    pub fn stage(&self) -> Option<&'d Unit> {
        self.owner.as_ref()?.group?.stage.as_ref()
    }

    /// The section of its owner's stage, where the vocabulary knows it.
    pub fn section(&self) -> Option<&'d Unit> {
        self.owner.as_ref()?.group?.section.as_ref()
    }

    /// The status by which it is listed, in lower case; `none` for an empty text.
    pub fn status_key(&self) -> Cow<'d, str> {
        Some(super::facet::folded(self.definition.status()))
            .filter(|key| !key.is_empty())
            .unwrap_or("none".into())
    }

    /// The time frame by which it is listed, in lower case.
    pub fn time_frame_key(&self) -> Option<Cow<'d, str>> {
        self.time_frame.map(super::facet::folded).filter(|key| !key.is_empty())
    }

    /// The milestone in which it was removed, if it says.
    pub fn removed_in(&self) -> Option<&'d str> {
        self.text("milestone_removed").filter(|milestone| !milestone.trim().is_empty())
    }

    /// The text of a field.
    pub fn text(&self, field: &str) -> Option<&'d str> {
        self.definition.text(field)
    }

    /// The texts of a list.
    pub fn texts(&self, field: &str) -> Vec<&'d str> {
        self.definition.get(field).map(Node::texts).unwrap_or_default()
    }

    /// The texts of a list, under today's field name or the one it had before.
    fn texts_or_legacy(&self, field: &str, legacy: &str) -> Vec<&'d str> {
        self.texts(if self.definition.get(field).is_some() { field } else { legacy })
    }

    /// The description, empty where there is none.
    pub fn description(&self) -> &'d str {
        self.text("description").unwrap_or_default()
    }

    /// An event's action.
    pub fn action(&self) -> Option<&'d str> {
        if self.kind == Kind::Event { self.text("action") } else { None }
    }

    /// Whether the data categories are those of the metrics that count the event.
    pub fn has_derived_data_categories(&self) -> bool {
        self.kind == Kind::Event && self.data_categories != [NO_DATA_CATEGORY]
    }

    /// The product categories, under today's field or that of GitLab 13.
    pub fn product_categories(&self) -> Vec<&'d str> {
        let written = self.texts_or_legacy("product_categories", "product_category");
        written.into_iter().filter(|category| !category.is_empty()).collect()
    }

    /// The tiers, under today's field or that of GitLab 13.
    pub fn tiers(&self) -> Vec<&'d str> {
        self.texts_or_legacy("tiers", "tier")
    }

    /// What the status means.
    pub fn life(&self) -> Life {
        self.life
    }
}
