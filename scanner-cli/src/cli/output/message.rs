//! What is said on standard error and in lists: secrets redacted, everything escaped.
//!
//! A message can quote a path, a configuration, an argument. One redactor goes over all of them. It
//! knows the built-in rules, and the custom prefixes and rules of a user as soon as somebody has
//! seen them: also those of a configuration that cannot be used, since the error is about it.
//!
//! Nothing here fails: a standard error that is closed or full takes no message, and that ends
//! nothing.

use std::fs::File;
use std::io::{self, Read, Write};
use std::path::Path;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokensieve_core::internal::regex_cost;
use tokensieve_core::{Redactor, RuleSet, Scanner, escape, escape_command};

/// Longer rule files are not read for the sake of a message.
const MAX_FILE_LEN: u64 = 16 << 20;

static KNOWN: Mutex<Known> =
    Mutex::new(Known { prefixes: Vec::new(), texts: Vec::new(), scanners: Vec::new(), own: None });

/// What messages must not show, beside what the built-in rules find.
struct Known {
    prefixes: Vec<String>,
    /// Rule files.
    texts: Vec<String>,
    /// Of scanners that were built.
    scanners: Vec<Redactor>,
    /// Made of the prefixes and rule files, when it is first needed.
    own: Option<Redactor>,
}

/// A regex that nobody named unrolls to no more states, about.
pub(crate) const MAX_REGEX_STATES: u64 = 1_500;
/// All of them together unroll to no more.
pub(crate) const MAX_ALL_STATES: u64 = 200_000;

/// Whether rules may be used for messages: nobody waits long for these. Of files that nobody named,
/// others are refused.
fn is_cheap(rules: &RuleSet) -> bool {
    let costs: Vec<u64> = rules.iter().filter_map(|rule| regex_cost(rule.regex())).collect();
    costs.iter().all(|cost| *cost <= MAX_REGEX_STATES)
        && costs.iter().sum::<u64>() <= MAX_ALL_STATES
}

impl Known {
    fn get() -> MutexGuard<'static, Self> {
        KNOWN.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn own(&mut self) -> &Redactor {
        self.own.get_or_insert_with(|| {
            let mut rules = RuleSet::builtin();
            for text in &self.texts {
                // Another place reports what is wrong with it.
                if let Ok(own) = RuleSet::from_toml("", text)
                    && is_cheap(&own)
                {
                    let _ = rules.extend(own);
                }
            }
            let scanner = Scanner::builder().gitlab_prefixes(&self.prefixes).build(&rules);
            scanner.unwrap_or_else(|_| Scanner::new(&rules)).redactor().clone()
        })
    }

    fn redact(&mut self, text: &str) -> String {
        let text = self.own().redact(text);
        self.scanners.iter().fold(text, |text, redactor| redactor.redact(&text))
    }
}

/// Adds the prefixes of GitLab instances; what is no prefix is left out.
pub(crate) fn know_prefixes<'p>(prefixes: impl IntoIterator<Item = &'p str>) {
    let none = RuleSet::default();
    let is_legal =
        |prefix: &&str| Scanner::builder().gitlab_prefixes([*prefix]).build(&none).is_ok();
    let mut known = Known::get();
    let before = known.prefixes.len();
    known.prefixes.extend(prefixes.into_iter().filter(is_legal).map(str::to_owned));
    if known.prefixes.len() > before {
        known.own = None;
    }
}

/// Adds the text of a rule file; it need not be right.
pub(crate) fn know_rules(text: String) {
    let mut known = Known::get();
    known.texts.push(text);
    known.own = None;
}

/// Adds a rule file, if it is a regular file of at most 16 MiB.
pub(crate) fn know_rule_file(file: &Path) {
    if let Some(text) = text_of(file) {
        know_rules(text);
    }
}

