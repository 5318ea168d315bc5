//! The command line.

mod baseline;
mod build;
mod check;
mod explain;
mod export;
mod fix;
mod own_schema;
mod rules;
mod search;
mod show;
mod since;
mod stdin;
mod suppress;
