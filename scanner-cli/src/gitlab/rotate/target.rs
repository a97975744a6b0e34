//! What is rotated or revoked: kinds, places, and the paths of their calls.

use crate::gitlab::credential::percent_encoded;

const API: &str = "/api/v4";

/// A kind of token that can be replaced or revoked by its id.
#[derive(Clone, Copy, Debug, Eq, Hash, Ord, PartialEq, PartialOrd)]
#[expect(missing_docs, reason = "each is documented by its name")]
pub enum TargetKind {
    PersonalAccessToken,
    ImpersonationToken,
    ProjectAccessToken,
    GroupAccessToken,
    ServiceAccountToken,
    RunnerAuthenticationToken,
    RunnerControllerToken,
    OauthApplicationSecret,
    DeployToken,
    PipelineTriggerToken,
    KubernetesAgentToken,
}

/// How a kind gets a new secret.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Way {
    /// One call revokes the old token and makes a new one with another id.
    Rotate,
    /// One call gives the same row another secret.
    Reset,
    /// There is no such call: a second token is made, and the old one revoked later.
    Swap,
}

impl TargetKind {
    /// All of them.
    pub const ALL: [Self; 11] = [
        Self::PersonalAccessToken,
        Self::ImpersonationToken,
        Self::ProjectAccessToken,
        Self::GroupAccessToken,
        Self::ServiceAccountToken,
        Self::RunnerAuthenticationToken,
        Self::RunnerControllerToken,
        Self::OauthApplicationSecret,
        Self::DeployToken,
        Self::PipelineTriggerToken,
        Self::KubernetesAgentToken,
    ];

    /// The name that command lines and reports have.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::PersonalAccessToken => "personal_access_token",
            Self::ImpersonationToken => "impersonation_token",
            Self::ProjectAccessToken => "project_access_token",
            Self::GroupAccessToken => "group_access_token",
            Self::ServiceAccountToken => "service_account_token",
            Self::RunnerAuthenticationToken => "runner_authentication_token",
            Self::RunnerControllerToken => "runner_controller_token",
            Self::OauthApplicationSecret => "oauth_application_secret",
            Self::DeployToken => "deploy_token",
            Self::PipelineTriggerToken => "pipeline_trigger_token",
            Self::KubernetesAgentToken => "kubernetes_agent_token",
        }
    }

    /// The kind of a name.
    #[must_use]
    pub fn named(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.name() == name)
    }

    /// How it gets a new secret.
    #[must_use]
    pub fn way(self) -> Way {
        match self {
            Self::RunnerAuthenticationToken
            | Self::RunnerControllerToken
            | Self::OauthApplicationSecret => Way::Reset,
            Self::DeployToken | Self::PipelineTriggerToken | Self::KubernetesAgentToken => {
                Way::Swap
            }
            _ => Way::Rotate,
        }
    }

    /// Whether it is a row of the one table of access tokens.
    #[must_use]
    pub fn is_access_token(self) -> bool {
        self.way() == Way::Rotate
    }

    /// Whether a second token can live beside it, so that there is no moment without one.
    #[must_use]
    pub fn can_overlap(self) -> bool {
        let twins = [Self::ProjectAccessToken, Self::GroupAccessToken, Self::ServiceAccountToken];
        self.way() == Way::Swap || twins.contains(&self)
    }

    /// The key of the new secret in the answer.
    pub(super) fn secret_key(self) -> &'static str {
        if self == Self::OauthApplicationSecret { "secret" } else { "token" }
    }

    /// The last segment of the call that gives a new secret.
    fn verb(self) -> &'static str {
        match self {
            Self::RunnerAuthenticationToken => "reset_authentication_token",
            Self::OauthApplicationSecret => "renew-secret",
            _ => "rotate",
        }
    }
}

/// Whose token it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Place {
    /// A project, by id or path.
    Project(String),
    /// A group, by id or path.
    Group(String),
}

impl Place {
    /// The path of the place in the API.
    pub(super) fn path(&self) -> String {
        match self {
            Self::Project(id) => format!("{API}/projects/{}", percent_encoded(id)),
            Self::Group(id) => format!("{API}/groups/{}", percent_encoded(id)),
        }
    }
}

/// A token, as the user names it.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Target {
    /// Its kind.
    pub kind: TargetKind,
    /// Its id; of an application or a runner, theirs.
    pub id: u64,
    /// Whose it is, where the kind needs that.
    pub place: Option<Place>,
}

/// A token and the path below which the calls about it are.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Located {
    /// Its kind.
    pub kind: TargetKind,
    /// Its id.
    pub id: u64,
    /// The path of the list that it is in.
    pub base: String,
}

impl Located {
    /// The token itself as caller: no id of its own is needed for its calls.
    #[must_use]
    pub fn personal(id: u64) -> Self {
        Self {
            kind: TargetKind::PersonalAccessToken,
            id,
            base: format!("{API}/personal_access_tokens"),
        }
    }

