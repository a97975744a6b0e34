//! The kinds in the order in which they are considered, the narrowest first, and when each fits.

use super::answers::{Access, Answers, Span, Touches, Who};

/// Why a kind does not fit.
pub(super) type Fit = Result<(), &'static str>;

/// A kind of credential that can be chosen.
pub(super) struct Candidate {
    pub(super) kind: &'static str,
    pub(super) fits: fn(&Answers) -> Fit,
    /// Where to keep it.
    pub(super) keep: &'static str,
    /// What to do when it leaks.
    pub(super) leaked: &'static str,
}

const VARIABLE: &str = "a CI/CD variable of the project: masked and hidden, protected where the \
                        job runs on protected branches";
const VAULT: &str = "the machine's secret store, readable by the one service that needs it";
const ROTATE: &str = "rotate it (`token rotate`), put the new value in place, look at the audit \
                      events and addresses since the leak";
const OWN: &str = "your password manager or your system's keyring";

fn need(holds: bool, otherwise: &'static str) -> Fit {
    if holds { Ok(()) } else { Err(otherwise) }
}

fn touches(answers: &Answers, any: &[Touches], otherwise: &'static str) -> Fit {
    need(any.contains(&answers.touches), otherwise)
}

fn machine(answers: &Answers) -> Fit {
    need(answers.who == Who::Machine, "it is for machines")
}

fn person(answers: &Answers) -> Fit {
    need(answers.who == Who::Person, "it is for people")
}

fn in_ci(answers: &Answers) -> Fit {
    machine(answers)?;
    need(answers.in_ci, "it is for jobs of GitLab CI/CD")
}

fn outside(answers: &Answers) -> Fit {
    machine(answers)?;
    need(!answers.in_ci, "a job has narrower means")
}

const GENERAL: [Touches; 4] = [Touches::Api, Touches::Git, Touches::Registry, Touches::Packages];

fn general(answers: &Answers) -> Fit {
    touches(answers, &GENERAL, "it is for the API, repositories and registries")
}

fn job_token(answers: &Answers) -> Fit {
    in_ci(answers)?;
    let reached = [Touches::Git, Touches::Registry, Touches::Packages];
    touches(answers, &reached, "job tokens do not reach this part of the API")?;
    let pushes = answers.touches == Touches::Git && answers.access == Access::Write;
    need(!pushes, "job tokens do not push to repositories unless the project allows it")?;
    need(
        matches!(answers.span, Span::Project | Span::Projects),
        "other projects have to put this one on their allowlist, one by one",
    )
}

fn deploy_token(answers: &Answers) -> Fit {
    outside(answers)?;
    let known = [Touches::Git, Touches::Registry, Touches::Packages];
    touches(answers, &known, "deploy tokens have no API")?;
    let pushes = answers.touches == Touches::Git && answers.access == Access::Write;
    need(!pushes, "deploy tokens do not push to repositories")?;
    need(
        matches!(answers.span, Span::Project | Span::Projects),
        "a deploy token is of one project or group",
    )
}

fn project_token(answers: &Answers) -> Fit {
    machine(answers)?;
    general(answers)?;
    need(answers.span == Span::Project, "it reaches one project only")
}

fn group_token(answers: &Answers) -> Fit {
    outside(answers)?;
    general(answers)?;
    need(answers.span != Span::Project, "it reaches further than one project")?;
    need(answers.span == Span::Projects, "it reaches one group only")
}

fn service_account(answers: &Answers) -> Fit {
    machine(answers)?;
    general(answers)?;
    need(answers.span != Span::Project, "one project needs no account of its own")?;
    need(answers.service_account, "there can be no service account")
}

fn bot_user(answers: &Answers) -> Fit {
    machine(answers)?;
    general(answers)?;
    need(answers.span != Span::Project, "one project needs no account of its own")?;
    need(!answers.service_account, "a service account is better: no password, no seat")
}

fn fine_grained(answers: &Answers) -> Fit {
    person(answers)?;
    touches(answers, &[Touches::Api], "it is for the API")?;
    need(answers.permission.is_some(), "no single fine-grained permission suffices")
}

fn personal(answers: &Answers) -> Fit {
    person(answers)?;
    let known = [Touches::Api, Touches::Registry, Touches::Packages];
    touches(answers, &known, "it is for the API and registries")
}

fn ssh_key(answers: &Answers) -> Fit {
    person(answers)?;
    touches(answers, &[Touches::Git, Touches::GitSsh], "it is for repositories")
}

fn deploy_key(answers: &Answers) -> Fit {
    machine(answers)?;
    touches(answers, &[Touches::GitSsh], "it is for Git over SSH")
}

