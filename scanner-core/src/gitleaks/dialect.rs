//! Go's regular expressions, in the syntax that rules are written in here.
//!
//! The two look alike and differ where it is silent. In Go `\w`, `\d`, `\s` and `\b` are ASCII while `.`, `[^x]` and
//! `(?i)` work on characters; `[a&&b]` is a class of three characters; `x{` and `{,3}` are text; `$` is the end of the
//! text. So a pattern is parsed here as Go does, and written anew: flags are resolved, classes are worked out, and what
//! goes beyond ASCII stands in `(?u:...)`. What Go refuses is refused.
//!
//! Groups keep their numbers and lose their names. Patterns are meant for text that is UTF-8 throughout: Go reads each
//! byte that is not as U+FFFD, and so must who searches (see [`crate::gate`]).

use core::fmt::{self, Write};
use std::collections::HashSet;

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

/// Groups in groups beyond this are refused: what is that deep was not written by a person.
const DEEPEST: usize = 100;
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
        let text = if self.flags.folds_case { class_text(&folded(single(c))) } else { char_text(c) };
        self.atom(&text);
    }

    fn class(&mut self, class: &ClassUnicode) {
        let text = class_text(class);
        self.atom(&text);
    }

    /// Takes a repetition operator. `counts` are those of `{n,m}`.
    fn repeat(&mut self, from: usize, operator: &str, counts: Option<(u32, Option<u32>)>) -> Result<(), DialectError> {
        let is_marked = self.eat("?");
        let written = &self.pattern[from..self.at];
        let Some(atom) = self.last else {
            return self.error(from, format!("there is nothing for `{written}` to repeat"));
        };
        if atom.is_repeated {
            return self
                .error(from, format!("`{written}` repeats a repetition, which Go refuses: put it into a group"));
        }
        let times = counts.map_or(1, |(min, max)| max.unwrap_or(min));
        let count = atom.count.saturating_mul(times.max(1));
        if counts.is_some() && count > LARGEST_COUNT {
            return self.error(from, format!("`{written}` repeats more than {LARGEST_COUNT} times in all, Go's limit"));
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
            return self.error(from, format!("`{written}`: counts rise and are at most {LARGEST_COUNT}"));
        }
        let max = max.unwrap_or(Some(min));
        self.repeat(from, written, Some((min, max)))
    }

    fn open_group(&mut self) -> Result<(), DialectError> {
        let at = self.at;
        if self.open.len() == DEEPEST {
            return self.error(at, format!("more than {DEEPEST} groups in each other"));
        }
        let rest = self.rest();
        if let Some(refused) = ["(?=", "(?!", "(?<=", "(?<!", "(?>", "(?#"].iter().find(|head| rest.starts_with(**head))
        {
            return self.error(at, format!("`{refused}` is not known to Go: there is no look-around"));
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
        let is_name = |name: &&str| !name.is_empty() && name.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'_');
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
            let (text, len) = text.split_once(r"\E").map_or((text, text.len()), |(text, _)| (text, text.len() + 2));
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

    /// `\d`, `\pL`, `\p{Greek}` and their negations, if it is one.
    fn named_escape(&mut self) -> Result<Option<ClassUnicode>, DialectError> {
        let from = self.at;
        let mut rest = self.rest().chars().skip(1);
        let Some(letter) = rest.next() else { return Ok(None) };
        let ranges: &[(char, char)] = match letter.to_ascii_lowercase() {
            'd' => &[('0', '9')],
            's' => &[('\t', '\n'), ('\u{c}', '\r'), (' ', ' ')],
            'w' => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            'p' => {
                self.at += 2;
                return self.unicode_class(from, letter == 'P').map(Some);
            }
            _ => return Ok(None),
        };
        self.at += 2;
        Ok(Some(self.group(ranges, letter.is_ascii_uppercase())))
    }

    /// A named class, folded where the flag says so, and then negated.
    fn group(&self, ranges: &[(char, char)], is_negated: bool) -> ClassUnicode {
        let class = ClassUnicode::new(ranges.iter().map(|(from, to)| ClassUnicodeRange::new(*from, *to)));
        let mut class = if self.flags.folds_case { folded(class) } else { class };
        if is_negated {
            class.negate();
        }
        class
    }

    fn unicode_class(&mut self, from: usize, is_negated: bool) -> Result<ClassUnicode, DialectError> {
        let after = self.rest();
        let name = if let Some(braced) = after.strip_prefix('{') {
            let Some((name, _)) = braced.split_once('}') else {
                return self.error(from, r"a `\p{` is not closed");
            };
            self.at += name.len() + 2;
            name
        } else {
            match self.next() {
                Some(c) => &after[..c.len_utf8()],
                None => return self.error(from, r"`\p` names no class"),
            }
        };
        let (name, is_inverse) = name.strip_prefix('^').map_or((name, false), |name| (name, true));
        let is_name = !name.is_empty() && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let parsed = if is_name { regex_syntax::parse(&format!(r"\p{{{name}}}")).ok() } else { None };
        let mut class = match parsed.as_ref().map(|hir| hir.kind()) {
            Some(HirKind::Class(Class::Unicode(class))) => class.clone(),
            Some(HirKind::Literal(_)) | None | Some(_) => {
                return self.error(from, format!("`{}` is no class of Unicode", &self.pattern[from..self.at]));
            }
        };
        if self.flags.folds_case {
            class = folded(class);
        }
        if is_negated != is_inverse {
            class.negate();
        }
        Ok(class)
    }

    /// An escape that stands for one character.
    fn character(&mut self) -> Result<char, DialectError> {
        let from = self.at;
        self.at += 1;
        let Some(c) = self.next() else {
            return self.error(from, "a backslash ends the pattern");
        };
        let value = match c {
            'a' => 0x07,
            'f' => 0x0c,
            'n' => 0x0a,
            'r' => 0x0d,
            't' => 0x09,
            'v' => 0x0b,
            'x' => self.hexadecimal(from)?,
            '0' => self.octal(0),
            '1'..='7' if self.peek().is_some_and(|next| next.is_digit(8)) => self.octal(c as u32 - '0' as u32),
            '1'..='9' => {
                return self.error(from, format!(r"`\{c}` refers to a group, which Go does not know"));
            }
            c if c.is_ascii() && !c.is_ascii_alphanumeric() => c as u32,
            c => return self.error(from, format!(r"`\{c}` is not known to Go")),
        };
        match char::from_u32(value) {
            Some(c) => Ok(c),
            None => self.error(from, format!("`{}` is no character", &self.pattern[from..self.at])),
        }
    }

    fn octal(&mut self, first: u32) -> u32 {
        let mut value = first;
        for _ in 0..2 {
            let Some(digit) = self.peek().and_then(|c| c.to_digit(8)) else { break };
            self.at += 1;
            value = value * 8 + digit;
        }
        value
    }

    fn hexadecimal(&mut self, from: usize) -> Result<u32, DialectError> {
        let rest = self.rest();
        let (digits, len) = match rest.strip_prefix('{') {
            Some(braced) => braced.split_once('}').map_or(("", 0), |(digits, _)| (digits, digits.len() + 2)),
            None => rest.get(..2).map_or(("", 0), |digits| (digits, 2)),
        };
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(value) if is_number && value <= 0x0010_ffff => {
                self.at += len;
                Ok(value)
            }
            _ => self.error(from, r"`\x` takes two hexadecimal digits, or a number in braces up to 10FFFF"),
        }
    }

    fn bracketed(&mut self) -> Result<(), DialectError> {
        let from = self.at;
        self.at += 1;
        let is_negated = self.eat("^");
        let mut class = ClassUnicode::empty();
        let mut is_first = true;
        loop {
            match self.peek() {
                None => return self.error(from, "a `[` is not closed"),
                Some(']') if !is_first => break,
                Some(_) => {}
            }
            is_first = false;
            if let Some(part) = self.posix_class()? {
                class.union(&part);
                continue;
            }
            if self.peek() == Some('\\')
                && let Some(part) = self.named_escape()?
            {
                class.union(&part);
                continue;
            }
            let part = self.range(from)?;
            class.union(&if self.flags.folds_case { folded(part) } else { part });
        }
        self.at += 1;
        if is_negated {
            class.negate();
        }
        self.class(&class);
        Ok(())
    }

    /// `[:alpha:]` or `[:^alpha:]` inside a class, if it is one.
    fn posix_class(&mut self) -> Result<Option<ClassUnicode>, DialectError> {
        let from = self.at;
        let Some((name, _)) = self.rest().strip_prefix("[:").and_then(|rest| rest.split_once(":]")) else {
            return Ok(None);
        };
        let (base, is_negated) = name.strip_prefix('^').map_or((name, false), |base| (base, true));
        let ranges: &[(char, char)] = match base {
            "alnum" => &[('0', '9'), ('A', 'Z'), ('a', 'z')],
            "alpha" => &[('A', 'Z'), ('a', 'z')],
            "ascii" => &[('\0', '\x7f')],
            "blank" => &[('\t', '\t'), (' ', ' ')],
            "cntrl" => &[('\0', '\x1f'), ('\x7f', '\x7f')],
            "digit" => &[('0', '9')],
            "graph" => &[('!', '~')],
            "lower" => &[('a', 'z')],
            "print" => &[(' ', '~')],
            "punct" => &[('!', '/'), (':', '@'), ('[', '`'), ('{', '~')],
            "space" => &[('\t', '\r'), (' ', ' ')],
            "upper" => &[('A', 'Z')],
            "word" => &[('0', '9'), ('A', 'Z'), ('_', '_'), ('a', 'z')],
            "xdigit" => &[('0', '9'), ('A', 'F'), ('a', 'f')],
            _ => return self.error(from, format!("`[:{name}:]` is no class that Go knows")),
        };
        self.at += name.len() + 4;
        Ok(Some(self.group(ranges, is_negated)))
    }

    /// A character of a class, or a range.
    fn range(&mut self, class: usize) -> Result<ClassUnicode, DialectError> {
        let from = self.at;
        let low = self.class_character(class)?;
        let mut rest = self.rest().chars();
        if rest.next() != Some('-') || matches!(rest.next(), Some(']') | None) {
            return Ok(single(low));
        }
        self.at += 1;
        let high = self.class_character(class)?;
        if high < low {
            return self.error(from, format!("the range `{}` runs backwards", &self.pattern[from..self.at]));
        }
        Ok(ClassUnicode::new([ClassUnicodeRange::new(low, high)]))
    }

    fn class_character(&mut self, class: usize) -> Result<char, DialectError> {
        match self.peek() {
            None => self.error(class, "a `[` is not closed"),
            Some('\\') => self.character(),
            Some(c) => {
                self.at += c.len_utf8();
                Ok(c)
            }
        }
    }
}

