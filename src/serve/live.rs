//! How pages learn that something has changed: a script that `serve` adds to them, and the state that it asks for.
//!
//! No built site holds any of this: it lies in a folder that no page of a site can have.

use std::time::Duration;

use hyper::body::Bytes;
use percent_encoding::percent_decode_str;
use serde::Serialize;
use tokio::sync::watch;

use super::state::State;

/// Where it all lies.
pub(super) const FOLDER: &str = "/~serve/";

/// How long a question for the next state waits: well below what browsers and tunnels bear.
const WAIT: Duration = Duration::from_secs(25);

const SCRIPT: &str = include_str!("client/reload.js");
const STYLE: &str = include_str!("client/panel.css");

/// What `/~serve/state` answers.
#[derive(Serialize)]
struct Told<'s> {
    /// To be sent along with the next question.
    version: String,
    /// The version of the site.
    site: String,
    /// The tag of the page that is asked for, where there is one.
    page: Option<String>,
    /// Why the files as they are now cannot be built.
    failure: Option<&'s str>,
}

/// Answers a request below [`FOLDER`] with a media type and content; nothing where there is no such file.
pub(super) async fn answer(
    file: &str,
    query: Option<&str>,
    state: &mut watch::Receiver<State>,
) -> Option<(&'static str, Bytes)> {
    match file {
        "reload.js" => Some(("text/javascript; charset=utf-8", Bytes::from_static(SCRIPT.as_bytes()))),
        "panel.css" => Some(("text/css; charset=utf-8", Bytes::from_static(STYLE.as_bytes()))),
        "state" => {
            if let Some(seen) = parameter(query, "seen") {
                let news = state.wait_for(|state| state.version.to_string() != seen);
                // After a while without news, there are none.
                let _ = tokio::time::timeout(WAIT, news).await;
            }
            let state = state.borrow().clone();
            let page = match parameter(query, "page") {
                Some(path) => state.ask(&path).await.page(),
                None => None,
            };
            let told = Told {
                version: state.version.to_string(),
                site: state.site.to_string(),
                page: page.as_deref().map(tag),
                failure: state.failure.as_deref(),
            };
            serde_json::to_vec(&told).ok().map(|json| ("application/json", json.into()))
        }
        _ => None,
    }
}

/// A page with the script that keeps it up to date, which is told what it stands in.
pub(super) fn with_script(page: &Bytes, state: &State) -> Bytes {
    const END: &[u8] = b"</body>";
    let script = format!(
        "<script src=\"{FOLDER}reload.js\" data-page=\"{}\" data-site=\"{}\" defer></script>\n",
        tag(page),
        state.site
    );
    let end = page.windows(END.len()).rposition(|part| part.eq_ignore_ascii_case(END)).unwrap_or(page.len());
    [&page[..end], script.as_bytes(), &page[end..]].concat().into()
}

/// Tells apart the pages that one address has had.
fn tag(page: &[u8]) -> String {
    blake3::hash(page).to_hex()[..16].to_owned()
}

fn parameter(query: Option<&str>, name: &str) -> Option<String> {
    let value = query?.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='))?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

#[cfg(test)]
mod tests {
    use super::super::state::Current;
    use super::*;

    #[test]
    fn the_script_stands_at_the_end_of_a_page() {
        let state = Current::new(std::sync::mpsc::channel().0).reader().borrow().clone();
        let with_script = |page: &'static str| {
            let sent = with_script(&Bytes::from(page), &state);
            let script = format!(
                "<script src=\"/~serve/reload.js\" data-page=\"{}\" data-site=\"{}\" defer></script>\n",
                tag(page.as_bytes()),
                state.site
            );
            str::from_utf8(&sent).unwrap().replace(&script, "SCRIPT")
        };
        assert_eq!(
            with_script("<body><p>&lt;/body></p></BODY></html>"),
            "<body><p>&lt;/body></p>SCRIPT</BODY></html>"
        );
        assert_eq!(with_script("bare"), "bareSCRIPT");
    }

    #[test]
    fn parameters_are_decoded() {
        let query = Some("page=%2Fa%2520b%2F&seen=1-2");
        assert_eq!(parameter(query, "page").as_deref(), Some("/a%20b/"));
        assert_eq!(parameter(query, "seen").as_deref(), Some("1-2"));
        assert_eq!((parameter(query, "see"), parameter(None, "page")), (None, None));
    }
}
