//! Properties of the engine, over generated text.

use std::panic::{RefUnwindSafe, UnwindSafe};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use proptest::prelude::*;
use tokensieve_core::internal::LineIndex;
use tokensieve_core::report::{Format, Report, TextStyle};
use tokensieve_core::{
    Confidence, Coverage, Excerpt, Finding, FingerprintKey, Located, Origin, Position, RuleSet,
    Scanner, Span,
};

use crate::support::tokens::{Random, friendly, personal, routable, routable_v0};

/// Text that looks like what tokens are made of, and like what stands around them.
fn noise() -> impl Strategy<Value = Vec<u8>> {
    let piece = prop_oneof![
        4 => "[ -~]{0,40}".prop_map(String::into_bytes),
        2 => "[0-9A-Za-z_-]{1,60}".prop_map(String::into_bytes),
        1 => prop::collection::vec(any::<u8>(), 0..30),
        1 => Just(b"\n".to_vec()),
        1 => Just("\r\n\u{feff}\u{1f600}\u{e4}".as_bytes().to_vec()),
        1 => Just(b"\\n%3D\\u0022\x1b[0m".to_vec()),
        2 => prop::sample::select(vec![
            "gl", "glp", "at-", "glrt-t1_", "glcbt-", "eyJ", ".01.", ".0r", "-----BEGIN ",
            "_gitlab_session=",
        ])
            .prop_map(|text| text.as_bytes().to_vec()),
        1 => any::<u64>().prop_map(|seed| token(seed).into_bytes()),
        1 => (any::<u64>(), any::<u64>(), "[ -~]{0,9}").prop_map(|(seed, kind, before)| {
            encoded(format!("{before} {}", token(seed)).as_bytes(), kind)
        }),
    ];
    prop::collection::vec(piece, 0..12).prop_map(|pieces| pieces.concat())
}

/// Text in one of the encodings that are decoded.
fn encoded(text: &[u8], kind: u64) -> Vec<u8> {
    let each = |escape: &dyn Fn(&u8) -> String| text.iter().map(escape).collect::<String>();
    match kind % 5 {
        0 => STANDARD.encode(text),
        1 => each(&|byte| format!("{byte:02x}")),
        2 => each(&|byte| format!("%{byte:02x}")),
        3 => each(&|byte| format!("\\u{byte:04x}")),
        _ => each(&|byte| format!("&#{byte};")),
    }
    .into_bytes()
}

/// One of the kinds of tokens that nothing around them can make another of.
fn token(seed: u64) -> String {
    let mut random = Random::new(seed);
    let gl = |rest: &str| format!("gl{rest}");
    match seed % 6 {
        0 => personal(&mut random),
        1 => routable(&mut random, &gl("pat-"), "c:1\no:1\nu:3f"),
        2 => routable_v0(&mut random, &gl("pat-"), "o:1\nu:3f"),
        3 => routable(&mut random, &gl("rt-"), "c:1\no:1\np:2s\nt:3\nu:3f"),
        4 => gl("dt-") + &friendly(&mut random, 20),
        _ => gl("soat-") + &friendly(&mut random, 20),
    }
}

/// All that a caller sees of a match, to be compared.
#[derive(Debug, PartialEq)]
struct Told {
    rule: String,
    span: Span,
    confidence: Confidence,
    places: (Position, Position),
    excerpt: Excerpt,
    secret: Vec<u8>,
}

fn told(located: &Located<'_>) -> Told {
    Told {
        rule: located.matched.rule().id().to_owned(),
        span: located.matched.span(),
        confidence: located.matched.confidence(),
        places: (located.start, located.end),
        excerpt: located.excerpt.clone(),
        secret: located.secret.expose().to_vec(),
    }
}

