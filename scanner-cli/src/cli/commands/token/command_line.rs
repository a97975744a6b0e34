//! Command lines of this program that a report shows, to be copied into a shell.

use crate::cli::args::CallerArgs;

/// `tokensieve token ...` with the caller's own flags, each word quoted where a shell needs it.
pub(super) fn command_line(words: &[&str], caller: &CallerArgs) -> String {
    let own = caller.words();
    let all = words.iter().copied().chain(own.iter().map(String::as_str));
    let quoted: Vec<String> = all.map(quoted).collect();
    format!("tokensieve token {}", quoted.join(" "))
}

/// A word as a shell reads it.
fn quoted(word: &str) -> String {
    let is_plain = |byte: u8| byte.is_ascii_alphanumeric() || b"-_./:@%+=,".contains(&byte);
    if !word.is_empty() && word.bytes().all(is_plain) {
        return word.to_owned();
    }
    format!("'{}'", word.replace('\'', r"'\''"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_quoted_where_a_shell_would_read_more_into_them() {
        let none = CallerArgs::default();
        let rows: &[(&[&str], &str)] = &[
            (&["revoke", "--id", "7"], "tokensieve token revoke --id 7"),
            (&["a b", ""], "tokensieve token 'a b' ''"),
            (&["$(x)", "it's"], r"tokensieve token '$(x)' 'it'\''s'"),
            (&["acme/shop"], "tokensieve token acme/shop"),
        ];
        for (words, expected) in rows {
            assert_eq!(command_line(words, &none), *expected);
        }
    }
}
