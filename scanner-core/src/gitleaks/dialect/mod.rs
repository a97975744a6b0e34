//! Go's regular expressions, in the syntax that rules are written in here.
//!
//! The two look alike and differ where it is silent. In Go `\w`, `\d`, `\s` and `\b` are ASCII
//! while `.`, `[^x]` and `(?i)` work on characters; `[a&&b]` is a class of three characters; `x{`
//! and `{,3}` are text; `$` is the end of the text. So this module parses a pattern as Go does, and
//! writes it out for the crate regex: it resolves flags, works out classes, and puts all beyond
//! ASCII into `(?u:...)`. It refuses what Go refuses.
//!
//! Groups keep their numbers and lose their names. Patterns are meant for text that is UTF-8
//! throughout: Go reads each byte that is not as U+FFFD, and so must who searches (see
//! [`crate::engine::keywords`]).

mod class;
mod escape;
#[cfg(test)]
mod tests;
mod write;

use core::fmt;
use std::collections::HashSet;

use regex_syntax::hir::ClassUnicode;

use self::write::{char_text, class_text, folded, single};

/// Groups in groups beyond this are refused: no person writes a pattern that deep.
const MAX_DEPTH: usize = 100;
/// The largest count of a repetition, also of nested ones together.
const LARGEST_COUNT: u32 = 1000;

/// A pattern that can be used here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Pattern {
    pub(crate) regex: String,
    pub(crate) groups: usize,
}

impl Pattern {
    /// The regex, in the syntax of rule files.
    #[must_use]
    pub fn regex(&self) -> &str {
        &self.regex
    }

    /// How many capturing groups it has.
    #[must_use]
    pub fn groups(&self) -> usize {
        self.groups
    }
}

/// Why Go would not take a pattern, or why it cannot be used here.
#[derive(Clone, Debug, Eq, PartialEq)]
pub(crate) struct DialectError {
    message: String,
    /// The byte in the pattern where it went wrong.
    pub(crate) offset: usize,
}

impl fmt::Display for DialectError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

/// Translates a pattern of Go.
pub(crate) fn translate(pattern: &str) -> Result<Pattern, DialectError> {
    Parser::new(pattern).parse()
}

#[derive(Clone, Copy, Default)]
struct Flags {
    folds_case: bool,
    is_multi_line: bool,
    dot_takes_newline: bool,
    is_lazy_by_default: bool,
}

/// The last thing that a repetition could refer to.
#[derive(Clone, Copy)]
struct Atom {
    /// The largest product of nested counts in it.
    count: u32,
    /// Whether it is a repetition itself, with nothing in between.
    is_repeated: bool,
}

/// A group that is open.
struct Open {
    flags: Flags,
    /// The largest product of nested counts so far.
    count: u32,
    at: usize,
}

struct Parser<'p> {
    pattern: &'p str,
    at: usize,
    flags: Flags,
    open: Vec<Open>,
    /// What a repetition would refer to; none at the beginning of a branch.
    last: Option<Atom>,
    /// The largest product of nested counts in the current group.
    count: u32,
    groups: usize,
    names: HashSet<&'p str>,
    out: String,
}

impl<'p> Parser<'p> {
    fn new(pattern: &'p str) -> Self {
        Self {
            pattern,
            at: 0,
            flags: Flags::default(),
            open: Vec::new(),
            last: None,
            count: 1,
            groups: 0,
            names: HashSet::new(),
            out: String::new(),
        }
    }

