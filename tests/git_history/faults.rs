//! Repositories as they should not be: a scan goes on, says what it could not look at, and never says clean then.

use std::fs;
use std::path::Path;
use std::time::{Duration, Instant};

use crate::support::command::Run;
use crate::support::repository::{Repository, START};
use crate::support::tokens::{Random, personal};

fn token(seed: u64) -> String {
    personal(&mut Random::new(seed))
}

/// Three commits: the second one brings a token, the third one removes it.
fn with_history() -> Repository {
    let repository = Repository::new();
    repository.file("readme", "nothing\n");
    repository.commit("base");
    repository.file("src/secret", token(51));
    repository.commit("oops");
    repository.git(&["rm", "-q", "src/secret"]);
    repository.commit("removed");
    repository
}

fn write(path: &Path, content: impl AsRef<[u8]>) {
    let _ = fs::remove_file(path);
    fs::write(path, content).unwrap();
}

/// Nothing was found, something is missing, and all parts of the output say so.
fn assert_gap(run: &Run, reason: &str, missing: u64, example: &str) {
    run.assert_code(3);
    assert_eq!(run.findings().len(), 0);
    assert!(!run.is_complete());
    assert_eq!(run.coverage("missing_objects"), missing, "{run:?}");
    let (count, examples) = run.skipped(reason);
    assert!(count > 0 && examples.iter().any(|it| it.contains(example)), "{example}: {run:?}");
    assert!(run.stderr.contains(&format!("incomplete: {count} {reason}")), "{}", run.stderr);
}

#[test]
fn no_repository() {
    let repository = Repository::new();
    fs::remove_dir_all(repository.path().join(".git")).unwrap();
    let run = repository.scan(&["."]);
    assert!(run.assert_code(2).stderr.contains("not a git repository"), "{}", run.stderr);
    let run = repository.scan(&["nowhere"]);
    assert!(run.assert_code(2).stderr.contains("there is no such folder"), "{}", run.stderr);
    repository.file(".git", "gitdir: /nowhere/at/all\n");
    repository.scan(&["."]).assert_code(2);
}

#[test]
fn unknown_revisions() {
    let repository = with_history();
    for wrong in [
        &["--branch", "no-such-branch", "no-such-branch"][..],
        &["--range", "no-such..main", "no-such"],
        &["--range", "main..no-such", "no-such"],
        &["--range", "main", "main..HEAD"],
        &["--branch", "main~99", "main~99"],
        &["--range", "main..1111111111111111111111111111111111111111", "11111"],
    ] {
        let run = repository.scan(&[&wrong[..2], &["."]].concat());
        run.assert_code(2);
        assert!(run.stdout.is_empty() && run.stderr.contains(wrong[2]), "{wrong:?}: {run:?}");
    }
    // A whole id is a name even if nothing is stored under it.
    let id = "1111111111111111111111111111111111111111";
    let run = repository.scan(&["--branch", id, "."]);
    assert!(matches!(run.code, Some(2 | 3)), "{run:?}");
}

#[test]
fn unborn_branches() {
    for args in [&[][..], &["--bare"]] {
        let repository = Repository::init(args);
        let run = repository.scan(&["."]);
        run.assert_code(0);
        assert_eq!((run.coverage("commits"), run.coverage("blobs_scanned")), (0, 0));
        assert!(run.is_complete());
    }
    // An orphan branch beside one with commits.
    let repository = with_history();
    repository.git(&["checkout", "-q", "--orphan", "fresh"]);
    let run = repository.scan(&["."]);
    assert_eq!(
        (&run.finding()["refs"], &run.finding()["in_head"]),
        (&serde_json::json!(["refs/heads/main"]), &false.into())
    );
}

