//! From a request's path to a file of the site. There is no disk below: nothing but the site can be reached.

use std::collections::HashMap;

use axum::body::Bytes;

use crate::site::File;

/// The files of a site by their path.
#[derive(Debug)]
pub struct Pages {
    files: HashMap<String, Bytes>,
}

/// What to answer.
#[derive(Debug, PartialEq, Eq)]
pub enum Answer {
    /// A file and its media type.
    Found(&'static str, Bytes),
    /// The same address with a final `/`.
    MovedTo(String),
    /// The page for what is not there.
    NotFound(Bytes),
}

impl Pages {
    /// Takes the files of a site.
    pub fn new(files: Vec<File>) -> Self {
        Self { files: files.into_iter().map(|file| (file.path, Bytes::from(file.content))).collect() }
    }

    /// The answer to a request's path, percent-encoded as it came and starting with `/`.
    pub fn answer(&self, path: &str) -> Answer {
        let wanted = decoded(path.trim_start_matches('/'));
        let page = match wanted.as_str() {
            "" => "index.html".to_owned(),
            folder if folder.ends_with('/') => format!("{folder}index.html"),
            file => file.to_owned(),
        };
        if let Some(content) = self.files.get(&page) {
            return Answer::Found(media_type(&page), content.clone());
        }
        if self.files.contains_key(&format!("{wanted}/index.html")) {
            return Answer::MovedTo(format!("/{}/", path.trim_start_matches('/')));
        }
        Answer::NotFound(self.files.get("404.html").cloned().unwrap_or_default())
    }
}

/// Resolves `%XX`; what is not UTF-8 afterwards names no file of ours.
fn decoded(path: &str) -> String {
    let mut bytes = Vec::with_capacity(path.len());
    let mut rest = path.as_bytes();
    while let Some((&byte, tail)) = rest.split_first() {
        let hex = tail.get(..2).and_then(|digits| std::str::from_utf8(digits).ok());
        match (byte, hex.and_then(|digits| u8::from_str_radix(digits, 16).ok())) {
            (b'%', Some(decoded)) => {
                bytes.push(decoded);
                rest = &tail[2..];
            }
            _ => {
                bytes.push(byte);
                rest = tail;
            }
        }
    }
    String::from_utf8_lossy(&bytes).into_owned()
}

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => "text/html; charset=utf-8",
        Some("css") => "text/css; charset=utf-8",
        Some("js") => "text/javascript; charset=utf-8",
        Some("json") => "application/json",
        Some("ndjson") => "application/x-ndjson",
        Some("csv") => "text/csv; charset=utf-8",
        Some("svg") => "image/svg+xml",
        Some("txt") => "text/plain; charset=utf-8",
        Some("xml") => "application/xml",
        Some("png") => "image/png",
        Some("woff2") => "font/woff2",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn pages() -> Pages {
        let file = |path: &str| File::text(path, path.to_owned());
        Pages::new(vec![
            file("index.html"),
            file("metrics/a~2fb/index.html"),
            file("404.html"),
            file("x.json"),
        ])
    }

    #[test]
    fn addresses_lead_to_files() {
        let found = |path: &str| match pages().answer(path) {
            Answer::Found(_, content) => String::from_utf8(content.to_vec()).unwrap(),
            other => format!("{other:?}"),
        };
        assert_eq!(found("/"), "index.html");
        assert_eq!(found("/metrics/a~2fb/"), "metrics/a~2fb/index.html");
        assert_eq!(found("/metrics/a%7E2fb/index.html"), "metrics/a~2fb/index.html");
        assert_eq!(pages().answer("/metrics/a~2fb"), Answer::MovedTo("/metrics/a~2fb/".to_owned()));
    }

    #[test]
    fn exports_have_their_media_type() {
        assert_eq!(media_type("export/dictionary.csv"), "text/csv; charset=utf-8");
        assert_eq!(media_type("export/dictionary.ndjson"), "application/x-ndjson");
    }

    #[test]
    fn nothing_above_the_site_can_be_reached() {
        for path in [
            "/../Cargo.toml",
            "/..%2f..%2fetc/passwd",
            "/%2e%2e/x",
            "//etc/passwd",
            "/%",
            "/%ff",
            "/%00",
            "/..",
        ] {
            assert!(matches!(pages().answer(path), Answer::NotFound(_)), "{path}");
        }
    }
}