    fn rest(&self) -> &'p str {
        &self.pattern[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn next(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        Some(c)
    }

    fn eat(&mut self, text: &str) -> bool {
        let is_there = self.rest().starts_with(text);
        if is_there {
            self.at += text.len();
        }
        is_there
    }

    fn error<T>(&self, offset: usize, message: impl Into<String>) -> Result<T, DialectError> {
        Err(DialectError { message: message.into(), offset })
    }

    fn parse(mut self) -> Result<Pattern, DialectError> {
        while let Some(c) = self.peek() {
            match c {
                '(' => self.open_group()?,
                ')' => self.close_group()?,
                '|' => {
                    self.at += 1;
                    self.out.push('|');
                    self.last = None;
                }
                '*' | '+' | '?' => {
                    let from = self.at;
                    self.at += 1;
                    self.repeat(from, &c.to_string(), None)?;
                }
                '{' => self.counted_or_text()?,
                '[' => self.bracketed()?,
                '.' => {
                    self.at += 1;
                    let any = if self.flags.dot_takes_newline { "(?su:.)" } else { "(?u:.)" };
                    self.atom(any);
                }
                '^' => {
                    self.at += 1;
                    let start = if self.flags.is_multi_line { "(?m:^)" } else { r"\A" };
                    self.atom(start);
                }
                '$' => {
                    self.at += 1;
                    let end = if self.flags.is_multi_line { "(?m:$)" } else { r"\z" };
                    self.atom(end);
                }
                '\\' => self.escape()?,
                _ => {
                    self.at += c.len_utf8();
                    self.literal(c);
                }
            }
        }
        match self.open.last() {
            Some(open) => self.error(open.at, "a `(` is not closed"),
            None => Ok(Pattern { regex: self.out, groups: self.groups }),
        }
    }

    /// Writes something that a repetition can follow.
    fn atom(&mut self, text: &str) {
        self.out.push_str(text);
        self.last = Some(Atom { count: 1, is_repeated: false });
    }

    fn literal(&mut self, c: char) {
        let text =
            if self.flags.folds_case { class_text(&folded(single(c))) } else { char_text(c) };
        self.atom(&text);
    }

    fn class(&mut self, class: &ClassUnicode) {
        let text = class_text(class);
        self.atom(&text);
    }

    /// Takes a repetition operator. `counts` are those of `{n,m}`.
    fn repeat(
        &mut self,
        from: usize,
        operator: &str,
        counts: Option<(u32, Option<u32>)>,
    ) -> Result<(), DialectError> {
        let is_marked = self.eat("?");
        let written = &self.pattern[from..self.at];
        let Some(atom) = self.last else {
            return self.error(from, format!("there is nothing for `{written}` to repeat"));
        };
        if atom.is_repeated {
            return self.error(
                from,
                format!("`{written}` repeats a repetition, which Go refuses: put it into a group"),
            );
        }
        let times = counts.map_or(1, |(min, max)| max.unwrap_or(min));
        let count = atom.count.saturating_mul(times.max(1));
        if counts.is_some() && count > LARGEST_COUNT {
            return self.error(
                from,
                format!("`{written}` repeats more than {LARGEST_COUNT} times in all, Go's limit"),
            );
        }
        self.out.push_str(operator);
        if is_marked != self.flags.is_lazy_by_default {
            self.out.push('?');
        }
        self.count = self.count.max(count);
        self.last = Some(Atom { count, is_repeated: true });
        Ok(())
    }

    /// `{n}`, `{n,}` or `{n,m}`; anything else that starts with a brace is text.
    fn counted_or_text(&mut self) -> Result<(), DialectError> {
        let from = self.at;
        let Some((min, max, len)) = counts(self.rest()) else {
            self.at += 1;
            self.literal('{');
            return Ok(());
        };
        self.at += len;
        let written = &self.pattern[from..self.at];
        let largest = max.flatten().unwrap_or(min).max(min);
        if largest > LARGEST_COUNT || max.flatten().is_some_and(|max| min > max) {
            return self
                .error(from, format!("`{written}`: counts rise and are at most {LARGEST_COUNT}"));
        }
        let max = max.unwrap_or(Some(min));
        self.repeat(from, written, Some((min, max)))
    }

    fn open_group(&mut self) -> Result<(), DialectError> {
        let at = self.at;
        if self.open.len() == MAX_DEPTH {
            return self.error(at, format!("more than {MAX_DEPTH} groups in each other"));
        }
        let rest = self.rest();
        if let Some(refused) = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?#"]
            .iter()
            .find(|head| rest.starts_with(**head))
        {
            return self
                .error(at, format!("`{refused}` is not known to Go: there is no look-around"));
        }
        let before = self.flags;
        if let Some(head) = ["(?P<", "(?<"].iter().find(|head| rest.starts_with(**head)) {
            self.name(at, head.len())?;
        } else if rest.starts_with("(?") {
            self.at += 2;
            // Flags alone hold to the end of the group that they stand in.
            if !self.flag_list(at)? {
                return Ok(());
            }
            self.out.push_str("(?:");
            self.open.push(Open { flags: before, count: self.count, at });
            (self.last, self.count) = (None, 1);
            return Ok(());
        } else {
            self.at += 1;
        }
        self.groups += 1;
        self.out.push('(');
        self.open.push(Open { flags: before, count: self.count, at });
        (self.last, self.count) = (None, 1);
        Ok(())
    }

    fn name(&mut self, at: usize, head: usize) -> Result<(), DialectError> {
        let after = &self.pattern[at + head..];
        let name = after.split_once('>').map(|(name, _)| name);
        let is_name = |name: &&str| {
            !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_')
        };
        let Some(name) = name.filter(is_name) else {
            return self.error(at, "the name of a group consists of letters, digits and `_`");
        };
        if !self.names.insert(name) {
            return self.error(at, format!("two groups are named `{name}`"));
        }
        self.at = at + head + name.len() + 1;
        Ok(())
    }

    /// Reads flags; whether they open a group.
    fn flag_list(&mut self, at: usize) -> Result<bool, DialectError> {
        let mut flags = self.flags;
        let (mut is_on, mut has_flag) = (true, false);
        while let Some(c) = self.next() {
            match c {
                'i' => flags.folds_case = is_on,
                'm' => flags.is_multi_line = is_on,
                's' => flags.dot_takes_newline = is_on,
                'U' => flags.is_lazy_by_default = is_on,
                '-' if is_on => {
                    is_on = false;
                    has_flag = false;
                    continue;
                }
                ':' | ')' if is_on || has_flag => {
                    self.flags = flags;
                    return Ok(c == ':');
                }
                _ => break,
            }
            has_flag = true;
        }
        let written = &self.pattern[at..self.at];
        self.error(at, format!("`{written}` is not known to Go: the flags are i, m, s and U"))
    }

    fn close_group(&mut self) -> Result<(), DialectError> {
        let Some(open) = self.open.pop() else {
            return self.error(self.at, "a `)` closes nothing");
        };
        self.at += 1;
        self.out.push(')');
        self.flags = open.flags;
        self.last = Some(Atom { count: self.count, is_repeated: false });
        self.count = self.count.max(open.count);
        Ok(())
    }

    /// A backslash outside of a class.
    fn escape(&mut self) -> Result<(), DialectError> {
        let from = self.at;
        let simple = [("A", r"\A"), ("z", r"\z"), ("b", r"\b"), ("B", r"\B")];
        let escaped = &self.rest()[1..];
        if let Some((name, text)) = simple.iter().find(|(name, _)| escaped.starts_with(name)) {
            self.at += 1 + name.len();
            self.atom(text);
        } else if let Some(text) = escaped.strip_prefix('Q') {
            let (text, len) = text
                .split_once(r"\E")
                .map_or((text, text.len()), |(text, _)| (text, text.len() + 2));
            self.at += 2 + len;
            text.chars().for_each(|c| self.literal(c));
        } else if escaped.starts_with('C') {
            return self.error(from, r"`\C`, a single byte, is not known to Go");
        } else if let Some(class) = self.named_escape()? {
            self.class(&class);
        } else {
            let c = self.character()?;
            self.literal(c);
        }
        Ok(())
    }
}

/// The counts at the beginning of a text, and the length of what was read: `{n}` has no second
/// count, `{n,}` one without end.
fn counts(text: &str) -> Option<(u32, Option<Option<u32>>, usize)> {
    let (inner, _) = text.strip_prefix('{')?.split_once('}')?;
    let number = |digits: &str| {
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_digit());
        let is_padded = digits.len() > 1 && digits.starts_with('0');
        // One that is too large for a number is too large for Go as well, which says so.
        (is_number && !is_padded).then(|| digits.parse().unwrap_or(u32::MAX))
    };
    let (min, max) = match inner.split_once(',') {
        None => (number(inner)?, None),
        Some((min, "")) => (number(min)?, Some(None)),
        Some((min, max)) => (number(min)?, Some(Some(number(max)?))),
    };
    Some((min, max, inner.len() + 2))
}
