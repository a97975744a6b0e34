//! What is listed.

use clap::Args as ClapArgs;

use crate::gitlab::inventory::Scope;

#[derive(ClapArgs, Debug)]
#[command(next_help_heading = "What is listed")]
#[group(required = true, multiple = false)]
pub(crate) struct ScopeArgs {
    /// A project, by id or path.
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,

    /// A group with its subgroups and their projects, by id or path.
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,

    /// A user, by id or name; without a value, yourself.
    #[arg(long, value_name = "USER", num_args = 0..=1, default_missing_value = "@me")]
    user: Option<String>,

    /// The whole instance, as administrator.
    #[arg(long)]
    whole_instance: bool,
}

impl ScopeArgs {
    /// The scope, and its name.
    pub(crate) fn scope(&self) -> (Scope, String) {
        match (&self.project, &self.group, &self.user) {
            (Some(name), ..) => (Scope::Project(name.clone()), format!("project {name}")),
            (_, Some(name), _) => (Scope::Group(name.clone()), format!("group {name}")),
            (_, _, Some(name)) if name == "@me" => (Scope::User(None), "your own account".into()),
            (_, _, Some(name)) => (Scope::User(Some(name.clone())), format!("user {name}")),
            _ => (Scope::Instance, "the whole instance".into()),
        }
    }
}
