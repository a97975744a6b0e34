//! `token rotate` on a disk that is full, or whose writes fail, before the one call and after it.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::Duration;

use gitlab_model::Fault;

use super::rig::Rig;
use crate::support::command::Run;

const BY_ID: &[&str] = &["--kind", "project_access_token", "--id", "30", "--project", "1", "--yes"];
const BY_SELF: &[&str] = &["--self", "--in-use", "--yes", "--settle", "0"];

/// What a page of the disk holds.
const PAGE: usize = 4096;

/// A disk of 16 pages, which is mounted in a folder as long as this lives.
struct Disk {
    folder: PathBuf,
}

impl Disk {
    /// Returns nothing where mounting is not permitted, and says so.
    fn mount(folder: PathBuf) -> Option<Self> {
        fs::create_dir(&folder).unwrap();
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", "size=64k", "tokensieve-test"]).arg(&folder);
        let is_mounted = mount.stderr(Stdio::null()).status().is_ok_and(|status| status.success());
        if !is_mounted {
            eprintln!("SKIPPED: this machine does not let a test mount a disk");
        }
        is_mounted.then_some(Self { folder })
    }

    /// Fills the disk, but for `free` pages.
    fn fill(&self, free: usize) {
        let path = self.folder.join("filler");
        let _ = fs::remove_file(&path);
        let mut len = 0;
        while fs::write(&path, vec![b'x'; len + PAGE]).is_ok() {
            len += PAGE;
        }
        fs::write(&path, vec![b'x'; len.saturating_sub(free * PAGE)]).unwrap();
    }
}

impl Drop for Disk {
    fn drop(&mut self) {
        let done = Command::new("umount").arg(&self.folder).status();
        assert!(done.is_ok_and(|status| status.success()), "{} stays", self.folder.display());
    }
}

fn state(run: &Run) -> String {
    run.json()["rotations"][0]["state"].as_str().unwrap().to_owned()
}

fn reason(run: &Run) -> String {
    run.json()["rotations"][0]["reason"].as_str().unwrap_or_default().to_owned()
}

/// Secret file and journal on the disk.
fn on_disk() -> Vec<&'static str> {
    let mut args = vec!["--secret-file", "disk/new", "--journal", "disk/journal"];
    args.extend(BY_ID);
    args
}

/// Either nothing was sent, or the secret is in the file.
fn is_kept(rig: &Rig, run: &Run, file: &str, what: &str) -> bool {
    match state(run).as_str() {
        "refused" => {
            assert!(reason(run).contains("nothing was sent"), "{what}: {run:?}");
            assert_eq!(rig.count("POST", "/rotate"), 0, "{what}");
            false
        }
        "done" => {
            rig.assert_saved(30, file);
            true
        }
        other => panic!("{what}: {other}: {run:?}"),
    }
}

#[test]
fn a_disk_that_is_full_before_the_call() {
    let mut ends = Vec::new();
    for free in 0..=16 {
        let rig = Rig::new();
        rig.credential("me", 2);
        let Some(disk) = Disk::mount(rig.dir.path().join("disk")) else { return };
        disk.fill(free);
        let run = rig.run("rotate", &on_disk());
        ends.push(is_kept(&rig, &run, "disk/new", &format!("{free} pages")));
        if !ends[free] {
            assert!(!disk.folder.join("new").exists(), "{free} pages: a file that nobody needs");
            disk.fill(15);
            assert_eq!(state(rig.run("rotate", &on_disk()).assert_code(0)), "done");
            rig.assert_saved(30, "disk/new");
        }
        rig.assert_careful(30, &[run]);
    }
    assert!(!ends[0] && ends[16], "{ends:?}");
    assert!(ends.is_sorted(), "more room does no harm: {ends:?}");
}

/// Starts a rotation and returns when the model has done its work and is slow to answer.
fn while_it_waits(rig: &Rig, mut command: Command, args: &[&str]) -> Child {
    let stall = Duration::from_secs(2);
    rig.model.fault(Fault::named("stall-after").on("POST", "/rotate").times(1).stall(stall));
    let child = command.args(args).stdout(Stdio::piped()).spawn().unwrap();
    while rig.count("POST", "/rotate") == 0 {
        std::thread::sleep(Duration::from_millis(10));
    }
    child
}

