//! Messages of the TOML parser in plain words.

use crate::text::nearest::nearest_name;

/// Returns a message of the parser in words for people: a misspelt key or value with the nearest
/// known one instead of the list of all, and how a value is written instead of its type in Rust.
#[must_use]
pub fn plain_toml_message(message: &str) -> String {
    if let Some((unknown, known)) = message.split_once(", expected one of ")
        && let Some(name) = quoted(unknown).first()
    {
        return unknown_name(message, unknown, name, &quoted(known));
    }
    let of_type = message.strip_prefix("invalid type: ");
    if let Some((found, expected)) = of_type.and_then(|rest| rest.rsplit_once(", expected ")) {
        let found = in_words(found);
        let hint = match (found, expected) {
            ("a table", "a sequence") => ": a list of tables is written `[[allow]]`",
            _ => "",
        };
        return format!("expected {}, found {found}{hint}", in_words(expected));
    }
    let of_value = message.strip_prefix("invalid value: ");
    if let Some((found, _)) = of_value.and_then(|rest| rest.rsplit_once(", expected ")) {
        return format!("{} is too small or too large", in_words(found));
    }
    message.to_owned()
}

fn quoted(text: &str) -> Vec<String> {
    text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
}

fn unknown_name(message: &str, unknown: &str, name: &str, known: &[String]) -> String {
    let names: Vec<&str> = known.iter().map(String::as_str).collect();
    let is_value = unknown.starts_with("unknown variant");
    match nearest_name(name, &names) {
        Some(meant) if is_value => format!("`{name}`: did you mean `{meant}`?"),
        Some(meant) => format!("{unknown}: did you mean `{meant}`?"),
        None if is_value => format!("`{name}` is not one of {}", names.join(", ")),
        None => message.to_owned(),
    }
}

/// A value or a type, as it is written in the file.
fn in_words(text: &str) -> &str {
    match text {
        "u8" | "u16" | "u32" | "u64" | "usize" | "i64" | "a nonzero u64" => "a number",
        "a boolean" => "true or false",
        "a sequence" | "sequence" => "a list",
        "a string" => "a text in quotes",
        "a map" | "map" => "a table",
        _ => ["string ", "integer ", "boolean ", "floating point "]
            .iter()
            .find_map(|kind| text.strip_prefix(kind))
            .unwrap_or(text),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_is_named_and_the_others_are_not() {
        let message =
            "unknown field `exclude_path`, expected one of `rules`, `exclude_paths`, `jobs`";
        assert_eq!(
            plain_toml_message(message),
            "unknown field `exclude_path`: did you mean `exclude_paths`?"
        );
        let message = "unknown field `colour`, expected one of `rules`, `jobs`";
        assert_eq!(plain_toml_message(message), message, "nothing is near");
        let message = plain_toml_message("invalid type: map, expected a sequence");
        assert!(message.ends_with(": a list of tables is written `[[allow]]`"));
    }

    #[test]
    fn types_are_in_plain_words() {
        for (message, expected) in [
            ("invalid type: string \"four\", expected u16", "expected a number, found \"four\""),
            ("invalid type: integer `1`, expected a boolean", "expected true or false, found `1`"),
            ("invalid type: string \"a\", expected a sequence", "expected a list, found \"a\""),
            ("invalid value: integer `-1`, expected usize", "`-1` is too small or too large"),
            (
                "unknown variant `likly`, expected one of `likely`",
                "`likly`: did you mean `likely`?",
            ),
            ("unknown variant `sure`, expected one of `a`, `b`", "`sure` is not one of a, b"),
            ("duplicate key", "duplicate key"),
        ] {
            assert_eq!(plain_toml_message(message), expected);
        }
    }
}
