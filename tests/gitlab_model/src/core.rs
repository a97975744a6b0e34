//! Everything the server knows, under one lock: each request is one transaction.

use std::collections::HashMap;

use jiff::{Timestamp, ToSpan, civil::Date};
use serde_json::{Value, json};

use crate::fixture::{Fixture, Instance, date_of};
use crate::profile::{Profile, Release, Tier};
use crate::records::*;

/// What a secret belongs to.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Kind {
    /// A personal, impersonation, project, group or service-account token.
    AccessToken,
    /// A deploy token.
    DeployToken,
    /// A trigger token.
    Trigger,
    /// A runner's authentication token.
    Runner,
    /// A runner controller's token.
    ControllerToken,
    /// An agent's token.
    AgentToken,
    /// An OAuth application's secret.
    Application,
    /// An OAuth access token.
    OauthToken,
    /// A job's token.
    Job,
    /// A project's feature flags client.
    FlagsClient,
    /// A SCIM token.
    ScimToken,
    /// A session cookie's value.
    Session,
    /// A user's feed token; the number is the user's.
    Feed,
    /// A user's incoming mail token; the number is the user's.
    IncomingMail,
    /// The instance's runner registration token; the number is 0.
    InstanceRegistration,
    /// A group's runner registration token; the number is the group's.
    GroupRegistration,
    /// A project's runner registration token; the number is the project's.
    ProjectRegistration,
}

/// A kind and a number.
pub(crate) type Owner = (Kind, u64);

/// The server's memory.
pub(crate) struct Core {
    pub(crate) seed: u64,
    /// The time at which the clock stands, or none: it is the machine's.
    stopped_at: Option<Timestamp>,
    days_ahead: i64,
    pub(crate) release: Release,
    pub(crate) tier: Tier,
    pub(crate) instance: Instance,
    /// What absolute URLs begin with.
    pub(crate) url: String,
    pub(crate) quirks: Quirks,
    pub(crate) users: Table<User>,
    pub(crate) groups: Table<Group>,
    pub(crate) projects: Table<Project>,
    pub(crate) members: Table<Member>,
    pub(crate) access_tokens: Table<AccessToken>,
    pub(crate) deploy_tokens: Table<DeployToken>,
    pub(crate) deploy_keys: Table<DeployKey>,
    pub(crate) ssh_keys: Table<SshKey>,
    pub(crate) gpg_keys: Table<GpgKey>,
    pub(crate) triggers: Table<Trigger>,
    pub(crate) runners: Table<Runner>,
    pub(crate) runner_controllers: Table<RunnerController>,
    pub(crate) controller_tokens: Table<ControllerToken>,
    pub(crate) agents: Table<Agent>,
    pub(crate) agent_tokens: Table<AgentToken>,
    pub(crate) applications: Table<Application>,
    pub(crate) oauth_tokens: Table<OauthToken>,
    pub(crate) jobs: Table<Job>,
    pub(crate) flags_clients: Table<FlagsClient>,
    pub(crate) scim_tokens: Table<ScimToken>,
    pub(crate) sessions: Table<Session>,
    pub(crate) hooks: Table<Hook>,
    pub(crate) variables: Table<Variable>,
    pub(crate) audit_events: Table<AuditEvent>,
    owners: HashMap<String, Owner>,
    secrets: HashMap<Owner, String>,
    pub(crate) generations: HashMap<Owner, u32>,
}

/// What a fault changes about one answer.
#[derive(Clone, Copy, Debug, Default)]
pub(crate) struct Quirks {
    pub(crate) foreign_links: bool,
    pub(crate) no_totals: bool,
    pub(crate) insert_row: bool,
    pub(crate) remove_row: bool,
}

/// Numbers rows that have no number, and puts them in order.
fn table<T: Record>(rows: Vec<T>) -> Table<T> {
    let mut table = Table::new();
    for row in rows {
        add(&mut table, row);
    }
    table
}

/// Adds a row and returns its number: its own, or the next.
pub(crate) fn add<T: Record>(table: &mut Table<T>, mut row: T) -> u64 {
    if row.id() == 0 {
        row.set_id(table.last_key_value().map_or(1, |(last, _)| last + 1));
    }
    let id = row.id();
    table.insert(id, row);
    id
}

