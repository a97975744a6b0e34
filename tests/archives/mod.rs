//! Archives and compressed files, opened with `--archives`.

mod hostile;
pub(crate) mod pack;
mod raw;
mod tars;

use serde_json::{Value, json};

use self::pack::{bzip2, gzip, stored_zip, streamed_zip, tar, xz, zip, zstd};
use crate::support::command::{Dir, Run};
use crate::support::tokens::{Random, personal};

/// A text with a token in its second line.
fn text(seed: u64) -> Vec<u8> {
    format!("first line\ntoken: {}\n", personal(&mut Random::new(seed))).into_bytes()
}

/// The path and line of each finding.
fn places(run: &Run) -> Vec<(String, u64)> {
    let findings = run.json()["findings"].as_array().unwrap().clone();
    let place = |finding: &Value| {
        (finding["path"].as_str().unwrap().to_owned(), finding["start_line"].as_u64().unwrap())
    };
    findings.iter().map(place).collect()
}

fn scan(dir: &Dir, args: &[&str]) -> Run {
    dir.run(&[&["scan", "--archives", "-f", "json"], args].concat())
}

#[test]
fn each_format_is_opened_by_its_content() {
    let dir = Dir::new();
    let text = text(1);
    let tar = tar(&[("in/a.txt", &text)]);
    let table: [(&str, Vec<u8>, &str); 14] = [
        ("a.zip", zip(&[("in/a.txt", &text)]), "a.zip!in/a.txt"),
        ("b.jar", stored_zip(&[("in/a.txt", &text)]), "b.jar!in/a.txt"),
        ("c.whl", streamed_zip(&[("in/a.txt", &text)]), "c.whl!in/a.txt"),
        ("d.tar", tar.clone(), "d.tar!in/a.txt"),
        ("e.txt.gz", gzip(&text), "e.txt.gz!e.txt"),
        ("f.txt.bz2", bzip2(&text), "f.txt.bz2!f.txt"),
        ("g.txt.xz", xz(&text), "g.txt.xz!g.txt"),
        ("h.txt.zst", zstd(&text), "h.txt.zst!h.txt"),
        ("i.tar.gz", gzip(&tar), "i.tar.gz!in/a.txt"),
        ("j.tbz2", bzip2(&tar), "j.tbz2!in/a.txt"),
        ("k.tar.xz", xz(&tar), "k.tar.xz!in/a.txt"),
        ("l.tar.zst", zstd(&tar), "l.tar.zst!in/a.txt"),
        ("m", gzip(&text), "m!content"),
        // What two archives hold that stand behind one another.
        ("n.gz", [gzip(b"first line\n"), gzip(&text[11..])].concat(), "n.gz!n"),
    ];
    for (name, bytes, _) in &table {
        dir.file(name, bytes);
    }
    let run = scan(&dir, &["."]);
    run.assert_code(1);
    let expected: Vec<(String, u64)> =
        table.iter().map(|(_, _, place)| ((*place).to_owned(), 2)).collect();
    assert_eq!(places(&run), expected);
    let coverage = &run.json()["coverage"];
    assert_eq!((&coverage["files_scanned"], &coverage["complete"]), (&json!(28), &json!(true)));
    assert_eq!(coverage["bytes_scanned"], json!(14 * text.len()));
    assert_eq!(coverage["unopened"], json!([]));
    // Positions are those in the member.
    let finding = &run.json()["findings"][0];
    assert_eq!((&finding["start_column"], &finding["start_byte"]), (&json!(8), &json!(18)));

    // As streams they are the same, and so are they in pieces.
    for (name, bytes, place) in &table {
        let run = dir.run_with_input(
            &["scan", "--archives", "-f", "json", "--stdin-path", name, "-"],
            bytes,
        );
        assert_eq!(places(&run), [((*place).to_owned(), 2)], "{name}");
        assert_eq!(run.json()["coverage"]["files_scanned"], 2, "{name}");
    }
}

#[test]
fn without_the_flag_archives_stay_closed() {
    let dir = Dir::new();
    dir.file("a.zip", zip(&[("a.txt", &text(2))]));
    dir.file("a.txt.gz", gzip(&text(2)));
    let run = dir.run(&["scan", "-f", "json"]);
    run.assert_code(0);
    assert_eq!(run.unopened("archive"), (2, vec!["a.txt.gz".to_owned(), "a.zip".to_owned()]));
}