#[test]
fn heads_that_lead_nowhere() {
    const NOWHERE: &str = "1111111111111111111111111111111111111111\n";
    let repository = Repository::new();
    repository.file("a", "nothing");
    repository.commit("clean");
    repository.scan(&["."]).assert_code(0);
    repository.git(&["worktree", "add", "-q", "--detach", "../linked"]);
    repository.scan(&["."]).assert_code(0);
    for head in ["HEAD", "worktrees/linked/HEAD"] {
        let path = repository.git_path(head);
        let good = fs::read(&path).unwrap();
        write(&path, NOWHERE);
        assert_gap(&repository.scan(&["."]), "missing object", 1, NOWHERE.trim());
        for garbage in ["garbage\n", "", "ref: \n"] {
            write(&path, garbage);
            assert_gap(&repository.scan(&["."]), "unreadable", 0, head);
        }
        write(&path, good);
        repository.scan(&["."]).assert_code(0);
    }
}

#[test]
fn broken_references() {
    let repository = Repository::new();
    repository.file("a", "nothing");
    repository.commit("clean");
    let broken = repository.git_path("refs/heads/broken");
    for garbage in ["garbage\n", "", "0123456789"] {
        write(&broken, garbage);
        assert_gap(&repository.scan(&["."]), "unreadable", 0, "broken");
    }
    let missing = "2222222222222222222222222222222222222222";
    write(&broken, format!("{missing}\n"));
    assert_gap(&repository.scan(&["."]), "missing object", 1, missing);
    // One that leads to a reference that is not there holds nothing; git leaves such behind.
    write(&broken, "ref: refs/heads/gone\n");
    repository.scan(&["."]).assert_code(0);
    fs::remove_file(&broken).unwrap();

    let packed = repository.git_path("packed-refs");
    write(&packed, "# pack-refs with: peeled fully-peeled sorted \nzzzz refs/tags/t\n");
    assert_gap(&repository.scan(&["."]), "unreadable", 0, "packed");
    // With findings, the exit code is theirs, and the gap is still told.
    write(&broken, "garbage\n");
    fs::remove_file(&packed).unwrap();
    repository.file("a", token(52));
    repository.commit("oops");
    let run = repository.scan(&["."]);
    run.assert_code(1);
    assert_eq!((run.paths(), run.is_complete()), (vec!["a".to_owned()], false));
}

#[test]
fn the_log_of_stashes_is_broken() {
    let repository = Repository::new();
    repository.file("a", "nothing");
    repository.commit("clean");
    for content in [token(53), "something else".to_owned()] {
        repository.file("a", content);
        repository.git(&["stash", "-q"]);
    }
    assert_eq!(repository.scan(&["."]).paths(), ["a"]);
    let log = repository.git_path("logs/refs/stash");
    let text = fs::read_to_string(&log).unwrap();
    write(&log, format!("garbage\n{}\n", text.lines().nth(1).unwrap()));
    assert_gap(&repository.scan(&["."]), "unreadable", 0, "the log of refs/stash");
}

#[test]
fn ten_thousand_references() {
    let repository = Repository::new();
    let mut stream = Vec::new();
    for number in 1..=100_u64 {
        let content = if number == 50 { token(54) } else { format!("{number}") };
        let head = format!(
            "commit refs/heads/main\nmark :{number}\ncommitter A <a@example.com> {} +0000\ndata 1\nx\n",
            START + number
        );
        let content =
            format!("M 100644 inline f{}\ndata {}\n{content}\n", number % 7, content.len());
        stream.extend_from_slice((head + &content).as_bytes());
    }
    repository.git_with(&["fast-import", "--quiet"], &stream);
    let ids = repository.git(&["rev-list", "--reverse", "main"]);
    let ids: Vec<&str> = ids.lines().collect();
    let mut packed = "# pack-refs with: peeled fully-peeled sorted \n".to_owned();
    for number in 0..10_000 {
        packed += &format!("{} refs/tags/t{number:05}\n", ids[number % 100]);
    }
    write(&repository.git_path("packed-refs"), packed);
    let start = Instant::now();
    let run = repository.scan(&["."]);
    let elapsed = start.elapsed();
    assert!(elapsed < Duration::from_secs(4), "{elapsed:?}");
    let finding = run.finding();
    assert_eq!(finding["commit"]["id"], ids[49]);
    // Of each hundred, those from the fiftieth on; the branch and HEAD.
    assert_eq!(finding["refs"].as_array().unwrap().len(), 51 * 100 + 2);
}

