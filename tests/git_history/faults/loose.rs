//! Loose objects that are broken or gone, and what dead processes leave.

use std::fs;

use super::{assert_gap, token, with_history, write};

#[test]
fn corrupt_loose_objects_are_gaps() {
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
fn deleted_loose_objects_are_gaps() {
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

/// What a process that died has left in the folder of objects.
#[test]
fn leftovers_of_dead_processes_change_nothing() {
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
