//! From an address to what is answered: a file of the site, the folder's own address, or the page for what is missing.

use hyper::body::Bytes;

use super::address::below_root;
use super::generation::Site;
use crate::error::Result;
use crate::site::escape_html;

/// What to answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Answer {
    /// A file and its media type.
    Found(&'static str, Bytes),
    /// The same address with a final `/`.
    MovedTo(String),
    /// The page for what is not there.
    NotFound(Bytes),
    /// Why the page could not be made.
    Failed(String),
}

impl Answer {
    /// The answer to a request's path, percent-encoded as it came.
    pub(super) fn of(site: &dyn Site, path: &str) -> Self {
        Self::find(site, path).unwrap_or_else(|error| Self::Failed(error.to_string()))
    }

    fn find(site: &dyn Site, path: &str) -> Result<Self> {
        if let Some(wanted) = below_root(path) {
            let is_folder = wanted.is_empty() || wanted.ends_with('/');
            let file = if is_folder { format!("{wanted}index.html") } else { wanted.clone() };
            if let Some(content) = site.file(&file)? {
                return Ok(Self::Found(media_type(&file), content));
            }
            if !is_folder && site.file(&format!("{wanted}/index.html"))?.is_some() {
                return Ok(Self::MovedTo(format!("{path}/")));
            }
        }
        Ok(Self::NotFound(site.file("404.html")?.unwrap_or_default()))
    }

    /// The page that a browser shows for it; data and assets are none.
    pub(super) fn page(&self) -> Option<Bytes> {
        match self {
            Self::Found(HTML, page) | Self::NotFound(page) => Some(page.clone()),
            Self::Failed(reason) => Some(failure_page(reason)),
            _ => None,
        }
    }
}

/// Stands in the place of a page that could not be made.
fn failure_page(reason: &str) -> Bytes {
    let reason = escape_html(reason);
    Bytes::from(format!(
        "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<title>Page could not be made</title>\n\
         </head>\n<body>\n<h1>This page could not be made</h1>\n<pre>{reason}</pre>\n\
         <p>It is made again when a file changes.</p>\n</body>\n</html>\n"
    ))
}

/// The media type of pages.
pub(super) const HTML: &str = "text/html; charset=utf-8";

fn media_type(path: &str) -> &'static str {
    match path.rsplit_once('.').map(|(_, extension)| extension) {
        Some("html") => HTML,
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
    use super::super::Pages;
    use super::*;
    use crate::site::{File, Planned};

    fn answer(path: &str) -> Answer {
        let file = |path: &str| File::text(path, path.to_owned());
        let files = ["404.html", "index.html", "metrics/a~2fb/index.html", "x.json"].map(file);
        let planned: Vec<Planned<'_>> = files.iter().map(Planned::ready).collect();
        Answer::of(&Pages::new(&planned), path)
    }

    #[test]
    fn addresses_lead_to_files() {
        let found = |path: &str| match answer(path) {
            Answer::Found(_, content) => String::from_utf8(content.to_vec()).unwrap(),
            other => format!("{other:?}"),
        };
        assert_eq!(found("/"), "index.html");
        assert_eq!(found("/metrics/a~2fb/"), "metrics/a~2fb/index.html");
        assert_eq!(found("/metrics/a%7E2fb/index.html"), "metrics/a~2fb/index.html");
        assert_eq!(answer("/metrics/a~2fb"), Answer::MovedTo("/metrics/a~2fb/".to_owned()));
        assert_eq!(answer("/x.json"), Answer::Found("application/json", Bytes::from("x.json")));
    }

    #[test]
    fn what_is_missing_has_a_page() {
        for path in ["/nothing", "/x.json/", "/metrics", "//index.html", "/%2e%2e/x"] {
            assert_eq!(answer(path), Answer::NotFound(Bytes::from("404.html")), "{path}");
        }
    }

    #[test]
    fn exports_have_their_media_type() {
        assert_eq!(media_type("export/dictionary.csv"), "text/csv; charset=utf-8");
        assert_eq!(media_type("export/dictionary.ndjson"), "application/x-ndjson");
    }

    #[test]
    fn a_page_that_cannot_be_made_says_why() {
        struct Broken;
        impl Site for Broken {
            fn file(&self, path: &str) -> Result<Option<Bytes>> {
                Err(crate::error::Error::Usage(format!("no {path}")))
            }
        }
        let answer = Answer::of(&Broken, "/<b>/");
        assert_eq!(answer, Answer::Failed("no <b>/index.html".to_owned()));
        let page = answer.page().unwrap();
        assert!(str::from_utf8(&page).unwrap().contains("<pre>no &lt;b&gt;/index.html</pre>"));
    }
}
