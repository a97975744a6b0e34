//! The kinds of entries that a tar can have.

use super::pack::{tar, tar_entry};
use super::{places, scan, text};
use crate::support::command::Dir;

fn end() -> Vec<u8> {
    vec![0; 1024]
}

#[test]
fn long_names_of_gnu_and_of_posix() {
    let dir = Dir::new();
    let long = format!("{}/{}", "folder/".repeat(40), "name".repeat(20));
    dir.file("gnu.tar", tar(&[(&long, &text(20))]));
    let record = format!("path={long}\n");
    let records = format!("{} {record}", record.len() + 4);
    assert_eq!(records.len(), record.len() + 4);
    let pax = [
        tar_entry(b'x', b"x", records.as_bytes(), |_| ()),
        tar_entry(b'0', b"short", &text(20), |_| ()),
        end(),
    ];
    dir.file("pax.tar", pax.concat());
    let run = scan(&dir, &[]);
    assert_eq!(run.paths(), [format!("gnu.tar!{long}"), format!("pax.tar!{long}")]);
}

#[test]
fn a_prefix_of_ustar_and_the_old_form() {
    let dir = Dir::new();
    let ustar = tar_entry(b'0', b"b.txt", &text(21), |header| {
        header[257..265].copy_from_slice(b"ustar\x0000");
        header[345..348].copy_from_slice(b"a/b");
    });
    let old = tar_entry(0, b"old.txt", &text(21), |header| header[257..265].fill(0));
    dir.file("a.tar", [ustar, end()].concat());
    dir.file("b.tar", [old, end()].concat());
    assert_eq!(scan(&dir, &[]).paths(), ["a.tar!a/b/b.txt", "b.tar!old.txt"]);
}

#[test]
fn what_is_no_file_is_counted() {
    let dir = Dir::new();
    let entries = [
        tar_entry(b'5', b"folder/", b"", |_| ()),
        tar_entry(b'2', b"link", b"", |header| header[157..169].copy_from_slice(b"/etc/passwd\0")),
        tar_entry(b'1', b"hard", b"", |header| header[157..163].copy_from_slice(b"target")),
        tar_entry(b'3', b"char", b"", |_| ()),
        tar_entry(b'4', b"block", b"", |_| ()),
        tar_entry(b'6', b"fifo", b"", |_| ()),
        tar_entry(b'0', b"file", &text(22), |_| ()),
        end(),
    ];
    dir.file("a.tar", entries.concat());
    let run = scan(&dir, &[]);
    run.assert_code(1);
    assert_eq!(run.paths(), ["a.tar!file"]);
    assert_eq!(run.skipped("symlink"), (1, vec!["a.tar!link".to_owned()]));
    assert_eq!(run.skipped("device").0, 2);
    assert_eq!(run.skipped("fifo").0, 1);
    assert_eq!(run.json()["coverage"]["files_scanned"], 2);
    assert_eq!(run.json()["coverage"]["complete"], true);
}

/// A number as headers have it.
fn octal(value: u64) -> Vec<u8> {
    format!("{value:011o}\0").into_bytes()
}

/// A file of 10,000 bytes and a text behind a hole, in GNU's old form.
fn old_sparse(size: u64, at: u64, text: &[u8]) -> Vec<u8> {
    tar_entry(b'S', b"sparse", text, |header| {
        header[386..398].copy_from_slice(&octal(at));
        header[398..410].copy_from_slice(&octal(text.len() as u64));
        header[483..495].copy_from_slice(&octal(size));
    })
}

#[test]
fn files_with_holes_are_whole() {
    let dir = Dir::new();
    let text = text(23);
    let len = text.len() as u64;
    dir.file(
        "old.tar",
        [old_sparse(10_000 + len, 10_000, &text), tar(&[("behind", &text)])].concat(),
    );
    let record = |key: &str, value: &str| {
        let rest = format!(" {key}={value}\n");
        format!("{}{rest}", rest.len() + 2)
    };
    let records = record("GNU.sparse.major", "1")
        + &record("GNU.sparse.name", "real name")
        + &record("GNU.sparse.realsize", &(10_000 + len).to_string());
    let mut data = format!("1\n10000\n{len}\n").into_bytes();
    data.resize(512, 0);
    data.extend_from_slice(&text);
    let new = [
        tar_entry(b'x', b"x", records.as_bytes(), |_| ()),
        tar_entry(b'0', b"odd name", &data, |_| ()),
    ];
    dir.file("new.tar", [new.concat(), tar(&[("behind", &text)])].concat());
    let run = scan(&dir, &[]);
    run.assert_code(1);
    let expected = ["new.tar!behind", "new.tar!real name", "old.tar!behind", "old.tar!sparse"];
    assert_eq!(places(&run), expected.map(|path| (path.to_owned(), 2)));
    for finding in run.json()["findings"].as_array().unwrap() {
        let is_sparse = !finding["path"].as_str().unwrap().ends_with("behind");
        assert_eq!(finding["start_byte"], if is_sparse { 10_018 } else { 18 }, "{finding}");
    }
    assert_eq!(run.json()["coverage"]["complete"], true);
}

#[test]
fn a_hole_without_end_is_a_gap_and_costs_little() {
    let dir = Dir::new();
    // It is larger than what may be expanded unless a user says otherwise.
    dir.file("a.tar", [old_sparse(1 << 32, 1 << 31, &text(24)), end()].concat());
    let run = scan(&dir, &[]);
    // The data behind the hole is found in the bytes of the archive.
    assert_eq!(run.assert_code(1).paths(), ["a.tar"]);
    assert_eq!(run.skipped("archive size"), (1, vec!["a.tar!sparse".to_owned()]));
    let run = scan(&dir, &["--max-archive-size", "1M"]);
    assert_eq!(run.assert_code(1).paths(), ["a.tar"]);
    assert_eq!(run.skipped("archive size"), (1, vec!["a.tar!sparse".to_owned()]));
    assert_eq!(run.json()["coverage"]["bytes_scanned"], 1 << 20);
}

#[test]
fn tars_behind_one_another_and_empty_ones() {
    let dir = Dir::new();
    dir.file("a.tar", [tar(&[("one", &text(25))]), tar(&[("two", &text(25))])].concat());
    dir.file("empty.tar", end());
    dir.file("empty.tar.gz", super::gzip(&end()));
    let run = scan(&dir, &[]);
    run.assert_code(1);
    assert_eq!(run.paths(), ["a.tar!one", "a.tar!two"]);
    assert_eq!(run.json()["coverage"]["complete"], true);
}
