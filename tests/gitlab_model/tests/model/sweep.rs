//! Calls every kind of request as every kind of caller: nothing may leave the OpenAPI document.

use gitlab_model::{Fixture, Model, Profile, Tier};
use serde_json::json;

use super::support::{Checked, start};

/// Paths that read, with the rows of the example in them.
const READ: &[&str] = &[
    "/version",
    "/metadata",
    "/user",
    "/users",
    "/users/2",
    "/users/2/keys",
    "/users/2/gpg_keys",
    "/users/6/impersonation_tokens",
    "/users/6/impersonation_tokens/17",
    "/user/keys",
    "/user/gpg_keys",
    "/application/settings",
    "/applications",
    "/personal_access_tokens?per_page=100",
    "/personal_access_tokens/self",
    "/personal_access_tokens/self/associations",
    "/personal_access_tokens/14",
    "/deploy_tokens",
    "/deploy_keys",
    "/keys/2",
    "/groups",
    "/groups/1",
    "/groups/1/descendant_groups",
    "/groups/1/projects?include_subgroups=true",
    "/groups/1/members",
    "/groups/1/members/all",
    "/groups/1/access_tokens",
    "/groups/1/access_tokens/32",
    "/groups/1/deploy_tokens",
    "/groups/1/deploy_tokens/2",
    "/groups/1/variables",
    "/groups/1/variables/GROUP_TOKEN",
    "/groups/1/hooks",
    "/groups/1/hooks/2",
    "/groups/1/runners",
    "/groups/1/audit_events",
    "/groups/1/service_accounts",
    "/groups/1/service_accounts/22/personal_access_tokens",
    "/groups/1/enterprise_users",
    "/groups/1/manage/personal_access_tokens",
    "/groups/1/manage/resource_access_tokens",
    "/groups/1/manage/ssh_keys",
    "/projects",
    "/projects/1",
    "/projects/1/members",
    "/projects/1/members/all",
    "/projects/1/access_tokens",
    "/projects/1/access_tokens/30",
    "/projects/1/deploy_tokens",
    "/projects/1/deploy_tokens/1",
    "/projects/1/deploy_keys",
    "/projects/1/deploy_keys/1",
    "/projects/1/triggers",
    "/projects/1/triggers/1",
    "/projects/1/runners",
    "/projects/1/variables",
    "/projects/1/variables/DEPLOY_TOKEN",
    "/projects/1/hooks",
    "/projects/1/hooks/1",
    "/projects/1/cluster_agents",
    "/projects/1/cluster_agents/1",
    "/projects/1/cluster_agents/1/tokens",
    "/projects/1/cluster_agents/1/tokens/1",
    "/projects/1/job_token_scope",
    "/projects/1/job_token_scope/allowlist",
    "/projects/1/job_token_scope/groups_allowlist",
    "/projects/1/audit_events",
    "/projects/1/service_accounts",
    "/runners",
    "/runners/all",
    "/runners/2",
    "/runners/1/managers",
    "/runner_controllers",
    "/runner_controllers/1/tokens",
    "/runner_controllers/1/tokens/1",
    "/service_accounts",
    "/admin/ci/variables",
    "/hooks",
    "/hooks/3",
    "/audit_events",
];

#[test]
fn no_answer_to_a_read_leaves_the_document() {
    for profile in Profile::ALL {
        for tier in [Tier::Free, Tier::Ultimate] {
            let mut fixture = Fixture::example();
            fixture.instance.gitlab_com = true;
            let model = Checked(Model::start(fixture, profile, tier).unwrap());
            for token in [1, 2, 4, 5, 6, 9, 14, 18, 19, 30, 32] {
                for path in READ {
                    let answer = model.call(token, &format!("GET {path}"), None);
                    assert!(answer.status < 500, "{path}: {answer:?}");
                }
            }
        }
    }
}

#[test]
fn administrators_and_owners_can_read_every_path() {
    let model = start(Profile::R19_6, |fixture| fixture.instance.gitlab_com = true);
    for path in READ {
        let answer = model.call(1, &format!("GET {path}"), None);
        assert_eq!(answer.status, 200, "{path}: {answer:?}");
    }
}

