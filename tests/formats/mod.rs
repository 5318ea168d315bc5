//! Formats that other programs read.

mod headers;
mod reports;
mod schemas;
mod yaml;
