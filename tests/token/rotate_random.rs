//! `token rotate` under random sequences of faults, kills and reruns.

use std::process::Stdio;
use std::time::{Duration, Instant};

use gitlab_model::Fault;
use proptest::prelude::*;

use super::rig::Rig;
use crate::support::command::Run;

/// What goes wrong in one run.
#[derive(Clone, Debug)]
enum Trouble {
    /// The answer to a write.
    Write(&'static str),
    /// The answers to reads, after this many.
    Read(&'static str, u32),
    /// The process is killed while the model stalls.
    Kill(&'static str),
    /// Nothing.
    None,
}

fn trouble() -> impl Strategy<Value = Trouble> {
    let write = prop::sample::select(
        &[
            "cut-before",
            "reset-before",
            "cut-after",
            "reset-after",
            "502-after",
            "half-headers",
            "half-body",
            "broken-json",
            "200-html",
            "429-plain",
            "500-json",
            "401",
            "403-html",
            "redirect-foreign",
        ][..],
    );
    let read = prop::sample::select(&["401-html", "403-plain", "404-html", "200-empty"][..]);
    let stall = prop::sample::select(&["stall-before", "stall-after", "stall-body"][..]);
    prop_oneof![
        4 => write.prop_map(Trouble::Write),
        2 => (read, 0u32..4).prop_map(|(name, after)| Trouble::Read(name, after)),
        1 => stall.prop_map(Trouble::Kill),
        1 => Just(Trouble::None),
    ]
}

fn run(rig: &Rig, args: &[&str], trouble: &Trouble) -> Option<Run> {
    rig.model.clear_faults();
    match trouble {
        Trouble::Write(name) => rig.model.fault(Fault::named(name).on("POST", "/rotate").times(1)),
        Trouble::Read(name, after) => {
            rig.model.fault(Fault::named(name).on("GET", "").after(*after));
        }
        Trouble::Kill(name) => rig.model.fault(Fault::named(name).on("POST", "/rotate").times(1)),
        Trouble::None => {}
    }
    let mut command = rig.command("rotate", &["--secret-file", "new"]);
    command.args(args).stdout(Stdio::piped()).stderr(Stdio::piped());
    if !matches!(trouble, Trouble::Kill(_)) {
        return Some(Run::of(command.output().unwrap()));
    }
    let posts = rig.count("POST", "/rotate");
    let mut child = command.spawn().unwrap();
    let start = Instant::now();
    while start.elapsed() < Duration::from_secs(20) {
        if rig.count("POST", "/rotate") > posts {
            std::thread::sleep(Duration::from_millis(20));
            break;
        }
        if child.try_wait().unwrap().is_some() {
            break;
        }
        std::thread::sleep(Duration::from_millis(5));
    }
    let _ = child.kill();
    child.wait().unwrap();
    None
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, max_shrink_iters: 30, failure_persistence: None,
        ..Default::default()
    })]

    /// Whatever went wrong before, a run without trouble ends with the one living value in the
    /// file, and no token was rotated twice.
    #[test]
    fn nothing_is_ever_lost(
        troubles in prop::collection::vec(trouble(), 0..5),
        is_self in any::<bool>(),
    ) {
        let rig = Rig::new();
        let (id, me) = if is_self { (16, 16) } else { (30, 2) };
        rig.credential("me", me);
        rig.credential("owner", 2);
        let args: &[&str] = if is_self {
            &["--self", "--in-use", "--yes", "--settle", "0", "--with", "owner"]
        } else {
            &["--kind", "project_access_token", "--id", "30", "--project", "1", "--yes"]
        };
        let runs: Vec<Run> =
            troubles.iter().filter_map(|trouble| run(&rig, args, trouble)).collect();
        let last = run(&rig, args, &Trouble::None).unwrap();
        prop_assert_eq!(last.code, Some(0), "{:?}", last);
        rig.assert_saved(id, "new");
        rig.assert_careful(id, &runs);
    }
}
