//! One run: list, remember, deliver, report.
//!
//! The order is what keeps notices from being lost: they are on the disk before the first of them
//! goes out, and each way notes in the file what went out on it.

use std::io::{self, Write};

use anyhow::{Context, Result};
use jiff::Timestamp;
use tokensieve_core::{RuleSet, Scanner};

use super::args::WatchArgs;
use super::deliver::deliver;
use super::end::End;
use super::report::Report;
use crate::cli::commands::token::listing::{self, PageAbout, Unchecked};
use crate::cli::output;
use crate::cli::output::Target;
use crate::cli::output::exit::Exit;
use crate::cli::verification::Connection;
use crate::gitlab::inventory::{self, Caller, Entry, Listed, Request};
use crate::gitlab::policy::{Evidence, Policy, Reach};
use crate::gitlab::watch::{Channel, Notice, State, Steps, Store, Watcher, Webhook};

pub(crate) fn run(args: &WatchArgs) -> Result<Exit> {
    let policy = args.policies.policy()?;
    let channels = args.channels();
    let webhook = args.webhook.webhook(&args.caller)?;
    let connection = Connection::prepare(&args.caller)?;
    let (scope, named) = args.scope.scope();
    let kinds = args.filters.kinds(policy.job_token_allowlist_off);
    if !args.quiet || args.dry_run {
        let instance = connection.client().instance();
        let to = webhook.as_ref().map(|webhook| format!(", tells {}", webhook.origin()));
        let to = to.unwrap_or_default();
        output::message::print(&format!("tokensieve: watches {named} at {instance}{to}"));
        if args.dry_run {
            let names: Vec<&str> = kinds.iter().map(|kind| kind.name()).collect();
            output::message::print(&format!("  {}", names.join(", ")));
            return Ok(Exit::Clean);
        }
    }
    let scanner = Scanner::builder().build(&RuleSet::builtin())?;
    let store = args.store(&connection, &named)?;
    // The clock is read once the state is this run's: what another run told lies before.
    let request = Request { scope, kinds, now: Timestamp::now(), with_audit: false };
    let run = Run {
        args,
        connection: &connection,
        policy: &policy,
        webhook: webhook.as_ref(),
        request,
        scanner: &scanner,
        named,
        steps: Steps::new(&args.days),
        channels,
    };
    let done = run.work(store).context("cannot watch")?;
    if !args.quiet {
        output::message::print(&done.summary());
    }
    Ok(done.exit())
}

/// What a run works with.
struct Run<'a> {
    args: &'a WatchArgs,
    connection: &'a Connection,
    policy: &'a Policy,
    webhook: Option<&'a Webhook>,
    request: Request,
    scanner: &'a Scanner,
    /// The scope's name.
    named: String,
    steps: Steps,
    /// The ways on which notices go out.
    channels: Vec<Channel>,
}

/// How a run ended.
#[derive(Default)]
struct Done {
    entries: usize,
    notices: usize,
    undelivered: usize,
    is_complete: bool,
    /// Everything was listed that an API lists, whatever could be checked.
    is_whole: bool,
}

impl Done {
    fn exit(&self) -> Exit {
        match (self.undelivered, self.notices, self.is_complete) {
            (1.., ..) => Exit::Incomplete,
            (0, 1.., _) => Exit::Findings(1),
            (0, 0, true) => Exit::Clean,
            (0, 0, false) => Exit::Incomplete,
        }
    }

    /// `7 entries, 2 notices; incomplete`.
    fn summary(&self) -> String {
        let plural = |count: usize, one: &str, many: &str| match count {
            1 => format!("1 {one}"),
            _ => format!("{count} {many}"),
        };
        let entries = plural(self.entries, "entry", "entries");
        let notices = plural(self.notices, "notice", "notices");
        let undelivered = match self.undelivered {
            0 => String::new(),
            count => format!(", {count} not delivered: the next run sends them again"),
        };
        let rest = if self.is_complete { "" } else { "; incomplete: the report says why" };
        format!("{entries}, {notices}{undelivered}{rest}")
    }
}

