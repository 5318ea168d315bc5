//! The HTTP server: loopback, GET and HEAD, our own host names.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Command, Stdio};
use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderValue, Method, StatusCode, header};
use axum::response::{IntoResponse, Response};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;

use super::pages::{Answer, Pages};
use crate::error::{Error, Result};

/// What pages may load: what the site itself holds, and nothing inline. `netlify.toml` says the same.
pub(crate) const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
     img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'";

/// A server that listens and is about to run.
pub struct Server {
    runtime: Runtime,
    listener: TcpListener,
    address: SocketAddr,
}

impl Server {
    /// Listens on 127.0.0.1; port 0 takes a free one.
    ///
    /// # Errors
    /// When the port is taken.
    pub fn bind(port: u16) -> Result<Self> {
        let wanted = SocketAddr::from((Ipv4Addr::LOCALHOST, port));
        let taken = |error: std::io::Error| {
            Error::Usage(format!("could not listen on {wanted}: {error}; choose another port with `--port`"))
        };
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build().map_err(taken)?;
        let listener = runtime.block_on(TcpListener::bind(wanted)).map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        Ok(Self { runtime, listener, address })
    }

    /// Where it listens.
    pub fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves until the process is interrupted.
    ///
    /// # Errors
    /// When the listener fails.
    pub fn run(self, pages: Pages) -> Result<()> {
        let router = Router::new().fallback(respond).with_state(Arc::new(pages));
        let interrupted = async {
            // Without a signal handler the process simply ends.
            let _ = tokio::signal::ctrl_c().await;
        };
        self.runtime
            .block_on(axum::serve(self.listener, router).with_graceful_shutdown(interrupted).into_future())
            .map_err(|error| Error::Usage(format!("the server stopped: {error}")))
    }
}

async fn respond(State(pages): State<Arc<Pages>>, request: Request) -> Response {
    let mut response = if !is_our_host(&request) {
        // Another name for this machine is how a web page elsewhere would read it (DNS rebinding).
        (StatusCode::MISDIRECTED_REQUEST, "This server answers to localhost alone.\n").into_response()
    } else if !matches!(*request.method(), Method::GET | Method::HEAD) {
        (StatusCode::METHOD_NOT_ALLOWED, [(header::ALLOW, "GET, HEAD")]).into_response()
    } else {
        match pages.answer(request.uri().path()) {
            Answer::Found(media_type, content) => {
                ([(header::CONTENT_TYPE, media_type)], Body::from(content)).into_response()
            }
            Answer::MovedTo(path) => {
                (StatusCode::MOVED_PERMANENTLY, [(header::LOCATION, path)]).into_response()
            }
            Answer::NotFound(page) => {
                (StatusCode::NOT_FOUND, [(header::CONTENT_TYPE, "text/html; charset=utf-8")], page)
                    .into_response()
            }
        }
    };
    let headers = response.headers_mut();
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        (header::CACHE_CONTROL, "no-cache"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// Whether the request names this machine by its loopback names.
fn is_our_host(request: &Request) -> bool {
    let host = request.headers().get(header::HOST).and_then(|host| host.to_str().ok());
    let name = host.map(|host| host.rsplit_once(':').map_or(host, |(name, _port)| name));
    matches!(name, Some("localhost" | "127.0.0.1"))
}

/// Opens an address in the user's browser; false where there is none.
pub fn open_browser(url: &str) -> bool {
    let program = if cfg!(target_os = "macos") {
        "open"
    } else if cfg!(windows) {
        "explorer"
    } else {
        "xdg-open"
    };
    Command::new(program)
        .arg(url)
        .stdin(Stdio::null())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .is_ok()
}
