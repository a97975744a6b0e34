//! What pages have in common: policy, style, script, the form of their data.

use std::io::{self, Write};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::report::words::one_line;

const STYLE: &str = include_str!("shell.css");
const SCRIPT: &str = include_str!("shell.js");

/// A page that loads nothing.
///
/// Its policy allows the one style and the one script that are in it, by their hashes. The findings
/// are in it as data, in a form that holds no `<`. The script finds it as `page.data`, beside
/// helpers that put text into the page as text.
#[derive(Clone, Debug)]
pub struct HtmlPage {
    style: String,
    script: String,
}

impl HtmlPage {
    /// A page with a style and a script of its own, after those that all pages have.
    #[must_use]
    pub fn new(style: &str, script: &str) -> Self {
        Self { style: [STYLE, style].concat(), script: [SCRIPT, script].concat() }
    }

    /// Writes everything up to the body, and its tag.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn head(&self, title: &str, out: &mut dyn Write) -> io::Result<()> {
        let hash = |text: &str| STANDARD.encode(Sha256::digest(text));
        writeln!(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">")?;
        writeln!(
            out,
            "<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; \
             script-src 'sha256-{}'; style-src 'sha256-{}'; base-uri 'none'; form-action 'none'\">",
            hash(&self.script),
            hash(&self.style)
        )?;
        writeln!(out, "<meta name=\"referrer\" content=\"no-referrer\">")?;
        writeln!(out, "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">")?;
        let title = html_text(title);
        writeln!(out, "<title>{title}</title>\n<style>{}</style>\n</head>\n<body>", self.style)
    }

    /// Begins the data: JSON follows, written to a [`PageData`].
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn start_data(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(br#"<script type="application/json" id="data">"#)
    }

    /// Ends the data. Markup can follow.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn end_data(&self, out: &mut dyn Write) -> io::Result<()> {
        out.write_all(b"</script>\n")
    }

    /// Writes the script and the end.
    ///
    /// # Errors
    ///
    /// Those of the writer.
    pub fn end(&self, out: &mut dyn Write) -> io::Result<()> {
        write!(out, "<script>{}</script>\n</body>\n</html>\n", self.script)
    }
}

/// Text for an element, in one line.
#[must_use]
pub fn html_text(text: &str) -> String {
    one_line(text).replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

/// A writer of JSON that holds no markup: angle brackets and ampersands, which JSON has in strings
/// only, become escapes.
pub struct PageData<'w>(&'w mut dyn Write);

impl<'w> PageData<'w> {
    /// Writes to a page.
    pub fn new(out: &'w mut dyn Write) -> Self {
        Self(out)
    }
}

impl Write for PageData<'_> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let is_markup = |byte: &u8| matches!(byte, b'<' | b'>' | b'&');
        for part in bytes.split_inclusive(is_markup) {
            match part.split_last() {
                Some((last, before)) if is_markup(last) => {
                    self.0.write_all(before)?;
                    write!(self.0, "\\u{last:04x}")?;
                }
                _ => self.0.write_all(part)?,
            }
        }
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}
