//! The HTTP server: on loopback, with bounds for those who send much, slowly or never.

use std::net::{Ipv4Addr, SocketAddr};
use std::process::{Command, Stdio};
use std::sync::{Arc, mpsc};
use std::thread;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tokio::net::TcpListener;
use tokio::runtime::Runtime;
use tokio::sync::{Semaphore, watch};

use super::respond::respond;
use super::session::Tidings;
use super::state::State;
use crate::error::{Error, Result};

/// How many connections are open at once; further ones wait. A browser opens six.
const CONNECTIONS: usize = 256;

/// How long a request's head may take to arrive; as long may pass between two requests of a connection.
const HEAD_TIME: Duration = Duration::from_secs(10);

/// Bytes of a request's head. Browsers send one or two KiB.
const HEAD_BYTES: usize = 16 * 1024;

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
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().map_err(taken)?;
        let listener = runtime.block_on(TcpListener::bind(wanted)).map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        Ok(Self { runtime, listener, address })
    }

    /// Where it listens.
    pub(super) fn url(&self) -> String {
        format!("http://{}/", self.address)
    }

    /// Serves on a thread of its own until the process is interrupted, and tells that.
    pub(super) fn start(self, state: watch::Receiver<State>, tidings: mpsc::Sender<Tidings>) {
        thread::spawn(move || {
            let Self { runtime, listener, .. } = self;
            runtime.spawn(accept(listener, state));
            let interrupted = runtime.block_on(tokio::signal::ctrl_c());
            let stopped = interrupted.map_err(|error| Error::Usage(format!("the server stopped: {error}")));
            let _ = tidings.send(Tidings::Stopped(stopped));
        });
    }
}

async fn accept(listener: TcpListener, state: watch::Receiver<State>) {
    let room = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(place) = Arc::clone(&room).acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // There are no file handles left, or the client is gone again; a pause lets others end.
            tokio::time::sleep(Duration::from_millis(50)).await;
            continue;
        };
        let state = state.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| respond(request, state.clone()));
            let connection = http1::Builder::new()
                .timer(TokioTimer::new())
                .header_read_timeout(HEAD_TIME)
                .max_buf_size(HEAD_BYTES)
                .serve_connection(TokioIo::new(stream), service);
            // Clients that break off are no trouble of ours.
            let _ = connection.await;
            drop(place);
        });
    }
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
