//! Product categories that the vocabulary lacks.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::suggest;
use crate::yaml::Node;

rule! {
    /// Each entry of `product_categories` is in the vocabulary.
    ///
    /// Checked where `product_categories.yml` or `feature_categories.yml` is at hand.
    ///
    /// ## Why
    /// A category nobody knows is in no list that people look at.
    ///
    /// ## Bad
    /// ```yaml
    /// product_categories: [plannig]
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// product_categories: [planning]
    /// ```
    RULE = metric and event "unknown-product-category", Error Warning Warning
}

pub(super) fn check(definition: &Definition<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(known)) = (definition.kind(), context.vocabulary.product_categories()) else {
        return;
    };
    let entries = definition.get("product_categories").map(Node::items).unwrap_or_default();
    for (index, entry) in entries.iter().enumerate() {
        let Some(written) = entry.text().filter(|written| !known.contains(*written)) else { continue };
        let near = suggest::nearest(written, known.iter().map(String::as_str));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => "name a category of the vocabulary, or add this one to it".to_owned(),
        };
        let message = format!("no product category is called `{written}`");
        findings.push(
            Finding::new(RULE.of(kind), definition.file, entry.span, message)
                .at(format!("/product_categories/{index}"))
                .help(help),
        );
    }
}