/// The counts at the beginning of a text, and the length of what was read: `{n}` has no second count, `{n,}` one
/// without end.
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

fn single(c: char) -> ClassUnicode {
    ClassUnicode::new([ClassUnicodeRange::new(c, c)])
}

fn folded(mut class: ClassUnicode) -> ClassUnicode {
    // A crate without its tables would fail here, and a test would see it: `K` has a third form.
    let _ = class.try_case_fold_simple();
    class
}

/// A class as it is written: as bytes where it is ASCII, else of characters.
fn class_text(class: &ClassUnicode) -> String {
    let ranges = class.ranges();
    if let [range] = ranges
        && range.start() == range.end()
    {
        return char_text(range.start());
    }
    if ranges.is_empty() {
        return r"[^\x00-\xFF]".to_owned();
    }
    let is_ascii = ranges.iter().all(|range| range.end().is_ascii());
    // What goes on to the last character is shorter as what it leaves out.
    let mut rest = class.clone();
    rest.negate();
    let is_inverse =
        !is_ascii && ranges.last().is_some_and(|range| range.end() == char::MAX) && !rest.ranges().is_empty();
    let mut text = String::from(if is_inverse { "[^" } else { "[" });
    for range in if is_inverse { rest.ranges() } else { ranges } {
        push_class_char(&mut text, range.start());
        if range.start() != range.end() {
            if u32::from(range.end()) - u32::from(range.start()) > 1 {
                text.push('-');
            }
            push_class_char(&mut text, range.end());
        }
    }
    text.push(']');
    if is_ascii { text } else { format!("(?u:{text})") }
}

