//! Finds the places of a scope.

use super::entry::{EntryKind, Place};
use super::pages::{Order, Refusal};
use super::record::Record;
use super::scope::{Scope, instance};
use super::walk::{Call, Walk};

const KEYS: [EntryKind; 2] = [EntryKind::SshKey, EntryKind::GpgKey];
/// What projects list.
const OF_PROJECTS: [EntryKind; 10] = [
    EntryKind::ProjectAccessToken,
    EntryKind::ServiceAccountToken,
    EntryKind::DeployToken,
    EntryKind::PipelineTriggerToken,
    EntryKind::Runner,
    EntryKind::KubernetesAgentToken,
    EntryKind::DeployKey,
    EntryKind::Webhook,
    EntryKind::JobTokenScope,
    EntryKind::SshKey,
];

impl Walk<'_> {
    /// The places of a scope, its own first. Empty where the scope itself is refused: a gap says
    /// so.
    pub(super) fn places(&self, scope: &Scope) -> Vec<Place> {
        match scope {
            Scope::Project(name) => self.root("project", name).into_iter().collect(),
            Scope::Group(name) => match self.root("group", name) {
                Some(root) => self.below(root),
                None => Vec::new(),
            },
            Scope::User(name) => self.named_user(name.as_deref()).into_iter().collect(),
            Scope::Instance => self.whole(),
        }
    }

    fn root(&self, place_type: &'static str, name: &str) -> Option<Place> {
        let path = format!("/{place_type}s/{}", crate::gitlab::percent_encoded(name));
        let place = Place { place_type, id: 0, path: self.builder.clean(name) };
        let call = Call::below(EntryKind::Webhook, &place, "", Order::Numbered)
            .at(path, &format!("/{place_type}s/:id"));
        self.one(&call).and_then(|record| self.place_of(place_type, &record))
    }

    fn place_of(&self, place_type: &'static str, record: &Record) -> Option<Place> {
        let path = match place_type {
            "project" => record.path_with_namespace.as_deref(),
            "group" => record.full_path.as_deref(),
            _ => record.username.as_deref(),
        };
        let path = self.builder.clean(path?);
        (record.id != 0).then_some(Place { place_type, id: record.id, path })
    }

    /// A group, all below it, and, where their keys are asked for, the members.
    fn below(&self, root: Place) -> Vec<Place> {
        let id = root.id;
        let mut places = vec![root];
        let groups =
            Call::below(EntryKind::GroupAccessToken, &places[0], "descendant_groups", Order::Key);
        let groups = self.listed("group", &groups);
        places.extend(groups);
        if self.wants_any(&OF_PROJECTS) {
            let tail = "projects?include_subgroups=true";
            let call = Call::below(EntryKind::ProjectAccessToken, &places[0], tail, Order::Key);
            // Links repeat the whole query, so that it is in `path` for the first page alone.
            let path = format!("/groups/{id}/{tail}");
            let projects = self.listed("project", &call.at(path, "/groups/:id/projects"));
            places.extend(projects);
        }
        if self.wants_any(&KEYS) {
            let members = self.members(&places);
            places.extend(members);
        }
        places
    }

    fn listed(&self, place_type: &'static str, call: &Call<'_>) -> Vec<Place> {
        let mut places = Vec::new();
        self.each(call, &mut |record| {
            places.extend(self.place_of(place_type, &record));
            true
        });
        places
    }

    /// The members of places, each once.
    fn members(&self, places: &[Place]) -> Vec<Place> {
        let mut members = std::collections::BTreeMap::new();
        for (at, place) in places.iter().enumerate() {
            // Those of groups above come by the first place.
            let tail = if at == 0 { "members/all" } else { "members" };
            let call = Call::below(EntryKind::SshKey, place, tail, Order::Numbered);
            self.each(&call, &mut |record| {
                self.owners.note(&record);
                if let Some(user) = self.place_of("user", &record) {
                    members.insert(user.id, user);
                }
                true
            });
        }
        members.into_values().collect()
    }

    fn named_user(&self, name: Option<&str>) -> Option<Place> {
        let result = match name {
            None => self.lister.one("/user"),
            Some(id) if id.bytes().all(|byte| byte.is_ascii_digit()) => {
                self.lister.one(&format!("/users/{id}"))
            }
            Some(name) => {
                let mut found = None;
                let path = format!("/users?username={}", crate::gitlab::percent_encoded(name));
                let result = self.lister.each(&path, Order::Numbered, &mut |record| {
                    found = Some(record);
                    false
                });
                result.and_then(|()| found.ok_or_else(|| Refusal::new("no such user")))
            }
        };
        let named = match name {
            None => "GET /user",
            Some(_) => "GET /users",
        };
        match result {
            Ok(record) => {
                self.owners.note(&record);
                self.place_of("user", &record)
            }
            Err(refusal) => {
                self.gap(named, refusal, &self.builder.clean(name.unwrap_or_default()));
                None
            }
        }
    }

    /// All groups, projects and people.
    fn whole(&self) -> Vec<Place> {
        let root = instance();
        let call = |path: &str| {
            let call = Call::below(EntryKind::Webhook, &root, "", Order::Key);
            call.at(path.to_owned(), path)
        };
        let mut places = self.listed("group", &call("/groups"));
        if self.wants_any(&OF_PROJECTS) {
            places.extend(self.listed("project", &call("/projects")));
        }
        let of_people = [EntryKind::PersonalAccessToken, EntryKind::ImpersonationToken];
        if self.wants_any(&KEYS) || self.wants_any(&of_people) {
            self.each(&call("/users"), &mut |record| {
                self.owners.note(&record);
                let is_bot = super::owners::place_of_bot(record.username.as_deref().unwrap_or(""));
                places.extend(self.place_of("user", &record).filter(|_| is_bot.is_none()));
                true
            });
        }
        places
    }
}
