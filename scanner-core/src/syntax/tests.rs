//! Every form, whole, and what holds for any text.

use proptest::prelude::*;

use super::*;

/// The value of the first `pw`, or of the first `PW`.
fn value(text: &str) -> Option<&str> {
    let at = text.find("pw").or_else(|| text.find("PW")).unwrap();
    named(text.as_bytes(), Span::new(at, at + 2)).map(|named| &text[named.value.range()])
}

#[test]
fn one_value_in_many_syntaxes() {
    for text in [
        "DB_PW=a,1\n",
        "export DB_PW='a,1' # x\n",
        "{\"pw\": \"a,1\"}",
        "<pw>a,1</pw>",
        "<a x=\"1\" pw=\"a,1\"/>",
        "<add key=\"pw\" value=\"a,1\"/>",
        "<key>pw</key>\n<string>a,1</string>",
        "{\"name\": \"pw\", \"value\": \"a,1\"}",
        "{\"pw\": {\"value\": \"a,1\"}}",
        "pw: ${X:a,1}\n",
        "pw: ${X:-a,1}\n",
        "${PW:-a,1}",
        "@Value(\"${db.pw:a,1}\")",
        "pw: \"{{ x | default('a,1') }}\"\n",
        "const pw = process.env.X || \"a,1\";",
        "pw = os.environ.get(\"X\", \"a,1\")",
        "pw = getenv(\"X\", default=\"a,1\")",
        "os.getenv(\"PW\", default=\"a,1\")",
        "pw: ENV.fetch('X', 'a,1')",
        "System.getenv().getOrDefault(\"PW\", \"a,1\")",
        "ENV.fetch(\"PW\") { \"a,1\" }",
        "variable \"pw\" {\n  default = \"a,1\"\n}",
        "variable \"pw\" {\n  type = string\n  # of x\n  default = \"a,1\"\n}",
        "pw =\"\"\"a,1\"\"\"",
        "auto pw = R\"(a,1)\";",
        "my $pw = q{a,1};",
        "let pw = #\"a,1\"#;",
        "<pw><![CDATA[a,1]]></pw>",
        "\\\"pw\\\": \\\"a,1\\\"",
        "pw:\n  'a,1'\n",
        "pw: |\n  a,1\n",
        "aws ssm put --name /prod/db/pw --value \"a,1\"",
        "\"--pw\", \"a,1\"",
        "(setq my-pw \"a,1\")",
        "#define PW \"a,1\"",
    ] {
        assert_eq!(value(text), Some("a,1"), "{text}");
    }
}

#[test]
fn no_value() {
    for text in ["pw", "the pw was wrong", "if (pw) { return; }", "pw(a)", "<pw/>", "pw ="] {
        assert_eq!(value(text), None, "{text}");
    }
}

fn pieces() -> impl Strategy<Value = Vec<u8>> {
    const PIECES: [&str; 48] = [
        "pw",
        "PW",
        "token",
        " ",
        "\n",
        "\t",
        "=",
        ":",
        ": ",
        " = ",
        "=>",
        "\"",
        "'",
        "`",
        "\\\"",
        "\\",
        "{",
        "}",
        "(",
        ")",
        "[",
        "]",
        "<",
        ">",
        "</",
        "/>",
        ",",
        ";",
        "&",
        "?",
        "--",
        "- ",
        "${",
        ":-",
        "||",
        "{{",
        "default(",
        "name",
        "value",
        "key",
        "\"\"\"",
        "<<EOF",
        "|",
        "<![CDATA[",
        "]]>",
        "a1,B2",
        "\r\n",
        "\x1b[1m",
    ];
    let piece = prop_oneof![
        8 => prop::sample::select(PIECES.to_vec()).prop_map(|piece| piece.as_bytes().to_vec()),
        1 => prop::collection::vec(any::<u8>(), 0..8),
        1 => (any::<u8>(), 0_usize..400).prop_map(|(byte, len)| vec![byte; len]),
    ];
    prop::collection::vec(piece, 0..60).prop_map(|pieces| pieces.concat())
}

proptest! {
    #[test]
    fn cuts_do_not_matter(before in pieces(), after in pieces(), more: bool) {
        let mut text = [&before[..], b"pw", &after[..]].concat();
        if more {
            text = text.repeat(1 + 6_000 / text.len());
        }
        let word = Span::new(before.len(), before.len() + 2);
        let found = named(&text, word);
        if let Some(Named { name, value, .. }) = found {
            prop_assert!(value.start < value.end && value.end <= text.len());
            prop_assert!(name.contains(word) && !name.overlaps(value));
            prop_assert!(value.end <= word.start + right_reach(&text, word.start));
            prop_assert!(value.start + LEFT_REACH >= word.start);
        }
        // Any part that has the reach leads to the same.
        let from = word.start.saturating_sub(LEFT_REACH);
        let part = &text[from..text.len().min(word.start + right_reach(&text, word.start))];
        let of_part = named(part, Span::new(word.start - from, word.end - from));
        let place = |found: Named, from| (found.value.start + from, found.value.end + from);
        let places = (of_part.map(|found| place(found, from)), found.map(|found| place(found, 0)));
        prop_assert_eq!(places.0, places.1);
        neighbours(&text, word.start).for_each(drop);
    }

    #[test]
    fn values_of_a_line_follow_each_other(line in pieces()) {
        let mut end = 0;
        for value in values(&line) {
            prop_assert!(end <= value.span.start && value.span.end <= line.len());
            end = value.span.end;
        }
    }

    /// Strings between quotes and assigned values are never cut.
    #[test]
    fn strings_are_whole(text in "[a-zA-Z0-9,;'<>&=(){} .:$#@!-]{1,40}") {
        let line = format!("x = \"{text}\"");
        let found = values(line.as_bytes()).last().unwrap();
        prop_assert_eq!(&line[found.span.range()], &text);
    }
}
