//! Fuzz targets: each takes any bytes and must come back.
//!
//! They run for a moment with the other tests, and longer with `TOKENSIEVE_FUZZ_SECONDS=600 cargo
//! test fuzz`; with `-- --nocapture`, each says how many inputs it took. Inputs are mutations of
//! texts that get far into the program. What once failed is run first.

#[cfg(all(feature = "archives", feature = "git"))]
mod archives;
#[cfg(all(feature = "archives", feature = "git"))]
mod configurations;
#[cfg(all(feature = "archives", feature = "git"))]
mod git;
mod reports;
mod values;

use std::time::{Duration, Instant};

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use tokensieve_core::internal::{LineIndex, Piece, Routable};
use tokensieve_core::{Located, RuleSet, Scanner, Span};

use crate::support::placeholders::gzip;
use crate::support::tokens::{Random, friendly, personal, routable, routable_v0};

const SECONDS_EACH: u64 = 2;

type Target = fn(&[u8]);

thread_local! {
    static SCANNER: Scanner =
        Scanner::builder()
            .gitlab_prefixes(["acme", "corp_"])
            .decode_depth(4)
            .build(&RuleSet::builtin())
            .unwrap();
}

/// The place of a match as text, to be compared with that of another way of searching.
fn told(located: &Located<'_>) -> String {
    format!("{:?} {:?} {:?} {:?}", located.matched, located.start, located.end, located.excerpt)
}

fn scanning(data: &[u8]) {
    SCANNER.with(|scanner| agreeing(scanner, data));
}

fn carrying(data: &[u8]) {
    SCANNER.with(|scanner| carried(scanner, data));
}

/// Searching any bytes gives sorted, separate spans inside them, and streaming them or searching
/// them in parts gives the same.
fn agreeing(scanner: &Scanner, data: &[u8]) {
    let found = scanner.find(data);
    assert!(
        found.iter().all(|matched| matched.span().end <= data.len() && !matched.span().is_empty())
    );
    if scanner.is_utf16(data) {
        return;
    }
    assert!(found.windows(2).all(|pair| pair[0].span().end <= pair[1].span().start));
    let mut whole = Vec::new();
    scanner.scan(data, &mut |located| whole.push(told(&located)));
    for size in [1 + data.len() / 3, 7, 1 << 16] {
        let mut streamed = Vec::new();
        let mut stream = scanner.stream();
        for chunk in data.chunks(size) {
            stream.push(chunk, &mut |located| streamed.push(told(&located)));
        }
        stream.finish(&mut |located| streamed.push(told(&located)));
        assert_eq!(streamed, whole, "streamed in chunks of {size}");

        let mut in_parts = Vec::new();
        let mut parts = scanner.in_parts(data);
        let ranges = (0..data.len())
            .step_by(size)
            .map(|start| Span::new(start, data.len().min(start + size)));
        let searched = ranges.map(|range| parts.search(range)).collect();
        parts.accept(searched, &mut |located| in_parts.push(told(&located)));
        assert_eq!(in_parts, whole, "in parts of {size}");
    }
}

/// What is carried from one text to those made of it, again and again, is what a search of them
/// finds.
fn carried(scanner: &Scanner, data: &[u8]) {
    /// Copies are long enough that what comes of their candidates is carried.
    const TIMES: usize = 8;
    let mut text = data.repeat(TIMES);
    let mut candidates = scanner.candidates(&text);
    for cuts in [[3, 5, 2], [2, 7, 1], [5, 3, 4]] {
        let mut told = Vec::new();
        scanner.scan_candidates(&text, &mut candidates, &mut |matched, _| {
            told.push(format!("{matched:?}"))
        });
        let mut expected = Vec::new();
        scanner.scan(&text, &mut |located| expected.push(format!("{:?}", located.matched)));
        assert_eq!(told, expected);

        // The first part is as it was, another one has moved, and something new is between them.
        let [first, second, new] = cuts.map(|cut| text.len() / cut);
        let pieces = [
            Piece::Copied { from: 0, len: first },
            Piece::New { len: data.len().min(new) },
            Piece::Copied { from: second, len: text.len() - second },
        ];
        let made = [&text[..first], &data[..data.len().min(new)], &text[second..]].concat();
        candidates = scanner.candidates_for_delta(&candidates, &pieces, &made);
        text = made;
    }
}

