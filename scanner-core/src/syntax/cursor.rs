//! A place in a text that moves to the right.

/// More blanks in a row than this part what stands on either side of them.
pub(super) const MOST_BLANKS: usize = 64;

/// A place in a text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Cursor<'t> {
    pub(super) text: &'t [u8],
    pub(super) at: usize,
}

impl<'t> Cursor<'t> {
    pub(super) fn new(text: &'t [u8], at: usize) -> Self {
        Self { text, at }
    }

    /// What stands from here on.
    pub(super) fn rest(&self) -> &'t [u8] {
        &self.text[self.at..]
    }

    pub(super) fn peek(&self) -> Option<u8> {
        self.text.get(self.at).copied()
    }

    /// Moves behind `bytes` if they stand here.
    pub(super) fn eat(&mut self, bytes: &[u8]) -> bool {
        // Most are told apart by their first byte.
        let is_here = self.peek() == bytes.first().copied() && self.rest().starts_with(bytes);
        if is_here {
            self.at += bytes.len();
        }
        is_here
    }

    /// Moves over at most `most` bytes that fit, and returns how many those are.
    pub(super) fn skip(&mut self, most: usize, fits: impl Fn(u8) -> bool) -> usize {
        let len = self.rest().iter().take(most).take_while(|byte| fits(**byte)).count();
        self.at += len;
        len
    }

    /// Moves over blanks and tabs.
    pub(super) fn skip_blanks(&mut self) -> usize {
        self.skip(MOST_BLANKS, |byte| matches!(byte, b' ' | b'\t'))
    }

    /// Moves over blanks, tabs and line ends.
    pub(super) fn skip_space(&mut self) -> usize {
        self.skip(MOST_BLANKS, |byte| byte.is_ascii_whitespace())
    }

    /// Moves over the escape sequences that colour text in a terminal.
    pub(super) fn skip_colours(&mut self) {
        while self.rest().starts_with(b"\x1b[") {
            let mut after = Cursor::new(self.text, self.at + 2);
            after.skip(12, |byte| byte.is_ascii_digit() || byte == b';');
            if !after.eat(b"m") && !after.eat(b"K") {
                return;
            }
            *self = after;
        }
    }

    /// Moves behind the end of the line if nothing but blanks stands before it.
    pub(super) fn eat_line_end(&mut self) -> bool {
        let mut after = *self;
        after.skip_blanks();
        after.eat(b"\r");
        let is_end = after.eat(b"\n");
        if is_end {
            *self = after;
        }
        is_end
    }
}
