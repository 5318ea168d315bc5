//! The comments that suppress findings, and what can be wrong with them. `check/suppress.rs` finds it.

use super::rule;

rule! {
    /// A comment that suppresses a finding says why.
    ///
    /// `# dictionary: ignore[RULE] because …` holds for the line it stands on, or for the line below it; above a
    /// field, for the whole field. `# dictionary: ignore-file[RULE, RULE] because …` above the first field holds for
    /// the file. Without a reason it does not hold.
    ///
    /// ## Why
    /// Exceptions outlive those who made them. Only a reason tells the next reader whether this one still has to be.
    ///
    /// ## Bad
    /// ```yaml
    /// # dictionary: ignore[metric/unknown-group]
    /// product_group: platform
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// # dictionary: ignore[metric/unknown-group] because the group is founded in May
    /// product_group: platform
    /// ```
    WITHOUT_REASON = "file/suppression-without-reason", Warning Warning Warning
}

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
    INVALID = "file/invalid-suppression", Warning Warning Warning
}

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
    UNUSED = "file/unused-suppression", Warning Warning Warning
}