/// A text is a routable token, or the error says why not.
fn checking(data: &[u8]) {
    if let Ok(routable) = Routable::check(data) {
        assert!(routable.prefix_len() < data.len());
    }
}

/// A rule file is read or refused with a line.
fn reading_rules(data: &[u8]) {
    if let Ok(text) = str::from_utf8(data)
        && let Err(error) = RuleSet::from_toml("f.toml", text)
    {
        assert!(error.place().is_some_and(|(_, line)| line >= 1), "{error}");
    }
}

/// Positions never go back.
fn placing(data: &[u8]) {
    let mut lines = LineIndex::new(data);
    let mut last = lines.position(0);
    // Inside a code point there is no position.
    let is_inside = |offset: usize| data.get(offset).is_some_and(|byte| byte & 0xC0 == 0x80);
    for offset in (0..=data.len()).filter(|offset| !is_inside(*offset)) {
        let next = lines.position(offset);
        assert!(next >= last, "{offset}");
        last = next;
    }
}

/// Inputs that once failed: a length field that points into the prefix; a value with a key that is
/// cut and an escaped token behind it.
fn regressions() -> Vec<Vec<u8>> {
    let mut random = Random::new(5);
    let good = routable_v0(&mut random, concat!("glp", "at-"), "o:1\nu:3f");
    let (head, _) = good.split_at(good.len() - 9);
    let head = format!("{head}12");
    let sum = crc32fast::hash(head.as_bytes());
    let digits: Vec<u8> = (0..7)
        .map(|i| b"0123456789abcdefghijklmnopqrstuvwxyz"[(sum / 36_u32.pow(6 - i) % 36) as usize])
        .collect();
    let value: [&[u8]; 5] = [
        b"{\"prject_id\": \"a\", \"private_key_id\": K\"",
        &b"0a".repeat(20),
        b"\", \"private_key\": \"-----BEGIN PRIVATE KEY-----\\nNn+R0bwz0TayYzLrB\x8f",
        b"aRqEjfMJahb5ir/lm5BjmifHbSKtVh0nvYn2ejGvFYHcQRz\\nglp",
        b"at\\u002dfUT6_v9bzrhdkzYXf2Uu",
    ];
    vec![[head.as_bytes(), &digits].concat(), value.concat()]
}

