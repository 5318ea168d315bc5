//! Owners in other words than the vocabulary.

use super::shared::edit::reword;
use super::shared::owner::owner;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::vocabulary::{Group, fold};

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
    RULE = metric and event "group-spelling", Warning Off Off
}

pub(super) fn check(definition: &Definition<'_>, context: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some((kind, value, written)) = owner(definition, context) else { return };
    let Some(group) = context.vocabulary.group(written).filter(|group| group.key != written) else { return };
    let message = if group.was(written) {
        format!("the group `{written}` is now `{}`", group.key)
    } else {
        format!("the key of the group `{written}` is `{}`", group.key)
    };
    // Several groups may share a name, or have had the same key.
    let same = |group: &&Group| fold(&group.key) == fold(written) || group.was(written);
    let only = context.vocabulary.groups().iter().filter(same).count() == 1 && same(&group);
    let fix = only.then(|| reword(definition, value.span, written, &group.key)).flatten();
    findings.push(
        Finding::new(RULE.of(kind), definition.file, value.span, message)
            .at("/product_group")
            .help(format!("write `{}`", group.key))
            .fix(fix),
    );
}
