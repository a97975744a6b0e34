//! Runs over made entries, and the file between them.

use std::path::Path;

use jiff::{Timestamp, ToSpan};

use super::{Channel, Notice, State, Steps, Store, StoreError, Watcher};
use crate::gitlab::inventory::{
    Details, Entry, EntryKind, EntryState, Owner, OwnerState, OwnerType, Place,
};
use crate::gitlab::policy::Violation;

const KIND: EntryKind = EntryKind::ProjectAccessToken;

fn day(number: i64) -> Timestamp {
    let start: Timestamp = "2026-03-01T12:00:00Z".parse().unwrap();
    start + (number * 24).hours()
}

/// A token that ends `ends` days after the first, and was made long before.
fn token(id: u64, ends: i64) -> Entry {
    Entry {
        kind: KIND,
        id,
        name: "ci".to_owned(),
        place: Some(Place { place_type: "project", id: 7, path: "acme/shop".to_owned() }),
        owner: Some(Owner {
            id: 100 + id,
            username: None,
            owner_type: OwnerType::Bot,
            state: OwnerState::Active,
        }),
        role: Some(30),
        scopes: vec!["api".to_owned()],
        permissions: Vec::new(),
        created_at: Some(day(-100)),
        expires_at: Some(day(ends)),
        last_used_at: None,
        is_use_told: true,
        last_used_ips: Some(vec!["192.0.2.1".to_owned()]),
        state: EntryState::Active,
        deleted_in_days: None,
        made_by: None,
        details: Details::default(),
    }
}

/// A run over entries on a day. Returns what it tells, and takes that for told.
fn run(state: &mut State, now: i64, entries: &[Entry]) -> Vec<String> {
    run_with(state, now, entries, true)
}

fn run_with(state: &mut State, now: i64, entries: &[Entry], is_complete: bool) -> Vec<String> {
    let steps = Steps::new(&[60, 30, 7]);
    let mut watcher = Watcher::new(state, steps, &[Channel::Report], day(now));
    entries.iter().for_each(|entry| watcher.meet(entry, &[]));
    watcher.finish(&[KIND, EntryKind::DeployToken], is_complete);
    let notices = state.pending(Channel::Report);
    state.told(&notices.iter().map(|notice| notice.message_id.clone()).collect(), Channel::Report);
    notices.iter().map(brief).collect()
}

/// `expiring 30: 1`.
fn brief(notice: &Notice) -> String {
    let json = serde_json::to_value(notice).unwrap();
    let more = ["step", "address", "replaces", "policy"].iter().find_map(|key| json.get(*key));
    let more = more.map_or_else(String::new, |more| format!(" {more}").replace('"', ""));
    format!("{}{more}: {}", notice.event.name(), notice.entry.id)
}

fn state() -> State {
    State::new("https://gitlab.example.com", "group acme")
}

#[test]
fn the_first_run_tells_near_ends_alone() {
    let mut state = state();
    let entries = [token(1, 90), token(2, 40), token(3, 5), token(4, -3)];
    let mut dead = entries.clone();
    dead[3].state = EntryState::Expired;
    assert_eq!(run(&mut state, 0, &dead), ["expiring 7: 3", "expiring 60: 2"]);
    assert_eq!(run(&mut state, 0, &dead), [""; 0]);
}

#[test]
fn each_step_is_told_once_and_a_late_one_stands_for_those_before() {
    let mut state = state();
    let mut told = Vec::new();
    for now in 0..101 {
        let mut entry = token(1, 99);
        if now >= 99 {
            entry.state = EntryState::Expired;
        }
        let new = run(&mut state, now, &[entry]);
        told.extend(new.into_iter().map(|text| format!("{now} {text}")));
    }
    let steps = ["39 expiring 60: 1", "69 expiring 30: 1", "92 expiring 7: 1", "99 expired: 1"];
    assert_eq!(told, steps);
    // A run that comes late.
    assert_eq!(run(&mut state, 0, &[token(2, 99)]), ["new: 2"]);
    assert_eq!(run(&mut state, 95, &[token(2, 99)]), ["expiring 7: 2"]);
    // An end that was moved is another end.
    assert_eq!(run(&mut state, 96, &[token(2, 110)]), ["expiring 30: 2"]);
}

#[test]
fn what_changes_is_told_once() {
    let mut state = state();
    run(&mut state, 0, &[token(1, 300)]);
    let mut entry = token(1, 300);
    entry.last_used_ips = Some(vec!["192.0.2.1".to_owned(), "198.51.100.9".to_owned()]);
    assert_eq!(run(&mut state, 1, &[entry.clone()]), ["new_address 198.51.100.9: 1"]);
    assert_eq!(run(&mut state, 2, &[entry.clone()]), [""; 0]);
    // The same address, after the list of the last five forgot it.
    entry.last_used_ips = Some(vec!["192.0.2.1".to_owned()]);
    assert_eq!(run(&mut state, 2, &[entry.clone()]), [""; 0]);
    entry.last_used_ips = Some(vec!["198.51.100.9".to_owned()]);
    assert_eq!(run(&mut state, 2, &[entry.clone()]), [""; 0]);
    for (now, owner, told) in [
        (3, OwnerState::Blocked, &["inactive_owner: 1"][..]),
        (4, OwnerState::Blocked, &[]),
        (5, OwnerState::Unknown, &[]),
        (6, OwnerState::Departed, &[]),
        (7, OwnerState::Active, &[]),
        (8, OwnerState::Departed, &["inactive_owner: 1"]),
    ] {
        entry.owner.as_mut().unwrap().state = owner;
        assert_eq!(run(&mut state, now, &[entry.clone()]), told, "{now}");
    }
}

