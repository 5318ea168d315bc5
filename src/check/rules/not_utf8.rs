//! Text in other encodings.

use super::{Context, Finding, rule};
use crate::definition::Definition;

rule! {
    /// A definition file is UTF-8 text.
    ///
    /// ## Why
    /// Other encodings turn letters into noise on pages and in exports, differently on each machine.
    ///
    /// ## Bad
    /// ```text
    /// description: caf\xe9            (Latin-1)
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// description: café
    /// ```
    RULE = "yaml/not-utf8", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(span) = definition.source.not_utf8 else { return };
    findings.push(
        Finding::new(&RULE, definition.file, span, "the file is not UTF-8 from here on")
            .help("save the file in the encoding UTF-8"),
    );
}
