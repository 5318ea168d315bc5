//! Formats that other programs read.

mod editor_schema;
mod gitlab_schema;
mod headers;
mod pipelines;
mod reports;
mod schemas;
mod yaml;