impl Run<'_> {
    /// Does all of it, under the lock of the state.
    fn work(&self, mut store: Option<(Store, State)>) -> Result<Done> {
        let mut done = Done::default();
        let mut told = Vec::new();
        let mut is_written = false;
        let write = |out: &mut dyn Write| {
            told = self.write(store.as_mut(), &mut done, out)?;
            out.flush()?;
            is_written = true;
            Ok(())
        };
        match &self.args.output {
            Some(path) => output::to_file(&Target::of_user(path), write)?,
            None => output::to_stdout(write)?,
        }
        if let Some((store, _)) = &mut store
            && is_written
            && !told.is_empty()
        {
            let ids: Vec<&str> = told.iter().map(|notice| notice.message_id.as_str()).collect();
            let noted = store.told(&ids, Channel::Report);
            noted.context("the state does not know that this report was written")?;
        }
        Ok(done)
    }

    /// Lists, remembers, delivers and writes. Returns the notices of the report.
    fn write(
        &self,
        store: Option<&mut (Store, State)>,
        done: &mut Done,
        out: &mut dyn Write,
    ) -> io::Result<Vec<Notice>> {
        let client = self.connection.client();
        let about = PageAbout {
            title: "Credentials of GitLab, watched",
            instance: client.instance(),
            scope: &self.named,
            now: self.request.now,
            steps: self.steps.iter().collect(),
        };
        let mut report = Report::start(self.args.format, &about, out)?;
        let Some((store, state)) = store else {
            let listed = self.list(None, done, (&mut report, &mut *out))?;
            report.end(&self.end(&listed, &[], 0), out)?;
            return Ok(Vec::new());
        };
        let mut watcher = Watcher::new(state, self.steps.clone(), &self.channels, self.request.now);
        let listed = self.list(Some(&mut watcher), done, (&mut report, &mut *out))?;
        watcher.finish(&self.request.kinds, done.is_whole);
        store.save(state)?;
        if let Some(webhook) = self.webhook {
            let credential = self.connection.credential();
            let caller =
                Caller { client, credential: &credential, redactor: self.scanner.redactor() };
            let way = (caller, self.named.as_str());
            (done.notices, done.undelivered) = deliver(webhook, way, (store, &mut *state))?;
        }
        let told = if self.channels.contains(&Channel::Report) {
            state.pending(Channel::Report)
        } else {
            Vec::new()
        };
        done.notices = done.notices.max(told.len());
        report.end(&self.end(&listed, &told, done.undelivered), out)?;
        Ok(told)
    }

    fn end<'e>(&'e self, listed: &'e Listed, notices: &'e [Notice], undelivered: usize) -> End<'e> {
        End {
            instance: self.connection.client().instance(),
            scope: &self.named,
            listed,
            notices,
            undelivered,
            has_state: self.args.state.is_some(),
        }
    }

    /// Lists the scope. What could not be checked is among the gaps.
    fn list(
        &self,
        mut watcher: Option<&mut Watcher<'_>>,
        done: &mut Done,
        (report, out): (&mut Report, &mut dyn Write),
    ) -> io::Result<Listed> {
        let credential = self.connection.credential();
        let client = self.connection.client();
        let caller = Caller { client, credential: &credential, redactor: self.scanner.redactor() };
        let reach = self.policy.broad_scopes.then(|| inventory::own_reach(caller)).flatten();
        let reach = reach.map(|(id, text)| Reach { id, text });
        let held = listing::held(self.policy, &self.request, self.scanner, caller);
        let evidence =
            Evidence { now: self.request.now, reach: reach.as_ref(), held: held.as_ref() };
        let mut unchecked = Unchecked::default();
        let mut failed = None;
        let mut take = |entry: Entry| {
            let is_accepted = self.args.filters.accepts(&entry);
            let verdicts = self.policy.check(&entry, evidence);
            if !is_accepted || self.args.policies.hides(&verdicts) {
                watcher.iter_mut().for_each(|watcher| watcher.pass(&entry));
                return true;
            }
            unchecked.add(&entry, &verdicts.unchecked);
            watcher.iter_mut().for_each(|watcher| watcher.meet(&entry, &verdicts.violations));
            done.entries += 1;
            failed = report.entry(&entry, &verdicts.violations, out).err();
            failed.is_none()
        };
        let listed = inventory::list(caller, &self.request, &mut take);
        if let Some(error) = failed {
            return Err(error);
        }
        // A policy that could not be checked hides no entry.
        let is_whole = listed.is_complete();
        let mut gaps = listed.gaps;
        gaps.extend(unchecked.into_gaps());
        gaps.extend(held.into_iter().flat_map(|held| held.gaps));
        let listed = Listed { gaps, ..listed };
        done.is_complete = listed.is_complete();
        done.is_whole = is_whole;
        Ok(listed)
    }
}
