//! Archives that are broken, cut, encrypted or meant to do harm: bounded work, told in the
//! coverage.

use tokensieve::pipeline::{Options, Outcome, Pipeline};
use tokensieve::source::{Limits, Walk, scan_stream};
use tokensieve_core::{Origin, RuleSet, Scanner};

use super::pack::{bzip2, find_all, gzip, replaced, stored_zip, streamed_zip, tar, xz, zip, zstd};
use super::{scan, text};
use crate::support::command::Dir;
use crate::support::tokens::Random;

/// Scans bytes within this process, with the default limits.
fn scanned(pipeline: &Pipeline, bytes: &[u8]) -> Outcome {
    let walk = Walk { archives: Some(Limits::default()), ..Walk::default() };
    let origin = Origin::new("in", "in");
    let mut worker = pipeline.worker();
    scan_stream(&mut worker, &walk, &origin, bytes).unwrap();
    drop(worker);
    pipeline.take_outcome()
}

fn pipeline() -> Pipeline {
    let rules = RuleSet::builtin().only(&["gitlab"]).unwrap();
    Pipeline::new(Scanner::new(&rules), Options::default())
}

/// One archive of each format, with a token in it.
fn one_of_each() -> [(&'static str, Vec<u8>); 10] {
    let text = [text(30), Random::new(31).bytes(3000)].concat();
    let tar = tar(&[("a", &text), ("b", &text)]);
    [
        ("zip", zip(&[("a", &text), ("b", &text)])),
        ("stored zip", stored_zip(&[("a", &text), ("b", &text)])),
        ("streamed zip", streamed_zip(&[("a", &text), ("b", &text)])),
        ("tar", tar.clone()),
        ("gz", gzip(&text)),
        ("bz2", bzip2(&text)),
        ("xz", xz(&text)),
        ("zst", zstd(&text)),
        ("tar.gz", gzip(&tar)),
        ("tar of zips", super::tar(&[("z", &zip(&[("a", &text)])), ("x", &xz(&text))])),
    ]
}

#[test]
fn a_bomb_costs_little_and_is_a_gap() {
    let dir = Dir::new();
    let zeros = vec![0; 64 << 20];
    let bombs = [("b.gz", gzip(&zeros)), ("b.bz2", bzip2(&zeros)), ("b.zst", zstd(&zeros))];
    for (name, bomb) in &bombs {
        assert!(bomb.len() < zeros.len() / 200);
        let run = dir
            .run_with_input(&["scan", "--archives", "-f", "json", "--stdin-path", name, "-"], bomb);
        run.assert_code(3);
        assert_eq!(run.skipped("archive ratio"), (1, vec![format!("{name}!b")]));
        let bytes = run.json()["coverage"]["bytes_scanned"].as_u64().unwrap();
        assert!((10 << 20..11 << 20).contains(&bytes), "{name}: {bytes}");
    }
    // In a zip the others are still looked at.
    dir.file("a.zip", zip(&[("bomb", &zeros), ("c", &text(32))]));
    let run = scan(&dir, &[]);
    run.assert_code(1);
    assert_eq!(run.paths(), ["a.zip!c"]);
    assert_eq!(run.skipped("archive ratio"), (1, vec!["a.zip!bomb".to_owned()]));
    assert!(run.stderr.contains("incomplete: 1 archive ratio: a.zip!bomb"), "{}", run.stderr);
    // Whoever sets the limit does not want to look further.
    std::fs::remove_file(dir.path().join("a.zip")).unwrap();
    dir.file("b.gz", &bombs[0].1);
    let run = scan(&dir, &["--max-archive-ratio", "100"]);
    run.assert_code(0);
    assert_eq!(run.skipped("archive ratio").0, 1);
    scan(&dir, &["--max-archive-ratio", "2000"]).assert_code(0);
}

#[test]
fn many_levels_end_at_the_depth() {
    let dir = Dir::new();
    let nested = |levels: usize| {
        (1..levels).fold(zip(&[("deep.txt", &text(33))]), |inner, _| zip(&[("in.zip", &inner)]))
    };
    dir.file("a.zip", nested(25));
    let run = scan(&dir, &[]);
    run.assert_code(3);
    assert_eq!(run.skipped("archive depth"), (1, vec!["a.zip!in.zip!in.zip!in.zip".to_owned()]));
    assert!(
        run.stderr.contains("incomplete: 1 archive depth: a.zip!in.zip!in.zip!in.zip"),
        "{}",
        run.stderr
    );
    scan(&dir, &["--archive-depth", "24"]).assert_code(0);
    let run = scan(&dir, &["--archive-depth", "25"]);
    run.assert_code(1);
    assert_eq!(run.paths(), [format!("a.zip{}!deep.txt", "!in.zip".repeat(24))]);
    scan(&dir, &["--archive-depth", "0"]).assert_code(2);
}

/// A directory can name the same data any number of times.
#[test]
fn members_that_share_their_data_count_each_time() {
    let dir = Dir::new();
    let mut data = text(34);
    data.resize(100_000, b'.');
    let one = stored_zip(&[("a", &data)]);
    let at = find_all(&one, b"PK\x01\x02")[0];
    let end = find_all(&one, b"PK\x05\x06")[0];
    let entries: Vec<u8> = one[at..end].repeat(100);
    let mut record = one[end..].to_vec();
    record[8..10].copy_from_slice(&100_u16.to_le_bytes());
    record[10..12].copy_from_slice(&100_u16.to_le_bytes());
    record[12..16].copy_from_slice(&(entries.len() as u32).to_le_bytes());
    dir.file("a.zip", [&one[..at], &entries, &record].concat());
    let run = scan(&dir, &["--max-archive-size", "1M"]);
    assert_eq!(run.skipped("archive size"), (1, vec!["a.zip!a".to_owned()]));
    assert_eq!(run.json()["coverage"]["bytes_scanned"], 1 << 20);
    let run = scan(&dir, &["--max-archive-members", "7"]);
    assert_eq!(run.skipped("archive members"), (1, vec!["a.zip!a".to_owned()]));
    assert_eq!(run.json()["coverage"]["bytes_scanned"], 700_000);
}

#[test]
fn members_of_one_name_are_all_looked_at() {
    let dir = Dir::new();
    let bytes = replaced(zip(&[("a.txt", &text(35)), ("b.txt", &text(36))]), b"b.txt", b"a.txt");
    dir.file("a.zip", bytes);
    assert_eq!(scan(&dir, &[]).paths(), ["a.zip!a.txt", "a.zip!a.txt"]);
}

#[test]
fn cut_archives_are_gaps_and_show_what_they_have() {
    let dir = Dir::new();
    for (name, bytes) in one_of_each() {
        let args = ["scan", "--archives", "-f", "json", "--stdin-path", "in", "-"];
        let run = dir.run_with_input(&args, &bytes[..bytes.len() * 9 / 10]);
        assert!(!run.json()["coverage"]["complete"].as_bool().unwrap(), "{name}");
        let (count, examples) = run.skipped("truncated");
        assert_eq!(count, 1, "{name}: {run:?}");
        assert!(examples[0].starts_with("in"), "{name}: {examples:?}");
        // Some can only be expanded block by block, and a small file is one block. A block that is
        // stored is found as it is.
        let plain = dir.run_with_input(&["scan", "-"], &bytes[..bytes.len() * 9 / 10]);
        let is_hidden = matches!(name, "bz2" | "xz" | "zst") && plain.code == Some(0);
        assert_eq!(run.code, Some(if is_hidden { 3 } else { 1 }), "{name}: {run:?}");
    }
    let tar = tar(&[("whole", &text(37)), ("cut", &Random::new(38).bytes(5000))]);
    dir.file("a.tar", &tar[..4000]);
    let run = scan(&dir, &[]);
    assert_eq!(run.paths(), ["a.tar!whole"]);
    assert_eq!(run.skipped("truncated"), (1, vec!["a.tar!cut".to_owned()]));
    assert!(run.stderr.contains("incomplete: 1 truncated: a.tar!cut"), "{}", run.stderr);
}

#[test]
fn every_cut_is_told() {
    let pipeline = pipeline();
    for (name, bytes) in one_of_each() {
        for cut in (40..bytes.len() - 1).step_by(61) {
            let outcome = scanned(&pipeline, &bytes[..cut]);
            // Zeros at the end of a tar need not be there, and a cut in its first header leaves no
            // tar.
            let content_end = bytes.len() - 1024;
            let is_let_go =
                name.starts_with("tar") && name != "tar.gz" && (cut < 512 || cut >= content_end);
            assert!(is_let_go || !outcome.coverage.is_complete(), "{name} cut at {cut}");
        }
    }
}

#[test]
fn nothing_panics_and_everything_ends() {
    let pipeline = pipeline();
    let mut random = Random::new(39);
    for (_, bytes) in one_of_each() {
        for _ in 0..std::env::var("N").map_or(150, |n| n.parse().unwrap()) {
            let mut broken = bytes.clone();
            for _ in 0..=random.below(4) {
                // Most of what decides stands at the beginning and at the end.
                let at = match random.below(3) {
                    0 => random.below(60),
                    1 => broken.len() - 1 - random.below(120),
                    _ => random.below(broken.len()),
                };
                broken[at] = random.next() as u8;
            }
            scanned(&pipeline, &broken);
        }
    }
}

#[test]
fn encrypted_members_are_named() {
    let dir = Dir::new();
    let mut bytes = zip(&[("secret.txt", &text(40)), ("open.txt", &text(41))]);
    // The flags of the first member, in the directory and in front of its data.
    let at = find_all(&bytes, b"PK\x01\x02")[0];
    bytes[at + 8] |= 1;
    bytes[6] |= 1;
    dir.file("a.zip", bytes);
    let run = scan(&dir, &[]);
    run.assert_code(1);
    assert_eq!(run.paths(), ["a.zip!open.txt"]);
    assert_eq!(run.unopened("encrypted"), (1, vec!["a.zip!secret.txt".to_owned()]));
    assert_eq!(run.json()["coverage"]["complete"], true);
}

#[test]
fn a_wrong_checksum_is_a_gap() {
    let dir = Dir::new();
    let mut bytes = zip(&[("wrong", &text(42)), ("right", &text(43))]);
    let at = find_all(&bytes, b"PK\x01\x02")[0];
    bytes[at + 16] ^= 1;
    dir.file("a.zip", bytes);
    let run = scan(&dir, &[]);
    run.assert_code(1);
    assert_eq!(run.paths(), ["a.zip!right", "a.zip!wrong"]);
    assert_eq!(run.skipped("broken archive"), (1, vec!["a.zip!wrong".to_owned()]));
    let mut bytes = gzip(b"nothing to be found");
    let at = bytes.len() - 8;
    bytes[at] ^= 1;
    let run = dir.run_with_input(&["scan", "--archives", "-f", "json", "-"], &bytes);
    run.assert_code(3);
    assert_eq!(run.skipped("broken archive"), (1, vec!["<stdin>!content".to_owned()]));
}

#[test]
fn one_bad_member_does_not_end_a_zip() {
    let dir = Dir::new();
    let mut bytes = zip(&[("a", &text(44)), ("b", &text(45)), ("c", &text(46))]);
    // The signature in front of the second member, and the first byte of the data of the third.
    let headers = find_all(&bytes, b"PK\x03\x04");
    bytes[headers[1]] = b'X';
    bytes[headers[2] + 31] = 0xff;
    dir.file("a.zip", bytes);
    let run = scan(&dir, &[]);
    run.assert_code(1);
    assert_eq!(run.paths(), ["a.zip!a"]);
    assert_eq!(
        run.skipped("broken archive"),
        (2, vec!["a.zip!b".to_owned(), "a.zip!c".to_owned()])
    );
    // A broken archive within a tar does not end the tar.
    let mut inner = gzip(&text(47));
    // A kind of block that there is not, behind the header of ten bytes.
    inner[10] = 7;
    dir.file("a.zip", tar(&[("broken.gz", &inner), ("well", &text(48))]));
    let run = scan(&dir, &[]);
    assert_eq!(run.paths(), ["a.zip!well"]);
    assert_eq!(run.skipped("broken archive").0 + run.skipped("truncated").0, 1);
}

#[test]
fn empty_archives_are_clean() {
    let dir = Dir::new();
    dir.file("a.zip", zip(&[]));
    dir.file("b.gz", gzip(b""));
    dir.file("c.xz", xz(b""));
    dir.file("d.zst", zstd(b""));
    dir.file("e.bz2", bzip2(b""));
    dir.file("f.zip", zip(&[("empty", b"")]));
    let run = scan(&dir, &[]);
    run.assert_code(0);
    assert_eq!(run.json()["coverage"]["files_scanned"], 6 + 5);
}

#[test]
fn names_without_end_are_no_memory_without_end() {
    let dir = Dir::new();
    let name = vec![b'a'; 3 << 20];
    let entry = super::pack::tar_entry(b'L', b"././@LongLink", &name, |_| ());
    dir.file("a.tar", [entry, tar(&[("a", &text(49))])].concat());
    let run = scan(&dir, &[]);
    // What stands behind it is found in the bytes of the archive.
    assert_eq!(run.assert_code(1).paths(), ["a.tar"]);
    assert_eq!(run.skipped("broken archive"), (1, vec!["a.tar".to_owned()]));
}

/// A zip that is not held in memory is read from front to back.
#[test]
fn large_zips_in_other_archives() {
    let dir = Dir::new();
    let large = vec![b'\n'; 65 << 20];
    for (name, inner) in [
        ("stored", stored_zip(&[("large", &large), ("b", &text(50))])),
        (
            "deflated",
            streamed_zip(&[
                ("a", &text(50)),
                ("large", &Random::new(51).bytes(65 << 20)),
                ("b", &text(50)),
            ]),
        ),
    ] {
        dir.file("a.tar", tar(&[("in.zip", &inner)]));
        let run = scan(&dir, &[]);
        run.assert_code(1);
        assert!(run.paths().contains(&"a.tar!in.zip!b".to_owned()), "{name}");
        assert_eq!(run.json()["coverage"]["complete"], true, "{name}: {run:?}");
    }
}
