//! The linked model: every metric and event that a name can be read of, with its owner and its links both ways.
//!
//! Takes definitions, vocabulary and findings; gives an immutable [`Dictionary`] that pages, exports and commands read.

mod checked;
mod computation;
mod facet;
mod item;
mod json;
mod link;
mod meaning;
mod milestone;
mod slug;

use std::collections::HashMap;
use std::ops::Range;

use rayon::prelude::*;

use crate::check::{Finding, Hidden};
use crate::definition::Definition;
use crate::source::Kind;
use crate::vocabulary::Vocabulary;

pub use checked::{Checked, Summary};
pub use computation::{computation, window};
pub use facet::{Facet, FacetValue, NO_GROUP, folded};
pub use item::{Item, Life, NO_DATA_CATEGORY, Owner, Use};
pub(crate) use json::VERSION;
pub use json::{FindingJson, ItemJson, RelatedJson};
pub use meaning::meaning;
pub use milestone::{Milestone, newest_first};
pub use slug::slug;

/// Everything the definitions say, linked.
#[derive(Debug)]
pub struct Dictionary<'d> {
    /// All definitions, those without a readable name included.
    pub definitions: &'d [Definition<'d>],
    /// All findings, sorted by place.
    pub findings: &'d [Finding],
    /// How many findings are not among them.
    pub hidden: Hidden,
    /// Known groups and categories.
    pub vocabulary: &'d Vocabulary,
    /// Metrics, then events, each sorted by name; the same name twice stands side by side.
    pub items: Vec<Item<'d>>,
    findings_by_file: HashMap<usize, Range<usize>>,
}

impl<'d> Dictionary<'d> {
    /// Links the definitions. `findings` must be sorted as [`crate::check::run`] gives them.
    pub fn link(
        definitions: &'d [Definition<'d>],
        vocabulary: &'d Vocabulary,
        findings: &'d [Finding],
    ) -> Self {
        // Names are put in order before items are made, which are larger.
        let names_of = |definition: &'d Definition<'d>| {
            let named = definition.kind().map(|kind| (kind, definition.names()));
            named
                .into_iter()
                .flat_map(move |(kind, names)| names.into_iter().map(move |name| (kind, name, definition)))
        };
        let mut names: Vec<_> = definitions.par_iter().flat_map_iter(names_of).collect();
        names.par_sort_by(|(a_kind, a_name, a), (b_kind, b_name, b)| {
            (a_kind, &a_name.name, a.file).cmp(&(b_kind, &b_name.name, b.file))
        });
        let item = |(kind, name, definition)| Item::new(kind, name, definition, vocabulary);
        let mut items: Vec<Item<'d>> = names.into_par_iter().map(item).collect();
        link::link(&mut items);
        let mut findings_by_file = HashMap::new();
        let mut start = 0;
        for chunk in findings.chunk_by(|a, b| a.file == b.file) {
            findings_by_file.insert(chunk[0].file, start..start + chunk.len());
            start += chunk.len();
        }
        Self { definitions, findings, hidden: Hidden::default(), vocabulary, items, findings_by_file }
    }

    /// With the number of findings that are kept out of `findings`, for the summary.
    #[must_use]
    pub fn hiding(mut self, hidden: Hidden) -> Self {
        self.hidden = hidden;
        self
    }

    /// The items of one kind.
    pub fn items_of(&self, kind: Kind) -> &[Item<'d>] {
        let events = self.items.partition_point(|item| item.kind < Kind::Event);
        match kind {
            Kind::Metric => &self.items[..events],
            Kind::Event => &self.items[events..],
        }
    }

    /// The items of one kind, grouped by name: one group of indices into the items for each page.
    pub fn pages_of(&self, kind: Kind) -> Vec<Range<usize>> {
        let mut next = self.items.partition_point(|item| item.kind < kind);
        let same_name = |items: &[Item<'_>]| {
            let first = next;
            next += items.len();
            first..next
        };
        self.items_of(kind).chunk_by(|a, b| a.name == b.name).map(same_name).collect()
    }

    /// The first item of each page of one kind: indices into the items, each name once.
    pub fn first_of_pages(&self, kind: Kind) -> Vec<usize> {
        self.pages_of(kind).into_iter().map(|same_name| same_name.start).collect()
    }

    /// Every item with a name; `kind` narrows.
    pub fn named(&self, name: &str, kind: Option<Kind>) -> Vec<&Item<'d>> {
        let of_kind = |kind| {
            let items = self.items_of(kind);
            let start = items.partition_point(|item| item.name.as_ref() < name);
            items[start..].iter().take_while(|item| item.name == name)
        };
        let kinds =
            [Kind::Metric, Kind::Event].into_iter().filter(|known| kind.is_none_or(|kind| kind == *known));
        kinds.flat_map(of_kind).collect()
    }

    /// The findings about one file.
    pub fn findings_in(&self, file: usize) -> &'d [Finding] {
        self.findings_by_file.get(&file).map(|range| &self.findings[range.clone()]).unwrap_or_default()
    }

    /// The files that give no item: unreadable, empty, or without a name.
    pub fn nameless(&self) -> Vec<&'d Definition<'d>> {
        self.definitions.iter().filter(|definition| definition.is_nameless()).collect()
    }

    /// What a report is about.
    pub fn checked(&self) -> Checked<'d> {
        Checked { definitions: self.definitions, findings: self.findings, hidden: self.hidden }
    }

    /// The numbers.
    pub fn summary(&self) -> Summary {
        let [metrics, events] = [Kind::Metric, Kind::Event].map(|kind| self.items_of(kind).len());
        self.checked().summary_of(metrics, events)
    }
}