fn scanned(scanner: &Scanner, text: &[u8]) -> Vec<Told> {
    let mut all = Vec::new();
    scanner.scan(text, &mut |located| all.push(told(&located)));
    all
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 300, ..ProptestConfig::default() })]

    #[test]
    fn a_planted_token_is_found_exactly(before in noise(), after in noise(), seed in any::<u64>()) {
        let scanner = Scanner::new(&RuleSet::builtin());
        let token = token(seed);
        let text = [&before, &b"\n\""[..], token.as_bytes(), b"\"\n", &after].concat();
        let span = Span::new(before.len() + 2, before.len() + 2 + token.len());
        let found = scanner.find(&text);
        let is_found = found.iter().any(|matched| matched.span() == span);
        prop_assert!(is_found, "{found:?} without {span:?}");
        prop_assert!(found.windows(2).all(|pair| pair[0].span().end <= pair[1].span().start));
    }

    #[test]
    fn an_encoded_token_is_found_and_hidden(
        before in "[ -~]{0,60}",
        after in "[ -~]{0,60}",
        seed in any::<u64>(),
        kind in any::<u64>(),
    ) {
        let scanner = Scanner::new(&RuleSet::builtin());
        let token = token(seed);
        let value = String::from_utf8(encoded(format!("key: {token}").as_bytes(), kind)).unwrap();
        let text = format!("{before} \"{value}\" {after}");
        let span = Span::new(before.len() + 2, before.len() + 2 + value.len());
        let mut all = Vec::new();
        scanner.scan(text.as_bytes(), &mut |located| all.push(located));
        let found = all.iter().find(|located| located.secret.expose() == token.as_bytes());
        let found = found.expect("the token is found");
        prop_assert!(span.contains(found.matched.span()) && found.matched.decoded().len() == 1);
        prop_assert_eq!(&found.excerpt.redacted, "[redacted]");
        let hidden = &text[found.matched.span().range()];
        let Excerpt { before, redacted, after, .. } = &found.excerpt;
        let shown = format!("{before}{redacted}{after}");
        for shown in [shown, scanner.redactor().redact(&text)] {
            let half = &hidden[hidden.len() / 2..];
            prop_assert!(!shown.contains(hidden) && !shown.contains(half), "{shown}");
        }
    }

    #[test]
    fn other_lines_never_remove_a_finding(
        before in noise(),
        after in noise(),
        seed in any::<u64>(),
    ) {
        let scanner = Scanner::new(&RuleSet::builtin());
        let line = format!("key = {}", token(seed));
        let alone = scanner.find(line.as_bytes());
        prop_assert_eq!(alone.len(), 1);
        let text = [&before, &b"\n"[..], line.as_bytes(), b"\n", &after].concat();
        let rule = alone[0].rule().id();
        let span = alone[0].span();
        let moved = Span::new(span.start + before.len() + 1, span.end + before.len() + 1);
        let found = scanner.find(&text);
        prop_assert!(
            found.iter().any(|matched| matched.span() == moved && matched.rule().id() == rule)
        );
    }

    #[test]
    fn any_chunks_tell_the_same(
        texts in prop::collection::vec(noise(), 1..4),
        cuts in prop::collection::vec(1_usize..400, 1..20),
    ) {
        let scanner = Scanner::new(&RuleSet::builtin());
        let text = texts.concat();
        let mut all = Vec::new();
        let mut stream = scanner.stream();
        let mut rest = text.as_slice();
        for cut in cuts.iter().cycle() {
            let (chunk, later) = rest.split_at((*cut).min(rest.len()));
            stream.push(chunk, &mut |located| all.push(told(&located)));
            rest = later;
            if rest.is_empty() {
                break;
            }
        }
        stream.finish(&mut |located| all.push(told(&located)));
        prop_assert_eq!(all, scanned(&scanner, &text));
    }

    #[test]
    fn any_parts_tell_the_same(
        texts in prop::collection::vec(noise(), 1..6),
        size in 1_usize..300,
    ) {
        let scanner = Scanner::new(&RuleSet::builtin());
        let text = texts.concat();
        let mut all = Vec::new();
        let mut parts = scanner.in_parts(&text);
        let ranges = (0..text.len())
            .step_by(size)
            .map(|start| Span::new(start, text.len().min(start + size)));
        let searched: Vec<_> = ranges.map(|range| parts.search(range)).collect();
        parts.accept(searched, &mut |located| all.push(told(&located)));
        // Text that is not UTF-16: the whole scan looks at that too.
        prop_assume!(!scanner.is_utf16(&text));
        prop_assert_eq!(all, scanned(&scanner, &text));
    }

    #[test]
    fn utf16_is_searched_like_utf8(
        before in "([ -~\u{e4}\n]{10,20}\u{1f600}?){1,3}",
        seed in any::<u64>(),
        is_little in any::<bool>(),
        has_bom in any::<bool>(),
    ) {
        let scanner = Scanner::new(&RuleSet::builtin());
        let token = token(seed);
        let text = format!(
            "plain words first, so that it is clear\n{before} {token}\n\
             and some more words behind it\n"
        );
        let mark = if has_bom { "\u{feff}" } else { "" };
        let wide: Vec<u8> = format!("{mark}{text}")
            .encode_utf16()
            .flat_map(|unit| if is_little { unit.to_le_bytes() } else { unit.to_be_bytes() })
            .collect();
        let mut all = Vec::new();
        scanner.scan(&wide, &mut |located| all.push(located));
        let found = all.iter().find(|located| located.secret.expose() == token.as_bytes());
        let found = found.expect("the token is found");
        let offset = text.find(&token).unwrap();
        let start = (mark.encode_utf16().count() + text[..offset].encode_utf16().count()) * 2;
        prop_assert_eq!(found.matched.span(), Span::new(start, start + token.len() * 2));
        prop_assert_eq!(found.start, LineIndex::new(text.as_bytes()).position(offset));
    }

    #[test]
    fn nothing_that_is_written_holds_a_secret(
        before in "[ -~]{0,80}",
        after in "[ -~]{0,80}",
        seed in any::<u64>(),
        name in any::<u64>(),
    ) {
        let scanner = Scanner::new(&RuleSet::builtin());
        let (secret, path) = (token(seed), token(name));
        let text = format!("{before} {secret} {after}\n");
        let key = FingerprintKey::default();
        // A file that is named like a token.
        let origin = Origin::new(path.as_bytes(), path.as_bytes());
        let mut findings = Vec::new();
        let mut written = Vec::new();
        scanner.scan(text.as_bytes(), &mut |located| {
            written.extend(format!("{located:?}").into_bytes());
            let mut fingerprints = key.file(origin.from_root());
            let fingerprint = fingerprints.next(located.matched.rule(), &located.secret);
            findings.push(Finding::new(&origin, &located, fingerprint, scanner.redactor(), false));
        });
        written.extend(format!("{findings:?}").into_bytes());
        let message = format!("cannot read {path}: {secret}");
        written.extend(scanner.redactor().redact(&message).into_bytes());
        let coverage = Coverage::default();
        let report = Report::new(&findings, &coverage, "0");
        for format in Format::ALL {
            let style = TextStyle { is_coloured: true, is_verbose: true, width: Some(40) };
            report.write(*format, style, &mut written).unwrap();
        }
        let written = String::from_utf8_lossy(&written);
        for hidden in [&secret, &path] {
            let body = hidden.split_once('-').map_or(hidden.as_str(), |(_, body)| body);
            prop_assert!(!written.contains(body), "{written}");
            // Nor a good part of it.
            let part = &body[body.len() - 10..];
            prop_assert!(!written.contains(part), "{written}");
        }
    }
}

