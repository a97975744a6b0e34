//! Mails and `data:` URIs: tokens in an attachment are found, and text that chance spells in one is
//! not.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::command::Dir;
use crate::support::tokens::{Random, friendly, personal};

/// The length of the lines of base64 in a mail, in characters.
const COLUMNS: usize = 76;

/// The secrets that are found in a file, each with its line.
fn found(name: &str, content: &str) -> Vec<(u64, String)> {
    let dir = Dir::new();
    dir.file(name, content);
    let run = dir.run(&["scan", "-f", "json", "--show-secrets", "."]);
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let place = |finding: &serde_json::Value| {
        let secret = finding["secret"].as_str().unwrap().to_owned();
        (finding["start_line"].as_u64().unwrap(), secret)
    };
    findings.iter().map(place).collect()
}

/// Text in lines of a mail's base64.
fn in_columns(text: &str) -> String {
    let lines: Vec<&str> = text
        .as_bytes()
        .chunks(COLUMNS)
        .map(|line| str::from_utf8(line).expect("base64 is ASCII"))
        .collect();
    lines.join("\r\n") + "\r\n"
}

/// A mark of a provider with as much behind it as a key has, of which base64 is made, too.
fn marks(random: &mut Random) -> [String; 3] {
    let mut of = |prefix: [&str; 2], len: usize| {
        prefix.concat() + &friendly(random, len).replace(['-', '_'], "x")
    };
    [of(["AI", "za"], 35), of(["EZ", "AK"], 54), of(["hf", "_"], 34).replace('_', "/")]
}

/// Base64 of random bytes, with a mark in the middle, where signs free it on either side.
fn data_around(random: &mut Random, mark: &str) -> String {
    let data = STANDARD.encode(random.bytes(1_500));
    format!("{}/{mark}+{}", &data[..997], &data[997..])
}

#[test]
fn marks_in_data_are_chance() {
    let mut random = Random::new(76);
    for mark in marks(&mut random) {
        let data = data_around(&mut random, &mark);
        for content in [
            format!("<img src=\"data:image/png;base64,{data}\">\n"),
            format!(".x {{ src: url(data:font/woff2;base64,{data}) }}\n"),
            format!(
                "Content-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\n{}",
                in_columns(&data)
            ),
        ] {
            assert_eq!(found("a.txt", &content), [], "{mark}: {content}");
        }
    }
}

/// The same mark is a key where it stands alone.
#[test]
fn marks_alone_are_keys() {
    let mut random = Random::new(76);
    let [google, ..] = marks(&mut random);
    assert_eq!(found("a.txt", &format!("a/{google}+b\n")), [(1, google)]);
}

/// Wherever the token begins in three bytes and in a line.
#[test]
fn attachments_are_decoded() {
    for shift in 0..8 {
        let token = personal(&mut Random::new(shift));
        let filler = "x".repeat(11 * usize::try_from(shift).unwrap());
        let lines = |from: usize| -> String {
            (from..from + 12).map(|line| format!("line {line} of a log\r\n")).collect()
        };
        let log = format!("{}{filler} GITLAB_TOKEN=\"{token}\"\r\n{}", lines(0), lines(13));
        let encoded = in_columns(&STANDARD.encode(&log));
        let header = "Content-Type: text/plain; name=a.log\r\n\
                      Content-Transfer-Encoding: base64\r\n\r\n";
        let secrets: Vec<String> = found("a.eml", &format!("{header}{encoded}"))
            .into_iter()
            .map(|(_, secret)| secret)
            .collect();
        assert_eq!(secrets, [token], "{shift}");
    }
}

#[test]
fn a_data_uri_of_text_is_decoded() {
    let token = personal(&mut Random::new(3));
    let page = STANDARD.encode(format!("<script>const token = '{token}';</script>"));
    let link = format!("<iframe src=\"data:text/html;base64,{page}\"></iframe>\n");
    assert_eq!(found("a.html", &link), [(1, token)]);
}

/// `=3D` and `=22` are signs in front of a token, and a `=` at the end of a line inside of a token
/// is not one.
#[test]
fn quoted_printable() {
    let mut random = Random::new(4);
    let token = personal(&mut random);
    for before in ["GITLAB_TOKEN=3D", "token=3D=22", "see=20", "a=0A"] {
        let line = format!("{before}{token}=22 and more\n");
        assert_eq!(found("a.eml", &line), [(1, token.clone())], "{line}");
    }
    for glued in ["=3d", "3D", "=41"] {
        let line = format!("x{glued}{token} and more\n");
        assert_eq!(found("a.eml", &line), [], "{line}");
    }
}
