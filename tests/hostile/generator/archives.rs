//! Archives with what only somebody hostile puts into one.

use super::super::make::archive::{Member, Zip, gzip, skippable_frame, tar, tar_entry, zstd};
use super::super::sandbox::Sandbox;
use super::{ODD_NAMES, all_seeds, is_kept, one_of, with_secret};
use crate::support::tokens::Random;

/// A zip whose fields lie now and then.
fn zip(random: &mut Random, planted: &mut Vec<String>) -> Vec<u8> {
    let mut zip = Zip::default();
    for number in 0..1 + random.below(4) {
        let text = with_secret(random, planted);
        let make = one_of(random, &[Member::stored as fn(&str, &[u8]) -> Member, Member::deflated]);
        let mut member = make(&format!("m{number}"), text.as_bytes());
        match random.below(12) {
            0 => member.name = one_of(random, &ODD_NAMES).to_vec(),
            1 => member.name = b"../../out/pwned".to_vec(),
            // What cannot be opened is named and no gap: only what stands there in clear is to be
            // found all the same.
            2 if member.method == 0 => member.flags = 1 << random.below(16),
            3 if member.method == 0 => member.method = random.below(100) as u16,
            4 => member.sum ^= 1,
            5 => member.sizes.0 = random.next() as u32,
            6 => member.sizes.1 = random.next() as u32,
            7 => member.is_listed = false,
            8 => member.name.clear(),
            _ => {}
        }
        zip.members.push(member);
    }
    match random.below(8) {
        0 => zip.comment = with_secret(random, planted).into_bytes(),
        1 => zip.gap = with_secret(random, planted).into_bytes(),
        2 => zip.claims = Some((random.below(6) as u16, random.below(400) as u32)),
        3 => zip.members.extend_from_within(..),
        _ => {}
    }
    zip.bytes()
}

fn tar_of(random: &mut Random, planted: &mut Vec<String>) -> Vec<u8> {
    let mut entries = Vec::new();
    for number in 0..1 + random.below(4) {
        let text = with_secret(random, planted);
        let (mut kind, mut size) = (b'0', text.len() as u64);
        match random.below(8) {
            0 => kind = one_of(random, b"1234567DKLMNSVXgx\0 "),
            1 => size = random.below(1 << 20) as u64,
            2 => size = 0o77_777_777_777,
            _ => {}
        }
        let name = format!("m{number}").into_bytes();
        let name = if random.below(4) == 0 { one_of(random, &ODD_NAMES).to_vec() } else { name };
        entries.push(tar_entry(&name, kind, size, b"../../out/pwned", text.as_bytes()));
    }
    tar(&entries)
}

/// An archive, perhaps in others.
fn archive(random: &mut Random, planted: &mut Vec<String>) -> Vec<u8> {
    let mut bytes = match random.below(4) {
        0 => zip(random, planted),
        1 => tar_of(random, planted),
        2 => {
            let text = with_secret(random, planted);
            let [name, comment, extra] = [(); 3].map(|()| match random.below(4) {
                0 => with_secret(random, planted).replace('\0', ""),
                _ => String::new(),
            });
            gzip(text.as_bytes(), name.as_bytes(), comment.as_bytes(), extra.as_bytes())
        }
        _ => {
            let text = with_secret(random, planted);
            let hidden = skippable_frame(with_secret(random, planted).as_bytes());
            [
                zstd(&text.as_bytes()[..text.len().min(20)]),
                hidden,
                gzip(text.as_bytes(), b"", b"", b""),
            ]
            .concat()
        }
    };
    for _ in 0..random.below(4) {
        bytes = match random.below(3) {
            0 => gzip(&bytes, b"", b"", b""),
            1 => Zip::of([Member::deflated("inner", &bytes)]).bytes(),
            _ => tar(&[tar_entry(b"inner", b'0', bytes.len() as u64, b"", &bytes)]),
        };
    }
    bytes
}

fn check(random: &mut Random) {
    let sandbox = Sandbox::new();
    let mut planted = Vec::new();
    for number in 0..1 + random.below(3) {
        let mut bytes = archive(random, &mut planted);
        match random.below(6) {
            // Cut behind what says that it is an archive.
            0 if bytes.len() > 1024 => bytes.truncate(600 + random.below(bytes.len() - 600)),
            1 => bytes.extend(with_secret(random, &mut planted).bytes()),
            _ => {}
        }
        sandbox.file(format!("a{number}.bin"), bytes);
    }
    let before = sandbox.snapshot();
    is_kept(&sandbox, random, &["scan", "--archives", "--archive-depth", "9"], &[], &planted);
    // Without opening them, they are named.
    let run = sandbox.run(&["scan", "-f", "json"], super::Limits::ANY);
    run.keeps(&planted);
    assert_eq!(sandbox.snapshot(), before, "something was written");
}

#[test]
fn hostile_archives() {
    all_seeds(check);
}
