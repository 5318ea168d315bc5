//! A project's own schemas: read and compiled once, asked for each definition.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use jsonschema::error::ValidationErrorKind;
use jsonschema::{ReferencingError, Uri, ValidationError, Validator};
use serde::Deserialize;
use serde_json::Value;

use super::folder::{Document, Documents, Folder};
use super::violation::{Violation, violations};
use crate::error::{Error, Result};
use crate::source::Kind;
use crate::vocabulary::Vocabulary;
use crate::yaml::escape_pointer;

/// `[check] schema`: files with JSON Schemas that definitions follow besides the built-in rules.
#[derive(Debug, Clone, Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct SchemaConfig {
    /// For metrics.
    pub metric: Option<PathBuf>,
    /// For events.
    pub event: Option<PathBuf>,
    /// The folder of the configuration, set when paths are made whole.
    #[serde(skip)]
    pub base: PathBuf,
}

/// The compiled schemas of a project.
#[derive(Debug, Default)]
pub struct ProjectSchemas {
    metric: Option<ProjectSchema>,
    event: Option<ProjectSchema>,
}

/// One compiled schema.
#[derive(Debug)]
pub struct ProjectSchema {
    validator: Validator,
    /// Its files, for what messages say of branches and conditions.
    documents: Documents,
    base: PathBuf,
}

impl ProjectSchemas {
    /// Reads and compiles the configured schemas. Nothing is fetched: references lead to files beside the schema or
    /// below the folder of the configuration.
    ///
    /// # Errors
    /// When a file is missing, is no JSON or no JSON Schema, or refers to what cannot be read; the message names the
    /// file and the pointer.
    pub fn load(config: &SchemaConfig, vocabulary: &Vocabulary) -> Result<Self> {
        let load = |path: &Option<PathBuf>| {
            path.as_deref().map(|path| ProjectSchema::load(path, &config.base, vocabulary)).transpose()
        };
        Ok(Self { metric: load(&config.metric)?, event: load(&config.event)? })
    }

    /// The files that the configured schemas consist of, as far as their references can be followed; they need not exist.
    pub fn files(config: &SchemaConfig) -> BTreeSet<PathBuf> {
        let mut files = BTreeSet::new();
        for path in [&config.metric, &config.event].into_iter().flatten() {
            files.insert(path.clone());
            if let Ok((folder, uri, schema)) = Folder::open(path, &config.base) {
                // Compiled for the references that this follows, not to be used.
                let _ =
                    jsonschema::options().with_base_uri(uri).with_retriever(folder.clone()).build(&schema);
                files.extend(folder.asked());
            }
        }
        files
    }

    /// The schema for a kind of definition, if there is one.
    pub fn of(&self, kind: Kind) -> Option<&ProjectSchema> {
        match kind {
            Kind::Metric => self.metric.as_ref(),
            Kind::Event => self.event.as_ref(),
        }
    }
}

impl ProjectSchema {
    fn load(path: &Path, base: &Path, vocabulary: &Vocabulary) -> Result<Self> {
        let (folder, uri, schema) = Folder::open(path, base)?;
        let categories = vocabulary.product_categories().cloned();
        let validator = jsonschema::options()
            .with_base_uri(uri)
            .with_retriever(folder.clone())
            .should_validate_formats(true)
            // GitLab's own format, `config/feature_categories.yml` there.
            .with_format("known_product_category", move |text: &str| {
                categories.as_ref().is_none_or(|known| known.contains(text))
            })
            .build(&schema);
        match validator {
            Ok(validator) => Ok(Self { validator, documents: folder.documents(), base: base.to_path_buf() }),
            Err(error) => Err(unusable(path, &folder, &error)),
        }
    }

    /// What a definition breaks: one for each cause, in a fixed order.
    pub fn violations(&self, instance: &Value) -> Vec<Violation> {
        violations(self.validator.iter_errors(instance), self)
    }

    /// The part of the schema at a pointer of one of its files.
    pub(super) fn part(&self, uri: &str, pointer: &str) -> Option<&Value> {
        self.documents.get(uri)?.content.pointer(pointer)
    }

    /// A file of the schema as messages name it.
    pub(super) fn file_name(&self, uri: &str) -> Option<String> {
        let path = &self.documents.get(uri)?.path;
        Some(crate::source::display_path(&self.base, path))
    }
}

/// Why a schema cannot be used, with the file and the pointer to blame.
fn unusable(path: &Path, folder: &Folder, error: &ValidationError<'_>) -> Error {
    let invalid = |path: &Path, pointer: &str, message: String| Error::Invalid {
        path: path.to_path_buf(),
        line: None,
        message: if pointer.is_empty() { message } else { format!("`{pointer}`: {message}") },
    };
    let documents = folder.documents();
    let ValidationErrorKind::Referencing(reason) = error.kind() else {
        // The schema is the instance here, and JSON Schema's own schema what it breaks.
        let value = error.instance().to_string();
        let value: String = value.chars().take(60).collect();
        return invalid(
            path,
            error.instance_path().as_str(),
            format!("no JSON Schema: `{value}` cannot stand here"),
        );
    };
    let message = match reason {
        ReferencingError::Unretrievable { uri, source } => format!("refers to `{uri}`: {source}"),
        other => other.to_string(),
    };
    match culprit(&documents, reason) {
        Some((document, pointer)) => invalid(&document.path, &pointer, message),
        None => invalid(path, "", message),
    }
}

/// The reference that leads nowhere: the file it stands in and the pointer to it.
fn culprit<'d>(documents: &'d Documents, reason: &ReferencingError) -> Option<(&'d Document, String)> {
    documents.iter().find_map(|(address, document)| {
        let base = Uri::parse(address.as_str()).ok()?;
        let to_blame = |reference: &str| match reason {
            ReferencingError::Unretrievable { uri, .. } => {
                let resolved = jsonschema::uri::resolve_against(&base, reference);
                let bare = |uri: &str| uri.split('#').next().unwrap_or_default().to_owned();
                resolved.is_ok_and(|resolved| bare(resolved.as_str()) == bare(uri))
            }
            ReferencingError::PointerToNowhere { pointer } => fragment(reference) == pointer,
            ReferencingError::NoSuchAnchor { anchor } | ReferencingError::InvalidAnchor { anchor } => {
                fragment(reference) == anchor
            }
            _ => false,
        };
        let pointer = find_reference(&document.content, "", &to_blame)?;
        Some((document, pointer))
    })
}

fn fragment(reference: &str) -> &str {
    reference.split_once('#').map_or("", |(_, fragment)| fragment)
}

/// The pointer to the first `$ref` or `$schema` that a condition holds for.
fn find_reference(value: &Value, pointer: &str, wanted: &dyn Fn(&str) -> bool) -> Option<String> {
    match value {
        Value::Object(object) => object.iter().find_map(|(key, value)| {
            let pointer = format!("{pointer}/{}", escape_pointer(key));
            match value.as_str() {
                Some(reference) if key.starts_with('$') && wanted(reference) => Some(pointer),
                _ => find_reference(value, &pointer, wanted),
            }
        }),
        Value::Array(items) => items
            .iter()
            .enumerate()
            .find_map(|(index, item)| find_reference(item, &format!("{pointer}/{index}"), wanted)),
        _ => None,
    }
}
