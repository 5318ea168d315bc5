//! By what a platform knows a finding again in the next run.

use std::collections::HashMap;

use crate::dictionary::FindingJson;

/// Gives each finding a fingerprint of its own.
///
/// It is made of rule, path, pointer and message, not of lines: a finding whose file grows above it stays the same. A
/// counter tells those apart that have all of it in common.
#[derive(Default)]
pub(super) struct Fingerprints {
    seen: HashMap<String, usize>,
}

impl Fingerprints {
    /// The fingerprint of the next finding, 32 hexadecimal digits.
    pub(super) fn of(&mut self, finding: &FindingJson<'_>) -> String {
        let identity = [finding.rule, finding.path, finding.pointer, finding.message].join("\0");
        let count = self.seen.entry(identity.clone()).or_insert(0);
        *count += 1;
        blake3::hash(format!("{identity}\0{count}").as_bytes()).to_hex()[..32].to_owned()
    }
}