impl Core {
    /// Builds the memory of a server that listens at `url`.
    pub(crate) fn new(fixture: Fixture, profile: Profile, tier: Tier, url: &str) -> Core {
        let more = (fixture.more_personal_tokens, fixture.more_project_tokens);
        let instance = fixture.instance;
        let own_url = format!("{url}{}", instance.relative_url_root);
        let mut core = Core {
            seed: fixture.seed,
            stopped_at: fixture.now,
            days_ahead: 0,
            release: profile.release(),
            tier,
            url: instance.external_url.clone().unwrap_or(own_url),
            instance,
            quirks: Quirks::default(),
            users: table(fixture.users),
            groups: table(fixture.groups),
            projects: table(fixture.projects),
            members: table(fixture.members),
            access_tokens: table(fixture.access_tokens),
            deploy_tokens: table(fixture.deploy_tokens),
            deploy_keys: table(fixture.deploy_keys),
            ssh_keys: table(fixture.ssh_keys),
            gpg_keys: table(fixture.gpg_keys),
            triggers: table(fixture.triggers),
            runners: table(fixture.runners),
            runner_controllers: table(fixture.runner_controllers),
            controller_tokens: table(fixture.controller_tokens),
            agents: table(fixture.agents),
            agent_tokens: table(fixture.agent_tokens),
            applications: table(fixture.applications),
            oauth_tokens: table(fixture.oauth_tokens),
            jobs: table(fixture.jobs),
            flags_clients: table(fixture.flags_clients),
            scim_tokens: table(fixture.scim_tokens),
            sessions: table(fixture.sessions),
            hooks: table(fixture.hooks),
            variables: table(fixture.variables),
            audit_events: table(fixture.audit_events),
            owners: HashMap::new(),
            secrets: HashMap::new(),
            generations: HashMap::new(),
        };
        core.add_more(more.0, more.1);
        core.issue_all();
        core
    }

    /// Adds rows for long lists: made one second after another, the last one now. Those of the
    /// project are its first bot's.
    fn add_more(&mut self, personal: u64, project: u64) {
        let user_id = self.users.keys().next().copied().unwrap_or(0);
        let project_id = self.projects.keys().next().copied();
        let tokens = self.access_tokens.values();
        let bot_id = tokens
            .filter(|token| token.kind == AccessKind::Project && token.project_id == project_id)
            .map(|token| token.user_id)
            .min();
        let expires_at = Some(self.day_after(30));
        for number in 0..personal + project {
            let of_project = number >= personal;
            let token = AccessToken {
                kind: if of_project { AccessKind::Project } else { AccessKind::Personal },
                user_id: bot_id.filter(|_| of_project).unwrap_or(user_id),
                name: format!("more {number}"),
                scopes: vec!["read_api".to_owned()],
                created_at: self.seconds_ago(personal + project - 1 - number),
                expires_at,
                project_id: project_id.filter(|_| of_project),
                access_level: if of_project { 30 } else { 0 },
                ..AccessToken::default()
            };
            add(&mut self.access_tokens, token);
        }
    }

    /// Returns the time.
    pub(crate) fn now(&self) -> Timestamp {
        let start = self.stopped_at.unwrap_or_else(Timestamp::now);
        start.checked_add((self.days_ahead * 24).hours()).unwrap_or(start)
    }

    fn seconds_ago(&self, seconds: u64) -> Timestamp {
        let seconds = i64::try_from(seconds).unwrap_or(i64::MAX).seconds();
        self.now().checked_sub(seconds).unwrap_or(Timestamp::MIN)
    }

    /// Returns the day, in UTC.
    pub(crate) fn today(&self) -> Date {
        date_of(self.now())
    }

    /// Returns the day `days` days from now.
    pub(crate) fn day_after(&self, days: i64) -> Date {
        self.today().checked_add(days.days()).unwrap_or(Date::MAX)
    }

    /// Returns the time `days` days from now.
    pub(crate) fn time_after(&self, days: i64) -> Timestamp {
        self.now().checked_add((days * 24).hours()).unwrap_or(Timestamp::MAX)
    }

