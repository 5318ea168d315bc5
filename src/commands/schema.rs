//! `schema`: a JSON Schema for editors.

use super::project::Project;
use super::{Answer, Streams};
use crate::cli::{Global, Schema};
use crate::definition;
use crate::error::{Error, Result};
use crate::schema::{Known, editor_schema};

/// Prints the schema of one kind of definition.
pub(super) fn run(global: &Global, arguments: &Schema, streams: &mut Streams<'_>) -> Result<Answer> {
    let project = Project::read(global, streams)?;
    let definitions = definition::parse(&project.files);
    let known = Known::new(&project.config.check, &project.vocabulary, &definitions);
    let schema = editor_schema(arguments.kind.into(), &known);
    let text =
        serde_json::to_string_pretty(&schema).map_err(|error| Error::from(std::io::Error::from(error)))?;
    writeln!(streams.out, "{text}")?;
    Ok(Answer::Yes)
}
