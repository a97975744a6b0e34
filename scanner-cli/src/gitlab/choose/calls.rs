//! The requests that make a credential, with scopes, role and end.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use super::advice::{Call, Target};
use super::answers::{Access, Answers, Span, Touches, Who};
use crate::gitlab::percent_encoded;

/// Reads what members see.
const REPORTER: u32 = 20;
/// Changes code and packages.
const DEVELOPER: u32 = 30;

/// How a credential is made.
#[derive(Default)]
pub(super) struct Made {
    pub(super) scopes: Vec<String>,
    pub(super) role: Option<u32>,
    /// It has an end that is chosen when it is made.
    pub(super) ends: bool,
    pub(super) calls: Vec<Call>,
    pub(super) page: Option<String>,
}

/// How a kind is made.
pub(super) fn made(kind: &str, answers: &Answers, target: &Target, ends: Date) -> Made {
    let maker = Maker { answers, target, ends: ends.to_string() };
    match kind {
        "ci_job_token" => maker.job_token(),
        "id_token" => {
            page("id_tokens: {CLOUD_TOKEN: {aud: https://vault.example.com}} in .gitlab-ci.yml")
        }
        "self_rotate_token" => maker.self_rotate(),
        "runner_authentication_token" => maker.runner(),
        "pipeline_trigger_token" => maker.trigger(),
        "kubernetes_agent_token" => maker.agent(),
        "feature_flags_client_token" => page("/:project/-/feature_flags: Configure"),
        "scim_token" => page("/groups/:group/-/saml: Generate a SCIM token"),
        "oauth_application" => maker.application(),
        "impersonation_token" => maker.impersonation(),
        "feed_token" | "incoming_mail_token" => page("/-/user_settings/personal_access_tokens"),
        "webhook_signing_token" => maker.webhook(),
        "deploy_key" => maker.deploy_key(),
        "deploy_token" => maker.deploy_token(),
        "project_access_token" => maker.bot("project"),
        "group_access_token" => maker.bot("group"),
        "service_account_token" => maker.service_account(),
        "fine_grained_token" => maker.fine_grained(),
        "ssh_key" => maker.ssh_key(),
        _ => maker.personal(),
    }
}

fn page(text: &str) -> Made {
    Made { page: Some(text.to_owned()), ..Made::default() }
}

struct Maker<'a> {
    answers: &'a Answers,
    target: &'a Target,
    ends: String,
}

