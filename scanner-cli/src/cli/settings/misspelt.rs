//! What may be meant where a configuration has a key that is none.

use tokensieve_core::internal::nearest_name;

/// Puts the key that may be meant before the list of all keys, and says how tables of a list are
/// written.
pub(crate) fn with_a_guess(message: &str) -> String {
    let quoted = |text: &str| -> Vec<String> {
        text.split('`').skip(1).step_by(2).map(str::to_owned).collect()
    };
    if let Some((unknown, known)) = message.split_once(", expected one of ")
        && let Some(name) = quoted(unknown).first()
    {
        let known = quoted(known);
        let known: Vec<&str> = known.iter().map(String::as_str).collect();
        if let Some(meant) = nearest_name(name, &known) {
            return format!("{unknown}: did you mean `{meant}`?");
        }
    }
    if message.starts_with("invalid type: map, expected a sequence") {
        return format!("{message}: a list of tables is written `[[allow]]`");
    }
    message.to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_key_is_named_and_the_others_are_not() {
        let message =
            "unknown field `exclude_path`, expected one of `rules`, `exclude_paths`, `jobs`";
        assert_eq!(
            with_a_guess(message),
            "unknown field `exclude_path`: did you mean `exclude_paths`?"
        );
        let message = "unknown field `colour`, expected one of `rules`, `jobs`";
        assert_eq!(with_a_guess(message), message, "nothing is near");
        let message = with_a_guess("invalid type: map, expected a sequence");
        assert!(message.ends_with(": a list of tables is written `[[allow]]`"));
    }
}
