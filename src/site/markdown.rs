//! Markdown from many hands to HTML that cannot do harm.

use pulldown_cmark::{CowStr, Event, HeadingLevel, Options, Parser, Tag, TagEnd, html};

use crate::visible::visible;

/// The characters that pages show of what a data category means.
pub(super) const MEANING: usize = 600;

/// What becomes of headings.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Headings {
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
/// `link` says where a link leads, or `None` for text alone; see [`safe_url`].
pub(super) fn to_html(markdown: &str, headings: Headings, link: impl Fn(&str) -> Option<String>) -> String {
    let mut kept_links: Vec<bool> = Vec::new();
    let events = parser(markdown).filter_map(|event| match event {
        Event::Html(text) | Event::InlineHtml(text) | Event::Text(text) => Some(Event::Text(shown(text))),
        Event::Code(text) => Some(Event::Code(shown(text))),
        Event::Start(Tag::HtmlBlock) => Some(Event::Start(Tag::Paragraph)),
        Event::End(TagEnd::HtmlBlock) => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Image { .. }) | Event::End(TagEnd::Image) => None,
        Event::Start(Tag::Link { link_type, dest_url, title, id }) => {
            let target = link(&dest_url);
            kept_links.push(target.is_some());
            target.map(|target| {
                Event::Start(Tag::Link { link_type, dest_url: target.into(), title: shown(title), id })
            })
        }
        Event::End(TagEnd::Link) => kept_links.pop().unwrap_or_default().then_some(Event::End(TagEnd::Link)),
        Event::Start(Tag::Heading { .. }) if headings == Headings::AsText => {
            Some(Event::Start(Tag::Paragraph))
        }
        Event::End(TagEnd::Heading(_)) if headings == Headings::AsText => Some(Event::End(TagEnd::Paragraph)),
        Event::Start(Tag::Heading { level, .. }) => Some(Event::Start(Tag::Heading {
            level: level.max(HeadingLevel::H2),
            id: None,
            classes: Vec::new(),
            attrs: Vec::new(),
        })),
        Event::End(TagEnd::Heading(level)) => Some(Event::End(TagEnd::Heading(level.max(HeadingLevel::H2)))),
        other => Some(other),
    });
    let mut rendered = String::with_capacity(markdown.len() * 3 / 2);
    html::push_html(&mut rendered, events);
    rendered
}

/// The text of Markdown on one line, at most `longest` characters, cut at a word with `…`.
pub(crate) fn to_line(markdown: &str, longest: usize) -> String {
    let mut line = String::new();
    for event in parser(markdown) {
        match event {
            Event::Text(text) | Event::Code(text) | Event::Html(text) | Event::InlineHtml(text) => {
                line.push_str(&text)
            }
            Event::SoftBreak | Event::HardBreak | Event::End(_) => line.push(' '),
            _ => {}
        }
    }
    // A word in emphasis ends with a space that its author did not write.
    let line = line.split_whitespace().collect::<Vec<_>>().join(" ").replace(" .", ".").replace(" ,", ",");
    if line.chars().count() <= longest {
        return line;
    }
    let cut: String = line.chars().take(longest).collect();
    format!("{}…", cut.rsplit_once(' ').map_or(cut.as_str(), |(words, _)| words))
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
pub(super) fn safe_url(url: &str) -> Option<String> {
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
        std::borrow::Cow::Borrowed(_) => text,
        std::borrow::Cow::Owned(changed) => changed.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

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
    fn a_line_has_no_markup_and_ends_at_a_word() {
        assert_eq!(to_line("Counts `push`\n*once*.", 80), "Counts push once.");
        assert_eq!(to_line("one two three", 9), "one two…");
        assert_eq!(to_sentences("On. Off by you. Not by *us*.", 20), "On. Off by you.…");
    }
}
