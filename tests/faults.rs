//! Files as they should not be: a scan goes on, says what it could not look at, and never says
//! clean then.
//!
//! Tests can run as root, whom permissions deny nothing; there the binary runs as a user without
//! rights.

use std::fs;
use std::io::Write;
use std::os::unix::fs::{PermissionsExt, symlink};
use std::os::unix::net::UnixListener;
use std::os::unix::process::CommandExt;
use std::process::Command;

use crate::support::command::{Dir, Run};
use crate::support::tokens::{Random, personal};

const NOBODY: u32 = 65534;

fn token() -> String {
    personal(&mut Random::new(77))
}

/// Scans the folder as a user without rights, with a JSON report.
fn scan_as_nobody(dir: &Dir, args: &[&str]) -> Run {
    let mut command = dir.command(&[&["scan", "-f", "json"], args].concat());
    if is_root() {
        fs::set_permissions(dir.path(), fs::Permissions::from_mode(0o755)).unwrap();
        let binary = copy_for_everyone(dir);
        let arguments: Vec<_> = command.get_args().map(ToOwned::to_owned).collect();
        command = Command::new(binary);
        command.args(arguments).current_dir(dir.path()).uid(NOBODY).gid(NOBODY);
    }
    Run::of_copy(&mut command)
}

fn is_root() -> bool {
    // The owner of a new file is who we are.
    use std::os::unix::fs::MetadataExt;
    tempfile::tempfile().unwrap().metadata().unwrap().uid() == 0
}

/// The build folder may be out of reach for others.
fn copy_for_everyone(dir: &Dir) -> std::path::PathBuf {
    let copy = dir.path().join(".git/tokensieve");
    fs::create_dir_all(copy.parent().unwrap()).unwrap();
    fs::copy(env!("CARGO_BIN_EXE_tokensieve"), &copy).unwrap();
    fs::set_permissions(&copy, fs::Permissions::from_mode(0o755)).unwrap();
    copy
}

#[test]
fn unreadable_files_and_folders_are_gaps() {
    let dir = Dir::new();
    dir.file("readable", "nothing");
    let file = dir.file("locked/file", token());
    fs::set_permissions(&file, fs::Permissions::from_mode(0o000)).unwrap();
    dir.file("closed/file", token());
    fs::set_permissions(dir.path().join("closed"), fs::Permissions::from_mode(0o000)).unwrap();
    let run = scan_as_nobody(&dir, &["."]);
    fs::set_permissions(dir.path().join("closed"), fs::Permissions::from_mode(0o755)).unwrap();
    run.assert_code(3);
    assert!(!run.is_complete());
    assert_eq!(
        (run.skipped_count("unreadable"), run.skipped_count("unlisted folder")),
        (1, 1),
        "{run:?}"
    );
    // With findings, the exit code is theirs.
    dir.file("found", token());
    fs::set_permissions(dir.path().join("closed"), fs::Permissions::from_mode(0o000)).unwrap();
    let run = scan_as_nobody(&dir, &["."]);
    fs::set_permissions(dir.path().join("closed"), fs::Permissions::from_mode(0o755)).unwrap();
    run.assert_code(1);
    assert!(!run.is_complete());
}

#[test]
fn what_could_block_is_not_opened() {
    let dir = Dir::new();
    let made = Command::new("mkfifo").arg(dir.path().join("pipe")).status().unwrap();
    assert!(made.success());
    let _socket = UnixListener::bind(dir.path().join("socket")).unwrap();
    symlink("/dev/zero", dir.path().join("zero")).unwrap();
    for args in [&["."][..], &["pipe", "socket"], &["--follow", "."]] {
        let run = scan_as_nobody(&dir, args);
        run.assert_code(0);
        assert_eq!((run.skipped_count("fifo"), run.skipped_count("socket")), (1, 1), "{run:?}");
    }
    let run = scan_as_nobody(&dir, &["--follow", "."]);
    assert_eq!(run.skipped_count("device"), 1, "{run:?}");
    let run = scan_as_nobody(&dir, &["/dev/zero"]);
    assert_eq!(run.skipped_count("device"), 1, "{run:?}");
}

