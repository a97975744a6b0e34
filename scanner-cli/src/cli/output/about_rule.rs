//! All that is known of a rule, for people.

use std::io::{self, Write};

use tokensieve_core::Rule;

use crate::cli::output::message;

/// Writes a rule, a line each. A rule file can hold anything, so all of it is cleaned.
pub(crate) fn write(rule: &Rule, out: &mut dyn Write) -> io::Result<()> {
    let remedy = rule.remediation();
    let proof = if rule.proof().is_some() { "yes" } else { "" };
    writeln!(out, "{}: {}", message::clean(rule.id()), message::clean(rule.name()))?;
    for (name, value) in [
        ("about", rule.description().to_owned()),
        ("severity", rule.severity().to_string()),
        ("confidence", rule.confidence().to_string()),
        ("proved offline", proof.to_owned()),
        ("provider", rule.provider().to_owned()),
        ("kind", rule.kind().to_owned()),
        ("prefixes", rule.prefixes().join(" ")),
        ("also known as", rule.aliases().join(" ")),
        ("regex", rule.regex().to_owned()),
        ("by hand", remedy.ui().to_owned()),
        ("by API", remedy.api().to_owned()),
        ("see", rule.url().to_owned()),
    ] {
        if !value.is_empty() {
            writeln!(out, "  {name}: {}", message::clean(&value))?;
        }
    }
    writeln!(out)
}
