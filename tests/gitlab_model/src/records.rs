//! The rows of the model: as a fixture states them and as the server keeps them.
//!
//! A fixture states what matters to a test; every field has a default. Secrets are made from the
//! seed when a row states none, so that no fixture holds a whole token.

use std::collections::BTreeMap;

use jiff::{Timestamp, civil::Date};
use serde::{Deserialize, Serialize};

/// A row that has a number.
pub trait Record {
    /// Returns the number; 0 means "not numbered yet".
    fn id(&self) -> u64;
    /// Sets the number.
    fn set_id(&mut self, id: u64);
}

/// Rows by number.
pub type Table<T> = BTreeMap<u64, T>;

macro_rules! records {
    ($($(#[$doc:meta])* $name:ident { $($(#[$attribute:meta])* $field:ident: $type:ty,)* })*) => {
        $(
            $(#[$doc])*
            #[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
            #[serde(default, deny_unknown_fields)]
            #[allow(missing_docs, reason = "the fields are GitLab's own names")]
            pub struct $name {
                pub id: u64,
                $($(#[$attribute])* pub $field: $type,)*
            }
            impl Record for $name {
                fn id(&self) -> u64 {
                    self.id
                }
                fn set_id(&mut self, id: u64) {
                    self.id = id;
                }
            }
        )*
    };
}

/// Which of the five kinds of access token a row is. All are rows of one table.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum AccessKind {
    /// A person's own token.
    #[default]
    Personal,
    /// Made by an administrator to act as a user.
    Impersonation,
    /// The token of a project's bot.
    Project,
    /// The token of a group's bot.
    Group,
    /// The token of a service account.
    ServiceAccount,
}

/// What an account is.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserKind {
    /// A person.
    #[default]
    Human,
    /// The bot behind a project or group token.
    Bot,
    /// A service account.
    ServiceAccount,
}

/// Whether an account may use the API.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum UserState {
    /// It may.
    #[default]
    Active,
    /// An administrator blocked it.
    Blocked,
    /// It was not used for long.
    Deactivated,
    /// It has not accepted the terms of service.
    TermsPending,
}

/// How the text of a token is made.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Form {
    /// What this release issues.
    #[default]
    Current,
    /// The prefix and a fixed number of random characters.
    Legacy,
}

/// One permission entry of a fine-grained token.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Grant {
    /// The boundary: `user`, `instance`, `all_memberships`, `personal_projects` or
    /// `selected_memberships`.
    pub access: String,
    /// Permissions, such as `read_personal_access_token`.
    pub permissions: Vec<String>,
    /// The project of a selected membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub project_id: Option<u64>,
    /// The group of a selected membership.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub group_id: Option<u64>,
}

