//! Suppressing comments that cannot hold. `check/suppress.rs` finds them.

use super::rule;

rule! {
    /// A comment that starts with `dictionary:` suppresses findings of rules that exist, in the form it must have.
    ///
    /// What keeps a file from being read (`yaml/…` and `file/…`) cannot be suppressed.
    ///
    /// ## Why
    /// A misspelt suppression does nothing, and looks as if it did.
    ///
    /// ## Bad
    /// ```yaml
    /// product_group: platform # dictionary: ignore unknown-group
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// product_group: platform # dictionary: ignore[metric/unknown-group] because the group is founded in May
    /// ```
    RULE = "file/invalid-suppression", Warning Warning Warning
}
