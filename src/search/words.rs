//! How texts become words; `themes/default/static/search/words.js` is the twin of this file.

use tantivy::tokenizer::{LowerCaser, RemoveLongFilter, TextAnalyzer, Token, TokenStream, Tokenizer};

/// The first length in bytes that is too long for a word; longer ones are noise.
const TOO_LONG: usize = 64;

/// The words of a text: runs of letters and digits, cut where `camelCase` and `HTTPClient` join words.
pub(super) fn analyzer() -> TextAnalyzer {
    TextAnalyzer::builder(Words::default())
        .filter(RemoveLongFilter::limit(TOO_LONG))
        .filter(LowerCaser)
        .build()
}

/// The words of a text, in lower case, in their order.
pub(super) fn words(text: &str) -> Vec<String> {
    let mut analyzer = analyzer();
    let mut stream = analyzer.token_stream(text);
    let mut words = Vec::new();
    stream.process(&mut |token| words.push(token.text.clone()));
    words
}

/// A text by which spellings of one value are equal: `Code Review`, `code-review`, `code_review`.
pub(super) fn canonical(text: &str) -> String {
    let mut canonical = String::with_capacity(text.len());
    for part in text.split(|letter: char| !letter.is_alphanumeric()).filter(|part| !part.is_empty()) {
        if !canonical.is_empty() {
            canonical.push('_');
        }
        canonical.push_str(&lower(part));
    }
    canonical
}

/// Each character in lower case by itself: scripts have no other way to do it alike.
pub(super) fn lower(text: &str) -> String {
    if text.is_ascii() {
        return text.to_ascii_lowercase();
    }
    text.chars().flat_map(char::to_lowercase).collect()
}

#[derive(Clone, Default)]
struct Words {
    token: Token,
}

/// The words of one text that are still to come.
struct Rest<'t> {
    text: &'t str,
    parts: std::vec::IntoIter<(usize, usize)>,
    token: &'t mut Token,
}

impl Tokenizer for Words {
    type TokenStream<'t> = Rest<'t>;

    fn token_stream<'t>(&'t mut self, text: &'t str) -> Rest<'t> {
        self.token.reset();
        Rest { text, parts: parts(text).into_iter(), token: &mut self.token }
    }
}

impl TokenStream for Rest<'_> {
    fn advance(&mut self) -> bool {
        let Some((start, end)) = self.parts.next() else { return false };
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = start;
        self.token.offset_to = end;
        self.token.text.clear();
        self.token.text.push_str(&self.text[start..end]);
        true
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

/// The byte ranges of the words.
fn parts(text: &str) -> Vec<(usize, usize)> {
    let mut parts = Vec::new();
    let mut start = None;
    let mut before = ' ';
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        match start {
            Some(from) if !letter.is_alphanumeric() => {
                parts.push((from, at));
                start = None;
            }
            Some(from) if letter.is_uppercase() => {
                let small_follows = letters.peek().is_some_and(|(_, next)| next.is_lowercase());
                if before.is_lowercase() || (before.is_uppercase() && small_follows) {
                    parts.push((from, at));
                    start = Some(at);
                }
            }
            None if letter.is_alphanumeric() => start = Some(at),
            _ => {}
        }
        before = letter;
    }
    parts.extend(start.map(|from| (from, text.len())));
    parts
}

#[cfg(test)]
mod tests {
    use super::{canonical, words};

    #[test]
    fn names_fall_apart_into_words() {
        let cases = [
            ("redis_hll.g_analytics-28d", "redis hll g analytics 28d"),
            ("CountUserAuthMetric", "count user auth metric"),
            ("HTTPClient2Go", "http client2go"),
            ("usageDataÉtéX", "usage data été x"),
            ("k8s v2 ΣΑΣ 中文", "k8s v2 σασ 中文"),
            ("…", ""),
        ];
        for (text, expected) in cases {
            assert_eq!(words(text).join(" "), expected);
        }
        assert_eq!(words(&format!("a {} b", "x".repeat(64))), ["a", "b"]);
        assert_eq!(words(&"x".repeat(63)).len(), 1);
    }

    #[test]
    fn spellings_of_a_value_are_equal() {
        for text in ["code_review", "Code Review", " code--review ", "CODE.REVIEW"] {
            assert_eq!(canonical(text), "code_review");
        }
        assert_eq!(canonical("<13.9"), "13_9");
    }
}
