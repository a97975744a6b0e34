use super::*;
use crate::gitlab::inventory::{Details, Owner};

const NOW: &str = "2026-03-10T12:00:00Z";

fn at(text: &str) -> Timestamp {
    text.parse().unwrap()
}

/// A token that meets all policies.
fn good(kind: EntryKind) -> Entry {
    Entry {
        kind,
        id: 7,
        name: "a".into(),
        place: None,
        owner: Some(Owner {
            id: 2,
            username: Some("anna".into()),
            owner_type: OwnerType::Person,
            state: OwnerState::Active,
        }),
        role: None,
        scopes: vec!["read_api".into()],
        permissions: Vec::new(),
        created_at: Some(at("2026-03-01T00:00:00Z")),
        expires_at: Some(at("2026-05-01T00:00:00Z")),
        last_used_at: Some(at("2026-03-09T00:00:00Z")),
        is_use_told: true,
        last_used_ips: Some(vec!["192.0.2.1".into()]),
        state: EntryState::Active,
        deleted_in_days: None,
        made_by: None,
        details: Details::default(),
    }
}

fn strict() -> Policy {
    let ranges = |text: &str| vec![text.parse().unwrap()];
    Policy {
        no_expiry: true,
        service_accounts_without_expiry: false,
        max_lifetime_days: Some(90),
        expiring_within_days: Some(7),
        unused_for_days: Some(30),
        broad_scopes: true,
        inactive_owner: true,
        automation_cidrs: ranges("10.0.0.0/8"),
        automation_variables: true,
        allow_ips: vec!["192.0.2.0/24".parse().unwrap(), "10.0.0.0/8".parse().unwrap()],
        webhook_without_secret: true,
        deploy_without_expiry: true,
        deploy_key_can_push: true,
        job_token_allowlist_off: true,
    }
}

fn verdicts(entry: &Entry) -> Verdicts {
    strict().check(entry, Evidence { now: at(NOW), reach: None, held: None })
}

fn policies(entry: &Entry) -> Vec<&'static str> {
    verdicts(entry).violations.iter().map(|violation| violation.policy).collect()
}

/// Holds that a change of a good entry breaks one policy, and that without it none is broken.
fn breaks(kind: EntryKind, policy: &str, change: impl Fn(&mut Entry)) {
    let mut entry = good(kind);
    assert_eq!(policies(&entry), Vec::<&str>::new(), "{kind:?}");
    change(&mut entry);
    assert_eq!(policies(&entry), [policy]);
    entry.state = EntryState::Revoked;
    assert_eq!(policies(&entry), Vec::<&str>::new(), "what is dead meets all");
}

#[test]
fn each_policy_is_broken_by_its_own_case_alone() {
    use EntryKind::{
        DeployKey, DeployToken, JobTokenScope, PersonalAccessToken, PipelineTriggerToken,
        ProjectAccessToken, SshKey, Webhook,
    };
    let never = |entry: &mut Entry| entry.expires_at = None;
    breaks(PersonalAccessToken, "no-expiry", never);
    breaks(PipelineTriggerToken, "no-expiry", never);
    breaks(SshKey, "no-expiry", never);
    breaks(DeployToken, "deploy-without-expiry", never);
    breaks(DeployKey, "deploy-without-expiry", never);
    breaks(PersonalAccessToken, "max-lifetime", |entry| {
        entry.created_at = Some(at("2026-01-01T00:00:00Z"));
    });
    breaks(PersonalAccessToken, "expiring", |entry| {
        entry.expires_at = Some(at("2026-03-17T00:00:00Z"));
    });
    breaks(PersonalAccessToken, "unused", |entry| {
        entry.last_used_at = Some(at("2026-02-01T00:00:00Z"));
    });
    breaks(PersonalAccessToken, "broad-scopes", |entry| entry.scopes = vec!["api".into()]);
    breaks(ProjectAccessToken, "broad-scopes", |entry| entry.scopes = vec!["sudo".into()]);
    for state in [OwnerState::Blocked, OwnerState::Deactivated, OwnerState::Departed] {
        breaks(PipelineTriggerToken, "inactive-owner", |entry| {
            entry.owner.as_mut().unwrap().state = state;
        });
    }
    breaks(PersonalAccessToken, "person-in-automation", |entry| {
        entry.last_used_ips = Some(vec!["10.1.2.3".into()]);
    });
    breaks(PersonalAccessToken, "used-from", |entry| {
        entry.last_used_ips = Some(vec!["192.0.2.9".into(), "203.0.113.7".into()]);
    });
    breaks(DeployKey, "deploy-key-can-push", |entry| entry.details.can_push = Some(true));
    let secrets = |token, signing| {
        move |entry: &mut Entry| {
            entry.details.has_token = token;
            entry.details.has_signing_token = signing;
        }
    };
    let mut hook = good(Webhook);
    for (token, signing) in [(Some(true), None), (Some(false), Some(true))] {
        secrets(token, signing)(&mut hook);
        assert_eq!(policies(&hook), Vec::<&str>::new());
    }
    for (token, signing) in [(Some(false), None), (Some(false), Some(false))] {
        secrets(token, signing)(&mut hook);
        assert_eq!(policies(&hook), ["webhook-without-secret"]);
    }
    breaks(JobTokenScope, "job-token-allowlist-off", |entry| entry.details.allowlist = Some(false));
}

