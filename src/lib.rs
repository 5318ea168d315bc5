//! Metric and event definitions in, a checked and searchable dictionary out.
//!
//! The flow, one module a step: [`config`] says what to work on; [`source`] reads the files; [`yaml`] and
//! [`definition`] make trees of them; [`vocabulary`] knows groups and categories; [`check`] finds what is wrong;
//! [`dictionary`] links what is there; [`export`] and [`site`] render it; [`output`] puts it in place. [`commands`] run
//! prefixes of that flow.

pub mod check;
pub mod cli;
pub mod commands;
pub mod config;
pub mod definition;
pub mod dictionary;
pub mod digest;
pub mod error;
pub mod export;
mod folder;
pub mod output;
pub mod report;
pub mod schema;
pub mod sealed;
pub mod search;
pub mod serve;
pub mod site;
pub mod source;
mod stamp;
pub mod suggest;
pub mod visible;
pub mod vocabulary;
pub mod words;
pub mod yaml;
