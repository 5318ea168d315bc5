//! What a row of results shows, in chunks of documents.

use serde::Serialize;

use crate::dictionary::{Item, slug};
use crate::search::Search;
use crate::site::to_line;
use crate::source::Kind;
use crate::visible::visible_line;

/// Documents in a chunk.
pub(super) const CHUNK: usize = 32;

/// The characters of a description that a row shows.
const LONGEST_DESCRIPTION: usize = 200;

/// The rows of consecutive documents, a list for each column.
#[derive(Serialize, Default)]
pub(super) struct Rows {
    name: Vec<String>,
    /// Empty where it is the name.
    slug: Vec<String>,
    /// A letter for each: `m` or `e`.
    kind: String,
    description: Vec<String>,
    owner: Vec<String>,
    category: Vec<String>,
    status: Vec<String>,
    time: Vec<String>,
    since: Vec<String>,
}

/// The rows of all documents.
pub(super) fn chunks(search: &Search<'_>) -> Vec<Rows> {
    let items: Vec<&Item<'_>> = search.documents.items(search.dictionary).collect();
    items.chunks(CHUNK).map(Rows::of).collect()
}

impl Rows {
    fn of(items: &[&Item<'_>]) -> Self {
        let mut rows = Self::default();
        for item in items {
            let shown = |text: &str| visible_line(text).into_owned();
            let slug = slug(&item.name);
            rows.slug.push(if slug == item.name { String::new() } else { slug });
            rows.name.push(shown(&item.name));
            rows.kind.push(match item.kind {
                Kind::Metric => 'm',
                Kind::Event => 'e',
            });
            rows.description.push(shown(&to_line(item.description(), LONGEST_DESCRIPTION)));
            rows.owner.push(item.owner.as_ref().map(|owner| shown(owner.name())).unwrap_or_default());
            rows.category.push(shown(&item.data_categories.join(", ")));
            rows.status.push(shown(item.definition.status()));
            rows.time.push(shown(item.time_frame.unwrap_or_default()));
            rows.since.push(shown(item.text("milestone").unwrap_or_default()));
        }
        rows
    }
}
