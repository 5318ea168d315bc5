//! Owners against the vocabulary.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::suggest;

rule! {
    /// `product_group` names a group of the vocabulary.
    ///
    /// Checked where `groups.yml`, `stages.yml` or `product_groups.json` is at hand.
    ///
    /// ## Why
    /// A definition whose owner nobody knows has no owner: nobody is asked when it breaks.
    ///
    /// ## Bad
    /// ```yaml
    /// product_group: baords
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// product_group: boards
    /// ```
    UNKNOWN_GROUP = metric and event "unknown-group", Error Warning Warning
}

rule! {
    /// `product_group` is written as in the vocabulary, under the group's present key.
    ///
    /// ## Why
    /// `group::boards` and a group's former key still find their owner here. Other tools compare the bare words.
    ///
    /// ## Bad
    /// ```yaml
    /// product_group: group::boards
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// product_group: boards
    /// ```
    GROUP_SPELLING = metric and event "group-spelling", Warning Off Off
}

pub(super) fn check(definition: &Definition<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let (Some(kind), Some(value)) = (definition.kind(), definition.get("product_group")) else { return };
    let Some(written) = value.text().filter(|_| context.vocabulary.has_groups()) else { return };
    let finding =
        |rule, message: String| Finding::new(rule, definition.file, value.span, message).at("/product_group");
    findings.extend(match context.vocabulary.group(written) {
        Some(group) if group.key == written => None,
        Some(group) if group.was(written) => Some(
            finding(GROUP_SPELLING.of(kind), format!("the group `{written}` is now `{}`", group.key))
                .help(format!("write `{}`", group.key)),
        ),
        Some(group) => Some(
            finding(GROUP_SPELLING.of(kind), format!("the key of the group `{written}` is `{}`", group.key))
                .help(format!("write `{}`", group.key)),
        ),
        None => {
            let near = suggest::nearest(written, context.vocabulary.group_keys());
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "name a group of the vocabulary, or add this one to it".to_owned(),
            };
            Some(finding(UNKNOWN_GROUP.of(kind), format!("no group is called `{written}`")).help(help))
        }
    });
}
