//! Who may see and change groups and projects.

use crate::core::Core;
use crate::reply::Reply;
use crate::routes::Call;

/// Access levels, as GitLab numbers them.
pub(crate) const GUEST: u8 = 10;
/// Reads what CI/CD and agents show.
pub(crate) const DEVELOPER: u8 = 30;
/// Manages a project.
pub(crate) const MAINTAINER: u8 = 40;
/// Owns a group or project.
pub(crate) const OWNER: u8 = 50;

/// A group or a project.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Place {
    /// A group, by number.
    Group(u64),
    /// A project, by number.
    Project(u64),
}

impl Place {
    /// Tells whether a row with these owners is of this place.
    pub(crate) fn holds(self, project_id: Option<u64>, group_id: Option<u64>) -> bool {
        match self {
            Place::Group(id) => group_id == Some(id) && project_id.is_none(),
            Place::Project(id) => project_id == Some(id),
        }
    }

    /// Returns the project's and the group's number, of which one is there.
    pub(crate) fn ids(self) -> (Option<u64>, Option<u64>) {
        match self {
            Place::Group(id) => (None, Some(id)),
            Place::Project(id) => (Some(id), None),
        }
    }

    /// Returns `project` or `group`.
    pub(crate) fn word(self) -> &'static str {
        match self {
            Place::Group(_) => "group",
            Place::Project(_) => "project",
        }
    }

    /// Returns the number.
    pub(crate) fn id(self) -> u64 {
        match self {
            Place::Group(id) | Place::Project(id) => id,
        }
    }
}

impl Core {
    /// Returns the path of a group with those above it.
    pub(crate) fn group_path(&self, id: u64) -> String {
        let mut path = Vec::new();
        for id in self.ancestors(id) {
            path.extend(self.groups.get(&id).map(|group| group.path.clone()));
        }
        path.reverse();
        path.join("/")
    }

    /// Returns a group and those above it, the nearest first.
    pub(crate) fn ancestors(&self, id: u64) -> Vec<u64> {
        let mut found = Vec::new();
        let mut next = Some(id);
        while let Some(id) = next.filter(|id| !found.contains(id)) {
            found.push(id);
            next = self.groups.get(&id).and_then(|group| group.parent_id);
        }
        found
    }

    /// Returns the path of a project with its group's or owner's.
    pub(crate) fn project_path(&self, id: u64) -> String {
        let Some(project) = self.projects.get(&id) else {
            return String::new();
        };
        let owner = project.owner_id.and_then(|id| self.users.get(&id));
        let space = match (project.group_id, owner) {
            (Some(group), _) => self.group_path(group),
            (None, owner) => owner.map_or_else(String::new, |user| user.username.clone()),
        };
        format!("{space}/{}", project.path)
    }

    /// Returns the level of a user in a place: the highest of its own and inherited ones.
    pub(crate) fn level(&self, user_id: u64, place: Place) -> u8 {
        let (project_id, group_id) = match place {
            Place::Group(id) => (None, Some(id)),
            Place::Project(id) => (Some(id), self.projects.get(&id).and_then(|p| p.group_id)),
        };
        let groups = group_id.map_or_else(Vec::new, |id| self.ancestors(id));
        let today = self.today();
        let held = self.members.values().filter(|member| {
            let here = match (member.project_id, member.group_id) {
                (Some(id), _) => project_id == Some(id),
                (None, Some(id)) => groups.contains(&id),
                (None, None) => false,
            };
            here && member.user_id == user_id && member.expires_at.is_none_or(|day| day > today)
        });
        let owned = project_id.and_then(|id| self.projects.get(&id)?.owner_id) == Some(user_id);
        held.map(|member| member.access_level).max().unwrap_or(0).max(if owned { OWNER } else { 0 })
    }

    /// Finds a group by number or whole path.
    pub(crate) fn find_group(&self, text: &str) -> Option<u64> {
        let by_number = text.parse().ok().filter(|id| self.groups.contains_key(id));
        by_number.or_else(|| self.groups.keys().copied().find(|&id| self.group_path(id) == text))
    }

    /// Finds a project by number or whole path.
    pub(crate) fn find_project(&self, text: &str) -> Option<u64> {
        let by_number = text.parse().ok().filter(|id| self.projects.contains_key(id));
        let by_path = || self.projects.keys().copied().find(|&id| self.project_path(id) == text);
        by_number.or_else(by_path)
    }

    /// Tells whether a place lies in a group or in one below it.
    pub(crate) fn is_below(&self, place: Place, group: u64) -> bool {
        match place {
            Place::Group(id) => self.ancestors(id).contains(&group),
            Place::Project(id) => {
                let own = self.projects.get(&id).and_then(|project| project.group_id);
                own.is_some_and(|id| self.ancestors(id).contains(&group))
            }
        }
    }
}

impl Call<'_> {
    /// Returns the caller's level in a place; an administrator owns everything.
    pub(crate) fn level(&self, place: Place) -> u8 {
        if self.caller.admin { OWNER } else { self.core.level(self.caller.user_id, place) }
    }

    /// Returns the place that the path names as `:id`: a project below `/projects`, else a group.
    ///
    /// # Errors
    ///
    /// 404 if the place does not exist or this caller must not see it; a redirect if it has moved.
    pub(crate) fn place(&self) -> Result<Place, Reply> {
        let text = self.segment("id").to_owned();
        let of_project = self.request.path.contains("/api/v4/projects/");
        let (found, thing) = if of_project {
            (self.core.find_project(&text).map(Place::Project), "Project")
        } else {
            (self.core.find_group(&text).map(Place::Group), "Group")
        };
        if of_project && found.is_none() {
            self.moved(&text)?;
        }
        let found = found.filter(|place| self.level(*place) >= GUEST);
        found.ok_or_else(|| Reply::not_found(thing))
    }

    /// Fails with a redirect when a project had this path before.
    fn moved(&self, text: &str) -> Result<(), Reply> {
        let had = |project: &&crate::records::Project| {
            project.former_paths.iter().any(|former| former == text)
        };
        let Some(project) = self.core.projects.values().find(had) else {
            return Ok(());
        };
        let (before, after) = self.request.path.split_once("/projects/").unwrap_or_default();
        let rest = after.split_once('/').map_or_else(String::new, |(_, rest)| format!("/{rest}"));
        let query = &self.request.query;
        let mark = if query.is_empty() { "" } else { "?" };
        let to = format!("{}{before}/projects/{}{rest}{mark}{query}", self.core.url, project.id);
        Err(Reply::empty(301).with("Location", &to))
    }

    /// Returns the place of the path, for callers of a level or above.
    ///
    /// # Errors
    ///
    /// As [`Call::place`]; `refusal` below the level.
    pub(crate) fn place_at(&self, level: u8, refusal: fn() -> Reply) -> Result<Place, Reply> {
        let place = self.place()?;
        if self.level(place) < level { Err(refusal()) } else { Ok(place) }
    }
}
