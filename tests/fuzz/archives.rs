//! Archives of any bytes are opened or told to be broken.

use tempfile::TempDir;
use tokensieve::pipeline::{Options, Pipeline};
use tokensieve::source::{Limits, Walk, scan_paths};
use tokensieve_core::{RuleSet, Scanner};

use super::run_on;
use crate::hostile::make::archive::{
    Member, Zip, gzip, pax_record, skippable_frame, tar, tar_entry, zstd,
};
use crate::support::tokens::{Random, personal};

thread_local! {
    static PLACE: (TempDir, Pipeline) = (
        tempfile::tempdir().unwrap(),
        Pipeline::new(Scanner::new(&RuleSet::builtin()), Options::default()),
    );
}

/// Each file is counted once, whatever is in it, and nothing is written beside it.
fn opening(data: &[u8]) {
    PLACE.with(|(dir, pipeline)| {
        let path = dir.path().join("a");
        std::fs::write(&path, data).unwrap();
        let walk = Walk { archives: Some(Limits::default()), jobs: 1, ..Walk::default() };
        let outcome = scan_paths(pipeline, &walk, &[path]);
        assert!(outcome.findings.iter().all(|finding| finding.start() <= finding.end()));
        assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 1);
    });
}

fn seeds() -> Vec<Vec<u8>> {
    let mut random = Random::new(3);
    let text = format!("key = {}\n", personal(&mut random)).into_bytes();
    let members = || [Member::stored("a/b", &text), Member::deflated("c", &text.repeat(4))];
    let pax = pax_record("path", "a/long/name");
    let entries = [
        tar_entry(b"pax", b'x', pax.len() as u64, b"", pax.as_bytes()),
        tar_entry(b"a", b'0', text.len() as u64, b"", &text),
        tar_entry(b"b", b'2', 0, b"a", b""),
        tar_entry(b"c", b'L', text.len() as u64, b"", &text),
        tar_entry(b"d", b'S', text.len() as u64, b"", &text),
    ];
    let zip = Zip::of(members()).bytes();
    let unlisted = Zip {
        claims: Some((0, 0)),
        gap: text.clone(),
        comment: text.clone(),
        ..Zip::of(members())
    }
    .bytes();
    vec![
        gzip(&zip, b"name", b"comment", b"extra"),
        gzip(&tar(&entries), b"", b"", b""),
        tar(&[tar_entry(b"zip", b'0', zip.len() as u64, b"", &zip)]),
        tar(&entries),
        zip,
        unlisted,
        [zstd(&text), skippable_frame(&text), zstd(&text)].concat(),
        Zip::of([Member::deflated("inner.tar", &tar(&entries))]).bytes(),
        b"BZh91AY&SY".to_vec(),
        b"\xfd7zXZ\0\0\x04".to_vec(),
    ]
}

#[test]
fn fuzz_opening() {
    run_on(opening, &seeds());
}