#[test]
fn no_answer_to_a_write_leaves_the_document() {
    let writes = [
        ("POST /user/personal_access_tokens", json!({"name": "a", "scopes": ["self_rotate"]})),
        ("POST /users/2/personal_access_tokens", json!({"name": "a", "scopes": ["api"]})),
        ("POST /users/2/impersonation_tokens", json!({"name": "a", "scopes": ["api"]})),
        ("POST /groups/1/access_tokens", json!({"name": "a", "scopes": ["api"]})),
        ("POST /groups/1/access_tokens/32/rotate", json!({})),
        ("POST /projects/1/access_tokens/30/rotate", json!({})),
        ("POST /personal_access_tokens/2/rotate", json!({})),
        ("POST /groups/1/manage/personal_access_tokens/18/rotate", json!({})),
        ("POST /groups/1/deploy_tokens", json!({"name": "a", "scopes": ["read_registry"]})),
        ("POST /projects/1/deploy_keys", json!({"title": "a", "key": "ssh-ed25519 AAAA"})),
        ("POST /user/keys", json!({"title": "a", "key": "ssh-ed25519 AAAA"})),
        ("POST /projects/1/triggers", json!({"description": "a"})),
        ("PUT /projects/1/triggers/1", json!({"description": "b"})),
        ("POST /user/runners", json!({"runner_type": "instance_type"})),
        ("POST /runners/1/reset_authentication_token", json!({})),
        ("POST /runners/reset_registration_token", json!({})),
        ("POST /projects/1/runners/reset_registration_token", json!({})),
        ("POST /projects/1/cluster_agents/1/tokens", json!({"name": "a"})),
        ("POST /runner_controllers/1/tokens", json!({"description": "a"})),
        ("POST /runner_controllers/1/tokens/1/rotate", json!({})),
        ("POST /applications", json!({"name": "a", "redirect_uri": "https://a.example"})),
        ("POST /applications/1/renew-secret", json!({})),
        ("POST /projects/1/hooks", json!({"url": "https://a.example"})),
        ("POST /groups/1/variables", json!({"key": "A", "value": "b"})),
        ("PUT /groups/1/variables/A", json!({"value": "c"})),
        ("DELETE /groups/1/variables/A", json!({})),
        ("POST /admin/ci/variables", json!({"key": "A", "value": "b"})),
        ("DELETE /admin/ci/variables/A", json!({})),
        ("PUT /application/settings", json!({"require_personal_access_token_expiry": false})),
        ("POST /service_accounts", json!({"name": "a"})),
        ("PATCH /service_accounts/23", json!({"name": "b"})),
        ("DELETE /users/2/keys/2", json!({})),
        ("DELETE /users/6/impersonation_tokens/17", json!({})),
        ("DELETE /projects/1/deploy_keys/1", json!({})),
        ("DELETE /projects/1/triggers/1", json!({})),
        ("DELETE /projects/1/hooks/1", json!({})),
        ("DELETE /projects/1/cluster_agents/1/tokens/1", json!({})),
        ("DELETE /runner_controllers/1/tokens/1", json!({})),
        ("DELETE /runners/4", json!({})),
        ("DELETE /applications/1", json!({})),
        ("DELETE /groups/1/manage/resource_access_tokens/31", json!({})),
    ];
    let model = start(Profile::R19_6, |fixture| {
        fixture.instance.gitlab_com = true;
        fixture.instance.require_personal_access_token_expiry = false;
    });
    for (request, body) in &writes {
        let answer = model.call(1, request, Some(body));
        assert!((200..300).contains(&answer.status), "{request}: {answer:?}");
    }
    let refused = start(Profile::R16_11, |_| {});
    for (request, body) in &writes {
        let answer = refused.call(18, request, Some(body));
        assert!((200..500).contains(&answer.status), "{request}: {answer:?}");
    }
}
