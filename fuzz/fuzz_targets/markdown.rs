//! Any text becomes HTML that is whole: few elements, each closed, no script, links to the web alone.

#![no_main]

use libfuzzer_sys::fuzz_target;
use metrics_dictionary::site::markdown::{Headings, safe_url, to_html};

/// What Markdown becomes. Those of the second list have no end.
const ELEMENTS: &[&str] = &[
    "a", "blockquote", "code", "del", "div", "em", "h2", "h3", "h4", "h5", "h6", "li", "ol", "p", "pre", "strong", "table", "tbody",
    "td", "th", "thead", "tr", "ul",
];
const VOID: &[&str] = &["br", "hr"];

fuzz_target!(|markdown: &str| {
    for headings in [Headings::Kept, Headings::AsText] {
        let html = to_html(markdown, headings, safe_url);
        if let Err(fault) = check(&html) {
            panic!("{fault} in {html:?}");
        }
    }
});

/// Reads the tags, and says what is wrong with them.
fn check(html: &str) -> Result<(), String> {
    if let Some(hidden) = html.chars().find(|&letter| letter.is_control() && !"\n\t\r".contains(letter)) {
        return Err(format!("{hidden:?}"));
    }
    let mut open = Vec::new();
    let mut pieces = html.split('<');
    if pieces.next().is_some_and(|text| text.contains('>')) {
        return Err("a lone `>`".to_owned());
    }
    for piece in pieces {
        let (tag, text) = piece.split_once('>').ok_or("a lone `<`")?;
        if text.contains('>') {
            return Err("a lone `>`".to_owned());
        }
        if let Some(name) = tag.strip_prefix('/') {
            if open.pop() != Some(name) {
                return Err(format!("`{name}` is closed"));
            }
            continue;
        }
        let tag = tag.strip_suffix(" /").unwrap_or(tag);
        let (name, attributes) = tag.split_once(' ').unwrap_or((tag, ""));
        check_attributes(name, attributes)?;
        if ELEMENTS.contains(&name) {
            open.push(name);
        } else if !VOID.contains(&name) {
            return Err(format!("the element `{name}`"));
        }
    }
    if open.is_empty() { Ok(()) } else { Err(format!("{open:?} are open")) }
}

/// Reads `name="value"`, any number of times.
fn check_attributes(element: &str, mut rest: &str) -> Result<(), String> {
    while !rest.is_empty() {
        let (name, after) = rest.split_once("=\"").ok_or("an attribute without quotes")?;
        let (value, after) = after.split_once('"').ok_or("an attribute without an end")?;
        let is_web = || ["https://", "http://", "mailto:"].iter().any(|scheme| value.to_ascii_lowercase().starts_with(scheme));
        let is_allowed = match (element, name) {
            ("a", "href") => is_web(),
            ("a", "title") => true,
            ("code", "class") => value.starts_with("language-"),
            ("div", "class") => value == "scroll",
            ("ol", "start") => value.bytes().all(|digit| digit.is_ascii_digit()),
            _ => false,
        };
        if !is_allowed {
            return Err(format!("`{name}={value}` of `{element}`"));
        }
        rest = after.trim_start_matches(' ');
    }
    Ok(())
}