/// A kind that one thing it touches decides on.
macro_rules! only {
    ($touches:ident, $otherwise:literal) => {
        |answers| touches(answers, &[Touches::$touches], $otherwise)
    };
}

/// All kinds, the narrowest first.
pub(super) const CANDIDATES: &[Candidate] = &[
    Candidate {
        kind: "ci_job_token",
        fits: job_token,
        keep: "nowhere: each job has its own in CI_JOB_TOKEN",
        leaked: "it dies with the job: cancel the job, and keep it out of logs and artifacts",
    },
    Candidate {
        kind: "id_token",
        fits: |answers| {
            in_ci(answers)?;
            touches(answers, &[Touches::Cloud], "it is for clouds and vaults")
        },
        keep: "nowhere: each job gets its own by `id_tokens`",
        leaked: "it ends with the job; check the trust that the cloud gives to `aud` and `sub`",
    },
    Candidate {
        kind: "self_rotate_token",
        fits: only!(Itself, "it can do nothing but rotate itself"),
        keep: VAULT,
        leaked: ROTATE,
    },
    Candidate {
        kind: "runner_authentication_token",
        fits: only!(Runners, "it is for runners"),
        keep: "the runner's config.toml, readable by the runner alone",
        leaked: "reset it: `POST /runners/:id/reset_authentication_token`",
    },
    Candidate {
        kind: "pipeline_trigger_token",
        fits: only!(Pipelines, "it starts pipelines and nothing else"),
        keep: "the secret store of the system that starts the pipeline",
        leaked: "make a new one, put it in place, delete this one; look at the pipelines it \
                 started",
    },
    Candidate {
        kind: "kubernetes_agent_token",
        fits: only!(Cluster, "it is for clusters"),
        keep: "a secret of the agent's namespace",
        leaked: "make the second token, deploy it, revoke the first",
    },
    Candidate {
        kind: "feature_flags_client_token",
        fits: only!(Flags, "it is for feature flags"),
        keep: "the application's secret store",
        leaked: "reset it: all clients of the project need the new one",
    },
    Candidate {
        kind: "scim_token",
        fits: only!(Users, "it is for identity providers"),
        keep: "the identity provider",
        leaked: "generate a new one on the same page, which ends this one",
    },
    Candidate {
        kind: "oauth_application",
        fits: only!(Application, "it is for applications that users sign in to"),
        keep: "the application's secret store",
        leaked: "renew the secret: `POST /applications/:id/renew-secret`",
    },
    Candidate {
        kind: "impersonation_token",
        fits: only!(OtherUser, "it is for administrators who act as a user"),
        keep: OWN,
        leaked: "revoke it: `DELETE /users/:user_id/impersonation_tokens/:id`",
    },
    Candidate {
        kind: "feed_token",
        fits: only!(Feed, "it is for feeds"),
        keep: "the feed reader",
        leaked: "reset it on your profile page",
    },
    Candidate {
        kind: "incoming_mail_token",
        fits: only!(Mail, "it is for mail"),
        keep: "your address book",
        leaked: "reset it on your profile page",
    },
    Candidate {
        kind: "webhook_signing_token",
        fits: |answers| {
            need(answers.who == Who::Gitlab, "it is for what GitLab sends")?;
            touches(answers, &[Touches::Webhook], "it is for webhooks")
        },
        keep: "the receiver's secret store",
        leaked: "put a new one: the receiver takes both until it has the new one",
    },
    Candidate {
        kind: "deploy_key",
        fits: deploy_key,
        keep: VAULT,
        leaked: "delete it, make a new pair",
    },
    Candidate {
        kind: "deploy_token",
        fits: deploy_token,
        keep: VAULT,
        leaked: "make a new one, put it in place, delete this one",
    },
    Candidate { kind: "project_access_token", fits: project_token, keep: VARIABLE, leaked: ROTATE },
    Candidate { kind: "group_access_token", fits: group_token, keep: VAULT, leaked: ROTATE },
    Candidate { kind: "service_account_token", fits: service_account, keep: VAULT, leaked: ROTATE },
    Candidate { kind: "bot_user_token", fits: bot_user, keep: VAULT, leaked: ROTATE },
    Candidate { kind: "fine_grained_token", fits: fine_grained, keep: OWN, leaked: ROTATE },
    Candidate { kind: "personal_access_token", fits: personal, keep: OWN, leaked: ROTATE },
    Candidate {
        kind: "ssh_key",
        fits: ssh_key,
        keep: "~/.ssh with a passphrase, or a hardware key",
        leaked: "delete it: `DELETE /user/keys/:id`, and make a new pair",
    },
];
