//! Types and values of fields.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use std::collections::HashMap;

use crate::definition::fields::{self, DATA_CATEGORIES, Field, Required, Type, Values, quoted};
use crate::source::{Kind, Span};
use crate::suggest;
use crate::yaml::{Node, Resolved};

rule! {
    /// A field's value has the type that its readers expect.
    ///
    /// ## Why
    /// YAML reads `16.10` without quotes as the number 16.1, and `milestone:` with nothing behind it as null. What the
    /// author meant is lost before any reader sees it.
    ///
    /// ## Bad
    /// ```yaml
    /// milestone: 16.10
    /// tiers: free
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// milestone: "16.10"
    /// tiers: [free]
    /// ```
    WRONG_TYPE = metric and event "wrong-type", Error Error Error
}

rule! {
    /// A field's value is one of those it may have, or has the form it must have.
    ///
    /// ## Why
    /// Lists and facets sort definitions by these values; a misspelt one drops out of every list it belongs to.
    ///
    /// ## Bad
    /// ```yaml
    /// status: actve
    /// milestone: "16"
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: active
    /// milestone: "16.0"
    /// ```
    INVALID_VALUE = metric and event "invalid-value", Error Error Off
}

rule! {
    /// A field's value is not one that only older definitions used.
    ///
    /// Among them are the statuses `data_available` and `implemented`, and data categories with a capital letter. The
    /// preset `gitlab-legacy` allows them.
    ///
    /// ## Why
    /// Today's readers do not know them. The dictionary lists them under today's word.
    ///
    /// ## Bad
    /// ```yaml
    /// status: data_available
    /// data_category: Optional
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: active
    /// data_category: optional
    /// ```
    LEGACY_VALUE = metric and event "legacy-value", Error Off Off
}

rule! {
    /// No value stands twice in a metric's `time_frame` or `tiers`.
    ///
    /// ## Why
    /// Each entry of `time_frame` makes a metric of its own; a repeated one would make the same metric twice.
    ///
    /// ## Bad
    /// ```yaml
    /// time_frame: [7d, 28d, 7d]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// time_frame: [7d, 28d]
    /// ```
    REPEATED_VALUE = "metric/repeated-value", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(root)) = (definition.kind(), definition.root()) else { return };
    let mut values = FieldValues { definition, kind, context, findings };
    for entry in root.entries() {
        if let Some(field) = fields::find(kind, &entry.key) {
            values.check_field(field, &entry.value);
        }
    }
}

/// The values of one definition's fields.
struct FieldValues<'c, 'd, 's> {
    definition: &'d Definition<'s>,
    kind: Kind,
    context: &'c Context<'c>,
    findings: &'c mut Vec<Finding>,
}

