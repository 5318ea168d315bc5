//! Where a schema asks for something: the keyword, its surroundings, and the condition it stands under.

use jsonschema::ValidationError;
use serde_json::Value;

use super::project::ProjectSchema;
use super::words::shown;
use crate::words::joined;

/// The keyword that a definition breaks, with its place in the schema.
pub(super) struct Keyword<'s> {
    schema: &'s ProjectSchema,
    uri: String,
    pointer: String,
}

impl<'s> Keyword<'s> {
    /// The keyword behind an error.
    pub(super) fn of(error: &ValidationError<'_>, schema: &'s ProjectSchema) -> Option<Self> {
        let location = error.absolute_keyword_location()?;
        let fragment = location.fragment().map(|fragment| fragment.decode().to_string_lossy().into_owned());
        let uri = location.as_str().split('#').next().unwrap_or_default().to_owned();
        Some(Self { schema, uri, pointer: fragment.unwrap_or_default() })
    }

    /// The schema that the keyword stands in.
    pub(super) fn around(&self) -> Option<&'s Value> {
        let (parent, _) = self.pointer.rsplit_once('/')?;
        self.schema.part(&self.uri, parent)
    }

    /// One of the branches below `anyOf` or `oneOf`.
    pub(super) fn branch(&self, index: usize) -> Option<&'s Value> {
        self.schema.part(&self.uri, &format!("{}/{index}", self.pointer))
    }

    /// Where the schema asks for it: "`schemas/metric.json` asks for it at `/required`".
    pub(super) fn place(&self) -> String {
        let pointer = if self.pointer.is_empty() { "/" } else { &self.pointer };
        match self.schema.file_name(&self.uri) {
            Some(file) => format!("`{file}` asks for it at `{pointer}`"),
            None => format!("the schema asks for it at `{pointer}`"),
        }
    }
}

/// What the innermost `if` around a keyword says, in words: "`data_source` is `redis`".
pub(super) fn condition(keyword: &Keyword<'_>) -> Option<String> {
    let at = keyword.pointer.rfind("/then").filter(|at| {
        let rest = &keyword.pointer[at + "/then".len()..];
        rest.is_empty() || rest.starts_with('/')
    })?;
    let condition = keyword.schema.part(&keyword.uri, &format!("{}/if", &keyword.pointer[..at]))?;
    let properties = condition.get("properties").and_then(Value::as_object);
    let mut parts: Vec<String> = Vec::new();
    for (name, wanted) in properties.into_iter().flatten() {
        if let Some(value) = wanted.get("const") {
            parts.push(format!("`{name}` is {}", shown(value)));
        } else if let Some(values) =
            wanted.get("enum").and_then(Value::as_array).filter(|values| values.len() < 6)
        {
            let values = values.iter().map(shown).collect();
            parts.push(format!("`{name}` is {}", joined(values, "or")));
        }
    }
    if parts.is_empty() {
        let title = ["title", "description"].into_iter().find_map(|key| condition.get(key)?.as_str());
        return title.map(|title| format!("the schema says: {title}"));
    }
    Some(joined(parts, "and"))
}
