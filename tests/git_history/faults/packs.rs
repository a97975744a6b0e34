//! Packs and their indices, cut and corrupted.

use std::fs;
use std::path::Path;

use super::{assert_gap, token, with_history, write};
use crate::support::repository::Repository;

/// The pack of a repository with deltas.
fn packed() -> Repository {
    let repository = Repository::new();
    let mut lines: Vec<String> = (0..60).map(|number| format!("line {number}\n")).collect();
    for number in 0..6 {
        lines.insert(number * 9, format!("changed {number}\n"));
        repository.file("grown", lines.concat());
        if number == 3 {
            repository.file("secret", token(55));
            lines.push(format!("key = {}\n", token(56)));
        }
        if number == 4 {
            repository.git(&["rm", "-q", "secret"]);
        }
        repository.commit(&format!("commit {number}"));
    }
    repository.git(&["repack", "-adfq", "--depth=10", "--window=20"]);
    let deltas = repository.git(&["cat-file", "--batch-all-objects", "--batch-check=%(deltabase)"]);
    assert!(deltas.lines().any(|base| base.bytes().any(|digit| digit != b'0')));
    repository
}

/// Changes a file in many ways, one after the other. Whatever happens, all is found or a gap is
/// told.
fn damage(repository: &Repository, path: &Path, changes: impl Iterator<Item = Vec<u8>>) -> u32 {
    let whole = fs::read(path).unwrap();
    let good = repository.scan(&["."]);
    assert_eq!(good.findings().len(), 2);
    let mut gaps = 0;
    for (number, changed) in changes.enumerate() {
        write(path, changed);
        let run = repository.scan(&["."]);
        let found = run.findings().len();
        match run.code {
            Some(1) if found == 2 && run.is_complete() => {}
            Some(1) if found > 0 => assert!(!run.is_complete(), "change {number}: {run:?}"),
            Some(3) => assert!(
                found == 0 && !run.is_complete() && run.stderr.contains("incomplete"),
                "{run:?}"
            ),
            _ => panic!("change {number}: {run:?}"),
        }
        gaps += u32::from(!run.is_complete());
    }
    write(path, whole);
    assert_eq!(repository.scan(&["."]).stdout, good.stdout);
    gaps
}

fn flipped(whole: &[u8], at: usize) -> Vec<u8> {
    let mut changed = whole.to_vec();
    changed[at] ^= 1 << (at % 8);
    changed
}

#[test]
fn corrupt_packs_are_gaps() {
    let repository = packed();
    let path = &repository.packs("pack")[0];
    let whole = fs::read(path).unwrap();
    let step = whole.len() / 50;
    let gaps =
        damage(&repository, path, (0..whole.len()).step_by(step).map(|at| flipped(&whole, at)));
    assert!(gaps > 30, "{gaps}");
    // The header of each entry, with another kind or another length.
    let index = fs::File::open(&repository.packs("idx")[0]).unwrap();
    let output = repository.git_command(&["show-index"]).stdin(index).output().unwrap();
    let offsets: Vec<usize> = String::from_utf8(output.stdout)
        .unwrap()
        .lines()
        .map(|line| line.split(' ').next().unwrap().parse().unwrap())
        .collect();
    assert!(offsets.len() > 15);
    let headers =
        offsets.iter().flat_map(|offset| [(*offset, 0x70), (*offset, 0x0f)]).map(|(at, mask)| {
            let mut changed = whole.clone();
            changed[at] ^= mask;
            changed
        });
    let gaps = damage(&repository, path, headers);
    assert!(gaps as usize > offsets.len(), "{gaps}");
}

#[test]
fn truncated_packs_are_gaps() {
    let repository = packed();
    let path = &repository.packs("pack")[0];
    let whole = fs::read(path).unwrap();
    let lens = [0, 4, 11, 12, 30].into_iter().chain((1..12).map(|part| whole.len() * part / 12));
    let gaps = damage(&repository, path, lens.map(|len| whole[..len].to_vec()));
    assert_eq!(gaps, 16);
}

#[test]
fn corrupt_indices_hide_nothing_silently() {
    let repository = packed();
    let path = &repository.packs("idx")[0];
    let whole = fs::read(path).unwrap();
    let of_bytes = (0..8).chain((1032..whole.len()).step_by(19)).map(|at| flipped(&whole, at));
    let of_counts = (8..1032).step_by(103).map(|at| flipped(&whole, at));
    let cut =
        [0, 7, 8, 1031, 1032, whole.len() / 2, whole.len() - 1].map(|len| whole[..len].to_vec());
    damage(&repository, path, of_bytes.chain(of_counts).chain(cut));
}

/// An index that leads to one entry twice leads to another one never.
#[test]
fn indices_with_wrong_offsets_are_gaps() {
    let repository = packed();
    let path = &repository.packs("idx")[0];
    let whole = fs::read(path).unwrap();
    let count = u32::from_be_bytes(whole[8 + 255 * 4..8 + 256 * 4].try_into().unwrap()) as usize;
    let offsets = 8 + 256 * 4 + count * (20 + 4);
    let changes = (1..count).map(|to| {
        let mut changed = whole.clone();
        let from = if to == 1 { 0 } else { to - 1 };
        changed.copy_within(offsets + from * 4..offsets + from * 4 + 4, offsets + to * 4);
        changed
    });
    let gaps = damage(&repository, path, changes);
    assert_eq!(gaps as usize, count - 1);
}

#[test]
fn a_pack_without_its_index_is_a_gap() {
    let repository = packed();
    let (pack, index) = (&repository.packs("pack")[0], &repository.packs("idx")[0]);
    let kept = fs::read(index).unwrap();
    fs::remove_file(index).unwrap();
    let run = repository.scan(&["."]);
    assert_gap(&run, "corrupt object", 1, "pack-");
    assert!(run.skipped("missing object").0 > 0);
    write(index, kept);
    fs::remove_file(pack).unwrap();
    assert_gap(&repository.scan(&["."]), "corrupt object", 1, "pack-");
}

/// Git looks for another copy where one is broken.
#[test]
fn a_good_copy_beside_a_broken_one_is_read() {
    let repository = with_history();
    let kept = repository.copied("kept");
    repository.git(&["repack", "-adfq"]);
    let path = &repository.packs("pack")[0];
    let mut pack = fs::read(path).unwrap();
    let end = pack.len() - 20;
    pack[12..end].fill(0xff);
    write(path, pack);
    let run = repository.scan(&["."]);
    run.assert_code(3);
    let status = std::process::Command::new("cp")
        .args(["-a", "-n", "-r"])
        .arg(kept.git_path("objects/."))
        .arg(repository.git_path("objects"))
        .status()
        .unwrap();
    assert!(
        status.success() && repository.git(&["cat-file", "-p", "HEAD~:src/secret"]) == token(51)
    );
    assert_eq!(repository.scan(&["."]).paths(), ["src/secret"]);
}
