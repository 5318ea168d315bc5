//! Formats that other programs read.

mod headers;
mod schemas;
mod yaml;
