//! The eight questions and what can be answered.

/// The options of a question: a value, its name, what it means.
pub type Options<T> = &'static [(T, &'static str, &'static str)];

/// 1: Who acts?
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the options say what they mean")]
pub enum Who {
    Person,
    Machine,
    Gitlab,
}

impl Who {
    /// The options.
    pub const OPTIONS: Options<Self> = &[
        (Self::Person, "person", "somebody at a keyboard, with tools and scripts of their own"),
        (Self::Machine, "machine", "a job, a server, a bot, an application"),
        (
            Self::Gitlab,
            "gitlab",
            "GitLab calls something else, which has to know that it is GitLab",
        ),
    ];
}

/// 3: What does it touch?
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the options say what they mean")]
pub enum Touches {
    Api,
    Git,
    GitSsh,
    Registry,
    Packages,
    Pipelines,
    Runners,
    Cluster,
    Cloud,
    Flags,
    Users,
    Application,
    OtherUser,
    Feed,
    Mail,
    Webhook,
    Itself,
}

impl Touches {
    /// The options.
    pub const OPTIONS: Options<Self> = &[
        (Self::Api, "api", "GitLab's REST or GraphQL API"),
        (Self::Git, "git", "repositories, by Git over HTTPS"),
        (Self::GitSsh, "git-ssh", "repositories, by Git over SSH"),
        (Self::Registry, "registry", "container images"),
        (Self::Packages, "packages", "the package registry"),
        (Self::Pipelines, "pipelines", "it starts pipelines and nothing else"),
        (Self::Runners, "runners", "it is a new runner"),
        (Self::Cluster, "cluster", "a Kubernetes cluster is connected"),
        (Self::Cloud, "cloud", "a cloud or a vault outside of GitLab"),
        (Self::Flags, "flags", "an application asks for feature flags"),
        (Self::Users, "users", "an identity provider manages accounts"),
        (Self::Application, "application", "an application acts for users who sign in"),
        (Self::OtherUser, "other-user", "an administrator acts as another user"),
        (Self::Feed, "feed", "a feed reader or calendar"),
        (Self::Mail, "mail", "issues by mail"),
        (Self::Webhook, "webhook", "events that GitLab sends"),
        (Self::Itself, "itself", "a credential that does nothing but rotate itself"),
    ];
}

/// 4: Does it change anything?
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the options say what they mean")]
pub enum Access {
    Read,
    Write,
}

impl Access {
    /// The options.
    pub const OPTIONS: Options<Self> =
        &[(Self::Read, "read", "it reads"), (Self::Write, "write", "it changes things, too")];
}

/// 5: How far does it reach?
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
#[expect(missing_docs, reason = "the options say what they mean")]
pub enum Span {
    Project,
    Projects,
    Groups,
    Instance,
}

impl Span {
    /// The options.
    pub const OPTIONS: Options<Self> = &[
        (Self::Project, "project", "one project"),
        (Self::Projects, "projects", "some projects of one small group"),
        (Self::Groups, "groups", "projects of several groups, or of a large one"),
        (Self::Instance, "instance", "the whole instance"),
    ];
}

/// What was answered.
#[derive(Clone, Debug, Eq, PartialEq)]
#[non_exhaustive]
pub struct Answers {
    /// 1: Who acts?
    pub who: Who,
    /// 2: Is it in a job of GitLab CI/CD?
    pub in_ci: bool,
    /// 3: What does it touch?
    pub touches: Touches,
    /// 4: Does it change anything?
    pub access: Access,
    /// 5: How far does it reach?
    pub span: Span,
    /// 6: Can there be a service account, so that it outlives the person who makes it?
    pub service_account: bool,
    /// 7: For how many days?
    pub days: u32,
    /// 8: The one fine-grained permission that suffices, such as `read_issue` (19.2 and later).
    pub permission: Option<String>,
}

impl Answers {
    /// Answers to the first three questions; the others are those of a reader in one project.
    #[must_use]
    pub fn new(who: Who, in_ci: bool, touches: Touches) -> Self {
        Self {
            who,
            in_ci,
            touches,
            access: Access::Read,
            span: Span::Project,
            service_account: true,
            days: 90,
            permission: None,
        }
    }
}