fn seeds() -> Vec<Vec<u8>> {
    let mut random = Random::new(9);
    let rule = "[[rules]]\nid = 'a'\nregex = 'abcd[0-9]{3}'\nprefixes = ['abcd']\n[rules.leak]\n\
        ui = 'x'\n";
    let wide: Vec<u8> =
        "wide text and more of it".encode_utf16().flat_map(u16::to_le_bytes).collect();
    vec![
        personal(&mut random).into_bytes(),
        routable(&mut random, concat!("acme-glp", "at-"), "c:1\no:1\nu:3f").into_bytes(),
        routable_v0(&mut random, concat!("gl", "rt-t3_"), "o:1").into_bytes(),
        format!("[[runners]]\n  token = \"{}\"\n", friendly(&mut random, 20)).into_bytes(),
        format!(
            "-----BEGIN PRIVATE KEY-----\\n{}\\n-----END PRIVATE KEY-----",
            friendly(&mut random, 64)
        )
        .into_bytes(),
        "a\u{e4}\u{20ac}\u{1f600}\r\n\u{feff}".repeat(3).into_bytes(),
        rule.as_bytes().to_vec(),
        wide,
        STANDARD.encode(format!("token: {}\n", personal(&mut random)).repeat(3)).into_bytes(),
        STANDARD.encode(STANDARD.encode(personal(&mut random))).into_bytes(),
        STANDARD
            .encode(gzip(format!("token: {}\n", personal(&mut random)).as_bytes()))
            .into_bytes(),
        personal(&mut random)
            .bytes()
            .map(|byte| format!("{byte:02x}"))
            .collect::<String>()
            .into_bytes(),
        personal(&mut random).replace('-', "\\u002d").into_bytes(),
        format!("a=%3D&amp;t=%22{}%22", personal(&mut random).replace('-', "%2D")).into_bytes(),
        format!(
            "&quot;{}&quot; \\ud83d\\ude00 &#x1f600; %zz",
            personal(&mut random).replace('-', "&#45;")
        )
        .into_bytes(),
        // What proofs read: a key that is found by its end, a macaroon, JSON in a token, a query, a
        // key file.
        ["k=", &"a".repeat(52), "JQQJ99ALN5Z0000LZ", "ENeS003NUGT3OrW"].concat().into_bytes(),
        format!("AccountKey={}{}{}==\n", &STANDARD.encode(random.bytes(57)), "+ASt", "AAAAAQ")
            .into_bytes(),
        format!("{}AgEIcHlwaS5vcmc{}", concat!("py", "pi-"), STANDARD.encode(random.bytes(90)))
            .into_bytes(),
        format!(
            "{}{}_{}",
            concat!("sntr", "ys_"),
            STANDARD.encode(concat!(
                r#"{"iat": 1760000000.5, "url": "https://sentry.io", "#,
                r#""region_url": null, "org": "acme"}"#
            )),
            STANDARD.encode(random.bytes(32)).trim_end_matches('=')
        )
        .into_bytes(),
        format!("?sv=2022-11-02&sp=r&se=2030-01-02&sig={}&sr=c", STANDARD.encode(random.bytes(32)))
            .into_bytes(),
        format!(
            concat!(
                r#"{{"project_id": "a", "private_key_id": "{}", "#,
                r#""private_key": "-----BEGIN PRIVATE KEY-----\n{}\n"#
            ),
            "0a".repeat(20),
            STANDARD.encode(random.bytes(48))
        )
        .into_bytes(),
    ]
}

fn mutated(random: &mut Random, seeds: &[Vec<u8>]) -> Vec<u8> {
    let mut data = seeds[random.below(seeds.len())].clone();
    for _ in 0..random.below(6) {
        let at = random.below(data.len() + 1);
        match random.below(5) {
            0 => data.insert(at, random.next() as u8),
            1 => data.truncate(at),
            2 if at < data.len() => data[at] = random.next() as u8,
            3 if at < data.len() => {
                data.remove(at);
            }
            _ => {
                let other = &seeds[random.below(seeds.len())];
                let part = random.below(other.len());
                data.splice(at..at, other[part..].iter().copied());
            }
        }
    }
    data
}

fn run(target: Target) {
    let seeds = seeds();
    regressions().iter().for_each(|data| target(data));
    run_on(target, &seeds);
}

/// Runs a target on these inputs and on mutations of them, for the time that is asked for.
fn run_on(target: Target, seeds: &[Vec<u8>]) {
    let seconds = std::env::var("TOKENSIEVE_FUZZ_SECONDS").ok().and_then(|text| text.parse().ok());
    let seconds = seconds.unwrap_or(SECONDS_EACH);
    let end = Instant::now() + Duration::from_secs(seconds);
    seeds.iter().for_each(|data| target(data));
    let mut random = Random::new(1);
    let mut count = seeds.len();
    while Instant::now() < end {
        let data = mutated(&mut random, seeds);
        let outcome = std::panic::catch_unwind(|| target(&data));
        assert!(outcome.is_ok(), "fails for b\"{}\"", data.escape_ascii());
        count += 1;
    }
    println!(
        "{}: {count} inputs in {seconds} s",
        std::thread::current().name().unwrap_or_default()
    );
}

#[test]
fn fuzz_scanning() {
    run(scanning);
}

#[test]
fn fuzz_carrying() {
    run(carrying);
}

#[test]
fn fuzz_checking() {
    run(checking);
}

#[test]
fn fuzz_reading_rules() {
    run(reading_rules);
}

#[test]
fn fuzz_placing() {
    run(placing);
}
