//! From a request to a response: GET and HEAD, our own host names, and the headers that every answer has.

use std::convert::Infallible;

use http_body_util::Full;
use hyper::body::Bytes;
use hyper::header::{self, HeaderName, HeaderValue};
use hyper::http::response;
use hyper::{Method, Request, Response, StatusCode};
use tokio::sync::watch;

use super::answer::{Answer, HTML};
use super::live;
use super::state::State;

/// What pages may load: what the site itself holds, and nothing inline. `netlify.toml` says the same.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// What every answer has, whatever it is.
const HEADERS: [(HeaderName, &str); 4] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
    // No page elsewhere may take in what is on this machine.
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
];

/// Files whose names carry a hash of their content: a page that reloads need not load them again.
const ASSETS: &str = "/assets/";
const FOR_EVER: HeaderValue = HeaderValue::from_static("public, max-age=31536000, immutable");

/// Answers a request. hyper leaves out the body where the method is HEAD.
pub(super) async fn respond<B>(
    request: Request<B>,
    state: watch::Receiver<State>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (response, body) = answer(&request, state).await;
    let mut response = response.body(body.into()).unwrap_or_default();
    let is_asset = request.uri().path().starts_with(ASSETS) && response.status() == StatusCode::OK;
    let caching = if is_asset { FOR_EVER } else { HeaderValue::from_static("no-cache") };
    response.headers_mut().insert(header::CACHE_CONTROL, caching);
    for (name, value) in HEADERS {
        response.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    Ok(response)
}

async fn answer<B>(request: &Request<B>, mut state: watch::Receiver<State>) -> (response::Builder, Bytes) {
    if !is_our_host(request) {
        // Another name for this machine is how a web page elsewhere would read it (DNS rebinding).
        return text(StatusCode::MISDIRECTED_REQUEST, "This server answers to localhost alone.\n");
    }
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let (response, body) =
            text(StatusCode::METHOD_NOT_ALLOWED, "This server answers GET and HEAD alone.\n");
        return (response.header(header::ALLOW, "GET, HEAD"), body);
    }
    let path = request.uri().path();
    if let Some(own) = path.strip_prefix(live::FOLDER) {
        return match live::answer(own, request.uri().query(), &mut state).await {
            Some((media_type, body)) => (found(media_type), body),
            None => text(StatusCode::NOT_FOUND, "There is nothing at this address.\n"),
        };
    }
    let state = state.borrow().clone();
    let answer = state.ask(path).await;
    let status = match &answer {
        Answer::Found(..) => StatusCode::OK,
        Answer::NotFound(_) => StatusCode::NOT_FOUND,
        Answer::Failed(_) => StatusCode::INTERNAL_SERVER_ERROR,
        Answer::MovedTo(path) => {
            let query = request.uri().query().map(|query| format!("?{query}")).unwrap_or_default();
            let (response, body) = text(StatusCode::MOVED_PERMANENTLY, "");
            return (response.header(header::LOCATION, format!("{path}{query}")), body);
        }
    };
    match (answer.page(), answer) {
        (Some(page), _) => (found(HTML).status(status), live::with_script(&page, &state)),
        (None, Answer::Found(media_type, content)) => (found(media_type), content),
        (None, _) => text(status, ""),
    }
}

fn found(media_type: &'static str) -> response::Builder {
    Response::builder().header(header::CONTENT_TYPE, media_type)
}

fn text(status: StatusCode, text: &'static str) -> (response::Builder, Bytes) {
    (found("text/plain; charset=utf-8").status(status), Bytes::from_static(text.as_bytes()))
}

/// Whether the request names this machine by its loopback names, and no other.
fn is_our_host<B>(request: &Request<B>) -> bool {
    let mut hosts = request.headers().get_all(header::HOST).iter();
    let named =
        matches!((hosts.next(), hosts.next()), (Some(host), None) if host.to_str().is_ok_and(is_loopback));
    // A whole address in the request line counts more than the header.
    named && request.uri().authority().is_none_or(|authority| is_loopback(authority.as_str()))
}

/// The port may be another: that of a tunnel to this one.
fn is_loopback(host: &str) -> bool {
    let (name, port) = host.split_once(':').unwrap_or((host, "0"));
    let is_port = !port.is_empty() && port.bytes().all(|digit| digit.is_ascii_digit());
    is_port && (name.eq_ignore_ascii_case("localhost") || name == "127.0.0.1")
}

#[cfg(test)]
mod tests {
    use super::is_loopback;

    #[test]
    fn two_names_are_ours() {
        for host in ["localhost", "LocalHost", "127.0.0.1", "localhost:4000", "127.0.0.1:80"] {
            assert!(is_loopback(host), "{host}");
        }
        for host in [
            "",
            ":4000",
            "evil.example",
            "localhost.evil.com",
            "127.0.0.1.evil",
            "evil.localhost",
            "localhost.",
            "localhost:",
            "localhost:x",
            "localhost:80:80",
            "localhost@evil",
            "evil@localhost",
            "[::1]",
            "[::1]:4000",
            "0.0.0.0",
            "127.1",
            "127.0.0.2",
            "2130706433",
            "localhost,evil",
            " localhost",
            "localhost evil",
        ] {
            assert!(!is_loopback(host), "{host}");
        }
    }
}