#[test]
fn streams_far_larger_than_their_window() {
    let scanner = Scanner::new(&RuleSet::builtin());
    let mut random = Random::new(7);
    let mut text = Vec::new();
    let mut expected = Vec::new();
    for _ in 0..200 {
        let filler = 1 + random.below(20_000);
        text.extend((0..filler).map(|i| if i % 71 == 70 { b'\n' } else { b'a' + (i % 26) as u8 }));
        text.extend(b" ");
        let token = token(random.next());
        expected.push(Span::new(text.len(), text.len() + token.len()));
        text.extend(token.as_bytes());
        text.extend(b" ");
    }
    let whole = scanned(&scanner, &text);
    let spans: Vec<Span> = scanner.find(&text).iter().map(|matched| matched.span()).collect();
    assert_eq!(spans, expected);
    for size in [1000, 4096, 70_001, 1 << 20] {
        let mut all = Vec::new();
        let mut stream = scanner.stream();
        for chunk in text.chunks(size) {
            stream.push(chunk, &mut |located| all.push(told(&located)));
        }
        stream.finish(&mut |located| all.push(told(&located)));
        assert_eq!(all, whole, "chunks of {size}");
    }
}

#[test]
fn rules_without_literals_are_found_in_any_chunks() {
    let rules = RuleSet::from_toml(
        "t.toml",
        "[[rules]]\nid = 'numbers'\nregex = '[0-9]{4,}x+'\nmax_len = 100\n",
    )
    .unwrap();
    let scanner = Scanner::new(&rules);
    let mut random = Random::new(1);
    let text: Vec<u8> = (0..30_000)
        .map(|_| match random.below(10) {
            0 => b'x',
            1 => b' ',
            digit => b'0' + digit as u8,
        })
        .collect();
    let whole = scanned(&scanner, &text);
    assert!(whole.len() > 100);
    for size in [1, 13, 9000] {
        let mut all = Vec::new();
        let mut stream = scanner.stream();
        for chunk in text.chunks(size) {
            stream.push(chunk, &mut |located| all.push(told(&located)));
        }
        stream.finish(&mut |located| all.push(told(&located)));
        assert_eq!(all, whole, "chunks of {size}");
    }
}

