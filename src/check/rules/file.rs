//! Paths that a glob matches and that cannot be read.

use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::source::{ReadProblem, Span};

rule! {
    /// Every definition file and every folder with definitions can be read.
    ///
    /// ## Why
    /// What cannot be read cannot be listed: its metrics would silently be missing from the dictionary.
    ///
    /// ## Bad
    /// ```text
    /// ---------- root root metrics/counts_all/issues.yml
    /// ```
    ///
    /// ## Good
    /// ```text
    /// -rw-r--r-- root root metrics/counts_all/issues.yml
    /// ```
    UNREADABLE = "file/unreadable", Error Error Error
}

rule! {
    /// What is named like a definition is a regular file.
    ///
    /// ## Why
    /// A folder, pipe or device under such a name is a mistake, and reading a pipe would wait for ever.
    ///
    /// ## Bad
    /// ```text
    /// metrics/counts_all/issues.yml/
    /// ```
    ///
    /// ## Good
    /// ```text
    /// metrics/counts_all/issues.yml
    /// ```
    NOT_A_FILE = "file/not-a-file", Error Error Error
}

rule! {
    /// A definition file is smaller than 1 MiB.
    ///
    /// ## Why
    /// A definition takes a kilobyte. A huge file is something else that came under the name, and reading it would
    /// take the memory of everyone who builds the site.
    ///
    /// ## Bad
    /// ```text
    /// 52428800 metrics/counts_all/database-dump.yml
    /// ```
    ///
    /// ## Good
    /// ```text
    /// 712 metrics/counts_all/issues.yml
    /// ```
    TOO_LARGE = "file/too-large", Error Error Error
}

rule! {
    /// A linked file lies below the source's root.
    ///
    /// ## Why
    /// Definitions come from many hands. A link out of the folder would publish whatever it points at.
    ///
    /// ## Bad
    /// ```text
    /// metrics/counts_all/issues.yml -> /etc/passwd
    /// ```
    ///
    /// ## Good
    /// ```text
    /// metrics/counts_all/issues.yml -> ../shared/issues.yml
    /// ```
    OUTSIDE_ROOT = "file/outside-root", Error Error Error
}

rule! {
    /// Folders below a source's root are real folders, not links.
    ///
    /// ## Why
    /// Links between folders can form loops and list definitions twice, so they are not followed. Name the folder as a
    /// source of its own instead.
    ///
    /// ## Bad
    /// ```text
    /// metrics/license -> ../../ee/metrics/license
    /// ```
    ///
    /// ## Good
    /// ```toml
    /// [[source]]
    /// root = "definitions"
    ///
    /// [[source]]
    /// root = "ee/definitions"
    /// ```
    LINKED_FOLDER = "file/linked-folder", Warning Warning Warning
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(problem) = &definition.source.problem else { return };
    let finding = |rule, message: String| Finding::new(rule, definition.file, Span::default(), message);
    findings.push(match problem {
        ReadProblem::Unreadable(reason) => finding(&UNREADABLE, format!("cannot be read: {reason}"))
            .help("make it readable, or exclude it in `[[source]]`"),
        ReadProblem::NotAFile(what) => {
            finding(&NOT_A_FILE, format!("this is {what}, not a definition file")).help("rename or delete it")
        }
        ReadProblem::TooLarge { size, limit } => {
            finding(&TOO_LARGE, format!("the file has {size} bytes; definitions may have {limit}"))
                .help("split it, delete it, or exclude it in `[[source]]`")
        }
        ReadProblem::OutsideRoot => {
            finding(&OUTSIDE_ROOT, "this link leads out of the source's root".to_owned())
                .help("copy the file here, or add its folder as a `[[source]]`")
        }
        ReadProblem::LinkedFolder => finding(&LINKED_FOLDER, "this linked folder is not followed".to_owned())
            .help("add the folder it points to as a `[[source]]`"),
    });
}
