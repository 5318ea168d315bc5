//! Items as JSON: in one object, or an object on each line.
//!
//! An item always stands on a line of its own, so that `grep` and `diff` can work with it.

use std::io::{Result, Write};

use crate::dictionary::{Dictionary, Item, ItemJson, VERSION};
use crate::report::json_line;

/// Writes `{"version":1,"items":[…]}`.
pub(super) fn json(items: &[&Item<'_>], dictionary: &Dictionary<'_>, out: &mut dyn Write) -> Result<()> {
    write!(out, "{{\"version\":{VERSION},\"items\":[")?;
    for (index, item) in items.iter().enumerate() {
        out.write_all(if index == 0 { b"\n" } else { b",\n" })?;
        line(item, dictionary, out)?;
    }
    writeln!(out, "\n]}}")
}

/// Writes an object and a line break for each item.
pub(super) fn ndjson(items: &[&Item<'_>], dictionary: &Dictionary<'_>, out: &mut dyn Write) -> Result<()> {
    for item in items {
        line(item, dictionary, out)?;
        writeln!(out)?;
    }
    Ok(())
}

/// Writes an item, without a line break.
fn line(item: &Item<'_>, dictionary: &Dictionary<'_>, out: &mut dyn Write) -> Result<()> {
    json_line(&ItemJson::new(item, dictionary), out)
}
