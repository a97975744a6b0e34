//! Classes of characters: `\d`, `\pL`, `[a-z]`, `[[:alpha:]]`.

use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, HirKind};

use super::write::{folded, single};
use super::{DialectError, Parser};

impl Parser<'_> {
    /// `\d`, `\pL`, `\p{Greek}` and their negations, if it is one.
    pub(super) fn named_escape(&mut self) -> Result<Option<ClassUnicode>, DialectError> {
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
        let class =
            ClassUnicode::new(ranges.iter().map(|(from, to)| ClassUnicodeRange::new(*from, *to)));
        let mut class = if self.flags.folds_case { folded(class) } else { class };
        if is_negated {
            class.negate();
        }
        class
    }

    fn unicode_class(
        &mut self,
        from: usize,
        is_negated: bool,
    ) -> Result<ClassUnicode, DialectError> {
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
        let is_name = !name.is_empty()
            && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_');
        let parsed =
            if is_name { regex_syntax::parse(&format!(r"\p{{{name}}}")).ok() } else { None };
        let mut class = match parsed.as_ref().map(|hir| hir.kind()) {
            Some(HirKind::Class(Class::Unicode(class))) => class.clone(),
            Some(HirKind::Literal(_)) | None | Some(_) => {
                return self.error(
                    from,
                    format!("`{}` is no class of Unicode", &self.pattern[from..self.at]),
                );
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

    pub(super) fn bracketed(&mut self) -> Result<(), DialectError> {
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
        let Some((name, _)) = self.rest().strip_prefix("[:").and_then(|rest| rest.split_once(":]"))
        else {
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
            return self.error(
                from,
                format!("the range `{}` runs backwards", &self.pattern[from..self.at]),
            );
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
