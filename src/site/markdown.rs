//! Markdown from many hands to HTML that cannot do harm.

use std::borrow::Cow;

use pulldown_cmark::{CodeBlockKind, CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::visible::visible;

/// The characters that pages show of what a data category means.
pub(super) const MEANING: usize = 600;

/// Tags within each other. A line of quotes within quotes would be a page that no browser can lay out.
const MOST_NESTED: usize = 16;

/// What becomes of headings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Headings {
    /// They stay; the first level becomes the second, since the page has its own title.
    Kept,
    /// They become paragraphs: a description is part of a page with headings of its own.
    AsText,
}

/// Renders a description: Markdown whose links lead to the web and whose headings are text.
pub(super) fn description(markdown: &str) -> String {
    to_html(markdown, Headings::AsText, safe_url)
}

/// Renders Markdown without raw HTML and without images.
///
/// `link` says where a link leads, or `None` for text alone; see [`safe_url`]. What is nested more deeply than
/// `MOST_NESTED` becomes text.
pub fn to_html(markdown: &str, headings: Headings, link: impl Fn(&str) -> Option<String>) -> String {
    if is_prose(markdown) {
        format!("<p>{}</p>\n", markdown.trim_end())
    } else {
        parsed(markdown, headings, link)
    }
}

/// Whether a text is one paragraph of plain words, as most descriptions are, so that there is nothing to parse.
fn is_prose(markdown: &str) -> bool {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b" .,:;()'/%?-".contains(&byte);
    markdown.starts_with(|first: char| first.is_ascii_alphabetic()) && markdown.bytes().all(is_plain)
}

fn parsed(markdown: &str, headings: Headings, link: impl Fn(&str) -> Option<String>) -> String {
    // For each open tag whether it is part of the page, and how many are.
    let (mut kept, mut depth): (Vec<bool>, usize) = (Vec::new(), 0);
    let events = parser(markdown).filter_map(|event| match event {
        Event::Start(tag) => {
            let too_deep = depth + room(&tag) > MOST_NESTED;
            let started = if too_deep { None } else { start(tag, headings, &link) };
            kept.push(started.is_some());
            depth += usize::from(started.is_some());
            // What stood apart stays apart.
            if too_deep { Some(Event::SoftBreak) } else { started }
        }
        Event::End(tag) => {
            let is_kept = kept.pop().unwrap_or_default();
            depth -= usize::from(is_kept);
            is_kept.then(|| end(tag, headings))
        }
        Event::Html(text) | Event::InlineHtml(text) | Event::Text(text) => Some(Event::Text(shown(text))),
        Event::Code(text) => Some(Event::Code(shown(text))),
        other => Some(other),
    });
    let mut at_break = false;
    let events = events.filter(|event| {
        let is_break = *event == Event::SoftBreak;
        !(std::mem::replace(&mut at_break, is_break) && is_break)
    });
    let mut rendered = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut rendered, events);
    rendered
}

/// How many levels a tag takes with those that it cannot be without: a list has items, a table rows and cells.
fn room(tag: &Tag<'_>) -> usize {
    match tag {
        Tag::List(_) => 2,
        Tag::Table(_) => 3,
        _ => 1,
    }
}

/// The beginning of a part of the page; `None` for what is no part of it.
fn start<'m>(tag: Tag<'m>, headings: Headings, link: impl Fn(&str) -> Option<String>) -> Option<Event<'m>> {
    let tag = match tag {
        Tag::Image { .. } => return None,
        // Wide ones scroll by themselves. The alignment would be an inline style, which the pages' policy forbids.
        Tag::Table(_) => return Some(Event::Html("<div class=\"scroll\"><table>".into())),
        Tag::HtmlBlock => Tag::Paragraph,
        Tag::CodeBlock(CodeBlockKind::Fenced(language)) if !language.bytes().all(is_plain) => {
            Tag::CodeBlock(CodeBlockKind::Indented)
        }
        Tag::Link { link_type, dest_url, title, id } => {
            Tag::Link { link_type, dest_url: link(&dest_url)?.into(), title: shown(title), id }
        }
        Tag::Heading { .. } if headings == Headings::AsText => Tag::Paragraph,
        Tag::Heading { level, .. } => Tag::Heading {
            level: level.max(HeadingLevel::H2),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        },
        other => other,
    };
    Some(Event::Start(tag))
}

/// Whether a language's name may have this letter: `c++`, `shell-session`.
fn is_plain(letter: u8) -> bool {
    letter.is_ascii_alphanumeric() || b"-_+#.".contains(&letter)
}

/// The end of what [`start`] began.
fn end(tag: TagEnd, headings: Headings) -> Event<'static> {
    Event::End(match tag {
        TagEnd::Table => return Event::Html("</tbody></table></div>\n".into()),
        TagEnd::HtmlBlock => TagEnd::Paragraph,
        TagEnd::Heading(_) if headings == Headings::AsText => TagEnd::Paragraph,
        TagEnd::Heading(level) => TagEnd::Heading(level.max(HeadingLevel::H2)),
        other => other,
    })
}

/// The text of Markdown on one line, at most `longest` characters, cut at a word with `…`.
pub(crate) fn to_line(markdown: &str, longest: usize) -> String {
    let line = if is_prose(markdown) { Cow::Borrowed(markdown) } else { texts(markdown).into() };
    let line = words(&line);
    if line.chars().count() <= longest {
        return line;
    }
    let cut: String = line.chars().take(longest).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
}

/// The words of a text on one line.
fn words(text: &str) -> String {
    let mut line = String::with_capacity(text.len());
    for word in text.split_whitespace() {
        // A word in emphasis ends with a space that its author did not write.
        if !line.is_empty() && !word.starts_with(['.', ',']) {
            line.push(' ');
        }
        line.push_str(word);
    }
    line
}

