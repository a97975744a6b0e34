//! docs/scan.svg, the picture of a report in the README: what the program prints about fake data.

use std::fmt::Write;
use std::path::Path;

use crate::support::command::{Dir, Run};
use crate::support::tokens::{Random, personal, routable};

/// The size of a character and of a line, in pixels.
const CHAR: f64 = 7.8;
const LINE: usize = 18;
const MARGIN: usize = 16;
/// Longer lines are cut.
const COLUMNS: usize = 104;

/// How text looks from here on.
#[derive(Clone, Copy, Default, PartialEq)]
struct Look {
    is_bold: bool,
    is_dim: bool,
    colour: Option<u8>,
}

impl Look {
    /// Follows the numbers of an escape sequence.
    fn change(&mut self, codes: &str) {
        for code in codes.split(';') {
            match code.parse().unwrap_or(0_u8) {
                0 => *self = Self::default(),
                1 => self.is_bold = true,
                2 => self.is_dim = true,
                code @ (30..=37 | 90..=97) => self.colour = Some(code % 10),
                _ => {}
            }
        }
    }

    fn attributes(self) -> String {
        let colours = [
            "#6e7681", "#ff7b72", "#7ee787", "#e3b341", "#79c0ff", "#d2a8ff", "#76e3ea", "#f0f6fc",
        ];
        let fill = self.colour.map_or("#d1d9e0", |colour| colours[usize::from(colour)]);
        let weight = if self.is_bold { " font-weight=\"bold\"" } else { "" };
        let opacity = if self.is_dim { " opacity=\"0.7\"" } else { "" };
        format!("fill=\"{fill}\"{weight}{opacity}")
    }
}

/// The pieces of a line, each with its look, which goes on to the next line.
fn pieces(line: &str, look: &mut Look) -> Vec<(Look, String)> {
    let mut pieces = Vec::new();
    let mut columns = 0;
    for (at, part) in line.split("\u{1b}[").enumerate() {
        let mut text = part;
        if at > 0 {
            let (codes, rest) = part.split_once('m').unwrap();
            look.change(codes);
            text = rest;
        }
        let mut shown: String = text.chars().take(COLUMNS - columns).collect();
        columns += shown.chars().count();
        if columns == COLUMNS && shown.len() < text.len() {
            shown.pop();
            shown.push('\u{2026}');
        }
        if !shown.is_empty() {
            pieces.push((*look, shown));
        }
    }
    pieces
}

fn svg(text: &str) -> String {
    let lines: Vec<&str> = text.lines().collect();
    let width = MARGIN * 2 + (COLUMNS as f64 * CHAR) as usize;
    let height = MARGIN * 2 + lines.len() * LINE;
    let mut svg = format!(
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" role=\"img\" \
         aria-label=\"A report in a terminal\">\n<rect width=\"100%\" height=\"100%\" rx=\"8\" \
         fill=\"#0d1117\"/>\n<g font-family=\"ui-monospace,Menlo,Consolas,monospace\" \
         font-size=\"13\">\n"
    );
    let mut look = Look::default();
    for (at, line) in lines.iter().enumerate() {
        let y = MARGIN + at * LINE + 13;
        let mut column = 0;
        for (look, text) in pieces(line, &mut look) {
            let x = MARGIN as f64 + column as f64 * CHAR;
            let count = text.chars().count();
            // Blanks at the ends of a text are not shown.
            let text = text
                .replace(' ', "\u{a0}")
                .replace('&', "&amp;")
                .replace('<', "&lt;")
                .replace('>', "&gt;");
            let attributes = look.attributes();
            let len = count as f64 * CHAR;
            writeln!(
                svg,
                "<text x=\"{x:.1}\" y=\"{y}\" textLength=\"{len:.1}\" {attributes}>{text}</text>"
            )
            .unwrap();
            column += count;
        }
    }
    svg + "</g>\n</svg>\n"
}

#[test]
fn the_picture_of_the_readme_is_current() {
    let dir = Dir::new();
    let mut random = Random::new(7);
    let proved = routable(&mut random, concat!("glp", "at-"), "c:1\no:1\nu:3f");
    let other = personal(&mut random);
    let password = ["correct-h0rse", "-battery"].concat();
    dir.file("deploy/.env", format!("APP_ENV=production\nGITLAB_TOKEN={proved}\n"));
    dir.file("scripts/release.sh", format!("#!/bin/sh\ncurl -H \"PRIVATE-TOKEN: {other}\"\n"));
    dir.file("config/db.yml", format!("url: postgres://shop:{password}@db.internal/shop\n"));
    let run = Run::of(dir.command(&["scan", "--color", "always"]).output().unwrap());
    run.assert_code(1);
    let verdict = run.stderr.lines().last().unwrap();
    let picture = svg(&format!("$ tokensieve scan\n{}\n{verdict}\n", run.stdout.trim_end()));
    for secret in [&proved[8..], &other[8..], &password] {
        assert!(!picture.contains(secret));
    }
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/scan.svg");
    if std::env::var_os("TOKENSIEVE_UPDATE").is_some() {
        std::fs::write(&path, &picture).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == picture, "docs/scan.svg is stale: run the tests with TOKENSIEVE_UPDATE=1");
}
