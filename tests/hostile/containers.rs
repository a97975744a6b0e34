//! Archives that say one thing and hold another: what a plain scan finds is not lost by opening
//! them.

use super::make::archive::{Member, Zip, gzip, pax_record, skippable_frame, tar, tar_entry, zstd};
use super::make::token::gitlab;
use super::sandbox::{Limits, MIB, Sandbox};
use crate::support::tokens::Random;

/// A container that shows its secret in clear: by name, how it is made of the secret.
type Trick = (&'static str, fn(&[u8]) -> Vec<u8>);

const HARMLESS: &[u8] = b"harmless\n";

fn one_member(change: impl FnOnce(&mut Member), secret: &[u8]) -> Vec<u8> {
    let mut member = Member::stored("a.txt", secret);
    change(&mut member);
    Zip::of([Member::stored("b.txt", HARMLESS), member]).bytes()
}

fn claiming(claims: (u16, u32), secret: &[u8]) -> Vec<u8> {
    Zip { claims: Some(claims), ..Zip::of([Member::stored("a.txt", secret)]) }.bytes()
}

fn typed(kind: u8, secret: &[u8]) -> Vec<u8> {
    let harmless = tar_entry(b"b.txt", b'0', HARMLESS.len() as u64, b"", HARMLESS);
    tar(&[harmless.clone(), tar_entry(b"a.txt", kind, secret.len() as u64, b"", secret), harmless])
}

fn with_pax(key: &str, secret: &[u8]) -> Vec<u8> {
    let record = pax_record(key, str::from_utf8(secret).unwrap().trim_end());
    let harmless = tar_entry(b"b.txt", b'0', HARMLESS.len() as u64, b"", HARMLESS);
    tar(&[tar_entry(b"pax", b'x', record.len() as u64, b"", record.as_bytes()), harmless])
}

const ZIPS: [Trick; 16] = [
    ("text behind an empty end", |secret| [b"PK\x05\x06", &[0; 18][..], b"\n", secret].concat()),
    ("text between an end and its comment", |secret| {
        [b"PK\x05\x06", &[0; 16][..], b"\xff\xff", secret].concat()
    }),
    ("comment", |secret| {
        Zip { comment: secret.to_vec(), ..Zip::of([Member::stored("a", HARMLESS)]) }.bytes()
    }),
    ("gap before the directory", |secret| {
        Zip { gap: secret.to_vec(), ..Zip::of([Member::stored("a", HARMLESS)]) }.bytes()
    }),
    ("text before the first member", |secret| {
        [secret, &Zip::of([Member::stored("a", HARMLESS)]).bytes()].concat()
    }),
    ("member that is not listed", |secret| one_member(|member| member.is_listed = false, secret)),
    ("encrypted, says a bit", |secret| one_member(|member| member.flags = 1, secret)),
    ("unknown method", |secret| one_member(|member| member.method = 99, secret)),
    ("other method", |secret| one_member(|member| member.method = 8, secret)),
    ("wrong checksum", |secret| one_member(|member| member.sum ^= 1, secret)),
    ("size of nothing", |secret| one_member(|member| member.sizes = (0, 0), secret)),
    ("size of 4 GiB", |secret| one_member(|member| member.sizes.1 = u32::MAX - 1, secret)),
    ("name of a folder", |secret| one_member(|member| member.name = b"a/".to_vec(), secret)),
    ("no entries", |secret| claiming((0, 0), secret)),
    ("fewer entries", |secret| {
        Zip {
            claims: Some((1, 47)),
            ..Zip::of([Member::stored("b", HARMLESS), Member::stored("a", secret)])
        }
        .bytes()
    }),
    ("more entries", |secret| claiming((7, 51), secret)),
];

const TARS: [Trick; 16] = [
    ("folder", |secret| typed(b'5', secret)),
    ("link", |secret| typed(b'1', secret)),
    ("symbolic link", |secret| typed(b'2', secret)),
    ("device", |secret| typed(b'3', secret)),
    ("block device", |secret| typed(b'4', secret)),
    ("fifo", |secret| typed(b'6', secret)),
    ("dump folder", |secret| typed(b'D', secret)),
    ("volume", |secret| typed(b'V', secret)),
    ("extended header", |secret| typed(b'x', secret)),
    ("global header", |secret| typed(b'g', secret)),
    ("long link", |secret| typed(b'K', secret)),
    ("long name", |secret| typed(b'L', secret)),
    ("unknown type", |secret| typed(b'Z', secret)),
    ("link name", |secret| tar(&[tar_entry(b"a", b'2', 0, secret, b"")])),
    ("comment", |secret| with_pax("comment", secret)),
    ("padding", |secret| {
        let mut entry = tar_entry(b"a", b'0', HARMLESS.len() as u64, b"", HARMLESS);
        entry[512 + 100..][..secret.len()].copy_from_slice(secret);
        tar(&[entry])
    }),
];

const STREAMS: [Trick; 7] = [
    ("name", |secret| gzip(HARMLESS, secret, b"", b"")),
    ("comment", |secret| gzip(HARMLESS, b"", secret, b"")),
    ("extra field", |secret| gzip(HARMLESS, b"", b"", secret)),
    ("text behind the stream", |secret| [&gzip(HARMLESS, b"", b"", b"")[..], secret].concat()),
    ("skippable frame", |secret| [zstd(HARMLESS), skippable_frame(secret)].concat()),
    ("skippable frame first", |secret| [skippable_frame(secret), zstd(HARMLESS)].concat()),
    ("text behind the frame", |secret| [&zstd(HARMLESS)[..], secret].concat()),
];

fn nothing_is_lost(tricks: &[Trick], name: &str) {
    let secret = gitlab(&mut Random::new(57));
    let planted = [secret.clone()];
    let mut lost = Vec::new();
    for (trick, make) in tricks {
        let sandbox = Sandbox::new();
        let path = format!("a.{name}");
        sandbox.file(&path, make(format!("key = {secret}\n").as_bytes()));
        let plain = sandbox.run(&["scan", "-f", "json", "--show-secrets", &path], Limits::SMALL);
        assert_eq!(
            plain.keeps(&[]).secrets(),
            planted,
            "{name}, {trick}: the test shows nothing in clear"
        );
        // By an argument, and by what the tree says.
        for (args, text) in
            [(&["--archives"][..], "version = 1\n"), (&[], "version = 1\narchives = true\n")]
        {
            sandbox.file(".tokensieve.toml", text);
            let args = [&["scan", "-f", "json", "--show-secrets"], args, &["."]].concat();
            let run = sandbox.run(&args, Limits::SMALL);
            run.keeps(&[]);
            let is_told = run.secrets() == planted || !run.is_complete();
            if !is_told || run.code == Some(0) {
                lost.push(format!("{trick} {args:?}"));
            }
        }
        sandbox
            .run(&["scan", "--archives", "-f", "sarif", "-v", &path], Limits::SMALL)
            .keeps(&planted);
    }
    assert_eq!(lost, [""; 0], "{name}: lost without a word");
}

#[test]
fn zips() {
    nothing_is_lost(&ZIPS, "zip");
}

#[test]
fn tars() {
    nothing_is_lost(&TARS, "tar");
}

#[test]
fn streams() {
    nothing_is_lost(&STREAMS, "stream");
}

#[test]
fn the_size_that_is_claimed_does_not_decide() {
    let secret = gitlab(&mut Random::new(58));
    let text = format!("key = {secret}\n");
    for make in [Member::stored, Member::deflated] {
        let sandbox = Sandbox::new();
        let mut member = make("a.txt", text.as_bytes());
        member.sizes.1 = u32::MAX - 1;
        sandbox.file("a.zip", Zip::of([member]).bytes());
        let args =
            ["scan", "--archives", "-f", "json", "--show-secrets", "--max-file-size", "50M", "."];
        sandbox.run(&args, Limits::SMALL).keeps(&[]).is_honest(std::slice::from_ref(&secret));
    }
}

#[test]
fn bombs() {
    const LIMITS: Limits = Limits::new(256 * MIB, 60, 120);
    let sandbox = Sandbox::new();
    let spaces = vec![b' '; 64 << 20];
    let member = Member::deflated("a", &spaces);
    sandbox.file("one.gz", gzip(&spaces, b"", b"", b""));
    // Many entries of the directory that mean the same bytes, and zips in zips.
    sandbox.file("many.zip", Zip::of((0..20).map(|_| member.clone())).bytes());
    let nested = (0..6).fold(Zip::of([member]).bytes(), |inner, _| {
        Zip::of((0..4).map(|number| Member::deflated(&format!("{number}.zip"), &inner))).bytes()
    });
    sandbox.file("nested.zip", nested);
    sandbox.file("names.zip", Zip::of((0..200_000).map(|_| Member::stored("", b""))).bytes());
    for name in ["one.gz", "many.zip", "nested.zip", "names.zip"] {
        sandbox
            .run(&["scan", "--archives", "-f", "json", name], LIMITS)
            .keeps(&[])
            .code_is(&[0, 3]);
    }
}

#[test]
fn names_of_members_lead_nowhere() {
    let mut random = Random::new(59);
    let names = [
        "../../out/pwned",
        "/etc/passwd",
        "a\nb",
        "::add-mask::a",
        "\u{1b}]0;t\u{7}",
        "..\\..\\a",
        "C:\\a",
        "",
        "\u{202e}a",
    ];
    for name in names {
        let sandbox = Sandbox::new();
        let secret = gitlab(&mut random);
        let text = format!("key = {secret}\n");
        sandbox.file("a.zip", Zip::of([Member::deflated(name, text.as_bytes())]).bytes());
        let entry = tar_entry(name.as_bytes(), b'0', text.len() as u64, b"", text.as_bytes());
        sandbox.file("a.tar.gz", gzip(&tar(&[entry]), name.as_bytes(), b"", b""));
        let before = sandbox.snapshot();
        let run = sandbox.run(&["scan", "--archives", "-v"], Limits::SMALL);
        run.keeps(std::slice::from_ref(&secret)).code_is(&[1]).is_plain();
        assert_eq!(sandbox.snapshot(), before);
    }
}