#[test]
fn links() {
    let dir = Dir::new();
    dir.file("target/file", token());
    symlink("../target", dir.file("links/x", "").with_file_name("folder")).unwrap();
    symlink("..", dir.path().join("links/up")).unwrap();
    symlink("nowhere", dir.path().join("links/dangling")).unwrap();
    symlink("target/file", dir.path().join("links/../file")).unwrap();
    let run = dir.run(&["scan", "-f", "json"]);
    run.assert_code(1);
    assert_eq!(run.findings().len(), 1);
    assert_eq!(run.skipped_count("symlink"), 4);
    let run = dir.run(&["scan", "-f", "json", "--follow"]);
    let paths = run.paths();
    assert!(
        ["file", "links/folder/file", "target/file"]
            .iter()
            .all(|path| paths.iter().any(|it| it == path)),
        "{paths:?}"
    );
    assert!(run.skipped_count("symlink loop") > 0, "{run:?}");
    assert!(run.is_complete(), "{run:?}");
    // A link that is named is followed.
    dir.run(&["scan", "links/folder"]).assert_code(1);
}

#[test]
fn contents_of_every_kind() {
    let dir = Dir::new();
    let token = token();
    let wide = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let big = |text: &str| text.encode_utf16().flat_map(u16::to_be_bytes).collect::<Vec<u8>>();
    let text = format!("a b c\r\n\u{e4} {token}\r\n");
    let marked = format!("\u{feff}{text}");
    /// A file's name and content, and the line, column and offset of the token in it.
    type Row = (&'static str, Vec<u8>, (u64, u64), u64);
    let table: Vec<Row> = vec![
        ("crlf", text.clone().into_bytes(), (2, 3), 10),
        ("utf8-bom", marked.clone().into_bytes(), (2, 3), 13),
        ("utf16le", wide(&text), (2, 3), 18),
        ("utf16be", big(&text), (2, 3), 18),
        ("utf16le-bom", wide(&marked), (2, 3), 20),
        ("utf16be-bom", big(&marked), (2, 3), 20),
        ("binary", [&b"\0\x01\xff\xfe\n\x80\x80"[..], token.as_bytes(), b"\0"].concat(), (2, 3), 7),
        ("invalid", [&b"\xff\xff "[..], token.as_bytes()].concat(), (1, 4), 3),
    ];
    for (name, content, (line, column), start) in table {
        dir.file(name, content);
        let report = dir.run(&["scan", "-f", "json", "--show-secrets", name]).json();
        let finding = &report["findings"][0];
        assert_eq!(report["findings"].as_array().unwrap().len(), 1, "{name}");
        assert_eq!(
            (&finding["start_line"], &finding["start_column"]),
            (&line.into(), &column.into()),
            "{name}"
        );
        assert_eq!(finding["start_byte"], start, "{name}");
        assert_eq!(finding["secret"], token.as_str(), "{name}");
    }
    dir.file("empty", "");
    let run = dir.run(&["scan", "-f", "json", "empty"]);
    run.assert_code(0);
    assert_eq!(run.json()["coverage"]["files_scanned"], 1);
}

#[test]
fn sparse_files_and_long_lines() {
    const HOLE: u64 = 300 << 20;
    let dir = Dir::new();
    let mut file = fs::File::create(dir.path().join("sparse")).unwrap();
    file.set_len(HOLE).unwrap();
    std::io::Seek::seek(&mut file, std::io::SeekFrom::End(0)).unwrap();
    file.write_all(token().as_bytes()).unwrap();
    for args in [&["sparse"][..], &["--no-mmap", "sparse"]] {
        let run = dir.run(&[&["scan", "-f", "json"], args].concat());
        let finding = run.json()["findings"][0].clone();
        assert_eq!(finding["start_byte"], HOLE, "{args:?}");
        assert_eq!(finding["start_column"], HOLE + 1, "{args:?}");
    }
}

#[test]
fn names_that_are_not_utf8_or_are_secrets() {
    use std::os::unix::ffi::OsStrExt;

    let dir = Dir::new();
    let name = std::ffi::OsStr::from_bytes(b"caf\xe9.txt");
    fs::write(dir.path().join(name), token()).unwrap();
    let secret_name = personal(&mut Random::new(99));
    dir.file(&secret_name, token());
    // Glued to a word it is no token to be reported, but one to be hidden.
    dir.file(&format!("backup_{secret_name}.txt"), token());
    let run = dir.run(&["scan", "-f", "json"]);
    assert!(!run.stdout.contains(&secret_name[8..]), "{run:?}");
    let report = run.json();
    let findings = report["findings"].as_array().unwrap();
    let finding = findings.iter().find(|finding| finding["path"] == "caf\u{fffd}.txt").unwrap();
    assert_eq!(finding["path_bytes"], "Y2Fm6S50eHQ=");
    for format in ["text", "sarif", "jsonl"] {
        assert!(!dir.run(&["scan", "-f", format]).stdout.contains(&secret_name[8..]), "{format}");
    }
}

#[test]
fn control_characters_do_not_reach_the_terminal() {
    let dir = Dir::new();
    dir.file("a\u{1b}[2Jb\n", format!("\u{1b}]0;title\u{7} {} \u{202e}x\u{9b}1m\n", token()));
    let run = dir.run(&["scan", "--color", "never", "-v"]);
    run.assert_code(1);
    let is_clean =
        |text: &str| !text.chars().any(|c| c != '\n' && (c.is_control() || c == '\u{202e}'));
    assert!(is_clean(&run.stdout) && is_clean(&run.stderr), "{run:?}");
}

#[test]
fn containers_are_named() {
    let dir = Dir::new();
    dir.file("a.zip", b"PK\x03\x04rest");
    dir.file("pointer", "version https://git-lfs.github.com/spec/v1\noid sha256:0\nsize 1\n");
    let report = dir.run(&["scan", "-f", "json"]).json();
    let kinds: Vec<_> = report["coverage"]["unopened"]
        .as_array()
        .unwrap()
        .iter()
        .map(|entry| entry["kind"].clone())
        .collect();
    assert_eq!(kinds, ["archive", "lfs"]);
    assert_eq!(report["coverage"]["complete"], true);
}

/// The file shrinks and grows while it is scanned again and again: no run may die, and none may say
/// clean without having seen the token, which is always there.
#[test]
fn files_that_change_while_they_are_scanned() {
    use std::sync::atomic::{AtomicBool, Ordering};

    let dir = Dir::new();
    let head = format!("{}\n", token());
    let path = dir.file("changing", &head);
    let is_done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        scope.spawn(|| {
            let mut len = 0_u64;
            while !is_done.load(Ordering::Relaxed) {
                len = (len + (7 << 20)) % (64 << 20);
                let file = fs::OpenOptions::new().write(true).open(&path).unwrap();
                file.set_len(head.len() as u64 + len).unwrap();
            }
        });
        for _ in 0..10 {
            for args in [&["changing"][..], &["--mmap", "changing"], &["--no-mmap", "changing"]] {
                dir.run(&[&["scan", "-q"], args].concat()).assert_code(1);
            }
        }
        is_done.store(true, Ordering::Relaxed);
    });
}

/// Nearly every byte could begin a secret. A mapped file takes no more memory than a stream.
#[test]
fn dense_candidates_take_little_memory() {
    const LEN: usize = 6 << 20;
    let dir = Dir::new();
    for text in [["glp", "at-"].concat(), "password=\"".to_owned()] {
        dir.file("dense", text.repeat(LEN / text.len()));
        let script = format!(
            "ulimit -v 200000; exec '{}' scan --mmap -j 1 dense",
            env!("CARGO_BIN_EXE_tokensieve")
        );
        let template = dir.command(&[]);
        let mut command = Command::new("sh");
        command.args(["-c", &script]).current_dir(template.get_current_dir().unwrap());
        command.env("RAYON_NUM_THREADS", "2");
        Run::of(command.output().unwrap()).assert_code(0);
    }
}