/// Adds the prefixes and rule files that a configuration names, whatever else is wrong with it.
/// `read` returns the text of a rule file.
pub(crate) fn know_configuration(text: &str, read: &dyn Fn(&Path) -> Option<String>) {
    // Where the form of the file is broken, the lines that name them may be whole.
    let table: toml::Table = text.parse().unwrap_or_else(|_| {
        let lines = text.lines().filter_map(|line| line.parse::<toml::Table>().ok());
        lines.fold(toml::Table::new(), |mut all, line| {
            all.extend(line);
            all
        })
    });
    let strings = |table: &toml::Table, key: &str| -> Vec<String> {
        let list = table.get(key).and_then(toml::Value::as_array);
        list.into_iter().flatten().filter_map(|item| item.as_str().map(str::to_owned)).collect()
    };
    let of_gitlab = table.get("gitlab").and_then(toml::Value::as_table);
    let mut prefixes = strings(&table, "prefixes");
    prefixes.extend(of_gitlab.map(|table| strings(table, "prefixes")).unwrap_or_default());
    know_prefixes(prefixes.iter().map(String::as_str));
    strings(&table, "rules").iter().filter_map(|file| read(Path::new(file))).for_each(know_rules);
}

/// Adds what a scanner redacts, which also knows the rules of gitleaks' files.
pub(crate) fn know_redactor(redactor: &Redactor) {
    Known::get().scanners.push(redactor.clone());
}

/// Reads a rule file for [`know_configuration`].
pub(crate) fn text_of(file: &Path) -> Option<String> {
    if !file.metadata().is_ok_and(|metadata| metadata.is_file()) {
        return None;
    }
    let mut text = String::new();
    File::open(file).ok()?.take(MAX_FILE_LEN).read_to_string(&mut text).ok()?;
    Some(text)
}

/// Takes secrets out of a text.
pub(crate) fn redact(text: &str) -> String {
    Known::get().redact(text)
}

/// Makes a message fit to be shown, in one line.
pub(crate) fn clean(text: &str) -> String {
    let text = redact(text);
    // Messages of parsers have several lines.
    let line = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect::<Vec<_>>();
    escape_command(&escape(line.join(" ").chars()))
}

/// Makes a text of several lines fit to be shown.
pub(crate) fn clean_lines(text: &str) -> String {
    let text = redact(text);
    text.lines().map(|line| escape_command(&escape(line.chars())) + "\n").collect()
}

/// Prints a message on standard error, in one line.
pub(crate) fn print(text: &str) {
    // The first word is ours. It must not make the next one look like the value of a name.
    let own = FIRST_WORDS.iter().find(|word| text.starts_with(**word)).copied().unwrap_or_default();
    write_stderr(&format!("{own}{}\n", clean(&text[own.len()..])));
}

/// What messages of the program begin with.
const FIRST_WORDS: [&str; 3] = ["error: ", "warning: ", "tokensieve: "];

/// Prints an error in one line: what is wrong, where, and the way out.
pub(crate) fn error(error: &anyhow::Error) {
    print(&format!("error: {}", without_numbers(&format!("{error:#}"))));
}

/// Takes out the numbers that the system has for its errors, which say nothing to people.
fn without_numbers(text: &str) -> String {
    const START: &str = " (os error ";
    let mut parts = text.split(START);
    let mut plain = parts.next().unwrap_or_default().to_owned();
    for part in parts {
        let digits = part.bytes().take_while(u8::is_ascii_digit).count();
        match part[digits..].strip_prefix(')').filter(|_| digits > 0) {
            Some(rest) => plain += rest,
            None => plain = plain + START + part,
        }
    }
    plain
}

/// Writes a text as it is. If standard error is gone, there is nowhere to report that.
pub(crate) fn write_stderr(text: &str) {
    let _ = io::stderr().write_all(text.as_bytes());
}

/// Makes a panic say where it is and nothing that was scanned: its message can quote a text.
pub(crate) fn hide_panics() {
    std::panic::set_hook(Box::new(|panic| {
        let place = panic.location().map(ToString::to_string).unwrap_or_default();
        let message = panic.payload().downcast_ref::<&'static str>().copied().unwrap_or_default();
        let backtrace = std::backtrace::Backtrace::capture();
        let mut text = format!("tokensieve: this is a mistake of the program, at {place}");
        if !message.is_empty() {
            text = format!("{text}: {}", escape(message.chars()));
        }
        text.push('\n');
        if backtrace.status() == std::backtrace::BacktraceStatus::Captured {
            text = format!("{text}{backtrace}\n");
        }
        write_stderr(&text);
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_of_errors_are_left_out() {
        let table = [
            ("cannot read a: Not found (os error 2)", "cannot read a: Not found"),
            ("a (os error 2): b (os error 17)", "a: b"),
            ("a (os error x)", "a (os error x)"),
            ("a (os error ", "a (os error "),
        ];
        for (text, expected) in table {
            assert_eq!(without_numbers(text), expected);
        }
    }
}
