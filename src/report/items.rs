//! `show --format human`: what a metric or event is, who owns it, what it counts or is counted by.

use std::io::Write;

use crate::dictionary::{Dictionary, Item, computation};
use crate::error::Result;
use crate::source::Kind;
use crate::visible::{visible, visible_line};
use crate::words;

/// Writes a block for each item.
///
/// # Errors
/// When the writer fails.
pub fn items(items: &[&Item<'_>], dictionary: &Dictionary<'_>, out: &mut dyn Write) -> Result<()> {
    for (index, item) in items.iter().enumerate() {
        if index > 0 {
            writeln!(out)?;
        }
        show(item, dictionary, out)?;
    }
    Ok(())
}

fn show(item: &Item<'_>, dictionary: &Dictionary<'_>, out: &mut dyn Write) -> Result<()> {
    let file = item.definition.source;
    writeln!(out, "{} {}", item.kind.as_str(), visible_line(&item.name))?;
    for line in item.description().lines() {
        writeln!(out, "  {}", visible(line))?;
    }
    if !item.definition.document.is_complete() {
        writeln!(out, "  (the file could not be read whole: fields may be missing here)")?;
    }
    writeln!(out)?;
    let mut row = |label: &str, value: &str| -> Result<()> {
        if value.is_empty() { Ok(()) } else { Ok(writeln!(out, "  {label:16} {}", visible_line(value))?) }
    };
    row("owner", &owner(item))?;
    let derived = if item.kind == Kind::Event { " (from the metrics that count it)" } else { "" };
    row("data category", &format!("{}{derived}", item.data_categories.join(", ")))?;
    row("status", item.definition.status())?;
    row("time frame", item.time_frame.unwrap_or_default())?;
    for (label, field) in [
        ("data source", "data_source"),
        ("value type", "value_type"),
        ("since", "milestone"),
        ("removed in", "milestone_removed"),
    ] {
        row(label, item.text(field).unwrap_or_default())?;
    }
    row("tiers", &item.tiers().join(", "))?;
    row("categories", &item.product_categories().join(", "))?;
    row("computation", &computation(item).unwrap_or_default().replace('`', ""))?;
    for used in &item.uses {
        let unique = used.used.unique.map(|unique| format!(", unique {unique}")).unwrap_or_default();
        let operator = used.used.operator.map(|operator| format!(", {operator}")).unwrap_or_default();
        let known = if used.events.is_empty() { " (not defined)" } else { "" };
        row("counts event", &format!("{}{unique}{operator}{known}", used.used.name))?;
    }
    for &metric in &item.counted_by {
        row("counted by", &dictionary.items[metric].name)?;
    }
    let line = file.text.position(item.definition.start().start).line;
    row("defined in", &format!("{}:{line}", file.display_path))?;
    let findings = dictionary.findings_in(item.definition.file).len();
    if findings > 0 {
        row(
            "findings",
            &format!("{}: see `check {}`", words::count(findings, "finding"), file.display_path),
        )?;
    }
    Ok(())
}

/// `Boards (boards), stage Plan, section Development`
fn owner(item: &Item<'_>) -> String {
    let Some(owner) = &item.owner else { return "nobody is named".to_owned() };
    let Some(group) = owner.group else { return format!("{} (in no vocabulary)", owner.key) };
    let mut words = format!("{} ({})", group.name, group.key);
    for (unit, label) in [(&group.stage, "stage"), (&group.section, "section")] {
        if let Some(unit) = unit {
            words.push_str(&format!(", {label} {}", unit.name));
        }
    }
    words
}
