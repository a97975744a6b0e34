//! Rows of the table of kinds: a kind, and what is known of it.

/// A kind of credential that GitLab makes or trusts.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[non_exhaustive]
#[expect(missing_docs, reason = "each is documented by its row of the table")]
pub enum Kind {
    PersonalAccessToken,
    OauthApplicationSecret,
    OauthAccessToken,
    OauthRefreshToken,
    DeployToken,
    RunnerAuthenticationToken,
    RunnerRegistrationToken,
    RunnerControllerToken,
    CiJobToken,
    PipelineTriggerToken,
    FeedToken,
    IncomingEmailToken,
    StaticObjectToken,
    KubernetesAgentToken,
    WorkspaceToken,
    ScimToken,
    FeatureFlagsClientToken,
    StatelessAccessToken,
    SessionCookie,
    RoutableToken,
    WebhookSecret,
    WebhookSigningToken,
    ExternalStorageToken,
    HealthCheckToken,
    SamlDiscoveryToken,
    PrivateKey,
}

/// What checking a token does beside telling whether it lives.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Effect {
    /// Nothing, or no more than a new `last_used_at`.
    Harmless,
    /// Something that is done only with `--allow-side-effects`.
    SideEffect,
    /// There is no check but that of an administrator, or none at all.
    Uncheckable,
}

impl Effect {
    /// The name that reports have.
    #[must_use]
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Harmless => "harmless",
            Self::SideEffect => "side effect",
            Self::Uncheckable => "no check",
        }
    }
}

/// A row of the table of kinds.
#[derive(Debug)]
pub struct Knowledge {
    /// The kind.
    pub kind: Kind,
    /// Its name in rules and reports.
    pub name: &'static str,
    /// Its prefixes, without those of an instance.
    pub prefixes: &'static [&'static str],
    /// The forms that it has or had.
    pub forms: &'static str,
    /// The call that checks it, or why no call can.
    pub check: &'static str,
    /// What the check does.
    pub effect: Effect,
    /// What that is in detail, and what the check needs.
    pub note: &'static str,
    /// Whether `POST /admin/token` knows it, by GitLab's documentation.
    pub is_known_to_admin: bool,
    /// How it is rotated. Ids are filled in by [`filled`](super::filled).
    pub rotate: &'static [&'static str],
    /// How it is revoked. Ids are filled in by [`filled`](super::filled).
    pub revoke: &'static [&'static str],
}
