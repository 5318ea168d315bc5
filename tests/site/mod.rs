//! The written site.

mod determinism;
mod links;
mod lists;
mod pages;
mod rebuild;
