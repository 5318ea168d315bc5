//! Items as CSV, for spreadsheets and data frames: a header, then a row for each item.
//!
//! The columns are an interface, which the guide's page on exporting describes: new ones are added at the end.

use std::borrow::Cow;
use std::collections::HashSet;
use std::io::{Result, Write};

use csv::{QuoteStyle, WriterBuilder};

use crate::dictionary::ItemJson;
use crate::visible::visible;
use crate::yaml::Node;

/// What stands between the values of a list.
const SEPARATOR: &str = ";";

/// What a column says of an item.
type Cell = for<'r> fn(&'r ItemJson<'_>) -> Cow<'r, str>;

/// The columns in their order. What has a name in JSON as well is the same there.
const COLUMNS: [(&str, Cell); 27] = [
    ("kind", |item| item.kind.into()),
    ("name", |item| item.name.into()),
    ("description", |item| item.description.into()),
    ("status", |item| item.status.into()),
    ("group", |item| optional(item.group)),
    ("stage", |item| optional(item.stage)),
    ("section", |item| optional(item.section)),
    ("data_category", |item| item.data_category.join(SEPARATOR).into()),
    ("data_category_derived", |item| item.data_category_derived.to_string().into()),
    ("product_categories", |item| item.product_categories.join(SEPARATOR).into()),
    ("time_frame", |item| optional(item.time_frame)),
    ("data_source", |item| optional(item.data_source)),
    ("value_type", |item| optional(item.value_type)),
    ("tiers", |item| item.tiers.join(SEPARATOR).into()),
    ("performance_indicator_type", |item| item.performance_indicator_type.join(SEPARATOR).into()),
    ("milestone", |item| optional(item.milestone)),
    ("milestone_removed", |item| optional(item.milestone_removed)),
    ("introduced_by_url", |item| field(item, "introduced_by_url")),
    ("removed_by_url", |item| field(item, "removed_by_url")),
    ("repair_issue_url", |item| field(item, "repair_issue_url")),
    ("instrumentation_class", |item| field(item, "instrumentation_class")),
    ("events", |item| event_names(item).join(SEPARATOR).into()),
    ("metrics", |item| item.metrics.join(SEPARATOR).into()),
    ("path", |item| item.path.into()),
    ("line", |item| item.line.to_string().into()),
    ("url", |item| item.url.as_str().into()),
    ("findings", |item| item.findings.len().to_string().into()),
];

/// The names of the columns.
pub(super) fn header() -> Vec<u8> {
    let names = COLUMNS.map(|(name, _)| format!("\"{name}\""));
    format!("{}\n", names.join(",")).into_bytes()
}

/// Writes an item's row.
pub(super) fn row(item: &ItemJson<'_>, out: &mut dyn Write) -> Result<()> {
    record(COLUMNS.map(|(_, cell)| cell(item)), out)
}

fn record(cells: [Cow<'_, str>; COLUMNS.len()], out: &mut dyn Write) -> Result<()> {
    // In quotes, a list stays in its cell where a spreadsheet splits at `;` as well as at `,`.
    let mut writer = WriterBuilder::new().quote_style(QuoteStyle::Always).from_writer(out);
    for cell in &cells {
        writer.write_field(safe(cell).as_bytes())?;
    }
    writer.write_record(None::<&[u8]>)?;
    writer.flush()
}

fn optional(text: Option<&str>) -> Cow<'_, str> {
    text.unwrap_or_default().into()
}

/// The text of a field that JSON has under `definition` alone.
fn field<'r>(item: &'r ItemJson<'_>, name: &str) -> Cow<'r, str> {
    optional(item.definition.and_then(|definition| definition.get(name)).and_then(Node::text))
}

/// The events that a metric counts, each once: it may count the same event under several filters.
fn event_names<'r>(item: &'r ItemJson<'_>) -> Vec<&'r str> {
    let mut seen = HashSet::with_capacity(item.events.len());
    item.events.iter().map(|used| used.name).filter(|&name| seen.insert(name)).collect()
}

/// A cell that can be opened in a spreadsheet: nothing in it runs and nothing hides.
///
/// A spreadsheet takes what begins with one of a few characters for a formula, which may run programs and send data
/// away; behind an apostrophe it is text (OWASP, CSV Injection:
/// <https://owasp.org/www-community/attacks/CSV_Injection>). A spreadsheet with another separator than the comma ends a
/// cell at `;`, tab or line break whatever the quotes say, so that what follows these counts as a beginning too.
fn safe(text: &str) -> Cow<'_, str> {
    let text = visible(text);
    if !text.contains([';', '\t', '\r', '\n']) && !begins_formula(&text) {
        return text;
    }
    let mut safe = String::with_capacity(text.len() + 1);
    for (index, part) in text.split_inclusive([';', '\t', '\r', '\n']).enumerate() {
        let runs = match index {
            0 => text.starts_with(['\t', '\r', '\n']) || begins_formula(&text),
            _ => begins_formula(part),
        };
        if runs {
            safe.push('\'');
        }
        safe.push_str(part);
    }
    if safe.len() == text.len() { text } else { safe.into() }
}