fn push_class_char(text: &mut String, c: char) {
    match c {
        c if c.is_ascii_alphanumeric() => text.push(c),
        '\t' => text.push_str(r"\t"),
        '\n' => text.push_str(r"\n"),
        '\r' => text.push_str(r"\r"),
        ' ' | '_' | '"' | '\'' | '/' | '.' | ',' | ';' | ':' | '=' | '+' | '*' | '?' | '!' | '@' | '%' | '<' | '>' => {
            text.push(c);
        }
        c if c.is_ascii_graphic() => {
            text.push('\\');
            text.push(c);
        }
        c if c.is_ascii() => {
            let _ = write!(text, r"\x{:02X}", u32::from(c));
        }
        c => {
            let _ = write!(text, r"\x{{{:X}}}", u32::from(c));
        }
    }
}

fn char_text(c: char) -> String {
    match c {
        '\t' => r"\t".to_owned(),
        '\n' => r"\n".to_owned(),
        '\r' => r"\r".to_owned(),
        c if c.is_ascii_graphic() || c == ' ' => regex_syntax::escape(c.encode_utf8(&mut [0; 4])),
        c if c.is_ascii() => format!(r"\x{:02X}", u32::from(c)),
        c => format!(r"(?u:\x{{{:X}}})", u32::from(c)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ruleset::parse;

    /// The first match of a pattern of Go in a text.
    fn first(pattern: &str, text: &str) -> Option<String> {
        let translated = translate(pattern).unwrap_or_else(|error| panic!("{pattern}: {error}"));
        let hir = parse(&translated.regex).unwrap_or_else(|error| panic!("{pattern}: {}: {error}", translated.regex));
        let regex = regex_automata::meta::Regex::builder()
            .configure(regex_automata::meta::Config::new().utf8_empty(false))
            .build_from_hir(&hir)
            .unwrap();
        regex.find(text).map(|found| String::from_utf8(text.as_bytes()[found.range()].to_vec()).unwrap())
    }

    #[test]
    fn matches_are_those_of_go() {
        let table: &[(&str, &str, Option<&str>)] = &[
            // Perl's classes are ASCII.
            (r"\w+", "caf\u{e9}s", Some("caf")),
            (r"\d+", "\u{663}7", Some("7")),
            (r"a\sb", "a\u{a0}b", None),
            (r"a\sb", "a\u{b}b", None),
            (r"a\sb", "a\u{c}b", Some("a\u{c}b")),
            (r"\W", "\u{e9}", Some("\u{e9}")),
            (r"\D+", "7\u{663}8", Some("\u{663}")),
            (r"\S+", " \u{a0}\u{b}", Some("\u{a0}\u{b}")),
            (r"[\w.-]+", "\u{e9}a.b-c\u{e9}", Some("a.b-c")),
            (r"[^\w]", "a\u{e9}", Some("\u{e9}")),
            // A border of a word is one of ASCII words.
            (r"\bkey\b", "\u{e9}key\u{e9}", Some("key")),
            (r"\bkey\b", "xkey", None),
            (r"\Bkey", "\u{e9}key", None),
            (r"\Bkey", "xkey", Some("key")),
            // Everything else works on characters.
            (r"^.$", "\u{e9}", Some("\u{e9}")),
            (r"^..$", "\u{e9}", None),
            (r"^[^a]$", "\u{1f600}", Some("\u{1f600}")),
            (r"^[^a]{2}$", "\u{e9}\u{e8}", Some("\u{e9}\u{e8}")),
            (r".", "\n", None),
            (r"(?s).", "\n", Some("\n")),
            (r"[^a]", "\n", Some("\n")),
            // So does the folding of case.
            (r"(?i)\x{e9}", "\u{c9}", Some("\u{c9}")),
            (r"(?i)k", "\u{212a}", Some("\u{212a}")),
            (r"(?i)[a-z]", "\u{17f}", Some("\u{17f}")),
            (r"(?i)\w", "\u{212a}", Some("\u{212a}")),
            (r"(?i)[^k]", "\u{212a}K", None),
            (r"(?i)stra\x{df}e", "STRA\u{1e9e}E", Some("STRA\u{1e9e}E")),
            (r"a(?i)b", "aB", Some("aB")),
            (r"a(?i)b", "AB", None),
            (r"(?:a(?i)b)c", "aBC", None),
            (r"(?i:a)b", "Ab", Some("Ab")),
            (r"(?i)a(?-i)b", "AB", None),
            (r"a(?i)b|c", "C", Some("C")),
            // Text and borders.
            (r"\Qa.b*\E+", "a.b***", Some("a.b***")),
            (r"\Qa.b", "a.b", Some("a.b")),
            (r"\Q\E", "", Some("")),
            (r"a$", "a\n", None),
            (r"(?m)a$", "a\nb", Some("a")),
            (r"a\z", "a", Some("a")),
            (r"^b", "a\nb", None),
            (r"(?m)^b", "a\nb", Some("b")),
            (r"\Aa", "a", Some("a")),
            (r"^*a", "ba", Some("a")),
            // Greed can be turned round.
            (r"(?U)a+", "aaa", Some("a")),
            (r"(?U)a+?", "aaa", Some("aaa")),
            (r"a+?", "aaa", Some("a")),
            (r"(?U)a{2,3}", "aaa", Some("aa")),
            // Braces that count nothing are text.
            (r"a{", "a{", Some("a{")),
            (r"a{,3}", "aaa{,3}", Some("a{,3}")),
            (r"a{x}", "a{x}", Some("a{x}")),
            (r"a{02}", "a{02}", Some("a{02}")),
            (r"\{\{a\}\}", "{{a}}", Some("{{a}}")),
            (r"}", "}", Some("}")),
            (r"a{2}", "aaa", Some("aa")),
            (r"a{2,}", "aaa", Some("aaa")),
            (r"a(?i)*b", "aaB", Some("aaB")),
            // A class has no operators, and no class in it.
            (r"[a&&b]+", "x&ab&", Some("&ab&")),
            (r"[a~~b]+", "~a", Some("~a")),
            (r"[[a]+", "[a", Some("[a")),
            (r"[]a]+", "a]", Some("a]")),
            (r"[^]a]", "]ab", Some("b")),
            (r"[a-]+", "-a", Some("-a")),
            (r"[-a]+", "-a", Some("-a")),
            (r"[\w-]+", "a-b", Some("a-b")),
            (r"[#\- ]+", "#- ", Some("#- ")),
            (r"[[:alpha:]]+", "\u{e9}ab1", Some("ab")),
            (r"[[:^digit:]]+", "1\u{e9}a2", Some("\u{e9}a")),
            (r"[[:word:]]+", "-a_1", Some("a_1")),
            (r"[[:space:]]", "\u{b}", Some("\u{b}")),
            (r"[:alpha:]+", "help:", Some("h")),
            (r"[[:alpha]+", "[:a", Some("[:a")),
            // Escapes.
            (r"\x41\x{42}\103", "ABC", Some("ABC")),
            (r"\0", "\0", Some("\0")),
            (r"\012", "\n", Some("\n")),
            (r"\12", "\n", Some("\n")),
            (r"\<a\>", "<a>", Some("<a>")),
            (r#"\"\'\`\/\@\_\~\%"#, "\"'`/@_~%", Some("\"'`/@_~%")),
            (r"\a\f\t\r\v", "\u{7}\u{c}\t\r\u{b}", Some("\u{7}\u{c}\t\r\u{b}")),
            (r"\p{Greek}+", "a\u{3b1}\u{3b2}", Some("\u{3b1}\u{3b2}")),
            (r"\pL+", "1\u{e9}a", Some("\u{e9}a")),
            (r"\P{L}+", "a1-", Some("1-")),
            (r"\p{^L}+", "a1-", Some("1-")),
            (r"[\p{Lu}\d]+", "a\u{c9}1", Some("\u{c9}1")),
            (r"#a b", "#a b", Some("#a b")),
            // Names of groups are of no use here.
            (r"(?P<secret>a)(?<b>c)", "ac", Some("ac")),
            (r"a||b", "b", Some("")),
            (r"()", "b", Some("")),
            (r"(?)a", "a", Some("a")),
        ];
        for (pattern, text, expected) in table {
            assert_eq!(first(pattern, text).as_deref(), *expected, "{pattern}");
        }
    }

    #[test]
    fn what_go_refuses_is_refused_where_it_stands() {
        let table: &[(&str, usize, &str)] = &[
            (r"a(?=b)", 1, "look-around"),
            (r"a(?!b)", 1, "look-around"),
            (r"(?<=a)b", 0, "look-around"),
            (r"(?<!a)b", 0, "look-around"),
            (r"(?>a)", 0, "not known to Go"),
            (r"(a)\1", 3, "refers to a group"),
            (r"a\8", 1, "refers to a group"),
            (r"(?x)a", 0, "flags"),
            (r"(?u)a", 0, "flags"),
            (r"(?i-)a", 0, "flags"),
            (r"(?--i)a", 0, "flags"),
            (r"(?i", 0, "flags"),
            (r"a**", 2, "repeats a repetition"),
            (r"a+*", 2, "repeats a repetition"),
            (r"a*??", 3, "repeats a repetition"),
            (r"a{2}{3}", 4, "repeats a repetition"),
            (r"*a", 0, "nothing for `*`"),
            (r"a|*", 2, "nothing for `*`"),
            (r"(+)", 1, "nothing for `+`"),
            (r"a{1001}", 1, "at most 1000"),
            (r"a{2,1}", 1, "counts rise"),
            (r"a{99999999999}", 1, "at most 1000"),
            (r"(a{500}){3}", 8, "1000 times in all"),
            (r"((a{50}){20}b){2}", 14, "1000 times in all"),
            (r"a\Z", 1, "not known to Go"),
            (r"\h", 0, "not known to Go"),
            (r"\R", 0, "not known to Go"),
            (r"\C", 0, "not known to Go"),
            (r"\E", 0, "not known to Go"),
            (r"\u00e9", 0, "not known to Go"),
            (r"a\", 1, "ends the pattern"),
            (r"\x4", 0, "two hexadecimal digits"),
            (r"\x{110000}", 0, "up to 10FFFF"),
            (r"\x{d800}", 0, "no character"),
            (r"\p{Nonsense}", 0, "no class of Unicode"),
            (r"\p{L", 0, "not closed"),
            (r"[a", 0, "not closed"),
            (r"x[]", 1, "not closed"),
            (r"[b-a]", 1, "backwards"),
            (r"[a--]", 1, "backwards"),
            (r"[a-\d]", 3, "not known to Go"),
            (r"[[:foo:]]", 1, "no class that Go knows"),
            (r"[\Qa\E]", 1, "not known to Go"),
            (r"(a", 0, "not closed"),
            (r"a)", 1, "closes nothing"),
            (r"(?P<a>x)(?P<a>y)", 8, "two groups"),
            (r"(?P<a-b>x)", 0, "name of a group"),
            (r"(?P=a)", 0, "flags"),
        ];
        for (pattern, offset, message) in table {
            let error = translate(pattern).expect_err(pattern);
            assert!(error.to_string().contains(message), "{pattern}: {error}");
            assert_eq!(error.offset, *offset, "{pattern}: {error}");
        }
        let deep = "(".repeat(DEEPEST + 1) + &")".repeat(DEEPEST + 1);
        assert!(translate(&deep).unwrap_err().to_string().contains("groups in each other"));
        let deep = "(".repeat(DEEPEST) + &")".repeat(DEEPEST);
        assert!(parse(&translate(&deep).unwrap().regex).is_ok());
    }

    #[test]
    fn groups_keep_their_numbers() {
        for (pattern, groups) in [("a", 0), ("(a)(?:b)((?i)c)", 2), ("(?P<x>a(b))", 2), (r"\(", 0), ("[(]", 0)] {
            let translated = translate(pattern).unwrap();
            assert_eq!(translated.groups, groups, "{pattern}");
            let hir = parse(&translated.regex).unwrap();
            assert_eq!(hir.properties().explicit_captures_len(), groups, "{pattern}");
        }
    }

    #[test]
    fn what_is_ascii_stays_readable() {
        for (pattern, expected) in [
            (r"acme_[0-9a-f]{16}", r"acme_[0-9a-f]{16}"),
            (r"\b(ab[\w-]+)\b", r"\b(ab[\-0-9A-Z_a-z]+)\b"),
            (r"(?i)abc", "[Aa][Bb][Cc]"),
            (r"x(?:\s|$)", r"x(?:[\t\n\x0C\r ]|\z)"),
            (r"[^']", r"(?u:[^'])"),
        ] {
            assert_eq!(translate(pattern).unwrap().regex, expected);
        }
    }

    proptest::proptest! {
        /// Whatever is translated can be parsed, and nothing panics.
        #[test]
        fn translations_are_regexes(pattern in r"([a-c\[\](){}|*+?^$.\\\-:&,0-9EQdwpPisxz\u{e9}]|\[\[:|\(\?i?[:)]|\\Q|\{2,3\}){0,16}") {
            if let Ok(translated) = translate(&pattern) {
                let hir = parse(&translated.regex);
                proptest::prop_assert!(hir.is_ok(), "{pattern} as {}", translated.regex);
                proptest::prop_assert_eq!(hir.unwrap().properties().explicit_captures_len(), translated.groups);
            }
        }
    }
}
