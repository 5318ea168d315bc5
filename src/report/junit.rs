//! `check --format junit`: JUnit XML, in the form that GitLab and Jenkins read.

use std::borrow::Cow;
use std::collections::HashMap;
use std::io::{self, Write};

use quick_xml::Writer;
use quick_xml::events::{BytesDecl, BytesText, Event};

use super::{located, wording};
use crate::dictionary::{Checked, FindingJson};
use crate::error::Result;

/// The name of the one suite.
const SUITE: &str = "metrics-dictionary check";

/// Writes a failed test for each finding, or a passed one where there is none.
///
/// # Errors
/// When the writer fails.
pub(super) fn junit(checked: &Checked<'_>, out: &mut dyn Write) -> Result<()> {
    let findings: Vec<FindingJson<'_>> = located(checked).collect();
    let failures = findings.len().to_string();
    let counts = [
        ("name", SUITE),
        ("tests", &findings.len().max(1).to_string()),
        ("failures", &failures),
        ("errors", "0"),
    ];
    let mut xml = Writer::new_with_indent(&mut *out, b' ', 2);
    xml.write_event(Event::Decl(BytesDecl::new("1.0", Some("UTF-8"), None)))?;
    xml.create_element("testsuites").with_attributes(counts).write_inner_content(|xml| {
        xml.create_element("testsuite").with_attributes(counts).write_inner_content(|xml| {
            if findings.is_empty() {
                let passed = [("name", "nothing found"), ("classname", SUITE)];
                xml.create_element("testcase").with_attributes(passed).write_empty()?;
            }
            let mut names = HashMap::new();
            findings.iter().try_for_each(|finding| test_case(finding, &mut names, xml))
        })?;
        Ok(())
    })?;
    Ok(writeln!(out)?)
}

/// One finding as a test. Readers take two tests of one name for the same, so that a second one is numbered.
fn test_case<'f, W: Write>(
    finding: &FindingJson<'f>,
    names: &mut HashMap<(&'f str, String), usize>,
    xml: &mut Writer<W>,
) -> io::Result<()> {
    let mut name = format!("{}: {}", finding.rule, finding.message);
    let count = names.entry((finding.path, name.clone())).or_insert(0);
    *count += 1;
    if *count > 1 {
        name.push_str(&format!(" ({count})"));
    }
    let (name, path, message) = (legal(&name), legal(finding.path), legal(finding.message));
    let line = finding.line.to_string();
    let attributes = [("name", &*name), ("classname", &*path), ("file", &*path), ("line", &*line)];
    let mut lines = vec![wording::line(finding)];
    lines.extend(wording::notes(finding));
    let text = legal(&lines.join("\n")).into_owned();
    xml.create_element("testcase").with_attributes(attributes).write_inner_content(|xml| {
        let failure = [("type", finding.severity), ("message", &*message)];
        xml.create_element("failure").with_attributes(failure).write_text_content(BytesText::new(&text))?;
        Ok(())
    })?;
    Ok(())
}

/// Text with the characters that XML 1.0 allows; of others the code, as elsewhere.
fn legal(text: &str) -> Cow<'_, str> {
    let illegal =
        |letter: char| (letter.is_control() && letter != '\n') || matches!(letter, '\u{fffe}' | '\u{ffff}');
    if !text.contains(illegal) {
        return text.into();
    }
    let shown = |letter: char| {
        if illegal(letter) { format!("\\u{{{:x}}}", u32::from(letter)) } else { letter.to_string() }
    };
    text.chars().map(shown).collect::<String>().into()
}

#[cfg(test)]
mod tests {
    use super::legal;

    #[test]
    fn what_xml_forbids_shows_its_code() {
        assert_eq!(legal("a\nb\u{1}\u{1b}[0m\u{ffff}é"), "a\nb\\u{1}\\u{1b}[0m\\u{ffff}é");
    }
}
