//! The properties that an event carries.

use super::shared::misspelt::misspelt;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::Type;
use crate::source::{Kind, Span};
use crate::yaml::{Entry, escape_pointer};

rule! {
    /// Each entry of an event's `additional_properties` is a mapping with a `description` and nothing else.
    ///
    /// ## Why
    /// The description is all that readers of the data will know about the property.
    ///
    /// ## Bad
    /// ```yaml
    /// additional_properties:
    ///   label: kind of repository
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// additional_properties:
    ///   label:
    ///     description: Kind of repository, `public` or `private`
    /// ```
    ///
    /// Reference: `additional_prop` in GitLab's `config/events/schema.json`.
    RULE = "event/additional-property", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    if definition.kind() != Some(Kind::Event) || !definition.document.is_complete() {
        return;
    }
    let properties = definition.get("additional_properties").map(|node| node.entries()).unwrap_or_default();
    for property in properties {
        let pointer = format!("/additional_properties/{}", escape_pointer(&property.key));
        check_property(property, &mut |span: Span, step: &str, message: String, help: &str| {
            let finding = Finding::new(&RULE, definition.file, span, message);
            findings.push(finding.at(format!("{pointer}{step}")).help(help));
        });
        findings.extend(unknown_keys(definition.file, property, &pointer));
    }
}

/// Checks one property; `report` takes place, last step of the pointer, message and help.
fn check_property(property: &Entry<'_>, report: &mut dyn FnMut(Span, &str, String, &str)) {
    let (name, value) = (&property.key, &property.value);
    let example = "write `description:` and a sentence below the name";
    if !Type::Mapping.fits(value) {
        let found = if value.is_null() { "nothing" } else { value.type_name() };
        return report(
            property.place(),
            "",
            format!("`{name}` must be a mapping with `description`, not {found}"),
            example,
        );
    }
    match value.entry("description") {
        None => report(property.key_span, "/description", format!("`{name}` has no `description`"), example),
        Some(entry) if !Type::String.fits(&entry.value) => {
            let message = format!("`description` must be a string, not {}", entry.value.type_name());
            report(
                entry.place(),
                "/description",
                message,
                "write a sentence, in quotes if it looks like a number",
            );
        }
        Some(_) => {}
    }
}

/// The keys of a property that it cannot have.
fn unknown_keys<'d>(
    file: usize,
    property: &'d Entry<'_>,
    pointer: &'d str,
) -> impl Iterator<Item = Finding> + 'd {
    let unknown = property.value.entries().iter().filter(|entry| entry.key != "description");
    unknown.map(move |entry| {
        let meant = misspelt(&property.value, &entry.key, ["description"]);
        let help = meant.map_or_else(|| "delete it".to_owned(), |meant| format!("did you mean `{meant}`?"));
        Finding::new(&RULE, file, entry.key_span, format!("a property has no `{}`", entry.key))
            .at(format!("{pointer}/{}", escape_pointer(&entry.key)))
            .meaning(meant)
            .help(help)
    })
}