#[test]
fn corrupt_loose_objects() {
    let repository = with_history();
    let good = repository.scan(&["."]);
    let blob = repository.git(&["rev-parse", "HEAD~:src/secret"]);
    let path = repository.loose(&blob);
    let whole = fs::read(&path).unwrap();
    let mut gaps = 0;
    for at in 0..whole.len() {
        let mut changed = whole.clone();
        changed[at] ^= 0x55;
        write(&path, &changed);
        let run = repository.scan(&["."]);
        // A change that changes nothing in the content may go unseen.
        if run.stdout != good.stdout {
            assert_gap(&run, "corrupt object", 1, &blob);
            gaps += 1;
        }
    }
    assert!(gaps >= whole.len() - 2, "{gaps} of {}", whole.len());
    for len in [0, 1, whole.len() / 2, whole.len() - 9] {
        write(&path, &whole[..len]);
        assert_gap(&repository.scan(&["."]), "corrupt object", 1, &blob);
    }
    write(&path, [&whole[..], b"more"].concat());
    let run = repository.scan(&["."]);
    assert!(matches!(run.code, Some(1 | 3)), "{run:?}");
    write(&path, &whole);
    assert_eq!(repository.scan(&["."]).stdout, good.stdout);
}

#[test]
fn deleted_loose_objects() {
    for (name, missing) in [
        ("HEAD~:src/secret", 1),
        ("HEAD~:src", 1),
        ("HEAD~^{tree}", 1),
        ("HEAD~", 1),
        ("HEAD~2", 0),
        ("HEAD", 1),
    ] {
        let repository = with_history();
        let id = repository.git(&["rev-parse", name]);
        let path = repository.loose(&id);
        fs::remove_file(path).unwrap();
        let run = repository.scan(&["."]);
        if missing == 1 {
            assert_gap(&run, "missing object", 1, &id);
        } else {
            // Only what was before the token is lost.
            run.assert_code(1);
            assert_eq!((run.paths(), run.is_complete()), (vec!["src/secret".to_owned()], false));
            assert_eq!(run.skipped("missing object"), (1, vec![id]));
        }
    }
}

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

