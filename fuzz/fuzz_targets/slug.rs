//! Names become folder names that stay in their folder, stay apart, and can be read back.

#![no_main]

use libfuzzer_sys::fuzz_target;
use metrics_dictionary::dictionary::slug;

/// The longest slug, and how a cut one ends: two marks and a hash.
const LONGEST: usize = 200;
const HASH: usize = 32;

fuzz_target!(|names: (&str, &str)| {
    let (first, second) = (slug(names.0), slug(names.1));
    check(names.0, &first);
    check(names.1, &second);
    assert_eq!(names.0 == names.1, first == second, "{names:?} meet at {first}");
});

fn check(name: &str, slug: &str) {
    let is_plain = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'!' | b'~');
    assert!(!slug.is_empty() && slug.len() <= LONGEST && slug.bytes().all(is_plain), "{name:?}: {slug}");
    assert!(!slug.starts_with('.') && !slug.ends_with('.'), "{name:?}: {slug}");
    let stem = slug.split('.').next().unwrap_or_default();
    let is_numbered = |prefix| {
        stem.strip_prefix(prefix).is_some_and(|rest: &str| rest.len() == 1 && rest.bytes().all(|byte| byte.is_ascii_digit()))
    };
    assert!(!["index", "con", "prn", "aux", "nul"].contains(&stem), "{name:?}: {slug}");
    assert!(!is_numbered("com") && !is_numbered("lpt"), "{name:?}: {slug}");
    assert!(!slug.strip_prefix("page-").is_some_and(|rest| rest.starts_with(|letter: char| letter.is_ascii_digit())), "{name:?}: {slug}");
    let is_cut = slug.len() == LONGEST && slug[LONGEST - HASH - 2..].starts_with("~~");
    if !is_cut {
        assert_eq!(read_back(slug), name.as_bytes(), "{slug}");
    }
}

/// The name of a slug that is not cut.
fn read_back(slug: &str) -> Vec<u8> {
    let mut bytes = slug.bytes();
    let mut name = Vec::new();
    while let Some(byte) = bytes.next() {
        let mut hex = || bytes.next().and_then(|digit| char::from(digit).to_digit(16)).expect("a hexadecimal digit") as u8;
        match byte {
            b'~' if slug == "~" => {}
            b'~' => name.push(hex() * 16 + hex()),
            b'!' => name.push(bytes.next().expect("a letter").to_ascii_uppercase()),
            other => name.push(other),
        }
    }
    name
}
