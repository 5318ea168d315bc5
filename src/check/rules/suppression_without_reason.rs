//! Suppressing comments that do not say why. `check/suppress.rs` finds them.

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
    RULE = "file/suppression-without-reason", Warning Warning Warning
}
