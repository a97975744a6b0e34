//! Escapes that stand for one character.

use super::{DialectError, Parser};

impl Parser<'_> {
    /// An escape that stands for one character.
    pub(super) fn character(&mut self) -> Result<char, DialectError> {
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
            '1'..='7' if self.peek().is_some_and(|next| next.is_digit(8)) => {
                self.octal(c as u32 - '0' as u32)
            }
            '1'..='9' => {
                return self
                    .error(from, format!(r"`\{c}` refers to a group, which Go does not know"));
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
            Some(braced) => {
                braced.split_once('}').map_or(("", 0), |(digits, _)| (digits, digits.len() + 2))
            }
            None => rest.get(..2).map_or(("", 0), |digits| (digits, 2)),
        };
        let is_number = !digits.is_empty() && digits.bytes().all(|byte| byte.is_ascii_hexdigit());
        match u32::from_str_radix(digits, 16) {
            Ok(value) if is_number && value <= 0x0010_ffff => {
                self.at += len;
                Ok(value)
            }
            _ => self.error(
                from,
                r"`\x` takes two hexadecimal digits, or a number in braces up to 10FFFF",
            ),
        }
    }
}
