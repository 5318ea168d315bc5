//! The owner of a definition, where there is a list to hold it to.

use crate::check::Context;
use crate::definition::Definition;
use crate::source::Kind;
use crate::yaml::Node;

/// The definition's kind, its `product_group` and what that says; nothing without a vocabulary of groups.
pub(in crate::check::rules) fn owner<'d, 's>(
    definition: &'d Definition<'s>,
    context: &Context<'_>,
) -> Option<(Kind, &'d Node<'s>, &'d str)> {
    let (kind, value) = (definition.kind()?, definition.get("product_group")?);
    let written = value.text().filter(|_| context.vocabulary.has_groups())?;
    Some((kind, value, written))
}
