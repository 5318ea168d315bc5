//! Names as folder names: reversible, safe on every disk, ordinary names unchanged.

use std::borrow::Cow;

/// The longest slug in bytes; disks allow 255 for a name.
const LONGEST: usize = 200;

/// Names of files and folders that something else has: the site itself, or Windows.
const RESERVED: &[&str] = &["index", "con", "prn", "aux", "nul"];

/// Turns a name into a folder name.
///
/// Lower-case letters, digits, `_`, `-` and inner dots stand for themselves; a capital letter becomes `!` and the small
/// letter (as in Go's module paths), every other byte `~` and two hexadecimal digits. So no two names meet on disks that
/// ignore case. What would be longer than 200 bytes is cut and ends in `~~` and a hash of the whole name.
pub fn slug(name: &str) -> Cow<'_, str> {
    let escape_first = is_reserved(name);
    if !escape_first && is_plain(name) {
        return Cow::Borrowed(name);
    }
    let mut slug = String::with_capacity(name.len());
    let last = name.len().saturating_sub(1);
    for (index, byte) in name.bytes().enumerate() {
        match byte {
            _ if index == 0 && escape_first => push_escaped(&mut slug, byte),
            b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' => slug.push(char::from(byte)),
            b'.' if index != 0 && index != last => slug.push('.'),
            b'A'..=b'Z' => slug.extend(['!', char::from(byte.to_ascii_lowercase())]),
            _ => push_escaped(&mut slug, byte),
        }
    }
    if slug.is_empty() {
        slug.push('~');
    }
    if slug.len() > LONGEST {
        let hash = &blake3::hash(name.as_bytes()).to_hex()[..32];
        slug.truncate(LONGEST - hash.len() - 2);
        slug.push_str("~~");
        slug.push_str(hash);
    }
    Cow::Owned(slug)
}

/// Whether nothing in a name needs an escape, as in nearly all. All bytes are asked alike, which the machine does for many
/// at a time.
fn is_plain(name: &str) -> bool {
    let plain = |byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.');
    (1..=LONGEST).contains(&name.len())
        && name.bytes().fold(true, |all, byte| all & plain(byte))
        && !name.starts_with('.')
        && !name.ends_with('.')
}

fn push_escaped(slug: &mut String, byte: u8) {
    const HEX: &[u8; 16] = b"0123456789abcdef";
    slug.extend(['~', char::from(HEX[usize::from(byte >> 4)]), char::from(HEX[usize::from(byte & 15)])]);
}

fn is_reserved(name: &str) -> bool {
    /// None of these names is longer.
    const LONGEST_STEM: usize = 5;
    // Windows takes `con.anything` for the device as well.
    let stem = match name.bytes().take(LONGEST_STEM + 1).position(|byte| byte == b'.') {
        Some(end) => &name[..end],
        None if name.len() <= LONGEST_STEM => name,
        None => "",
    };
    let device = |prefix: &str| {
        stem.len() == prefix.len() + 1
            && stem.is_char_boundary(prefix.len())
            && stem[..prefix.len()].eq_ignore_ascii_case(prefix)
            && stem.ends_with(|last: char| last.is_ascii_digit())
    };
    let page =
        name.strip_prefix("page-").is_some_and(|rest| rest.starts_with(|first: char| first.is_ascii_digit()));
    RESERVED.iter().any(|reserved| stem.eq_ignore_ascii_case(reserved))
        || device("com")
        || device("lpt")
        || page
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn ordinary_names_stay_themselves() {
        for name in ["counts.issues", "redis_hll_counters.count_distinct_user_id_from_x_monthly", "5-min-app"]
        {
            assert_eq!(slug(name), name);
        }
    }

    #[test]
    fn everything_else_is_escaped() {
        assert_eq!(slug("Foo::Bar/push"), "!foo~3a~3a!bar~2fpush");
        assert_eq!(slug(".."), "~2e~2e");
        assert_eq!(slug("a."), "a~2e");
        assert_eq!(slug(""), "~");
        assert_eq!(slug("é"), "~c3~a9");
        assert_eq!(slug("index"), "~69ndex");
        assert_eq!(slug("page-2"), "~70age-2");
        assert_eq!(slug("CON.x"), "~43!o!n.x");
        assert_eq!(slug("com1"), "~63om1");
    }

    #[test]
    fn long_names_are_cut_and_stay_apart() {
        let (a, b) = (format!("{}a", "x".repeat(5_000)), format!("{}b", "x".repeat(5_000)));
        assert_eq!(slug(&a).len(), LONGEST);
        assert_ne!(slug(&a), slug(&b));
    }

    /// Reads a slug back.
    fn unslug(slug: &str) -> Vec<u8> {
        let mut bytes = slug.bytes();
        let mut name = Vec::new();
        while let Some(byte) = bytes.next() {
            let mut hex = || char::from(bytes.next().unwrap()).to_digit(16).unwrap();
            match byte {
                b'~' if slug == "~" => {}
                b'~' => name.push(u8::try_from(hex() * 16 + hex()).unwrap()),
                b'!' => name.push(bytes.next().unwrap().to_ascii_uppercase()),
                other => name.push(other),
            }
        }
        name
    }

    proptest! {
        #[test]
        fn slugs_can_be_read_back(name in "\\PC{0,60}") {
            let slug = slug(&name);
            prop_assert!(slug.bytes().all(|byte| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.' | b'!' | b'~')));
            prop_assert!(!slug.starts_with('.') && !slug.ends_with('.'));
            if slug.len() < LONGEST {
                prop_assert_eq!(unslug(&slug), name.as_bytes());
            }
        }
    }
}
