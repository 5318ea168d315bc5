//! Where a definition is kept: links to its line, its editor, its uses in the code.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::Serialize;

use crate::dictionary::Item;
use crate::site::markdown;
use crate::source::Source;

/// Unreserved characters (RFC 3986) and `/` stand for themselves in an address.
const KEPT: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// The file of a definition, with the links that its source is configured with.
#[derive(Debug, Serialize)]
pub(super) struct SourceView<'d> {
    path: &'d str,
    /// What the source is called.
    name: Option<&'d str>,
    view_url: Option<String>,
    edit_url: Option<String>,
    search_url: Option<String>,
}

impl<'d> SourceView<'d> {
    pub(super) fn new(item: &Item<'d>, source: &'d Source) -> Self {
        let file = item.definition.source;
        let values = [
            ("{path}", utf8_percent_encode(&file.path, KEPT).to_string()),
            ("{line}", file.text.position(item.definition.start().start).line.to_string()),
            ("{name}", utf8_percent_encode(&item.name, KEPT).to_string()),
        ];
        let link = |template: &Option<String>| {
            let filled = values.iter().fold(template.clone()?, |url, (name, value)| url.replace(name, value));
            markdown::safe_url(&filled)
        };
        Self {
            path: &file.path,
            name: source.name.as_deref(),
            view_url: link(&source.view_url),
            edit_url: link(&source.edit_url),
            search_url: link(&source.search_url),
        }
    }
}
