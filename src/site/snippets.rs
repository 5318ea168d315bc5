//! What a team wants beside each item: queries and the like, made from templates of the configuration.

use serde::{Deserialize, Serialize};
use tera::{Context, Tera};

use crate::dictionary::{Dictionary, Item, ItemJson, NO_GROUP};
use crate::error::{Error, Result};

/// One `[[snippet]]` of the configuration.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SnippetConfig {
    /// Its heading.
    pub title: String,
    /// What language it is, for readers: `sql`.
    #[serde(default)]
    pub language: String,
    /// Which items have it; all where nothing is said.
    #[serde(default)]
    pub when: When,
    /// A Tera template that knows `item`, the content of `index.json`.
    pub template: String,
}

/// Conditions of a snippet: all that are given must hold.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct When {
    kind: Option<OneOrMore>,
    status: Option<OneOrMore>,
    data_source: Option<OneOrMore>,
    data_category: Option<OneOrMore>,
    group: Option<OneOrMore>,
}

#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(untagged)]
enum OneOrMore {
    One(String),
    More(Vec<String>),
}

/// The snippets of the configuration, compiled.
pub(super) struct Snippets<'c> {
    configured: &'c [SnippetConfig],
    templates: Tera,
}

/// A snippet filled in for one item.
#[derive(Debug, Serialize)]
pub(super) struct Snippet<'c> {
    title: &'c str,
    language: &'c str,
    text: String,
}

impl<'c> Snippets<'c> {
    /// # Errors
    /// When a template is malformed; the message names the snippet.
    pub(super) fn compile(configured: &'c [SnippetConfig]) -> Result<Self> {
        // Tera itself reads no files and no environment; the result is escaped where the page shows it.
        let mut templates = Tera::new();
        templates.autoescape_on(Vec::<&str>::new());
        for (index, snippet) in configured.iter().enumerate() {
            templates
                .add_raw_template(&template_name(index), &snippet.template)
                .map_err(|error| snippet.error(&error))?;
        }
        Ok(Self { configured, templates })
    }

    /// The snippets of an item.
    ///
    /// # Errors
    /// When a template asks for what the item has not.
    pub(super) fn of(&self, item: &Item<'_>, dictionary: &Dictionary<'_>) -> Result<Vec<Snippet<'c>>> {
        let chosen = self.configured.iter().enumerate().filter(|(_, snippet)| snippet.when.fits(item));
        let mut context: Option<Context> = None;
        let mut snippets = Vec::new();
        for (index, snippet) in chosen {
            let context = context.get_or_insert_with(|| {
                let mut context = Context::new();
                context.insert("item", &ItemJson::new(item, dictionary));
                context
            });
            let text = self
                .templates
                .render(&template_name(index), context)
                .map_err(|error| Error::Usage(format!("{} for `{}`", snippet.error(&error), item.name)))?;
            snippets.push(Snippet {
                title: &snippet.title,
                language: &snippet.language,
                text: text.trim().to_owned(),
            });
        }
        Ok(snippets)
    }
}

fn template_name(index: usize) -> String {
    format!("snippet {}", index + 1)
}

impl SnippetConfig {
    fn error(&self, error: &tera::Error) -> Error {
        let mut message = format!("[[snippet]] `{}`: {error}", self.title);
        let mut cause = std::error::Error::source(error);
        while let Some(inner) = cause {
            message.push_str(&format!(": {inner}"));
            cause = inner.source();
        }
        Error::Usage(message)
    }
}

impl When {
    fn fits(&self, item: &Item<'_>) -> bool {
        let one = |wanted: &Option<OneOrMore>, values: &[&str]| {
            wanted.as_ref().is_none_or(|wanted| values.iter().any(|value| wanted.holds(value)))
        };
        let categories: Vec<&str> = item.data_categories.iter().map(AsRef::as_ref).collect();
        let group = item.owner.as_ref().map_or(NO_GROUP, |owner| owner.key.as_ref());
        one(&self.kind, &[item.kind.as_str()])
            && one(&self.status, &[item.definition.status()])
            && one(&self.data_source, &[item.text("data_source").unwrap_or_default()])
            && one(&self.data_category, &categories)
            && one(&self.group, &[group])
    }
}

impl OneOrMore {
    fn holds(&self, value: &str) -> bool {
        match self {
            Self::One(wanted) => wanted.eq_ignore_ascii_case(value),
            Self::More(wanted) => wanted.iter().any(|wanted| wanted.eq_ignore_ascii_case(value)),
        }
    }
}
