//! `serve`, as browsers and others meet it.

mod failures;
mod outside;
mod requests;
mod watching;