    /// Moves the clock and does what GitLab's nightly jobs do: rows of project and group tokens
    /// that were inactive for long go, and their bots.
    pub(crate) fn advance(&mut self, days: u32) {
        self.days_ahead += i64::from(days);
        let Some(keep) = self.instance.inactive_resource_access_tokens_delete_after_days else {
            return;
        };
        let limit = self.day_after(-i64::from(keep));
        let gone: Vec<u64> = self
            .access_tokens
            .values()
            .filter(|token| matches!(token.kind, AccessKind::Project | AccessKind::Group))
            .filter(|token| {
                let revoked = token.revoked.then(|| date_of(token.revoked_at.unwrap_or_default()));
                let expired = token.expires_at.filter(|day| *day <= self.today());
                [revoked, expired].into_iter().flatten().min().is_some_and(|day| day < limit)
            })
            .map(|token| token.id)
            .collect();
        for id in gone {
            let bot = self.access_tokens.remove(&id).map(|token| token.user_id);
            self.forget((Kind::AccessToken, id));
            let in_use =
                |core: &Core, bot| core.access_tokens.values().any(|token| token.user_id == bot);
            if let Some(bot) = bot.filter(|&bot| !in_use(self, bot)) {
                self.users.remove(&bot);
                self.members.retain(|_, member| member.user_id != bot);
            }
        }
    }

    /// Tells whether the release that is played is this one or a later one.
    pub(crate) fn since(&self, major: u8, minor: u8) -> bool {
        self.release >= (major, minor)
    }

    /// Remembers a secret; an earlier one of the same owner is forgotten.
    pub(crate) fn remember(&mut self, owner: Owner, secret: String) {
        self.forget(owner);
        self.owners.insert(secret.clone(), owner);
        self.secrets.insert(owner, secret);
    }

    /// Forgets a secret.
    pub(crate) fn forget(&mut self, owner: Owner) {
        if let Some(secret) = self.secrets.remove(&owner) {
            self.owners.remove(&secret);
        }
    }

    /// Returns what a secret belongs to.
    pub(crate) fn owner(&self, secret: &str) -> Option<Owner> {
        self.owners.get(secret).copied()
    }

    /// Returns a secret.
    pub(crate) fn secret(&self, owner: Owner) -> Option<&str> {
        self.secrets.get(&owner).map(String::as_str)
    }

    /// Returns all secrets, in order.
    pub(crate) fn secrets(&self) -> Vec<(Owner, String)> {
        let mut all: Vec<_> =
            self.secrets.iter().map(|(owner, secret)| (*owner, secret.clone())).collect();
        all.sort();
        all
    }

    /// Returns all rows, without secrets.
    pub(crate) fn dump(&self) -> Value {
        fn rows<T: serde::Serialize>(table: &Table<T>) -> Value {
            table.values().map(|row| json!(row)).collect()
        }
        json!({
            "now": self.now().to_string(),
            "release": format!("{}.{}", self.release.0, self.release.1),
            "instance": self.instance,
            "users": rows(&self.users),
            "groups": rows(&self.groups),
            "projects": rows(&self.projects),
            "members": rows(&self.members),
            "access_tokens": rows(&self.access_tokens),
            "deploy_tokens": rows(&self.deploy_tokens),
            "deploy_keys": rows(&self.deploy_keys),
            "ssh_keys": rows(&self.ssh_keys),
            "gpg_keys": rows(&self.gpg_keys),
            "triggers": rows(&self.triggers),
            "runners": rows(&self.runners),
            "runner_controllers": rows(&self.runner_controllers),
            "controller_tokens": rows(&self.controller_tokens),
            "agents": rows(&self.agents),
            "agent_tokens": rows(&self.agent_tokens),
            "applications": rows(&self.applications),
            "oauth_tokens": rows(&self.oauth_tokens),
            "jobs": rows(&self.jobs),
            "flags_clients": rows(&self.flags_clients),
            "scim_tokens": rows(&self.scim_tokens),
            "sessions": rows(&self.sessions),
            "hooks": rows(&self.hooks),
            "variables": rows(&self.variables),
            "audit_events": rows(&self.audit_events),
        })
    }
}