/// A release that begins to tell addresses is no break-in.
#[test]
fn the_first_addresses_are_taken_for_known() {
    let mut state = state();
    let mut entry = token(1, 300);
    entry.last_used_ips = None;
    run(&mut state, 0, &[entry]);
    assert_eq!(run(&mut state, 1, &[token(1, 300)]), [""; 0]);
}

#[test]
fn violations_are_told_when_they_begin() {
    let mut state = state();
    let broken = Violation { policy: "no-expiry", message: "it never expires".into(), remedy: "x" };
    let mut told = Vec::new();
    let broken = std::slice::from_ref(&broken);
    let runs = [&[][..], broken, broken, &[], broken];
    for (now, violations) in (0..).zip(runs) {
        let steps = Steps::new(&[]);
        let mut watcher = Watcher::new(&mut state, steps, &[Channel::Report], day(now));
        watcher.meet(&token(1, 300), violations);
        watcher.finish(&[KIND], true);
        told.push(state.pending(Channel::Report).len());
    }
    assert_eq!(told, [0, 1, 1, 1, 2]);
}

#[test]
fn only_a_complete_list_says_that_a_token_disappeared() {
    let mut state = state();
    let mut dead = token(2, -40);
    dead.state = EntryState::Expired;
    run(&mut state, 0, &[token(1, 300), dead, token(3, 65)]);
    assert_eq!(run_with(&mut state, 1, &[], false), [""; 0]);
    // GitLab deletes the record of a dead token, and one that ended meanwhile has expired.
    assert_eq!(run(&mut state, 70, &[]), ["expired: 3", "disappeared: 1"]);
    assert_eq!(run(&mut state, 71, &[]), [""; 0]);
    assert!(state.is_empty());
    // Kinds that were not asked about did not disappear.
    run(&mut state, 72, &[token(1, 300)]);
    let watcher = Watcher::new(&mut state, Steps::new(&[]), &[Channel::Report], day(73));
    watcher.finish(&[EntryKind::DeployToken], true);
    assert_eq!(state.len(), 1);
}

#[test]
fn a_successor_is_new_and_its_predecessor_did_not_disappear() {
    let mut state = state();
    let successor = |id| {
        let mut entry = token(id, 300);
        entry.owner = token(1, 300).owner;
        entry
    };
    run(&mut state, 0, &[token(1, 300)]);
    let mut old = token(1, 300);
    old.state = EntryState::Revoked;
    // Twice since the last run.
    let mut middle = successor(2);
    middle.state = EntryState::Revoked;
    let told = run(&mut state, 1, &[successor(3), old.clone(), middle.clone()]);
    assert_eq!(told, ["new 1: 2", "new 2: 3"]);
    // An instance that lists no revoked tokens.
    assert_eq!(run(&mut state, 2, &[successor(4)]), ["new 3: 4"]);
    // Another token of the same account under another name is no successor.
    let mut other = successor(5);
    other.name = "other".to_owned();
    assert_eq!(run(&mut state, 3, &[other]), ["disappeared: 4", "new: 5"]);
}

/// Where a list failed, what it would have brought is not new when it comes.
#[test]
fn stock_is_taken_until_a_list_was_complete_once() {
    let mut state = state();
    assert_eq!(run_with(&mut state, 0, &[token(1, 300)], false), [""; 0]);
    let mut fresh = token(3, 300);
    fresh.created_at = Some(day(1));
    let told = run_with(&mut state, 2, &[token(1, 300), token(2, 300), fresh.clone()], true);
    assert_eq!(told, ["new: 3"]);
    // After that, an old token is new to this scope.
    assert_eq!(
        run(&mut state, 3, &[token(1, 300), token(2, 300), fresh, token(4, 300)]),
        ["new: 4"]
    );
}

#[test]
fn what_filters_leave_out_is_remembered_in_silence() {
    let mut state = state();
    run(&mut state, 0, &[token(1, 300)]);
    let mut watcher = Watcher::new(&mut state, Steps::new(&[60]), &[Channel::Report], day(1));
    watcher.pass(&token(1, 300));
    watcher.pass(&token(2, 10));
    watcher.finish(&[KIND], true);
    assert!(state.pending(Channel::Report).is_empty());
    // The end of the one that counts again was never told.
    assert_eq!(run(&mut state, 2, &[token(1, 300), token(2, 10)]), ["expiring 30: 2"]);
}

