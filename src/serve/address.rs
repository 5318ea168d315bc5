//! From a request's path to a path below the site's root. Whatever could mean something else to anyone is no address.

use percent_encoding::percent_decode_str;

/// Resolves `%XX`, once; without the first `/`. Nothing where the path is written in a way that no page of ours is:
/// with `.` and `..`, empty parts, backslashes, control characters, a `/` in disguise, or bytes that are not UTF-8.
pub(super) fn below_root(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let parts: Option<Vec<String>> = path.split('/').map(decoded).collect();
    let parts = parts?;
    // The part behind the last `/` of a folder's address is empty.
    let (last, folders) = parts.split_last()?;
    let is_plain = |part: &String| !matches!(part.as_str(), "" | "." | "..");
    (folders.iter().all(is_plain) && (last.is_empty() || is_plain(last))).then(|| parts.join("/"))
}

fn decoded(part: &str) -> Option<String> {
    let part = percent_decode_str(part).decode_utf8().ok()?;
    let is_foul = |letter: char| letter.is_control() || matches!(letter, '/' | '\\');
    (!part.contains(is_foul)).then(|| part.into_owned())
}

#[cfg(test)]
mod tests {
    use super::below_root;

    #[test]
    fn addresses_are_decoded_once() {
        for (address, path) in [
            ("/", ""),
            ("/metrics/", "metrics/"),
            ("/metrics/a~2fb/index.html", "metrics/a~2fb/index.html"),
            ("/metrics/a%7E2fb/", "metrics/a~2fb/"),
            ("/guide/%C3%A9t%c3%a9/", "guide/été/"),
            ("/100%2525/", "100%25/"),
            ("/...", "..."),
            ("/%/%2/%zz/%+1", "%/%2/%zz/%+1"),
        ] {
            assert_eq!(below_root(address).as_deref(), Some(path), "{address}");
        }
    }

    #[test]
    fn what_might_lead_elsewhere_is_no_address() {
        for address in [
            "",
            "*",
            "x",
            "//",
            "//x",
            "/a//b",
            "/..",
            "/../x",
            "/a/../b",
            "/.",
            "/./x",
            "/a/.",
            "/%2e%2e/x",
            "/%2E%2E",
            "/.%2e/x",
            "/..%2fx",
            "/..%2Fx",
            "/%2fetc",
            "/a%5c..%5cx",
            "/..\\x",
            "/%00",
            "/x%00.html",
            "/%0d%0ax",
            "/%7f",
            "/%ff",
            "/%c0%ae%c0%ae/",
            "/%c0%af",
            "/%e0%80%ae/",
            "/%f0%80%80%ae/",
            "/%ed%a0%80",
        ] {
            assert_eq!(below_root(address), None, "{address}");
        }
        // Encoded twice, they are names of files that we do not have.
        assert_eq!(below_root("/%252e%252e/x").as_deref(), Some("%2e%2e/x"));
    }
}
