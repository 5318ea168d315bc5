//! The command line.

mod build;
mod check;
mod explain;
mod export;
mod rules;
mod show;
mod suppress;