#[test]
fn archives_in_archives() {
    let dir = Dir::new();
    let inner = zip(&[("c.txt", &text(3)), ("d.txt.xz", &xz(&text(4)))]);
    dir.file(
        "a.tar.gz",
        gzip(&tar(&[("b.zip", &inner), ("e/f.jar", &stored_zip(&[("g", &text(5))]))])),
    );
    let run = scan(&dir, &[]);
    run.assert_code(1);
    assert_eq!(
        run.paths(),
        ["a.tar.gz!b.zip!c.txt", "a.tar.gz!b.zip!d.txt.xz!d.txt", "a.tar.gz!e/f.jar!g"]
    );
    // The tar in the gzip is no archive of its own.
    assert_eq!(run.json()["coverage"]["files_scanned"], 4 + 3);
    assert_eq!(run.json()["coverage"]["complete"], true);
}

#[test]
fn what_cannot_be_opened_is_named() {
    let dir = Dir::new();
    let seven = b"7z\xbc\xaf\x27\x1c and so on";
    let unknown = replaced_method(zip(&[("a", &text(6))]), 9);
    dir.file("a.zip", zip(&[("x.7z", seven), ("key.gpg", b"-----BEGIN PGP MESSAGE-----\n")]));
    dir.file("b.7z", seven);
    dir.file("c.zip", unknown);
    let run = scan(&dir, &[]);
    run.assert_code(0);
    let archives = ["a.zip!x.7z", "b.7z", "c.zip!a"].map(String::from).to_vec();
    assert_eq!(run.unopened("archive"), (3, archives));
    assert_eq!(run.unopened("encrypted"), (1, vec!["a.zip!key.gpg".to_owned()]));
}

/// A zip of one member whose headers say that it is compressed in another way.
fn replaced_method(mut zip: Vec<u8>, method: u8) -> Vec<u8> {
    for (signature, at) in [(b"PK\x01\x02", 10), (b"PK\x03\x04", 8)] {
        for start in pack::find_all(&zip, signature) {
            zip[start + at] = method;
        }
    }
    zip
}

#[test]
fn texts_that_begin_like_archives_are_texts() {
    let dir = Dir::new();
    dir.file("a.txt", [&b"BZh is how they begin\n"[..], &text(7)].concat());
    // A tar's magic without a tar's checksum.
    let mut fake = vec![b'x'; 600];
    fake[257..262].copy_from_slice(b"ustar");
    dir.file("b.txt", [&fake[..], &text(7)].concat());
    let run = scan(&dir, &[]);
    assert_eq!(run.paths(), ["a.txt", "b.txt"]);
}

#[test]
fn members_are_left_out_by_path_and_size() {
    let dir = Dir::new();
    let large = [text(8), vec![b'x'; 5000]].concat();
    dir.file(
        "a.zip",
        zip(&[
            ("certs/a.pem", &text(8)),
            ("vendor/b.txt", &text(9)),
            ("large", &large),
            ("c", &text(10)),
        ]),
    );
    dir.file("b.tar", tar(&[("a.pem", &text(8)), ("large", &large), ("c", &text(10))]));
    let run = scan(
        &dir,
        &["--exclude-path", "*.pem", "--exclude-path", "a.zip!vendor/", "--max-file-size", "4000"],
    );
    run.assert_code(1);
    assert_eq!(run.paths(), ["a.zip!c"]);
    let excluded = ["a.zip!certs/a.pem", "a.zip!vendor/b.txt"].map(String::from).to_vec();
    assert_eq!(run.skipped("excluded path"), (2, excluded));
    // The tar as a whole is larger.
    assert_eq!(run.skipped("too large"), (2, vec!["a.zip!large".to_owned(), "b.tar".to_owned()]));
    let run = dir.run_with_input(
        &[
            "scan",
            "--archives",
            "-f",
            "json",
            "--exclude-path",
            "*.pem",
            "--max-file-size",
            "4000",
            "-",
        ],
        &tar(&[("a.pem", &text(8)), ("large", &large), ("c", &text(10))]),
    );
    assert_eq!(run.paths(), ["<stdin>!c"]);
    assert_eq!(run.skipped("too large"), (1, vec!["<stdin>!large".to_owned()]));
    // A size that nothing tells is met while expanding.
    let run = dir.run_with_input(
        &["scan", "--archives", "-f", "json", "--max-file-size", "4000", "-"],
        &gzip(&[vec![b'\n'; 5000], text(8)].concat()),
    );
    run.assert_code(0);
    assert_eq!(run.skipped("too large"), (1, vec!["<stdin>!content".to_owned()]));
}

