//! One cause is one finding.

use crate::check::Finding;

/// Whether a rule before has found something at a value of the same definition.
pub(in crate::check::rules) fn reported(findings: &[Finding], pointer: &str) -> bool {
    findings.iter().any(|finding| finding.pointer == pointer)
}
