//! What the rules about data sources have in common.

use super::misspelt::misspelt;
use crate::check::{Finding, Rule};
use crate::definition::Definition;
use crate::definition::fields::Type;
use crate::source::{Kind, Span};
use crate::yaml::{Node, escape_pointer};

/// Whether this is a metric with a data source, of which every field could be read.
pub(in crate::check::rules) fn has_source(definition: &Definition<'_>, source: &str) -> bool {
    definition.kind() == Some(Kind::Metric)
        && definition.root().is_some()
        && definition.document.is_complete()
        && definition.text("data_source") == Some(source)
}

/// Findings about what a Redis data source asks for.
pub(in crate::check::rules) struct Report<'r, 's> {
    pub(in crate::check::rules) definition: &'r Definition<'s>,
    pub(in crate::check::rules) findings: &'r mut Vec<Finding>,
    pub(in crate::check::rules) rule: &'static Rule,
    pub(in crate::check::rules) source: &'static str,
    pub(in crate::check::rules) example: &'static str,
}

impl<'r, 's> Report<'r, 's> {
    pub(in crate::check::rules) fn add(&mut self, span: Span, pointer: &str, message: String) {
        self.findings.push(
            Finding::new(self.rule, self.definition.file, span, message).at(pointer).help(self.example),
        );
    }

    /// Checks the class; where it is missing, `options` may be as well, and both are reported together.
    pub(in crate::check::rules) fn class(&mut self, wanted: &str) {
        let source = self.source;
        match self.definition.root().and_then(|root| root.entry("instrumentation_class")) {
            None => {
                let without_options = self.definition.get("options").is_none() && self.source == "redis";
                let fields = if without_options {
                    "required fields `instrumentation_class` and `options` are missing"
                } else {
                    "required field `instrumentation_class` is missing"
                };
                let message = format!("{fields}: the data source is `{source}`");
                self.add(self.definition.start(), "/instrumentation_class", message);
            }
            Some(class) if class.value.text() != Some(wanted) => {
                let message = format!("the class of a metric over `{source}` must be `{wanted}`");
                self.add(class.place(), "/instrumentation_class", message);
            }
            Some(_) => {}
        }
    }

    /// `options`, if it is a mapping; reports it otherwise.
    pub(in crate::check::rules) fn options(&mut self) -> Option<&'r Node<'s>> {
        match self.definition.get("options") {
            None => {
                if self.definition.get("instrumentation_class").is_some() {
                    let message =
                        format!("required field `options` is missing: the data source is `{}`", self.source);
                    self.add(self.definition.start(), "/options", message);
                }
                None
            }
            Some(options) => Type::Mapping.fits(options).then_some(options),
        }
    }

    pub(in crate::check::rules) fn options_keys(
        &mut self,
        options: &Node<'_>,
        required: &[&str],
        known: &[&str],
    ) {
        let start = options.entries().first().map_or(options.span, |entry| entry.key_span);
        for key in required.iter().filter(|key| options.entry(key).is_none()) {
            self.add(start, &format!("/options/{key}"), format!("`options` lacks `{key}`"));
        }
        for entry in options.entries().iter().filter(|entry| !known.contains(&entry.key.as_ref())) {
            let message = format!("`options` of a metric over `{}` has no `{}`", self.source, entry.key);
            let pointer = format!("/options/{}", escape_pointer(&entry.key));
            let finding = Finding::new(self.rule, self.definition.file, entry.key_span, message).at(pointer);
            let meant = misspelt(options, &entry.key, known.iter().copied());
            self.findings.push(finding.help(self.example).meaning(meant));
        }
    }
}