    /// The same kind and place with another id.
    #[must_use]
    pub fn with_id(&self, id: u64) -> Self {
        Self { id, ..self.clone() }
    }

    /// The same token in the list of its project or group, where its owners reach it.
    pub(super) fn beside(&self, place: Option<&Place>) -> Self {
        let base = place.map(|place| format!("{}/access_tokens", place.path()));
        Self { base: base.unwrap_or_else(|| self.base.clone()), ..self.clone() }
    }

    /// The path of its record.
    pub(super) fn path(&self) -> String {
        format!("{}/{}", self.base, self.id)
    }

    /// The path of the call that gives a new secret, by id.
    pub(super) fn rotate_path(&self) -> String {
        format!("{}/{}/{}", self.base, self.id, self.kind.verb())
    }

    /// The same by the token itself.
    pub(super) fn self_path(&self) -> String {
        if self.kind == TargetKind::RunnerAuthenticationToken {
            format!("{}/{}", self.base, self.kind.verb())
        } else {
            format!("{}/self/{}", self.base, self.kind.verb())
        }
    }

    /// Whether its list is the only way to read its record.
    pub(super) fn is_only_listed(&self) -> bool {
        self.kind == TargetKind::OauthApplicationSecret || self.base.contains("/service_accounts/")
    }
}

/// The list that a kind's tokens are in, where the ids that are known tell it.
pub(super) fn base_of(kind: TargetKind, place: Option<&Place>) -> Result<String, &'static str> {
    use TargetKind as K;
    let project = "it needs --project";
    let group = "it needs --group";
    let either = "it needs --project or --group";
    match (kind, place) {
        (K::PersonalAccessToken | K::ImpersonationToken, None) => {
            Ok(format!("{API}/personal_access_tokens"))
        }
        // An administrator needs no group.
        (K::ServiceAccountToken, None) => Ok(format!("{API}/personal_access_tokens")),
        (K::ProjectAccessToken, Some(place @ Place::Project(_)))
        | (K::GroupAccessToken, Some(place @ Place::Group(_))) => {
            Ok(format!("{}/access_tokens", place.path()))
        }
        (K::ServiceAccountToken, Some(place)) => Ok(format!("{}/service_accounts", place.path())),
        (K::RunnerAuthenticationToken, _) => Ok(format!("{API}/runners")),
        (K::RunnerControllerToken, None) => Ok(format!("{API}/runner_controllers")),
        (K::OauthApplicationSecret, None) => Ok(format!("{API}/applications")),
        (K::DeployToken, Some(place)) => Ok(format!("{}/deploy_tokens", place.path())),
        (K::PipelineTriggerToken, Some(place @ Place::Project(_))) => {
            Ok(format!("{}/triggers", place.path()))
        }
        (K::KubernetesAgentToken, Some(place @ Place::Project(_))) => {
            Ok(format!("{}/cluster_agents", place.path()))
        }
        (K::ProjectAccessToken | K::PipelineTriggerToken | K::KubernetesAgentToken, _) => {
            Err(project)
        }
        (K::GroupAccessToken, _) => Err(group),
        (K::DeployToken, None) => Err(either),
        (_, Some(_)) => Err("--project and --group say nothing about this kind"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_lead_back_and_differ() {
        for kind in TargetKind::ALL {
            assert_eq!(TargetKind::named(kind.name()), Some(kind));
        }
        assert_eq!(TargetKind::named("feed_token"), None);
    }

    #[test]
    fn paths_of_all_kinds() {
        let project = Place::Project("acme/shop".into());
        let group = Place::Group("1".into());
        let rows: &[(TargetKind, Option<&Place>, &str)] = &[
            (TargetKind::PersonalAccessToken, None, "/api/v4/personal_access_tokens/7/rotate"),
            (
                TargetKind::ProjectAccessToken,
                Some(&project),
                "/api/v4/projects/acme%2Fshop/access_tokens/7/rotate",
            ),
            (TargetKind::GroupAccessToken, Some(&group), "/api/v4/groups/1/access_tokens/7/rotate"),
            (
                TargetKind::RunnerAuthenticationToken,
                None,
                "/api/v4/runners/7/reset_authentication_token",
            ),
            (TargetKind::OauthApplicationSecret, None, "/api/v4/applications/7/renew-secret"),
        ];
        for (kind, place, path) in rows {
            let base = base_of(*kind, *place).unwrap();
            assert_eq!(Located { kind: *kind, id: 7, base }.rotate_path(), *path);
        }
        assert!(base_of(TargetKind::ProjectAccessToken, Some(&group)).is_err());
        assert!(base_of(TargetKind::DeployToken, None).is_err());
        assert!(base_of(TargetKind::PersonalAccessToken, Some(&group)).is_err());
        assert_eq!(Located::personal(7).self_path(), "/api/v4/personal_access_tokens/self/rotate");
    }
}