records! {
    /// An account.
    User {
        username: String,
        name: String,
        kind: UserKind,
        state: UserState,
        admin: bool,
        created_at: Timestamp,
        // The group whose enterprise user this is, or the group or project that a service
        // account belongs to.
        enterprise_group_id: Option<u64>,
        group_id: Option<u64>,
        project_id: Option<u64>,
        #[serde(skip_serializing)]
        feed_token: Option<String>,
        #[serde(skip_serializing)]
        incoming_mail_token: Option<String>,
    }
    /// A group; its path is the last segment only.
    Group {
        path: String,
        name: String,
        parent_id: Option<u64>,
        created_at: Timestamp,
        service_access_tokens_expiration_enforced: bool,
        ip_restriction_ranges: Option<String>,
    }
    /// A project; its path is the last segment only. It is a group's or a user's.
    Project {
        path: String,
        name: String,
        group_id: Option<u64>,
        owner_id: Option<u64>,
        created_at: Timestamp,
        job_token_inbound: Option<bool>,
        job_token_projects: Vec<u64>,
        job_token_groups: Vec<u64>,
        // Ids and paths that this project had before, which are redirected.
        former_paths: Vec<String>,
    }
    /// The role of an account in a group or project.
    Member {
        user_id: u64,
        group_id: Option<u64>,
        project_id: Option<u64>,
        access_level: u8,
        expires_at: Option<Date>,
    }
    /// A personal, impersonation, project, group or service-account token.
    AccessToken {
        kind: AccessKind,
        user_id: u64,
        name: String,
        description: Option<String>,
        scopes: Vec<String>,
        granular: Vec<Grant>,
        created_at: Timestamp,
        expires_at: Option<Date>,
        revoked: bool,
        revoked_at: Option<Timestamp>,
        last_used_at: Option<Timestamp>,
        last_used_ips: Vec<String>,
        project_id: Option<u64>,
        group_id: Option<u64>,
        access_level: u8,
        // The token that was rotated into this one.
        rotated_from: Option<u64>,
        // An error code that every call of this token gets: `dpop_error` or
        // `restricted_language_server_client_error`.
        refused_with: Option<String>,
        form: Form,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// A deploy token of a project or a group.
    DeployToken {
        name: String,
        username: Option<String>,
        scopes: Vec<String>,
        expires_at: Option<Timestamp>,
        revoked: bool,
        project_id: Option<u64>,
        group_id: Option<u64>,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// A public SSH key that deploys one or more projects.
    DeployKey {
        title: String,
        key: String,
        created_at: Timestamp,
        expires_at: Option<Timestamp>,
        last_used_at: Option<Timestamp>,
        public: bool,
        projects: Vec<u64>,
        can_push: bool,
    }
    /// A user's public SSH key.
    SshKey {
        user_id: u64,
        title: String,
        key: String,
        created_at: Timestamp,
        expires_at: Option<Timestamp>,
        last_used_at: Option<Timestamp>,
        usage_type: Option<String>,
    }
    /// A user's public GPG key.
    GpgKey {
        user_id: u64,
        key: String,
        created_at: Timestamp,
    }
    /// A pipeline trigger token.
    Trigger {
        project_id: u64,
        owner_id: u64,
        description: String,
        created_at: Timestamp,
        last_used: Option<Timestamp>,
        expires_at: Option<Timestamp>,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// A runner. Without project and group it is the instance's.
    Runner {
        description: String,
        project_id: Option<u64>,
        group_id: Option<u64>,
        created_by: Option<u64>,
        created_at: Timestamp,
        contacted_at: Option<Timestamp>,
        token_expires_at: Option<Timestamp>,
        paused: bool,
        tag_list: Vec<String>,
        // Registered with a registration token, not made in the user interface.
        registered: bool,
        // The system ids that verified with it: each made a manager row.
        managers: Vec<String>,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// A runner controller.
    RunnerController {
        description: String,
    }
    /// A token of a runner controller.
    ControllerToken {
        runner_controller_id: u64,
        description: String,
        created_at: Timestamp,
        updated_at: Timestamp,
        last_used_at: Option<Timestamp>,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// An agent for Kubernetes.
    Agent {
        name: String,
        project_id: u64,
        created_at: Timestamp,
        created_by: u64,
    }
    /// A token of an agent for Kubernetes.
    AgentToken {
        agent_id: u64,
        name: String,
        description: Option<String>,
        created_at: Timestamp,
        created_by: u64,
        last_used_at: Option<Timestamp>,
        revoked: bool,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// An OAuth application of the instance.
    Application {
        application_id: String,
        name: String,
        redirect_uri: String,
        scopes: Vec<String>,
        confidential: bool,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// An OAuth access token.
    OauthToken {
        user_id: u64,
        application_id: u64,
        scopes: Vec<String>,
        created_at: Timestamp,
        expires_in: u32,
        revoked: bool,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// A CI/CD job, which has a token while it runs.
    Job {
        name: String,
        project_id: u64,
        user_id: u64,
        // `running` or what it ended as.
        status: String,
        created_at: Timestamp,
        form: Form,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// The feature flags client of a project.
    FlagsClient {
        project_id: u64,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// The SCIM token of a group, or of the instance.
    ScimToken {
        group_id: Option<u64>,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// A signed-in browser.
    Session {
        user_id: u64,
        #[serde(skip_serializing)]
        secret: Option<String>,
    }
    /// A webhook of a project, a group or the instance.
    Hook {
        project_id: Option<u64>,
        group_id: Option<u64>,
        url: String,
        created_at: Timestamp,
        has_token: bool,
        has_signing_token: bool,
        resource_access_token_events: bool,
        resource_deploy_token_events: bool,
        extended_expiry: bool,
        #[serde(skip_serializing)]
        token: Option<String>,
    }
    /// A CI/CD variable of a project, a group or the instance.
    Variable {
        project_id: Option<u64>,
        group_id: Option<u64>,
        key: String,
        #[serde(skip_serializing)]
        value: String,
        variable_type: String,
        protected: bool,
        masked: bool,
        hidden: bool,
        raw: bool,
        environment_scope: String,
        description: Option<String>,
        // How many times the value was written.
        writes: u32,
    }
    /// An audit event.
    AuditEvent {
        author_id: u64,
        entity_id: u64,
        entity_type: String,
        event_name: String,
        message: String,
        target_id: u64,
        ip_address: Option<String>,
        created_at: Timestamp,
    }
}