impl Maker<'_> {
    /// A path with project and group filled in, as far as they are known.
    fn path(&self, text: &str) -> String {
        let project = self.target.project.as_deref().map(percent_encoded);
        let group = self.target.group.as_deref().map(percent_encoded);
        let text = text.replace(":project", project.as_deref().unwrap_or(":project"));
        text.replace(":group", group.as_deref().unwrap_or(":group"))
    }

    fn post(&self, path: &str, body: Value) -> Call {
        Call { method: "POST", path: self.path(path), body }
    }

    fn name(&self) -> &str {
        self.target.name.as_deref().unwrap_or("what it is for")
    }

    fn is_write(&self) -> bool {
        self.answers.access == Access::Write
    }

    /// The scopes that are wanted, or else those that do.
    fn wanted(&self, narrowest: &[&str]) -> Vec<String> {
        self.target.scopes.clone().unwrap_or_else(|| owned(narrowest))
    }

    /// The scopes that are wanted, or else the narrowest of access tokens that do.
    fn scopes(&self) -> Vec<String> {
        self.wanted(&self.narrowest())
    }

    fn narrowest(&self) -> Vec<&'static str> {
        match (self.answers.touches, self.is_write()) {
            (Touches::Git, false) => vec!["read_repository"],
            (Touches::Git, true) => vec!["write_repository"],
            (Touches::Registry, false) => vec!["read_registry"],
            (Touches::Registry, true) => vec!["read_registry", "write_registry"],
            (_, false) => vec!["read_api"],
            (_, true) => vec!["api"],
        }
    }

    fn role(&self) -> u32 {
        let lowest = if self.is_write() { DEVELOPER } else { REPORTER };
        self.target.role.unwrap_or(lowest)
    }

    /// The body of a request for an access token.
    fn body(&self, scopes: &[String]) -> Map<String, Value> {
        let body = json!({"name": self.name(), "scopes": scopes, "expires_at": self.ends});
        match body {
            Value::Object(body) => body,
            _ => Map::new(),
        }
    }

    fn bot(&self, place: &str) -> Made {
        let mut narrowest = self.narrowest();
        if self.answers.in_ci {
            // A job can then renew what it is given.
            narrowest.push("self_rotate");
        }
        let scopes = self.wanted(&narrowest);
        let mut body = self.body(&scopes);
        body.insert("access_level".to_owned(), json!(self.role()));
        Made {
            calls: vec![self.post(&format!("/{place}s/:{place}/access_tokens"), body.into())],
            scopes,
            role: Some(self.role()),
            ends: true,
            page: None,
        }
    }

    fn self_rotate(&self) -> Made {
        let scopes = owned(&["self_rotate"]);
        let call = match self.answers.who {
            Who::Machine => {
                let mut body = self.body(&scopes);
                body.insert("access_level".to_owned(), json!(10));
                self.post("/projects/:project/access_tokens", body.into())
            }
            _ => self.post("/user/personal_access_tokens", self.body(&scopes).into()),
        };
        Made { scopes, ends: true, calls: vec![call], ..Made::default() }
    }

    fn service_account(&self) -> Made {
        let scopes = self.scopes();
        let (account, token) = match self.answers.span {
            Span::Instance => ("/service_accounts", "/users/:user_id/personal_access_tokens"),
            Span::Project => (
                "/projects/:project/service_accounts",
                "/projects/:project/service_accounts/:user_id/personal_access_tokens",
            ),
            Span::Projects | Span::Groups => (
                "/groups/:group/service_accounts",
                "/groups/:group/service_accounts/:user_id/personal_access_tokens",
            ),
        };
        let calls = vec![
            self.post(account, json!({"name": self.name()})),
            self.post(token, self.body(&scopes).into()),
        ];
        let role = Some(self.role());
        Made { scopes, role, ends: true, calls, page: None }
    }

    fn personal(&self) -> Made {
        let scopes = self.scopes();
        let page = format!(
            "/-/user_settings/personal_access_tokens?name={}&scopes={}",
            percent_encoded(self.name()),
            scopes.join(",")
        );
        Made { scopes, ends: true, page: Some(page), ..Made::default() }
    }

    fn fine_grained(&self) -> Made {
        let permission = self.answers.permission.as_deref().unwrap_or_default();
        let body = json!({
            "name": self.name(),
            "expires_at": self.ends,
            "granular_scopes": [{"access": "all_memberships", "permissions": [permission]}],
        });
        let calls = vec![self.post("/user/personal_access_tokens", body)];
        Made { ends: true, calls, ..Made::default() }
    }

    fn deploy_token(&self) -> Made {
        let scopes = match (self.answers.touches, self.is_write()) {
            (Touches::Git, _) => vec!["read_repository"],
            (Touches::Registry, false) => vec!["read_registry"],
            (Touches::Registry, true) => vec!["read_registry", "write_registry"],
            (_, false) => vec!["read_package_registry"],
            (_, true) => vec!["read_package_registry", "write_package_registry"],
        };
        let scopes = self.wanted(&scopes);
        let place = match self.answers.span {
            Span::Project => "/projects/:project/deploy_tokens",
            _ => "/groups/:group/deploy_tokens",
        };
        let calls = vec![self.post(place, self.body(&scopes).into())];
        Made { scopes, ends: true, calls, ..Made::default() }
    }

    fn deploy_key(&self) -> Made {
        let body = json!({
            "title": self.name(),
            "key": ":public_key",
            "can_push": self.is_write(),
            "expires_at": self.ends,
        });
        let calls = vec![self.post("/projects/:project/deploy_keys", body)];
        Made { ends: true, calls, ..Made::default() }
    }

    fn ssh_key(&self) -> Made {
        let usage = json!({
            "title": self.name(),
            "key": ":public_key",
            "usage_type": "auth",
            "expires_at": self.ends,
        });
        Made { ends: true, calls: vec![self.post("/user/keys", usage)], ..Made::default() }
    }

    fn job_token(&self) -> Made {
        match self.answers.span {
            Span::Project => page("nothing has to be made: use CI_JOB_TOKEN"),
            _ => Made {
                calls: vec![self.post(
                    "/projects/:project/job_token_scope/allowlist",
                    json!({"target_project_id": ":calling_project"}),
                )],
                ..Made::default()
            },
        }
    }

    fn trigger(&self) -> Made {
        let body = json!({"description": self.name(), "expires_at": self.ends});
        let calls = vec![self.post("/projects/:project/triggers", body)];
        Made { ends: true, calls, ..Made::default() }
    }

    fn agent(&self) -> Made {
        let path = "/projects/:project/cluster_agents/:agent_id/tokens";
        let calls = vec![self.post(path, json!({"name": self.name()}))];
        Made { calls, ..Made::default() }
    }

    fn runner(&self) -> Made {
        let place = |key: &str, value: &Option<String>| {
            // The API takes numbers here, and no paths.
            let id = value.as_ref().and_then(|text| text.parse::<u64>().ok());
            id.map_or_else(|| json!(format!(":{key}")), |id| json!(id))
        };
        let mut body = match self.answers.span {
            Span::Project => json!({
                "runner_type": "project_type",
                "project_id": place("project_id", &self.target.project),
            }),
            Span::Instance => json!({"runner_type": "instance_type"}),
            _ => json!({
                "runner_type": "group_type",
                "group_id": place("group_id", &self.target.group),
            }),
        };
        body["description"] = json!(self.name());
        let scopes = owned(&["create_runner"]);
        Made { scopes, calls: vec![self.post("/user/runners", body)], ..Made::default() }
    }

    fn impersonation(&self) -> Made {
        let scopes = self.scopes();
        let path = "/users/:user_id/impersonation_tokens";
        let calls = vec![self.post(path, self.body(&scopes).into())];
        Made { scopes, ends: true, calls, ..Made::default() }
    }

    fn application(&self) -> Made {
        let scopes = if self.is_write() { "api" } else { "read_user" };
        let body = json!({
            "name": self.name(),
            "redirect_uri": ":redirect_uri",
            "scopes": scopes,
            "confidential": true,
        });
        let calls = vec![self.post("/applications", body)];
        Made { scopes: owned(&[scopes]), calls, ..Made::default() }
    }

    fn webhook(&self) -> Made {
        let call = Call {
            method: "PUT",
            path: self.path("/projects/:project/hooks/:hook_id"),
            body: json!({"signing_token": ":whsec_and_32_random_bytes_in_base64"}),
        };
        Made { calls: vec![call], ..Made::default() }
    }
}

fn owned(texts: &[&str]) -> Vec<String> {
    texts.iter().map(|text| (*text).to_owned()).collect()
}
