//! The site over HTTP on this machine alone, from memory, kept up to date while its files change.
//!
//! [`Session`] is the loop: `watch` tells what changed on disk, and each change makes a [`Generation`], a thread that
//! owns everything from the configuration to the pages and answers for them until a newer one takes over. [`Server`]
//! holds no more of it than the `state`: whom to ask for pages, and what could not be built. Pages learn of both
//! through `live` and reload themselves.

mod address;
mod answer;
mod changes;
mod generation;
mod live;
mod pages;
mod places;
mod respond;
mod server;
mod session;
mod state;
mod watch;

pub use generation::{Generation, Site};
pub use pages::Pages;
pub use server::{Server, open_browser};
pub use session::{Make, News, Session};
