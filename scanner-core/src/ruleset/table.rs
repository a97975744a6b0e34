//! The literals of the built-in rules, generated from their regexes.
//!
//! Do not edit: the test `ruleset::table::tests::is_current` compares it with what is derived from the rules, and
//! writes it anew where `TOKENSIEVE_UPDATE=1` is set.

use super::literals::Literal;

/// The literals of a built-in rule.
pub(super) fn literals_of(id: &str) -> Option<Vec<Literal>> {
    let (_, rows) = LITERALS.iter().find(|(rule, _)| *rule == id)?;
    let literal = |(bytes, is_folded): &(&[u8], bool)| Literal { bytes: bytes.to_vec(), is_folded: *is_folded };
    Some(rows.iter().map(literal).collect())
}

/// The ids of all built-in rules.
pub(super) fn ids() -> impl Iterator<Item = &'static str> {
    LITERALS.iter().map(|(id, _)| *id)
}

/// The literals of a rule: bytes, and whether both cases of letters are meant.
type Rows = &'static [(&'static [u8], bool)];

#[rustfmt::skip]
const LITERALS: &[(&str, Rows)] = &[
    ("kubernetes_secret", &[
        (b"kind: ", false),
    ]),
    ("kubernetes_secret_exported", &[
        (b"apiVersion: v1", false),
    ]),
    ("npmrc_password", &[
        (b"\n_auth =", false),
        (b"\n_auth=", false),
        (b"\n_password =", false),
        (b"\n_password=", false),
        (b":_auth =", false),
        (b":_auth=", false),
        (b":_password =", false),
        (b":_password=", false),
    ]),
    ("npmrc_auth_token", &[
        (b":_authToken =", false),
        (b":_authToken=", false),
    ]),
    ("netrc_password", &[
        (b"machine ", false),
    ]),
    ("password_hash", &[
        (b":$1$", false),
        (b":$2a$", false),
        (b":$2b$", false),
        (b":$2y$", false),
        (b":$5$", false),
        (b":$6$", false),
        (b":$apr1$", false),
        (b":$y$", false),
        (b":{SHA}", false),
    ]),
    ("wordpress_database_password", &[
        (b"DB_PASSWORD\"", false),
        (b"DB_PASSWORD\'", false),
    ]),
    ("wordpress_salt", &[
        (b"AUTH_KEY\"", false),
        (b"AUTH_KEY\'", false),
        (b"AUTH_SALT\"", false),
        (b"AUTH_SALT\'", false),
        (b"LOGGED_IN_KEY", false),
        (b"LOGGED_IN_SALT", false),
        (b"NONCE_KEY\"", false),
        (b"NONCE_KEY\'", false),
        (b"NONCE_SALT\"", false),
        (b"NONCE_SALT\'", false),
    ]),
    ("rails_secret_key_base", &[
        (b"secret_key_base", true),
    ]),
    ("rails_master_key", &[
        (b"rails_master_key", true),
    ]),
    ("django_secret_key", &[
        (b"SECRET_KEY", false),
    ]),
    ("generic_secret", &[
        (b"-key", true),
        (b"_key", true),
        (b"accesskey", true),
        (b"accountkey", true),
        (b"api.key", true),
        (b"apikey", true),
        (b"authkey", true),
        (b"credential", true),
        (b"encryptionkey", true),
        (b"masterkey", true),
        (b"privatekey", true),
        (b"secret", true),
        (b"sharedkey", true),
        (b"signingkey", true),
        (b"token", true),
    ]),
    ("generic_password", &[
        (b"-pass", true),
        (b"-pwd", true),
        (b"_pass", true),
        (b"_pwd", true),
        (b"dbpass", true),
        (b"passphrase", true),
        (b"passw", true),
        (b"userpwd", true),
    ]),
    ("gitlab_personal_access_token_routable_versioned", &[
        (b".01.", false),
        (b"glpat-", false),
    ]),
    ("gitlab_personal_access_token_routable", &[
        (b"glpat-", false),
    ]),
    ("gitlab_personal_access_token", &[
        (b"glpat-", false),
    ]),
    ("gitlab_oauth_app_secret", &[
        (b"gloas-", false),
    ]),
    ("gitlab_deploy_token", &[
        (b"gldt-", false),
    ]),
    ("gitlab_runner_auth_token_routable", &[
        (b"glrt-", false),
        (b"glrtr-", false),
    ]),
    ("gitlab_runner_auth_token", &[
        (b"glrt-", false),
        (b"glrtr-", false),
    ]),
    ("gitlab_runner_registration_token", &[
        (b"GR1348941", false),
    ]),
    ("gitlab_ci_build_token_jwt", &[
        (b"glcbt-eyJ", false),
    ]),
    ("gitlab_ci_build_token", &[
        (b"glcbt-", false),
    ]),
    ("gitlab_pipeline_trigger_token", &[
        (b"glptt-", false),
    ]),
    ("gitlab_feed_token_path", &[
        (b"glft-", false),
    ]),
    ("gitlab_feed_token_v2", &[
        (b"glft-", false),
    ]),
    ("gitlab_incoming_email_token", &[
        (b"glimt-", false),
    ]),
    ("gitlab_kubernetes_agent_token", &[
        (b"glagent-", false),
    ]),
    ("gitlab_workspace_token", &[
        (b"glwt-", false),
    ]),
    ("gitlab_scim_oauth_token", &[
        (b"glsoat-", false),
    ]),
    ("gitlab_feature_flags_client_token", &[
        (b"glffct-", false),
    ]),
    ("gitlab_runner_controller_token", &[
        (b"glrct-", false),
    ]),
    ("gitlab_stateless_access_token", &[
        (b"glsat-eyJ", false),
    ]),
    ("gitlab_session_cookie", &[
        (b"_gitlab_session", false),
    ]),
    ("gitlab_routable_token", &[
        (b".01.", false),
    ]),
    ("gitlab_webhook_secret", &[
        (b"gitlab", true),
        (b"x-gitlab", true),
        (b"x_gitlab", true),
    ]),
    ("gitlab_external_storage_token", &[
        (b"gitlab", true),
        (b"storage_auth_token", true),
    ]),
    ("gitlab_static_object_token", &[
        (b"/archive/", false),
        (b"/raw/", false),
        (b"gitlab", true),
    ]),
    ("gitlab_health_check_token", &[
        (b"health_check", false),
    ]),
    ("gitlab_saml_discovery_token", &[
        (b"/-/saml", false),
        (b"saml_discovery_token", true),
    ]),
    ("gitlab_feature_flags_client_token_unprefixed", &[
        (b"unleash", true),
    ]),
    ("gitlab_scim_oauth_token_unprefixed", &[
        (b"scim-token", true),
        (b"scim_token", true),
    ]),
    ("gitlab_incoming_email_token_unprefixed", &[
        (b"incoming+", false),
        (b"incoming_email_token", true),
    ]),
    ("gitlab_feed_token", &[
        (b"feed-token", true),
        (b"feed_token", true),
        (b"rss-token", true),
        (b"rss_token", true),
    ]),
    ("gitlab_pipeline_trigger_token_unprefixed", &[
        (b"/trigger/", false),
        (b"trigger-token", true),
        (b"trigger_token", true),
    ]),
    ("gitlab_pipeline_trigger_token_form", &[
        (b"token=", false),
    ]),
    ("gitlab_runner_registration_token_unprefixed", &[
        (b"/api/v4/runners", false),
        (b"RegistrationToken", false),
        (b"gitlab-ci-multi-runner", false),
        (b"gitlab-runner", false),
        (b"registration-token", true),
        (b"registrationToken", false),
        (b"registration_token", true),
    ]),
    ("gitlab_runner_registration_token_form", &[
        (b"token=", false),
    ]),
    ("gitlab_runner_auth_token_unprefixed", &[
        (b"/api/v4/runners/", false),
        (b"RunnerToken", false),
        (b"[[runners]]", false),
        (b"gitlab-runner", false),
        (b"runner-token", true),
        (b"runnerToken", false),
        (b"runner_token", true),
    ]),
    ("gitlab_deploy_token_unprefixed", &[
        (b"CI_DEPLOY_PASSWORD", false),
        (b"deploy-token", true),
        (b"deploy_token", true),
    ]),
    ("gitlab_ci_build_token_unprefixed", &[
        (b"CI_DEPENDENCY_PROXY_PASSWORD", false),
        (b"CI_REGISTRY_PASSWORD", false),
        (b"ci_build_token", true),
        (b"gitlab-ci-token", false),
        (b"job-token", true),
        (b"job_token", true),
    ]),
    ("gitlab_oauth_app_secret_unprefixed", &[
        (b"gitlab", true),
    ]),
    ("gitlab_oauth_refresh_token", &[
        (b"refresh-token", true),
        (b"refreshToken", false),
        (b"refresh_token", true),
    ]),
    ("gitlab_oauth_refresh_token_after_url", &[
        (b"/api/v4/", false),
        (b"gitlab", true),
    ]),
    ("gitlab_oauth_access_token", &[
        (b"%252foauth2%253a", true),
        (b"%252foauth2%3a", true),
        (b"%2foauth2%253a", true),
        (b"%2foauth2%3a", true),
        (b"//oauth2:", true),
        (b"/api/v4/", false),
        (b"gitlab", true),
    ]),
    ("gitlab_oauth_access_token_response", &[
        (b"access-token", true),
        (b"accessToken", false),
        (b"access_token", true),
        (b"oauth-token", true),
        (b"oauthToken", false),
        (b"oauth_token", true),
    ]),
    ("gitlab_bearer_token", &[
        (b"Bearer ", false),
    ]),
    ("gitlab_bearer_token_after_url", &[
        (b"/api/scim/v2/", false),
        (b"/api/v4/", false),
        (b"gitlab", true),
    ]),
    ("gitlab_oauth_access_token_after_url", &[
        (b"/api/v4/", false),
        (b"gitlab", true),
    ]),
    ("gitlab_private_token", &[
        (b"%252foauth2%253a", true),
        (b"%252foauth2%3a", true),
        (b"%2foauth2%253a", true),
        (b"%2foauth2%3a", true),
        (b"//oauth2:", true),
        (b"PrivateToken", false),
        (b"private-token", true),
        (b"privateToken", false),
        (b"private_token", true),
    ]),
    ("gitlab_git_url_token", &[
        (b"%253a%252f%252f", true),
        (b"%3a%2f%2f", true),
        (b"http://", false),
        (b"https://", false),
    ]),
    ("gitlab_host_credentials", &[
        (b"gitlab", true),
        (b"http-basic.", false),
    ]),
    ("gitlab_package_registry_token", &[
        (b"/api/v4/", false),
    ]),
    ("gitlab_terraform_state_token", &[
        (b"/api/v4/projects/", false),
        (b"TF_HTTP_PASSWORD", false),
    ]),
    ("gitlab_token_after_host", &[
        (b"/api/v4/", false),
        (b"gitlab", true),
    ]),
    ("gitlab_token_before_host", &[
        (b"password", true),
        (b"twine_password", true),
    ]),
    ("gitlab_command_line_token", &[
        (b"/api/v4/", false),
        (b"CI_REGISTRY", false),
        (b"conan ", false),
        (b"gitlab", true),
        (b"glab ", false),
        (b"login ", false),
        (b"login\"", false),
        (b"login\'", false),
        (b"twine ", true),
    ]),
    ("gitlab_command_line_token_before_host", &[
        (b"conan user ", false),
        (b"curl ", false),
        (b"login ", false),
        (b"login\"", false),
        (b"login\'", false),
        (b"password", true),
        (b"twine upload ", true),
    ]),
    ("gitlab_token_variable", &[
        (b"GL_ACCESS_TOKEN", false),
        (b"GL_TOKEN", false),
        (b"gitlab", true),
    ]),
    ("gitlab_token_variable_command", &[
        (b"gitlab_", true),
    ]),
    ("http_basic_authorization", &[
        (b"authorization", true),
    ]),
    ("http_bearer_authorization", &[
        (b"authorization", true),
    ]),
    ("curl_user_password", &[
        (b"curl ", false),
        (b"curl.exe ", false),
    ]),
    ("private_key", &[
        (b"---- BEGIN SSH2 ENCRYPTED PRIVAT", false),
        (b"-----BEGIN ", false),
    ]),
    ("private_key_base64", &[
        (b"LS0tLS1CRUdJTiB", false),
    ]),
    ("putty_private_key", &[
        (b"PuTTY-User-Key-File-", false),
    ]),
    ("age_secret_key", &[
        (b"AGE-SECRET-KEY-", false),
    ]),
    ("minisign_secret_key", &[
        (b"RWQAAEIy", false),
        (b"RWRCSwAAA", false),
        (b"RWRTY0Iy", false),
    ]),
    ("tor_onion_service_key", &[
        (b"== ed25519v1-secret: type0 ==\x00\x00\x00", false),
        (b"ED25519-V3:", false),
        (b"PT0gZWQyNTUxOXYxLXNlY3JldDogdHlw", false),
    ]),
    ("rsa_key_xml", &[
        (b"&lt;RSAKeyValue&gt;", false),
        (b"<RSAKeyValue>", false),
    ]),
    ("jwk_private_key", &[
        (b"\"kty\"", false),
        (b"\"kty\\\"", false),
        (b"\\\"kty\"", false),
        (b"\\\"kty\\\"", false),
    ]),
    ("jwk_private_key_sorted", &[
        (b"\"d\": \"", false),
        (b"\"d\":\"", false),
        (b"\\\"d\\\": \\\"", false),
        (b"\\\"d\\\":\\\"", false),
    ]),
    ("wireguard_private_key", &[
        (b"private-key", true),
        (b"private_-key", true),
        (b"private_key", true),
        (b"privatekey", true),
    ]),
    ("wireguard_preshared_key", &[
        (b"preshared-key", true),
        (b"preshared_-key", true),
        (b"preshared_key", true),
        (b"presharedkey", true),
    ]),
    ("pkcs12_file", &[
        (b"\x02\x01\x030", false),
        (b"MII", false),
    ]),
    ("database_uri_password", &[
        (b"amqp", true),
        (b"cassandra", true),
        (b"clickhouse", true),
        (b"cockroachdb", true),
        (b"couchbase", true),
        (b"couchdb", true),
        (b"influxdb", true),
        (b"ldap", true),
        (b"mariadb", true),
        (b"memcached", true),
        (b"mongodb", true),
        (b"mqtt", true),
        (b"mssql", true),
        (b"mysql", true),
        (b"nats", true),
        (b"neo4j", true),
        (b"oracle", true),
        (b"postgres", true),
        (b"rabbitmq", true),
        (b"redis", true),
        (b"redshift", true),
        (b"sftp", true),
        (b"smtp", true),
        (b"snowflake", true),
        (b"sqlserver", true),
        (b"valkey", true),
    ]),
    ("uri_password", &[
        (b"://", false),
    ]),
    ("jdbc_password", &[
        (b"jdbc:", false),
    ]),
    ("connection_string_password", &[
        (b"addr =", true),
        (b"addr=", true),
        (b"address =", true),
        (b"address=", true),
        (b"data source =", true),
        (b"data source=", true),
        (b"datasource =", true),
        (b"datasource=", true),
        (b"driver =", true),
        (b"driver=", true),
        (b"host =", true),
        (b"host=", true),
        (b"provider =", true),
        (b"provider=", true),
        (b"server =", true),
        (b"server=", true),
        (b"uid =", true),
        (b"uid=", true),
        (b"user id =", true),
        (b"user id=", true),
        (b"userid =", true),
        (b"userid=", true),
        (b"username =", true),
        (b"username=", true),
    ]),
];

