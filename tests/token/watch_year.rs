//! 400 days of an instance with 2,000 tokens that are made, used, rotated, that end and vanish.
//! Runs of the library are killed and start at once; a slow oracle looks at the tokens' histories
//! alone.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use gitlab_model::records::{AccessKind, AccessToken, Group, Project, User, UserKind, UserState};
use gitlab_model::{Fixture, Kind, Model, Profile, Tier, date_of};
use jiff::{Timestamp, ToSpan};
use tokensieve::gitlab::inventory::{self, Caller, EntryKind, Request, Scope};
use tokensieve::gitlab::watch::{Channel, Event, State, Steps, Store, Watcher};
use tokensieve::gitlab::{Client, Credential, Instance, Options, Scheme};
use tokensieve_core::{RuleSet, Scanner, Secret};

const DAYS: i64 = 400;
const TOKENS: u64 = 2_000;
const AT_START: u64 = 300;
const PEOPLE: u64 = 12;
const STEPS: [u32; 3] = [60, 30, 7];
const KINDS: [EntryKind; 2] = [EntryKind::PersonalAccessToken, EntryKind::ProjectAccessToken];

/// Where a run ends before its end.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Killed {
    Never,
    BeforeSave,
    BeforeDelivery,
    /// One notice went out, and the state does not know.
    AfterOne,
    /// The state's last line is cut.
    InALine,
}

/// What happened to a token, by days; the end is a day, too.
#[derive(Clone, Debug, Default)]
struct History {
    owner: u64,
    is_project: bool,
    made: i64,
    ends: i64,
    revoked: Option<i64>,
    removed: Option<i64>,
    addresses: Vec<(String, i64)>,
    rotated_from: Option<u64>,
}

struct World {
    model: Model,
    start: Timestamp,
    tokens: BTreeMap<u64, History>,
    /// For each person the days on which they were blocked.
    blocked: BTreeMap<u64, BTreeSet<i64>>,
    seed: u64,
}

fn human(id: u64, state: UserState) -> User {
    let username = format!("person{id}");
    User {
        id,
        username: username.clone(),
        name: username,
        state,
        admin: id == 1,
        ..User::default()
    }
}

impl World {
    fn new() -> Self {
        let start: Timestamp = "2026-01-01T12:00:00Z".parse().unwrap();
        let admin = AccessToken {
            user_id: 1,
            name: "admin".into(),
            scopes: vec!["api".into(), "admin_mode".into()],
            created_at: start - (24 * 400).hours(),
            expires_at: Some("2029-01-01".parse().unwrap()),
            ..AccessToken::default()
        };
        let fixture = Fixture {
            now: Some(start),
            users: (1..=PEOPLE).map(|id| human(id, UserState::Active)).collect(),
            groups: vec![Group { path: "acme".into(), name: "Acme".into(), ..Group::default() }],
            projects: (0..3)
                .map(|id| Project {
                    path: format!("p{id}"),
                    name: format!("P{id}"),
                    group_id: Some(1),
                    ..Project::default()
                })
                .collect(),
            access_tokens: vec![admin],
            ..Fixture::default()
        };
        let model = Model::start(fixture, Profile::R19_6, Tier::Ultimate).unwrap();
        let (tokens, blocked) = (BTreeMap::new(), BTreeMap::new());
        Self { model, start, tokens, blocked, seed: 0x2545_f491_4f6c_dd1d }
    }

    fn below(&mut self, end: u64) -> u64 {
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 7;
        self.seed ^= self.seed << 17;
        (self.seed >> 8) % end
    }

    fn now(&self, day: i64) -> Timestamp {
        self.start + (24 * day).hours()
    }

    fn make(&mut self, day: i64) {
        let is_project = self.below(2) == 0;
        let lifetime = 1 + i64::try_from(self.below(200)).unwrap();
        let owner = if is_project {
            let bot = User { kind: UserKind::Bot, ..User::default() };
            let owner = self.model.put_user(bot);
            let username = format!("project_1_bot_{owner:x}");
            self.model.put_user(User {
                id: owner,
                username,
                kind: UserKind::Bot,
                ..User::default()
            })
        } else {
            2 + self.below(PEOPLE - 1)
        };
        let row = AccessToken {
            kind: if is_project { AccessKind::Project } else { AccessKind::Personal },
            user_id: owner,
            name: format!("token {}", self.tokens.len()),
            scopes: vec!["read_api".into()],
            project_id: is_project.then(|| 1 + u64::try_from(day).unwrap() % 3),
            access_level: if is_project { 30 } else { 0 },
            ..AccessToken::default()
        };
        self.add(row, (day, lifetime), None);
    }

