//! The program as its users run it: one binary of tests, a folder for each concern.

mod cli;
mod formats;
mod hostile;
mod site;
mod support;
