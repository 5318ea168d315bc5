//! Items as JSON: in one object, or an object on each line.
//!
//! An item always stands on a line of its own, so that `grep` and `diff` can work with it.

use std::io::{Result, Write};

use super::each;
use crate::dictionary::{Dictionary, Item, ItemJson, VERSION};
use crate::report::json_line;

/// Writes `{"version":1,"items":[…]}`.
pub(super) fn json(items: &[&Item<'_>], dictionary: &Dictionary<'_>, out: &mut dyn Write) -> Result<()> {
    write!(out, "{{\"version\":{VERSION},\"items\":[")?;
    let mut separator: &[u8] = b"\n";
    lines(items, dictionary, |line| {
        out.write_all(std::mem::replace(&mut separator, b",\n"))?;
        out.write_all(line)
    })?;
    writeln!(out, "\n]}}")
}

/// Writes an object and a line break for each item.
pub(super) fn ndjson(items: &[&Item<'_>], dictionary: &Dictionary<'_>, out: &mut dyn Write) -> Result<()> {
    lines(items, dictionary, |line| {
        out.write_all(line)?;
        out.write_all(b"\n")
    })
}

/// Hands on each item as a line, without a line break.
fn lines(
    items: &[&Item<'_>],
    dictionary: &Dictionary<'_>,
    write: impl FnMut(&[u8]) -> Result<()>,
) -> Result<()> {
    each(items, |item, line| json_line(&ItemJson::new(item, dictionary), line), write)
}