/// Room for the secret and for the journal is taken before the call.
#[test]
fn a_disk_that_is_full_after_the_call() {
    let rig = Rig::new();
    rig.credential("me", 2);
    let Some(disk) = Disk::mount(rig.dir.path().join("disk")) else { return };
    let child = while_it_waits(&rig, rig.command("rotate", &[]), &on_disk());
    disk.fill(0);
    let run = Run::of(child.wait_with_output().unwrap());
    assert_eq!(state(run.assert_code(0)), "done");
    rig.assert_saved(30, "disk/new");
    let journal = rig.text("disk/journal");
    assert!(journal.lines().last().unwrap().contains("\"done\""), "{journal}");
    rig.assert_careful(30, &[run]);
}

/// The command under a shell that sets limits first.
fn under(rig: &Rig, limits: &str) -> Command {
    let script = format!("{limits}; exec {} \"$@\"", env!("CARGO_BIN_EXE_tokensieve"));
    let mut command = Command::new("sh");
    command.args(["-c", &script, "sh"]).current_dir(rig.dir.path());
    command.env("XDG_STATE_HOME", rig.dir.path().join(".state"));
    command.args(["token", "rotate", "--instance", rig.model.url(), "--format", "json"]);
    command.args(["--token-file", "me", "--secret-file", "new"]);
    command
}

/// The same without a disk of its own: a limit bounds files to some blocks of 512 bytes.
#[test]
fn files_that_may_not_grow_before_the_call() {
    let mut ends = Vec::new();
    for blocks in [0, 1, 7, 8, 9, 64, 95, 96, 97, 200] {
        let rig = Rig::new();
        rig.credential("me", 2);
        let mut command = under(&rig, &format!("ulimit -f {blocks}"));
        let run = Run::of(command.args(BY_ID).output().unwrap());
        ends.push(is_kept(&rig, &run, "new", &format!("{blocks} blocks")));
        if ends.last() == Some(&false) {
            assert!(!rig.dir.path().join("new").exists(), "{blocks} blocks");
            assert_eq!(state(rig.rotate(BY_ID).assert_code(0)), "done");
            rig.assert_saved(30, "new");
        }
        rig.assert_careful(30, &[run]);
    }
    assert!(!ends[0] && ends[ends.len() - 1] && ends.is_sorted(), "{ends:?}");
}

/// Forbids a process to write to any file.
fn forbid_writing(child: &Child) {
    let none = libc::rlimit { rlim_cur: 0, rlim_max: 0 };
    let id = libc::pid_t::try_from(child.id()).unwrap();
    // SAFETY: the kernel reads the structure during the call and keeps nothing of it.
    let done =
        unsafe { libc::prlimit(id, libc::RLIMIT_FSIZE, &raw const none, std::ptr::null_mut()) };
    assert_eq!(done, 0, "{}", std::io::Error::last_os_error());
}

/// What is on the disk of a failed rotation holds no secret.
fn is_blank(path: &Path) {
    assert!(fs::read(path).unwrap_or_default().trim_ascii().is_empty(), "{}", path.display());
}

/// Writes fail after the call, as on a broken disk: the token that lives is named, and a second
/// run gets a fresh value.
#[test]
fn writes_that_fail_after_the_call() {
    for (args, id, me) in [(BY_ID, 30, 2), (BY_SELF, 16, 16)] {
        for (limits, is_told) in [("trap '' XFSZ", true), ("ulimit -c 0", false)] {
            let rig = Rig::new();
            rig.credential("me", me);
            rig.credential("owner", 2);
            let child = while_it_waits(&rig, under(&rig, limits), args);
            forbid_writing(&child);
            let run = Run::of(child.wait_with_output().unwrap());
            is_blank(&rig.dir.path().join("new"));
            let (_, active) = rig.family(id);
            assert_eq!(active.len(), 1, "{run:?}");
            if is_told {
                assert_eq!(state(&run), "lost");
                assert_eq!(run.json()["rotations"][0]["new_id"], active[0]);
                assert!(reason(&run).contains(&format!("Token {} lives", active[0])), "{run:?}");
            } else {
                // The system has ended it: the journal knows that it was begun.
                assert_eq!(run.stdout, "");
            }
            let mut again = args.to_vec();
            if id == 16 {
                let alone = rig.rotate(args);
                assert_eq!(state(alone.assert_code(3)), "lost");
                assert_eq!(rig.count("POST", "/rotate"), 1);
                again.extend(["--with", "owner"]);
            }
            let second = rig.rotate(&again);
            assert_eq!(state(second.assert_code(0)), "recovered", "{second:?}");
            rig.assert_saved(id, "new");
            rig.assert_careful(id, &[run, second]);
        }
    }
}