impl FieldValues<'_, '_, '_> {
    fn check_field(&mut self, field: &Field, value: &Node<'_>) {
        let pointer = format!("/{}", field.name);
        if !field.types.is_empty() && !field.types.iter().any(|kind| kind.fits(value)) {
            let choice = (field.required != Required::No).then(|| field.describe());
            return self.wrong_type(&format!("`{}`", field.name), field.types, value, (pointer, choice));
        }
        if !field.types.contains(&Type::Strings) || value.items().is_empty() {
            return self.check_value(field, value, pointer);
        }
        let mut seen: HashMap<&str, Span> = HashMap::new();
        for (index, item) in value.items().iter().enumerate() {
            let pointer = format!("{pointer}/{index}");
            if Type::String.fits(item) {
                let first =
                    seen.insert(item.text().unwrap_or_default(), item.span).filter(|_| field.distinct);
                self.check_item(field, first, item, pointer);
            } else {
                let subject = format!("an entry of `{}`", field.name);
                self.wrong_type(&subject, &[Type::String], item, (pointer, None));
            }
        }
    }

    /// Checks one entry of a list; `earlier` is where the same value stands before it, if it must not.
    fn check_item(&mut self, field: &Field, earlier: Option<Span>, item: &Node<'_>, pointer: String) {
        let text = item.text();
        if let Some(earlier) = earlier {
            let message = format!("`{}` stands twice in `{}`", text.unwrap_or_default(), field.name);
            self.findings.push(
                Finding::new(&REPEATED_VALUE, self.definition.file, item.span, message)
                    .at(pointer)
                    .help("keep one of them")
                    .related(self.definition.file, earlier, "first here"),
            );
        } else if field.name == "time_frame" && text == Some("none") {
            let message = "`none` cannot stand in a list of time frames";
            self.findings.push(
                Finding::new(INVALID_VALUE.of(self.kind), self.definition.file, item.span, message)
                    .at(pointer)
                    .help("write `time_frame: none`, or take it out of the list"),
            );
        } else {
            self.check_value(field, item, pointer);
        }
    }

    /// `place` is the JSON Pointer and, for a field that cannot be deleted, what it may say.
    fn wrong_type(
        &mut self,
        subject: &str,
        expected: &[Type],
        value: &Node<'_>,
        place: (String, Option<String>),
    ) {
        let (pointer, choice) = place;
        let wanted = expected.iter().filter(|kind| **kind != Type::Null).map(|kind| kind.name());
        let wanted = wanted.collect::<Vec<_>>().join(" or ");
        let found = if value.is_null() { "nothing" } else { value.type_name() };
        let quotable =
            matches!(value.resolve(), Some(Resolved::Integer(_) | Resolved::Float(_) | Resolved::Bool(_)));
        let help = match (expected, value.text()) {
            ([Type::String, ..], Some(text)) if quotable => format!("quote it: `\"{text}\"`"),
            ([Type::Strings, ..], Some(text)) => format!("make it a list: `[{text}]`"),
            ([Type::Boolean], Some("yes" | "on" | "True")) => "write `true`".to_owned(),
            _ => match choice {
                Some(choice) => format!("write {choice}"),
                None if value.is_null() => format!("write {wanted} after the colon, or delete the field"),
                None => format!("write {wanted}"),
            },
        };
        let span = if value.is_null() && value.span.start == value.span.end {
            self.key_span(&pointer).unwrap_or(value.span)
        } else {
            value.span
        };
        self.findings.push(
            Finding::new(
                WRONG_TYPE.of(self.kind),
                self.definition.file,
                span,
                format!("{subject} must be {wanted}, not {found}"),
            )
            .at(pointer)
            .help(help),
        );
    }

    /// The key of a field whose value is left out, since nothing else can be pointed at.
    fn key_span(&self, pointer: &str) -> Option<Span> {
        let entry = self.definition.root()?.entry(pointer.strip_prefix('/')?)?;
        Some(entry.key_span)
    }

    fn check_value(&mut self, field: &Field, value: &Node<'_>, pointer: String) {
        let Some(text) = value.text() else { return };
        match field.values {
            Values::Any => {}
            Values::OneOf(known, legacy) => self.one_of(field, (known, legacy), value, pointer),
            Values::DataCategory => match self.context.vocabulary.data_category_keys() {
                own if own.is_empty() => self.one_of(field, (DATA_CATEGORIES, &[]), value, pointer),
                own => self.one_of(field, (&own, &[]), value, pointer),
            },
            Values::Form(matches, _) if matches(text) => {}
            Values::Form(_, form) => self.invalid(field, value, pointer, format!("write {form}")),
        }
    }

    fn one_of(
        &mut self,
        field: &Field,
        values: (&[&str], &[(&str, &str)]),
        value: &Node<'_>,
        pointer: String,
    ) {
        let (known, legacy) = values;
        let text = value.text().unwrap_or_default();
        if known.contains(&text) {
            return;
        }
        let folded = known.iter().find(|word| word.eq_ignore_ascii_case(text));
        let older = legacy.iter().find(|(old, _)| *old == text).map(|(_, today)| today);
        if let Some(today) = folded.or(older) {
            let message = match folded {
                Some(today) => format!("`{text}` is spelled `{today}` in `{}`", field.name),
                None => format!("`{text}` is an older value of `{}`", field.name),
            };
            self.findings.push(
                Finding::new(LEGACY_VALUE.of(self.kind), self.definition.file, value.span, message)
                    .at(pointer)
                    .help(format!("write `{today}`")),
            );
            return;
        }
        let help = match suggest::nearest(text, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`? Known are {}", quoted(known.iter())),
            None => format!("write {}", quoted(known.iter())),
        };
        self.invalid(field, value, pointer, help);
    }

    fn invalid(&mut self, field: &Field, value: &Node<'_>, pointer: String, help: String) {
        let message = format!("`{}` is no value of `{}`", value.text().unwrap_or_default(), field.name);
        self.findings.push(
            Finding::new(INVALID_VALUE.of(self.kind), self.definition.file, value.span, message)
                .at(pointer)
                .help(help),
        );
    }
}
