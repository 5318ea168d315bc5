//! The program as its users run it: one binary of tests, a folder for each concern.

#![expect(clippy::unwrap_used, reason = "a test that panics has failed, and says where")]

mod breakages;
mod cli;
mod formats;
mod hostile;
mod serve;
mod site;
mod support;
