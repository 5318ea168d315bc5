//! The written site.

mod determinism;
mod links;
mod pages;
