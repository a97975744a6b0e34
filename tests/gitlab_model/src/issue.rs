//! Gives each row its secret: the bytes that this release issues for that kind.

use serde_json::json;

use crate::core::{Core, Kind, Owner};
use crate::records::*;
use crate::secrets::{Source, base36, jwt, routable};

impl Core {
    /// Issues the secrets of all rows, and keeps those that the fixture states.
    pub(crate) fn issue_all(&mut self) {
        let mut stated: Vec<(Owner, Option<String>)> = Vec::new();
        macro_rules! collect {
            ($($table:ident $kind:ident),*) => {
                $(for row in self.$table.values() {
                    stated.push(((Kind::$kind, row.id), row.secret.clone()));
                })*
            };
        }
        collect!(
            access_tokens AccessToken, deploy_tokens DeployToken, triggers Trigger, runners Runner,
            controller_tokens ControllerToken, agent_tokens AgentToken, applications Application,
            oauth_tokens OauthToken, jobs Job, flags_clients FlagsClient, scim_tokens ScimToken,
            sessions Session
        );
        for user in self.users.values().filter(|user| user.kind == UserKind::Human) {
            stated.push(((Kind::Feed, user.id), user.feed_token.clone()));
            stated.push(((Kind::IncomingMail, user.id), user.incoming_mail_token.clone()));
        }
        stated.push(((Kind::InstanceRegistration, 0), None));
        stated.extend(self.groups.keys().map(|&id| ((Kind::GroupRegistration, id), None)));
        stated.extend(self.projects.keys().map(|&id| ((Kind::ProjectRegistration, id), None)));
        for (owner, secret) in stated {
            match secret {
                Some(secret) => self.remember(owner, secret),
                None => {
                    self.issue(owner);
                }
            }
        }
    }

    /// Makes a new secret for a row and forgets the one before.
    pub(crate) fn issue(&mut self, owner: Owner) -> String {
        let generation = self.generations.entry(owner).or_default();
        *generation += 1;
        let label = format!("{:?}/{}/{generation}", owner.0, owner.1);
        let mut source = Source::new(self.seed, &label);
        let secret = self.text(owner, &mut source);
        self.remember(owner, secret.clone());
        secret
    }

    fn text(&self, (kind, id): Owner, source: &mut Source) -> String {
        match kind {
            Kind::AccessToken => self.access_token_text(id, source),
            Kind::DeployToken => self.prefix("gldt-") + &source.friendly(20),
            Kind::Trigger => self.prefix("glptt-") + &source.hex(40),
            Kind::Runner => self.runner_text(id, source),
            Kind::ControllerToken => self.prefix("glrct-") + &source.friendly(20),
            Kind::AgentToken => self.agent_text(id, source),
            Kind::Application => self.prefix("gloas-") + &source.hex(64),
            Kind::OauthToken => source.hex(64),
            Kind::Job => self.job_text(id, source),
            Kind::FlagsClient => self.prefix("glffct-") + &source.friendly(20),
            Kind::ScimToken => self.prefix("glsoat-") + &source.friendly(20),
            Kind::Session => source.hex(32),
            Kind::Feed => self.prefix("glft-") + &source.friendly(20),
            Kind::IncomingMail => self.prefix("glimt-") + &mail_body(source),
            Kind::InstanceRegistration => source.friendly(20),
            Kind::GroupRegistration | Kind::ProjectRegistration => {
                ["GR", "1348941"].concat() + &source.friendly(20)
            }
        }
    }

    /// Returns a prefix with the instance's own in front.
    fn prefix(&self, prefix: &str) -> String {
        let own = &self.instance.instance_token_prefix;
        if own.is_empty() { prefix.to_owned() } else { format!("{own}-{prefix}") }
    }

    fn access_token_text(&self, id: u64, source: &mut Source) -> String {
        let token = self.access_tokens.get(&id);
        let prefix = if self.instance.instance_token_prefix.is_empty() {
            self.instance.personal_access_token_prefix.clone()
        } else {
            self.prefix("glpat-")
        };
        let legacy = token.is_some_and(|token| token.form == Form::Legacy);
        if legacy || !self.since(18, 0) {
            return prefix + &source.friendly(20);
        }
        let user = token.map(|token| token.user_id);
        routable(&prefix, source, &[('c', Some(1)), ('o', Some(1)), ('u', user)])
    }

    fn runner_text(&self, id: u64, source: &mut Source) -> String {
        let Some(runner) = self.runners.get(&id) else {
            return String::new();
        };
        let kind = match (runner.project_id, runner.group_id) {
            (Some(_), _) => 3,
            (None, Some(_)) => 2,
            (None, None) => 1,
        };
        let owned = kind != 1;
        if !self.since(18, 0) {
            let typed = if self.since(17, 7) { format!("t{kind}_") } else { String::new() };
            // The registration flow had no prefix then.
            let prefix = if runner.registered { String::new() } else { self.prefix("glrt-") };
            return prefix + &typed + &source.friendly(20);
        }
        if runner.registered && !owned {
            return self.prefix("glrtr-") + &source.friendly(20);
        }
        let prefix = self.prefix(if runner.registered { "glrtr-" } else { "glrt-" });
        let owners = [
            ('c', Some(1)),
            ('g', runner.group_id),
            ('o', Some(1)),
            ('p', runner.project_id),
            ('t', Some(kind)),
            ('u', runner.created_by.filter(|_| !runner.registered)),
        ];
        routable(&prefix, source, &owners)
    }

    fn agent_text(&self, id: u64, source: &mut Source) -> String {
        let prefix = self.prefix("glagent-");
        if !self.since(18, 0) {
            return prefix + &source.friendly(50);
        }
        let agent = self.agent_tokens.get(&id).and_then(|token| self.agents.get(&token.agent_id));
        let project = agent.map(|agent| agent.project_id);
        routable(&prefix, source, &[('c', Some(1)), ('o', Some(1)), ('p', project)])
    }

    fn job_text(&self, id: u64, source: &mut Source) -> String {
        let prefix = self.prefix("glcbt-");
        let Some(job) = self.jobs.get(&id) else {
            return prefix;
        };
        if job.form == Form::Legacy || !self.since(18, 0) {
            return format!("{prefix}64_{}", source.friendly(20));
        }
        let issued = job.created_at.as_second();
        let number = |id: u64| base36(u128::from(id), 1);
        let claims = json!({
            "version": "0.1.0",
            "c": "1",
            "o": "1",
            "u": number(job.user_id),
            "p": number(job.project_id),
            "jti": source.hex(32),
            "aud": "gitlab-authz-token",
            "sub": format!("gid://gitlab/Ci::Build/{id}"),
            "iss": self.url,
            "iat": issued,
            "nbf": issued - 5,
            "exp": issued + 3600 + 300,
        });
        jwt(&prefix, source, &claims)
    }
}

/// Makes the body of an incoming mail token: 128 bits in base 36, not padded.
fn mail_body(source: &mut Source) -> String {
    let bytes = source.bytes(16);
    let number = bytes.iter().fold(0_u128, |number, &byte| number << 8 | u128::from(byte));
    base36(number, 1)
}
