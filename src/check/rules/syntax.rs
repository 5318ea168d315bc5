//! Text that is not YAML.

use super::shared::yaml_problems::report;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::yaml::ProblemKind;

rule! {
    /// A definition file is well-formed YAML.
    ///
    /// ## Why
    /// What stands behind a syntax error is not read: the fields are missing from the dictionary. Brackets and quotes
    /// are reported where they open, everything else where reading stopped.
    ///
    /// ## Bad
    /// ```yaml
    /// description: Count: of issues
    /// tiers: [free, premium
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// description: "Count: of issues"
    /// tiers: [free, premium]
    /// ```
    RULE = "yaml/syntax", Error Error Error
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    report(&RULE, definition, findings, |problem| match problem {
        ProblemKind::ControlCharacter('\0') => Some((
            "a NUL byte cannot stand in YAML".to_owned(),
            "delete it, or save the file as UTF-8 text".to_owned(),
        )),
        ProblemKind::ControlCharacter(character) => Some((
            format!("the control character U+{:04X} cannot stand in YAML", u32::from(*character)),
            "delete it, or write it as an escape in double quotes".to_owned(),
        )),
        ProblemKind::Unclosed(open) => {
            let (what, close) = match open {
                '[' => ("bracket", ']'),
                '{' => ("brace", '}'),
                quote => ("quote", *quote),
            };
            Some((format!("this {what} is never closed"), format!("add the closing `{close}`")))
        }
        ProblemKind::Syntax(words, remedy) => Some((format!("not YAML: {words}"), (*remedy).to_owned())),
        _ => None,
    });
}