/// A process that another test starts holds the lock for a moment: so this waits a little.
fn open(path: &Path) -> Result<(Store, State), StoreError> {
    let mut waits = 0..50;
    let mut wait = || {
        std::thread::sleep(std::time::Duration::from_millis(10));
        waits.next().is_some()
    };
    Store::open(path, ("https://gitlab.example.com", "group acme"), &mut wait)
}

#[test]
fn a_state_is_read_as_it_was_written() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state.jsonl");
    let (mut store, mut state) = open(&path).unwrap();
    assert!(state.is_first_run());
    let steps = Steps::new(&[60, 30, 7]);
    let channels = [Channel::Report, Channel::Webhook];
    let mut watcher = Watcher::new(&mut state, steps, &channels, day(0));
    watcher.meet(&token(1, 20), &[]);
    watcher.meet(&token(2, 3), &[]);
    watcher.finish(&[KIND], true);
    store.save(&state).unwrap();
    assert!(matches!(open(&path), Err(StoreError::Busy)), "saved, and still locked");
    let found = state.pending(Channel::Webhook);
    store.told(&[&found[0].message_id], Channel::Webhook).unwrap();
    drop(store);
    let (_, mut again) = open(&path).unwrap();
    assert_eq!(again.pending(Channel::Report), found);
    assert_eq!(again.pending(Channel::Webhook), found[1..]);
    assert_eq!(run(&mut again, 0, &[token(1, 20), token(2, 3)]).len(), 2, "only what is pending");
    let mode = std::os::unix::fs::MetadataExt::mode(&path.metadata().unwrap());
    assert_eq!(mode & 0o777, 0o600);
}

/// A process can end at each byte of its last lines.
#[test]
fn half_a_line_did_not_happen() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state.jsonl");
    let (mut store, mut state) = open(&path).unwrap();
    let mut watcher = Watcher::new(&mut state, Steps::new(&[60]), &[Channel::Report], day(0));
    (1..4).for_each(|id| watcher.meet(&token(id, 20), &[]));
    watcher.finish(&[KIND], true);
    store.save(&state).unwrap();
    let first = usize::try_from(path.metadata().unwrap().len()).unwrap();
    let found = state.pending(Channel::Report);
    let ids: Vec<&str> = found.iter().map(|notice| notice.message_id.as_str()).collect();
    store.told(&ids, Channel::Report).unwrap();
    drop(store);
    let whole = std::fs::read(&path).unwrap();
    for cut in first..=whole.len() {
        std::fs::write(&path, &whole[..cut]).unwrap();
        let (mut store, state) = open(&path).unwrap();
        let lines = whole[first..cut].iter().filter(|byte| **byte == b'\n').count();
        assert_eq!(state.pending(Channel::Report).len(), found.len() - lines, "{cut}");
        store.save(&state).unwrap();
    }
}

#[test]
fn files_of_others_are_left_alone() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state.jsonl");
    let (mut store, state) = open(&path).unwrap();
    store.save(&state).unwrap();
    drop(store);
    let own = std::fs::read_to_string(&path).unwrap();
    let other = Store::open(&path, ("https://gitlab.example.com", "group b"), &mut || false);
    assert!(matches!(other, Err(StoreError::Other(about)) if about.contains("group acme")));
    for (text, line) in [
        ("my diary".to_owned(), 1),
        ("my diary\n".to_owned(), 1),
        (format!("{own}x\n"), 2),
        (format!("{own}{own}"), 2),
        (own.replace("\"version\":1", "\"version\":2"), 1),
    ] {
        std::fs::write(&path, &text).unwrap();
        let error = open(&path).unwrap_err();
        assert!(matches!(error, StoreError::Broken(at) if at == line), "{text}: {error:?}");
        assert_eq!(std::fs::read_to_string(&path).unwrap(), text);
    }
    assert!(open(Path::new("/dev/null")).is_err());
    assert!(open(dir.path()).is_err());
}

/// Who waits gets the file that the other one left, not the one that it replaced.
#[test]
fn runs_at_once_follow_each_other() {
    let dir = tempfile::tempdir().unwrap();
    let path = dir.path().join("state.jsonl");
    let sum = std::sync::Mutex::new(0);
    std::thread::scope(|scope| {
        for _ in 0..8 {
            scope.spawn(|| {
                let about = ("https://gitlab.example.com", "group acme");
                let mut wait = || {
                    std::thread::sleep(std::time::Duration::from_millis(1));
                    true
                };
                let (mut store, mut state) = Store::open(&path, about, &mut wait).unwrap();
                let entries: Vec<Entry> = (0..50).map(|id| token(id, 20)).collect();
                let steps = Steps::new(&[60]);
                let mut watcher = Watcher::new(&mut state, steps, &[Channel::Report], day(0));
                entries.iter().for_each(|entry| watcher.meet(entry, &[]));
                watcher.finish(&[KIND], true);
                store.save(&state).unwrap();
                let told = state.pending(Channel::Report);
                let ids: Vec<&str> = told.iter().map(|told| told.message_id.as_str()).collect();
                store.told(&ids, Channel::Report).unwrap();
                *sum.lock().unwrap() += told.len();
            });
        }
    });
    assert_eq!(*sum.lock().unwrap(), 50);
}
