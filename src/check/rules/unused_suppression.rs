//! Suppressing comments with nothing to suppress. `check/suppress.rs` finds them.

use super::rule;

rule! {
    /// A comment that suppresses findings has something to suppress.
    ///
    /// Rules that the configuration turns off, and those that need `--since`, are not counted as unused.
    ///
    /// ## Why
    /// What was suppressed is mended, or the comment stands at the wrong place. The next finding there would go
    /// unnoticed.
    ///
    /// ## Bad
    /// ```yaml
    /// # dictionary: ignore[metric/invalid-value] because the release is not named yet
    /// milestone: "16.10"
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// milestone: "16.10"
    /// ```
    RULE = "file/unused-suppression", Warning Warning Warning
}
