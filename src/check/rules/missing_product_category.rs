//! Metrics in no product category.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::EXEMPT_PRODUCT_CATEGORY;
use crate::source::Kind;
use crate::yaml::{Data, Node};

rule! {
    /// An active metric names at least one product category.
    ///
    /// GitLab exempts eight metrics that are older than this rule by their key_path.
    ///
    /// ## Why
    /// Readers who know a feature, and not the group that owns it, find its metrics by category.
    ///
    /// ## Bad
    /// ```yaml
    /// status: active
    /// product_categories: []
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// status: active
    /// product_categories: [planning]
    /// ```
    ///
    /// Reference: GitLab's `config/metrics/schema/product_categories.json`.
    RULE = "metric/missing-product-category", Error Off Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(Kind::Metric), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    let exempt = root
        .get("key_path")
        .and_then(Node::text)
        .is_some_and(|key_path| EXEMPT_PRODUCT_CATEGORY.contains(&key_path));
    // What stands under the older name is reported there.
    if exempt
        || root.get("status").and_then(Node::text) != Some("active")
        || root.entry("product_category").is_some()
    {
        return;
    }
    let (span, message) = match root.get("product_categories") {
        None => {
            (definition.start(), "required field `product_categories` is missing: the metric is `active`")
        }
        Some(list) if matches!(&list.data, Data::Sequence(items) if items.is_empty()) => {
            (list.span, "`product_categories` is empty: the metric is `active`")
        }
        Some(_) => return,
    };
    findings.push(
        Finding::new(&RULE, definition.file, span, message)
            .at("/product_categories")
            .help("name the feature categories it belongs to: `product_categories: [planning]`"),
    );
}