    fn add(&mut self, mut row: AccessToken, (day, lifetime): (i64, i64), from: Option<u64>) {
        let (owner, is_project) = (row.user_id, row.kind == AccessKind::Project);
        row.created_at = self.now(day);
        row.expires_at = Some(date_of(self.now(day + lifetime)));
        row.rotated_from = from;
        let id = self.model.put_access_token(row);
        let history = History {
            owner,
            is_project,
            made: day,
            ends: day + lifetime,
            rotated_from: from,
            ..History::default()
        };
        self.tokens.insert(id, history);
    }

    fn alive(&self, day: i64) -> Vec<u64> {
        let alive = self.tokens.iter().filter(|(_, token)| token.is_alive(day));
        alive.map(|(id, _)| *id).collect()
    }

    /// One that is alive, of those.
    fn any(&mut self, day: i64) -> Option<u64> {
        let alive = self.alive(day);
        let at = self.below(alive.len().max(1) as u64);
        alive.get(usize::try_from(at).unwrap()).copied()
    }

    /// What people and machines do on a day.
    fn live(&mut self, day: i64) {
        let left = TOKENS.saturating_sub(self.tokens.len() as u64);
        for _ in 0..left.min(if day == 0 { AT_START } else { 4 }) {
            self.make(day);
        }
        if day > 0
            && left > 3
            && let Some(id) = self.any(day)
        {
            self.rotate(id, day);
        }
        for _ in 0..4 {
            let Some(id) = self.any(day) else { break };
            self.make_use(id, day);
        }
        if day % 11 == 5
            && let Some(id) = self.any(day)
        {
            self.tokens.get_mut(&id).unwrap().removed = Some(day);
            self.model.remove_access_token(id);
        }
        let person = 2 + self.below(PEOPLE - 1);
        let is_blocked = day % 5 == 0;
        let state = if is_blocked { UserState::Blocked } else { UserState::Active };
        let days = self.blocked.entry(person).or_default();
        if is_blocked {
            // Until somebody lets them in again; later days are taken out below.
            days.extend(day..DAYS);
        } else {
            days.retain(|blocked| *blocked < day);
        }
        self.model.put_user(human(person, state));
    }

    fn rotate(&mut self, id: u64, day: i64) {
        let mut row = self.model.access_token(id).unwrap();
        let next = AccessToken { id: 0, last_used_ips: Vec::new(), ..row.clone() };
        (row.revoked, row.revoked_at) = (true, Some(self.now(day)));
        self.model.put_access_token(row);
        self.tokens.get_mut(&id).unwrap().revoked = Some(day);
        let lifetime = 20 + i64::try_from(self.below(100)).unwrap();
        self.add(next, (day, lifetime), Some(id));
    }

    fn make_use(&mut self, id: u64, day: i64) {
        let token = self.tokens.get_mut(&id).unwrap();
        let address = format!("192.0.2.{}", token.addresses.len());
        if token.addresses.len() < 5 {
            token.addresses.push((address, day));
            let mut row = self.model.access_token(id).unwrap();
            row.last_used_ips =
                token.addresses.iter().map(|(address, _)| address.clone()).collect();
            self.model.put_access_token(row);
        }
    }
}

impl History {
    fn is_there(&self, day: i64) -> bool {
        // A month after their death, the model deletes project tokens.
        let died = self.revoked.map_or(self.ends, |day| day.min(self.ends));
        let is_kept = !self.is_project || day <= died + 30;
        day >= self.made && self.removed.is_none_or(|removed| day < removed) && is_kept
    }

    fn is_alive(&self, day: i64) -> bool {
        let is_revoked = self.revoked.is_some_and(|revoked| revoked <= day);
        self.is_there(day) && !is_revoked && day < self.ends
    }

