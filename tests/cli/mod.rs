//! The command line.

mod build;
mod check;
mod explain;
mod rules;
mod show;
