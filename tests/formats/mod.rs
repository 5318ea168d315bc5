//! Formats that other programs read.

mod headers;
mod pipelines;
mod reports;
mod schemas;
mod yaml;