    /// All that has to be told of it, if there are runs on these days.
    fn expected(&self, id: u64, runs: &[i64], blocked: &BTreeSet<i64>) -> Vec<String> {
        let mut all = BTreeSet::new();
        let mut before: Option<i64> = None;
        for &day in runs {
            let was_alive = before.is_some_and(|before| self.is_alive(before));
            let was_there = before.is_some_and(|before| self.is_there(before));
            if !self.is_there(day) {
                if was_alive {
                    let has_ended = day >= self.ends;
                    let what = if has_ended { "expired" } else { "disappeared" };
                    all.insert(format!("{id} {what}"));
                }
                before = Some(day);
                continue;
            }
            if !was_there && day > runs[0] {
                let from = self.rotated_from;
                all.insert(format!("{id} new {from:?}"));
            }
            let is_revoked = self.revoked.is_some_and(|revoked| revoked <= day);
            if was_alive && !is_revoked && day >= self.ends {
                all.insert(format!("{id} expired"));
            }
            if self.is_alive(day) {
                // A token ends at midnight, and runs are at noon.
                let left = self.ends - day - 1;
                let step = STEPS.iter().copied().filter(|step| left <= i64::from(*step)).min();
                all.extend(step.map(|step| format!("{id} expiring {step}")));
                let was_active = before.is_none_or(|before| !blocked.contains(&before));
                if was_there && !self.is_project && was_active && blocked.contains(&day) {
                    all.insert(format!("{id} owner on {day}"));
                }
            }
            if let Some(before) = before.filter(|_| was_there) {
                let new =
                    self.addresses.iter().filter(|(_, used)| (before + 1..=day).contains(used));
                all.extend(new.map(|(address, _)| format!("{id} from {address}")));
            }
            before = Some(day);
        }
        all.into_iter().collect()
    }
}

/// What a receiver got: ids of messages by what they are about.
#[derive(Default)]
struct Inbox {
    ids: BTreeMap<String, BTreeSet<String>>,
    repeats: usize,
    seen: BTreeSet<String>,
}

struct Runner<'a> {
    client: Client,
    secret: Secret,
    scanner: Scanner,
    path: PathBuf,
    inbox: &'a Mutex<Inbox>,
}

impl Runner<'_> {
    /// A run, as `token watch` makes it, up to where it is killed.
    fn run(&self, (day, now): (i64, Timestamp), killed: Killed) {
        let credential = Credential::new(Scheme::PrivateToken, &self.secret);
        let instance = self.client.instance().to_string();
        let mut wait = || {
            std::thread::sleep(Duration::from_millis(1));
            true
        };
        let about = (instance.as_str(), "the whole instance");
        let (mut store, mut state) = Store::open(&self.path, about, &mut wait).unwrap();
        let request =
            Request { scope: Scope::Instance, kinds: KINDS.to_vec(), now, with_audit: false };
        let redactor = self.scanner.redactor();
        let caller = Caller { client: &self.client, credential: &credential, redactor };
        let steps = Steps::new(&STEPS);
        let mut watcher = Watcher::new(&mut state, steps, &[Channel::Webhook], now);
        let listed = inventory::list(caller, &request, &mut |entry| {
            // The administrator's own.
            if entry.id > 1 {
                watcher.meet(&entry, &[]);
            }
            true
        });
        watcher.finish(&KINDS, listed.is_complete());
        if killed == Killed::BeforeSave {
            return;
        }
        store.save(&state).unwrap();
        if killed == Killed::BeforeDelivery {
            return;
        }
        self.deliver(day, (&mut store, &state), killed);
        drop(store);
        if killed == Killed::InALine {
            cut_line(&self.path);
        }
    }

    fn deliver(&self, day: i64, (store, state): (&mut Store, &State), killed: Killed) {
        let pending = state.pending(Channel::Webhook);
        for (at, notice) in pending.iter().enumerate() {
            let id = notice.entry.id;
            let key = match &notice.event {
                Event::Expiring { step, .. } => format!("{id} expiring {step}"),
                Event::New { replaces } => format!("{id} new {replaces:?}"),
                Event::NewAddress { address } => format!("{id} from {address}"),
                Event::InactiveOwner => format!("{id} owner on {day}"),
                other => format!("{id} {}", other.name()),
            };
            let mut inbox = self.inbox.lock().unwrap();
            let is_first = inbox.seen.insert(notice.message_id.clone());
            inbox.repeats += usize::from(!is_first);
            inbox.ids.entry(key).or_default().insert(notice.message_id.clone());
            drop(inbox);
            if killed == Killed::AfterOne {
                return;
            }
            // Half of them, where the run is to end in a line.
            if killed == Killed::InALine && at > pending.len() / 2 {
                return;
            }
            store.told(&[&notice.message_id], Channel::Webhook).unwrap();
        }
    }
}

