//! Fields that every definition must have.

use super::{Context, Finding, Preset, rule};
use crate::definition::Definition;
use crate::definition::fields::{self, Required};

rule! {
    /// A definition has every required field.
    ///
    /// Metrics need `key_path`, `description`, `value_type`, `status`, `product_group`, `time_frame`, `data_source`,
    /// `data_category`, `milestone`, `introduced_by_url` and `tiers`; events need `description`, `action`,
    /// `product_group`, `introduced_by_url`, `milestone` and `tiers`. The preset `gitlab-legacy` asks of metrics only
    /// what GitLab 13 asked, `minimal` only a name and a description.
    ///
    /// ## Why
    /// A dictionary that cannot say who owns a metric, or which data category it falls under, fails the people who ask.
    ///
    /// ## Bad
    /// ```yaml
    /// key_path: counts.issues
    /// description: Count of issues
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// key_path: counts.issues
    /// description: Count of issues
    /// product_group: boards
    /// product_categories: [planning]
    /// value_type: number
    /// status: active
    /// milestone: "8.1"
    /// introduced_by_url: https://tidewater.example/changes/12
    /// time_frame: all
    /// data_source: database
    /// data_category: optional
    /// tiers: [free, premium, ultimate]
    /// ```
    ///
    /// Reference: `required` in GitLab's `config/metrics/schema/base.json` and `config/events/schema.json`.
    RULE = metric and event "missing-field", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(root), true) =
        (definition.kind(), definition.root(), definition.document.is_complete())
    else {
        return;
    };
    // What stands under its older name is reported there, once.
    let renamed =
        |name| fields::replaced_by(kind, name).is_some_and(|legacy| root.entry(legacy.name).is_some());
    let missing = fields::fields(kind).iter().filter(|field| {
        is_required(field.required, context.preset)
            && root.entry(field.name).is_none()
            && !renamed(field.name)
    });
    for field in missing {
        let message = format!("required field `{}` is missing", field.name);
        findings.push(
            Finding::new(RULE.of(kind), definition.file, definition.start(), message)
                .at(format!("/{}", field.name))
                .help(format!("add `{}`: {}", field.name, field.describe())),
        );
    }
}

fn is_required(required: Required, preset: Preset) -> bool {
    match required {
        Required::Always => true,
        Required::Gitlab13 => preset != Preset::Minimal,
        Required::Today => preset == Preset::Gitlab,
        Required::No => false,
    }
}
