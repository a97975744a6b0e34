//! Generated from the rule files: see [`table`](super::table).
//!
//! Do not edit: the test `ruleset::table::tests::is_current` compares it with what is derived from the rules, and
//! writes it anew where `TOKENSIEVE_UPDATE=1` is set.

use super::table::Row;

/// The rules of each provider, in the order of the files.
#[rustfmt::skip]
pub(super) static ROWS: &[&[Row]] = &[
    // 1password
    &[
        Row { id: "1password_service_account_token", aliases: &["1password-service-account-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ops_eyJ", false, false),
        ] },
        Row { id: "1password_secret_key", aliases: &["1password-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"A3-", false, true),
        ] },
    ],
    // ably
    &[
        Row { id: "ably_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ably", true, false),
        ] },
    ],
    // adafruit
    &[
        Row { id: "adafruit_io_key", aliases: &["adafruit-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"aio_", false, true),
        ] },
        Row { id: "adafruit_io_key_unprefixed", aliases: &["adafruit-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"adafruit", true, false),
            (b"aio-", true, false),
            (b"aio_", true, false),
            (b"x-aio", true, false),
            (b"x_aio", true, false),
        ] },
    ],
    // adobe
    &[
        Row { id: "adobe_client_secret", aliases: &["adobe-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"p8e-", false, true),
        ] },
        Row { id: "adobe_client_secret_uuid", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"adobe", true, false),
        ] },
        Row { id: "adobe_client_id", aliases: &["adobe-client-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"adobe", true, false),
        ] },
    ],
    // adyen
    &[
        Row { id: "adyen_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AQE", false, false),
        ] },
    ],
    // airtable
    &[
        Row { id: "airtable_personal_access_token", aliases: &["airtable-personnal-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pat", false, true),
        ] },
        Row { id: "airtable_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"oaa", false, true),
            (b"oar", false, true),
        ] },
        Row { id: "airtable_api_key", aliases: &["airtable-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"airtable", true, false),
        ] },
    ],
    // aiven
    &[
        Row { id: "aiven_service_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AVNS_", false, true),
        ] },
    ],
    // algolia
    &[
        Row { id: "algolia_admin_api_key", aliases: &["algolia-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"algolia", true, false),
        ] },
        Row { id: "algolia_api_key", aliases: &["algolia-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"algolia", true, false),
        ] },
        Row { id: "algolia_api_key_of_client", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"algolia", true, false),
        ] },
    ],
    // alibaba
    &[
        Row { id: "alibaba_access_key_secret_pair", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"LTAI", false, true),
        ] },
        Row { id: "alibaba_access_key_id", aliases: &["alibaba-access-key-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"LTAI", false, true),
        ] },
        Row { id: "alibaba_sts_access_key_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"STS.N", false, true),
        ] },
        Row { id: "alibaba_access_key_secret", aliases: &["alibaba-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access_key_secret", true, false),
            (b"access_keysecret", true, false),
            (b"accesskey_secret", true, false),
            (b"accesskeysecret", true, false),
            (b"alibaba", true, false),
            (b"alicloud", true, false),
            (b"aliyun", true, false),
        ] },
    ],
    // anthropic
    &[
        Row { id: "anthropic_api_key", aliases: &["anthropic-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-ant-api03-", false, true),
        ] },
        Row { id: "anthropic_admin_api_key", aliases: &["anthropic-admin-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-ant-admin01-", false, true),
        ] },
        Row { id: "anthropic_oauth_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-ant-oat01-", false, true),
        ] },
        Row { id: "anthropic_oauth_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-ant-ort01-", false, true),
        ] },
        Row { id: "anthropic_session_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-ant-sid01-", false, true),
        ] },
    ],
    // apify
    &[
        Row { id: "apify_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"apify_api_", false, true),
        ] },
        Row { id: "apify_proxy_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"apify_proxy_", false, true),
        ] },
    ],
    // asana
    &[
        Row { id: "asana_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"asana", true, false),
        ] },
        Row { id: "asana_personal_access_token_header", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"Bearer 0/", false, true),
            (b"Bearer 1/", false, true),
            (b"Bearer 2/", false, true),
        ] },
        Row { id: "asana_client_secret", aliases: &["asana-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"asana", true, false),
        ] },
        Row { id: "asana_client_id", aliases: &["asana-client-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"asana", true, false),
        ] },
    ],
    // atlassian
    &[
        Row { id: "atlassian_api_token", aliases: &["atlassian-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ATATT3", false, false),
        ] },
        Row { id: "atlassian_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ATCTT3", false, false),
            (b"ATSTT3", false, false),
        ] },
        Row { id: "atlassian_data_center_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"atlassian", true, false),
            (b"bamboo", true, false),
            (b"confluence", true, false),
            (b"jira", true, false),
        ] },
        Row { id: "atlassian_data_center_token_header", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"Bearer MD", false, true),
            (b"Bearer MT", false, true),
            (b"Bearer Mj", false, true),
            (b"Bearer Mz", false, true),
            (b"Bearer ND", false, true),
            (b"Bearer NT", false, true),
            (b"Bearer Nj", false, true),
            (b"Bearer Nz", false, true),
            (b"Bearer OD", false, true),
            (b"Bearer OT", false, true),
            (b"Bearer Oj", false, true),
            (b"Bearer Oz", false, true),
        ] },
        Row { id: "atlassian_api_token_unprefixed", aliases: &["atlassian-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"atlassian", true, false),
            (b"confluence", true, false),
            (b"jira", true, false),
        ] },
    ],
    // authress
    &[
        Row { id: "authress_service_client_access_key", aliases: &["authress-service-client-access-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sc_", false, true),
        ] },
        Row { id: "authress_service_client_access_key_of_extension", aliases: &["authress-service-client-access-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ext_", false, true),
        ] },
        Row { id: "authress_service_client_access_key_long_prefix", aliases: &["authress-service-client-access-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"authress_", false, true),
            (b"scauth_", false, true),
        ] },
    ],
    // aws
    &[
        Row { id: "aws_access_key_id", aliases: &["aws-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ABIA", false, true),
            (b"ACCA", false, true),
            (b"AKIA", false, true),
            (b"ASIA", false, true),
        ] },
        Row { id: "aws_secret_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"amazon", true, false),
            (b"aws", true, false),
            (b"s3-", true, false),
            (b"s3.", true, false),
            (b"s3_", true, false),
        ] },
        Row { id: "aws_bedrock_api_key", aliases: &["aws-amazon-bedrock-api-key-long-lived"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ABSK", false, false),
        ] },
        Row { id: "aws_bedrock_api_key_short_term", aliases: &["aws-amazon-bedrock-api-key-short-lived"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bedrock-api-key-YmVkcm9jay5hbWF6", false, false),
        ] },
        Row { id: "aws_mws_auth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"amzn.mws.", false, true),
        ] },
    ],
    // axiom
    &[
        Row { id: "axiom_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xaat-", false, true),
        ] },
        Row { id: "axiom_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xapt-", false, true),
        ] },
    ],
    // azure
    &[
        Row { id: "azure_client_secret", aliases: &["azure-ad-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"aad", true, false),
            (b"arm_", true, false),
            (b"azure", true, false),
            (b"credential", true, false),
            (b"password", true, false),
            (b"secret", true, false),
        ] },
        Row { id: "azure_storage_account_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AccountKey=", false, false),
        ] },
        Row { id: "azure_shared_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"SharedAccessKey=", false, false),
        ] },
    ],
    // beamer
    &[
        Row { id: "beamer_api_key", aliases: &["beamer-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"beamer", true, false),
        ] },
    ],
    // bitbucket
    &[
        Row { id: "bitbucket_app_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ATBB", false, true),
        ] },
        Row { id: "bitbucket_data_center_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"BBDC-", false, false),
        ] },
        Row { id: "bitbucket_client_secret", aliases: &["bitbucket-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bitbucket", true, false),
        ] },
        Row { id: "bitbucket_client_id", aliases: &["bitbucket-client-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bitbucket", true, false),
        ] },
    ],
    // bittrex
    &[
        Row { id: "bittrex_secret_key", aliases: &["bittrex-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bittrex", true, false),
        ] },
        Row { id: "bittrex_access_key", aliases: &["bittrex-access-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bittrex", true, false),
        ] },
    ],
    // bitwarden
    &[
        Row { id: "bitwarden_secrets_manager_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bitwarden", true, false),
            (b"bw_", true, false),
            (b"bws", true, false),
        ] },
        Row { id: "bitwarden_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bitwarden", true, false),
            (b"bw_client", true, false),
        ] },
    ],
    // blockfrost
    &[
        Row { id: "blockfrost_project_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mainnet", false, true),
            (b"preprod", false, true),
            (b"preview", false, true),
            (b"testnet", false, true),
        ] },
    ],
    // braintree
    &[
        Row { id: "braintree_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access_token$", false, false),
        ] },
        Row { id: "braintree_private_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"braintree", true, false),
        ] },
    ],
    // brevo
    &[
        Row { id: "brevo_api_key", aliases: &["sendinblue-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xkeysib-", false, true),
        ] },
        Row { id: "brevo_smtp_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xsmtpsib-", false, true),
        ] },
    ],
    // buildkite
    &[
        Row { id: "buildkite_api_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bkua_", false, true),
        ] },
        Row { id: "buildkite_agent_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bkar_", false, true),
            (b"bkct_", false, true),
        ] },
        Row { id: "buildkite_agent_session_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bkaa_", false, true),
        ] },
        Row { id: "buildkite_job_or_package_token", aliases: &[], max_len: 2500, takes_custom_prefix: false, literals: &[
            (b"bkaj_eyJ", false, true),
            (b"bkpt_eyJ", false, true),
        ] },
        Row { id: "buildkite_portal_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bkpas_", false, false),
            (b"bkpat_", false, false),
            (b"bkps_", false, false),
            (b"bkpt_", false, false),
        ] },
    ],
    // cal-com
    &[
        Row { id: "cal_com_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cal_live_", false, true),
            (b"cal_test_", false, true),
        ] },
    ],
    // canva
    &[
        Row { id: "canva_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cnvca", false, true),
        ] },
    ],
    // cerebras
    &[
        Row { id: "cerebras_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"csk-", false, true),
        ] },
    ],
    // checkly
    &[
        Row { id: "checkly_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cu_", false, true),
        ] },
    ],
    // circleci
    &[
        Row { id: "circleci_personal_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CCIPAT_", false, true),
        ] },
        Row { id: "circleci_project_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CCIPRJ_", false, true),
        ] },
        Row { id: "circleci_api_token_header", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"circle-token", true, false),
        ] },
        Row { id: "circleci_api_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"circle", true, false),
        ] },
    ],
    // cisco-meraki
    &[
        Row { id: "cisco_meraki_api_key", aliases: &["cisco-meraki-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"meraki", true, false),
        ] },
    ],
    // clerk
    &[
        Row { id: "clerk_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk_live_", false, true),
            (b"sk_test_", false, true),
        ] },
    ],
    // clickhouse-cloud
    &[
        Row { id: "clickhouse_cloud_api_secret_key", aliases: &["clickhouse-cloud-api-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"4b1d", false, true),
        ] },
    ],
    // clickup
    &[
        Row { id: "clickup_personal_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pk_", false, true),
        ] },
    ],
    // clojars
    &[
        Row { id: "clojars_deploy_token", aliases: &["clojars-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CLOJARS_", false, true),
        ] },
    ],
    // cloudflare
    &[
        Row { id: "cloudflare_user_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cfut_", false, true),
        ] },
        Row { id: "cloudflare_account_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cfat_", false, true),
        ] },
        Row { id: "cloudflare_global_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cfk_", false, true),
        ] },
        Row { id: "cloudflare_origin_ca_key", aliases: &["cloudflare-origin-ca-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"v1.0-", false, true),
        ] },
        Row { id: "cloudflare_tunnel_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eyJhIjoi", false, false),
        ] },
        Row { id: "cloudflare_turnstile_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"0x4AAAAAA", false, true),
        ] },
        Row { id: "cloudflare_r2_secret_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"R2_", false, false),
            (b"cloudflare", true, false),
            (b"r2_", false, false),
        ] },
        Row { id: "cloudflare_global_api_key_unprefixed", aliases: &["cloudflare-global-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CF-", false, false),
            (b"CF_", false, false),
            (b"cf-", false, false),
            (b"cf_", false, false),
            (b"cloudflare", true, false),
            (b"x-auth-key", true, false),
        ] },
        Row { id: "cloudflare_api_token_unprefixed", aliases: &["cloudflare-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CF-", false, false),
            (b"CF_", false, false),
            (b"cf-", false, false),
            (b"cf_", false, false),
            (b"cloudflare", true, false),
        ] },
    ],
    // cloudinary
    &[
        Row { id: "cloudinary_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cloudinary://", false, true),
        ] },
        Row { id: "cloudinary_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cloudinary", true, false),
        ] },
    ],
    // cockroachdb
    &[
        Row { id: "cockroachdb_cloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CCDB1_", false, true),
        ] },
    ],
    // codecov
    &[
        Row { id: "codecov_upload_token", aliases: &["codecov-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"codecov", true, false),
        ] },
    ],
    // codesandbox
    &[
        Row { id: "codesandbox_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"csb_v1_", false, true),
        ] },
    ],
    // cohere
    &[
        Row { id: "cohere_api_key", aliases: &["cohere-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CO_API", false, false),
            (b"co-api", false, false),
            (b"co_api", false, false),
            (b"cohere", true, false),
        ] },
    ],
    // coinbase
    &[
        Row { id: "coinbase_cdp_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"apiKeys/", false, true),
            (b"cdp-", true, false),
            (b"cdp_", true, false),
            (b"coinbase", true, false),
            (b"organizations/", false, true),
        ] },
        Row { id: "coinbase_access_token", aliases: &["coinbase-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cb-access", true, false),
            (b"cb-api", true, false),
            (b"cb_access", true, false),
            (b"cb_api", true, false),
            (b"coinbase", true, false),
        ] },
        Row { id: "coinbase_commerce_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"coinbase-commerce", true, false),
            (b"coinbase.commerce", true, false),
            (b"coinbase_commerce", true, false),
            (b"coinbasecommerce", true, false),
            (b"x-cc-api-key", true, false),
        ] },
        Row { id: "coinbase_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cb-access", true, false),
            (b"cb-api", true, false),
            (b"cb_access", true, false),
            (b"cb_api", true, false),
            (b"coinbase", true, false),
        ] },
        Row { id: "coinbase_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cb-access", true, false),
            (b"cb-api", true, false),
            (b"cb_access", true, false),
            (b"cb_api", true, false),
            (b"coinbase", true, false),
        ] },
    ],
    // config-files
    &[
        Row { id: "kubernetes_secret", aliases: &["kubernetes-secret-yaml"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"kind: ", false, false),
        ] },
        Row { id: "kubernetes_secret_exported", aliases: &["kubernetes-secret-yaml"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"apiVersion: v1", false, false),
        ] },
        Row { id: "npmrc_password", aliases: &[], max_len: 500, takes_custom_prefix: false, literals: &[
            (b"\n_auth =", false, false),
            (b"\n_auth=", false, false),
            (b"\n_password =", false, false),
            (b"\n_password=", false, false),
            (b":_auth =", false, false),
            (b":_auth=", false, false),
            (b":_password =", false, false),
            (b":_password=", false, false),
        ] },
        Row { id: "npmrc_auth_token", aliases: &[], max_len: 500, takes_custom_prefix: false, literals: &[
            (b":_authToken =", false, false),
            (b":_authToken=", false, false),
        ] },
        Row { id: "netrc_password", aliases: &[], max_len: 600, takes_custom_prefix: false, literals: &[
            (b"machine ", false, false),
        ] },
        Row { id: "password_hash", aliases: &[], max_len: 200, takes_custom_prefix: false, literals: &[
            (b":$1$", false, false),
            (b":$2a$", false, true),
            (b":$2b$", false, true),
            (b":$2y$", false, true),
            (b":$5$", false, false),
            (b":$6$", false, false),
            (b":$apr1$", false, false),
            (b":$y$", false, false),
            (b":{SHA}", false, false),
        ] },
        Row { id: "wordpress_database_password", aliases: &[], max_len: 200, takes_custom_prefix: false, literals: &[
            (b"DB_PASSWORD\"", false, false),
            (b"DB_PASSWORD\'", false, false),
        ] },
        Row { id: "wordpress_salt", aliases: &[], max_len: 200, takes_custom_prefix: false, literals: &[
            (b"AUTH_KEY\"", false, false),
            (b"AUTH_KEY\'", false, false),
            (b"AUTH_SALT\"", false, false),
            (b"AUTH_SALT\'", false, false),
            (b"LOGGED_IN_KEY", false, false),
            (b"LOGGED_IN_SALT", false, false),
            (b"NONCE_KEY\"", false, false),
            (b"NONCE_KEY\'", false, false),
            (b"NONCE_SALT\"", false, false),
            (b"NONCE_SALT\'", false, false),
        ] },
        Row { id: "rails_secret_key_base", aliases: &[], max_len: 300, takes_custom_prefix: false, literals: &[
            (b"secret_key_base", true, false),
        ] },
        Row { id: "rails_master_key", aliases: &[], max_len: 200, takes_custom_prefix: false, literals: &[
            (b"rails_master_key", true, false),
        ] },
        Row { id: "django_secret_key", aliases: &[], max_len: 200, takes_custom_prefix: false, literals: &[
            (b"SECRET_KEY", false, false),
        ] },
    ],
    // confluent
    &[
        Row { id: "confluent_api_secret", aliases: &["confluent-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cflt", false, false),
        ] },
        Row { id: "confluent_api_secret_unprefixed", aliases: &["confluent-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ccloud", true, false),
            (b"confluent", true, false),
        ] },
        Row { id: "confluent_api_secret_jaas", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"PlainLoginModule", false, false),
        ] },
        Row { id: "confluent_api_key", aliases: &["confluent-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ccloud", true, false),
            (b"confluent", true, false),
        ] },
    ],
    // contentful
    &[
        Row { id: "contentful_management_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CFPAT-", false, true),
        ] },
        Row { id: "contentful_delivery_token_of_client", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"contentful", true, false),
        ] },
        Row { id: "contentful_delivery_token", aliases: &["contentful-delivery-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"contentful", true, false),
            (b"ctfl-", true, false),
            (b"ctfl_", true, false),
        ] },
        Row { id: "contentful_delivery_token_in_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cdn.contentful.com/", false, false),
            (b"cdn.eu.contentful.com/", false, false),
            (b"graphql.contentful.com/", false, false),
            (b"graphql.eu.contentful.com/", false, false),
            (b"images.contentful.com/", false, false),
            (b"images.eu.contentful.com/", false, false),
            (b"preview.contentful.com/", false, false),
            (b"preview.eu.contentful.com/", false, false),
        ] },
    ],
    // convex
    &[
        Row { id: "convex_deploy_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dev:", false, false),
            (b"preview:", false, false),
            (b"prod:", false, false),
            (b"project:", false, false),
        ] },
    ],
    // crates-io
    &[
        Row { id: "crates_io_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cio", false, true),
        ] },
        Row { id: "crates_io_api_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cargo-registr", true, false),
            (b"cargo.registr", true, false),
            (b"cargo_registr", true, false),
            (b"cargoregistr", true, false),
            (b"crates-io", true, false),
            (b"crates.io", true, false),
            (b"crates_io", true, false),
            (b"cratesio", true, false),
        ] },
    ],
    // cursor
    &[
        Row { id: "cursor_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cursor", true, false),
        ] },
    ],
    // databento
    &[
        Row { id: "databento_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"db-", false, true),
        ] },
    ],
    // databricks
    &[
        Row { id: "databricks_personal_access_token", aliases: &["databricks-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dapi", false, true),
        ] },
        Row { id: "databricks_oauth_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dose", false, true),
        ] },
        Row { id: "databricks_internal_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dkea", false, true),
            (b"dsapi", false, true),
        ] },
    ],
    // datadog
    &[
        Row { id: "datadog_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ddpat_", false, true),
            (b"ddsat_", false, true),
        ] },
        Row { id: "datadog_application_key_prefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ddap_", false, true),
            (b"ddapp_", false, true),
        ] },
        Row { id: "datadog_application_key", aliases: &["datadog-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"datadog", true, false),
            (b"dd-app-key", true, false),
            (b"dd-app-token", true, false),
            (b"dd-app.key", true, false),
            (b"dd-app.token", true, false),
            (b"dd-app_key", true, false),
            (b"dd-app_token", true, false),
            (b"dd-application", true, false),
            (b"dd-key", true, false),
            (b"dd-token", true, false),
            (b"dd.app-key", true, false),
            (b"dd.app-token", true, false),
            (b"dd.app.key", true, false),
            (b"dd.app.token", true, false),
            (b"dd.app_key", true, false),
            (b"dd.app_token", true, false),
            (b"dd.application", true, false),
            (b"dd.key", true, false),
            (b"dd.token", true, false),
            (b"dd_app-key", true, false),
            (b"dd_app-token", true, false),
            (b"dd_app.key", true, false),
            (b"dd_app.token", true, false),
            (b"dd_app_key", true, false),
            (b"dd_app_token", true, false),
            (b"dd_application", true, false),
            (b"dd_key", true, false),
            (b"dd_token", true, false),
            (b"ddapp", true, false),
            (b"ddkey", true, false),
            (b"ddtoken", true, false),
        ] },
        Row { id: "datadog_client_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"datadog", true, false),
            (b"dd-client", true, false),
            (b"dd_client", true, false),
        ] },
        Row { id: "datadog_client_token_rum", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"clientToken", false, false),
        ] },
        Row { id: "datadog_api_key", aliases: &["datadog-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"datadog", true, false),
            (b"dd-api", true, false),
            (b"dd-key", true, false),
            (b"dd.api", true, false),
            (b"dd.key", true, false),
            (b"dd_api", true, false),
            (b"dd_key", true, false),
            (b"ddapikey", true, false),
            (b"ddkey", true, false),
        ] },
    ],
    // datastax
    &[
        Row { id: "datastax_astra_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AstraCS:", false, true),
        ] },
    ],
    // daytona
    &[
        Row { id: "daytona_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dtn_", false, true),
        ] },
    ],
    // dbt
    &[
        Row { id: "dbt_cloud_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dbtc_", false, true),
            (b"dbtu_", false, true),
        ] },
    ],
    // deepseek
    &[
        Row { id: "deepseek_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"deepseek", true, false),
        ] },
        Row { id: "deepseek_api_key_of_client", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"api.deepseek.com", false, false),
        ] },
    ],
    // defined-networking
    &[
        Row { id: "defined_networking_api_key", aliases: &["defined-networking-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dnkey-", false, false),
        ] },
    ],
    // deno
    &[
        Row { id: "deno_deploy_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ddo_", false, true),
            (b"ddp_", false, true),
        ] },
    ],
    // digitalocean
    &[
        Row { id: "digitalocean_personal_access_token", aliases: &["digitalocean-pat"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dop_v1_", false, true),
        ] },
        Row { id: "digitalocean_oauth_access_token", aliases: &["digitalocean-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"doo_v1_", false, true),
        ] },
        Row { id: "digitalocean_oauth_refresh_token", aliases: &["digitalocean-refresh-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dor_v1_", false, true),
        ] },
        Row { id: "digitalocean_model_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-do-", false, true),
        ] },
        Row { id: "digitalocean_spaces_secret_key_pair", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"DO00", false, true),
            (b"DO801", false, true),
        ] },
        Row { id: "digitalocean_spaces_access_key_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"DO00", false, true),
            (b"DO801", false, true),
        ] },
        Row { id: "digitalocean_spaces_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"digitalocean", true, false),
            (b"spaces", true, false),
        ] },
        Row { id: "digitalocean_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"digital_ocean", true, false),
            (b"digitalocean", true, false),
            (b"do-api-", true, false),
            (b"do-api_", true, false),
            (b"do_api-", true, false),
            (b"do_api_", true, false),
            (b"do_pat", true, false),
        ] },
    ],
    // discord
    &[
        Row { id: "discord_webhook_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"discord.com/api/", false, false),
            (b"discordapp.com/api/", false, false),
        ] },
        Row { id: "discord_bot_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"MTA", false, true),
            (b"MTE", false, true),
            (b"MTI", false, true),
            (b"MTM", false, true),
            (b"MTQ", false, true),
            (b"MTU", false, true),
            (b"MTY", false, true),
            (b"MTc", false, true),
            (b"MTg", false, true),
            (b"MTk", false, true),
            (b"MjA", false, true),
            (b"MjE", false, true),
            (b"MjI", false, true),
            (b"MjM", false, true),
            (b"MjQ", false, true),
            (b"MjU", false, true),
            (b"MjY", false, true),
            (b"Mjc", false, true),
            (b"Mjg", false, true),
            (b"Mjk", false, true),
            (b"MzA", false, true),
            (b"MzE", false, true),
            (b"MzI", false, true),
            (b"MzM", false, true),
            (b"MzQ", false, true),
            (b"MzU", false, true),
            (b"MzY", false, true),
            (b"Mzc", false, true),
            (b"Mzg", false, true),
            (b"Mzk", false, true),
        ] },
        Row { id: "discord_bot_token_2", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NDA", false, true),
            (b"NDE", false, true),
            (b"NDI", false, true),
            (b"NDM", false, true),
            (b"NDQ", false, true),
            (b"NDU", false, true),
            (b"NDY", false, true),
            (b"NDc", false, true),
            (b"NDg", false, true),
            (b"NDk", false, true),
            (b"NTA", false, true),
            (b"NTE", false, true),
            (b"NTI", false, true),
            (b"NTM", false, true),
            (b"NTQ", false, true),
            (b"NTU", false, true),
            (b"NTY", false, true),
            (b"NTc", false, true),
            (b"NTg", false, true),
            (b"NTk", false, true),
            (b"NjA", false, true),
            (b"NjE", false, true),
            (b"NjI", false, true),
            (b"NjM", false, true),
            (b"NjQ", false, true),
            (b"NjU", false, true),
            (b"NjY", false, true),
            (b"Njc", false, true),
            (b"Njg", false, true),
            (b"Njk", false, true),
            (b"NzA", false, true),
            (b"NzE", false, true),
            (b"NzI", false, true),
            (b"NzM", false, true),
            (b"NzQ", false, true),
            (b"NzU", false, true),
            (b"NzY", false, true),
            (b"Nzc", false, true),
            (b"Nzg", false, true),
            (b"Nzk", false, true),
            (b"ODA", false, true),
            (b"ODE", false, true),
            (b"ODI", false, true),
            (b"ODM", false, true),
            (b"ODQ", false, true),
            (b"ODU", false, true),
            (b"ODY", false, true),
            (b"ODc", false, true),
            (b"ODg", false, true),
            (b"ODk", false, true),
            (b"OTA", false, true),
            (b"OTE", false, true),
            (b"OTI", false, true),
            (b"OTM", false, true),
            (b"OTQ", false, true),
            (b"OTU", false, true),
            (b"OTY", false, true),
            (b"OTc", false, true),
            (b"OTg", false, true),
            (b"OTk", false, true),
        ] },
        Row { id: "discord_mfa_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mfa.", false, true),
        ] },
        Row { id: "discord_client_secret", aliases: &["discord-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"discord", true, false),
        ] },
        Row { id: "discord_public_key", aliases: &["discord-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"discord", true, false),
        ] },
        Row { id: "discord_client_id", aliases: &["discord-client-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"discord", true, false),
        ] },
    ],
    // dnsimple
    &[
        Row { id: "dnsimple_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dnsimple_a_", false, true),
            (b"dnsimple_u_", false, true),
        ] },
    ],
    // docker
    &[
        Row { id: "docker_hub_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dckr_pat_", false, true),
        ] },
        Row { id: "docker_hub_organization_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dckr_oat_", false, true),
        ] },
        Row { id: "docker_swarm_join_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"SWMTKN-1-", false, true),
        ] },
        Row { id: "docker_swarm_unlock_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"SWMKEY-1-", false, false),
        ] },
        Row { id: "docker_config_auth", aliases: &[], max_len: 5000, takes_custom_prefix: false, literals: &[
            (b"\"auths\"", false, false),
        ] },
    ],
    // doppler
    &[
        Row { id: "doppler_personal_token", aliases: &["doppler-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dp.pt.", false, true),
        ] },
        Row { id: "doppler_cli_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dp.ct.", false, true),
        ] },
        Row { id: "doppler_service_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dp.st.", false, true),
        ] },
        Row { id: "doppler_service_account_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dp.sa.", false, true),
        ] },
        Row { id: "doppler_service_account_identity_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dp.said.", false, true),
        ] },
        Row { id: "doppler_scim_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dp.scim.", false, true),
        ] },
        Row { id: "doppler_audit_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dp.audit.", false, true),
        ] },
    ],
    // droneci
    &[
        Row { id: "droneci_access_token", aliases: &["droneci-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"drone", true, false),
        ] },
    ],
    // dropbox
    &[
        Row { id: "dropbox_short_lived_access_token", aliases: &["dropbox-short-lived-api-token"], max_len: 2100, takes_custom_prefix: false, literals: &[
            (b"sl.", false, false),
        ] },
        Row { id: "dropbox_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dropbox", true, false),
        ] },
        Row { id: "dropbox_long_lived_token", aliases: &["dropbox-long-lived-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dropbox", true, false),
        ] },
        Row { id: "dropbox_app_secret", aliases: &["dropbox-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dropbox", true, false),
        ] },
    ],
    // dub
    &[
        Row { id: "dub_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dub_", false, true),
        ] },
    ],
    // duffel
    &[
        Row { id: "duffel_api_token", aliases: &["duffel-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"duffel_live_", false, false),
            (b"duffel_test_", false, false),
        ] },
    ],
    // dynatrace
    &[
        Row { id: "dynatrace_api_token", aliases: &["dynatrace-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dt0c01.", false, true),
        ] },
        Row { id: "dynatrace_platform_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dt0s16.", false, true),
        ] },
        Row { id: "dynatrace_oauth_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dt0s02.", false, true),
            (b"dt0s03.", false, true),
            (b"dt0s08.", false, true),
        ] },
        Row { id: "dynatrace_other_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dt0a01.", false, true),
            (b"dt0d01.", false, true),
            (b"dt0e01.", false, true),
            (b"dt0m01.", false, true),
            (b"dt0p01.", false, true),
            (b"dt0s01.", false, true),
            (b"dt0s04.", false, true),
            (b"dt0s06.", false, true),
            (b"dt0s09.", false, true),
        ] },
    ],
    // e2b
    &[
        Row { id: "e2b_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"e2b_", false, true),
        ] },
        Row { id: "e2b_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk_e2b_", false, true),
        ] },
    ],
    // easypost
    &[
        Row { id: "easypost_production_api_key", aliases: &["easypost-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"EZAK", false, true),
        ] },
        Row { id: "easypost_test_api_key", aliases: &["easypost-test-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"EZTK", false, true),
        ] },
        Row { id: "easypost_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"easypost", true, false),
        ] },
    ],
    // elastic
    &[
        Row { id: "elastic_cloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"essu_", false, false),
        ] },
        Row { id: "elasticsearch_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"APIKEY ", false, false),
            (b"ES_API", false, false),
            (b"ES_KEY", false, false),
            (b"apikey ", true, false),
            (b"elastic", true, false),
            (b"esApi", false, false),
            (b"es_api", false, false),
            (b"filebeat", true, false),
            (b"kibana", true, false),
            (b"logstash", true, false),
            (b"metricbeat", true, false),
        ] },
        Row { id: "elastic_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"New value: ", false, false),
            (b"PASSWORD elastic = ", false, false),
            (b"Password for the ", false, false),
        ] },
    ],
    // elevenlabs
    &[
        Row { id: "elevenlabs_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk_0", false, true),
            (b"sk_1", false, true),
            (b"sk_2", false, true),
            (b"sk_3", false, true),
            (b"sk_4", false, true),
            (b"sk_5", false, true),
            (b"sk_6", false, true),
            (b"sk_7", false, true),
            (b"sk_8", false, true),
            (b"sk_9", false, true),
            (b"sk_a", false, true),
            (b"sk_b", false, true),
            (b"sk_c", false, true),
            (b"sk_d", false, true),
            (b"sk_e", false, true),
            (b"sk_f", false, true),
        ] },
        Row { id: "elevenlabs_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"XI_API", false, false),
            (b"eleven-labs", true, false),
            (b"eleven_labs", true, false),
            (b"elevenlabs", true, false),
            (b"xi-api", true, false),
            (b"xi_api", false, false),
        ] },
    ],
    // etherscan
    &[
        Row { id: "etherscan_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"arbiscan", true, false),
            (b"basescan", true, false),
            (b"bscscan", true, false),
            (b"etherscan", true, false),
            (b"polygonscan", true, false),
            (b"snowtrace", true, false),
        ] },
    ],
    // etsy
    &[
        Row { id: "etsy_oauth_token", aliases: &["etsy-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ETSY", false, false),
            (b"Etsy", false, false),
            (b"etsy", false, false),
        ] },
        Row { id: "etsy_api_keystring", aliases: &["etsy-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ETSY", false, false),
            (b"Etsy", false, false),
            (b"etsy", false, false),
        ] },
        Row { id: "etsy_shared_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ETSY", false, false),
            (b"Etsy", false, false),
            (b"etsy", false, false),
        ] },
    ],
    // eventbrite
    &[
        Row { id: "eventbrite_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eventbrite", true, false),
        ] },
        Row { id: "eventbrite_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eventbrite", true, false),
        ] },
    ],
    // evervault
    &[
        Row { id: "evervault_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ev:key:1:", false, true),
        ] },
    ],
    // exa
    &[
        Row { id: "exa_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"EXA_API", false, false),
            (b"EXA_KEY", false, false),
            (b"Exa(", false, false),
            (b"ExaApi", false, false),
            (b"_EXA_API", false, false),
            (b"_EXA_KEY", false, false),
            (b"_exa-api", false, false),
            (b"_exa.api", false, false),
            (b"_exaApi", false, false),
            (b"_exaKey", false, false),
            (b"_exa_api", false, false),
            (b"_exa_key", false, false),
            (b"api.exa.ai", false, false),
            (b"exa-api", false, false),
            (b"exa.api", false, false),
            (b"exaApi", false, false),
            (b"exaKey", false, false),
            (b"exa_api", false, false),
            (b"exa_key", false, false),
            (b"new Exa(", false, false),
        ] },
    ],
    // expo
    &[
        Row { id: "expo_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eas-access", true, false),
            (b"eas-token", true, false),
            (b"eas.access", true, false),
            (b"eas.token", true, false),
            (b"eas_access", true, false),
            (b"eas_token", true, false),
            (b"expo-access", true, false),
            (b"expo-api", true, false),
            (b"expo-auth", true, false),
            (b"expo-cli", true, false),
            (b"expo-personal", true, false),
            (b"expo-robot", true, false),
            (b"expo-token", true, false),
            (b"expo.access", true, false),
            (b"expo.api", true, false),
            (b"expo.auth", true, false),
            (b"expo.cli", true, false),
            (b"expo.personal", true, false),
            (b"expo.robot", true, false),
            (b"expo.token", true, false),
            (b"expo_access", true, false),
            (b"expo_api", true, false),
            (b"expo_auth", true, false),
            (b"expo_cli", true, false),
            (b"expo_personal", true, false),
            (b"expo_robot", true, false),
            (b"expo_token", true, false),
            (b"expoaccess", true, false),
            (b"expoapi", true, false),
            (b"expoauth", true, false),
            (b"expocli", true, false),
            (b"expopersonal", true, false),
            (b"exporobot", true, false),
            (b"expotoken", true, false),
        ] },
    ],
    // facebook
    &[
        Row { id: "facebook_app_access_token", aliases: &["facebook-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access-token", true, false),
            (b"access.token", true, false),
            (b"access_token", true, false),
            (b"accesstoken", true, false),
            (b"app-token", true, false),
            (b"app.token", true, false),
            (b"app_token", true, false),
            (b"apptoken", true, false),
            (b"facebook", true, false),
            (b"fb-", true, false),
            (b"fb.", true, false),
            (b"fb_", true, false),
            (b"fbaccess", true, false),
            (b"fbapp", true, false),
            (b"graph.", true, false),
        ] },
        Row { id: "facebook_access_token", aliases: &["facebook-page-access-token", "facebook-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tEAA", false, true),
            (b" EAA", false, true),
            (b"\"EAA", false, true),
            (b"%3deaa", true, true),
            (b"\'EAA", false, true),
            (b"(EAA", false, true),
            (b"/EAA", false, true),
            (b":EAA", false, true),
            (b"=EAA", false, true),
            (b">EAA", false, true),
            (b"EAA", false, true),
            (b"\\nEAA", false, true),
            (b"\\rEAA", false, true),
            (b"\\tEAA", false, true),
        ] },
        Row { id: "facebook_app_secret", aliases: &["facebook-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"facebook", true, false),
            (b"fb-access", true, false),
            (b"fb-api", true, false),
            (b"fb-app", true, false),
            (b"fb-client", true, false),
            (b"fb-page", true, false),
            (b"fb-secret", true, false),
            (b"fb.access", true, false),
            (b"fb.api", true, false),
            (b"fb.app", true, false),
            (b"fb.client", true, false),
            (b"fb.page", true, false),
            (b"fb.secret", true, false),
            (b"fb_access", true, false),
            (b"fb_api", true, false),
            (b"fb_app", true, false),
            (b"fb_client", true, false),
            (b"fb_page", true, false),
            (b"fb_secret", true, false),
            (b"fbapp", true, false),
        ] },
        Row { id: "facebook_app_secret_in_url", aliases: &["facebook-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"graph.facebook.com", true, false),
        ] },
    ],
    // fal
    &[
        Row { id: "fal_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"FAL_", false, false),
            (b"FalClient", false, false),
            (b"FalKey", false, false),
            (b"authorization", true, false),
            (b"fal-", false, false),
            (b"fal.", false, false),
            (b"fal_", false, false),
        ] },
    ],
    // fastly
    &[
        Row { id: "fastly_api_token", aliases: &["fastly-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"fastly", true, false),
        ] },
    ],
    // fastmail
    &[
        Row { id: "fastmail_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"fmu1-", false, true),
        ] },
    ],
    // fauna
    &[
        Row { id: "fauna_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"fnA", false, true),
        ] },
    ],
    // figma
    &[
        Row { id: "figma_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"figd_", false, true),
        ] },
        Row { id: "figma_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"figo_", false, true),
            (b"figoh_", false, true),
            (b"figor_", false, true),
            (b"figu_", false, true),
            (b"figur_", false, true),
        ] },
        Row { id: "figma_personal_access_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"figma", true, false),
        ] },
    ],
    // finicity
    &[
        Row { id: "finicity_app_key", aliases: &["finicity-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"finicity", true, false),
        ] },
        Row { id: "finicity_partner_secret", aliases: &["finicity-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"finicity", true, false),
        ] },
    ],
    // finnhub
    &[
        Row { id: "finnhub_api_key", aliases: &["finnhub-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"finnhub", true, false),
        ] },
    ],
    // firebase
    &[
        Row { id: "firebase_cloud_messaging_server_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tAAAA", false, true),
            (b"\nAAAA", false, true),
            (b" AAAA", false, true),
            (b"\"AAAA", false, true),
            (b"\'AAAA", false, true),
            (b"(AAAA", false, true),
            (b",AAAA", false, true),
            (b"/AAAA", false, true),
            (b":AAAA", false, true),
            (b"=AAAA", false, true),
            (b">AAAA", false, true),
            (b"|AAAA", false, true),
        ] },
    ],
    // firecrawl
    &[
        Row { id: "firecrawl_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"fc-", false, true),
        ] },
    ],
    // fireworks
    &[
        Row { id: "fireworks_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"fw_", false, true),
        ] },
    ],
    // flagsmith
    &[
        Row { id: "flagsmith_server_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tser.", false, true),
            (b"\nser.", false, true),
            (b" ser.", false, true),
            (b"\"ser.", false, true),
            (b"\'ser.", false, true),
            (b"(ser.", false, true),
            (b",ser.", false, true),
            (b"/ser.", false, true),
            (b":ser.", false, true),
            (b"=ser.", false, true),
            (b">ser.", false, true),
            (b"|ser.", false, true),
        ] },
    ],
    // flickr
    &[
        Row { id: "flickr_oauth_token", aliases: &["flickr-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"72157", false, true),
        ] },
        Row { id: "flickr_api_key", aliases: &["flickr-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"flickr", true, false),
        ] },
        Row { id: "flickr_secret", aliases: &["flickr-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"flickr", true, false),
        ] },
    ],
    // flutterwave
    &[
        Row { id: "flutterwave_secret_key", aliases: &["flutterwave-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"FLWSECK-", false, true),
            (b"FLWSECK_TEST-", false, true),
        ] },
        Row { id: "flutterwave_public_key", aliases: &["flutterwave-public-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"FLWPUBK-", false, true),
            (b"FLWPUBK_TEST-", false, true),
        ] },
        Row { id: "flutterwave_test_encryption_key", aliases: &["flutterwave-encryption-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"FLWSECK_TEST", false, true),
        ] },
        Row { id: "flutterwave_encryption_key", aliases: &["flutterwave-encryption-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"FLW_", false, false),
            (b"flutterwave", true, false),
            (b"flw-enc", true, false),
            (b"flw_", false, false),
            (b"flw_enc", true, false),
            (b"flwenc", true, false),
        ] },
    ],
    // flyio
    &[
        Row { id: "flyio_macaroon", aliases: &["flyio-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"fm1a_", false, false),
            (b"fm1r_", false, false),
            (b"fm2_", false, false),
        ] },
        Row { id: "flyio_access_token", aliases: &["flyio-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"fo1_", false, true),
        ] },
    ],
    // frameio
    &[
        Row { id: "frameio_developer_token", aliases: &["frameio-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"fio-u-", false, false),
        ] },
    ],
    // freemius
    &[
        Row { id: "freemius_secret_key", aliases: &["freemius-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"freemius", true, false),
            (b"secret_key\"", true, false),
            (b"secret_key\'", true, false),
        ] },
    ],
    // freshbooks
    &[
        Row { id: "freshbooks_access_token", aliases: &["freshbooks-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"freshbooks", true, false),
        ] },
        Row { id: "freshbooks_jwt_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"freshbooks", true, false),
        ] },
    ],
    // friendli
    &[
        Row { id: "friendli_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"flp_", false, true),
        ] },
    ],
    // fullstory
    &[
        Row { id: "fullstory_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"Basic ", false, false),
            (b"FS_API", false, false),
            (b"fullstory", true, false),
        ] },
    ],
    // generic
    &[
        Row { id: "generic_secret", aliases: &["generic-api-key"], max_len: 400, takes_custom_prefix: false, literals: &[
            (b"-key", true, false),
            (b"_key", true, false),
            (b"accesskey", true, false),
            (b"accountkey", true, false),
            (b"api.key", true, false),
            (b"apikey", true, false),
            (b"authkey", true, false),
            (b"credential", true, false),
            (b"encryptionkey", true, false),
            (b"masterkey", true, false),
            (b"privatekey", true, false),
            (b"secret", true, false),
            (b"sharedkey", true, false),
            (b"signingkey", true, false),
            (b"token", true, false),
        ] },
        Row { id: "generic_password", aliases: &["generic-api-key"], max_len: 300, takes_custom_prefix: false, literals: &[
            (b"-pass", true, false),
            (b"-pwd", true, false),
            (b"_pass", true, false),
            (b"_pwd", true, false),
            (b"dbpass", true, false),
            (b"passphrase", true, false),
            (b"passw", true, false),
            (b"userpwd", true, false),
        ] },
    ],
    // ghost
    &[
        Row { id: "ghost_admin_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"GHOST", false, false),
            (b"Ghost", false, false),
            (b"ghost", false, false),
            (b"new GhostAdminAPI(", false, false),
        ] },
    ],
    // gitea
    &[
        Row { id: "gitea_oauth_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gto_", false, true),
        ] },
        Row { id: "gitea_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"codeberg", true, false),
            (b"forgejo", true, false),
            (b"gitea", true, false),
        ] },
        Row { id: "gitea_runner_registration_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"act_runner", true, false),
            (b"forgejo", true, false),
            (b"gitea", true, false),
        ] },
        Row { id: "gitea_internal_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"INTERNAL_TOKEN", false, false),
            (b"internal_token", false, false),
        ] },
    ],
    // github
    &[
        Row { id: "github_personal_access_token", aliases: &["github-pat"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ghp_", false, true),
        ] },
        Row { id: "github_oauth_access_token", aliases: &["github-oauth"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gho_", false, true),
        ] },
        Row { id: "github_app_user_token", aliases: &["github-app-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ghu_", false, true),
        ] },
        Row { id: "github_app_installation_token", aliases: &["github-app-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ghs_", false, true),
        ] },
        Row { id: "github_refresh_token", aliases: &["github-refresh-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ghr_", false, true),
        ] },
        Row { id: "github_fine_grained_personal_access_token", aliases: &["github-fine-grained-pat"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"github_pat_", false, true),
        ] },
        Row { id: "github_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"github", true, false),
        ] },
    ],
    // gitlab
    &[
        Row { id: "gitlab_personal_access_token_routable_versioned", aliases: &["gitlab-pat-routable"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b".01.", false, true),
            (b"glpat-", false, true),
        ] },
        Row { id: "gitlab_personal_access_token_routable", aliases: &["gitlab-pat-routable"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glpat-", false, true),
        ] },
        Row { id: "gitlab_personal_access_token", aliases: &["gitlab-pat"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glpat-", false, true),
        ] },
        Row { id: "gitlab_oauth_app_secret", aliases: &["gitlab-oauth-app-secret"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"gloas-", false, true),
        ] },
        Row { id: "gitlab_deploy_token", aliases: &["gitlab-deploy-token"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"gldt-", false, true),
        ] },
        Row { id: "gitlab_runner_auth_token_routable", aliases: &["gitlab-runner-authentication-token-routable"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glrt-", false, true),
            (b"glrtr-", false, true),
        ] },
        Row { id: "gitlab_runner_auth_token", aliases: &["gitlab-runner-authentication-token"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glrt-", false, true),
            (b"glrtr-", false, true),
        ] },
        Row { id: "gitlab_runner_registration_token", aliases: &["gitlab-rrt"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"GR1348941", false, true),
        ] },
        Row { id: "gitlab_ci_build_token_jwt", aliases: &["gitlab-cicd-job-token"], max_len: 8256, takes_custom_prefix: true, literals: &[
            (b"glcbt-eyJ", false, true),
        ] },
        Row { id: "gitlab_ci_build_token", aliases: &["gitlab-cicd-job-token"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glcbt-", false, true),
        ] },
        Row { id: "gitlab_pipeline_trigger_token", aliases: &["gitlab-ptt"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glptt-", false, true),
        ] },
        Row { id: "gitlab_feed_token_path", aliases: &["gitlab-feed-token"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glft-", false, true),
        ] },
        Row { id: "gitlab_feed_token_v2", aliases: &["gitlab-feed-token"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glft-", false, true),
        ] },
        Row { id: "gitlab_incoming_email_token", aliases: &["gitlab-incoming-mail-token"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glimt-", false, true),
        ] },
        Row { id: "gitlab_kubernetes_agent_token", aliases: &["gitlab-kubernetes-agent-token"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glagent-", false, true),
        ] },
        Row { id: "gitlab_workspace_token", aliases: &[], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glwt-", false, true),
        ] },
        Row { id: "gitlab_scim_oauth_token", aliases: &["gitlab-scim-token"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glsoat-", false, true),
        ] },
        Row { id: "gitlab_feature_flags_client_token", aliases: &["gitlab-feature-flag-client-token"], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glffct-", false, true),
        ] },
        Row { id: "gitlab_runner_controller_token", aliases: &[], max_len: 16384, takes_custom_prefix: true, literals: &[
            (b"glrct-", false, true),
        ] },
        Row { id: "gitlab_stateless_access_token", aliases: &[], max_len: 8256, takes_custom_prefix: true, literals: &[
            (b"glsat-eyJ", false, true),
        ] },
        Row { id: "gitlab_session_cookie", aliases: &["gitlab-session-cookie"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"_gitlab_session", false, false),
        ] },
        Row { id: "gitlab_routable_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b".01.", false, true),
        ] },
        Row { id: "gitlab_webhook_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gitlab", true, false),
            (b"x-gitlab", true, false),
            (b"x_gitlab", true, false),
        ] },
        Row { id: "gitlab_external_storage_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gitlab", true, false),
            (b"storage_auth_token", true, false),
        ] },
        Row { id: "gitlab_static_object_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"/archive/", false, false),
            (b"/raw/", false, false),
            (b"gitlab", true, false),
        ] },
        Row { id: "gitlab_health_check_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"health_check", false, false),
        ] },
        Row { id: "gitlab_saml_discovery_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"/-/saml", false, false),
            (b"saml_discovery_token", true, false),
        ] },
        Row { id: "gitlab_feature_flags_client_token_unprefixed", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"unleash", true, false),
        ] },
        Row { id: "gitlab_scim_oauth_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"scim-token", true, false),
            (b"scim_token", true, false),
        ] },
        Row { id: "gitlab_incoming_email_token_unprefixed", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"incoming+", false, false),
            (b"incoming_email_token", true, false),
        ] },
        Row { id: "gitlab_feed_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"feed-token", true, false),
            (b"feed_token", true, false),
            (b"rss-token", true, false),
            (b"rss_token", true, false),
        ] },
        Row { id: "gitlab_pipeline_trigger_token_unprefixed", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"/trigger/", false, true),
            (b"trigger-token", true, false),
            (b"trigger_token", true, false),
        ] },
        Row { id: "gitlab_pipeline_trigger_token_form", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"token=", false, true),
        ] },
        Row { id: "gitlab_runner_registration_token_unprefixed", aliases: &[], max_len: 2500, takes_custom_prefix: false, literals: &[
            (b"/api/v4/runners", false, false),
            (b"RegistrationToken", false, false),
            (b"gitlab-ci-multi-runner", false, false),
            (b"gitlab-runner", false, false),
            (b"registration-token", true, false),
            (b"registrationToken", false, false),
            (b"registration_token", true, false),
        ] },
        Row { id: "gitlab_runner_registration_token_form", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"token=", false, true),
        ] },
        Row { id: "gitlab_runner_auth_token_unprefixed", aliases: &[], max_len: 2500, takes_custom_prefix: false, literals: &[
            (b"/api/v4/runners/", false, false),
            (b"RunnerToken", false, false),
            (b"[[runners]]", false, false),
            (b"gitlab-runner", false, false),
            (b"runner-token", true, false),
            (b"runnerToken", false, false),
            (b"runner_token", true, false),
        ] },
        Row { id: "gitlab_deploy_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CI_DEPLOY_PASSWORD", false, false),
            (b"deploy-token", true, false),
            (b"deploy_token", true, false),
        ] },
        Row { id: "gitlab_ci_build_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"CI_DEPENDENCY_PROXY_PASSWORD", false, false),
            (b"CI_REGISTRY_PASSWORD", false, false),
            (b"ci_build_token", true, false),
            (b"gitlab-ci-token", false, false),
            (b"job-token", true, false),
            (b"job_token", true, false),
        ] },
        Row { id: "gitlab_oauth_app_secret_unprefixed", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"gitlab", true, false),
        ] },
        Row { id: "gitlab_oauth_refresh_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"refresh-token", true, false),
            (b"refreshToken", false, false),
            (b"refresh_token", true, false),
        ] },
        Row { id: "gitlab_oauth_refresh_token_after_url", aliases: &[], max_len: 700, takes_custom_prefix: false, literals: &[
            (b"/api/v4/", false, false),
            (b"gitlab", true, false),
        ] },
        Row { id: "gitlab_oauth_access_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"%252foauth2%253a", true, true),
            (b"%252foauth2%3a", true, true),
            (b"%2foauth2%253a", true, true),
            (b"%2foauth2%3a", true, true),
            (b"//oauth2:", true, true),
            (b"/api/v4/", false, false),
            (b"gitlab", true, false),
        ] },
        Row { id: "gitlab_oauth_access_token_response", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"access-token", true, false),
            (b"accessToken", false, false),
            (b"access_token", true, false),
            (b"oauth-token", true, false),
            (b"oauthToken", false, false),
            (b"oauth_token", true, false),
        ] },
        Row { id: "gitlab_bearer_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"Bearer ", false, true),
        ] },
        Row { id: "gitlab_bearer_token_after_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"/api/scim/v2/", false, false),
            (b"/api/v4/", false, false),
            (b"gitlab", true, false),
        ] },
        Row { id: "gitlab_oauth_access_token_after_url", aliases: &[], max_len: 700, takes_custom_prefix: false, literals: &[
            (b"/api/v4/", false, false),
            (b"gitlab", true, false),
        ] },
        Row { id: "gitlab_private_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"%252foauth2%253a", true, true),
            (b"%252foauth2%3a", true, true),
            (b"%2foauth2%253a", true, true),
            (b"%2foauth2%3a", true, true),
            (b"//oauth2:", true, true),
            (b"PrivateToken", false, false),
            (b"private-token", true, false),
            (b"privateToken", false, false),
            (b"private_token", true, false),
        ] },
        Row { id: "gitlab_git_url_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"%253a%252f%252f", true, false),
            (b"%3a%2f%2f", true, false),
            (b"http://", false, false),
            (b"https://", false, false),
        ] },
        Row { id: "gitlab_host_credentials", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"gitlab", true, false),
            (b"http-basic.", false, false),
        ] },
        Row { id: "gitlab_package_registry_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"/api/v4/", false, false),
        ] },
        Row { id: "gitlab_terraform_state_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"/api/v4/projects/", false, false),
            (b"TF_HTTP_PASSWORD", false, false),
        ] },
        Row { id: "gitlab_token_after_host", aliases: &[], max_len: 600, takes_custom_prefix: false, literals: &[
            (b"/api/v4/", false, false),
            (b"gitlab", true, false),
        ] },
        Row { id: "gitlab_token_before_host", aliases: &[], max_len: 600, takes_custom_prefix: false, literals: &[
            (b"password", true, false),
            (b"twine_password", true, false),
        ] },
        Row { id: "gitlab_command_line_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"/api/v4/", false, false),
            (b"CI_REGISTRY", false, false),
            (b"conan ", false, false),
            (b"gitlab", true, false),
            (b"glab ", false, false),
            (b"login ", false, false),
            (b"login\"", false, false),
            (b"login\'", false, false),
            (b"twine ", true, false),
        ] },
        Row { id: "gitlab_command_line_token_before_host", aliases: &[], max_len: 1000, takes_custom_prefix: false, literals: &[
            (b"conan user ", false, false),
            (b"curl ", false, false),
            (b"login ", false, false),
            (b"login\"", false, false),
            (b"login\'", false, false),
            (b"password", true, false),
            (b"twine upload ", true, false),
        ] },
        Row { id: "gitlab_token_variable", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"GL_ACCESS_TOKEN", false, false),
            (b"GL_TOKEN", false, false),
            (b"gitlab", true, false),
        ] },
        Row { id: "gitlab_token_variable_command", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gitlab_", true, false),
        ] },
    ],
    // gitter
    &[
        Row { id: "gitter_access_token", aliases: &["gitter-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gitter", true, false),
        ] },
    ],
    // gocardless
    &[
        Row { id: "gocardless_access_token", aliases: &["gocardless-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gc_access", true, false),
            (b"gc_api", true, false),
            (b"gc_live", true, false),
            (b"gc_sandbox", true, false),
            (b"gc_token", true, false),
            (b"gocardless", true, false),
        ] },
        Row { id: "gocardless_sandbox_access_token", aliases: &["gocardless-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sandbox_", false, true),
        ] },
    ],
    // google
    &[
        Row { id: "google_api_key", aliases: &["gcp-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AIza", false, true),
        ] },
        Row { id: "google_oauth_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"GOCSPX-", false, true),
        ] },
        Row { id: "google_oauth_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ya29.", false, true),
        ] },
        Row { id: "google_oauth_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"1//0", false, true),
        ] },
    ],
    // grafana
    &[
        Row { id: "grafana_service_account_token", aliases: &["grafana-service-account-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"glsa_", false, true),
        ] },
        Row { id: "grafana_cloud_access_policy_token", aliases: &["grafana-cloud-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"glc_eyJ", false, false),
        ] },
        Row { id: "grafana_api_key", aliases: &["grafana-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eyJrIjoi", false, false),
        ] },
    ],
    // groq
    &[
        Row { id: "groq_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gsk_", false, true),
        ] },
    ],
    // gumroad
    &[
        Row { id: "gumroad_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gumroad", true, false),
        ] },
    ],
    // harness
    &[
        Row { id: "harness_api_token", aliases: &["harness-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pat.", false, true),
            (b"sat.", false, true),
        ] },
    ],
    // hashicorp
    &[
        Row { id: "hashicorp_terraform_api_token", aliases: &["hashicorp-tf-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access_token", true, false),
            (b"api_token", true, false),
            (b"atlas_", true, false),
            (b"authorization", true, false),
            (b"credentials", true, false),
            (b"terraform", true, false),
            (b"tf_api", true, false),
            (b"tf_cloud", true, false),
            (b"tf_token", true, false),
            (b"tfc_", true, false),
            (b"tfe_", true, false),
            (b"vagrant", true, false),
        ] },
        Row { id: "hashicorp_terraform_api_token_tail", aliases: &["hashicorp-tf-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b".atlasv1.", false, true),
        ] },
        Row { id: "hashicorp_terraform_password", aliases: &["hashicorp-tf-password"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access {", false, false),
            (b"admin_password", false, false),
            (b"administrator_login_password", false, false),
            (b"administrator_password", false, false),
            (b"connection {", false, false),
            (b"data \"", false, true),
            (b"master_auth {", false, false),
            (b"master_password", false, false),
            (b"master_user_password", false, false),
            (b"provider \"", false, true),
            (b"resource \"", false, true),
            (b"root_password", false, false),
            (b"user {", false, false),
            (b"variable \"", false, false),
        ] },
        Row { id: "hashicorp_vault_service_token", aliases: &["vault-service-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hvs.", false, true),
        ] },
        Row { id: "hashicorp_vault_batch_token", aliases: &["vault-batch-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hvb.", false, true),
        ] },
        Row { id: "hashicorp_vault_recovery_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hvr.", false, true),
        ] },
        Row { id: "hashicorp_vault_token_older", aliases: &["vault-service-token", "vault-batch-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"Initial Root Token", false, false),
            (b"Root Token", false, false),
            (b"clientToken", false, false),
            (b"client_token", false, false),
            (b"vault", true, false),
            (b"x-vault", true, false),
        ] },
        Row { id: "hashicorp_vault_unseal_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"recovery key", true, false),
            (b"recovery_key", true, false),
            (b"recoverykey", true, false),
            (b"unseal key", true, false),
            (b"unseal_key", true, false),
            (b"unsealkey", true, false),
        ] },
        Row { id: "hashicorp_vault_approle_secret_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"approle", true, false),
            (b"vault", true, false),
        ] },
        Row { id: "hashicorp_consul_acl_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"consul", true, false),
        ] },
        Row { id: "hashicorp_nomad_acl_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"nomad", true, false),
        ] },
        Row { id: "hashicorp_hcp_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hashicorp", true, false),
            (b"hcp-api", true, false),
            (b"hcp-client", true, false),
            (b"hcp-secret", true, false),
            (b"hcp-sp", true, false),
            (b"hcp.api", true, false),
            (b"hcp.client", true, false),
            (b"hcp.secret", true, false),
            (b"hcp.sp", true, false),
            (b"hcp_api", true, false),
            (b"hcp_client", true, false),
            (b"hcp_secret", true, false),
            (b"hcp_sp", true, false),
            (b"hcpapi", true, false),
            (b"hcpclient", true, false),
            (b"hcpsecret", true, false),
            (b"hcpsp", true, false),
        ] },
    ],
    // hasura
    &[
        Row { id: "hasura_admin_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hasura-access", true, false),
            (b"hasura-admin-secret", true, false),
            (b"hasura-admin_secret", true, false),
            (b"hasura-graphql", true, false),
            (b"hasura_access", true, false),
            (b"hasura_admin-secret", true, false),
            (b"hasura_admin_secret", true, false),
            (b"hasura_graphql", true, false),
        ] },
    ],
    // helicone
    &[
        Row { id: "helicone_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-helicone-", false, true),
        ] },
    ],
    // heroku
    &[
        Row { id: "heroku_api_key_v2", aliases: &["heroku-api-key-v2"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"HRKU-AA", false, true),
        ] },
        Row { id: "heroku_api_key_prefixed_uuid", aliases: &["heroku-api-key-v2", "heroku-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"HRKU-", false, true),
        ] },
        Row { id: "heroku_api_key", aliases: &["heroku-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"heroku", true, false),
        ] },
    ],
    // hetzner
    &[
        Row { id: "hetzner_cloud_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hcloud", true, false),
            (b"hetzner", true, false),
        ] },
        Row { id: "hetzner_dns_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hdns", true, false),
            (b"hetzner", true, false),
        ] },
    ],
    // honeycomb
    &[
        Row { id: "honeycomb_ingest_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hcaik_", false, true),
            (b"hcbik_", false, true),
            (b"hccik_", false, true),
            (b"hcdik_", false, true),
            (b"hceik_", false, true),
            (b"hcfik_", false, true),
            (b"hcgik_", false, true),
            (b"hchik_", false, true),
            (b"hciik_", false, true),
            (b"hcjik_", false, true),
            (b"hckik_", false, true),
            (b"hclik_", false, true),
            (b"hcmik_", false, true),
            (b"hcnik_", false, true),
            (b"hcoik_", false, true),
            (b"hcpik_", false, true),
            (b"hcqik_", false, true),
            (b"hcrik_", false, true),
            (b"hcsik_", false, true),
            (b"hctik_", false, true),
            (b"hcuik_", false, true),
            (b"hcvik_", false, true),
            (b"hcwik_", false, true),
            (b"hcxik_", false, true),
            (b"hcyik_", false, true),
            (b"hczik_", false, true),
        ] },
        Row { id: "honeycomb_management_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hcamk_", false, true),
            (b"hcbmk_", false, true),
            (b"hccmk_", false, true),
            (b"hcdmk_", false, true),
            (b"hcemk_", false, true),
            (b"hcfmk_", false, true),
            (b"hcgmk_", false, true),
            (b"hchmk_", false, true),
            (b"hcimk_", false, true),
            (b"hcjmk_", false, true),
            (b"hckmk_", false, true),
            (b"hclmk_", false, true),
            (b"hcmmk_", false, true),
            (b"hcnmk_", false, true),
            (b"hcomk_", false, true),
            (b"hcpmk_", false, true),
            (b"hcqmk_", false, true),
            (b"hcrmk_", false, true),
            (b"hcsmk_", false, true),
            (b"hctmk_", false, true),
            (b"hcumk_", false, true),
            (b"hcvmk_", false, true),
            (b"hcwmk_", false, true),
            (b"hcxmk_", false, true),
            (b"hcymk_", false, true),
            (b"hczmk_", false, true),
        ] },
        Row { id: "honeycomb_management_key_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"honeycomb", true, false),
        ] },
        Row { id: "honeycomb_configuration_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"honeycomb", true, false),
        ] },
    ],
    // hookdeck
    &[
        Row { id: "hookdeck_signing_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hookdeck", true, false),
        ] },
        Row { id: "hookdeck_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hookdeck", true, false),
        ] },
    ],
    // http
    &[
        Row { id: "http_basic_authorization", aliases: &["curl-auth-header"], max_len: 500, takes_custom_prefix: false, literals: &[
            (b"authorization", true, false),
        ] },
        Row { id: "http_bearer_authorization", aliases: &["curl-auth-header"], max_len: 1200, takes_custom_prefix: false, literals: &[
            (b"authorization", true, false),
        ] },
        Row { id: "curl_authorization_header", aliases: &["curl-auth-header"], max_len: 1200, takes_custom_prefix: false, literals: &[
            (b"curl ", false, false),
            (b"curl.exe ", false, false),
        ] },
        Row { id: "curl_user_password", aliases: &["curl-auth-user"], max_len: 700, takes_custom_prefix: false, literals: &[
            (b"curl ", false, false),
            (b"curl.exe ", false, false),
        ] },
    ],
    // hubspot
    &[
        Row { id: "hubspot_private_app_token", aliases: &["hubspot-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pat-ap", false, true),
            (b"pat-eu", false, true),
            (b"pat-na", false, true),
        ] },
        Row { id: "hubspot_api_key", aliases: &["hubspot-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hapi", true, false),
            (b"hub_api", true, false),
            (b"hubapi", true, false),
            (b"hubspot", true, false),
        ] },
    ],
    // huggingface
    &[
        Row { id: "huggingface_access_token", aliases: &["huggingface-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hf_", false, true),
        ] },
        Row { id: "huggingface_organization_api_token", aliases: &["huggingface-organization-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"api_org_", false, true),
        ] },
        Row { id: "huggingface_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hf_oauth_", false, false),
        ] },
        Row { id: "huggingface_oauth_app_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hf_oauth", true, false),
            (b"hugging_face", true, false),
            (b"huggingface", true, false),
            (b"oauth_app_secret", true, false),
        ] },
    ],
    // ibm
    &[
        Row { id: "ibm_cloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"IAM_API", false, false),
            (b"IC_API", false, false),
            (b"bluemix", true, false),
            (b"cloudant", true, false),
            (b"iam_api", false, false),
            (b"ibm", true, false),
            (b"ic_api", false, false),
            (b"watson", true, false),
        ] },
        Row { id: "ibm_cloud_api_key_in_iam_request", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"grant-type%3Aapikey", false, false),
            (b"grant-type%3aapikey", true, false),
            (b"grant-type:apikey", false, false),
        ] },
        Row { id: "ibm_cos_hmac_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cloud_object_storage", true, false),
            (b"cos_access", true, false),
            (b"cos_hmac", true, false),
            (b"cos_secret", true, false),
            (b"ibm", true, false),
        ] },
    ],
    // imagekit
    &[
        Row { id: "imagekit_private_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"private_", false, false),
        ] },
    ],
    // infisical
    &[
        Row { id: "infisical_service_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tst.", false, true),
            (b"\nst.", false, true),
            (b" st.", false, true),
            (b"\"st.", false, true),
            (b"\'st.", false, true),
            (b"(st.", false, true),
            (b",st.", false, true),
            (b"/st.", false, true),
            (b":st.", false, true),
            (b"=st.", false, true),
            (b">st.", false, true),
            (b"|st.", false, true),
        ] },
        Row { id: "infisical_service_token_uuid", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tst.", false, true),
            (b"\nst.", false, true),
            (b" st.", false, true),
            (b"\"st.", false, true),
            (b"\'st.", false, true),
            (b"(st.", false, true),
            (b",st.", false, true),
            (b"/st.", false, true),
            (b":st.", false, true),
            (b"=st.", false, true),
            (b">st.", false, true),
            (b"|st.", false, true),
        ] },
        Row { id: "infisical_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"infisical", true, false),
        ] },
    ],
    // infracost
    &[
        Row { id: "infracost_api_key", aliases: &["infracost-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ico-", false, true),
        ] },
    ],
    // infura
    &[
        Row { id: "infura_project_id_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"infura.io/v3/", true, true),
            (b"infura.io/ws/v3/", true, true),
        ] },
        Row { id: "infura_api_key_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"infura", true, false),
        ] },
    ],
    // inngest
    &[
        Row { id: "inngest_signing_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"signkey-branch-", false, true),
            (b"signkey-dev-", false, true),
            (b"signkey-env-", false, true),
            (b"signkey-prod-", false, true),
            (b"signkey-staging-", false, true),
            (b"signkey-test-", false, true),
        ] },
        Row { id: "inngest_event_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"inngest", true, false),
        ] },
    ],
    // instagram
    &[
        Row { id: "instagram_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"IGAA", false, true),
            (b"IGQV", false, true),
            (b"IGQW", false, true),
        ] },
        Row { id: "threads_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tTHAA", false, true),
            (b"\nTHAA", false, true),
            (b" THAA", false, true),
            (b"\"THAA", false, true),
            (b"%3dthaa", true, true),
            (b"\'THAA", false, true),
            (b"(THAA", false, true),
            (b",THAA", false, true),
            (b"/THAA", false, true),
            (b":THAA", false, true),
            (b"=THAA", false, true),
            (b">THAA", false, true),
            (b"|THAA", false, true),
        ] },
        Row { id: "instagram_access_token_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ig_access", true, false),
            (b"insta_", true, false),
            (b"instagram", true, false),
        ] },
    ],
    // intercom
    &[
        Row { id: "intercom_access_token", aliases: &["intercom-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"dG9rOj", false, false),
            (b"dG9rOm", false, false),
        ] },
        Row { id: "intercom_api_key_other", aliases: &["intercom-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"intercom", true, false),
        ] },
        Row { id: "intercom_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"intercom", true, false),
        ] },
        Row { id: "intercom_identity_verification_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"intercom", true, false),
        ] },
    ],
    // intra42
    &[
        Row { id: "intra42_client_secret", aliases: &["intra42-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"s-s4t2af-", false, true),
            (b"s-s4t2ud-", false, true),
        ] },
    ],
    // ionic
    &[
        Row { id: "ionic_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tion_", false, true),
            (b"\nion_", false, true),
            (b" ion_", false, true),
            (b"\"ion_", false, true),
            (b"\'ion_", false, true),
            (b"(ion_", false, true),
            (b",ion_", false, true),
            (b"/ion_", false, true),
            (b":ion_", false, true),
            (b"=ion_", false, true),
            (b">ion_", false, true),
            (b"|ion_", false, true),
        ] },
    ],
    // ipinfo
    &[
        Row { id: "ipinfo_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ipinfo", true, false),
        ] },
    ],
    // iterable
    &[
        Row { id: "iterable_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ITERABLE_", false, false),
            (b"Iterable-", false, false),
            (b"Iterable.", false, false),
            (b"IterableAPI", false, false),
            (b"IterableApi", false, false),
            (b"IterableConfig", false, false),
            (b"IterableKey", false, false),
            (b"Iterable_", false, false),
            (b"iterable-", false, false),
            (b"iterable.", false, false),
            (b"iterable:", false, false),
            (b"iterableAPI", false, false),
            (b"iterableApi", false, false),
            (b"iterable_", false, false),
        ] },
    ],
    // jenkins
    &[
        Row { id: "jenkins_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"jenkins", true, false),
        ] },
        Row { id: "jenkins_api_token_legacy", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"jenkins", true, false),
        ] },
    ],
    // jfrog
    &[
        Row { id: "jfrog_reference_token", aliases: &["artifactory-reference-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cmVmdGtuOjAx", false, true),
        ] },
        Row { id: "jfrog_artifactory_api_key", aliases: &["artifactory-api-key", "jfrog-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AKCp", false, true),
        ] },
        Row { id: "jfrog_identity_token", aliases: &["jfrog-identity-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"artifactory", true, false),
            (b"bintray", true, false),
            (b"jfrog", true, false),
            (b"xray", true, false),
        ] },
        Row { id: "jfrog_api_key", aliases: &["jfrog-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"artifactory", true, false),
            (b"bintray", true, false),
            (b"jfrog", true, false),
            (b"xray", true, false),
        ] },
    ],
    // jina
    &[
        Row { id: "jina_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"jina_", false, true),
        ] },
    ],
    // jotform
    &[
        Row { id: "jotform_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"jotform", true, false),
        ] },
    ],
    // jumpcloud
    &[
        Row { id: "jumpcloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"jca_", false, true),
        ] },
        Row { id: "jumpcloud_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"Connect-JCOnline", false, false),
            (b"JCAPIKEY", false, false),
            (b"JC_API", false, false),
            (b"jumpcloud", true, false),
        ] },
    ],
    // jwt
    &[
        Row { id: "json_web_token", aliases: &["jwt"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eyJ", false, true),
        ] },
        Row { id: "json_web_token_base64", aliases: &["jwt-base64"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ZXlK", false, false),
        ] },
    ],
    // kagi
    &[
        Row { id: "kagi_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"authorization", true, false),
            (b"kagi", true, false),
        ] },
    ],
    // keygen
    &[
        Row { id: "keygen_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"activ-", false, true),
            (b"admin-", false, true),
            (b"env-", false, true),
            (b"prod-", false, true),
            (b"user-", false, true),
        ] },
    ],
    // klaviyo
    &[
        Row { id: "klaviyo_private_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pk_", false, true),
        ] },
    ],
    // kong
    &[
        Row { id: "kong_konnect_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"kpat_", false, true),
            (b"spat_", false, true),
        ] },
    ],
    // kraken
    &[
        Row { id: "kraken_private_key", aliases: &["kraken-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"kraken", true, false),
        ] },
        Row { id: "kraken_api_key", aliases: &["kraken-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"kraken", true, false),
        ] },
        Row { id: "kraken_access_token", aliases: &["kraken-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"kraken", true, false),
        ] },
    ],
    // kubernetes
    &[
        Row { id: "kubernetes_bootstrap_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bootstrap-token", true, false),
            (b"bootstrap_token", true, false),
            (b"bootstraptoken", true, false),
            (b"join-token", true, false),
            (b"join_token", true, false),
            (b"jointoken", true, false),
            (b"kubeadm init", false, false),
            (b"kubeadm join", false, false),
            (b"kubeadm token", false, false),
            (b"kubeadm-token", true, false),
            (b"kubeadm_token", true, false),
            (b"kubeadmtoken", true, false),
        ] },
    ],
    // kucoin
    &[
        Row { id: "kucoin_api_secret", aliases: &["kucoin-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"KC-API", false, false),
            (b"KC_API", false, false),
            (b"kc-api", false, false),
            (b"kc_api", false, false),
            (b"kucoin", true, false),
        ] },
        Row { id: "kucoin_api_key", aliases: &["kucoin-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"KC-API", false, false),
            (b"KC_API", false, false),
            (b"kc-api", false, false),
            (b"kc_api", false, false),
            (b"kucoin", true, false),
        ] },
    ],
    // langchain
    &[
        Row { id: "langsmith_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"lsv2_pt_", false, true),
        ] },
        Row { id: "langsmith_service_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"lsv2_sk_", false, true),
        ] },
        Row { id: "langsmith_api_key_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ls__", false, true),
        ] },
    ],
    // langfuse
    &[
        Row { id: "langfuse_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-lf-", false, true),
        ] },
    ],
    // laravel
    &[
        Row { id: "laravel_app_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\"key\"", false, false),
            (b"\"key\'", false, false),
            (b"\"previous_keys", false, false),
            (b"\'key\"", false, false),
            (b"\'key\'", false, false),
            (b"\'previous_keys", false, false),
            (b"APP_KEY", false, false),
            (b"APP_PREVIOUS_KEYS", false, false),
            (b"appKey", false, false),
            (b"app_key", false, false),
        ] },
    ],
    // lark
    &[
        Row { id: "lark_webhook_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"open.feishu.cn/open-apis/bot/", false, false),
            (b"open.larkoffice.com/open-apis/bo", false, false),
            (b"open.larksuite.com/open-apis/bot", false, false),
        ] },
        Row { id: "lark_app_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"LARK_", false, false),
            (b"LarkApp", false, false),
            (b"LarkBot", false, false),
            (b"LarkClient", false, false),
            (b"cli_", false, true),
            (b"feishu", true, false),
            (b"lark-", false, false),
            (b"lark.", false, false),
            (b"larkApp", false, false),
            (b"larkBot", false, false),
            (b"larkClient", false, false),
            (b"lark_", false, false),
            (b"larksuite", true, false),
        ] },
        Row { id: "lark_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access_token", true, false),
            (b"bearer", true, false),
            (b"tenant_token", true, false),
            (b"user_token", true, false),
        ] },
    ],
    // launchdarkly
    &[
        Row { id: "launchdarkly_api_access_token", aliases: &["launchdarkly-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tapi-", false, true),
            (b"\napi-", false, true),
            (b" api-", false, true),
            (b"\"api-", false, true),
            (b"\'api-", false, true),
            (b"(api-", false, true),
            (b",api-", false, true),
            (b"/api-", false, true),
            (b":api-", false, true),
            (b"=api-", false, true),
            (b">api-", false, true),
            (b"`api-", false, true),
            (b"|api-", false, true),
        ] },
        Row { id: "launchdarkly_sdk_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sdk-", false, true),
        ] },
        Row { id: "launchdarkly_mobile_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mob-", false, true),
        ] },
        Row { id: "launchdarkly_relay_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rel-", false, true),
        ] },
        Row { id: "launchdarkly_access_token_other", aliases: &["launchdarkly-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"launch-darkly", true, false),
            (b"launch_-darkly", true, false),
            (b"launch_darkly", true, false),
            (b"launchdarkly", true, false),
        ] },
    ],
    // lichess
    &[
        Row { id: "lichess_personal_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"lip_", false, true),
        ] },
        Row { id: "lichess_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"lio_", false, true),
        ] },
    ],
    // lightstep
    &[
        Row { id: "lightstep_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"LS_ACCESS", false, false),
            (b"lightstep", true, false),
            (b"ls_access", false, false),
        ] },
    ],
    // line
    &[
        Row { id: "line_channel_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"LINE", false, false),
            (b"Line", false, false),
            (b"_LINE", false, false),
            (b"_Line", false, false),
            (b"_line", false, false),
            (b"authorization", true, false),
            (b"channel_access", true, false),
            (b"channelaccess", true, false),
            (b"line", false, false),
        ] },
        Row { id: "line_channel_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"LINE", false, false),
            (b"Line", false, false),
            (b"_LINE", false, false),
            (b"_Line", false, false),
            (b"_line", false, false),
            (b"channel_secret", true, false),
            (b"channelsecret", true, false),
            (b"line", false, false),
        ] },
        Row { id: "line_notify_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"line-notify", true, false),
            (b"line.notify", true, false),
            (b"line_notify", true, false),
            (b"linenotify", true, false),
            (b"notify-api.line", true, false),
        ] },
    ],
    // linear
    &[
        Row { id: "linear_api_key", aliases: &["linear-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"lin_api_", false, true),
        ] },
        Row { id: "linear_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"lin_oauth_", false, true),
            (b"lin_refresh_", false, true),
        ] },
        Row { id: "linear_webhook_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"lin_wh_", false, true),
        ] },
        Row { id: "linear_client_secret", aliases: &["linear-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"linear api", true, false),
            (b"linear app", true, false),
            (b"linear auth", true, false),
            (b"linear client", true, false),
            (b"linear integration", true, false),
            (b"linear key", true, false),
            (b"linear oauth", true, false),
            (b"linear secret", true, false),
            (b"linear token", true, false),
            (b"linear-api", true, false),
            (b"linear-app", true, false),
            (b"linear-auth", true, false),
            (b"linear-client", true, false),
            (b"linear-integration", true, false),
            (b"linear-key", true, false),
            (b"linear-oauth", true, false),
            (b"linear-secret", true, false),
            (b"linear-token", true, false),
            (b"linear.api", true, false),
            (b"linear.app", true, false),
            (b"linear.auth", true, false),
            (b"linear.client", true, false),
            (b"linear.integration", true, false),
            (b"linear.key", true, false),
            (b"linear.oauth", true, false),
            (b"linear.secret", true, false),
            (b"linear.token", true, false),
            (b"linear_api", true, false),
            (b"linear_app", true, false),
            (b"linear_auth", true, false),
            (b"linear_client", true, false),
            (b"linear_integration", true, false),
            (b"linear_key", true, false),
            (b"linear_oauth", true, false),
            (b"linear_secret", true, false),
            (b"linear_token", true, false),
            (b"linearapi", true, false),
            (b"linearapp", true, false),
            (b"linearauth", true, false),
            (b"linearclient", true, false),
            (b"linearintegration", true, false),
            (b"linearkey", true, false),
            (b"linearoauth", true, false),
            (b"linearsecret", true, false),
            (b"lineartoken", true, false),
        ] },
    ],
    // linkedin
    &[
        Row { id: "linkedin_client_secret_prefixed", aliases: &["linkedin-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"WPL_AP", false, true),
        ] },
        Row { id: "linkedin_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"linkedin", true, false),
            (b"oauth2_access_token", true, false),
            (b"oauth_access_token", true, false),
        ] },
        Row { id: "linkedin_client_secret", aliases: &["linkedin-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"linked-in", true, false),
            (b"linked_-in", true, false),
            (b"linked_in", true, false),
            (b"linkedin", true, false),
        ] },
        Row { id: "linkedin_client_id", aliases: &["linkedin-client-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"linked-in", true, false),
            (b"linked_-in", true, false),
            (b"linked_in", true, false),
            (b"linkedin", true, false),
        ] },
    ],
    // linode
    &[
        Row { id: "linode_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"linode", true, false),
        ] },
    ],
    // liveblocks
    &[
        Row { id: "liveblocks_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk_dev_", false, true),
            (b"sk_localdev_", false, true),
            (b"sk_prod_", false, true),
        ] },
    ],
    // livekit
    &[
        Row { id: "livekit_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"livekit", true, false),
        ] },
    ],
    // llamaindex
    &[
        Row { id: "llamacloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"llx-", false, true),
        ] },
    ],
    // lob
    &[
        Row { id: "lob_publishable_api_key", aliases: &["lob-pub-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"live_pub_", false, true),
            (b"test_pub_", false, true),
        ] },
        Row { id: "lob_api_key", aliases: &["lob-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"live_0", false, true),
            (b"live_1", false, true),
            (b"live_2", false, true),
            (b"live_3", false, true),
            (b"live_4", false, true),
            (b"live_5", false, true),
            (b"live_6", false, true),
            (b"live_7", false, true),
            (b"live_8", false, true),
            (b"live_9", false, true),
            (b"live_a", false, true),
            (b"live_b", false, true),
            (b"live_c", false, true),
            (b"live_d", false, true),
            (b"live_e", false, true),
            (b"live_f", false, true),
            (b"test_0", false, true),
            (b"test_1", false, true),
            (b"test_2", false, true),
            (b"test_3", false, true),
            (b"test_4", false, true),
            (b"test_5", false, true),
            (b"test_6", false, true),
            (b"test_7", false, true),
            (b"test_8", false, true),
            (b"test_9", false, true),
            (b"test_a", false, true),
            (b"test_b", false, true),
            (b"test_c", false, true),
            (b"test_d", false, true),
            (b"test_e", false, true),
            (b"test_f", false, true),
        ] },
    ],
    // localstack
    &[
        Row { id: "localstack_auth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tls-", false, true),
            (b"\nls-", false, true),
            (b" ls-", false, true),
            (b"\"ls-", false, true),
            (b"\'ls-", false, true),
            (b"(ls-", false, true),
            (b",ls-", false, true),
            (b"/ls-", false, true),
            (b":ls-", false, true),
            (b"=ls-", false, true),
            (b">ls-", false, true),
            (b"|ls-", false, true),
        ] },
    ],
    // loggly
    &[
        Row { id: "loggly_customer_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"loggly", true, false),
        ] },
    ],
    // logzio
    &[
        Row { id: "logzio_shipping_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"logz-.io", true, false),
            (b"logz-io", true, false),
            (b"logz.io", true, false),
            (b"logz_-.io", true, false),
            (b"logz_-io", true, false),
            (b"logz_.io", true, false),
            (b"logz_io", true, false),
            (b"logzio", true, false),
        ] },
    ],
    // lokalise
    &[
        Row { id: "lokalise_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"lokalise", true, false),
        ] },
    ],
    // looker
    &[
        Row { id: "looker_client_secret", aliases: &["looker-client-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"looker", true, false),
        ] },
        Row { id: "looker_client_id", aliases: &["looker-client-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"looker", true, false),
        ] },
    ],
    // mailchimp
    &[
        Row { id: "mailchimp_api_key", aliases: &["mailchimp-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"anystring", true, false),
            (b"mailchimp", true, false),
            (b"mc_api", true, false),
        ] },
        Row { id: "mailchimp_transactional_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"md-", false, true),
        ] },
        Row { id: "mailchimp_mandrill_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mandrill", true, false),
        ] },
    ],
    // mailersend
    &[
        Row { id: "mailersend_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mlsn.", false, true),
        ] },
    ],
    // mailgun
    &[
        Row { id: "mailgun_private_api_key", aliases: &["mailgun-private-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"api:key-", false, true),
            (b"mailgun", true, false),
        ] },
        Row { id: "mailgun_public_key", aliases: &["mailgun-pub-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pubkey-", false, true),
        ] },
        Row { id: "mailgun_webhook_signing_key", aliases: &["mailgun-signing-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mailgun", true, false),
        ] },
        Row { id: "mailgun_api_key", aliases: &["mailgun-private-api-token", "mailgun-signing-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b" api:", false, true),
            (b"\"api:", false, true),
            (b"\'api:", false, true),
            (b"//api:", false, true),
            (b"mailgun", true, false),
        ] },
    ],
    // mailjet
    &[
        Row { id: "mailjet_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mailjet", true, false),
            (b"mj_api", true, false),
        ] },
    ],
    // make
    &[
        Row { id: "make_webhook", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hook.eu", false, true),
            (b"hook.integromat.com/", false, true),
            (b"hook.us", false, true),
        ] },
    ],
    // mapbox
    &[
        Row { id: "mapbox_secret_token", aliases: &["mapbox-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk.eyJ1Ijoi", false, true),
            (b"tk.eyJ1Ijoi", false, true),
        ] },
        Row { id: "mapbox_public_token", aliases: &["mapbox-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pk.eyJ1Ijoi", false, true),
        ] },
        Row { id: "mapbox_token_in_context", aliases: &["mapbox-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mapbox", true, false),
        ] },
    ],
    // materialize
    &[
        Row { id: "materialize_app_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mzp_", false, true),
        ] },
    ],
    // matrix
    &[
        Row { id: "matrix_synapse_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"syl_", false, false),
            (b"syr_", false, false),
            (b"syt_", false, false),
        ] },
        Row { id: "matrix_mas_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mar_", false, true),
            (b"mat_", false, true),
            (b"mcr_", false, true),
            (b"mct_", false, true),
        ] },
    ],
    // mattermost
    &[
        Row { id: "mattermost_incoming_webhook", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mattermost", true, false),
        ] },
        Row { id: "mattermost_access_token", aliases: &["mattermost-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mattermost", true, false),
        ] },
    ],
    // maxmind
    &[
        Row { id: "maxmind_license_key", aliases: &["maxmind-license-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"account_id", true, false),
            (b"accountid", true, false),
            (b"geoip", true, false),
            (b"geolite", true, false),
            (b"licence key", true, false),
            (b"licence-key", true, false),
            (b"licence.key", true, false),
            (b"licence_key", true, false),
            (b"licencekey", true, false),
            (b"license key", true, false),
            (b"license-key", true, false),
            (b"license.key", true, false),
            (b"license_key", true, false),
            (b"licensekey", true, false),
            (b"maxmind", true, false),
        ] },
        Row { id: "maxmind_license_key_unsuffixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"geoip", true, false),
            (b"geolite", true, false),
            (b"maxmind", true, false),
        ] },
    ],
    // mercadopago
    &[
        Row { id: "mercadopago_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"APP_USR-", false, true),
            (b"TEST-", false, true),
        ] },
    ],
    // mercury
    &[
        Row { id: "mercury_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"secret-token:mercury_", false, false),
        ] },
    ],
    // messagebird
    &[
        Row { id: "messagebird_access_key", aliases: &["messagebird-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AccessKey ", false, false),
            (b"AccessKey:", false, false),
            (b"AccessKey=", false, false),
        ] },
        Row { id: "messagebird_api_key", aliases: &["messagebird-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"message-bird", true, false),
            (b"message_bird", true, false),
            (b"messagebird", true, false),
        ] },
        Row { id: "messagebird_client_id", aliases: &["messagebird-client-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"message-bird", true, false),
            (b"message_bird", true, false),
            (b"messagebird", true, false),
        ] },
    ],
    // meta-llama
    &[
        Row { id: "meta_llama_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"LLM|", false, true),
        ] },
    ],
    // metabase
    &[
        Row { id: "metabase_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mb_", false, false),
        ] },
    ],
    // microsoft-teams
    &[
        Row { id: "microsoft_teams_incoming_webhook", aliases: &["microsoft-teams-webhook"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"outlook.office", false, false),
            (b"webhook.office.com/webhookb2/", false, true),
        ] },
        Row { id: "microsoft_teams_workflow_webhook", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"environment.api.powerplatform.co", false, false),
            (b"logic.azure.com", false, false),
        ] },
    ],
    // midtrans
    &[
        Row { id: "midtrans_server_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"Mid-server-", false, true),
            (b"SB-Mid-server-", false, true),
        ] },
    ],
    // miro
    &[
        Row { id: "miro_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eyJtaXJvLm9yaWdpbiI6", false, true),
        ] },
    ],
    // mistral
    &[
        Row { id: "mistral_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mistral", true, false),
        ] },
    ],
    // mixpanel
    &[
        Row { id: "mixpanel_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mixpanel", true, false),
        ] },
        Row { id: "mixpanel_service_account_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mixpanel", true, false),
        ] },
    ],
    // modal
    &[
        Row { id: "modal_token_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"modal key", true, false),
            (b"modal proxy", true, false),
            (b"modal secret", true, false),
            (b"modal token", true, false),
            (b"modal-key", true, false),
            (b"modal-proxy", true, false),
            (b"modal-secret", true, false),
            (b"modal-token", true, false),
            (b"modal.key", true, false),
            (b"modal.proxy", true, false),
            (b"modal.secret", true, false),
            (b"modal.token", true, false),
            (b"modal_key", true, false),
            (b"modal_proxy", true, false),
            (b"modal_secret", true, false),
            (b"modal_token", true, false),
            (b"modalkey", true, false),
            (b"modalproxy", true, false),
            (b"modalsecret", true, false),
            (b"modaltoken", true, false),
            (b"token-secret", true, false),
            (b"token_secret", true, false),
        ] },
    ],
    // mollie
    &[
        Row { id: "mollie_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mollie", true, false),
        ] },
    ],
    // monday
    &[
        Row { id: "monday_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eyJhbGciOiJIUzI1NiJ9.eyJ0aWQiOj", false, true),
        ] },
    ],
    // mongodb
    &[
        Row { id: "mongodb_atlas_service_account_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mdb_sa_sk_", false, true),
        ] },
        Row { id: "mongodb_atlas_uri", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mongodb+srv://", false, false),
            (b"mongodb://", false, false),
        ] },
        Row { id: "mongodb_atlas_private_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"atlas-", true, false),
            (b"atlas.", true, false),
            (b"atlas_", true, false),
            (b"mcli_", true, false),
            (b"mongocli", true, false),
            (b"mongodb", true, false),
        ] },
    ],
    // mux
    &[
        Row { id: "mux_token_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mux access", true, false),
            (b"mux secret", true, false),
            (b"mux token", true, false),
            (b"mux-access", true, false),
            (b"mux-secret", true, false),
            (b"mux-token", true, false),
            (b"mux.access", true, false),
            (b"mux.secret", true, false),
            (b"mux.token", true, false),
            (b"mux_access", true, false),
            (b"mux_secret", true, false),
            (b"mux_token", true, false),
            (b"muxaccess", true, false),
            (b"muxsecret", true, false),
            (b"muxtoken", true, false),
        ] },
    ],
    // neon
    &[
        Row { id: "neon_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"napi_", false, true),
        ] },
        Row { id: "neon_database_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"npg_", false, true),
        ] },
    ],
    // neptune
    &[
        Row { id: "neptune_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eyJhcGlfYWRkcmVzcyI6I", false, false),
        ] },
    ],
    // netbird
    &[
        Row { id: "netbird_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"nbp_", false, true),
        ] },
        Row { id: "netbird_setup_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NB_SETUP", false, false),
            (b"netbird", true, false),
            (b"wt_setup", true, false),
        ] },
    ],
    // netlify
    &[
        Row { id: "netlify_access_token", aliases: &["netlify-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"nfb_", false, true),
            (b"nfc_", false, true),
            (b"nfo_", false, true),
            (b"nfp_", false, true),
            (b"nfu_", false, true),
        ] },
        Row { id: "netlify_build_hook", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"api.netlify.com/build_hooks/", false, true),
        ] },
        Row { id: "netlify_access_token_unprefixed", aliases: &["netlify-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"netlify", true, false),
        ] },
    ],
    // new-relic
    &[
        Row { id: "new_relic_user_key", aliases: &["new-relic-user-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NRAK-", false, true),
        ] },
        Row { id: "new_relic_browser_key", aliases: &["new-relic-browser-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NRJS-", false, true),
        ] },
        Row { id: "new_relic_insert_key", aliases: &["new-relic-insert-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NRII-", false, true),
        ] },
        Row { id: "new_relic_query_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NRIQ-", false, true),
        ] },
        Row { id: "new_relic_rest_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NRAA-", false, true),
            (b"NRRA-", false, true),
        ] },
        Row { id: "new_relic_synthetics_location_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NRSP-", false, true),
        ] },
        Row { id: "new_relic_license_key_eu", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eu01xx", false, true),
            (b"gov01xx", false, true),
        ] },
        Row { id: "new_relic_license_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NRIA_", false, false),
            (b"licence key", true, false),
            (b"licence-key", true, false),
            (b"licence.key", true, false),
            (b"licence_key", true, false),
            (b"licencekey", true, false),
            (b"license key", true, false),
            (b"license-key", true, false),
            (b"license.key", true, false),
            (b"license_key", true, false),
            (b"licensekey", true, false),
            (b"new relic", true, false),
            (b"new-relic", true, false),
            (b"new.relic", true, false),
            (b"new_relic", true, false),
            (b"newrelic", true, false),
        ] },
        Row { id: "new_relic_license_key_hex", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NRIA_", false, false),
            (b"new relic", true, false),
            (b"new-relic", true, false),
            (b"new.relic", true, false),
            (b"new_relic", true, false),
            (b"newrelic", true, false),
        ] },
        Row { id: "new_relic_mobile_app_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"new relic", true, false),
            (b"new-relic", true, false),
            (b"new.relic", true, false),
            (b"new_relic", true, false),
            (b"newrelic", true, false),
        ] },
        Row { id: "new_relic_user_api_id", aliases: &["new-relic-user-api-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"new relic", true, false),
            (b"new-relic", true, false),
            (b"new.relic", true, false),
            (b"new_relic", true, false),
            (b"newrelic", true, false),
        ] },
    ],
    // ngrok
    &[
        Row { id: "ngrok_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ngrok", true, false),
        ] },
    ],
    // nightfall
    &[
        Row { id: "nightfall_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NF-", false, true),
        ] },
    ],
    // notion
    &[
        Row { id: "notion_integration_token", aliases: &["notion-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ntn_", false, true),
        ] },
        Row { id: "notion_integration_token_older", aliases: &["notion-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"Bearer secret_", false, true),
            (b"notion", true, false),
        ] },
    ],
    // npm
    &[
        Row { id: "npm_access_token", aliases: &["npm-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"npm_", false, true),
        ] },
    ],
    // nuget
    &[
        Row { id: "nuget_config_cleartext_password", aliases: &["nuget-config-password"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"<add", true, false),
        ] },
        Row { id: "nuget_config_encrypted_password", aliases: &["nuget-config-password"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"<add", true, false),
        ] },
        Row { id: "nuget_config_password", aliases: &["nuget-config-password"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"<add", true, false),
        ] },
        Row { id: "nuget_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"oy2", false, true),
        ] },
        Row { id: "nuget_api_key_v5", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"nuget", true, false),
        ] },
        Row { id: "nuget_api_key_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"nuget", true, false),
        ] },
    ],
    // nvidia
    &[
        Row { id: "nvidia_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"nvapi-", false, true),
        ] },
    ],
    // nylas
    &[
        Row { id: "nylas_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"nyk_v0_", false, true),
        ] },
    ],
    // nytimes
    &[
        Row { id: "nytimes_api_key", aliases: &["nytimes-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"new york times", true, false),
            (b"new york-times", true, false),
            (b"new york.times", true, false),
            (b"new york_times", true, false),
            (b"new yorktimes", true, false),
            (b"new-york times", true, false),
            (b"new-york-times", true, false),
            (b"new-york.times", true, false),
            (b"new-york_times", true, false),
            (b"new-yorktimes", true, false),
            (b"new.york times", true, false),
            (b"new.york-times", true, false),
            (b"new.york.times", true, false),
            (b"new.york_times", true, false),
            (b"new.yorktimes", true, false),
            (b"new_york times", true, false),
            (b"new_york-times", true, false),
            (b"new_york.times", true, false),
            (b"new_york_times", true, false),
            (b"new_yorktimes", true, false),
            (b"newyork times", true, false),
            (b"newyork-times", true, false),
            (b"newyork.times", true, false),
            (b"newyork_times", true, false),
            (b"newyorktimes", true, false),
            (b"nyt-", true, false),
            (b"nyt_", true, false),
            (b"nytimes", true, false),
        ] },
        Row { id: "nytimes_api_key_in_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"api.nytimes.com/", true, false),
        ] },
    ],
    // octopus-deploy
    &[
        Row { id: "octopus_deploy_api_key", aliases: &["octopus-deploy-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"API-", false, true),
        ] },
    ],
    // okta
    &[
        Row { id: "okta_api_token_header", aliases: &["okta-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"SSWS ", false, false),
        ] },
        Row { id: "okta_api_token", aliases: &["okta-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"okta", true, false),
        ] },
        Row { id: "okta_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"okta", true, false),
        ] },
    ],
    // onesignal
    &[
        Row { id: "onesignal_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"os_v2_app_", false, true),
            (b"os_v2_org_", false, true),
        ] },
        Row { id: "onesignal_rest_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"one_signal", true, false),
            (b"onesignal", true, false),
        ] },
    ],
    // onfido
    &[
        Row { id: "onfido_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"api_live.", false, true),
            (b"api_live_ca.", false, true),
            (b"api_live_eu.", false, true),
            (b"api_live_us.", false, true),
            (b"api_sandbox.", false, true),
            (b"api_sandbox_ca.", false, true),
            (b"api_sandbox_eu.", false, true),
            (b"api_sandbox_us.", false, true),
        ] },
    ],
    // open-vsx
    &[
        Row { id: "open_vsx_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ovsx", false, true),
        ] },
        Row { id: "open_vsx_access_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"open-vsx", true, false),
            (b"open_vsx", true, false),
            (b"openvsx", true, false),
            (b"ovsx", true, false),
        ] },
    ],
    // openai
    &[
        Row { id: "openai_project_key", aliases: &["openai-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-admin-", false, true),
            (b"sk-proj-", false, true),
            (b"sk-svcacct-", false, true),
        ] },
        Row { id: "openai_user_key", aliases: &["openai-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-", false, true),
        ] },
        Row { id: "openai_session_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sess-", false, true),
        ] },
    ],
    // openrouter
    &[
        Row { id: "openrouter_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk-or-v1-", false, true),
        ] },
    ],
    // openshift
    &[
        Row { id: "openshift_user_token", aliases: &["openshift-user-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sha256~", false, true),
        ] },
    ],
    // opsgenie
    &[
        Row { id: "opsgenie_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"GenieKey ", false, false),
            (b"opsgenie", true, false),
        ] },
    ],
    // ory
    &[
        Row { id: "ory_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ory_apikey_", false, true),
            (b"ory_at_", false, true),
            (b"ory_pat_", false, true),
            (b"ory_rt_", false, true),
            (b"ory_st_", false, true),
            (b"ory_wak_", false, true),
        ] },
    ],
    // packagist
    &[
        Row { id: "packagist_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"packagist_", false, true),
        ] },
    ],
    // paddle
    &[
        Row { id: "paddle_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pdl_live_apikey_", false, true),
            (b"pdl_sdbx_apikey_", false, true),
        ] },
        Row { id: "paddle_webhook_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pdl_ntfset_", false, true),
        ] },
    ],
    // pagerduty
    &[
        Row { id: "pagerduty_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pdeu+_", false, true),
            (b"pdus+_", false, true),
        ] },
        Row { id: "pagerduty_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pager-duty", true, false),
            (b"pager_duty", true, false),
            (b"pagerduty", true, false),
            (b"token token=", true, false),
        ] },
        Row { id: "pagerduty_integration_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pager-duty", true, false),
            (b"pager_duty", true, false),
            (b"pagerduty", true, false),
            (b"pd_routing", true, false),
        ] },
    ],
    // pangea
    &[
        Row { id: "pangea_service_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ptm_", false, true),
            (b"pts_", false, true),
        ] },
    ],
    // paypal
    &[
        Row { id: "paypal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"A21AA", false, true),
        ] },
        Row { id: "paypal_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"paypal", true, false),
        ] },
    ],
    // paystack
    &[
        Row { id: "paystack_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk_live_", false, true),
            (b"sk_test_", false, true),
        ] },
    ],
    // percy
    &[
        Row { id: "percy_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"percy", true, false),
        ] },
    ],
    // permit
    &[
        Row { id: "permit_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"permit_key_", false, true),
        ] },
    ],
    // perplexity
    &[
        Row { id: "perplexity_api_key", aliases: &["perplexity-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pplx-", false, true),
        ] },
    ],
    // persona
    &[
        Row { id: "persona_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"persona_production_", false, true),
            (b"persona_sandbox_", false, true),
        ] },
    ],
    // picovoice
    &[
        Row { id: "picovoice_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"picovoice", true, false),
            (b"porcupine", true, false),
        ] },
    ],
    // pinecone
    &[
        Row { id: "pinecone_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pcsk_", false, true),
        ] },
        Row { id: "pinecone_api_key_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pinecone", true, false),
        ] },
    ],
    // plaid
    &[
        Row { id: "plaid_access_token", aliases: &["plaid-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access-development-", false, true),
            (b"access-production-", false, true),
            (b"access-sandbox-", false, true),
        ] },
        Row { id: "plaid_short_lived_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"link-development-", false, true),
            (b"link-production-", false, true),
            (b"link-sandbox-", false, true),
            (b"processor-development-", false, true),
            (b"processor-production-", false, true),
            (b"processor-sandbox-", false, true),
            (b"public-development-", false, true),
            (b"public-production-", false, true),
            (b"public-sandbox-", false, true),
        ] },
        Row { id: "plaid_secret", aliases: &["plaid-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"plaid", true, false),
        ] },
        Row { id: "plaid_client_id", aliases: &["plaid-client-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"plaid", true, false),
        ] },
    ],
    // planetscale
    &[
        Row { id: "planetscale_service_token", aliases: &["planetscale-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pscale_tkn_", false, false),
        ] },
        Row { id: "planetscale_oauth_token", aliases: &["planetscale-oauth-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pscale_oauth_", false, false),
        ] },
        Row { id: "planetscale_password", aliases: &["planetscale-password"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pscale_pw_", false, false),
        ] },
    ],
    // polar
    &[
        Row { id: "polar_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"polar_at_", false, true),
            (b"polar_crt_", false, true),
            (b"polar_cs_", false, true),
            (b"polar_oat_", false, true),
            (b"polar_pat_", false, true),
            (b"polar_rt_", false, true),
            (b"polar_whs_", false, true),
        ] },
    ],
    // portainer
    &[
        Row { id: "portainer_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ptr_", false, false),
        ] },
    ],
    // posthog
    &[
        Row { id: "posthog_personal_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pha_", false, true),
            (b"phr_", false, true),
            (b"phs_", false, true),
            (b"phx_", false, true),
        ] },
        Row { id: "posthog_project_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"phc_", false, true),
        ] },
    ],
    // postman
    &[
        Row { id: "postman_api_key", aliases: &["postman-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"PMAK-", false, true),
        ] },
        Row { id: "postman_collection_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"PMAT-", false, true),
        ] },
    ],
    // postmark
    &[
        Row { id: "postmark_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"postmark", true, false),
            (b"x-postmark-account-token", true, false),
            (b"x-postmark-server-token", true, false),
        ] },
    ],
    // prefect
    &[
        Row { id: "prefect_api_key", aliases: &["prefect-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pnb_", false, true),
            (b"pnu_", false, true),
        ] },
    ],
    // prisma
    &[
        Row { id: "prisma_accelerate_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"prisma+postgres://", false, false),
            (b"prisma://", false, false),
        ] },
    ],
    // private-ai
    &[
        Row { id: "private_ai_api_key", aliases: &["privateai-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"private ai", true, false),
            (b"private-ai", true, false),
            (b"private_ai", true, false),
            (b"privateai", true, false),
        ] },
    ],
    // private-keys
    &[
        Row { id: "private_key", aliases: &["private-key", "gitlab_deploy_key"], max_len: 65536, takes_custom_prefix: false, literals: &[
            (b"---- BEGIN SSH2 ENCRYPTED PRIVAT", false, false),
            (b"-----BEGIN ", false, false),
        ] },
        Row { id: "private_key_base64", aliases: &["private-key"], max_len: 65536, takes_custom_prefix: false, literals: &[
            (b"LS0tLS1CRUdJTiB", false, false),
        ] },
        Row { id: "putty_private_key", aliases: &["private-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"PuTTY-User-Key-File-", false, false),
        ] },
        Row { id: "age_secret_key", aliases: &["age-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AGE-SECRET-KEY-", false, false),
        ] },
        Row { id: "minisign_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"RWQAAEIy", false, false),
            (b"RWRCSwAAA", false, false),
            (b"RWRTY0Iy", false, false),
        ] },
        Row { id: "tor_onion_service_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"== ed25519v1-secret: type0 ==\x00\x00\x00", false, false),
            (b"ED25519-V3:", false, false),
            (b"PT0gZWQyNTUxOXYxLXNlY3JldDogdHlw", false, false),
        ] },
        Row { id: "rsa_key_xml", aliases: &["private-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"&lt;RSAKeyValue&gt;", false, false),
            (b"<RSAKeyValue>", false, false),
        ] },
        Row { id: "jwk_private_key", aliases: &["private-key"], max_len: 6000, takes_custom_prefix: false, literals: &[
            (b"\"kty\"", false, false),
            (b"\"kty\\\"", false, false),
            (b"\\\"kty\"", false, false),
            (b"\\\"kty\\\"", false, false),
        ] },
        Row { id: "jwk_private_key_sorted", aliases: &["private-key"], max_len: 6000, takes_custom_prefix: false, literals: &[
            (b"\"d\": \"", false, true),
            (b"\"d\":\"", false, true),
            (b"\\\"d\\\": \\\"", false, true),
            (b"\\\"d\\\":\\\"", false, true),
        ] },
        Row { id: "wireguard_private_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"private-key", true, false),
            (b"private_-key", true, false),
            (b"private_key", true, false),
            (b"privatekey", true, false),
        ] },
        Row { id: "wireguard_preshared_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"preshared-key", true, false),
            (b"preshared_-key", true, false),
            (b"preshared_key", true, false),
            (b"presharedkey", true, false),
        ] },
        Row { id: "pkcs12_file", aliases: &["pkcs12-file"], max_len: 65536, takes_custom_prefix: false, literals: &[
            (b"\x02\x01\x030", false, false),
            (b"MII", false, false),
        ] },
    ],
    // pubnub
    &[
        Row { id: "pubnub_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sec-c-", false, true),
        ] },
    ],
    // pulumi
    &[
        Row { id: "pulumi_access_token", aliases: &["pulumi-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pul-", false, true),
        ] },
    ],
    // pushbullet
    &[
        Row { id: "pushbullet_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"Access-Token", false, false),
            (b"pushbullet", true, false),
        ] },
    ],
    // pusher
    &[
        Row { id: "pusher_app_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pusher", true, false),
        ] },
    ],
    // pushover
    &[
        Row { id: "pushover_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pushover", true, false),
        ] },
    ],
    // pydantic
    &[
        Row { id: "pydantic_logfire_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pylf_v", false, true),
        ] },
    ],
    // pypi
    &[
        Row { id: "pypi_upload_token", aliases: &["pypi-upload-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pypi-AgEIcHlwaS5vcmc", false, true),
        ] },
        Row { id: "pypi_test_upload_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"pypi-AgENdGVzdC5weXBpLm9yZw", false, true),
        ] },
    ],
    // railway
    &[
        Row { id: "railway_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"railway", true, false),
        ] },
    ],
    // ramp
    &[
        Row { id: "ramp_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ramp_business_tok_", false, true),
            (b"ramp_sec_", false, true),
            (b"ramp_tok_", false, true),
            (b"ramp_user_tok_", false, true),
        ] },
    ],
    // rancher
    &[
        Row { id: "rancher_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"kubeconfig-u-", false, true),
            (b"kubeconfig-user-", false, true),
            (b"token-", false, true),
        ] },
        Row { id: "rancher_k3s_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"K10", false, true),
        ] },
    ],
    // rapidapi
    &[
        Row { id: "rapidapi_key", aliases: &["rapidapi-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"mashape", true, false),
            (b"rapid-api", true, false),
            (b"rapid_api", true, false),
            (b"rapidapi", true, false),
        ] },
        Row { id: "rapidapi_key_of_another_form", aliases: &["rapidapi-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rapid-api", true, false),
            (b"rapid_api", true, false),
            (b"rapidapi", true, false),
        ] },
    ],
    // razorpay
    &[
        Row { id: "razorpay_key_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rzp_live_", false, true),
            (b"rzp_test_", false, true),
        ] },
        Row { id: "razorpay_key_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"razorpay", true, false),
            (b"rzp_", true, false),
        ] },
    ],
    // readme
    &[
        Row { id: "readme_api_key", aliases: &["readme-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rdme_", false, true),
        ] },
    ],
    // recaptcha
    &[
        Row { id: "recaptcha_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"captcha", true, false),
        ] },
    ],
    // render
    &[
        Row { id: "render_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rnd_", false, true),
        ] },
        Row { id: "render_deploy_hook", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"api.render.com/deploy/srv-", false, true),
        ] },
    ],
    // replicate
    &[
        Row { id: "replicate_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"r8_", false, true),
        ] },
    ],
    // resend
    &[
        Row { id: "resend_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"re_", false, true),
        ] },
    ],
    // retool
    &[
        Row { id: "retool_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"retool_01", false, true),
        ] },
    ],
    // revenuecat
    &[
        Row { id: "revenuecat_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"revenue-cat", true, false),
            (b"revenue_cat", true, false),
            (b"revenuecat", true, false),
        ] },
    ],
    // roblox
    &[
        Row { id: "roblox_session_cookie", aliases: &[], max_len: 2300, takes_custom_prefix: false, literals: &[
            (b"_|WARNING:-DO-NOT-SHARE-THIS.--S", false, false),
        ] },
        Row { id: "roblox_open_cloud_api_key", aliases: &[], max_len: 2400, takes_custom_prefix: false, literals: &[
            (b"roblox", true, false),
        ] },
    ],
    // rollbar
    &[
        Row { id: "rollbar_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rollbar", true, false),
        ] },
    ],
    // rootly
    &[
        Row { id: "rootly_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rootly_", false, true),
        ] },
    ],
    // rubygems
    &[
        Row { id: "rubygems_api_key", aliases: &["rubygems-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rubygems_", false, true),
        ] },
        Row { id: "rubygems_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"gem_host", true, false),
            (b"rubygems", true, false),
        ] },
    ],
    // runpod
    &[
        Row { id: "runpod_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rpa_", false, true),
        ] },
    ],
    // runway
    &[
        Row { id: "runwayml_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"runway", true, false),
        ] },
    ],
    // salesforce
    &[
        Row { id: "salesforce_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"00D", false, true),
        ] },
        Row { id: "salesforce_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"5Aep861", false, false),
        ] },
        Row { id: "salesforce_consumer_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"3MVG9", false, false),
        ] },
        Row { id: "salesforce_consumer_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"salesforce", true, false),
            (b"sf_client", true, false),
            (b"sf_consumer", true, false),
            (b"sfdc", true, false),
            (b"sfdx", true, false),
        ] },
    ],
    // sanity
    &[
        Row { id: "sanity_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sanity", true, false),
        ] },
    ],
    // saucelabs
    &[
        Row { id: "saucelabs_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sauce", true, false),
        ] },
        Row { id: "saucelabs_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"http://", false, false),
            (b"https://", false, false),
        ] },
    ],
    // scaleway
    &[
        Row { id: "scaleway_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"scaleway", true, false),
            (b"scw", true, false),
        ] },
        Row { id: "scaleway_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"SCW", false, true),
        ] },
    ],
    // scalingo
    &[
        Row { id: "scalingo_api_token", aliases: &["scalingo-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tk-us-", false, true),
        ] },
    ],
    // scrapfly
    &[
        Row { id: "scrapfly_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"scp-live-", false, true),
            (b"scp-test-", false, true),
        ] },
    ],
    // segment
    &[
        Row { id: "segment_public_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sgp_", false, true),
        ] },
        Row { id: "segment_write_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"segment", true, false),
        ] },
    ],
    // semgrep
    &[
        Row { id: "semgrep_app_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"semgrep", true, false),
        ] },
    ],
    // sendbird
    &[
        Row { id: "sendbird_api_token", aliases: &["sendbird-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sendbird", true, false),
        ] },
        Row { id: "sendbird_application_id", aliases: &["sendbird-access-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sendbird", true, false),
        ] },
    ],
    // sendgrid
    &[
        Row { id: "sendgrid_api_key", aliases: &["sendgrid-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"SG.", false, true),
        ] },
    ],
    // sendinblue
    &[
        Row { id: "sendinblue_api_key_v2", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sendin_blue", true, false),
            (b"sendinblue", true, false),
        ] },
    ],
    // sentry
    &[
        Row { id: "sentry_org_auth_token", aliases: &["sentry-org-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sntrys_eyJ", false, false),
        ] },
        Row { id: "sentry_user_auth_token", aliases: &["sentry-user-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sntryu_", false, true),
        ] },
        Row { id: "sentry_app_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sntrya_", false, true),
            (b"sntryi_", false, true),
        ] },
        Row { id: "sentry_dsn_with_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"http://", false, true),
            (b"https://", false, true),
        ] },
        Row { id: "sentry_auth_token_unprefixed", aliases: &["sentry-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sentry", true, false),
        ] },
    ],
    // serpapi
    &[
        Row { id: "serpapi_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"serp_api", true, false),
            (b"serpapi", true, false),
        ] },
    ],
    // serper
    &[
        Row { id: "serper_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"serper", true, false),
        ] },
    ],
    // settlemint
    &[
        Row { id: "settlemint_application_access_token", aliases: &["settlemint-application-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sm_aat_", false, true),
        ] },
        Row { id: "settlemint_personal_access_token", aliases: &["settlemint-personal-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sm_pat_", false, true),
        ] },
        Row { id: "settlemint_service_access_token", aliases: &["settlemint-service-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sm_sat_", false, true),
        ] },
    ],
    // shippo
    &[
        Row { id: "shippo_api_token", aliases: &["shippo-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shippo_live_", false, true),
            (b"shippo_test_", false, true),
        ] },
    ],
    // shodan
    &[
        Row { id: "shodan_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shodan", true, false),
        ] },
    ],
    // shopify
    &[
        Row { id: "shopify_access_token", aliases: &["shopify-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shpat_", false, true),
        ] },
        Row { id: "shopify_custom_app_access_token", aliases: &["shopify-custom-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shpca_", false, true),
        ] },
        Row { id: "shopify_private_app_password", aliases: &["shopify-private-app-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shppa_", false, true),
        ] },
        Row { id: "shopify_app_secret", aliases: &["shopify-shared-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shpss_", false, true),
        ] },
        Row { id: "shopify_theme_access_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shptka_", false, true),
        ] },
        Row { id: "shopify_user_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shpua_", false, true),
        ] },
        Row { id: "shopify_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shprt_", false, true),
        ] },
        Row { id: "shopify_partner_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"prtapi_", false, true),
        ] },
        Row { id: "shopify_cli_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"atkn_", false, false),
        ] },
        Row { id: "shopify_customer_account_token", aliases: &[], max_len: 8000, takes_custom_prefix: false, literals: &[
            (b"shcat_", false, true),
            (b"shcrt_", false, true),
        ] },
        Row { id: "shopify_access_token_unprefixed", aliases: &["shopify-access-token", "shopify-shared-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"shopify", true, false),
        ] },
    ],
    // sidekiq
    &[
        Row { id: "sidekiq_url", aliases: &["sidekiq-sensitive-url"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"http://", false, true),
            (b"https://", false, true),
        ] },
        Row { id: "sidekiq_bundler_credentials", aliases: &["sidekiq-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"BUNDLE_ENTERPRISE__CONTRIBSYS__C", false, false),
            (b"BUNDLE_GEMS__CONTRIBSYS__COM", false, false),
            (b"enterprise.contribsys.com", false, false),
            (b"gems.contribsys.com", false, false),
        ] },
    ],
    // siliconflow
    &[
        Row { id: "siliconflow_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"silicon_cloud", true, false),
            (b"silicon_flow", true, false),
            (b"siliconcloud", true, false),
            (b"siliconflow", true, false),
        ] },
    ],
    // slack
    &[
        Row { id: "slack_bot_token", aliases: &["slack-bot-token", "slack-legacy-bot-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xoxb-", false, true),
        ] },
        Row { id: "slack_user_token", aliases: &["slack-user-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xoxe-", false, true),
            (b"xoxp-", false, true),
        ] },
        Row { id: "slack_app_level_token", aliases: &["slack-app-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xapp-", false, true),
        ] },
        Row { id: "slack_configuration_access_token", aliases: &["slack-config-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xoxe.xoxb-", false, true),
            (b"xoxe.xoxp-", false, true),
        ] },
        Row { id: "slack_configuration_refresh_token", aliases: &["slack-config-refresh-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xoxe-", false, true),
        ] },
        Row { id: "slack_legacy_token", aliases: &["slack-legacy-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xoxo-", false, true),
            (b"xoxs-", false, true),
        ] },
        Row { id: "slack_legacy_workspace_token", aliases: &["slack-legacy-workspace-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xoxa-", false, false),
            (b"xoxr-", false, false),
        ] },
        Row { id: "slack_webhook_url", aliases: &["slack-webhook-url"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hooks.slack.com/", false, false),
        ] },
    ],
    // smartsheet
    &[
        Row { id: "smartsheet_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"smartsheet", true, false),
        ] },
    ],
    // snowflake
    &[
        Row { id: "snowflake_programmatic_access_token", aliases: &[], max_len: 4000, takes_custom_prefix: false, literals: &[
            (b"snowflake", true, false),
        ] },
    ],
    // snyk
    &[
        Row { id: "snyk_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"snyk_sat.", false, true),
            (b"snyk_uat.", false, true),
        ] },
        Row { id: "snyk_api_token", aliases: &["snyk-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"snyk", true, false),
        ] },
    ],
    // sonar
    &[
        Row { id: "sonar_token", aliases: &["sonar-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sqa_", false, true),
            (b"sqp_", false, true),
            (b"squ_", false, true),
        ] },
        Row { id: "sonar_scoped_organization_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sqco_", false, true),
        ] },
        Row { id: "sonar_token_unprefixed", aliases: &["sonar-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sonar", true, false),
        ] },
    ],
    // sourcegraph
    &[
        Row { id: "sourcegraph_access_token", aliases: &["sourcegraph-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sgp_", false, true),
        ] },
        Row { id: "sourcegraph_license_or_gateway_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sgd_", false, true),
            (b"slk_", false, true),
        ] },
        Row { id: "sourcegraph_access_token_unprefixed", aliases: &["sourcegraph-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"SRC_ACCESS", false, false),
            (b"sourcegraph", true, false),
        ] },
    ],
    // splunk
    &[
        Row { id: "splunk_hec_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"HEC_TOKEN", false, false),
            (b"hecToken", false, false),
            (b"hec_token", false, false),
            (b"splunk", true, false),
        ] },
        Row { id: "splunk_observability_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sfx_", true, false),
            (b"signalfx", true, false),
            (b"splunk", true, false),
            (b"x-sf-token", true, false),
        ] },
    ],
    // spotify
    &[
        Row { id: "spotify_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"spotify", true, false),
            (b"spotiy", true, false),
        ] },
        Row { id: "spotify_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"spotify", true, false),
        ] },
    ],
    // square
    &[
        Row { id: "square_access_token", aliases: &["square-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tEAAA", false, true),
            (b"\tEQAA", false, true),
            (b" EAAA", false, true),
            (b" EQAA", false, true),
            (b"\"EAAA", false, true),
            (b"\"EQAA", false, true),
            (b"\'EAAA", false, true),
            (b"\'EQAA", false, true),
            (b"(EAAA", false, true),
            (b"(EQAA", false, true),
            (b":EAAA", false, true),
            (b":EQAA", false, true),
            (b"=EAAA", false, true),
            (b"=EQAA", false, true),
            (b">EAAA", false, true),
            (b">EQAA", false, true),
            (b"EAAA", false, true),
            (b"EQAA", false, true),
            (b"\\nEAAA", false, true),
            (b"\\nEQAA", false, true),
            (b"\\rEAAA", false, true),
            (b"\\rEQAA", false, true),
            (b"\\tEAAA", false, true),
            (b"\\tEQAA", false, true),
        ] },
        Row { id: "square_personal_access_token", aliases: &["square-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sq0atp-", false, true),
        ] },
        Row { id: "square_application_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sq0csp-", false, true),
        ] },
        Row { id: "square_sandbox_token", aliases: &["square-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sandbox-sq0atb-", false, true),
            (b"sandbox-sq0csb-", false, true),
        ] },
    ],
    // squarespace
    &[
        Row { id: "squarespace_access_token", aliases: &["squarespace-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"squarespace", true, false),
        ] },
    ],
    // stability
    &[
        Row { id: "stability_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"DREAMSTUDIO", false, false),
            (b"dreamstudio", false, false),
            (b"stability", true, false),
        ] },
    ],
    // stackhawk
    &[
        Row { id: "stackhawk_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hawk.", false, true),
        ] },
    ],
    // statsig
    &[
        Row { id: "statsig_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"console-", false, true),
            (b"secret-", false, true),
        ] },
    ],
    // storyblok
    &[
        Row { id: "storyblok_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"storyblok", true, false),
        ] },
    ],
    // stripe
    &[
        Row { id: "stripe_secret_key", aliases: &["stripe-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"rk_live_", false, true),
            (b"rk_prod_", false, true),
            (b"rk_test_", false, true),
            (b"sk_live_", false, true),
            (b"sk_prod_", false, true),
            (b"sk_test_", false, true),
        ] },
        Row { id: "stripe_webhook_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"whsec_", false, true),
        ] },
    ],
    // stytch
    &[
        Row { id: "stytch_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"secret-live-", false, true),
            (b"secret-test-", false, true),
        ] },
    ],
    // sumologic
    &[
        Row { id: "sumologic_access_id", aliases: &["sumologic-access-id"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sumo", true, false),
        ] },
        Row { id: "sumologic_access_key", aliases: &["sumologic-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sumo", true, false),
        ] },
        Row { id: "sumologic_http_source_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sumologic.com/receiver/v1/", false, true),
        ] },
        Row { id: "sumologic_installation_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sumo", true, false),
        ] },
    ],
    // sumup
    &[
        Row { id: "sumup_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sup_sk_", false, true),
        ] },
    ],
    // supabase
    &[
        Row { id: "supabase_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sbp_", false, true),
        ] },
        Row { id: "supabase_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sb_secret_", false, true),
        ] },
        Row { id: "supabase_publishable_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sb_publishable_", false, true),
        ] },
        Row { id: "supabase_service_role_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpX", false, false),
        ] },
    ],
    // svix
    &[
        Row { id: "svix_test_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"testsk_", false, true),
        ] },
        Row { id: "svix_auth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"svix", true, false),
        ] },
    ],
    // tailscale
    &[
        Row { id: "tailscale_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tskey-api-", false, true),
            (b"tskey-auth-", false, true),
            (b"tskey-client-", false, true),
            (b"tskey-scim-", false, true),
            (b"tskey-webhook-", false, true),
        ] },
        Row { id: "tailscale_key_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tskey-", false, true),
        ] },
    ],
    // tally
    &[
        Row { id: "tally_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tly-", false, true),
        ] },
    ],
    // tavily
    &[
        Row { id: "tavily_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tvly-", false, true),
        ] },
    ],
    // teamcity
    &[
        Row { id: "teamcity_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eyJ0eXAiOiAiVENWMiJ9.", false, true),
        ] },
    ],
    // telegram
    &[
        Row { id: "telegram_bot_token", aliases: &["telegram-bot-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b" bot", false, true),
            (b"\"bot", false, true),
            (b"\'bot", false, true),
            (b"/bot", false, true),
            (b"=bot", false, true),
            (b"Bot(", false, false),
            (b"NewBotAPI(", false, false),
            (b"TOKEN = ", false, false),
            (b"TOKEN\": ", false, false),
            (b"TOKEN(", false, false),
            (b"TOKEN: ", false, false),
            (b"TOKEN=", false, false),
            (b"Updater(", false, false),
            (b"access_token", true, false),
            (b"aiogram", true, false),
            (b"api_token", true, false),
            (b"bot-token", true, false),
            (b"bot.token", true, false),
            (b"bot_key", true, false),
            (b"bot_token", true, false),
            (b"botfather", true, false),
            (b"bottoken", true, false),
            (b"telebot", true, false),
            (b"telegraf", true, false),
            (b"telegram", true, false),
            (b"tg_bot", true, false),
            (b"tg_token", true, false),
            (b"tgbot", true, false),
            (b"token = ", false, false),
            (b"token\": ", false, false),
            (b"token(", false, false),
            (b"token: ", false, false),
            (b"token=", false, false),
        ] },
    ],
    // tencent
    &[
        Row { id: "tencent_secret_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AKID", false, true),
        ] },
        Row { id: "tencent_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"cos_secret", true, false),
            (b"qcloud", true, false),
            (b"tencent", true, false),
        ] },
    ],
    // thunderstore
    &[
        Row { id: "thunderstore_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tss_", false, true),
        ] },
    ],
    // tigris
    &[
        Row { id: "tigris_secret_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tsec_", false, false),
        ] },
    ],
    // tines
    &[
        Row { id: "tines_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tines-", true, false),
            (b"tines.", true, false),
            (b"tines_", true, false),
        ] },
    ],
    // tinybird
    &[
        Row { id: "tinybird_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"p.eyJ1IjogI", false, true),
        ] },
    ],
    // todoist
    &[
        Row { id: "todoist_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"todoist", true, false),
        ] },
    ],
    // together
    &[
        Row { id: "together_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tgp_v1_", false, true),
        ] },
        Row { id: "together_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"together", true, false),
        ] },
    ],
    // toggl
    &[
        Row { id: "toggl_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"toggl", true, false),
        ] },
    ],
    // tolgee
    &[
        Row { id: "tolgee_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tgpak_", false, true),
            (b"tgpat_", false, true),
        ] },
    ],
    // travisci
    &[
        Row { id: "travisci_access_token", aliases: &["travisci-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"travis", true, false),
        ] },
    ],
    // trello
    &[
        Row { id: "trello_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ATTA", false, true),
        ] },
        Row { id: "trello_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"trello", true, false),
        ] },
        Row { id: "trello_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"trello", true, false),
        ] },
    ],
    // trigger-dev
    &[
        Row { id: "trigger_dev_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tr_dev_", false, true),
            (b"tr_preview_", false, true),
            (b"tr_prod_", false, true),
            (b"tr_stg_", false, true),
        ] },
        Row { id: "trigger_dev_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tr_pat_", false, true),
        ] },
    ],
    // tripo
    &[
        Row { id: "tripo_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tsk_", false, true),
        ] },
    ],
    // turso
    &[
        Row { id: "turso_auth_token", aliases: &[], max_len: 2000, takes_custom_prefix: false, literals: &[
            (b"authtoken", true, false),
            (b"database_auth_token", true, false),
            (b"libsql", true, false),
            (b"turso", true, false),
        ] },
    ],
    // twelvelabs
    &[
        Row { id: "twelvelabs_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tlk_", false, true),
        ] },
    ],
    // twilio
    &[
        Row { id: "twilio_account_credentials", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AC0", false, true),
            (b"AC1", false, true),
            (b"AC2", false, true),
            (b"AC3", false, true),
            (b"AC4", false, true),
            (b"AC5", false, true),
            (b"AC6", false, true),
            (b"AC7", false, true),
            (b"AC8", false, true),
            (b"AC9", false, true),
            (b"ACa", false, true),
            (b"ACb", false, true),
            (b"ACc", false, true),
            (b"ACd", false, true),
            (b"ACe", false, true),
            (b"ACf", false, true),
        ] },
        Row { id: "twilio_api_key_sid", aliases: &["twilio-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"SK0", false, true),
            (b"SK1", false, true),
            (b"SK2", false, true),
            (b"SK3", false, true),
            (b"SK4", false, true),
            (b"SK5", false, true),
            (b"SK6", false, true),
            (b"SK7", false, true),
            (b"SK8", false, true),
            (b"SK9", false, true),
            (b"SKa", false, true),
            (b"SKb", false, true),
            (b"SKc", false, true),
            (b"SKd", false, true),
            (b"SKe", false, true),
            (b"SKf", false, true),
        ] },
        Row { id: "twilio_auth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"twilio", true, false),
        ] },
        Row { id: "twilio_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"SK0", false, true),
            (b"SK1", false, true),
            (b"SK2", false, true),
            (b"SK3", false, true),
            (b"SK4", false, true),
            (b"SK5", false, true),
            (b"SK6", false, true),
            (b"SK7", false, true),
            (b"SK8", false, true),
            (b"SK9", false, true),
            (b"SKa", false, true),
            (b"SKb", false, true),
            (b"SKc", false, true),
            (b"SKd", false, true),
            (b"SKe", false, true),
            (b"SKf", false, true),
            (b"twilio", true, false),
        ] },
    ],
    // twitch
    &[
        Row { id: "twitch_irc_oauth_token", aliases: &["twitch-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"oauth:", false, true),
        ] },
        Row { id: "twitch_stream_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"live_", false, true),
        ] },
        Row { id: "twitch_api_token", aliases: &["twitch-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"twitch", true, false),
        ] },
    ],
    // twitter
    &[
        Row { id: "twitter_bearer_token", aliases: &["twitter-bearer-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AAAAAAAAAAAAAAAAAAAA", false, false),
        ] },
        Row { id: "twitter_oauth2_user_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access_token", true, false),
            (b"accesstoken", true, false),
            (b"api.x.com", false, false),
            (b"bearer ", true, false),
            (b"refresh_token", true, false),
            (b"refreshtoken", true, false),
            (b"tweepy", true, false),
            (b"twitter", true, false),
            (b"x_api", true, false),
        ] },
        Row { id: "twitter_access_token", aliases: &["twitter-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access-token", true, false),
            (b"access.token", true, false),
            (b"access_token", true, false),
            (b"accesstoken", true, false),
            (b"oauth", true, false),
            (b"tweepy", true, false),
            (b"twitter", true, false),
            (b"twtr", true, false),
        ] },
        Row { id: "twitter_access_token_secret", aliases: &["twitter-access-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access_secret", true, false),
            (b"access_token_secret", true, false),
            (b"access_tokensecret", true, false),
            (b"accesssecret", true, false),
            (b"accesstoken_secret", true, false),
            (b"accesstokensecret", true, false),
            (b"oauth_token_secret", true, false),
            (b"tweepy", true, false),
            (b"twitter", true, false),
            (b"twtr", true, false),
        ] },
        Row { id: "twitter_api_secret", aliases: &["twitter-api-secret"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"api_secret_key", true, false),
            (b"consumer-secret", true, false),
            (b"consumer.secret", true, false),
            (b"consumer_key_secret", true, false),
            (b"consumer_secret", true, false),
            (b"consumersecret", true, false),
            (b"tweepy", true, false),
            (b"twitter", true, false),
            (b"twtr", true, false),
        ] },
        Row { id: "twitter_api_key", aliases: &["twitter-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"consumer-key", true, false),
            (b"consumer.key", true, false),
            (b"consumer_key", true, false),
            (b"consumerkey", true, false),
            (b"tweepy", true, false),
            (b"twitter", true, false),
            (b"twtr", true, false),
        ] },
    ],
    // typeform
    &[
        Row { id: "typeform_personal_token", aliases: &["typeform-api-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"tfp_", false, false),
        ] },
    ],
    // ubidots
    &[
        Row { id: "ubidots_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"A1E-", false, true),
            (b"BBAU-", false, true),
            (b"BBEU-", false, true),
            (b"BBFF-", false, true),
            (b"BBUS-", false, true),
        ] },
    ],
    // unkey
    &[
        Row { id: "unkey_root_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"unkey_", false, true),
        ] },
    ],
    // unsplash
    &[
        Row { id: "unsplash_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"unsplash", true, false),
        ] },
    ],
    // uploadcare
    &[
        Row { id: "uploadcare_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"uploadcare", true, false),
        ] },
    ],
    // upstash
    &[
        Row { id: "upstash_qstash_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"eyJVc2VySUQiOi", false, false),
        ] },
        Row { id: "upstash_rest_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"KV_REST_API", false, false),
            (b"upstash", true, false),
        ] },
        Row { id: "upstash_management_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"upstash", true, false),
        ] },
    ],
    // uptimerobot
    &[
        Row { id: "uptimerobot_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"uptime_robot", true, false),
            (b"uptimerobot", true, false),
        ] },
    ],
    // uri
    &[
        Row { id: "database_uri_password", aliases: &["generic-api-key"], max_len: 300, takes_custom_prefix: false, literals: &[
            (b"amqp", true, false),
            (b"cassandra", true, false),
            (b"clickhouse", true, false),
            (b"cockroachdb", true, false),
            (b"couchbase", true, false),
            (b"couchdb", true, false),
            (b"influxdb", true, false),
            (b"ldap", true, false),
            (b"mariadb", true, false),
            (b"memcached", true, false),
            (b"mongodb", true, false),
            (b"mqtt", true, false),
            (b"mssql", true, false),
            (b"mysql", true, false),
            (b"nats", true, false),
            (b"neo4j", true, false),
            (b"oracle", true, false),
            (b"postgres", true, false),
            (b"rabbitmq", true, false),
            (b"redis", true, false),
            (b"redshift", true, false),
            (b"sftp", true, false),
            (b"smtp", true, false),
            (b"snowflake", true, false),
            (b"sqlserver", true, false),
            (b"valkey", true, false),
        ] },
        Row { id: "uri_password", aliases: &["generic-api-key"], max_len: 300, takes_custom_prefix: false, literals: &[
            (b"://", false, false),
        ] },
        Row { id: "jdbc_password", aliases: &["generic-api-key"], max_len: 500, takes_custom_prefix: false, literals: &[
            (b"jdbc:", false, false),
        ] },
        Row { id: "connection_string_password", aliases: &["generic-api-key"], max_len: 600, takes_custom_prefix: false, literals: &[
            (b"addr =", true, false),
            (b"addr=", true, false),
            (b"address =", true, false),
            (b"address=", true, false),
            (b"data source =", true, false),
            (b"data source=", true, false),
            (b"datasource =", true, false),
            (b"datasource=", true, false),
            (b"driver =", true, false),
            (b"driver=", true, false),
            (b"host =", true, false),
            (b"host=", true, false),
            (b"provider =", true, false),
            (b"provider=", true, false),
            (b"server =", true, false),
            (b"server=", true, false),
            (b"uid =", true, false),
            (b"uid=", true, false),
            (b"user id =", true, false),
            (b"user id=", true, false),
            (b"userid =", true, false),
            (b"userid=", true, false),
            (b"username =", true, false),
            (b"username=", true, false),
        ] },
    ],
    // val-town
    &[
        Row { id: "val_town_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"vtwn_", false, true),
        ] },
    ],
    // vantage
    &[
        Row { id: "vantage_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"vntg_tkn_", false, true),
        ] },
    ],
    // vectara
    &[
        Row { id: "vectara_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"zqt_", false, true),
            (b"zut_", false, true),
            (b"zwt_", false, true),
        ] },
    ],
    // veracode
    &[
        Row { id: "veracode_api_credential", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"vera01", false, true),
        ] },
    ],
    // vercel
    &[
        Row { id: "vercel_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"vca_", false, true),
            (b"vci_", false, true),
            (b"vck_", false, true),
            (b"vcp_", false, true),
            (b"vcr_", false, true),
        ] },
        Row { id: "vercel_blob_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"vercel_blob_rw_", false, true),
        ] },
        Row { id: "vercel_deploy_hook", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"api.vercel.com/v1/integrations/d", false, false),
        ] },
        Row { id: "vercel_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"NOW_TOKEN", false, false),
            (b"vercel", true, false),
            (b"zeit", true, false),
        ] },
    ],
    // virustotal
    &[
        Row { id: "virustotal_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"VT_API", false, false),
            (b"virus_total", true, false),
            (b"virustotal", true, false),
            (b"x-apikey", true, false),
        ] },
    ],
    // voyageai
    &[
        Row { id: "voyageai_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"voyage", true, false),
        ] },
    ],
    // vultr
    &[
        Row { id: "vultr_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"vultr", true, false),
        ] },
    ],
    // wakatime
    &[
        Row { id: "wakatime_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"waka_", false, true),
        ] },
        Row { id: "wakatime_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"waka_ref_", false, true),
            (b"waka_sec_", false, true),
            (b"waka_tok_", false, true),
        ] },
    ],
    // wandb
    &[
        Row { id: "wandb_api_key_v1", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"wandb_v1_", false, true),
        ] },
        Row { id: "wandb_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"wandb", true, false),
        ] },
    ],
    // webex
    &[
        Row { id: "webex_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ciscospark", true, false),
            (b"webex", true, false),
        ] },
        Row { id: "webex_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"webex", true, false),
        ] },
    ],
    // webflow
    &[
        Row { id: "webflow_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"webflow", true, false),
        ] },
    ],
    // wiz
    &[
        Row { id: "wiz_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"WizIo", false, false),
            (b"wiz-", true, false),
            (b"wiz.", true, false),
            (b"wiz_", true, false),
            (b"wizcli", true, false),
            (b"wizio", false, false),
        ] },
    ],
    // woocommerce
    &[
        Row { id: "woocommerce_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ck_", false, true),
            (b"cs_", false, true),
        ] },
    ],
    // workos
    &[
        Row { id: "workos_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"sk_a2V5Xz", false, false),
            (b"sk_live_a2V5Xz", false, false),
            (b"sk_test_a2V5Xz", false, false),
        ] },
    ],
    // xai
    &[
        Row { id: "xai_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xai-", false, true),
        ] },
    ],
    // xata
    &[
        Row { id: "xata_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xau_", false, true),
        ] },
    ],
    // xendit
    &[
        Row { id: "xendit_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"xnd_development_", false, false),
            (b"xnd_production_", false, false),
        ] },
    ],
    // yandex
    &[
        Row { id: "yandex_iam_token", aliases: &["yandex-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"\tc1.", false, true),
            (b"\tt1.", false, true),
            (b" c1.", false, true),
            (b" t1.", false, true),
            (b"\"c1.", false, true),
            (b"\"t1.", false, true),
            (b"%20c1.", false, true),
            (b"%20t1.", false, true),
            (b"\'c1.", false, true),
            (b"\'t1.", false, true),
            (b"(c1.", false, true),
            (b"(t1.", false, true),
            (b":c1.", false, true),
            (b":t1.", false, true),
            (b"=c1.", false, true),
            (b"=t1.", false, true),
            (b">c1.", false, true),
            (b">t1.", false, true),
            (b"\\nc1.", false, true),
            (b"\\nt1.", false, true),
            (b"\\rc1.", false, true),
            (b"\\rt1.", false, true),
            (b"\\tc1.", false, true),
            (b"\\tt1.", false, true),
            (b"`c1.", false, true),
            (b"`t1.", false, true),
            (b"bearer c1.", true, true),
            (b"bearer t1.", true, true),
            (b"c1.", false, true),
            (b"t1.", false, true),
        ] },
        Row { id: "yandex_api_key", aliases: &["yandex-api-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"AQVN", false, true),
        ] },
        Row { id: "yandex_static_access_key", aliases: &["yandex-aws-access-token"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"access_key", true, false),
            (b"accesskey", true, false),
            (b"aws_", true, false),
            (b"s3-access", true, false),
            (b"s3-key", true, false),
            (b"s3-secret", true, false),
            (b"s3.access", true, false),
            (b"s3.key", true, false),
            (b"s3.secret", true, false),
            (b"s3_access", true, false),
            (b"s3_key", true, false),
            (b"s3_secret", true, false),
            (b"secret_access", true, false),
            (b"secret_key", true, false),
            (b"secretaccess_key", true, false),
            (b"secretaccesskey", true, false),
            (b"secretkey", true, false),
            (b"static_key", true, false),
            (b"statickey", true, false),
            (b"yandex", true, false),
            (b"yc-", true, false),
            (b"yc.", true, false),
            (b"yc_", true, false),
        ] },
        Row { id: "yandex_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"y0_", false, true),
            (b"y1_", false, true),
            (b"y2_", false, true),
            (b"y3_", false, true),
        ] },
        Row { id: "yandex_oauth_token_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"oauth agaaa", true, true),
            (b"oauth aqaaa", true, true),
            (b"oauth-token", true, false),
            (b"oauth.token", true, false),
            (b"oauth_token", true, false),
            (b"oauthtoken", true, false),
            (b"yandex", true, false),
        ] },
        Row { id: "yandex_smartcaptcha_server_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ysc2_", false, true),
        ] },
    ],
    // youtrack
    &[
        Row { id: "youtrack_permanent_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"perm-", false, false),
            (b"perm:", false, false),
        ] },
    ],
    // zapier
    &[
        Row { id: "zapier_webhook", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"hooks.zapier.com/hooks/", false, false),
        ] },
    ],
    // zendesk
    &[
        Row { id: "zendesk_secret_key", aliases: &["zendesk-secret-key"], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"zendesk", true, false),
        ] },
        Row { id: "zendesk_oauth_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"zendesk", true, false),
        ] },
    ],
    // zerotier
    &[
        Row { id: "zerotier_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"ZT_API", false, false),
            (b"ZT_CENTRAL", false, false),
            (b"ZT_TOKEN", false, false),
            (b"zerotier", true, false),
        ] },
    ],
    // zhipu
    &[
        Row { id: "zhipu_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"bigmodel", true, false),
            (b"chatglm", true, false),
            (b"glm-", true, false),
            (b"glm_", true, false),
            (b"z.ai", true, false),
            (b"zai", true, false),
            (b"zhipu", true, false),
        ] },
    ],
    // zoho
    &[
        Row { id: "zoho_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"1000.", false, true),
        ] },
        Row { id: "zoho_client_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"1000.", false, true),
        ] },
        Row { id: "zoho_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"zoho", true, false),
        ] },
    ],
    // zulip
    &[
        Row { id: "zulip_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"zulip", true, false),
        ] },
        Row { id: "zulip_rc_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"[api]", false, false),
        ] },
    ],
    // zuplo
    &[
        Row { id: "zuplo_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, literals: &[
            (b"zpka_", false, true),
        ] },
    ],
];