#[test]
fn edges_of_days() {
    let mut entry = good(EntryKind::PersonalAccessToken);
    // Exactly 90 days of life, 8 days left, used 30 days ago.
    entry.created_at = Some(at("2025-12-18T12:00:00Z"));
    entry.expires_at = Some(at("2026-03-18T12:00:00Z"));
    entry.last_used_at = Some(at("2026-02-08T12:00:00Z"));
    assert_eq!(policies(&entry), Vec::<&str>::new());
    entry.created_at = Some(at("2025-12-17T12:00:00Z"));
    entry.last_used_at = Some(at("2026-02-07T12:00:00Z"));
    assert_eq!(policies(&entry), ["max-lifetime", "unused"]);
}

#[test]
fn service_accounts_may_be_excused() {
    let mut entry = good(EntryKind::ServiceAccountToken);
    entry.expires_at = None;
    assert_eq!(policies(&entry), ["no-expiry"]);
    let policy = Policy { service_accounts_without_expiry: true, ..strict() };
    let evidence = Evidence { now: at(NOW), reach: None, held: None };
    assert_eq!(policy.check(&entry, evidence).violations, []);
}

#[test]
fn machines_may_be_where_machines_are() {
    let mut entry = good(EntryKind::ServiceAccountToken);
    entry.last_used_ips = Some(vec!["10.1.2.3".into()]);
    assert_eq!(policies(&entry), Vec::<&str>::new());
    let mut entry = good(EntryKind::PersonalAccessToken);
    entry.last_used_ips = Some(vec!["10.1.2.3".into()]);
    entry.owner.as_mut().unwrap().owner_type = OwnerType::Bot;
    assert_eq!(policies(&entry), Vec::<&str>::new());
}

#[test]
fn never_used_counts_from_its_creation() {
    let mut entry = good(EntryKind::SshKey);
    entry.last_used_at = None;
    assert_eq!(policies(&entry), Vec::<&str>::new());
    entry.created_at = Some(at("2026-02-01T00:00:00Z"));
    assert_eq!(policies(&entry), ["unused"]);
}

#[test]
fn what_is_not_told_is_not_clean() {
    let mut entry = good(EntryKind::PersonalAccessToken);
    entry.last_used_ips = None;
    entry.is_use_told = false;
    entry.owner.as_mut().unwrap().state = OwnerState::Unknown;
    let unchecked: Vec<_> = verdicts(&entry).unchecked.iter().map(|(policy, _)| *policy).collect();
    assert_eq!(unchecked, ["unused", "inactive-owner", "person-in-automation", "used-from"]);
    let hook = good(EntryKind::Webhook);
    assert_eq!(verdicts(&hook).unchecked[0].0, "webhook-without-secret");
    let off = Policy::default().check(&entry, Evidence { now: at(NOW), reach: None, held: None });
    assert_eq!(off, Verdicts::default());
    assert!(!Policy::default().is_any() && strict().is_any());
}

#[test]
fn reach_is_evidence_of_ones_own_token() {
    let mut entry = good(EntryKind::PersonalAccessToken);
    entry.scopes = vec!["api".into()];
    let reach = Reach { id: 7, text: "2 groups and 30 projects".into() };
    let evidence = Evidence { now: at(NOW), reach: Some(&reach), held: None };
    let message = &strict().check(&entry, evidence).violations[0].message;
    assert!(message.ends_with("it reaches 2 groups and 30 projects"), "{message}");
    entry.id = 8;
    let message = &strict().check(&entry, evidence).violations[0].message;
    assert!(!message.contains("reaches"), "{message}");
}
