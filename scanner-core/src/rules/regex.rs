//! Parses regexes of rules.

use regex_syntax::hir::Hir;

/// Parses the regex of a rule: bytes, ASCII classes.
pub(crate) fn parse(regex: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    regex_syntax::ParserBuilder::new()
        .unicode(false)
        .utf8(false)
        .build()
        .parse(regex)
        .map_err(Box::new)
}

/// The last line of a regex error: the others draw the regex.
pub(crate) fn in_short(error: &regex_syntax::Error) -> String {
    let text = error.to_string();
    text.lines().last().unwrap_or_default().trim_start_matches("error: ").to_owned()
}