#[test]
fn overlapping_look_alikes_without_end_cost_bounded_work() {
    let scanner = Scanner::builder().keeps_refuted(true).build(&RuleSet::builtin()).unwrap();
    let text = concat!("glp", "at-").repeat(200_000);
    assert!(scanner.find(text.as_bytes()).is_empty());
    let mut told = 0;
    scanner.scan(text.as_bytes(), &mut |located| {
        assert_eq!(located.matched.confidence(), Confidence::Refuted);
        told += 1;
    });
    assert!(told > 0 && told < 10_000, "{told}");
}

#[test]
fn custom_prefixes() {
    let mut random = Random::new(3);
    let with = |prefixes: &[&str]| {
        Scanner::builder()
            .gitlab_prefixes(prefixes.iter().copied())
            .build(&RuleSet::builtin())
            .unwrap()
    };
    let spans = |scanner: &Scanner, text: &str| {
        scanner.find(text.as_bytes()).iter().map(|matched| matched.span()).collect::<Vec<_>>()
    };
    let whole = |text: &str| vec![Span::new(0, text.len())];
    let plain = with(&[]);
    let acme = with(&["acme", "corp.pat:"]);

    // Version 1 behind anything, without configuration.
    for prefix in ["", "x", "acme-pat_", "https://a.b/c:d@+=/", "acme-glpat-", "acme-glzzz-"] {
        let token = routable(&mut random, prefix, "c:1\no:1\nu:3f");
        assert_eq!(spans(&plain, &token), whole(&token), "{prefix}");
    }
    // Version 0 behind a known prefix in front of which another stands, or behind a configured one.
    let token = routable_v0(&mut random, &format!("acme-{}", concat!("gl", "pat-")), "o:1\nu:3f");
    assert_eq!(spans(&plain, &token), whole(&token));
    let token = routable_v0(&mut random, "corp.pat:", "o:1\nu:3f");
    assert_eq!((spans(&plain, &token), spans(&acme, &token)), (vec![], whole(&token)));
    // A body of fixed length is reported from `gl` on, or with its configured prefix.
    let token = format!("acme-{}{}", concat!("gl", "dt-"), friendly(&mut random, 20));
    assert_eq!(spans(&plain, &token), [Span::new(5, token.len())]);
    assert_eq!(spans(&acme, &token), whole(&token));
    let token = format!("corp.pat:{}", friendly(&mut random, 20));
    assert_eq!((spans(&plain, &token), spans(&acme, &token)), (vec![], whole(&token)));
    // What GitLab would refuse.
    for prefix in ["", "twenty-one-characters", "with space", "\u{e4}"] {
        assert!(
            Scanner::builder().gitlab_prefixes([prefix]).build(&RuleSet::builtin()).is_err(),
            "{prefix}"
        );
    }
}

#[test]
fn public_types_can_be_shared() {
    fn check<T: Send + Sync + UnwindSafe + RefUnwindSafe>() {}
    check::<Scanner>();
    check::<RuleSet>();
    check::<Finding>();
    check::<FingerprintKey>();
    check::<tokensieve_core::Redactor>();
    check::<tokensieve_core::Error>();
}
