//! What belongs to no member is searched, too: opening an archive never hides what a plain scan
//! finds.

use super::pack::{bzip2, gzip, replaced, stored_zip, tar, tar_entry, xz, zip, zstd};
use super::{places, scan, text};
use crate::support::command::{Dir, Run};

/// Scans one file with and without archives. Returns the places with them, after checking that
/// nothing that is found without them is missing.
fn scan_both(bytes: &[u8]) -> (Run, Vec<String>) {
    let dir = Dir::new();
    dir.file("a", bytes);
    let secrets = |run: &Run| -> Vec<String> {
        let id = |finding: &serde_json::Value| finding["secret_id"].as_str().unwrap().to_owned();
        run.findings().iter().map(id).collect()
    };
    let plain = dir.run(&["scan", "-f", "json", "a"]);
    let opened = scan(&dir, &["a"]);
    let streamed = dir.run_with_input(&["scan", "--archives", "-f", "json", "-"], bytes);
    for run in [&opened, &streamed] {
        let found = secrets(run);
        for secret in secrets(&plain) {
            assert!(found.contains(&secret), "{run:?}");
        }
    }
    let paths = opened.paths();
    (opened, paths)
}

#[test]
fn a_file_that_only_begins_like_an_archive() {
    for head in
        [&b"PK\x05\x06"[..], b"PK\x05\x06\0\0\0\0", b"\x1f\x8b\x08\0", b"BZh91AY&SY", b"\xfd7zXZ\0"]
    {
        let (run, paths) = scan_both(&[head, &[0; 18], b"\n", &text(1)].concat());
        run.assert_code(1);
        assert_eq!(paths, ["a"], "{head:?}");
    }
}

#[test]
fn what_belongs_to_no_member() {
    let field = |len: usize| [&len.to_le_bytes()[..2], &text(2)].concat();
    let whole = gzip(b"clean\n");
    let gzip_name = [&whole[..3], &[8], &whole[4..10], &text(2), &[0], &whole[10..]].concat();
    let gzip_extra =
        [&whole[..3], &[4], &whole[4..10], &field(text(2).len()), &whole[10..]].concat();
    let len = u32::try_from(text(2).len()).unwrap().to_le_bytes();
    let skippable = [&zstd(b"clean\n")[..], &[0x50, 0x2a, 0x4d, 0x18], &len, &text(2)].concat();
    let mut commented = zip(&[("a", b"clean\n")]);
    let end = commented.len() - 2;
    commented[end..].copy_from_slice(&(text(2).len() as u16).to_le_bytes());
    commented.extend(text(2));
    let between = {
        let whole = zip(&[("a", b"clean\n")]);
        [&b"#!/bin/sh\n"[..], &text(2), &whole].concat()
    };
    for bytes in [gzip_name, gzip_extra, skippable, commented, between] {
        let (run, paths) = scan_both(&bytes);
        assert_eq!(paths, ["a"], "{run:?}");
        // In another archive, too.
        let (run, paths) = scan_both(&gzip(&tar(&[("x", &bytes)])));
        assert_eq!(paths, ["a!x"], "{run:?}");
    }
    for kind in *b"25DVxgKL" {
        let bytes = [tar_entry(kind, b"n", &text(2), |_| ()), tar(&[("b", b"clean\n")])].concat();
        let (_, paths) = scan_both(&bytes);
        assert_eq!(paths, ["a"], "{}", kind as char);
        // The bytes of a compressed tar are searched as well.
        for packed in [gzip(&bytes), bzip2(&bytes), xz(&bytes), zstd(&bytes)] {
            assert_eq!(scan_both(&packed).1.len(), 1, "{}", kind as char);
        }
    }
}

#[test]
fn a_token_in_both_is_one_finding() {
    for bytes in [stored_zip(&[("b", &text(3))]), tar(&[("b", &text(3))])] {
        assert_eq!(scan_both(&bytes).1, ["a!b"]);
    }
    let bare = text(3).trim_ascii_end().to_vec();
    let two = stored_zip(&[("b", &bare), ("c", b"clean\n")]);
    assert_eq!(scan_both(&two).1, ["a!b"]);
    let inner = stored_zip(&[("c", &tar(&[("d", &text(3))]))]);
    assert_eq!(scan_both(&tar(&[("b", &inner)])).1, ["a!b!c!d"]);
}

#[test]
fn what_the_user_leaves_out_stays_out() {
    let dir = Dir::new();
    dir.file("a", stored_zip(&[("x.pem", &text(4)), ("b", b"clean\n")]));
    dir.file("b", tar(&[("x.pem", &text(4)), ("b", b"clean\n")]));
    let run = scan(&dir, &["--exclude-path", "*.pem"]);
    assert_eq!((run.code, run.skipped_count("excluded path")), (Some(0), 2), "{run:?}");
}

#[test]
fn members_that_cannot_be_opened_are_searched_as_they_are() {
    let mut encrypted = stored_zip(&[("b", &text(5))]);
    for (header, flags) in [(&b"PK\x03\x04"[..], 6), (b"PK\x01\x02", 8)] {
        let at = super::pack::find_all(&encrypted, header)[0];
        encrypted[at + flags] |= 1;
    }
    let (run, paths) = scan_both(&encrypted);
    assert_eq!((paths, run.unopened("encrypted").0), (vec!["a".to_owned()], 1));
}

#[test]
fn a_directory_that_hides_members_is_told() {
    let whole = zip(&[("b", &text(6)), ("c", &text(7))]);
    let end = whole.len() - 22;
    // It says that there is nothing.
    let mut empty = whole.clone();
    empty[end + 8..end + 20].fill(0);
    let (run, paths) = scan_both(&empty);
    assert_eq!(paths, ["a!b", "a!c"], "{run:?}");
    assert_eq!((run.is_complete(), run.skipped_count("broken archive")), (false, 1));
    // It lists the second member alone.
    let start = super::pack::find_all(&whole, b"PK\x01\x02");
    let mut second = whole.clone();
    let size = u32::try_from(end - start[1]).unwrap();
    second[end + 8..end + 12].copy_from_slice(&[1, 0, 1, 0]);
    second[end + 12..end + 16].copy_from_slice(&size.to_le_bytes());
    second[end + 16..end + 20].copy_from_slice(&u32::try_from(start[1]).unwrap().to_le_bytes());
    let (run, paths) = scan_both(&second);
    assert_eq!(paths, ["a!b", "a!c"], "{run:?}");
    assert!(!run.is_complete());
    assert!(scan_both(&whole).0.is_complete());
}

#[test]
fn a_claimed_size_hides_nothing() {
    let whole = zip(&[("b", &text(8))]);
    let real = u32::try_from(text(8).len()).unwrap().to_le_bytes();
    let claimed = replaced(whole, &real, &[0xf0, 0xff, 0xff, 0xff]);
    let dir = Dir::new();
    dir.file("a", claimed);
    let run = scan(&dir, &["--max-file-size", "50M"]);
    assert_eq!(run.assert_code(1).paths(), ["a!b"]);
    assert_eq!(run.skipped_count("too large"), 0);
    assert!(!run.is_complete());
    assert_eq!(places(&run).len(), 1);
}

#[test]
fn a_tree_that_asks_for_archives_makes_no_scan_blind() {
    let dir = Dir::new();
    dir.file(".tokensieve.toml", "version = 1\narchives = true\n");
    dir.file("a", [&b"PK\x05\x06"[..], &[0; 18], &text(9)].concat());
    assert_eq!(dir.run(&["scan", "-f", "json"]).assert_code(1).paths(), ["a"]);
}
