//! The last line of reports.

use crate::dictionary::Summary;
use crate::words::count;

/// The last line of a human report: `129 files, 86 metrics, 56 events: 3 errors, 9 warnings (2 suppressed)`.
pub fn summary(summary: &Summary) -> String {
    let checked =
        [count(summary.files, "file"), count(summary.metrics, "metric"), count(summary.events, "event")]
            .join(", ");
    let found: Vec<String> =
        [(summary.errors, "error"), (summary.warnings, "warning"), (summary.infos, "info")]
            .into_iter()
            .filter(|&(number, _)| number > 0)
            .map(|(number, noun)| count(number, noun))
            .collect();
    let found = if found.is_empty() { "nothing found".to_owned() } else { found.join(", ") };
    let hidden: Vec<String> = [(summary.suppressed, "suppressed"), (summary.in_baseline, "in baseline")]
        .into_iter()
        .filter(|&(number, _)| number > 0)
        .map(|(number, how)| format!("{number} {how}"))
        .collect();
    if hidden.is_empty() {
        format!("{checked}: {found}")
    } else {
        format!("{checked}: {found} ({})", hidden.join(", "))
    }
}