#[test]
fn the_configuration_can_ask_for_it() {
    let dir = Dir::new();
    dir.file("a.zip", zip(&[("b.zip", &zip(&[("c", &text(11))]))]));
    dir.file(".tokensieve.toml", "version = 1\narchives = true\n");
    assert_eq!(dir.run(&["scan", "-f", "json"]).paths(), ["a.zip!b.zip!c"]);
    dir.file(".tokensieve.toml", "version = 1\narchives = true\narchive_depth = 1\n");
    let run = dir.run(&["scan", "-f", "json"]);
    run.assert_code(0);
    assert_eq!(run.skipped("archive depth"), (1, vec!["a.zip!b.zip".to_owned()]));
    // Flags go before it.
    assert_eq!(dir.run(&["scan", "-f", "json", "--archive-depth", "2"]).paths(), ["a.zip!b.zip!c"]);
    for wrong in [
        "archive_depth = 0",
        "max_archive_ratio = 0",
        "max_archive_size = 'much'",
        "max_archive_members = -1",
    ] {
        dir.file(".tokensieve.toml", format!("version = 1\n{wrong}\n"));
        let run = dir.run(&["scan"]);
        run.assert_code(2);
        assert!(run.stderr.contains(".tokensieve.toml:2: "), "{wrong}: {}", run.stderr);
    }
}

#[test]
fn names_are_shown_and_never_used() {
    let dir = Dir::new();
    let outside = dir.file("outside", "was here");
    let token = personal(&mut Random::new(12));
    let bytes = tar(&[("n", &text(13))]);
    let names: [&[u8]; 4] =
        [b"../outside", b"/outside", b"a\x1b[2Jb\xff\xe2\x80\xae", token.as_bytes()];
    let entries: Vec<u8> = names
        .iter()
        .flat_map(|name| pack::tar_entry(b'0', name, &text(13), |_| ()))
        .chain(bytes)
        .collect();
    dir.file("a.tar", entries);
    for format in ["text", "json", "sarif"] {
        let run = dir.run(&["scan", "--archives", "--verbose", "-f", format, "a.tar"]);
        run.assert_code(1);
        assert!(
            !run.stdout.contains('\x1b') && !run.stdout.contains('\u{202e}'),
            "{format}: {}",
            run.stdout
        );
        assert!(!run.stdout.contains(&token[8..]) && !run.stderr.contains(&token[8..]), "{format}");
    }
    let run = scan(&dir, &["a.tar"]);
    let found = run.paths();
    // Five members, and the name that is a token.
    assert_eq!(found.len(), 6);
    assert!(
        found.contains(&"a.tar!../outside".to_owned())
            && found.contains(&"a.tar!/outside".to_owned()),
        "{found:?}"
    );
    assert_eq!(std::fs::read(outside).unwrap(), b"was here");
    assert_eq!(std::fs::read_dir(dir.path()).unwrap().count(), 2);
}

#[test]
fn any_number_of_threads_gives_the_same() {
    let dir = Dir::new();
    for number in 0..12_u64 {
        let inner = zip(&[("a", &text(number)), ("b", &gzip(&text(number + 50)))]);
        dir.file(
            &format!("{number}.tar.gz"),
            gzip(&tar(&[("i.zip", &inner), ("j", &text(number + 90))])),
        );
        dir.file(&format!("{number}.cut.gz"), &gzip(&text(number))[..20]);
    }
    let one = scan(&dir, &["--jobs", "1"]);
    assert_eq!(places(&one).len(), 36);
    assert_eq!(one.skipped("truncated").0, 12);
    for jobs in ["2", "7"] {
        assert_eq!(scan(&dir, &["--jobs", jobs]).stdout, one.stdout);
    }
}

#[test]
fn a_file_mapped_or_read_gives_the_same() {
    let dir = Dir::new();
    dir.file("a.tar.gz", gzip(&tar(&[("b.zip", &zip(&[("c", &text(14))]))])));
    dir.file("d.zip", zip(&[("c", &text(14))]));
    let read = scan(&dir, &["--no-mmap"]);
    assert_eq!(places(&read).len(), 2);
    assert_eq!(scan(&dir, &["--mmap"]).stdout, read.stdout);
}
