//! What is listed: a project, a group with all below it, a user, the instance.

use super::entry::Place;

/// What is listed. Projects and groups are named by id or path, users by id or name.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub enum Scope {
    /// A project.
    Project(String),
    /// A group with its subgroups and their projects.
    Group(String),
    /// A user; none is the caller.
    User(Option<String>),
    /// The instance, for administrators.
    Instance,
}

/// How far lists of single places reach.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Reach {
    /// Places list everything of theirs.
    Places,
    /// A user is listed with personal tokens.
    User,
    /// The instance's own list of access tokens follows those of the places.
    Whole,
}

impl Reach {
    pub(super) fn of(scope: &Scope) -> Self {
        match scope {
            Scope::Project(_) | Scope::Group(_) => Self::Places,
            Scope::User(_) => Self::User,
            Scope::Instance => Self::Whole,
        }
    }
}

/// The place that stands for the instance.
pub(super) fn instance() -> Place {
    Place { place_type: "instance", id: 0, path: String::new() }
}