/// All texts of Markdown, apart from each other.
fn texts(markdown: &str) -> String {
    let mut texts = String::new();
    for event in parser(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                texts.push_str(&text)
            }
            Event::SoftBreak | Event::HardBreak | Event::End(_) => texts.push(' '),
            _ => {}
        }
    }
    texts
}

/// As [`to_line`], cut behind a sentence: half a sentence on who may turn data off could say the opposite.
pub(super) fn to_sentences(markdown: &str, longest: usize) -> String {
    let line = to_line(markdown, usize::MAX);
    if line.chars().count() <= longest {
        return line;
    }
    let cut: String = line.chars().take(longest).collect();
    match cut.rfind(". ") {
        Some(end) => format!("{}…", &cut[..=end]),
        None => to_line(markdown, longest),
    }
}

/// An address that a page may link to: `http`, `https` or `mailto`.
pub fn safe_url(url: &str) -> Option<String> {
    let lower = url.trim().to_ascii_lowercase();
    let safe = ["https://", "http://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme));
    let plain = !url.trim().chars().any(|character| character.is_control() || character.is_whitespace());
    (safe && plain).then(|| url.trim().to_owned())
}

fn parser(markdown: &str) -> Parser<'_> {
    Parser::new_ext(markdown, Options::ENABLE_TABLES | Options::ENABLE_STRIKETHROUGH)
}

fn shown(text: CowStr<'_>) -> CowStr<'_> {
    match visible(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(changed) => changed.into(),
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn prose_needs_no_parser(text in "[A-Za-z][A-Za-z0-9 .,:;()'/%?-]{0,60}|[a-z0-9#+*_<>=|~&!.:\"'\\\\ -]{0,12}") {
            if is_prose(&text) {
                prop_assert_eq!(to_html(&text, Headings::Kept, safe_url), parsed(&text, Headings::Kept, safe_url));
                let words = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
                prop_assert_eq!(words(&text), words(&texts(&text)));
            }
        }
    }

    fn html(markdown: &str) -> String {
        to_html(markdown, Headings::Kept, safe_url)
    }

    #[test]
    fn ordinary_markdown_is_rendered() {
        assert_eq!(
            html("Counts `push` *once*, see [docs](https://x.example/a?b=1&c)."),
            concat!(
                "<p>Counts <code>push</code> <em>once</em>, see ",
                "<a href=\"https://x.example/a?b=1&amp;c\">docs</a>.</p>\n"
            )
        );
        assert_eq!(html("# A\n## B"), "<h2>A</h2>\n<h2>B</h2>\n");
        assert_eq!(description("## B"), "<p>B</p>\n");
    }

    #[test]
    fn nothing_runs() {
        for hostile in [
            "<script>alert(1)</script>",
            "<img src=x onerror=alert(1)>",
            "[x](javascript:alert(1))",
            "[x](JaVaScRiPt:alert(1))",
            "[x](data:text/html,<script>alert(1)</script>)",
            "[x](//evil.example)",
            "![x](https://evil.example/x.png)",
            "<https://x.example/\"onmouseover=alert(1)>",
            "<div onclick=alert(1)>\n\n[a](vbscript:x)",
            "[x](java\tscript:alert(1))",
            "[a]: javascript:alert(1)\n[a]",
        ] {
            let html = html(hostile);
            for tag in html.split('<').skip(1) {
                let name = tag.split(['>', ' ', '/']).find(|part| !part.is_empty()).unwrap_or_default();
                assert!(["p", "a", "h2"].contains(&name), "{hostile} -> {html}");
            }
            assert!(
                !html.contains("href=\"j") && !html.contains("href=\"//") && !html.contains("<img"),
                "{html}"
            );
        }
    }

    #[test]
    fn tables_have_no_style_and_scroll_by_themselves() {
        assert_eq!(
            html("|a|b|\n|:-:|--:|\n|c|d|"),
            concat!(
                "<div class=\"scroll\"><table><thead><tr><th>a</th><th>b</th></tr></thead><tbody>\n",
                "<tr><td>c</td><td>d</td></tr>\n</tbody></table></div>\n"
            )
        );
    }

    #[test]
    fn the_language_of_code_is_a_word() {
        assert_eq!(html("```c++\nx\n```"), "<pre><code class=\"language-c++\">x\n</code></pre>\n");
        // Found by the target `markdown`.
        assert_eq!(html("```\"A\u{1}<b>\nx\n```"), "<pre><code>x\n</code></pre>\n");
    }

    #[test]
    fn what_is_nested_too_deeply_is_text() {
        let quotes = html(&format!("{}x *y*", "> ".repeat(100_000)));
        assert_eq!(quotes.matches("<blockquote>").count(), MOST_NESTED);
        assert_eq!(quotes.matches("</blockquote>").count(), MOST_NESTED);
        assert!(quotes.contains("<blockquote>\n\nx \ny</blockquote>"), "{quotes}");
        let lists = html(&format!("{}x", "- ".repeat(100)));
        assert_eq!(lists.matches("<li>").count(), MOST_NESTED / 2);
        assert_eq!(html("> |a|\n> |-|").matches("<table>").count(), 1);
    }

    #[test]
    fn a_line_has_no_markup_and_ends_at_a_word() {
        assert_eq!(to_line("Counts `push`\n*once*.", 80), "Counts push once.");
        assert_eq!(to_line("one two three", 9), "one two…");
        assert_eq!(to_sentences("On. Off by you. Not by *us*.", 20), "On. Off by you.…");
    }
}
