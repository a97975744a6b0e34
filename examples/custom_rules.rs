//! Adds a rule of your own to the built-in ones.
//!
//! ```sh
//! cargo run --release --example custom_rules -- src/main.rs
//! ```

use std::error::Error;

use tokensieve_core::{Confidence, RuleSet, Scanner};

/// Tokens of a company: a prefix, then 24 characters.
const RULES: &str = r#"
[[rules]]
id = "acme_api_key"
name = "Acme API key"
regex = "acme_[0-9a-z]{24}"
"#;

/// Builds a scanner of the built-in rules and our own. The confidence is the least one at which
/// [`Scanner::find`] and [`Scanner::findings`] return a match.
pub fn scanner(least: Confidence) -> Result<Scanner, tokensieve_core::Error> {
    let mut rules = RuleSet::builtin();
    rules.extend(RuleSet::from_toml("acme.toml", RULES)?)?;
    Scanner::builder().min_confidence(least).build(&rules)
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(1).ok_or("usage: custom_rules FILE")?;
    let contents = std::fs::read(&path)?;
    for matched in scanner(Confidence::Possible)?.find(&contents) {
        println!("{:?} {} {}", matched.span(), matched.rule().id(), matched.confidence());
    }
    Ok(())
}
