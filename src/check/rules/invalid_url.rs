//! Addresses that cannot be opened.

use super::shared::field_values::field_values;
use super::shared::reported::reported;
use super::{Context, Finding, rule};
use crate::definition::Definition;
use crate::definition::fields::Type;

rule! {
    /// A field for an address holds a whole one, with its scheme.
    ///
    /// ## Why
    /// Pages link to it. Without a scheme it is a path on whatever page it stands, or nothing at all.
    ///
    /// ## Bad
    /// ```yaml
    /// introduced_by_url: tidewater.example/changes/12
    /// ```
    ///
    /// ## Good
    /// ```yaml
    /// introduced_by_url: https://tidewater.example/changes/12
    /// ```
    ///
    /// Reference: `format: uri` in GitLab's schemas.
    RULE = metric and event "invalid-url", Error Error Off
}

pub(super) fn check(definition: &Definition<'_>, _: &Context<'_>, findings: &mut Vec<Finding>) {
    let Some(kind) = definition.kind() else { return };
    for value in field_values(definition).iter().filter(|value| value.field.name.ends_with("_url")) {
        let Some(text) = value.node.text().filter(|_| Type::String.fits(value.node)) else { continue };
        let pointer = value.pointer();
        if is_absolute(text) || reported(findings, &pointer) {
            continue;
        }
        let message = if text.trim().is_empty() {
            format!("`{}` is empty", value.field.name)
        } else {
            format!("`{text}` is no absolute URL")
        };
        findings.push(
            Finding::new(RULE.of(kind), definition.file, value.node.span, message)
                .at(pointer)
                .help("write the whole address, with its scheme: `https://…`"),
        );
    }
}

/// Whether a text is an absolute URI (RFC 3986): a scheme and something behind it, without spaces and the like.
///
/// A dot before the first colon is taken for a host (`tidewater.example:443`), though a scheme might have one.
fn is_absolute(text: &str) -> bool {
    let Some((scheme, rest)) = text.split_once(':') else { return false };
    let scheme_fits = scheme.starts_with(|first: char| first.is_ascii_alphabetic())
        && scheme.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'-'));
    let web = scheme.eq_ignore_ascii_case("http") || scheme.eq_ignore_ascii_case("https");
    let rest_fits = if web {
        rest.strip_prefix("//")
            .is_some_and(|host| !host.is_empty() && !host.starts_with(['/', '?', '#', ':']))
    } else {
        !rest.is_empty()
    };
    let foreign = |character: char| {
        character.is_whitespace()
            || character.is_control()
            || matches!(character, '<' | '>' | '"' | '{' | '}' | '|' | '\\' | '^' | '`')
    };
    scheme_fits && rest_fits && !text.contains(foreign)
}

#[cfg(test)]
mod tests {
    use super::is_absolute;

    #[test]
    fn absolute_urls_have_a_scheme_and_a_host() {
        for good in
            ["https://a.example/b?c=d#e", "http://[::1]:80/", "iglu:com.a/b/jsonschema/1-0-0", "HTTPS://a"]
        {
            assert!(is_absolute(good), "{good}");
        }
        for bad in [
            "",
            "TODO",
            "a.example/b",
            "a.example:443/b",
            "/b",
            "//a/b",
            "https://",
            "https:///b",
            "https://a b",
            ":a",
        ] {
            assert!(!is_absolute(bad), "{bad}");
        }
    }
}