/// Changes a file in many ways, one after the other. Whatever happens, all is found or a gap is told.
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
fn corrupt_packs() {
    let repository = packed();
    let path = &repository.packs("pack")[0];
    let whole = fs::read(path).unwrap();
    let step = whole.len() / 50;
    let gaps =
        damage(&repository, path, (0..whole.len()).step_by(step).map(|at| flipped(&whole, at)));
    assert!(gaps > 30, "{gaps}");
    // The header of each entry, with another kind or another length.
    let index = fs::File::open(&repository.packs("idx")[0]).unwrap();
    let output = repository.command(&["show-index"]).stdin(index).output().unwrap();
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
fn truncated_packs() {
    let repository = packed();
    let path = &repository.packs("pack")[0];
    let whole = fs::read(path).unwrap();
    let lens = [0, 4, 11, 12, 30].into_iter().chain((1..12).map(|part| whole.len() * part / 12));
    let gaps = damage(&repository, path, lens.map(|len| whole[..len].to_vec()));
    assert_eq!(gaps, 16);
}

#[test]
fn corrupt_indices() {
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
fn indices_with_wrong_offsets() {
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
fn packs_without_their_other_half() {
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
fn a_good_copy_beside_a_broken_one() {
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

/// What a process that died has left in the folder of objects.
#[test]
fn leftovers() {
    let repository = with_history();
    let good = repository.scan(&["."]);
    for name in [
        "objects/pack/tmp_pack_a1b2c3",
        "objects/pack/tmp_idx_a1b2c3",
        "objects/17/tmp_obj_a1b2c3",
        "index.lock",
    ] {
        let path = repository.git_path(name);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        write(&path, "half");
    }
    fs::create_dir_all(repository.git_path("objects/incoming-x/pack")).unwrap();
    assert_eq!(repository.scan(&["."]).stdout, good.stdout);
    repository.file("staged", token(57));
    fs::remove_file(repository.git_path("index.lock")).unwrap();
    repository.git(&["add", "staged"]);
    write(&repository.git_path("index.lock"), "half");
    let run = repository.scan(&["--staged", "."]);
    assert_eq!(run.paths(), ["staged"]);
}

#[test]
fn shallow_clones() {
    let origin = with_history();
    let clone = origin.cloned("shallow", &["--depth=1"]);
    let run = clone.scan(&["."]);
    let boundary = clone.git(&["rev-parse", "HEAD"]);
    assert_gap(&run, "shallow history", 0, &boundary);
    assert_eq!(run.json()["coverage"]["shallow"], true);
    assert_eq!((run.coverage("commits"), run.coverage("blobs_scanned")), (1, 1));
    assert!(run.stderr.contains("git fetch --unshallow"), "{}", run.stderr);
    clone.git(&["fetch", "-q", "--depth=2"]);
    // What was there at the cut counts as introduced there.
    let run = clone.scan(&["."]);
    run.assert_code(1);
    assert_eq!(run.finding()["commit"]["id"], clone.git(&["rev-parse", "HEAD~"]));
    assert!(!run.is_complete());
    clone.git(&["fetch", "-q", "--unshallow"]);
    let run = clone.scan(&["."]);
    assert_eq!((run.paths(), run.is_complete()), (vec!["src/secret".to_owned()], true));
    assert_eq!(run.json()["coverage"]["shallow"], false);
    // A cut in another history is no gap in this one.
    let clone = origin.cloned("shallow2", &["--depth=1"]);
    clone.git(&["checkout", "-q", "--orphan", "own"]);
    clone.file("readme", "own");
    clone.commit("own");
    clone.scan(&["--branch", "own", "."]).assert_code(0);
}

#[test]
fn partial_clones_are_not_completed() {
    let origin = with_history();
    for (setting, value) in
        [("uploadpack.allowFilter", "true"), ("uploadpack.allowAnySHA1InWant", "true")]
    {
        origin.git(&["config", setting, value]);
    }
    for (filter, missing) in [("blob:none", 2), ("tree:0", 3)] {
        let clone = origin.cloned(filter, &["--no-checkout", &format!("--filter={filter}")]);
        let stored = || clone.git(&["count-objects", "-v"]);
        let before = stored();
        let run = clone.scan(&["."]);
        assert_eq!(stored(), before, "nothing was fetched");
        run.assert_code(3);
        let missing = if filter == "tree:0" { clone_trees(&origin) } else { missing };
        assert_eq!((run.coverage("missing_objects"), run.coverage("blobs_scanned")), (missing, 0));
        assert_eq!((run.coverage("commits"), run.skipped("missing object").0), (3, missing));
        // What is there is scanned.
        clone.git(&["commit-tree", "-m", &token(58), &origin.git(&["rev-parse", "HEAD^{tree}"])]);
        let commit = clone.git(&[
            "commit-tree",
            "-m",
            &token(58),
            &origin.git(&["rev-parse", "HEAD^{tree}"]),
        ]);
        clone.git(&["update-ref", "refs/heads/more", &commit]);
        let run = clone.scan(&["."]);
        assert_eq!((run.paths(), run.code), (vec!["<commit message>".to_owned()], Some(1)));
    }
}

/// The number of root trees.
fn clone_trees(origin: &Repository) -> u64 {
    let trees = origin.git(&["log", "--format=%T"]);
    trees.lines().collect::<std::collections::BTreeSet<_>>().len() as u64
}

#[test]
fn paths_that_are_not_utf8() {
    let repository = Repository::new();
    let blob = repository.blob(token(59));
    let entry = [format!("100644 {blob}\t").as_bytes(), b"dir\xff/caf\xe9.txt\0"].concat();
    repository.git_with(&["update-index", "-z", "--index-info"], &entry);
    repository.commit_staged("latin");
    let run = repository.scan(&["."]);
    let finding = run.finding();
    assert_eq!(finding["path"], "dir\u{fffd}/caf\u{fffd}.txt");
    assert_eq!(finding["path_bytes"], "ZGly/y9jYWbpLnR4dA==");
    assert_eq!(finding["places"][0]["path"], "dir\u{fffd}/caf\u{fffd}.txt");
    let staged = Repository::new();
    let blob = staged.blob(token(59));
    let entry = [format!("100644 {blob}\t").as_bytes(), b"caf\xe9.txt\0"].concat();
    staged.git_with(&["update-index", "-z", "--index-info"], &entry);
    assert_eq!(staged.scan(&["--staged", "."]).finding()["path_bytes"], "Y2Fm6S50eHQ=");
}

/// Runs a scan and returns the most memory it used, in MiB.
fn peak_memory(repository: &Repository, args: &[&str]) -> (Run, u64) {
    let log = repository.dir().path().join("memory");
    let mut command = std::process::Command::new("/usr/bin/time");
    let scan = repository.tokensieve(&[&["git", "-f", "json"], args].concat());
    command.args(["-f", "%M", "-o"]).arg(&log).arg(scan.get_program()).args(scan.get_args());
    command.current_dir(repository.path());
    for (name, value) in scan.get_envs() {
        match value {
            Some(value) => command.env(name, value),
            None => command.env_remove(name),
        };
    }
    let run = Run::of(command.output().unwrap());
    let text = fs::read_to_string(log).unwrap();
    (run, text.lines().last().unwrap().parse::<u64>().unwrap() / 1024)
}

/// A blob of a hundred megabytes is read as a stream, loose or packed.
#[test]
fn large_blobs() {
    const LEN: usize = 100 << 20;
    let repository = Repository::new();
    let mut content = vec![0; LEN];
    let token = token(60);
    let at = LEN - 1000;
    content[at - 1] = b'\n';
    content[at..at + token.len()].copy_from_slice(token.as_bytes());
    let store = [
        "-c",
        "core.compression=1",
        "-c",
        "core.bigFileThreshold=1m",
        "hash-object",
        "-w",
        "--stdin",
    ];
    let blob = repository.id_of(&store, &content);
    drop(content);
    let tree = repository.tree(&format!("100644 blob {blob}\tlarge\n"));
    let commit = repository.git(&["commit-tree", "-m", "large", &tree]);
    repository.git(&["update-ref", "refs/heads/main", &commit]);
    let check = |how: &str| {
        let (run, memory) = if Path::new("/usr/bin/time").exists() {
            peak_memory(&repository, &["."])
        } else {
            (repository.scan(&["."]), 0)
        };
        let finding = run.finding();
        assert_eq!(
            (&finding["path"], &finding["start_line"]),
            (&"large".into(), &2.into()),
            "{how}"
        );
        assert_eq!(finding["start_byte"], at);
        assert_eq!(run.coverage("bytes_scanned"), LEN as u64);
        assert!(memory < 250, "{how}: {memory} MiB");
    };
    check("loose");
    // Cut off before the token.
    let path = repository.loose(&blob);
    let whole = fs::read(&path).unwrap();
    write(&path, &whole[..whole.len() - 200]);
    assert_gap(&repository.scan(&["."]), "corrupt object", 1, &blob);
    write(&path, &whole);
    repository.git(&[
        "-c",
        "core.bigFileThreshold=1m",
        "-c",
        "core.compression=1",
        "repack",
        "-adq",
    ]);
    assert!(!repository.loose(&blob).exists());
    check("packed");
}

/// Nothing that a repository says is executed.
#[test]
fn hostile_configuration() {
    use std::os::unix::fs::PermissionsExt;

    let origin = with_history();
    origin.git(&["config", "uploadpack.allowFilter", "true"]);
    let repository = origin.cloned("hostile", &["--filter=blob:none"]);
    repository.file("staged", token(61));
    repository.git(&["add", "staged"]);
    let canary = origin.dir().path().join("canary");
    let script = origin
        .dir()
        .file("script", format!("#!/bin/sh\necho \"$0 $*\" >> '{}'\n", canary.display()));
    fs::set_permissions(&script, fs::Permissions::from_mode(0o755)).unwrap();
    let script = script.to_str().unwrap();
    let hooks = origin.dir().path().join("hooks");
    fs::create_dir(&hooks).unwrap();
    for hook in [
        "pre-commit",
        "post-checkout",
        "post-index-change",
        "reference-transaction",
        "pre-auto-gc",
        "fsmonitor-watchman",
    ] {
        for folder in [&hooks, &repository.git_path("hooks")] {
            fs::create_dir_all(folder).unwrap();
            fs::copy(script, folder.join(hook)).unwrap();
        }
    }
    let included = origin
        .dir()
        .file("included", format!("[core]\n\teditor = {script}\n[diff]\n\texternal = {script}\n"));
    let attributes =
        "* filter=evil diff=evil merge=evil working-tree-encoding=utf-8 text eol=crlf\n";
    repository.file(".gitattributes", attributes);
    write(&repository.git_path("info/attributes"), attributes);
    let mut config = fs::read_to_string(repository.git_path("config")).unwrap();
    config += &format!(
        "[core]\n\tfsmonitor = {script}\n\tsshCommand = {script}\n\thooksPath = {hooks}\n\tpager = {script}\n\
         \taskPass = {script}\n\tgitProxy = {script}\n\talternateRefsCommand = {script}\n\tuntrackedCache = true\n\
         [diff]\n\texternal = {script}\n[diff \"evil\"]\n\ttextconv = {script}\n\tcommand = {script}\n\
         [filter \"evil\"]\n\tclean = {script}\n\tsmudge = {script}\n\tprocess = {script}\n\trequired = true\n\
         [merge \"evil\"]\n\tdriver = {script}\n[alias]\n\tlog = !{script}\n\tcat-file = !{script}\n\tdiff = !{script}\n\
         [include]\n\tpath = {included}\n[pager]\n\tlog = {script}\n[gpg]\n\tprogram = {script}\n\
         [credential]\n\thelper = !{script}\n[uploadpack]\n\tpackObjectsHook = {script}\n\
         [remote \"origin\"]\n\turl = ext::{script}\n\tuploadpack = {script}\n\tvcs = evil\n[protocol]\n\tallow = always\n",
        hooks = hooks.display(),
        included = included.display(),
    );
    write(&repository.git_path("config"), config);
    let push = format!(
        "refs/heads/main {} refs/heads/main {}\n",
        repository.git(&["rev-parse", "HEAD"]),
        "0".repeat(40)
    );
    let scan = |args: &[&str]| repository.scan(&[args, &["."]].concat());
    for args in [
        &[][..],
        &["--all-objects"],
        &["--staged"],
        &["--staged", "--all-lines"],
        &["--range", "HEAD~2..HEAD"],
        &["--branch", "main"],
    ] {
        let run = scan(args);
        assert!(!canary.exists(), "{args:?}: {}", fs::read_to_string(&canary).unwrap());
        assert!(matches!(run.code, Some(1 | 3)), "{args:?}: {run:?}");
    }
    assert_eq!(scan(&["--staged"]).paths(), ["staged"]);
    let mut command = repository.tokensieve(&["git", "--pre-push=elsewhere", "."]);
    let pushed = origin.dir().file("pushed", push);
    command.stdin(fs::File::open(pushed).unwrap());
    let pushed = Run::of(command.output().unwrap());
    assert!(matches!(pushed.code, Some(1 | 3)), "{pushed:?}");
    Run::of(repository.tokensieve(&["scan", "."]).output().unwrap()).assert_code(1);
    assert!(!canary.exists(), "{}", fs::read_to_string(&canary).unwrap());
    // The script would have told: git itself runs it.
    let _ = repository.command(&["status"]).output().unwrap();
    assert!(canary.exists());
}

/// Git refuses the repository of another user, since its configuration could run anything.
#[test]
fn repositories_of_others() {
    const NOBODY: u32 = 65534;
    let repository = with_history();
    // Only root can give files away.
    if std::os::unix::fs::chown(repository.path().join(".git"), Some(NOBODY), Some(NOBODY)).is_err()
    {
        return;
    }
    let path = repository.path();
    let status = std::process::Command::new("chown")
        .args(["-R", &format!("{NOBODY}:{NOBODY}")])
        .arg(&path)
        .status();
    assert!(status.unwrap().success());
    assert!(!repository.command(&["status"]).status().unwrap().success(), "git refuses, too");
    for args in [&[][..], &["--staged"], &["--range", "HEAD~..HEAD"]] {
        let run = repository.scan(&[args, &["."]].concat());
        let expected = format!(
            "git config --global --add safe.directory {}",
            path.canonicalize().unwrap().display()
        );
        assert!(run.assert_code(2).stderr.contains(&expected), "{}", run.stderr);
        assert!(run.stdout.is_empty());
    }
    // Doing what the message says helps.
    let global = repository.dir().file(
        "global",
        format!("[safe]\n\tdirectory = {}\n", path.canonicalize().unwrap().display()),
    );
    let mut command = repository.tokensieve(&["git", "-f", "json", "."]);
    let run = Run::of(command.env("GIT_CONFIG_GLOBAL", global).output().unwrap());
    assert_eq!(run.assert_code(1).paths(), ["src/secret"]);
    // Not if the repository says so itself.
    fs::write(
        path.join(".git/config"),
        format!(
            "[core]\n\trepositoryformatversion = 0\n[safe]\n\tdirectory = {}\n",
            path.display()
        ),
    )
    .unwrap();
    repository.scan(&["."]).assert_code(2);
}

/// Whatever may not be read is a gap, or an error.
#[test]
fn files_that_may_not_be_read() {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;

    const NOBODY: u32 = 65534;
    let repository = with_history();
    repository.git(&["repack", "-adfq"]);
    repository.file("loose", "nothing");
    let loose = repository.commit("loose");
    repository.git(&["tag", "-m", "a tag", "packed"]);
    repository.git(&["pack-refs", "--all"]);
    repository.git(&["update-ref", "refs/remotes/origin/main", "HEAD"]);
    repository.file("loose", "changed");
    repository.git(&["stash", "-q"]);
    repository.git(&["worktree", "add", "-q", "--detach", "../linked"]);
    // Permissions deny root nothing, so another user scans what is its own.
    let binary = repository.dir().path().join("tokensieve");
    fs::copy(env!("CARGO_BIN_EXE_tokensieve"), &binary).unwrap();
    let set = |path: &Path, mode: u32| {
        fs::set_permissions(path, fs::Permissions::from_mode(mode)).unwrap()
    };
    set(repository.dir().path(), 0o755);
    set(&binary, 0o755);
    let is_root = std::process::Command::new("chown")
        .args(["-R", &format!("{NOBODY}:{NOBODY}")])
        .arg(repository.path())
        .output()
        .is_ok_and(|output| output.status.success());
    let scan = || {
        let prepared = repository.tokensieve(&["git", "-f", "json", "--exclude-path", "src", "."]);
        let mut command = std::process::Command::new(&binary);
        command
            .args(prepared.get_args())
            .current_dir(repository.path())
            .env("GIT_CONFIG_GLOBAL", "/dev/null");
        if is_root {
            command.uid(NOBODY).gid(NOBODY);
        }
        Run::of(command.output().unwrap())
    };
    scan().assert_code(0);
    let pack = repository.packs("pack").remove(0);
    let index = pack.with_extension("idx");
    let folder = repository.loose(&loose).parent().unwrap().to_owned();
    let mut paths = vec![pack, index, folder, repository.loose(&loose)];
    let names = [
        "objects",
        "objects/pack",
        "refs",
        "refs/remotes",
        "refs/remotes/origin/main",
        "packed-refs",
        "HEAD",
    ];
    paths.extend(names.map(|name| repository.git_path(name)));
    let names =
        ["logs/refs/stash", "logs", "worktrees", "worktrees/linked", "worktrees/linked/HEAD", "."];
    paths.extend(names.map(|name| repository.git_path(name)));
    for path in paths {
        let before = fs::metadata(&path).unwrap().permissions().mode();
        set(&path, 0);
        let run = scan();
        set(&path, before & 0o7777);
        assert!(matches!(run.code, Some(2 | 3)), "{}: {run:?}", path.display());
        assert!(run.code == Some(2) || !run.is_complete());
    }
    scan().assert_code(0);
}

/// A configuration that is broken is an error that says so.
#[test]
fn broken_configuration() {
    let repository = with_history();
    write(&repository.git_path("config"), "[core\nnonsense");
    let run = repository.scan(&["."]);
    run.assert_code(2);
    assert!(run.stderr.contains("cannot open the git repository"), "{}", run.stderr);
}