/// Whether a text begins as formulas do, in ASCII or full width; spreadsheets drop white space and quotes before it.
fn begins_formula(text: &str) -> bool {
    let begin = text.trim_start_matches(|character: char| character.is_whitespace() || character == '"');
    begin.starts_with(['=', '+', '-', '@', '＝', '＋', '－', '＠'])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::definition;
    use crate::dictionary::Dictionary;
    use crate::source::{Kind, SourceFile};
    use crate::vocabulary::Vocabulary;

    /// The CSV of some files.
    fn written(files: &[(Kind, &str)]) -> String {
        let source = |(index, (kind, text)): (usize, &(Kind, &str))| {
            SourceFile::in_memory(*kind, format!("{index}.yml"), (*text).into())
        };
        let files: Vec<SourceFile> = files.iter().enumerate().map(source).collect();
        let definitions = definition::parse(&files);
        let vocabulary = Vocabulary::default();
        let dictionary = Dictionary::link(&definitions, &vocabulary, &[]);
        let mut bytes = Vec::new();
        let items: Vec<_> = dictionary.items.iter().collect();
        crate::export::write(crate::export::Format::Csv, &items, &dictionary, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// A column of what was written, read back.
    fn column(name: &str, files: &[(Kind, &str)]) -> Vec<String> {
        let written = written(files);
        let mut reader = csv::Reader::from_reader(written.as_bytes());
        let index = reader.headers().unwrap().iter().position(|header| header == name).unwrap();
        reader.records().map(|record| record.unwrap()[index].to_owned()).collect()
    }

    #[test]
    fn formulas_become_text() {
        for (text, expected) in [
            ("=1+1", "'=1+1"),
            ("+1", "'+1"),
            ("-1", "'-1"),
            ("@SUM(A1)", "'@SUM(A1)"),
            ("\tx", "'\tx"),
            ("\rx", "'\rx"),
            ("\nx", "'\nx"),
            ("＝1", "'＝1"),
            ("＋1", "'＋1"),
            ("－1", "'－1"),
            ("＠x", "'＠x"),
            ("  =1", "'  =1"),
            ("\u{a0}\u{3000}=1", "'\u{a0}\u{3000}=1"),
            ("=", "'="),
            // Where `;` separates cells, or a line break ends a row in spite of the quotes.
            ("a;=1", "a;'=1"),
            ("a; =1;", "a;' =1;"),
            ("a;\"=1;", "a;'\"=1;"),
            ("a\n=1", "a\n'=1"),
            ("a\r\n@x", "a\r\n'@x"),
            ("a\t-1", "a\t'-1"),
        ] {
            assert_eq!(safe(text), expected, "{text:?}");
        }
    }

    #[test]
    fn what_is_no_formula_stays() {
        for text in [
            "",
            "a",
            "\"a\"",
            "a=1",
            "a - b",
            "<13.9",
            "'=1",
            "a;b",
            "a\n\nb",
            "1-2",
            "a,-b",
            "https://a.example/",
        ] {
            assert_eq!(safe(text), text);
        }
    }

    #[test]
    fn deceptive_characters_show_their_code() {
        assert_eq!(safe("a\u{202e}b"), "a\\u{202e}b");
        assert_eq!(safe("\u{feff}=1"), "\\u{feff}=1");
        assert_eq!(safe("\u{0}=1\u{1b}[2J"), "\\u{0}=1\\u{1b}[2J");
    }

    #[test]
    fn every_cell_is_quoted_and_lines_end_alike() {
        let written = written(&[(Kind::Metric, "key_path: a\ndescription: 'One, \"two\"'\n")]);
        let lines: Vec<&str> = written.split('\n').collect();
        assert!(
            lines[0].starts_with("\"kind\",\"name\",\"description\",\"status\",\"group\","),
            "{}",
            lines[0]
        );
        assert!(
            lines[1].starts_with("\"metric\",\"a\",\"One, \"\"two\"\"\",\"active\",\"\","),
            "{}",
            lines[1]
        );
        assert_eq!((lines.len(), lines[2], written.contains('\r')), (3, "", false));
    }

    #[test]
    fn descriptions_keep_their_lines() {
        let files = [(Kind::Metric, "key_path: a\ndescription: |\n  One\n\n  \"two\", three\n")];
        assert_eq!(column("description", &files), ["One\n\n\"two\", three\n"]);
    }

    #[test]
    fn lists_stand_in_one_cell() {
        let files = [
            (Kind::Metric, "key_path: a\ntiers: [free, =1]\nevents: [{name: x}, {name: y}, {name: x}]\n"),
            (Kind::Metric, "key_path: b\ntier: free\nevents: [{name: x}]\n"),
            (Kind::Event, "action: x\ninternal_events: true\n"),
        ];
        assert_eq!(column("tiers", &files), ["free;'=1", "free", ""]);
        assert_eq!(column("events", &files), ["x;y", "x", ""]);
        assert_eq!(column("metrics", &files), ["", "", "a;b"]);
    }

    #[test]
    fn texts_stay_as_written() {
        let files = [
            (Kind::Metric, "key_path: a\nmilestone: 16.10\nintroduced_by_url: https://x.example/1\n"),
            (Kind::Metric, "- key_path: not a mapping\n"),
            (Kind::Metric, "key_path: b\nmilestone: ~\nintroduced_by_url: [1]\n"),
        ];
        assert_eq!(column("milestone", &files), ["16.10", ""]);
        assert_eq!(column("introduced_by_url", &files), ["https://x.example/1", ""]);
    }

    #[test]
    fn without_items_the_header_remains() {
        assert_eq!(written(&[]).lines().count(), 1);
    }
}
