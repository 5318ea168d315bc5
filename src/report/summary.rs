//! The last line of reports.

use crate::dictionary::Summary;
use crate::words::count;

/// The last line of a human report: `129 files, 86 metrics, 56 events: 3 errors, 9 warnings`.
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
    if found.is_empty() {
        format!("{checked}: nothing found")
    } else {
        format!("{checked}: {}", found.join(", "))
    }
}
