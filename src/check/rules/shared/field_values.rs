//! The walk over the values of known fields.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::check::Context;
use crate::definition::Definition;
use crate::definition::fields::{self, DATA_CATEGORIES, Field, Type, Values};
use crate::source::Span;
use crate::yaml::Node;

/// The value of a field, or one entry of its list.
pub(in crate::check::rules) struct FieldValue<'d, 's> {
    /// The field.
    pub(in crate::check::rules) field: &'static Field,
    /// Where the field's key stands.
    pub(in crate::check::rules) key_span: Span,
    /// The value.
    pub(in crate::check::rules) node: &'d Node<'s>,
    /// The place in the list; `None` for the value as a whole.
    pub(in crate::check::rules) index: Option<usize>,
    /// Where the same value stands before it in a list whose entries must differ.
    pub(in crate::check::rules) earlier: Option<Span>,
}

/// What a field says about a value of the right type.
pub(in crate::check::rules) enum Verdict<'c> {
    /// The field may have it.
    Allowed,
    /// Today's word is another, which differs in case alone where `folded`.
    Older { today: &'c str, folded: bool },
    /// It is none of these.
    Unlisted(Cow<'c, [&'c str]>),
    /// It does not have this form.
    Misshapen(&'static str),
}

/// Every known field's value; of a list of strings, each entry by itself.
pub(in crate::check::rules) fn field_values<'d, 's>(
    definition: &'d Definition<'s>,
) -> Vec<FieldValue<'d, 's>> {
    let (Some(kind), Some(root)) = (definition.kind(), definition.root()) else { return Vec::new() };
    let mut values = Vec::with_capacity(root.entries().len());
    for entry in root.entries() {
        let Some(field) = fields::find(kind, &entry.key) else { continue };
        let (key_span, node) = (entry.key_span, &entry.value);
        let whole = FieldValue { field, key_span, node, index: None, earlier: None };
        if !field.types.contains(&Type::Strings) || node.items().is_empty() || !whole.fits() {
            values.push(whole);
            continue;
        }
        let mut seen: BTreeMap<&str, Span> = BTreeMap::new();
        for (index, node) in node.items().iter().enumerate() {
            let text = node.text().filter(|_| field.distinct && Type::String.fits(node));
            let earlier = text.and_then(|text| seen.insert(text, node.span));
            values.push(FieldValue { field, key_span, node, index: Some(index), earlier });
        }
    }
    values
}

impl FieldValue<'_, '_> {
    /// JSON Pointer to the value.
    pub(in crate::check::rules) fn pointer(&self) -> String {
        match self.index {
            Some(index) => format!("/{}/{index}", self.field.name),
            None => format!("/{}", self.field.name),
        }
    }

    /// The types it may have; any where empty.
    pub(in crate::check::rules) fn types(&self) -> &'static [Type] {
        if self.index.is_some() { &[Type::String] } else { self.field.types }
    }

    /// Whether it has one of these types.
    pub(in crate::check::rules) fn fits(&self) -> bool {
        self.types().is_empty() || self.types().iter().any(|kind| kind.fits(self.node))
    }

    /// Holds the value to the field's list or form. What is not text or repeats another is judged elsewhere.
    pub(in crate::check::rules) fn judge<'c>(&self, context: &'c Context<'_>) -> Verdict<'c> {
        let Some(text) = self.node.text().filter(|_| self.earlier.is_none() && self.fits()) else {
            return Verdict::Allowed;
        };
        match self.field.values {
            Values::Any => Verdict::Allowed,
            Values::OneOf(known, legacy) => one_of(text, known.into(), legacy),
            Values::DataCategory => match context.vocabulary.data_category_keys() {
                own if own.is_empty() => one_of(text, DATA_CATEGORIES.into(), &[]),
                own => one_of(text, own.into(), &[]),
            },
            Values::Form(matches, _) if matches(text) => Verdict::Allowed,
            Values::Form(_, form) => Verdict::Misshapen(form),
        }
    }
}

fn one_of<'c>(text: &str, known: Cow<'c, [&'c str]>, legacy: &[(&str, &'static str)]) -> Verdict<'c> {
    if known.contains(&text) {
        return Verdict::Allowed;
    }
    if let Some(&today) = known.iter().find(|word| word.eq_ignore_ascii_case(text)) {
        return Verdict::Older { today, folded: true };
    }
    match legacy.iter().find(|(old, _)| *old == text) {
        Some(&(_, today)) => Verdict::Older { today, folded: false },
        None => Verdict::Unlisted(known),
    }
}
