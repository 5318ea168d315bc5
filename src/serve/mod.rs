//! The site over HTTP on this machine alone, from memory.

mod pages;
mod server;

pub use pages::{Answer, Pages};
pub use server::{Server, open_browser};