/// Cuts the last line of a file, as a process that ends while it writes leaves it.
fn cut_line(path: &Path) {
    let text = std::fs::read(path).unwrap();
    if text.ends_with(b"\"}\n") && text.windows(13).any(|part| part == b"\"type\":\"told\"") {
        std::fs::write(path, &text[..text.len() - 9]).unwrap();
    }
}

#[test]
fn a_year_tells_each_notice_once() {
    let mut world = World::new();
    let dir = tempfile::tempdir().unwrap();
    let secret = world.model.secret(Kind::AccessToken, 1).unwrap();
    let inbox = Mutex::new(Inbox::default());
    let instance = Instance::parse(world.model.url()).unwrap();
    let stop = Arc::new(AtomicBool::new(false));
    let runner = Runner {
        client: Client::new(instance, Options::default(), stop).unwrap(),
        secret: Secret::new(secret.as_bytes()),
        scanner: Scanner::new(&RuleSet::builtin()),
        path: dir.path().join("state.jsonl"),
        inbox: &inbox,
    };
    let mut runs = Vec::new();
    let mut kills = 0;
    for day in 0..DAYS {
        if day > 0 {
            world.model.advance_days(1);
        }
        world.live(day);
        let at = (day, world.now(day));
        // Runs follow each other after one, three or four days, as people schedule them.
        match day % 8 {
            0 => runner.run(at, Killed::Never),
            1 => {
                let ways =
                    [Killed::BeforeSave, Killed::BeforeDelivery, Killed::AfterOne, Killed::InALine];
                runner.run(at, ways[kills % ways.len()]);
                kills += 1;
                runner.run(at, Killed::Never);
            }
            3 if day % 3 == 0 => {
                world.model.fault("500-json@GET:access_tokens".parse().unwrap());
                runner.run(at, Killed::Never);
                world.model.clear_faults();
                continue;
            }
            4 => std::thread::scope(|scope| {
                scope.spawn(|| runner.run(at, Killed::Never));
                scope.spawn(|| runner.run(at, Killed::Never));
            }),
            _ => continue,
        }
        runs.push(day);
    }
    assert!(world.tokens.len() as u64 == TOKENS && kills > 40, "{kills}");
    let none = BTreeSet::new();
    let mut expected = BTreeSet::new();
    for (id, token) in &world.tokens {
        let blocked = world.blocked.get(&token.owner).unwrap_or(&none);
        expected.extend(token.expected(*id, &runs, blocked));
    }
    let inbox = inbox.into_inner().unwrap();
    let told: BTreeSet<String> = inbox.ids.keys().cloned().collect();
    let lost: Vec<_> = expected.difference(&told).take(10).collect();
    let false_ones: Vec<_> = told.difference(&expected).take(10).collect();
    assert!(lost.is_empty() && false_ones.is_empty(), "lost {lost:?}, false {false_ones:?}");
    let doubled: Vec<_> = inbox.ids.iter().filter(|(_, ids)| ids.len() > 1).take(10).collect();
    assert!(doubled.is_empty(), "{doubled:?}");
    assert!(inbox.repeats > 0 && inbox.repeats <= kills, "{} repeats", inbox.repeats);
    for (kind, least) in
        [("expiring", 2_000), ("new", 1_500), ("expired", 500), ("from", 200), ("owner", 100)]
    {
        let count = told.iter().filter(|text| text.contains(kind)).count();
        assert!(count >= least, "{kind}: {count}");
    }
    assert!(told.iter().filter(|text| text.ends_with("disappeared")).count() > 20);
}
