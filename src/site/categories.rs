//! What falls under a data category, whole: one page for printing, one table for spreadsheets.
//!
//! Legal pages and customers link to these addresses.

use serde::Serialize;
use tera::Value;

use super::listing::counted;
use super::markdown;
use super::page::{Link, Page, Pages};
use super::{Commit, File};
use crate::dictionary::{Facet, FacetValue, Item, meaning, window};
use crate::error::Result;
use crate::export;

#[derive(Serialize)]
struct Body<'d> {
    key: &'d str,
    name: &'d str,
    about: Value,
    counted: String,
    /// When the definitions were like this, where git is at hand.
    as_of: Option<String>,
    metrics: Vec<Entry<'d>>,
    events: Vec<Entry<'d>>,
}

/// An item with all that a reader on paper wants to know.
#[derive(Serialize)]
struct Entry<'d> {
    item: Link,
    description: String,
    owner: &'d str,
    status: &'d str,
    life: &'static str,
    time_frame: Option<&'d str>,
    window: Option<&'static str>,
    milestone: Option<&'d str>,
    milestone_removed: Option<&'d str>,
}

/// `all.html` and `all.csv` of a data category.
pub(super) fn whole_lists(pages: &Pages<'_>, value: &FacetValue<'_>, crumbs: &[Link]) -> Result<Vec<File>> {
    let dictionary = pages.input.dictionary;
    let folder = Facet::DataCategory.url(&value.key);
    let items: Vec<&Item<'_>> = value.items.iter().map(|&index| &dictionary.items[index]).collect();
    let known = dictionary.vocabulary.data_category(&value.key);
    let description =
        known.map(|known| known.description.as_str()).or(meaning(Facet::DataCategory, &value.key));
    let counted = counted(value.metrics, value.events());
    let page = Page {
        path: format!("{folder}all.html"),
        title: format!("{}: the whole list", value.name),
        description: format!("Everything in the data category {} on one page: {counted}", value.name),
        section: "data-categories",
        crumbs: crumbs.to_vec(),
    };
    let body = Body {
        key: &value.key,
        name: &value.name,
        about: Value::safe_string(&markdown::description(description.unwrap_or_default())),
        counted,
        as_of: pages.input.commit.as_ref().map(Commit::in_words),
        metrics: items[..value.metrics].iter().map(|item| Entry::new(item)).collect(),
        events: items[value.metrics..].iter().map(|item| Entry::new(item)).collect(),
    };
    let mut csv = Vec::new();
    export::write(export::Format::Csv, &items, dictionary, &mut csv)?;
    Ok(vec![pages.render("all.html", &page, &body)?, File { path: format!("{folder}all.csv"), content: csv }])
}

impl<'d> Entry<'d> {
    fn new(item: &'d Item<'d>) -> Self {
        Self {
            item: Link::new(item.name.clone(), item.url()),
            description: markdown::to_line(item.description(), usize::MAX),
            owner: item.owner.as_ref().map_or("no owner", |owner| owner.name()),
            status: item.definition.status(),
            life: item.life().as_str(),
            time_frame: item.time_frame,
            window: window(item),
            milestone: item.text("milestone"),
            milestone_removed: item.removed_in(),
        }
    }
}