#[cfg(test)]
mod tests {
    use std::fmt::Write;

    use super::super::{file, literals, parse};
    use super::LITERALS;

    /// The table as it should be, from the line after its head to the line before its end.
    fn derived() -> String {
        let mut out = String::new();
        for provider in tokensieve_rules::PROVIDERS {
            for entry in file::read(provider.name, provider.name, provider.rules).unwrap() {
                let id = &entry.rule.id;
                let literals = literals::derive(&parse(&entry.rule.regex).unwrap())
                    .unwrap_or_else(|| panic!("the built-in rule {id} has no literals"));
                writeln!(out, "    (\"{id}\", &[").unwrap();
                for literal in literals {
                    writeln!(out, "        (b\"{}\", {}),", literal.bytes.escape_ascii(), literal.is_folded).unwrap();
                }
                writeln!(out, "    ]),").unwrap();
            }
        }
        out
    }

    #[test]
    #[expect(clippy::disallowed_methods, reason = "this test writes the table")]
    fn is_current() {
        const HEAD: &str = "const LITERALS: &[(&str, Rows)] = &[\n";
        const END: &str = "];\n";
        let file = concat!(env!("CARGO_MANIFEST_DIR"), "/src/ruleset/table.rs");
        let text = std::fs::read_to_string(file).unwrap();
        let start = text.find(HEAD).unwrap() + HEAD.len();
        let end = start + text[start..].find(END).unwrap();
        let derived = derived();
        if std::env::var("TOKENSIEVE_UPDATE").is_ok() {
            std::fs::write(file, [&text[..start], &derived, &text[end..]].concat()).unwrap();
            return;
        }
        assert_eq!(text[start..end], derived, "run the tests with TOKENSIEVE_UPDATE=1 to write the table anew");
        assert_eq!(text[start..end].matches("&[\n").count(), LITERALS.len());
    }
}
