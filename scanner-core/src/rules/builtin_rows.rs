//! Generated from the rule files: see [`builtin`](super::builtin).
//!
//! Do not edit: the test `rules::builtin::tests::is_current` compares it with what is derived from
//! the rules, and writes it anew where `TOKENSIEVE_UPDATE=1` is set.

use super::builtin::Row;

/// The rules of each provider, in the order of the files.
#[rustfmt::skip]
pub(super) static ROWS: &[&[Row]] = &[
    // 1password
    &[
        Row { id: "1password_service_account_token", aliases: &["1password-service-account-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ops_eyJ", false, 0),
        ] },
        Row { id: "1password_secret_key", aliases: &["1password-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"A3-", false, 13),
        ] },
    ],
    // ably
    &[
        Row { id: "ably_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ably", true, 0),
        ] },
    ],
    // adafruit
    &[
        Row { id: "adafruit_io_key", aliases: &["adafruit-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"aio_", false, 28),
        ] },
        Row { id: "adafruit_io_key_unprefixed", aliases: &["adafruit-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"adafruit", true, 0),
            (b"aio-", true, 0),
            (b"aio_", true, 0),
            (b"x-aio", true, 0),
            (b"x_aio", true, 0),
        ] },
    ],
    // adobe
    &[
        Row { id: "adobe_client_secret", aliases: &["adobe-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"p8e-", false, 32),
        ] },
        Row { id: "adobe_client_secret_uuid", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"adobe", true, 0),
        ] },
        Row { id: "adobe_client_id", aliases: &["adobe-client-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"adobe", true, 0),
        ] },
    ],
    // adyen
    &[
        Row { id: "adyen_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"AQE", false, 0),
        ] },
    ],
    // airtable
    &[
        Row { id: "airtable_personal_access_token", aliases: &["airtable-personnal-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pat", false, 14),
        ] },
        Row { id: "airtable_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"oaa", false, 14),
            (b"oar", false, 14),
        ] },
        Row { id: "airtable_api_key", aliases: &["airtable-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"airtable", true, 0),
        ] },
    ],
    // aiven
    &[
        Row { id: "aiven_service_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"AVNS_", false, 1),
        ] },
    ],
    // algolia
    &[
        Row { id: "algolia_admin_api_key", aliases: &["algolia-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"algolia", true, 0),
        ] },
        Row { id: "algolia_api_key", aliases: &["algolia-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"algolia", true, 0),
        ] },
        Row { id: "algolia_api_key_of_client", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"algolia", true, 0),
        ] },
    ],
    // alibaba
    &[
        Row { id: "alibaba_access_key_secret_pair", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"LTAI", false, 12),
        ] },
        Row { id: "alibaba_access_key_id", aliases: &["alibaba-access-key-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"LTAI", false, 12),
        ] },
        Row { id: "alibaba_sts_access_key_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"STS.N", false, 1),
        ] },
        Row { id: "alibaba_access_key_secret", aliases: &["alibaba-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"access_key_secret", true, 0),
            (b"access_keysecret", true, 0),
            (b"accesskey_secret", true, 0),
            (b"accesskeysecret", true, 0),
            (b"alibaba", true, 0),
            (b"alicloud", true, 0),
            (b"aliyun", true, 0),
        ] },
    ],
    // anthropic
    &[
        Row { id: "anthropic_api_key", aliases: &["anthropic-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-ant-api03-", false, 1),
        ] },
        Row { id: "anthropic_admin_api_key", aliases: &["anthropic-admin-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-ant-admin01-", false, 1),
        ] },
        Row { id: "anthropic_oauth_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-ant-oat01-", false, 1),
        ] },
        Row { id: "anthropic_oauth_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-ant-ort01-", false, 1),
        ] },
        Row { id: "anthropic_session_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-ant-sid01-", false, 1),
        ] },
    ],
    // apify
    &[
        Row { id: "apify_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"apify_api_", false, 1),
        ] },
        Row { id: "apify_proxy_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"apify_proxy_", false, 1),
        ] },
    ],
    // asana
    &[
        Row { id: "asana_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"asana", true, 0),
        ] },
        Row { id: "asana_personal_access_token_header", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"Bearer 0/", false, 1),
            (b"Bearer 1/", false, 1),
            (b"Bearer 2/", false, 1),
        ] },
        Row { id: "asana_client_secret", aliases: &["asana-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"asana", true, 0),
        ] },
        Row { id: "asana_client_id", aliases: &["asana-client-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"asana", true, 0),
        ] },
    ],
    // atlassian
    &[
        Row { id: "atlassian_api_token", aliases: &["atlassian-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ATATT3", false, 0),
        ] },
        Row { id: "atlassian_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ATCTT3", false, 0),
            (b"ATSTT3", false, 0),
        ] },
        Row { id: "atlassian_data_center_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"atlassian", true, 0),
            (b"bamboo", true, 0),
            (b"confluence", true, 0),
            (b"jira", true, 0),
        ] },
        Row { id: "atlassian_data_center_token_header", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"Bearer MD", false, 1),
            (b"Bearer MT", false, 1),
            (b"Bearer Mj", false, 1),
            (b"Bearer Mz", false, 1),
            (b"Bearer ND", false, 1),
            (b"Bearer NT", false, 1),
            (b"Bearer Nj", false, 1),
            (b"Bearer Nz", false, 1),
            (b"Bearer OD", false, 1),
            (b"Bearer OT", false, 1),
            (b"Bearer Oj", false, 1),
            (b"Bearer Oz", false, 1),
        ] },
        Row { id: "atlassian_api_token_unprefixed", aliases: &["atlassian-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"atlassian", true, 0),
            (b"confluence", true, 0),
            (b"jira", true, 0),
        ] },
    ],
    // auth0
    &[
        Row { id: "auth0_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"auth0", true, 0),
        ] },
    ],
    // authress
    &[
        Row { id: "authress_service_client_access_key", aliases: &["authress-service-client-access-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sc_", false, 5),
        ] },
        Row { id: "authress_service_client_access_key_of_extension", aliases: &["authress-service-client-access-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ext_", false, 5),
        ] },
        Row { id: "authress_service_client_access_key_long_prefix", aliases: &["authress-service-client-access-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"authress_", false, 1),
            (b"scauth_", false, 1),
        ] },
    ],
    // aws
    &[
        Row { id: "aws_access_key_id", aliases: &["aws-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ABIA", false, 16),
            (b"ACCA", false, 16),
            (b"AKIA", false, 16),
            (b"ASIA", false, 16),
        ] },
        Row { id: "aws_secret_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"amazon", true, 0),
            (b"aws", true, 0),
            (b"s3-", true, 0),
            (b"s3.", true, 0),
            (b"s3_", true, 0),
        ] },
        Row { id: "aws_bedrock_api_key", aliases: &["aws-amazon-bedrock-api-key-long-lived"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ABSK", false, 0),
        ] },
        Row { id: "aws_bedrock_api_key_short_term", aliases: &["aws-amazon-bedrock-api-key-short-lived"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"bedrock-api-key-YmVkcm9jay5hbWF6", false, 0),
        ] },
        Row { id: "aws_mws_auth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"amzn.mws.", false, 1),
        ] },
    ],
    // axiom
    &[
        Row { id: "axiom_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xaat-", false, 1),
        ] },
        Row { id: "axiom_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xapt-", false, 1),
        ] },
    ],
    // azure
    &[
        Row { id: "azure_identifiable_key", aliases: &[], max_len: 1024, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"+ABa", false, 0),
            (b"+ACR", false, 0),
            (b"+AEh", false, 0),
            (b"+AMC", false, 0),
            (b"+ARm", false, 0),
            (b"+ASb", false, 0),
            (b"+ASt", false, 0),
            (b"+SQL", false, 0),
            (b"ACDb", false, 0),
            (b"AIoT", false, 0),
            (b"APIM", false, 0),
            (b"AzCa", false, 0),
            (b"AzFu", false, 0),
            (b"AzSe", false, 0),
        ] },
        Row { id: "azure_devops_personal_access_token", aliases: &[], max_len: 1024, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"JQQJ9", false, 1),
        ] },
        Row { id: "azure_annotated_key", aliases: &[], max_len: 1024, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"JQQJ9", false, 1),
        ] },
        Row { id: "azure_shared_access_signature", aliases: &[], max_len: 1024, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sig=", false, 0),
        ] },
        Row { id: "azure_client_secret", aliases: &["azure-ad-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"0Q~", false, 0),
            (b"1Q~", false, 0),
            (b"2Q~", false, 0),
            (b"3Q~", false, 0),
            (b"4Q~", false, 0),
            (b"5Q~", false, 0),
            (b"6Q~", false, 0),
            (b"7Q~", false, 0),
            (b"8Q~", false, 0),
            (b"9Q~", false, 0),
        ] },
        Row { id: "azure_storage_account_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"AccountKey=", false, 0),
        ] },
        Row { id: "azure_shared_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"SharedAccessKey=", false, 0),
        ] },
        Row { id: "azure_storage_account_key_named", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"azure account", true, 0),
            (b"azure blob", true, 0),
            (b"azure storage", true, 0),
            (b"azure-account", true, 0),
            (b"azure-blob", true, 0),
            (b"azure-storage", true, 0),
            (b"azure.account", true, 0),
            (b"azure.blob", true, 0),
            (b"azure.storage", true, 0),
            (b"azure_account", true, 0),
            (b"azure_blob", true, 0),
            (b"azure_storage", true, 0),
            (b"azureaccount", true, 0),
            (b"azureblob", true, 0),
            (b"azurestorage", true, 0),
            (b"storage account", true, 0),
            (b"storage-account", true, 0),
            (b"storage.account", true, 0),
            (b"storage_account", true, 0),
            (b"storageaccount", true, 0),
        ] },
        Row { id: "azure_openai_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"azure ai", true, 0),
            (b"azure cognitive", true, 0),
            (b"azure openai", true, 0),
            (b"azure search", true, 0),
            (b"azure-ai", true, 0),
            (b"azure-cognitive", true, 0),
            (b"azure-openai", true, 0),
            (b"azure-search", true, 0),
            (b"azure.ai", true, 0),
            (b"azure.cognitive", true, 0),
            (b"azure.openai", true, 0),
            (b"azure.search", true, 0),
            (b"azure_ai", true, 0),
            (b"azure_cognitive", true, 0),
            (b"azure_openai", true, 0),
            (b"azure_search", true, 0),
            (b"azureai", true, 0),
            (b"azurecognitive", true, 0),
            (b"azureopenai", true, 0),
            (b"azuresearch", true, 0),
        ] },
        Row { id: "azure_devops_personal_access_token_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ado_", true, 0),
            (b"azdo", true, 0),
            (b"azure dev ops", true, 0),
            (b"azure dev-ops", true, 0),
            (b"azure dev.ops", true, 0),
            (b"azure dev_ops", true, 0),
            (b"azure devops", true, 0),
            (b"azure-dev ops", true, 0),
            (b"azure-dev-ops", true, 0),
            (b"azure-dev.ops", true, 0),
            (b"azure-dev_ops", true, 0),
            (b"azure-devops", true, 0),
            (b"azure.dev ops", true, 0),
            (b"azure.dev-ops", true, 0),
            (b"azure.dev.ops", true, 0),
            (b"azure.dev_ops", true, 0),
            (b"azure.devops", true, 0),
            (b"azure_dev ops", true, 0),
            (b"azure_dev-ops", true, 0),
            (b"azure_dev.ops", true, 0),
            (b"azure_dev_ops", true, 0),
            (b"azure_devops", true, 0),
            (b"azuredev ops", true, 0),
            (b"azuredev-ops", true, 0),
            (b"azuredev.ops", true, 0),
            (b"azuredev_ops", true, 0),
            (b"azuredevops", true, 0),
            (b"system_accesstoken", true, 0),
            (b"vsts", true, 0),
        ] },
    ],
    // beamer
    &[
        Row { id: "beamer_api_key", aliases: &["beamer-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"beamer", true, 0),
        ] },
    ],
    // bitbucket
    &[
        Row { id: "bitbucket_app_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ATBB", false, 32),
        ] },
        Row { id: "bitbucket_data_center_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"BBDC-", false, 0),
        ] },
        Row { id: "bitbucket_client_secret", aliases: &["bitbucket-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"bitbucket", true, 0),
        ] },
        Row { id: "bitbucket_client_id", aliases: &["bitbucket-client-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"bitbucket", true, 0),
        ] },
    ],
    // bittrex
    &[
        Row { id: "bittrex_secret_key", aliases: &["bittrex-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"bittrex", true, 0),
        ] },
        Row { id: "bittrex_access_key", aliases: &["bittrex-access-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"bittrex", true, 0),
        ] },
    ],
    // bitwarden
    &[
        Row { id: "bitwarden_secrets_manager_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"bitwarden", true, 0),
            (b"bw_", true, 0),
            (b"bws", true, 0),
        ] },
        Row { id: "bitwarden_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"bitwarden", true, 0),
            (b"bw_client", true, 0),
        ] },
    ],
    // blockfrost
    &[
        Row { id: "blockfrost_project_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"mainnet", false, 1),
            (b"preprod", false, 1),
            (b"preview", false, 1),
            (b"testnet", false, 1),
        ] },
    ],
    // braintree
    &[
        Row { id: "braintree_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"access_token$", false, 0),
        ] },
        Row { id: "braintree_private_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"braintree", true, 0),
        ] },
    ],
    // brevo
    &[
        Row { id: "brevo_api_key", aliases: &["sendinblue-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xkeysib-", false, 1),
        ] },
        Row { id: "brevo_smtp_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xsmtpsib-", false, 1),
        ] },
    ],
    // buildkite
    &[
        Row { id: "buildkite_api_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"bkua_", false, 1),
        ] },
        Row { id: "buildkite_agent_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"bkar_", false, 1),
            (b"bkct_", false, 1),
        ] },
        Row { id: "buildkite_agent_session_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"bkaa_", false, 1),
        ] },
        Row { id: "buildkite_job_or_package_token", aliases: &[], max_len: 2500, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"bkaj_eyJ", false, 1),
            (b"bkpt_eyJ", false, 1),
        ] },
        Row { id: "buildkite_portal_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"bkpas_", false, 0),
            (b"bkpat_", false, 0),
            (b"bkps_", false, 0),
            (b"bkpt_", false, 0),
        ] },
    ],
    // cal-com
    &[
        Row { id: "cal_com_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"cal_live_", false, 1),
            (b"cal_test_", false, 1),
        ] },
    ],
    // canva
    &[
        Row { id: "canva_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"cnvca", false, 1),
        ] },
    ],
    // cerebras
    &[
        Row { id: "cerebras_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"csk-", false, 32),
        ] },
    ],
    // checkly
    &[
        Row { id: "checkly_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"cu_", false, 32),
        ] },
    ],
    // circleci
    &[
        Row { id: "circleci_personal_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"CCIPAT_", false, 1),
        ] },
        Row { id: "circleci_project_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"CCIPRJ_", false, 1),
        ] },
        Row { id: "circleci_api_token_header", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"circle-token", true, 0),
        ] },
        Row { id: "circleci_api_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"circle", true, 0),
        ] },
    ],
    // cisco-meraki
    &[
        Row { id: "cisco_meraki_api_key", aliases: &["cisco-meraki-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"meraki", true, 0),
        ] },
    ],
    // clerk
    &[
        Row { id: "clerk_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk_live_", false, 1),
            (b"sk_test_", false, 1),
        ] },
    ],
    // clickhouse-cloud
    &[
        Row { id: "clickhouse_cloud_api_secret_key", aliases: &["clickhouse-cloud-api-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"4b1d", false, 32),
        ] },
    ],
    // clickup
    &[
        Row { id: "clickup_personal_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pk_", false, 32),
        ] },
    ],
    // clojars
    &[
        Row { id: "clojars_deploy_token", aliases: &["clojars-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"CLOJARS_", false, 1),
        ] },
    ],
    // cloudflare
    &[
        Row { id: "cloudflare_user_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"cfut_", false, 1),
        ] },
        Row { id: "cloudflare_account_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"cfat_", false, 1),
        ] },
        Row { id: "cloudflare_global_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"cfk_", false, 32),
        ] },
        Row { id: "cloudflare_origin_ca_key", aliases: &["cloudflare-origin-ca-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"v1.0-", false, 1),
        ] },
        Row { id: "cloudflare_tunnel_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"eyJhIjoi", false, 0),
        ] },
        Row { id: "cloudflare_turnstile_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"0x4AAAAAA", false, 1),
        ] },
        Row { id: "cloudflare_r2_secret_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"R2_", false, 0),
            (b"cloudflare", true, 0),
            (b"r2_", false, 0),
        ] },
        Row { id: "cloudflare_global_api_key_unprefixed", aliases: &["cloudflare-global-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"CF-", false, 0),
            (b"CF_", false, 0),
            (b"cf-", false, 0),
            (b"cf_", false, 0),
            (b"cloudflare", true, 0),
            (b"x-auth-key", true, 0),
        ] },
        Row { id: "cloudflare_api_token_unprefixed", aliases: &["cloudflare-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"CF-", false, 0),
            (b"CF_", false, 0),
            (b"cf-", false, 0),
            (b"cf_", false, 0),
            (b"cloudflare", true, 0),
        ] },
    ],
    // cloudinary
    &[
        Row { id: "cloudinary_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cloudinary://", false, 1),
        ] },
        Row { id: "cloudinary_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cloudinary", true, 0),
        ] },
    ],
    // cockroachdb
    &[
        Row { id: "cockroachdb_cloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"CCDB1_", false, 1),
        ] },
    ],
    // codecov
    &[
        Row { id: "codecov_upload_token", aliases: &["codecov-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"codecov", true, 0),
        ] },
    ],
    // codesandbox
    &[
        Row { id: "codesandbox_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"csb_v1_", false, 1),
        ] },
    ],
    // cohere
    &[
        Row { id: "cohere_api_key", aliases: &["cohere-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"CO_API", false, 0),
            (b"co-api", false, 0),
            (b"co_api", false, 0),
            (b"cohere", true, 0),
        ] },
    ],
    // coinbase
    &[
        Row { id: "coinbase_cdp_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"apiKeys/", false, 1),
            (b"cdp-", true, 0),
            (b"cdp_", true, 0),
            (b"coinbase", true, 0),
            (b"organizations/", false, 1),
        ] },
        Row { id: "coinbase_access_token", aliases: &["coinbase-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cb-access", true, 0),
            (b"cb-api", true, 0),
            (b"cb_access", true, 0),
            (b"cb_api", true, 0),
            (b"coinbase", true, 0),
        ] },
        Row { id: "coinbase_commerce_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"coinbase-commerce", true, 0),
            (b"coinbase.commerce", true, 0),
            (b"coinbase_commerce", true, 0),
            (b"coinbasecommerce", true, 0),
            (b"x-cc-api-key", true, 0),
        ] },
        Row { id: "coinbase_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cb-access", true, 0),
            (b"cb-api", true, 0),
            (b"cb_access", true, 0),
            (b"cb_api", true, 0),
            (b"coinbase", true, 0),
        ] },
        Row { id: "coinbase_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cb-access", true, 0),
            (b"cb-api", true, 0),
            (b"cb_access", true, 0),
            (b"cb_api", true, 0),
            (b"coinbase", true, 0),
        ] },
    ],
    // commands
    &[
        Row { id: "command_password", aliases: &["generic-api-key"], max_len: 500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"7z ", false, 0),
            (b"7za ", false, 0),
            (b"az login ", false, 0),
            (b"cf login ", false, 0),
            (b"docker login ", false, 0),
            (b"helm registry login ", false, 0),
            (b"mariadb ", false, 0),
            (b"mongo ", false, 0),
            (b"mongodump ", false, 0),
            (b"mongoexport ", false, 0),
            (b"mongorestore ", false, 0),
            (b"mongosh ", false, 0),
            (b"mysql ", false, 0),
            (b"mysqladmin ", false, 0),
            (b"mysqldump ", false, 0),
            (b"mysqlimport ", false, 0),
            (b"nerdctl login ", false, 0),
            (b"oc login ", false, 0),
            (b"podman login ", false, 0),
            (b"sshpass ", false, 0),
        ] },
        Row { id: "tool_password", aliases: &[], max_len: 500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"-Dsonar.login=", false, 0),
            (b"-deststorepass ", false, 0),
            (b"-keypass ", false, 0),
            (b"-passin pass:", false, 0),
            (b"-passout pass:", false, 0),
            (b"-srcstorepass ", false, 0),
            (b"-storepass ", false, 0),
            (b"bcp ", false, 0),
            (b"convertto-securestring", true, 0),
            (b"htpasswd -", false, 1),
            (b"ldapadd ", false, 0),
            (b"ldapdelete ", false, 0),
            (b"ldapmodify ", false, 0),
            (b"ldappasswd ", false, 0),
            (b"ldapsearch ", false, 0),
            (b"ldapwhoami ", false, 0),
            (b"net use ", false, 0),
            (b"net user ", false, 0),
            (b"osql ", false, 0),
            (b"rabbitmqctl add_user ", false, 0),
            (b"rabbitmqctl authenticate_user ", false, 0),
            (b"rabbitmqctl change_password ", false, 0),
            (b"redis-cli ", false, 0),
            (b"smbclient ", false, 0),
            (b"sqlcmd ", false, 0),
            (b"sqlplus ", false, 0),
            (b"unzip ", false, 0),
            (b"valkey-cli ", false, 0),
            (b"zip ", false, 0),
        ] },
        Row { id: "piped_password", aliases: &[], max_len: 400, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"echo ", false, 0),
            (b"printf ", false, 0),
        ] },
        Row { id: "sql_user_password", aliases: &[], max_len: 300, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"identified", true, 0),
        ] },
        Row { id: "login_argument", aliases: &[], max_len: 700, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b".Login(", false, 0),
            (b".Login]::new(", false, 0),
            (b".authenticate", false, 0),
            (b".login(", false, 0),
            (b".login]::new(", false, 0),
            (b"BasicAWSCredentials", false, 0),
            (b"HTTPBasicAuth", false, 0),
            (b"HttpBasicAuth", false, 0),
            (b"MySQLdb.connect(", false, 0),
            (b"NetworkCredential", false, 0),
            (b"PasswordAuthentication", false, 0),
            (b"SetBasicAuth(", false, 0),
            (b"SetBasicAuth]::new(", false, 0),
            (b"UsernamePasswordAuthenticationTo", false, 0),
            (b"UsernamePasswordCredentials", false, 0),
            (b"auth = (", false, 0),
            (b"auth = ]::new(", false, 0),
            (b"auth=(", false, 0),
            (b"auth=]::new(", false, 0),
            (b"basicAuth(", false, 0),
            (b"basicAuth]::new(", false, 0),
            (b"basic_auth(", false, 0),
            (b"basic_auth]::new(", false, 0),
            (b"getConnection(", false, 0),
            (b"mysql_connect(", false, 0),
            (b"mysqli_connect(", false, 0),
            (b"new PDO(", false, 0),
            (b"new \\PDO(", false, 0),
            (b"new mysqli(", false, 0),
            (b"pymysql.connect(", false, 0),
            (b"setBasicAuth(", false, 0),
            (b"setBasicAuth]::new(", false, 0),
        ] },
        Row { id: "login_line", aliases: &[], max_len: 400, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b": PSK ", false, 0),
            (b"]:25\t", false, 0),
            (b"]:25 ", false, 0),
            (b"]:2525\t", false, 0),
            (b"]:2525 ", false, 0),
            (b"]:465\t", false, 0),
            (b"]:465 ", false, 0),
            (b"]:587\t", false, 0),
            (b"]:587 ", false, 0),
            (b"stats auth ", false, 0),
        ] },
    ],
    // config-files
    &[
        Row { id: "kubernetes_secret", aliases: &["kubernetes-secret-yaml"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"kind: ", false, 0),
        ] },
        Row { id: "kubernetes_secret_exported", aliases: &["kubernetes-secret-yaml"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"apiVersion: v1", false, 0),
        ] },
        Row { id: "npmrc_password", aliases: &[], max_len: 500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\n_auth =", false, 0),
            (b"\n_auth=", false, 0),
            (b"\n_password =", false, 0),
            (b"\n_password=", false, 0),
            (b":_auth =", false, 0),
            (b":_auth=", false, 0),
            (b":_password =", false, 0),
            (b":_password=", false, 0),
        ] },
        Row { id: "npmrc_auth_token", aliases: &[], max_len: 500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b":_authToken ", false, 0),
            (b":_authToken=", false, 0),
        ] },
        Row { id: "netrc_password", aliases: &[], max_len: 600, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"default", false, 0),
            (b"machine ", false, 0),
        ] },
        Row { id: "password_hash", aliases: &[], max_len: 200, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b":$1$", false, 0),
            (b":$2a$", false, 1),
            (b":$2b$", false, 1),
            (b":$2y$", false, 1),
            (b":$5$", false, 0),
            (b":$6$", false, 0),
            (b":$apr1$", false, 0),
            (b":$y$", false, 0),
            (b":{SHA}", false, 0),
        ] },
        Row { id: "wordpress_database_password", aliases: &[], max_len: 200, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"DB_PASSWORD\"", false, 0),
            (b"DB_PASSWORD\'", false, 0),
        ] },
        Row { id: "wordpress_salt", aliases: &[], max_len: 200, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"AUTH_KEY\"", false, 0),
            (b"AUTH_KEY\'", false, 0),
            (b"AUTH_SALT\"", false, 0),
            (b"AUTH_SALT\'", false, 0),
            (b"LOGGED_IN_KEY", false, 0),
            (b"LOGGED_IN_SALT", false, 0),
            (b"NONCE_KEY\"", false, 0),
            (b"NONCE_KEY\'", false, 0),
            (b"NONCE_SALT\"", false, 0),
            (b"NONCE_SALT\'", false, 0),
        ] },
        Row { id: "rails_secret_key_base", aliases: &[], max_len: 300, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"secret_key_base", true, 0),
        ] },
        Row { id: "rails_master_key", aliases: &[], max_len: 200, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"rails_master_key", true, 0),
        ] },
        Row { id: "django_secret_key", aliases: &[], max_len: 200, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"SECRET_KEY", false, 0),
        ] },
        Row { id: "pgpass_password", aliases: &[], max_len: 300, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b":*:", false, 0),
            (b":15432:", false, 0),
            (b":25060:", false, 0),
            (b":26257:", false, 0),
            (b":5432:", false, 0),
            (b":5433:", false, 0),
            (b":5434:", false, 0),
            (b":5435:", false, 0),
            (b":5439:", false, 0),
            (b":6432:", false, 0),
            (b":6543:", false, 0),
        ] },
        Row { id: "terraform_random_password", aliases: &[], max_len: 1200, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\"bcrypt_hash\"", false, 0),
        ] },
        Row { id: "filezilla_password", aliases: &[], max_len: 500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"<Pass encoding=\"base64\">", false, 0),
        ] },
        Row { id: "bundler_credentials", aliases: &[], max_len: 500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"BUNDLE_", false, 1),
        ] },
        Row { id: "composer_bearer_token", aliases: &[], max_len: 800, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\"bearer\"", false, 0),
        ] },
    ],
    // confluent
    &[
        Row { id: "confluent_api_secret", aliases: &["confluent-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"cflt", false, 0),
        ] },
        Row { id: "confluent_api_secret_unprefixed", aliases: &["confluent-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ccloud", true, 0),
            (b"confluent", true, 0),
        ] },
        Row { id: "confluent_api_secret_jaas", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"PlainLoginModule", false, 0),
        ] },
        Row { id: "confluent_api_key", aliases: &["confluent-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ccloud", true, 0),
            (b"confluent", true, 0),
        ] },
    ],
    // contentful
    &[
        Row { id: "contentful_management_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"CFPAT-", false, 1),
        ] },
        Row { id: "contentful_delivery_token_of_client", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"contentful", true, 0),
        ] },
        Row { id: "contentful_delivery_token", aliases: &["contentful-delivery-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"contentful", true, 0),
            (b"ctfl-", true, 0),
            (b"ctfl_", true, 0),
        ] },
        Row { id: "contentful_delivery_token_in_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cdn.contentful.com/", false, 0),
            (b"cdn.eu.contentful.com/", false, 0),
            (b"graphql.contentful.com/", false, 0),
            (b"graphql.eu.contentful.com/", false, 0),
            (b"images.contentful.com/", false, 0),
            (b"images.eu.contentful.com/", false, 0),
            (b"preview.contentful.com/", false, 0),
            (b"preview.eu.contentful.com/", false, 0),
        ] },
    ],
    // convex
    &[
        Row { id: "convex_deploy_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dev:", false, 0),
            (b"preview:", false, 0),
            (b"prod:", false, 0),
            (b"project:", false, 0),
        ] },
    ],
    // coveralls
    &[
        Row { id: "coveralls_repo_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"coveralls", true, 0),
        ] },
    ],
    // crates-io
    &[
        Row { id: "crates_io_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"cio", false, 32),
        ] },
        Row { id: "crates_io_api_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cargo-registr", true, 0),
            (b"cargo.registr", true, 0),
            (b"cargo_registr", true, 0),
            (b"cargoregistr", true, 0),
            (b"crates-io", true, 0),
            (b"crates.io", true, 0),
            (b"crates_io", true, 0),
            (b"cratesio", true, 0),
        ] },
    ],
    // cursor
    &[
        Row { id: "cursor_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cursor", true, 0),
        ] },
    ],
    // databento
    &[
        Row { id: "databento_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"db-", false, 29),
        ] },
    ],
    // databricks
    &[
        Row { id: "databricks_personal_access_token", aliases: &["databricks-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dapi", false, 32),
        ] },
        Row { id: "databricks_oauth_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dose", false, 32),
        ] },
        Row { id: "databricks_internal_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dkea", false, 32),
            (b"dsapi", false, 1),
        ] },
    ],
    // datadog
    &[
        Row { id: "datadog_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ddpat_", false, 1),
            (b"ddsat_", false, 1),
        ] },
        Row { id: "datadog_application_key_prefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ddap_", false, 1),
            (b"ddapp_", false, 1),
        ] },
        Row { id: "datadog_application_key", aliases: &["datadog-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"datadog", true, 0),
            (b"dd-app-key", true, 0),
            (b"dd-app-token", true, 0),
            (b"dd-app.key", true, 0),
            (b"dd-app.token", true, 0),
            (b"dd-app_key", true, 0),
            (b"dd-app_token", true, 0),
            (b"dd-application", true, 0),
            (b"dd-key", true, 0),
            (b"dd-token", true, 0),
            (b"dd.app-key", true, 0),
            (b"dd.app-token", true, 0),
            (b"dd.app.key", true, 0),
            (b"dd.app.token", true, 0),
            (b"dd.app_key", true, 0),
            (b"dd.app_token", true, 0),
            (b"dd.application", true, 0),
            (b"dd.key", true, 0),
            (b"dd.token", true, 0),
            (b"dd_app-key", true, 0),
            (b"dd_app-token", true, 0),
            (b"dd_app.key", true, 0),
            (b"dd_app.token", true, 0),
            (b"dd_app_key", true, 0),
            (b"dd_app_token", true, 0),
            (b"dd_application", true, 0),
            (b"dd_key", true, 0),
            (b"dd_token", true, 0),
            (b"ddapp", true, 0),
            (b"ddkey", true, 0),
            (b"ddtoken", true, 0),
        ] },
        Row { id: "datadog_client_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"datadog", true, 0),
            (b"dd-client", true, 0),
            (b"dd_client", true, 0),
        ] },
        Row { id: "datadog_client_token_rum", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"clientToken", false, 0),
        ] },
        Row { id: "datadog_api_key", aliases: &["datadog-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"datadog", true, 0),
            (b"dd-api", true, 0),
            (b"dd-key", true, 0),
            (b"dd.api", true, 0),
            (b"dd.key", true, 0),
            (b"dd_api", true, 0),
            (b"dd_key", true, 0),
            (b"ddapikey", true, 0),
            (b"ddkey", true, 0),
        ] },
    ],
    // datastax
    &[
        Row { id: "datastax_astra_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"AstraCS:", false, 1),
        ] },
    ],
    // daytona
    &[
        Row { id: "daytona_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dtn_", false, 32),
        ] },
    ],
    // dbt
    &[
        Row { id: "dbt_cloud_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dbtc_", false, 1),
            (b"dbtu_", false, 1),
        ] },
    ],
    // deepseek
    &[
        Row { id: "deepseek_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"deepseek", true, 0),
        ] },
        Row { id: "deepseek_api_key_of_client", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"api.deepseek.com", false, 0),
        ] },
    ],
    // defined-networking
    &[
        Row { id: "defined_networking_api_key", aliases: &["defined-networking-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dnkey-", false, 0),
        ] },
    ],
    // deno
    &[
        Row { id: "deno_deploy_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ddo_", false, 32),
            (b"ddp_", false, 32),
        ] },
    ],
    // digitalocean
    &[
        Row { id: "digitalocean_personal_access_token", aliases: &["digitalocean-pat"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dop_v1_", false, 1),
        ] },
        Row { id: "digitalocean_oauth_access_token", aliases: &["digitalocean-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"doo_v1_", false, 1),
        ] },
        Row { id: "digitalocean_oauth_refresh_token", aliases: &["digitalocean-refresh-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dor_v1_", false, 1),
        ] },
        Row { id: "digitalocean_model_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-do-", false, 1),
        ] },
        Row { id: "digitalocean_spaces_secret_key_pair", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"DO00", false, 15),
            (b"DO801", false, 1),
        ] },
        Row { id: "digitalocean_spaces_access_key_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"DO00", false, 16),
            (b"DO801", false, 1),
        ] },
        Row { id: "digitalocean_spaces_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"digitalocean", true, 0),
            (b"spaces", true, 0),
        ] },
        Row { id: "digitalocean_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"digital_ocean", true, 0),
            (b"digitalocean", true, 0),
            (b"do-api-", true, 0),
            (b"do-api_", true, 0),
            (b"do_api-", true, 0),
            (b"do_api_", true, 0),
            (b"do_pat", true, 0),
        ] },
    ],
    // discord
    &[
        Row { id: "discord_webhook_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"discord.com/api/", false, 0),
            (b"discordapp.com/api/", false, 0),
        ] },
        Row { id: "discord_bot_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"MTA", false, 20),
            (b"MTE", false, 20),
            (b"MTI", false, 20),
            (b"MTM", false, 20),
            (b"MTQ", false, 20),
            (b"MTU", false, 20),
            (b"MTY", false, 20),
            (b"MTc", false, 20),
            (b"MTg", false, 20),
            (b"MTk", false, 20),
            (b"MjA", false, 20),
            (b"MjE", false, 20),
            (b"MjI", false, 20),
            (b"MjM", false, 20),
            (b"MjQ", false, 20),
            (b"MjU", false, 20),
            (b"MjY", false, 20),
            (b"Mjc", false, 20),
            (b"Mjg", false, 20),
            (b"Mjk", false, 20),
            (b"MzA", false, 20),
            (b"MzE", false, 20),
            (b"MzI", false, 20),
            (b"MzM", false, 20),
            (b"MzQ", false, 20),
            (b"MzU", false, 20),
            (b"MzY", false, 20),
            (b"Mzc", false, 20),
            (b"Mzg", false, 20),
            (b"Mzk", false, 20),
        ] },
        Row { id: "discord_bot_token_2", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"NDA", false, 20),
            (b"NDE", false, 20),
            (b"NDI", false, 20),
            (b"NDM", false, 20),
            (b"NDQ", false, 20),
            (b"NDU", false, 20),
            (b"NDY", false, 20),
            (b"NDc", false, 20),
            (b"NDg", false, 20),
            (b"NDk", false, 20),
            (b"NTA", false, 20),
            (b"NTE", false, 20),
            (b"NTI", false, 20),
            (b"NTM", false, 20),
            (b"NTQ", false, 20),
            (b"NTU", false, 20),
            (b"NTY", false, 20),
            (b"NTc", false, 20),
            (b"NTg", false, 20),
            (b"NTk", false, 20),
            (b"NjA", false, 20),
            (b"NjE", false, 20),
            (b"NjI", false, 20),
            (b"NjM", false, 20),
            (b"NjQ", false, 20),
            (b"NjU", false, 20),
            (b"NjY", false, 20),
            (b"Njc", false, 20),
            (b"Njg", false, 20),
            (b"Njk", false, 20),
            (b"NzA", false, 20),
            (b"NzE", false, 20),
            (b"NzI", false, 20),
            (b"NzM", false, 20),
            (b"NzQ", false, 20),
            (b"NzU", false, 20),
            (b"NzY", false, 20),
            (b"Nzc", false, 20),
            (b"Nzg", false, 20),
            (b"Nzk", false, 20),
            (b"ODA", false, 20),
            (b"ODE", false, 20),
            (b"ODI", false, 20),
            (b"ODM", false, 20),
            (b"ODQ", false, 20),
            (b"ODU", false, 20),
            (b"ODY", false, 20),
            (b"ODc", false, 20),
            (b"ODg", false, 20),
            (b"ODk", false, 20),
            (b"OTA", false, 20),
            (b"OTE", false, 20),
            (b"OTI", false, 20),
            (b"OTM", false, 20),
            (b"OTQ", false, 20),
            (b"OTU", false, 20),
            (b"OTY", false, 20),
            (b"OTc", false, 20),
            (b"OTg", false, 20),
            (b"OTk", false, 20),
        ] },
        Row { id: "discord_mfa_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"mfa.", false, 32),
        ] },
        Row { id: "discord_client_secret", aliases: &["discord-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"discord", true, 0),
        ] },
        Row { id: "discord_public_key", aliases: &["discord-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"discord", true, 0),
        ] },
        Row { id: "discord_client_id", aliases: &["discord-client-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"discord", true, 0),
        ] },
    ],
    // dnsimple
    &[
        Row { id: "dnsimple_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dnsimple_a_", false, 1),
            (b"dnsimple_u_", false, 1),
        ] },
    ],
    // docker
    &[
        Row { id: "docker_hub_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dckr_pat_", false, 1),
        ] },
        Row { id: "docker_hub_organization_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dckr_oat_", false, 1),
        ] },
        Row { id: "docker_swarm_join_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"SWMTKN-1-", false, 1),
        ] },
        Row { id: "docker_swarm_unlock_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"SWMKEY-1-", false, 0),
        ] },
        Row { id: "docker_config_auth", aliases: &[], max_len: 5000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\"auths\"", false, 0),
        ] },
        Row { id: "docker_config_auth_entry", aliases: &[], max_len: 5000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\"auth\"", false, 0),
        ] },
    ],
    // doppler
    &[
        Row { id: "doppler_personal_token", aliases: &["doppler-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dp.pt.", false, 1),
        ] },
        Row { id: "doppler_cli_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dp.ct.", false, 1),
        ] },
        Row { id: "doppler_service_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dp.st.", false, 1),
        ] },
        Row { id: "doppler_service_account_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dp.sa.", false, 1),
        ] },
        Row { id: "doppler_service_account_identity_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dp.said.", false, 1),
        ] },
        Row { id: "doppler_scim_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dp.scim.", false, 1),
        ] },
        Row { id: "doppler_audit_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dp.audit.", false, 1),
        ] },
    ],
    // droneci
    &[
        Row { id: "droneci_access_token", aliases: &["droneci-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"drone", true, 0),
        ] },
    ],
    // dropbox
    &[
        Row { id: "dropbox_short_lived_access_token", aliases: &["dropbox-short-lived-api-token"], max_len: 2100, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sl.", false, 0),
        ] },
        Row { id: "dropbox_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"dropbox", true, 0),
        ] },
        Row { id: "dropbox_long_lived_token", aliases: &["dropbox-long-lived-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"dropbox", true, 0),
        ] },
        Row { id: "dropbox_app_secret", aliases: &["dropbox-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"dropbox", true, 0),
        ] },
    ],
    // dub
    &[
        Row { id: "dub_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dub_", false, 24),
        ] },
    ],
    // duffel
    &[
        Row { id: "duffel_api_token", aliases: &["duffel-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"duffel_live_", false, 0),
            (b"duffel_test_", false, 0),
        ] },
    ],
    // dynatrace
    &[
        Row { id: "dynatrace_api_token", aliases: &["dynatrace-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dt0c01.", false, 1),
        ] },
        Row { id: "dynatrace_platform_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dt0s16.", false, 1),
        ] },
        Row { id: "dynatrace_oauth_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dt0s02.", false, 1),
            (b"dt0s03.", false, 1),
            (b"dt0s08.", false, 1),
        ] },
        Row { id: "dynatrace_other_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dt0a01.", false, 1),
            (b"dt0d01.", false, 1),
            (b"dt0e01.", false, 1),
            (b"dt0m01.", false, 1),
            (b"dt0p01.", false, 1),
            (b"dt0s01.", false, 1),
            (b"dt0s04.", false, 1),
            (b"dt0s06.", false, 1),
            (b"dt0s09.", false, 1),
        ] },
    ],
    // e2b
    &[
        Row { id: "e2b_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"e2b_", false, 32),
        ] },
        Row { id: "e2b_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk_e2b_", false, 1),
        ] },
    ],
    // easypost
    &[
        Row { id: "easypost_production_api_key", aliases: &["easypost-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"EZAK", false, 32),
        ] },
        Row { id: "easypost_test_api_key", aliases: &["easypost-test-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"EZTK", false, 32),
        ] },
        Row { id: "easypost_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"easypost", true, 0),
        ] },
    ],
    // elastic
    &[
        Row { id: "elastic_cloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"essu_", false, 0),
        ] },
        Row { id: "elasticsearch_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"APIKEY ", false, 0),
            (b"ES_API", false, 0),
            (b"ES_KEY", false, 0),
            (b"apikey ", true, 0),
            (b"elastic", true, 0),
            (b"esApi", false, 0),
            (b"es_api", false, 0),
            (b"filebeat", true, 0),
            (b"kibana", true, 0),
            (b"logstash", true, 0),
            (b"metricbeat", true, 0),
        ] },
        Row { id: "elastic_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"New value: ", false, 0),
            (b"PASSWORD elastic = ", false, 0),
            (b"Password for the ", false, 0),
        ] },
    ],
    // elevenlabs
    &[
        Row { id: "elevenlabs_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk_0", false, 32),
            (b"sk_1", false, 32),
            (b"sk_2", false, 32),
            (b"sk_3", false, 32),
            (b"sk_4", false, 32),
            (b"sk_5", false, 32),
            (b"sk_6", false, 32),
            (b"sk_7", false, 32),
            (b"sk_8", false, 32),
            (b"sk_9", false, 32),
            (b"sk_a", false, 32),
            (b"sk_b", false, 32),
            (b"sk_c", false, 32),
            (b"sk_d", false, 32),
            (b"sk_e", false, 32),
            (b"sk_f", false, 32),
        ] },
        Row { id: "elevenlabs_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"XI_API", false, 0),
            (b"eleven-labs", true, 0),
            (b"eleven_labs", true, 0),
            (b"elevenlabs", true, 0),
            (b"xi-api", true, 0),
            (b"xi_api", false, 0),
        ] },
    ],
    // etherscan
    &[
        Row { id: "etherscan_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"arbiscan", true, 0),
            (b"basescan", true, 0),
            (b"bscscan", true, 0),
            (b"etherscan", true, 0),
            (b"polygonscan", true, 0),
            (b"snowtrace", true, 0),
        ] },
    ],
    // etsy
    &[
        Row { id: "etsy_oauth_token", aliases: &["etsy-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ETSY", false, 0),
            (b"Etsy", false, 0),
            (b"etsy", false, 0),
        ] },
        Row { id: "etsy_api_keystring", aliases: &["etsy-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ETSY", false, 0),
            (b"Etsy", false, 0),
            (b"etsy", false, 0),
        ] },
        Row { id: "etsy_shared_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ETSY", false, 0),
            (b"Etsy", false, 0),
            (b"etsy", false, 0),
        ] },
    ],
    // eventbrite
    &[
        Row { id: "eventbrite_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"eventbrite", true, 0),
        ] },
        Row { id: "eventbrite_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"eventbrite", true, 0),
        ] },
    ],
    // evervault
    &[
        Row { id: "evervault_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ev:key:1:", false, 1),
        ] },
    ],
    // exa
    &[
        Row { id: "exa_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"EXA_API", false, 0),
            (b"EXA_KEY", false, 0),
            (b"Exa(", false, 0),
            (b"ExaApi", false, 0),
            (b"_EXA_API", false, 0),
            (b"_EXA_KEY", false, 0),
            (b"_exa-api", false, 0),
            (b"_exa.api", false, 0),
            (b"_exaApi", false, 0),
            (b"_exaKey", false, 0),
            (b"_exa_api", false, 0),
            (b"_exa_key", false, 0),
            (b"api.exa.ai", false, 0),
            (b"exa-api", false, 0),
            (b"exa.api", false, 0),
            (b"exaApi", false, 0),
            (b"exaKey", false, 0),
            (b"exa_api", false, 0),
            (b"exa_key", false, 0),
            (b"new Exa(", false, 0),
        ] },
    ],
    // expo
    &[
        Row { id: "expo_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"eas-access", true, 0),
            (b"eas-token", true, 0),
            (b"eas.access", true, 0),
            (b"eas.token", true, 0),
            (b"eas_access", true, 0),
            (b"eas_token", true, 0),
            (b"expo-access", true, 0),
            (b"expo-api", true, 0),
            (b"expo-auth", true, 0),
            (b"expo-cli", true, 0),
            (b"expo-personal", true, 0),
            (b"expo-robot", true, 0),
            (b"expo-token", true, 0),
            (b"expo.access", true, 0),
            (b"expo.api", true, 0),
            (b"expo.auth", true, 0),
            (b"expo.cli", true, 0),
            (b"expo.personal", true, 0),
            (b"expo.robot", true, 0),
            (b"expo.token", true, 0),
            (b"expo_access", true, 0),
            (b"expo_api", true, 0),
            (b"expo_auth", true, 0),
            (b"expo_cli", true, 0),
            (b"expo_personal", true, 0),
            (b"expo_robot", true, 0),
            (b"expo_token", true, 0),
            (b"expoaccess", true, 0),
            (b"expoapi", true, 0),
            (b"expoauth", true, 0),
            (b"expocli", true, 0),
            (b"expopersonal", true, 0),
            (b"exporobot", true, 0),
            (b"expotoken", true, 0),
        ] },
    ],
    // facebook
    &[
        Row { id: "facebook_app_access_token", aliases: &["facebook-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"access-token", true, 0),
            (b"access.token", true, 0),
            (b"access_token", true, 0),
            (b"accesstoken", true, 0),
            (b"app-token", true, 0),
            (b"app.token", true, 0),
            (b"app_token", true, 0),
            (b"apptoken", true, 0),
            (b"facebook", true, 0),
            (b"fb-", true, 0),
            (b"fb.", true, 0),
            (b"fb_", true, 0),
            (b"fbaccess", true, 0),
            (b"fbapp", true, 0),
            (b"graph.", true, 0),
        ] },
        Row { id: "facebook_app_access_token_alone", aliases: &["facebook-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"00|", false, 27),
            (b"01|", false, 27),
            (b"02|", false, 27),
            (b"03|", false, 27),
            (b"04|", false, 27),
            (b"05|", false, 27),
            (b"06|", false, 27),
            (b"07|", false, 27),
            (b"08|", false, 27),
            (b"09|", false, 27),
            (b"10|", false, 27),
            (b"11|", false, 27),
            (b"12|", false, 27),
            (b"13|", false, 27),
            (b"14|", false, 27),
            (b"15|", false, 27),
            (b"16|", false, 27),
            (b"17|", false, 27),
            (b"18|", false, 27),
            (b"19|", false, 27),
            (b"20|", false, 27),
            (b"21|", false, 27),
            (b"22|", false, 27),
            (b"23|", false, 27),
            (b"24|", false, 27),
            (b"25|", false, 27),
            (b"26|", false, 27),
            (b"27|", false, 27),
            (b"28|", false, 27),
            (b"29|", false, 27),
            (b"30|", false, 27),
            (b"31|", false, 27),
            (b"32|", false, 27),
            (b"33|", false, 27),
            (b"34|", false, 27),
            (b"35|", false, 27),
            (b"36|", false, 27),
            (b"37|", false, 27),
            (b"38|", false, 27),
            (b"39|", false, 27),
            (b"40|", false, 27),
            (b"41|", false, 27),
            (b"42|", false, 27),
            (b"43|", false, 27),
            (b"44|", false, 27),
            (b"45|", false, 27),
            (b"46|", false, 27),
            (b"47|", false, 27),
            (b"48|", false, 27),
            (b"49|", false, 27),
            (b"50|", false, 27),
            (b"51|", false, 27),
            (b"52|", false, 27),
            (b"53|", false, 27),
            (b"54|", false, 27),
            (b"55|", false, 27),
            (b"56|", false, 27),
            (b"57|", false, 27),
            (b"58|", false, 27),
            (b"59|", false, 27),
            (b"60|", false, 27),
            (b"61|", false, 27),
            (b"62|", false, 27),
            (b"63|", false, 27),
            (b"64|", false, 27),
            (b"65|", false, 27),
            (b"66|", false, 27),
            (b"67|", false, 27),
            (b"68|", false, 27),
            (b"69|", false, 27),
            (b"70|", false, 27),
            (b"71|", false, 27),
            (b"72|", false, 27),
            (b"73|", false, 27),
            (b"74|", false, 27),
            (b"75|", false, 27),
            (b"76|", false, 27),
            (b"77|", false, 27),
            (b"78|", false, 27),
            (b"79|", false, 27),
            (b"80|", false, 27),
            (b"81|", false, 27),
            (b"82|", false, 27),
            (b"83|", false, 27),
            (b"84|", false, 27),
            (b"85|", false, 27),
            (b"86|", false, 27),
            (b"87|", false, 27),
            (b"88|", false, 27),
            (b"89|", false, 27),
            (b"90|", false, 27),
            (b"91|", false, 27),
            (b"92|", false, 27),
            (b"93|", false, 27),
            (b"94|", false, 27),
            (b"95|", false, 27),
            (b"96|", false, 27),
            (b"97|", false, 27),
            (b"98|", false, 27),
            (b"99|", false, 27),
        ] },
        Row { id: "facebook_access_token", aliases: &["facebook-page-access-token", "facebook-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tEAA", false, 32),
            (b" EAA", false, 32),
            (b"\"EAA", false, 32),
            (b"%3deaa", true, 1),
            (b"\'EAA", false, 32),
            (b"(EAA", false, 32),
            (b"/EAA", false, 32),
            (b":EAA", false, 32),
            (b"=EAA", false, 32),
            (b">EAA", false, 32),
            (b"EAA", false, 32),
            (b"\\nEAA", false, 1),
            (b"\\rEAA", false, 1),
            (b"\\tEAA", false, 1),
        ] },
        Row { id: "facebook_app_secret", aliases: &["facebook-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"facebook", true, 0),
            (b"fb-access", true, 0),
            (b"fb-api", true, 0),
            (b"fb-app", true, 0),
            (b"fb-client", true, 0),
            (b"fb-page", true, 0),
            (b"fb-secret", true, 0),
            (b"fb.access", true, 0),
            (b"fb.api", true, 0),
            (b"fb.app", true, 0),
            (b"fb.client", true, 0),
            (b"fb.page", true, 0),
            (b"fb.secret", true, 0),
            (b"fb_access", true, 0),
            (b"fb_api", true, 0),
            (b"fb_app", true, 0),
            (b"fb_client", true, 0),
            (b"fb_page", true, 0),
            (b"fb_secret", true, 0),
            (b"fbapp", true, 0),
        ] },
        Row { id: "facebook_app_secret_in_url", aliases: &["facebook-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"graph.facebook.com", true, 0),
        ] },
    ],
    // fal
    &[
        Row { id: "fal_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"FAL_", false, 0),
            (b"FalClient", false, 0),
            (b"FalKey", false, 0),
            (b"authorization", true, 0),
            (b"fal-", false, 0),
            (b"fal.", false, 0),
            (b"fal_", false, 0),
        ] },
    ],
    // fastly
    &[
        Row { id: "fastly_api_token", aliases: &["fastly-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"fastly", true, 0),
        ] },
    ],
    // fastmail
    &[
        Row { id: "fastmail_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"fmu1-", false, 1),
        ] },
    ],
    // fauna
    &[
        Row { id: "fauna_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"fnA", false, 32),
        ] },
    ],
    // figma
    &[
        Row { id: "figma_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"figd_", false, 1),
        ] },
        Row { id: "figma_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"figo_", false, 1),
            (b"figoh_", false, 1),
            (b"figor_", false, 1),
            (b"figu_", false, 1),
            (b"figur_", false, 1),
        ] },
        Row { id: "figma_personal_access_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"figma", true, 0),
        ] },
    ],
    // finicity
    &[
        Row { id: "finicity_app_key", aliases: &["finicity-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"finicity", true, 0),
        ] },
        Row { id: "finicity_partner_secret", aliases: &["finicity-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"finicity", true, 0),
        ] },
    ],
    // finnhub
    &[
        Row { id: "finnhub_api_key", aliases: &["finnhub-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"finnhub", true, 0),
        ] },
    ],
    // firebase
    &[
        Row { id: "firebase_cloud_messaging_server_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tAAAA", false, 1),
            (b"\nAAAA", false, 1),
            (b" AAAA", false, 1),
            (b"\"AAAA", false, 1),
            (b"\'AAAA", false, 1),
            (b"(AAAA", false, 1),
            (b",AAAA", false, 1),
            (b"/AAAA", false, 1),
            (b":AAAA", false, 1),
            (b"=AAAA", false, 1),
            (b">AAAA", false, 1),
            (b"|AAAA", false, 1),
        ] },
    ],
    // firecrawl
    &[
        Row { id: "firecrawl_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"fc-", false, 32),
        ] },
    ],
    // fireworks
    &[
        Row { id: "fireworks_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"fw_", false, 22),
        ] },
    ],
    // flagsmith
    &[
        Row { id: "flagsmith_server_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tser.", false, 1),
            (b"\nser.", false, 1),
            (b" ser.", false, 1),
            (b"\"ser.", false, 1),
            (b"\'ser.", false, 1),
            (b"(ser.", false, 1),
            (b",ser.", false, 1),
            (b"/ser.", false, 1),
            (b":ser.", false, 1),
            (b"=ser.", false, 1),
            (b">ser.", false, 1),
            (b"|ser.", false, 1),
        ] },
    ],
    // flickr
    &[
        Row { id: "flickr_oauth_token", aliases: &["flickr-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"72157", false, 1),
        ] },
        Row { id: "flickr_api_key", aliases: &["flickr-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"flickr", true, 0),
        ] },
        Row { id: "flickr_secret", aliases: &["flickr-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"flickr", true, 0),
        ] },
    ],
    // flutterwave
    &[
        Row { id: "flutterwave_secret_key", aliases: &["flutterwave-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"FLWSECK-", false, 1),
            (b"FLWSECK_TEST-", false, 1),
        ] },
        Row { id: "flutterwave_public_key", aliases: &["flutterwave-public-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"FLWPUBK-", false, 1),
            (b"FLWPUBK_TEST-", false, 1),
        ] },
        Row { id: "flutterwave_test_encryption_key", aliases: &["flutterwave-encryption-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"FLWSECK_TEST", false, 1),
        ] },
        Row { id: "flutterwave_encryption_key", aliases: &["flutterwave-encryption-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"FLW_", false, 0),
            (b"flutterwave", true, 0),
            (b"flw-enc", true, 0),
            (b"flw_", false, 0),
            (b"flw_enc", true, 0),
            (b"flwenc", true, 0),
        ] },
    ],
    // flyio
    &[
        Row { id: "flyio_macaroon", aliases: &["flyio-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"fm1a_", false, 0),
            (b"fm1r_", false, 0),
            (b"fm2_", false, 0),
        ] },
        Row { id: "flyio_access_token", aliases: &["flyio-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"fo1_", false, 32),
        ] },
    ],
    // frameio
    &[
        Row { id: "frameio_developer_token", aliases: &["frameio-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"fio-u-", false, 0),
        ] },
    ],
    // freemius
    &[
        Row { id: "freemius_secret_key", aliases: &["freemius-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"freemius", true, 0),
            (b"secret_key\"", true, 0),
            (b"secret_key\'", true, 0),
        ] },
    ],
    // freshbooks
    &[
        Row { id: "freshbooks_access_token", aliases: &["freshbooks-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"freshbooks", true, 0),
        ] },
        Row { id: "freshbooks_jwt_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"freshbooks", true, 0),
        ] },
    ],
    // friendli
    &[
        Row { id: "friendli_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"flp_", false, 32),
        ] },
    ],
    // fullstory
    &[
        Row { id: "fullstory_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"Basic ", false, 0),
            (b"FS_API", false, 0),
            (b"fullstory", true, 0),
        ] },
    ],
    // generic
    &[
        Row { id: "generic_secret", aliases: &["generic-api-key"], max_len: 4608, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"-key", true, 0),
            (b"_key", true, 0),
            (b"accesskey", true, 0),
            (b"accountkey", true, 0),
            (b"api", true, 0),
            (b"authkey", true, 0),
            (b"credential", true, 0),
            (b"encryptionkey", true, 0),
            (b"masterkey", true, 0),
            (b"privatekey", true, 0),
            (b"secret", true, 0),
            (b"servicekey", true, 0),
            (b"sharedkey", true, 0),
            (b"signingkey", true, 0),
            (b"token", true, 0),
        ] },
        Row { id: "generic_key", aliases: &["generic-api-key"], max_len: 4608, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"api", true, 0),
            (b"auth", true, 0),
            (b"creds", true, 0),
            (b"key", true, 0),
        ] },
        Row { id: "generic_password", aliases: &["generic-api-key"], max_len: 4608, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"-pass", true, 0),
            (b"-psw", true, 0),
            (b"-pwd", true, 0),
            (b"_pass", true, 0),
            (b"_psw", true, 0),
            (b"_pwd", true, 0),
            (b"bindpw", true, 0),
            (b"dbpass", true, 0),
            (b"masterauth", true, 0),
            (b"pass :", true, 0),
            (b"pass =", true, 0),
            (b"pass\",", true, 0),
            (b"pass\":", true, 0),
            (b"pass\"=", true, 0),
            (b"pass\',", true, 0),
            (b"pass\':", true, 0),
            (b"pass\'=", true, 0),
            (b"pass:", true, 0),
            (b"pass=", true, 0),
            (b"pass>", true, 0),
            (b"passphrase", true, 0),
            (b"passw", true, 0),
            (b"psk :", true, 0),
            (b"psk =", true, 0),
            (b"psk\",", true, 0),
            (b"psk\":", true, 0),
            (b"psk\"=", true, 0),
            (b"psk\',", true, 0),
            (b"psk\':", true, 0),
            (b"psk\'=", true, 0),
            (b"psk:", true, 0),
            (b"psk=", true, 0),
            (b"psk>", true, 0),
            (b"psw :", true, 0),
            (b"psw =", true, 0),
            (b"psw\",", true, 0),
            (b"psw\":", true, 0),
            (b"psw\"=", true, 0),
            (b"psw\',", true, 0),
            (b"psw\':", true, 0),
            (b"psw\'=", true, 0),
            (b"psw:", true, 0),
            (b"psw=", true, 0),
            (b"psw>", true, 0),
            (b"pwd :", true, 0),
            (b"pwd =", true, 0),
            (b"pwd\",", true, 0),
            (b"pwd\":", true, 0),
            (b"pwd\"=", true, 0),
            (b"pwd\',", true, 0),
            (b"pwd\':", true, 0),
            (b"pwd\'=", true, 0),
            (b"pwd:", true, 0),
            (b"pwd=", true, 0),
            (b"pwd>", true, 0),
            (b"requirepass", true, 0),
            (b"rootpw", true, 0),
            (b"userpwd", true, 0),
        ] },
    ],
    // ghost
    &[
        Row { id: "ghost_admin_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"GHOST", false, 0),
            (b"Ghost", false, 0),
            (b"ghost", false, 0),
            (b"new GhostAdminAPI(", false, 0),
        ] },
    ],
    // gitea
    &[
        Row { id: "gitea_oauth_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"gto_", false, 32),
        ] },
        Row { id: "gitea_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"codeberg", true, 0),
            (b"forgejo", true, 0),
            (b"gitea", true, 0),
        ] },
        Row { id: "gitea_runner_registration_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"act_runner", true, 0),
            (b"forgejo", true, 0),
            (b"gitea", true, 0),
        ] },
        Row { id: "gitea_internal_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"INTERNAL_TOKEN", false, 0),
            (b"internal_token", false, 0),
        ] },
    ],
    // github
    &[
        Row { id: "github_personal_access_token", aliases: &["github-pat"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ghp_", false, 32),
        ] },
        Row { id: "github_oauth_access_token", aliases: &["github-oauth"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"gho_", false, 32),
        ] },
        Row { id: "github_app_user_token", aliases: &["github-app-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ghu_", false, 32),
        ] },
        Row { id: "github_app_installation_token", aliases: &["github-app-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ghs_", false, 32),
        ] },
        Row { id: "github_refresh_token", aliases: &["github-refresh-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ghr_", false, 32),
        ] },
        Row { id: "github_fine_grained_personal_access_token", aliases: &["github-fine-grained-pat"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"github_pat_", false, 1),
        ] },
        Row { id: "github_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"github", true, 0),
        ] },
    ],
    // gitlab
    &[
        Row { id: "gitlab_personal_access_token_routable_versioned", aliases: &["gitlab-pat-routable"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b".01.", false, 9),
            (b"glpat-", false, 1),
        ] },
        Row { id: "gitlab_personal_access_token_routable", aliases: &["gitlab-pat-routable"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glpat-", false, 1),
        ] },
        Row { id: "gitlab_personal_access_token", aliases: &["gitlab-pat"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glpat-", false, 1),
        ] },
        Row { id: "gitlab_oauth_app_secret", aliases: &["gitlab-oauth-app-secret"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"gloas-", false, 1),
        ] },
        Row { id: "gitlab_deploy_token", aliases: &["gitlab-deploy-token"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"gldt-", false, 1),
        ] },
        Row { id: "gitlab_runner_auth_token_routable", aliases: &["gitlab-runner-authentication-token-routable"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glrt-", false, 1),
            (b"glrtr-", false, 1),
        ] },
        Row { id: "gitlab_runner_auth_token", aliases: &["gitlab-runner-authentication-token"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glrt-", false, 1),
            (b"glrtr-", false, 1),
        ] },
        Row { id: "gitlab_runner_registration_token", aliases: &["gitlab-rrt"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"GR1348941", false, 1),
        ] },
        Row { id: "gitlab_ci_build_token_jwt", aliases: &["gitlab-cicd-job-token"], max_len: 8256, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glcbt-eyJ", false, 1),
        ] },
        Row { id: "gitlab_ci_build_token", aliases: &["gitlab-cicd-job-token"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glcbt-", false, 1),
        ] },
        Row { id: "gitlab_pipeline_trigger_token", aliases: &["gitlab-ptt"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glptt-", false, 1),
        ] },
        Row { id: "gitlab_feed_token_path", aliases: &["gitlab-feed-token"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glft-", false, 1),
        ] },
        Row { id: "gitlab_feed_token_v2", aliases: &["gitlab-feed-token"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glft-", false, 1),
        ] },
        Row { id: "gitlab_incoming_email_token", aliases: &["gitlab-incoming-mail-token"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glimt-", false, 1),
        ] },
        Row { id: "gitlab_kubernetes_agent_token", aliases: &["gitlab-kubernetes-agent-token"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glagent-", false, 1),
        ] },
        Row { id: "gitlab_workspace_token", aliases: &[], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glwt-", false, 1),
        ] },
        Row { id: "gitlab_scim_oauth_token", aliases: &["gitlab-scim-token"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glsoat-", false, 1),
        ] },
        Row { id: "gitlab_feature_flags_client_token", aliases: &["gitlab-feature-flag-client-token"], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glffct-", false, 1),
        ] },
        Row { id: "gitlab_runner_controller_token", aliases: &[], max_len: 16384, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glrct-", false, 1),
        ] },
        Row { id: "gitlab_stateless_access_token", aliases: &[], max_len: 8256, takes_custom_prefix: true, is_bounded: false, literals: &[
            (b"glsat-eyJ", false, 1),
        ] },
        Row { id: "gitlab_session_cookie", aliases: &["gitlab-session-cookie"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"_gitlab_session", false, 0),
        ] },
        Row { id: "gitlab_routable_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b".01.", false, 9),
        ] },
        Row { id: "gitlab_webhook_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"gitlab", true, 0),
            (b"x-gitlab", true, 0),
            (b"x_gitlab", true, 0),
        ] },
        Row { id: "gitlab_external_storage_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"gitlab", true, 0),
            (b"storage_auth_token", true, 0),
        ] },
        Row { id: "gitlab_static_object_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/archive/", false, 0),
            (b"/raw/", false, 0),
            (b"gitlab", true, 0),
        ] },
        Row { id: "gitlab_health_check_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"health_check", false, 0),
        ] },
        Row { id: "gitlab_saml_discovery_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/-/saml", false, 0),
            (b"saml_discovery_token", true, 0),
        ] },
        Row { id: "gitlab_feature_flags_client_token_unprefixed", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"unleash", true, 0),
        ] },
        Row { id: "gitlab_scim_oauth_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"scim-token", true, 0),
            (b"scim_token", true, 0),
        ] },
        Row { id: "gitlab_incoming_email_token_unprefixed", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"incoming+", false, 0),
            (b"incoming_email_token", true, 0),
        ] },
        Row { id: "gitlab_feed_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"feed-token", true, 0),
            (b"feed_token", true, 0),
            (b"rss-token", true, 0),
            (b"rss_token", true, 0),
        ] },
        Row { id: "gitlab_pipeline_trigger_token_unprefixed", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/trigger/", false, 1),
            (b"trigger-token", true, 0),
            (b"trigger_token", true, 0),
        ] },
        Row { id: "gitlab_pipeline_trigger_token_form", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"token=", false, 1),
        ] },
        Row { id: "gitlab_runner_registration_token_unprefixed", aliases: &[], max_len: 2500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/api/v4/runners", false, 0),
            (b"RegistrationToken", false, 0),
            (b"gitlab-ci-multi-runner", false, 0),
            (b"gitlab-runner", false, 0),
            (b"registration-token", true, 0),
            (b"registrationToken", false, 0),
            (b"registration_token", true, 0),
        ] },
        Row { id: "gitlab_runner_registration_token_form", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"token=", false, 1),
        ] },
        Row { id: "gitlab_runner_auth_token_unprefixed", aliases: &[], max_len: 2500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/api/v4/runners/", false, 0),
            (b"RunnerToken", false, 0),
            (b"[[runners]]", false, 0),
            (b"gitlab-runner", false, 0),
            (b"runner-token", true, 0),
            (b"runnerToken", false, 0),
            (b"runner_token", true, 0),
        ] },
        Row { id: "gitlab_deploy_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"CI_DEPLOY_PASSWORD", false, 0),
            (b"deploy-token", true, 0),
            (b"deploy_token", true, 0),
        ] },
        Row { id: "gitlab_ci_build_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"CI_DEPENDENCY_PROXY_PASSWORD", false, 0),
            (b"CI_REGISTRY_PASSWORD", false, 0),
            (b"ci_build_token", true, 0),
            (b"gitlab-ci-token", false, 0),
            (b"job-token", true, 0),
            (b"job_token", true, 0),
        ] },
        Row { id: "gitlab_oauth_app_secret_unprefixed", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"gitlab", true, 0),
        ] },
        Row { id: "gitlab_oauth_refresh_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"refresh-token", true, 0),
            (b"refreshToken", false, 0),
            (b"refresh_token", true, 0),
        ] },
        Row { id: "gitlab_oauth_refresh_token_after_url", aliases: &[], max_len: 700, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/api/v4/", false, 0),
            (b"gitlab", true, 0),
        ] },
        Row { id: "gitlab_oauth_access_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"%252foauth2%253a", true, 1),
            (b"%252foauth2%3a", true, 1),
            (b"%2foauth2%253a", true, 1),
            (b"%2foauth2%3a", true, 1),
            (b"//oauth2:", true, 1),
            (b"/api/v4/", false, 0),
            (b"gitlab", true, 0),
        ] },
        Row { id: "gitlab_oauth_access_token_response", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"access-token", true, 0),
            (b"accessToken", false, 0),
            (b"access_token", true, 0),
            (b"oauth-token", true, 0),
            (b"oauthToken", false, 0),
            (b"oauth_token", true, 0),
        ] },
        Row { id: "gitlab_bearer_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"Bearer ", false, 1),
        ] },
        Row { id: "gitlab_bearer_token_after_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/api/scim/v2/", false, 0),
            (b"/api/v4/", false, 0),
            (b"gitlab", true, 0),
        ] },
        Row { id: "gitlab_oauth_access_token_after_url", aliases: &[], max_len: 700, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/api/v4/", false, 0),
            (b"gitlab", true, 0),
        ] },
        Row { id: "gitlab_private_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"%252foauth2%253a", true, 1),
            (b"%252foauth2%3a", true, 1),
            (b"%2foauth2%253a", true, 1),
            (b"%2foauth2%3a", true, 1),
            (b"//oauth2:", true, 1),
            (b"PrivateToken", false, 0),
            (b"private-token", true, 0),
            (b"privateToken", false, 0),
            (b"private_token", true, 0),
        ] },
        Row { id: "gitlab_git_url_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"%253a%252f%252f", true, 0),
            (b"%3a%2f%2f", true, 0),
            (b"http://", false, 0),
            (b"https://", false, 0),
        ] },
        Row { id: "gitlab_host_credentials", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"gitlab", true, 0),
            (b"http-basic.", false, 0),
        ] },
        Row { id: "gitlab_package_registry_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/api/v4/", false, 0),
        ] },
        Row { id: "gitlab_terraform_state_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/api/v4/projects/", false, 0),
            (b"TF_HTTP_PASSWORD", false, 0),
        ] },
        Row { id: "gitlab_token_after_host", aliases: &[], max_len: 600, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/api/v4/", false, 0),
            (b"gitlab", true, 0),
        ] },
        Row { id: "gitlab_token_before_host", aliases: &[], max_len: 600, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"password", true, 0),
            (b"twine_password", true, 0),
        ] },
        Row { id: "gitlab_command_line_token", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"/api/v4/", false, 0),
            (b"CI_REGISTRY", false, 0),
            (b"conan ", false, 0),
            (b"gitlab", true, 0),
            (b"glab ", false, 0),
            (b"login ", false, 0),
            (b"login\"", false, 0),
            (b"login\'", false, 0),
            (b"twine ", true, 0),
        ] },
        Row { id: "gitlab_command_line_token_before_host", aliases: &[], max_len: 1000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"conan user ", false, 0),
            (b"curl ", false, 0),
            (b"login ", false, 0),
            (b"login\"", false, 0),
            (b"login\'", false, 0),
            (b"password", true, 0),
            (b"twine upload ", true, 0),
        ] },
        Row { id: "gitlab_token_variable", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"GL_ACCESS_TOKEN", false, 0),
            (b"GL_TOKEN", false, 0),
            (b"gitlab", true, 0),
        ] },
        Row { id: "gitlab_token_variable_command", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"gitlab_", true, 0),
        ] },
    ],
    // gitter
    &[
        Row { id: "gitter_access_token", aliases: &["gitter-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"gitter", true, 0),
        ] },
    ],
    // gocardless
    &[
        Row { id: "gocardless_access_token", aliases: &["gocardless-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"gc_access", true, 0),
            (b"gc_api", true, 0),
            (b"gc_live", true, 0),
            (b"gc_sandbox", true, 0),
            (b"gc_token", true, 0),
            (b"gocardless", true, 0),
        ] },
        Row { id: "gocardless_sandbox_access_token", aliases: &["gocardless-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sandbox_", false, 1),
        ] },
    ],
    // google
    &[
        Row { id: "google_service_account_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"private_key_id", false, 0),
        ] },
        Row { id: "google_api_key", aliases: &["gcp-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"AIza", false, 32),
        ] },
        Row { id: "google_oauth_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"GOCSPX-", false, 1),
        ] },
        Row { id: "google_oauth_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ya29.", false, 1),
        ] },
        Row { id: "google_oauth_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"1//0", false, 32),
        ] },
    ],
    // grafana
    &[
        Row { id: "grafana_service_account_token", aliases: &["grafana-service-account-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"glsa_", false, 1),
        ] },
        Row { id: "grafana_cloud_access_policy_token", aliases: &["grafana-cloud-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"glc_eyJ", false, 0),
        ] },
        Row { id: "grafana_api_key", aliases: &["grafana-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"eyJrIjoi", false, 0),
        ] },
    ],
    // groq
    &[
        Row { id: "groq_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"gsk_", false, 32),
        ] },
    ],
    // gumroad
    &[
        Row { id: "gumroad_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"gumroad", true, 0),
        ] },
    ],
    // harness
    &[
        Row { id: "harness_api_token", aliases: &["harness-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pat.", false, 22),
            (b"sat.", false, 22),
        ] },
    ],
    // hashicorp
    &[
        Row { id: "hashicorp_terraform_api_token", aliases: &["hashicorp-tf-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b".atlasv1.", false, 1),
        ] },
        Row { id: "hashicorp_terraform_password", aliases: &["hashicorp-tf-password"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"access {", false, 0),
            (b"admin_password", false, 0),
            (b"administrator_login_password", false, 0),
            (b"administrator_password", false, 0),
            (b"connection {", false, 0),
            (b"data \"", false, 1),
            (b"master_auth {", false, 0),
            (b"master_password", false, 0),
            (b"master_user_password", false, 0),
            (b"provider \"", false, 1),
            (b"resource \"", false, 1),
            (b"root_password", false, 0),
            (b"user {", false, 0),
            (b"variable \"", false, 0),
        ] },
        Row { id: "hashicorp_vault_service_token", aliases: &["vault-service-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"hvs.", false, 24),
        ] },
        Row { id: "hashicorp_vault_batch_token", aliases: &["vault-batch-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"hvb.", false, 32),
        ] },
        Row { id: "hashicorp_vault_recovery_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"hvr.", false, 24),
        ] },
        Row { id: "hashicorp_vault_token_older", aliases: &["vault-service-token", "vault-batch-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"Initial Root Token", false, 0),
            (b"Root Token", false, 0),
            (b"clientToken", false, 0),
            (b"client_token", false, 0),
            (b"vault", true, 0),
            (b"x-vault", true, 0),
        ] },
        Row { id: "hashicorp_vault_unseal_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"recovery key", true, 0),
            (b"recovery_key", true, 0),
            (b"recoverykey", true, 0),
            (b"unseal key", true, 0),
            (b"unseal_key", true, 0),
            (b"unsealkey", true, 0),
        ] },
        Row { id: "hashicorp_vault_approle_secret_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"approle", true, 0),
            (b"vault", true, 0),
        ] },
        Row { id: "hashicorp_consul_acl_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"consul", true, 0),
        ] },
        Row { id: "hashicorp_nomad_acl_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"nomad", true, 0),
        ] },
        Row { id: "hashicorp_hcp_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hashicorp", true, 0),
            (b"hcp-api", true, 0),
            (b"hcp-client", true, 0),
            (b"hcp-secret", true, 0),
            (b"hcp-sp", true, 0),
            (b"hcp.api", true, 0),
            (b"hcp.client", true, 0),
            (b"hcp.secret", true, 0),
            (b"hcp.sp", true, 0),
            (b"hcp_api", true, 0),
            (b"hcp_client", true, 0),
            (b"hcp_secret", true, 0),
            (b"hcp_sp", true, 0),
            (b"hcpapi", true, 0),
            (b"hcpclient", true, 0),
            (b"hcpsecret", true, 0),
            (b"hcpsp", true, 0),
        ] },
    ],
    // hasura
    &[
        Row { id: "hasura_admin_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hasura-access", true, 0),
            (b"hasura-admin-secret", true, 0),
            (b"hasura-admin_secret", true, 0),
            (b"hasura-graphql", true, 0),
            (b"hasura_access", true, 0),
            (b"hasura_admin-secret", true, 0),
            (b"hasura_admin_secret", true, 0),
            (b"hasura_graphql", true, 0),
        ] },
    ],
    // helicone
    &[
        Row { id: "helicone_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-helicone-", false, 1),
        ] },
    ],
    // heroku
    &[
        Row { id: "heroku_api_key_v2", aliases: &["heroku-api-key-v2"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"HRKU-AA", false, 1),
        ] },
        Row { id: "heroku_api_key_prefixed_uuid", aliases: &["heroku-api-key-v2", "heroku-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"HRKU-", false, 1),
        ] },
        Row { id: "heroku_api_key", aliases: &["heroku-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"heroku", true, 0),
        ] },
    ],
    // hetzner
    &[
        Row { id: "hetzner_cloud_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hcloud", true, 0),
            (b"hetzner", true, 0),
        ] },
        Row { id: "hetzner_dns_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hdns", true, 0),
            (b"hetzner", true, 0),
        ] },
    ],
    // honeycomb
    &[
        Row { id: "honeycomb_ingest_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"hcaik_", false, 1),
            (b"hcbik_", false, 1),
            (b"hccik_", false, 1),
            (b"hcdik_", false, 1),
            (b"hceik_", false, 1),
            (b"hcfik_", false, 1),
            (b"hcgik_", false, 1),
            (b"hchik_", false, 1),
            (b"hciik_", false, 1),
            (b"hcjik_", false, 1),
            (b"hckik_", false, 1),
            (b"hclik_", false, 1),
            (b"hcmik_", false, 1),
            (b"hcnik_", false, 1),
            (b"hcoik_", false, 1),
            (b"hcpik_", false, 1),
            (b"hcqik_", false, 1),
            (b"hcrik_", false, 1),
            (b"hcsik_", false, 1),
            (b"hctik_", false, 1),
            (b"hcuik_", false, 1),
            (b"hcvik_", false, 1),
            (b"hcwik_", false, 1),
            (b"hcxik_", false, 1),
            (b"hcyik_", false, 1),
            (b"hczik_", false, 1),
        ] },
        Row { id: "honeycomb_management_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"hcamk_", false, 1),
            (b"hcbmk_", false, 1),
            (b"hccmk_", false, 1),
            (b"hcdmk_", false, 1),
            (b"hcemk_", false, 1),
            (b"hcfmk_", false, 1),
            (b"hcgmk_", false, 1),
            (b"hchmk_", false, 1),
            (b"hcimk_", false, 1),
            (b"hcjmk_", false, 1),
            (b"hckmk_", false, 1),
            (b"hclmk_", false, 1),
            (b"hcmmk_", false, 1),
            (b"hcnmk_", false, 1),
            (b"hcomk_", false, 1),
            (b"hcpmk_", false, 1),
            (b"hcqmk_", false, 1),
            (b"hcrmk_", false, 1),
            (b"hcsmk_", false, 1),
            (b"hctmk_", false, 1),
            (b"hcumk_", false, 1),
            (b"hcvmk_", false, 1),
            (b"hcwmk_", false, 1),
            (b"hcxmk_", false, 1),
            (b"hcymk_", false, 1),
            (b"hczmk_", false, 1),
        ] },
        Row { id: "honeycomb_management_key_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"honeycomb", true, 0),
        ] },
        Row { id: "honeycomb_configuration_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"honeycomb", true, 0),
        ] },
    ],
    // hookdeck
    &[
        Row { id: "hookdeck_signing_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hookdeck", true, 0),
        ] },
        Row { id: "hookdeck_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hookdeck", true, 0),
        ] },
    ],
    // http
    &[
        Row { id: "http_basic_authorization", aliases: &["curl-auth-header"], max_len: 500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"authorization", true, 0),
        ] },
        Row { id: "http_bearer_authorization", aliases: &["curl-auth-header"], max_len: 1200, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"authorization", true, 0),
        ] },
        Row { id: "curl_authorization_header", aliases: &["curl-auth-header"], max_len: 1200, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"curl ", false, 0),
            (b"curl.exe ", false, 0),
        ] },
        Row { id: "curl_user_password", aliases: &["curl-auth-user"], max_len: 700, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"curl ", false, 0),
            (b"curl.exe ", false, 0),
        ] },
    ],
    // hubspot
    &[
        Row { id: "hubspot_private_app_token", aliases: &["hubspot-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pat-ap", false, 1),
            (b"pat-eu", false, 1),
            (b"pat-na", false, 1),
        ] },
        Row { id: "hubspot_api_key", aliases: &["hubspot-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hapi", true, 0),
            (b"hub_api", true, 0),
            (b"hubapi", true, 0),
            (b"hubspot", true, 0),
        ] },
    ],
    // huggingface
    &[
        Row { id: "huggingface_access_token", aliases: &["huggingface-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"hf_", false, 32),
        ] },
        Row { id: "huggingface_organization_api_token", aliases: &["huggingface-organization-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"api_org_", false, 1),
        ] },
        Row { id: "huggingface_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"hf_oauth_", false, 0),
        ] },
        Row { id: "huggingface_oauth_app_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hf_oauth", true, 0),
            (b"hugging_face", true, 0),
            (b"huggingface", true, 0),
            (b"oauth_app_secret", true, 0),
        ] },
    ],
    // ibm
    &[
        Row { id: "ibm_cloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"IAM_API", false, 0),
            (b"IC_API", false, 0),
            (b"bluemix", true, 0),
            (b"cloudant", true, 0),
            (b"iam_api", false, 0),
            (b"ibm", true, 0),
            (b"ic_api", false, 0),
            (b"watson", true, 0),
        ] },
        Row { id: "ibm_cloud_api_key_in_iam_request", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"grant-type%3Aapikey", false, 0),
            (b"grant-type%3aapikey", true, 0),
            (b"grant-type:apikey", false, 0),
        ] },
        Row { id: "ibm_cos_hmac_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cloud_object_storage", true, 0),
            (b"cos_access", true, 0),
            (b"cos_hmac", true, 0),
            (b"cos_secret", true, 0),
            (b"ibm", true, 0),
        ] },
    ],
    // imagekit
    &[
        Row { id: "imagekit_private_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"private_", false, 0),
        ] },
    ],
    // infisical
    &[
        Row { id: "infisical_service_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tst.", false, 24),
            (b"\nst.", false, 24),
            (b" st.", false, 24),
            (b"\"st.", false, 24),
            (b"\'st.", false, 24),
            (b"(st.", false, 24),
            (b",st.", false, 24),
            (b"/st.", false, 24),
            (b":st.", false, 24),
            (b"=st.", false, 24),
            (b">st.", false, 24),
            (b"|st.", false, 24),
        ] },
        Row { id: "infisical_service_token_uuid", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tst.", false, 13),
            (b"\nst.", false, 13),
            (b" st.", false, 13),
            (b"\"st.", false, 13),
            (b"\'st.", false, 13),
            (b"(st.", false, 13),
            (b",st.", false, 13),
            (b"/st.", false, 13),
            (b":st.", false, 13),
            (b"=st.", false, 13),
            (b">st.", false, 13),
            (b"|st.", false, 13),
        ] },
        Row { id: "infisical_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"infisical", true, 0),
        ] },
    ],
    // infracost
    &[
        Row { id: "infracost_api_key", aliases: &["infracost-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ico-", false, 32),
        ] },
    ],
    // infura
    &[
        Row { id: "infura_project_id_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"infura.io/v3/", true, 1),
            (b"infura.io/ws/v3/", true, 1),
        ] },
        Row { id: "infura_api_key_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"infura", true, 0),
        ] },
    ],
    // inngest
    &[
        Row { id: "inngest_signing_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"signkey-branch-", false, 1),
            (b"signkey-dev-", false, 1),
            (b"signkey-env-", false, 1),
            (b"signkey-prod-", false, 1),
            (b"signkey-staging-", false, 1),
            (b"signkey-test-", false, 1),
        ] },
        Row { id: "inngest_event_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"inngest", true, 0),
        ] },
    ],
    // instagram
    &[
        Row { id: "instagram_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"IGAA", false, 32),
            (b"IGQV", false, 32),
            (b"IGQW", false, 32),
        ] },
        Row { id: "threads_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tTHAA", false, 1),
            (b"\nTHAA", false, 1),
            (b" THAA", false, 1),
            (b"\"THAA", false, 1),
            (b"%3dthaa", true, 1),
            (b"\'THAA", false, 1),
            (b"(THAA", false, 1),
            (b",THAA", false, 1),
            (b"/THAA", false, 1),
            (b":THAA", false, 1),
            (b"=THAA", false, 1),
            (b">THAA", false, 1),
            (b"|THAA", false, 1),
        ] },
        Row { id: "instagram_access_token_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ig_access", true, 0),
            (b"insta_", true, 0),
            (b"instagram", true, 0),
        ] },
    ],
    // intercom
    &[
        Row { id: "intercom_access_token", aliases: &["intercom-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"dG9rOj", false, 0),
            (b"dG9rOm", false, 0),
        ] },
        Row { id: "intercom_api_key_other", aliases: &["intercom-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"intercom", true, 0),
        ] },
        Row { id: "intercom_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"intercom", true, 0),
        ] },
        Row { id: "intercom_identity_verification_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"intercom", true, 0),
        ] },
    ],
    // intra42
    &[
        Row { id: "intra42_client_secret", aliases: &["intra42-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"s-s4t2af-", false, 1),
            (b"s-s4t2ud-", false, 1),
        ] },
    ],
    // ionic
    &[
        Row { id: "ionic_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tion_", false, 1),
            (b"\nion_", false, 1),
            (b" ion_", false, 1),
            (b"\"ion_", false, 1),
            (b"\'ion_", false, 1),
            (b"(ion_", false, 1),
            (b",ion_", false, 1),
            (b"/ion_", false, 1),
            (b":ion_", false, 1),
            (b"=ion_", false, 1),
            (b">ion_", false, 1),
            (b"|ion_", false, 1),
        ] },
    ],
    // ipinfo
    &[
        Row { id: "ipinfo_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ipinfo", true, 0),
        ] },
    ],
    // iterable
    &[
        Row { id: "iterable_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ITERABLE_", false, 0),
            (b"Iterable-", false, 0),
            (b"Iterable.", false, 0),
            (b"IterableAPI", false, 0),
            (b"IterableApi", false, 0),
            (b"IterableConfig", false, 0),
            (b"IterableKey", false, 0),
            (b"Iterable_", false, 0),
            (b"iterable-", false, 0),
            (b"iterable.", false, 0),
            (b"iterable:", false, 0),
            (b"iterableAPI", false, 0),
            (b"iterableApi", false, 0),
            (b"iterable_", false, 0),
        ] },
    ],
    // jenkins
    &[
        Row { id: "jenkins_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"jenkins", true, 0),
        ] },
        Row { id: "jenkins_api_token_legacy", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"jenkins", true, 0),
        ] },
    ],
    // jfrog
    &[
        Row { id: "jfrog_reference_token", aliases: &["artifactory-reference-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"cmVmdGtuOjAx", false, 1),
        ] },
        Row { id: "jfrog_artifactory_api_key", aliases: &["artifactory-api-key", "jfrog-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"AKCp", false, 32),
        ] },
        Row { id: "jfrog_identity_token", aliases: &["jfrog-identity-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"artifactory", true, 0),
            (b"bintray", true, 0),
            (b"jfrog", true, 0),
            (b"xray", true, 0),
        ] },
        Row { id: "jfrog_api_key", aliases: &["jfrog-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"artifactory", true, 0),
            (b"bintray", true, 0),
            (b"jfrog", true, 0),
            (b"xray", true, 0),
        ] },
    ],
    // jina
    &[
        Row { id: "jina_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"jina_", false, 1),
        ] },
    ],
    // jotform
    &[
        Row { id: "jotform_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"jotform", true, 0),
        ] },
    ],
    // jumpcloud
    &[
        Row { id: "jumpcloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"jca_", false, 32),
        ] },
        Row { id: "jumpcloud_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"Connect-JCOnline", false, 0),
            (b"JCAPIKEY", false, 0),
            (b"JC_API", false, 0),
            (b"jumpcloud", true, 0),
        ] },
    ],
    // jwt
    &[
        Row { id: "json_web_token", aliases: &["jwt"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"eyJ", false, 10),
        ] },
        Row { id: "json_web_token_base64", aliases: &["jwt-base64"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ZXlK", false, 0),
        ] },
    ],
    // kagi
    &[
        Row { id: "kagi_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"authorization", true, 0),
            (b"kagi", true, 0),
        ] },
    ],
    // keygen
    &[
        Row { id: "keygen_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"activ-", false, 1),
            (b"admin-", false, 1),
            (b"env-", false, 32),
            (b"prod-", false, 1),
            (b"user-", false, 1),
        ] },
    ],
    // klaviyo
    &[
        Row { id: "klaviyo_private_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pk_", false, 32),
        ] },
    ],
    // kong
    &[
        Row { id: "kong_konnect_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"kpat_", false, 1),
            (b"spat_", false, 1),
        ] },
    ],
    // kraken
    &[
        Row { id: "kraken_private_key", aliases: &["kraken-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"kraken", true, 0),
        ] },
        Row { id: "kraken_api_key", aliases: &["kraken-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"kraken", true, 0),
        ] },
        Row { id: "kraken_access_token", aliases: &["kraken-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"kraken", true, 0),
        ] },
    ],
    // kubernetes
    &[
        Row { id: "kubernetes_bootstrap_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"bootstrap-token", true, 0),
            (b"bootstrap_token", true, 0),
            (b"bootstraptoken", true, 0),
            (b"join-token", true, 0),
            (b"join_token", true, 0),
            (b"jointoken", true, 0),
            (b"kubeadm init", false, 0),
            (b"kubeadm join", false, 0),
            (b"kubeadm token", false, 0),
            (b"kubeadm-token", true, 0),
            (b"kubeadm_token", true, 0),
            (b"kubeadmtoken", true, 0),
        ] },
    ],
    // kucoin
    &[
        Row { id: "kucoin_api_secret", aliases: &["kucoin-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"KC-API", false, 0),
            (b"KC_API", false, 0),
            (b"kc-api", false, 0),
            (b"kc_api", false, 0),
            (b"kucoin", true, 0),
        ] },
        Row { id: "kucoin_api_key", aliases: &["kucoin-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"KC-API", false, 0),
            (b"KC_API", false, 0),
            (b"kc-api", false, 0),
            (b"kc_api", false, 0),
            (b"kucoin", true, 0),
        ] },
    ],
    // langchain
    &[
        Row { id: "langsmith_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"lsv2_pt_", false, 1),
        ] },
        Row { id: "langsmith_service_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"lsv2_sk_", false, 1),
        ] },
        Row { id: "langsmith_api_key_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ls__", false, 32),
        ] },
    ],
    // langfuse
    &[
        Row { id: "langfuse_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-lf-", false, 1),
        ] },
    ],
    // laravel
    &[
        Row { id: "laravel_app_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\"key\"", false, 0),
            (b"\"key\'", false, 0),
            (b"\"previous_keys", false, 0),
            (b"\'key\"", false, 0),
            (b"\'key\'", false, 0),
            (b"\'previous_keys", false, 0),
            (b"APP_KEY", false, 0),
            (b"APP_PREVIOUS_KEYS", false, 0),
            (b"appKey", false, 0),
            (b"app_key", false, 0),
        ] },
    ],
    // lark
    &[
        Row { id: "lark_webhook_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"open.feishu.cn/open-apis/bot/", false, 0),
            (b"open.larkoffice.com/open-apis/bo", false, 0),
            (b"open.larksuite.com/open-apis/bot", false, 0),
        ] },
        Row { id: "lark_app_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"LARK_", false, 0),
            (b"LarkApp", false, 0),
            (b"LarkBot", false, 0),
            (b"LarkClient", false, 0),
            (b"cli_", false, 16),
            (b"feishu", true, 0),
            (b"lark-", false, 0),
            (b"lark.", false, 0),
            (b"larkApp", false, 0),
            (b"larkBot", false, 0),
            (b"larkClient", false, 0),
            (b"lark_", false, 0),
            (b"larksuite", true, 0),
        ] },
        Row { id: "lark_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"access_token", true, 0),
            (b"bearer", true, 0),
            (b"tenant_token", true, 0),
            (b"user_token", true, 0),
        ] },
    ],
    // launchdarkly
    &[
        Row { id: "launchdarkly_api_access_token", aliases: &["launchdarkly-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tapi-", false, 1),
            (b"\napi-", false, 1),
            (b" api-", false, 1),
            (b"\"api-", false, 1),
            (b"\'api-", false, 1),
            (b"(api-", false, 1),
            (b",api-", false, 1),
            (b"/api-", false, 1),
            (b":api-", false, 1),
            (b"=api-", false, 1),
            (b">api-", false, 1),
            (b"`api-", false, 1),
            (b"|api-", false, 1),
        ] },
        Row { id: "launchdarkly_sdk_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sdk-", false, 13),
        ] },
        Row { id: "launchdarkly_mobile_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"mob-", false, 13),
        ] },
        Row { id: "launchdarkly_relay_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"rel-", false, 13),
        ] },
        Row { id: "launchdarkly_access_token_other", aliases: &["launchdarkly-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"launch-darkly", true, 0),
            (b"launch_-darkly", true, 0),
            (b"launch_darkly", true, 0),
            (b"launchdarkly", true, 0),
        ] },
    ],
    // lichess
    &[
        Row { id: "lichess_personal_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"lip_", false, 20),
        ] },
        Row { id: "lichess_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"lio_", false, 20),
        ] },
    ],
    // lightstep
    &[
        Row { id: "lightstep_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"LS_ACCESS", false, 0),
            (b"lightstep", true, 0),
            (b"ls_access", false, 0),
        ] },
    ],
    // line
    &[
        Row { id: "line_channel_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"_line-access", true, 0),
            (b"_line-api", true, 0),
            (b"_line-bot", true, 0),
            (b"_line-channel", true, 0),
            (b"_line-messaging", true, 0),
            (b"_line-messenger", true, 0),
            (b"_line-token", true, 0),
            (b"_line.access", true, 0),
            (b"_line.api", true, 0),
            (b"_line.bot", true, 0),
            (b"_line.channel", true, 0),
            (b"_line.messaging", true, 0),
            (b"_line.messenger", true, 0),
            (b"_line.token", true, 0),
            (b"_line_access", true, 0),
            (b"_line_api", true, 0),
            (b"_line_bot", true, 0),
            (b"_line_channel", true, 0),
            (b"_line_messaging", true, 0),
            (b"_line_messenger", true, 0),
            (b"_line_token", true, 0),
            (b"_lineaccess", true, 0),
            (b"_lineapi", true, 0),
            (b"_linebot", true, 0),
            (b"_linechannel", true, 0),
            (b"_linemessaging", true, 0),
            (b"_linemessenger", true, 0),
            (b"_linetoken", true, 0),
            (b"authorization", true, 0),
            (b"channel_access", true, 0),
            (b"channelaccess", true, 0),
            (b"line-access", true, 0),
            (b"line-api", true, 0),
            (b"line-bot", true, 0),
            (b"line-channel", true, 0),
            (b"line-messaging", true, 0),
            (b"line-messenger", true, 0),
            (b"line-token", true, 0),
            (b"line.access", true, 0),
            (b"line.api", true, 0),
            (b"line.bot", true, 0),
            (b"line.channel", true, 0),
            (b"line.messaging", true, 0),
            (b"line.messenger", true, 0),
            (b"line.token", true, 0),
            (b"line_access", true, 0),
            (b"line_api", true, 0),
            (b"line_bot", true, 0),
            (b"line_channel", true, 0),
            (b"line_messaging", true, 0),
            (b"line_messenger", true, 0),
            (b"line_token", true, 0),
            (b"lineaccess", true, 0),
            (b"lineapi", true, 0),
            (b"linebot", true, 0),
            (b"linechannel", true, 0),
            (b"linemessaging", true, 0),
            (b"linemessenger", true, 0),
            (b"linetoken", true, 0),
        ] },
        Row { id: "line_channel_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"_line-api", true, 0),
            (b"_line-bot", true, 0),
            (b"_line-channel", true, 0),
            (b"_line-client", true, 0),
            (b"_line-login", true, 0),
            (b"_line-messaging", true, 0),
            (b"_line.api", true, 0),
            (b"_line.bot", true, 0),
            (b"_line.channel", true, 0),
            (b"_line.client", true, 0),
            (b"_line.login", true, 0),
            (b"_line.messaging", true, 0),
            (b"_line_api", true, 0),
            (b"_line_bot", true, 0),
            (b"_line_channel", true, 0),
            (b"_line_client", true, 0),
            (b"_line_login", true, 0),
            (b"_line_messaging", true, 0),
            (b"_lineapi", true, 0),
            (b"_linebot", true, 0),
            (b"_linechannel", true, 0),
            (b"_lineclient", true, 0),
            (b"_linelogin", true, 0),
            (b"_linemessaging", true, 0),
            (b"channel_secret", true, 0),
            (b"channelsecret", true, 0),
            (b"line-api", true, 0),
            (b"line-bot", true, 0),
            (b"line-channel", true, 0),
            (b"line-client", true, 0),
            (b"line-login", true, 0),
            (b"line-messaging", true, 0),
            (b"line.api", true, 0),
            (b"line.bot", true, 0),
            (b"line.channel", true, 0),
            (b"line.client", true, 0),
            (b"line.login", true, 0),
            (b"line.messaging", true, 0),
            (b"line_api", true, 0),
            (b"line_bot", true, 0),
            (b"line_channel", true, 0),
            (b"line_client", true, 0),
            (b"line_login", true, 0),
            (b"line_messaging", true, 0),
            (b"lineapi", true, 0),
            (b"linebot", true, 0),
            (b"linechannel", true, 0),
            (b"lineclient", true, 0),
            (b"linelogin", true, 0),
            (b"linemessaging", true, 0),
        ] },
        Row { id: "line_notify_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"line-notify", true, 0),
            (b"line.notify", true, 0),
            (b"line_notify", true, 0),
            (b"linenotify", true, 0),
            (b"notify-api.line", true, 0),
        ] },
    ],
    // linear
    &[
        Row { id: "linear_api_key", aliases: &["linear-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"lin_api_", false, 1),
        ] },
        Row { id: "linear_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"lin_oauth_", false, 1),
            (b"lin_refresh_", false, 1),
        ] },
        Row { id: "linear_webhook_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"lin_wh_", false, 1),
        ] },
        Row { id: "linear_client_secret", aliases: &["linear-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"linear api", true, 0),
            (b"linear app", true, 0),
            (b"linear auth", true, 0),
            (b"linear client", true, 0),
            (b"linear integration", true, 0),
            (b"linear key", true, 0),
            (b"linear oauth", true, 0),
            (b"linear secret", true, 0),
            (b"linear token", true, 0),
            (b"linear-api", true, 0),
            (b"linear-app", true, 0),
            (b"linear-auth", true, 0),
            (b"linear-client", true, 0),
            (b"linear-integration", true, 0),
            (b"linear-key", true, 0),
            (b"linear-oauth", true, 0),
            (b"linear-secret", true, 0),
            (b"linear-token", true, 0),
            (b"linear.api", true, 0),
            (b"linear.app", true, 0),
            (b"linear.auth", true, 0),
            (b"linear.client", true, 0),
            (b"linear.integration", true, 0),
            (b"linear.key", true, 0),
            (b"linear.oauth", true, 0),
            (b"linear.secret", true, 0),
            (b"linear.token", true, 0),
            (b"linear_api", true, 0),
            (b"linear_app", true, 0),
            (b"linear_auth", true, 0),
            (b"linear_client", true, 0),
            (b"linear_integration", true, 0),
            (b"linear_key", true, 0),
            (b"linear_oauth", true, 0),
            (b"linear_secret", true, 0),
            (b"linear_token", true, 0),
            (b"linearapi", true, 0),
            (b"linearapp", true, 0),
            (b"linearauth", true, 0),
            (b"linearclient", true, 0),
            (b"linearintegration", true, 0),
            (b"linearkey", true, 0),
            (b"linearoauth", true, 0),
            (b"linearsecret", true, 0),
            (b"lineartoken", true, 0),
        ] },
    ],
    // linkedin
    &[
        Row { id: "linkedin_client_secret_prefixed", aliases: &["linkedin-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"WPL_AP", false, 1),
        ] },
        Row { id: "linkedin_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"linkedin", true, 0),
            (b"oauth2_access_token", true, 0),
            (b"oauth_access_token", true, 0),
        ] },
        Row { id: "linkedin_client_secret", aliases: &["linkedin-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"linked-in", true, 0),
            (b"linked_-in", true, 0),
            (b"linked_in", true, 0),
            (b"linkedin", true, 0),
        ] },
        Row { id: "linkedin_client_id", aliases: &["linkedin-client-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"linked-in", true, 0),
            (b"linked_-in", true, 0),
            (b"linked_in", true, 0),
            (b"linkedin", true, 0),
        ] },
    ],
    // linode
    &[
        Row { id: "linode_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"linode", true, 0),
        ] },
    ],
    // liveblocks
    &[
        Row { id: "liveblocks_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk_dev_", false, 1),
            (b"sk_localdev_", false, 1),
            (b"sk_prod_", false, 1),
        ] },
    ],
    // livekit
    &[
        Row { id: "livekit_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"livekit", true, 0),
        ] },
    ],
    // llamaindex
    &[
        Row { id: "llamacloud_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"llx-", false, 32),
        ] },
    ],
    // lob
    &[
        Row { id: "lob_publishable_api_key", aliases: &["lob-pub-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"live_pub_", false, 1),
            (b"test_pub_", false, 1),
        ] },
        Row { id: "lob_api_key", aliases: &["lob-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"live_0", false, 1),
            (b"live_1", false, 1),
            (b"live_2", false, 1),
            (b"live_3", false, 1),
            (b"live_4", false, 1),
            (b"live_5", false, 1),
            (b"live_6", false, 1),
            (b"live_7", false, 1),
            (b"live_8", false, 1),
            (b"live_9", false, 1),
            (b"live_a", false, 1),
            (b"live_b", false, 1),
            (b"live_c", false, 1),
            (b"live_d", false, 1),
            (b"live_e", false, 1),
            (b"live_f", false, 1),
            (b"test_0", false, 1),
            (b"test_1", false, 1),
            (b"test_2", false, 1),
            (b"test_3", false, 1),
            (b"test_4", false, 1),
            (b"test_5", false, 1),
            (b"test_6", false, 1),
            (b"test_7", false, 1),
            (b"test_8", false, 1),
            (b"test_9", false, 1),
            (b"test_a", false, 1),
            (b"test_b", false, 1),
            (b"test_c", false, 1),
            (b"test_d", false, 1),
            (b"test_e", false, 1),
            (b"test_f", false, 1),
        ] },
    ],
    // localstack
    &[
        Row { id: "localstack_auth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tls-", false, 32),
            (b"\nls-", false, 32),
            (b" ls-", false, 32),
            (b"\"ls-", false, 32),
            (b"\'ls-", false, 32),
            (b"(ls-", false, 32),
            (b",ls-", false, 32),
            (b"/ls-", false, 32),
            (b":ls-", false, 32),
            (b"=ls-", false, 32),
            (b">ls-", false, 32),
            (b"|ls-", false, 32),
        ] },
    ],
    // loggly
    &[
        Row { id: "loggly_customer_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"loggly", true, 0),
        ] },
    ],
    // logzio
    &[
        Row { id: "logzio_shipping_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"logz-.io", true, 0),
            (b"logz-io", true, 0),
            (b"logz.io", true, 0),
            (b"logz_-.io", true, 0),
            (b"logz_-io", true, 0),
            (b"logz_.io", true, 0),
            (b"logz_io", true, 0),
            (b"logzio", true, 0),
        ] },
    ],
    // lokalise
    &[
        Row { id: "lokalise_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"lokalise", true, 0),
        ] },
    ],
    // looker
    &[
        Row { id: "looker_client_secret", aliases: &["looker-client-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"looker", true, 0),
        ] },
        Row { id: "looker_client_id", aliases: &["looker-client-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"looker", true, 0),
        ] },
    ],
    // mailchimp
    &[
        Row { id: "mailchimp_api_key", aliases: &["mailchimp-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"anystring", true, 0),
            (b"mailchimp", true, 0),
            (b"mc_api", true, 0),
        ] },
        Row { id: "mailchimp_transactional_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"md-", false, 22),
        ] },
        Row { id: "mailchimp_mandrill_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mandrill", true, 0),
        ] },
    ],
    // mailersend
    &[
        Row { id: "mailersend_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"mlsn.", false, 1),
        ] },
    ],
    // mailgun
    &[
        Row { id: "mailgun_private_api_key", aliases: &["mailgun-private-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"api:key-", false, 1),
            (b"mailgun", true, 0),
        ] },
        Row { id: "mailgun_public_key", aliases: &["mailgun-pub-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pubkey-", false, 1),
        ] },
        Row { id: "mailgun_webhook_signing_key", aliases: &["mailgun-signing-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mailgun", true, 0),
        ] },
        Row { id: "mailgun_api_key", aliases: &["mailgun-private-api-token", "mailgun-signing-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b" api:", false, 1),
            (b"\"api:", false, 1),
            (b"\'api:", false, 1),
            (b"//api:", false, 1),
            (b"mailgun", true, 0),
        ] },
    ],
    // mailjet
    &[
        Row { id: "mailjet_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mailjet", true, 0),
            (b"mj_api", true, 0),
        ] },
    ],
    // make
    &[
        Row { id: "make_webhook", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hook.eu", false, 1),
            (b"hook.integromat.com/", false, 1),
            (b"hook.us", false, 1),
        ] },
    ],
    // mapbox
    &[
        Row { id: "mapbox_secret_token", aliases: &["mapbox-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk.eyJ1Ijoi", false, 1),
            (b"tk.eyJ1Ijoi", false, 1),
        ] },
        Row { id: "mapbox_public_token", aliases: &["mapbox-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pk.eyJ1Ijoi", false, 1),
        ] },
        Row { id: "mapbox_token_in_context", aliases: &["mapbox-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mapbox", true, 0),
        ] },
    ],
    // materialize
    &[
        Row { id: "materialize_app_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"mzp_", false, 32),
        ] },
    ],
    // matrix
    &[
        Row { id: "matrix_synapse_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"syl_", false, 0),
            (b"syr_", false, 0),
            (b"syt_", false, 0),
        ] },
        Row { id: "matrix_mas_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"mar_", false, 32),
            (b"mat_", false, 32),
            (b"mcr_", false, 32),
            (b"mct_", false, 32),
        ] },
    ],
    // mattermost
    &[
        Row { id: "mattermost_incoming_webhook", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mattermost", true, 0),
        ] },
        Row { id: "mattermost_access_token", aliases: &["mattermost-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mattermost", true, 0),
        ] },
    ],
    // maxmind
    &[
        Row { id: "maxmind_license_key", aliases: &["maxmind-license-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"_mmk", false, 0),
        ] },
        Row { id: "maxmind_license_key_unsuffixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"geoip", true, 0),
            (b"geolite", true, 0),
            (b"maxmind", true, 0),
        ] },
    ],
    // mercadopago
    &[
        Row { id: "mercadopago_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"APP_USR-", false, 1),
            (b"TEST-", false, 1),
        ] },
    ],
    // mercury
    &[
        Row { id: "mercury_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"secret-token:mercury_", false, 0),
        ] },
    ],
    // messagebird
    &[
        Row { id: "messagebird_access_key", aliases: &["messagebird-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"AccessKey ", false, 0),
            (b"AccessKey:", false, 0),
            (b"AccessKey=", false, 0),
        ] },
        Row { id: "messagebird_api_key", aliases: &["messagebird-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"message-bird", true, 0),
            (b"message_bird", true, 0),
            (b"messagebird", true, 0),
        ] },
        Row { id: "messagebird_client_id", aliases: &["messagebird-client-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"message-bird", true, 0),
            (b"message_bird", true, 0),
            (b"messagebird", true, 0),
        ] },
    ],
    // meta-llama
    &[
        Row { id: "meta_llama_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"LLM|", false, 13),
        ] },
    ],
    // metabase
    &[
        Row { id: "metabase_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"mb_", false, 0),
        ] },
    ],
    // microsoft-teams
    &[
        Row { id: "microsoft_teams_incoming_webhook", aliases: &["microsoft-teams-webhook"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"outlook.office", false, 0),
            (b"webhook.office.com/webhookb2/", false, 1),
        ] },
        Row { id: "microsoft_teams_workflow_webhook", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"environment.api.powerplatform.co", false, 0),
            (b"logic.azure.com", false, 0),
        ] },
    ],
    // midtrans
    &[
        Row { id: "midtrans_server_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"Mid-server-", false, 1),
            (b"SB-Mid-server-", false, 1),
        ] },
    ],
    // miro
    &[
        Row { id: "miro_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"eyJtaXJvLm9yaWdpbiI6", false, 1),
        ] },
    ],
    // mistral
    &[
        Row { id: "mistral_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mistral", true, 0),
        ] },
    ],
    // mixpanel
    &[
        Row { id: "mixpanel_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mixpanel", true, 0),
        ] },
        Row { id: "mixpanel_service_account_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mixpanel", true, 0),
        ] },
    ],
    // modal
    &[
        Row { id: "modal_token_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"modal key", true, 0),
            (b"modal proxy", true, 0),
            (b"modal secret", true, 0),
            (b"modal token", true, 0),
            (b"modal-key", true, 0),
            (b"modal-proxy", true, 0),
            (b"modal-secret", true, 0),
            (b"modal-token", true, 0),
            (b"modal.key", true, 0),
            (b"modal.proxy", true, 0),
            (b"modal.secret", true, 0),
            (b"modal.token", true, 0),
            (b"modal_key", true, 0),
            (b"modal_proxy", true, 0),
            (b"modal_secret", true, 0),
            (b"modal_token", true, 0),
            (b"modalkey", true, 0),
            (b"modalproxy", true, 0),
            (b"modalsecret", true, 0),
            (b"modaltoken", true, 0),
            (b"token-secret", true, 0),
            (b"token_secret", true, 0),
        ] },
    ],
    // mollie
    &[
        Row { id: "mollie_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mollie", true, 0),
        ] },
    ],
    // monday
    &[
        Row { id: "monday_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"eyJhbGciOiJIUzI1NiJ9.eyJ0aWQiOj", false, 1),
        ] },
    ],
    // mongodb
    &[
        Row { id: "mongodb_atlas_service_account_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"mdb_sa_sk_", false, 1),
        ] },
        Row { id: "mongodb_atlas_uri", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mongodb+srv://", false, 0),
            (b"mongodb://", false, 0),
        ] },
        Row { id: "mongodb_atlas_private_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"atlas-", true, 0),
            (b"atlas.", true, 0),
            (b"atlas_", true, 0),
            (b"mcli_", true, 0),
            (b"mongocli", true, 0),
            (b"mongodb", true, 0),
        ] },
    ],
    // mux
    &[
        Row { id: "mux_token_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mux access", true, 0),
            (b"mux secret", true, 0),
            (b"mux token", true, 0),
            (b"mux-access", true, 0),
            (b"mux-secret", true, 0),
            (b"mux-token", true, 0),
            (b"mux.access", true, 0),
            (b"mux.secret", true, 0),
            (b"mux.token", true, 0),
            (b"mux_access", true, 0),
            (b"mux_secret", true, 0),
            (b"mux_token", true, 0),
            (b"muxaccess", true, 0),
            (b"muxsecret", true, 0),
            (b"muxtoken", true, 0),
        ] },
    ],
    // neon
    &[
        Row { id: "neon_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"napi_", false, 1),
        ] },
        Row { id: "neon_database_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"npg_", false, 12),
        ] },
    ],
    // neptune
    &[
        Row { id: "neptune_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"eyJhcGlfYWRkcmVzcyI6I", false, 0),
        ] },
    ],
    // netbird
    &[
        Row { id: "netbird_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"nbp_", false, 32),
        ] },
        Row { id: "netbird_setup_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"NB_SETUP", false, 0),
            (b"netbird", true, 0),
            (b"wt_setup", true, 0),
        ] },
    ],
    // netlify
    &[
        Row { id: "netlify_access_token", aliases: &["netlify-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"nfb_", false, 32),
            (b"nfc_", false, 32),
            (b"nfo_", false, 32),
            (b"nfp_", false, 32),
            (b"nfu_", false, 32),
        ] },
        Row { id: "netlify_build_hook", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"api.netlify.com/build_hooks/", false, 1),
        ] },
        Row { id: "netlify_access_token_unprefixed", aliases: &["netlify-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"netlify", true, 0),
        ] },
    ],
    // new-relic
    &[
        Row { id: "new_relic_user_key", aliases: &["new-relic-user-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"NRAK-", false, 1),
        ] },
        Row { id: "new_relic_browser_key", aliases: &["new-relic-browser-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"NRJS-", false, 1),
        ] },
        Row { id: "new_relic_insert_key", aliases: &["new-relic-insert-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"NRII-", false, 1),
        ] },
        Row { id: "new_relic_query_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"NRIQ-", false, 1),
        ] },
        Row { id: "new_relic_rest_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"NRAA-", false, 1),
            (b"NRRA-", false, 1),
        ] },
        Row { id: "new_relic_synthetics_location_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"NRSP-", false, 1),
        ] },
        Row { id: "new_relic_license_key_eu", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"NRAL", false, 0),
        ] },
        Row { id: "new_relic_license_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"NRAL", false, 0),
        ] },
        Row { id: "new_relic_license_key_hex", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"NRIA_", false, 0),
            (b"new relic", true, 0),
            (b"new-relic", true, 0),
            (b"new.relic", true, 0),
            (b"new_relic", true, 0),
            (b"newrelic", true, 0),
        ] },
        Row { id: "new_relic_mobile_app_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"new relic", true, 0),
            (b"new-relic", true, 0),
            (b"new.relic", true, 0),
            (b"new_relic", true, 0),
            (b"newrelic", true, 0),
        ] },
        Row { id: "new_relic_user_api_id", aliases: &["new-relic-user-api-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"new relic", true, 0),
            (b"new-relic", true, 0),
            (b"new.relic", true, 0),
            (b"new_relic", true, 0),
            (b"newrelic", true, 0),
        ] },
    ],
    // ngrok
    &[
        Row { id: "ngrok_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ngrok", true, 0),
        ] },
    ],
    // nightfall
    &[
        Row { id: "nightfall_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"NF-", false, 32),
        ] },
    ],
    // notion
    &[
        Row { id: "notion_integration_token", aliases: &["notion-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ntn_", false, 32),
        ] },
        Row { id: "notion_integration_token_older", aliases: &["notion-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"Bearer secret_", false, 1),
            (b"notion", true, 0),
        ] },
    ],
    // npm
    &[
        Row { id: "npm_access_token", aliases: &["npm-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"npm_", false, 32),
        ] },
    ],
    // nuget
    &[
        Row { id: "nuget_config_cleartext_password", aliases: &["nuget-config-password"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"<add", true, 0),
        ] },
        Row { id: "nuget_config_encrypted_password", aliases: &["nuget-config-password"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"<add", true, 0),
        ] },
        Row { id: "nuget_config_password", aliases: &["nuget-config-password"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"<add", true, 0),
        ] },
        Row { id: "nuget_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"oy2", false, 32),
        ] },
        Row { id: "nuget_api_key_v5", aliases: &[], max_len: 1024, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"JQQJ99", false, 1),
        ] },
        Row { id: "nuget_api_key_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"nuget", true, 0),
        ] },
    ],
    // nvidia
    &[
        Row { id: "nvidia_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"nvapi-", false, 1),
        ] },
    ],
    // nylas
    &[
        Row { id: "nylas_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"nyk_v0_", false, 1),
        ] },
    ],
    // nytimes
    &[
        Row { id: "nytimes_api_key", aliases: &["nytimes-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"new york times", true, 0),
            (b"new york-times", true, 0),
            (b"new york.times", true, 0),
            (b"new york_times", true, 0),
            (b"new yorktimes", true, 0),
            (b"new-york times", true, 0),
            (b"new-york-times", true, 0),
            (b"new-york.times", true, 0),
            (b"new-york_times", true, 0),
            (b"new-yorktimes", true, 0),
            (b"new.york times", true, 0),
            (b"new.york-times", true, 0),
            (b"new.york.times", true, 0),
            (b"new.york_times", true, 0),
            (b"new.yorktimes", true, 0),
            (b"new_york times", true, 0),
            (b"new_york-times", true, 0),
            (b"new_york.times", true, 0),
            (b"new_york_times", true, 0),
            (b"new_yorktimes", true, 0),
            (b"newyork times", true, 0),
            (b"newyork-times", true, 0),
            (b"newyork.times", true, 0),
            (b"newyork_times", true, 0),
            (b"newyorktimes", true, 0),
            (b"nyt-", true, 0),
            (b"nyt_", true, 0),
            (b"nytimes", true, 0),
        ] },
        Row { id: "nytimes_api_key_in_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"api.nytimes.com/", true, 0),
        ] },
    ],
    // octopus-deploy
    &[
        Row { id: "octopus_deploy_api_key", aliases: &["octopus-deploy-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"API-", false, 25),
        ] },
    ],
    // okta
    &[
        Row { id: "okta_api_token_header", aliases: &["okta-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"SSWS ", false, 0),
        ] },
        Row { id: "okta_api_token", aliases: &["okta-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"okta", true, 0),
        ] },
        Row { id: "okta_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"okta", true, 0),
        ] },
    ],
    // onesignal
    &[
        Row { id: "onesignal_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"os_v2_app_", false, 1),
            (b"os_v2_org_", false, 1),
        ] },
        Row { id: "onesignal_rest_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"one_signal", true, 0),
            (b"onesignal", true, 0),
        ] },
    ],
    // onfido
    &[
        Row { id: "onfido_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"api_live.", false, 1),
            (b"api_live_ca.", false, 1),
            (b"api_live_eu.", false, 1),
            (b"api_live_us.", false, 1),
            (b"api_sandbox.", false, 1),
            (b"api_sandbox_ca.", false, 1),
            (b"api_sandbox_eu.", false, 1),
            (b"api_sandbox_us.", false, 1),
        ] },
    ],
    // open-vsx
    &[
        Row { id: "open_vsx_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ovsx", false, 15),
        ] },
        Row { id: "open_vsx_access_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"open-vsx", true, 0),
            (b"open_vsx", true, 0),
            (b"openvsx", true, 0),
            (b"ovsx", true, 0),
        ] },
    ],
    // openai
    &[
        Row { id: "openai_project_key", aliases: &["openai-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-admin-", false, 1),
            (b"sk-proj-", false, 1),
            (b"sk-svcacct-", false, 1),
        ] },
        Row { id: "openai_user_key", aliases: &["openai-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-", false, 32),
            (b"sk-None-", false, 1),
        ] },
        Row { id: "openai_session_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sess-", false, 1),
        ] },
    ],
    // openrouter
    &[
        Row { id: "openrouter_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk-or-v1-", false, 1),
        ] },
    ],
    // openshift
    &[
        Row { id: "openshift_user_token", aliases: &["openshift-user-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sha256~", false, 1),
        ] },
    ],
    // opsgenie
    &[
        Row { id: "opsgenie_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"GenieKey ", false, 0),
            (b"opsgenie", true, 0),
        ] },
    ],
    // ory
    &[
        Row { id: "ory_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ory_apikey_", false, 1),
            (b"ory_at_", false, 1),
            (b"ory_pat_", false, 1),
            (b"ory_rt_", false, 1),
            (b"ory_st_", false, 1),
            (b"ory_wak_", false, 1),
        ] },
    ],
    // ovh
    &[
        Row { id: "ovh_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ovh", true, 0),
        ] },
    ],
    // packagist
    &[
        Row { id: "packagist_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"packagist_", false, 1),
        ] },
    ],
    // paddle
    &[
        Row { id: "paddle_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pdl_live_apikey_", false, 1),
            (b"pdl_sdbx_apikey_", false, 1),
        ] },
        Row { id: "paddle_webhook_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pdl_ntfset_", false, 1),
        ] },
    ],
    // pagerduty
    &[
        Row { id: "pagerduty_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pdeu+_", false, 1),
            (b"pdus+_", false, 1),
        ] },
        Row { id: "pagerduty_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"pager-duty", true, 0),
            (b"pager_duty", true, 0),
            (b"pagerduty", true, 0),
            (b"token token=", true, 0),
        ] },
        Row { id: "pagerduty_integration_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"pager-duty", true, 0),
            (b"pager_duty", true, 0),
            (b"pagerduty", true, 0),
            (b"pd_routing", true, 0),
        ] },
    ],
    // pangea
    &[
        Row { id: "pangea_service_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ptm_", false, 32),
            (b"pts_", false, 32),
        ] },
    ],
    // paypal
    &[
        Row { id: "paypal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"A21AA", false, 1),
        ] },
        Row { id: "paypal_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"paypal", true, 0),
        ] },
    ],
    // paystack
    &[
        Row { id: "paystack_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk_live_", false, 1),
            (b"sk_test_", false, 1),
        ] },
    ],
    // percy
    &[
        Row { id: "percy_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"percy", true, 0),
        ] },
    ],
    // permit
    &[
        Row { id: "permit_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"permit_key_", false, 1),
        ] },
    ],
    // perplexity
    &[
        Row { id: "perplexity_api_key", aliases: &["perplexity-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pplx-", false, 1),
        ] },
    ],
    // persona
    &[
        Row { id: "persona_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"persona_production_", false, 1),
            (b"persona_sandbox_", false, 1),
        ] },
    ],
    // picovoice
    &[
        Row { id: "picovoice_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"picovoice", true, 0),
            (b"porcupine", true, 0),
        ] },
    ],
    // pinecone
    &[
        Row { id: "pinecone_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pcsk_", false, 1),
        ] },
        Row { id: "pinecone_api_key_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"pinecone", true, 0),
        ] },
    ],
    // plaid
    &[
        Row { id: "plaid_access_token", aliases: &["plaid-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"access-development-", false, 1),
            (b"access-production-", false, 1),
            (b"access-sandbox-", false, 1),
        ] },
        Row { id: "plaid_short_lived_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"link-development-", false, 1),
            (b"link-production-", false, 1),
            (b"link-sandbox-", false, 1),
            (b"processor-development-", false, 1),
            (b"processor-production-", false, 1),
            (b"processor-sandbox-", false, 1),
            (b"public-development-", false, 1),
            (b"public-production-", false, 1),
            (b"public-sandbox-", false, 1),
        ] },
        Row { id: "plaid_secret", aliases: &["plaid-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"plaid", true, 0),
        ] },
        Row { id: "plaid_client_id", aliases: &["plaid-client-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"plaid", true, 0),
        ] },
    ],
    // planetscale
    &[
        Row { id: "planetscale_service_token", aliases: &["planetscale-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pscale_tkn_", false, 0),
        ] },
        Row { id: "planetscale_oauth_token", aliases: &["planetscale-oauth-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pscale_oauth_", false, 0),
        ] },
        Row { id: "planetscale_password", aliases: &["planetscale-password"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pscale_pw_", false, 0),
        ] },
    ],
    // polar
    &[
        Row { id: "polar_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"polar_at_", false, 1),
            (b"polar_crt_", false, 1),
            (b"polar_cs_", false, 1),
            (b"polar_oat_", false, 1),
            (b"polar_pat_", false, 1),
            (b"polar_rt_", false, 1),
            (b"polar_whs_", false, 1),
        ] },
    ],
    // portainer
    &[
        Row { id: "portainer_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ptr_", false, 0),
        ] },
    ],
    // posthog
    &[
        Row { id: "posthog_personal_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pha_", false, 32),
            (b"phr_", false, 32),
            (b"phs_", false, 32),
            (b"phx_", false, 32),
        ] },
        Row { id: "posthog_project_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"phc_", false, 32),
        ] },
    ],
    // postman
    &[
        Row { id: "postman_api_key", aliases: &["postman-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"PMAK-", false, 1),
        ] },
        Row { id: "postman_collection_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"PMAT-", false, 1),
        ] },
    ],
    // postmark
    &[
        Row { id: "postmark_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"postmark", true, 0),
            (b"x-postmark-account-token", true, 0),
            (b"x-postmark-server-token", true, 0),
        ] },
    ],
    // prefect
    &[
        Row { id: "prefect_api_key", aliases: &["prefect-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pnb_", false, 32),
            (b"pnu_", false, 32),
        ] },
    ],
    // prisma
    &[
        Row { id: "prisma_accelerate_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"prisma+postgres://", false, 0),
            (b"prisma://", false, 0),
        ] },
    ],
    // private-ai
    &[
        Row { id: "private_ai_api_key", aliases: &["privateai-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"private ai", true, 0),
            (b"private-ai", true, 0),
            (b"private_ai", true, 0),
            (b"privateai", true, 0),
        ] },
    ],
    // private-keys
    &[
        Row { id: "private_key", aliases: &["private-key", "gitlab_deploy_key"], max_len: 65536, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"---- BEGIN SSH2 ENCRYPTED PRIVAT", false, 0),
            (b"-----BEGIN ", false, 0),
        ] },
        Row { id: "private_key_base64", aliases: &["private-key"], max_len: 65536, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"LS0tLS1CRUdJTiB", false, 0),
        ] },
        Row { id: "putty_private_key", aliases: &["private-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"PuTTY-User-Key-File-", false, 0),
        ] },
        Row { id: "age_secret_key", aliases: &["age-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"AGE-SECRET-KEY-", false, 0),
        ] },
        Row { id: "minisign_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"RWQAAEIy", false, 0),
            (b"RWRCSwAAA", false, 0),
            (b"RWRTY0Iy", false, 0),
        ] },
        Row { id: "tor_onion_service_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"== ed25519v1-secret: type0 ==\x00\x00\x00", false, 0),
            (b"ED25519-V3:", false, 0),
            (b"PT0gZWQyNTUxOXYxLXNlY3JldDogdHlw", false, 0),
        ] },
        Row { id: "rsa_key_xml", aliases: &["private-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"&lt;RSAKeyValue&gt;", false, 0),
            (b"<RSAKeyValue>", false, 0),
        ] },
        Row { id: "jwk_private_key", aliases: &["private-key"], max_len: 6000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\"kty\"", false, 0),
            (b"\"kty\\\"", false, 0),
            (b"\\\"kty\"", false, 0),
            (b"\\\"kty\\\"", false, 0),
        ] },
        Row { id: "jwk_private_key_sorted", aliases: &["private-key"], max_len: 6000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\"d\": \"", false, 1),
            (b"\"d\":\"", false, 1),
            (b"\\\"d\\\": \\\"", false, 1),
            (b"\\\"d\\\":\\\"", false, 1),
        ] },
        Row { id: "wireguard_private_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"private-key", true, 0),
            (b"private_-key", true, 0),
            (b"private_key", true, 0),
            (b"privatekey", true, 0),
        ] },
        Row { id: "wireguard_preshared_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"preshared-key", true, 0),
            (b"preshared_-key", true, 0),
            (b"preshared_key", true, 0),
            (b"presharedkey", true, 0),
        ] },
        Row { id: "pkcs12_file", aliases: &["pkcs12-file"], max_len: 65536, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\x02\x01\x030", false, 0),
            (b"MII", false, 0),
        ] },
    ],
    // pubnub
    &[
        Row { id: "pubnub_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sec-c-", false, 1),
        ] },
    ],
    // pulumi
    &[
        Row { id: "pulumi_access_token", aliases: &["pulumi-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pul-", false, 32),
        ] },
    ],
    // pushbullet
    &[
        Row { id: "pushbullet_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"Access-Token", false, 0),
            (b"pushbullet", true, 0),
        ] },
    ],
    // pusher
    &[
        Row { id: "pusher_app_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"pusher", true, 0),
        ] },
    ],
    // pushover
    &[
        Row { id: "pushover_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"pushover", true, 0),
        ] },
    ],
    // pydantic
    &[
        Row { id: "pydantic_logfire_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pylf_v", false, 1),
        ] },
    ],
    // pypi
    &[
        Row { id: "pypi_upload_token", aliases: &["pypi-upload-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pypi-AgEIcHlwaS5vcmc", false, 1),
        ] },
        Row { id: "pypi_test_upload_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"pypi-AgENdGVzdC5weXBpLm9yZw", false, 1),
        ] },
    ],
    // railway
    &[
        Row { id: "railway_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"railway", true, 0),
        ] },
    ],
    // ramp
    &[
        Row { id: "ramp_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ramp_business_tok_", false, 1),
            (b"ramp_sec_", false, 1),
            (b"ramp_tok_", false, 1),
            (b"ramp_user_tok_", false, 1),
        ] },
    ],
    // rancher
    &[
        Row { id: "rancher_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"kubeconfig-u-", false, 1),
            (b"kubeconfig-user-", false, 1),
            (b"token-", false, 1),
        ] },
        Row { id: "rancher_k3s_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"K10", false, 32),
        ] },
    ],
    // rapidapi
    &[
        Row { id: "rapidapi_key", aliases: &["rapidapi-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"mashape", true, 0),
            (b"rapid-api", true, 0),
            (b"rapid_api", true, 0),
            (b"rapidapi", true, 0),
        ] },
        Row { id: "rapidapi_key_of_another_form", aliases: &["rapidapi-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"rapid-api", true, 0),
            (b"rapid_api", true, 0),
            (b"rapidapi", true, 0),
        ] },
    ],
    // razorpay
    &[
        Row { id: "razorpay_key_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"rzp_live_", false, 1),
            (b"rzp_test_", false, 1),
        ] },
        Row { id: "razorpay_key_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"razorpay", true, 0),
            (b"rzp_", true, 0),
        ] },
    ],
    // readme
    &[
        Row { id: "readme_api_key", aliases: &["readme-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"rdme_", false, 1),
        ] },
    ],
    // recaptcha
    &[
        Row { id: "recaptcha_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"captcha", true, 0),
        ] },
    ],
    // render
    &[
        Row { id: "render_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"rnd_", false, 28),
        ] },
        Row { id: "render_deploy_hook", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"api.render.com/deploy/srv-", false, 1),
        ] },
    ],
    // replicate
    &[
        Row { id: "replicate_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"r8_", false, 32),
        ] },
    ],
    // resend
    &[
        Row { id: "resend_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"re_", false, 32),
        ] },
    ],
    // retool
    &[
        Row { id: "retool_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"retool_01", false, 1),
        ] },
    ],
    // revenuecat
    &[
        Row { id: "revenuecat_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"revenue-cat", true, 0),
            (b"revenue_cat", true, 0),
            (b"revenuecat", true, 0),
        ] },
    ],
    // roblox
    &[
        Row { id: "roblox_session_cookie", aliases: &[], max_len: 2300, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"_|WARNING:-DO-NOT-SHARE-THIS.--S", false, 0),
        ] },
        Row { id: "roblox_open_cloud_api_key", aliases: &[], max_len: 2400, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"roblox", true, 0),
        ] },
    ],
    // rollbar
    &[
        Row { id: "rollbar_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"rollbar", true, 0),
        ] },
    ],
    // rootly
    &[
        Row { id: "rootly_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"rootly_", false, 1),
        ] },
    ],
    // rubygems
    &[
        Row { id: "rubygems_api_key", aliases: &["rubygems-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"rubygems_", false, 1),
        ] },
        Row { id: "rubygems_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"gem_host", true, 0),
            (b"rubygems", true, 0),
        ] },
    ],
    // runpod
    &[
        Row { id: "runpod_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"rpa_", false, 32),
        ] },
    ],
    // runway
    &[
        Row { id: "runwayml_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"runway", true, 0),
        ] },
    ],
    // salesforce
    &[
        Row { id: "salesforce_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"00D", false, 12),
        ] },
        Row { id: "salesforce_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"5Aep861", false, 0),
        ] },
        Row { id: "salesforce_consumer_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"3MVG9", false, 0),
        ] },
        Row { id: "salesforce_consumer_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"salesforce", true, 0),
            (b"sf_client", true, 0),
            (b"sf_consumer", true, 0),
            (b"sfdc", true, 0),
            (b"sfdx", true, 0),
        ] },
    ],
    // sanity
    &[
        Row { id: "sanity_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sanity", true, 0),
        ] },
    ],
    // saucelabs
    &[
        Row { id: "saucelabs_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sauce", true, 0),
        ] },
        Row { id: "saucelabs_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"http://", false, 0),
            (b"https://", false, 0),
        ] },
    ],
    // scaleway
    &[
        Row { id: "scaleway_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"scaleway", true, 0),
            (b"scw", true, 0),
        ] },
        Row { id: "scaleway_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"SCW", false, 17),
        ] },
    ],
    // scalingo
    &[
        Row { id: "scalingo_api_token", aliases: &["scalingo-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tk-us-", false, 1),
        ] },
    ],
    // scrapfly
    &[
        Row { id: "scrapfly_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"scp-live-", false, 1),
            (b"scp-test-", false, 1),
        ] },
    ],
    // segment
    &[
        Row { id: "segment_public_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sgp_", false, 32),
        ] },
        Row { id: "segment_write_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"segment", true, 0),
        ] },
    ],
    // semgrep
    &[
        Row { id: "semgrep_app_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"semgrep", true, 0),
        ] },
    ],
    // sendbird
    &[
        Row { id: "sendbird_api_token", aliases: &["sendbird-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sendbird", true, 0),
        ] },
        Row { id: "sendbird_application_id", aliases: &["sendbird-access-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sendbird", true, 0),
        ] },
    ],
    // sendgrid
    &[
        Row { id: "sendgrid_api_key", aliases: &["sendgrid-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"SG.", false, 22),
        ] },
    ],
    // sendinblue
    &[
        Row { id: "sendinblue_api_key_v2", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sendin_blue", true, 0),
            (b"sendinblue", true, 0),
        ] },
    ],
    // sentry
    &[
        Row { id: "sentry_org_auth_token", aliases: &["sentry-org-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sntrys_eyJ", false, 0),
        ] },
        Row { id: "sentry_user_auth_token", aliases: &["sentry-user-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sntryu_", false, 1),
        ] },
        Row { id: "sentry_app_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sntrya_", false, 1),
            (b"sntryi_", false, 1),
        ] },
        Row { id: "sentry_dsn_with_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"http://", false, 1),
            (b"https://", false, 1),
        ] },
        Row { id: "sentry_auth_token_unprefixed", aliases: &["sentry-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sentry", true, 0),
        ] },
    ],
    // serpapi
    &[
        Row { id: "serpapi_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"serp_api", true, 0),
            (b"serpapi", true, 0),
        ] },
    ],
    // serper
    &[
        Row { id: "serper_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"serper", true, 0),
        ] },
    ],
    // settlemint
    &[
        Row { id: "settlemint_application_access_token", aliases: &["settlemint-application-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sm_aat_", false, 1),
        ] },
        Row { id: "settlemint_personal_access_token", aliases: &["settlemint-personal-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sm_pat_", false, 1),
        ] },
        Row { id: "settlemint_service_access_token", aliases: &["settlemint-service-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sm_sat_", false, 1),
        ] },
    ],
    // shippo
    &[
        Row { id: "shippo_api_token", aliases: &["shippo-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"shippo_live_", false, 1),
            (b"shippo_test_", false, 1),
        ] },
    ],
    // shodan
    &[
        Row { id: "shodan_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"shodan", true, 0),
        ] },
    ],
    // shopify
    &[
        Row { id: "shopify_access_token", aliases: &["shopify-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"shpat_", false, 1),
        ] },
        Row { id: "shopify_custom_app_access_token", aliases: &["shopify-custom-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"shpca_", false, 1),
        ] },
        Row { id: "shopify_private_app_password", aliases: &["shopify-private-app-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"shppa_", false, 1),
        ] },
        Row { id: "shopify_app_secret", aliases: &["shopify-shared-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"shpss_", false, 1),
        ] },
        Row { id: "shopify_theme_access_password", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"shptka_", false, 1),
        ] },
        Row { id: "shopify_user_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"shpua_", false, 1),
        ] },
        Row { id: "shopify_refresh_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"shprt_", false, 1),
        ] },
        Row { id: "shopify_partner_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"prtapi_", false, 1),
        ] },
        Row { id: "shopify_cli_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"atkn_", false, 0),
        ] },
        Row { id: "shopify_customer_account_token", aliases: &[], max_len: 8000, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"shcat_", false, 1),
            (b"shcrt_", false, 1),
        ] },
        Row { id: "shopify_access_token_unprefixed", aliases: &["shopify-access-token", "shopify-shared-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"shopify", true, 0),
        ] },
    ],
    // sidekiq
    &[
        Row { id: "sidekiq_url", aliases: &["sidekiq-sensitive-url"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"http://", false, 1),
            (b"https://", false, 1),
        ] },
        Row { id: "sidekiq_bundler_credentials", aliases: &["sidekiq-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"BUNDLE_ENTERPRISE__CONTRIBSYS__C", false, 0),
            (b"BUNDLE_GEMS__CONTRIBSYS__COM", false, 0),
            (b"enterprise.contribsys.com", false, 0),
            (b"gems.contribsys.com", false, 0),
        ] },
    ],
    // siliconflow
    &[
        Row { id: "siliconflow_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"silicon_cloud", true, 0),
            (b"silicon_flow", true, 0),
            (b"siliconcloud", true, 0),
            (b"siliconflow", true, 0),
        ] },
    ],
    // slack
    &[
        Row { id: "slack_bot_token", aliases: &["slack-bot-token", "slack-legacy-bot-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xoxb-", false, 1),
        ] },
        Row { id: "slack_user_token", aliases: &["slack-user-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xoxe-", false, 1),
            (b"xoxp-", false, 1),
        ] },
        Row { id: "slack_app_level_token", aliases: &["slack-app-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xapp-", false, 1),
        ] },
        Row { id: "slack_configuration_access_token", aliases: &["slack-config-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xoxe.xoxb-", false, 1),
            (b"xoxe.xoxp-", false, 1),
        ] },
        Row { id: "slack_configuration_refresh_token", aliases: &["slack-config-refresh-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xoxe-", false, 1),
        ] },
        Row { id: "slack_legacy_token", aliases: &["slack-legacy-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xoxo-", false, 1),
            (b"xoxs-", false, 1),
        ] },
        Row { id: "slack_legacy_workspace_token", aliases: &["slack-legacy-workspace-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xoxa-", false, 0),
            (b"xoxr-", false, 0),
        ] },
        Row { id: "slack_webhook_url", aliases: &["slack-webhook-url"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hooks.slack.com/", false, 0),
        ] },
        Row { id: "slack_signing_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"slack", true, 0),
        ] },
    ],
    // smartsheet
    &[
        Row { id: "smartsheet_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"smartsheet", true, 0),
        ] },
    ],
    // snowflake
    &[
        Row { id: "snowflake_programmatic_access_token", aliases: &[], max_len: 4000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"snowflake", true, 0),
        ] },
    ],
    // snyk
    &[
        Row { id: "snyk_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"snyk_sat.", false, 1),
            (b"snyk_uat.", false, 1),
        ] },
        Row { id: "snyk_api_token", aliases: &["snyk-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"snyk", true, 0),
        ] },
    ],
    // sonar
    &[
        Row { id: "sonar_token", aliases: &["sonar-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sqa_", false, 32),
            (b"sqp_", false, 32),
            (b"squ_", false, 32),
        ] },
        Row { id: "sonar_scoped_organization_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sqco_", false, 1),
        ] },
        Row { id: "sonar_token_unprefixed", aliases: &["sonar-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sonar", true, 0),
        ] },
    ],
    // sourcegraph
    &[
        Row { id: "sourcegraph_access_token", aliases: &["sourcegraph-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sgp_", false, 32),
            (b"sgp_local_", false, 1),
        ] },
        Row { id: "sourcegraph_license_or_gateway_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sgd_", false, 32),
            (b"slk_", false, 32),
        ] },
        Row { id: "sourcegraph_access_token_unprefixed", aliases: &["sourcegraph-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"SRC_ACCESS", false, 0),
            (b"sourcegraph", true, 0),
        ] },
    ],
    // splunk
    &[
        Row { id: "splunk_hec_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"HEC_TOKEN", false, 0),
            (b"hecToken", false, 0),
            (b"hec_token", false, 0),
            (b"splunk", true, 0),
        ] },
        Row { id: "splunk_observability_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sfx_", true, 0),
            (b"signalfx", true, 0),
            (b"splunk", true, 0),
            (b"x-sf-token", true, 0),
        ] },
    ],
    // spotify
    &[
        Row { id: "spotify_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"spotify", true, 0),
            (b"spotiy", true, 0),
        ] },
        Row { id: "spotify_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"spotify", true, 0),
        ] },
    ],
    // square
    &[
        Row { id: "square_access_token", aliases: &["square-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tEAAA", false, 1),
            (b"\tEQAA", false, 1),
            (b" EAAA", false, 1),
            (b" EQAA", false, 1),
            (b"\"EAAA", false, 1),
            (b"\"EQAA", false, 1),
            (b"\'EAAA", false, 1),
            (b"\'EQAA", false, 1),
            (b"(EAAA", false, 1),
            (b"(EQAA", false, 1),
            (b":EAAA", false, 1),
            (b":EQAA", false, 1),
            (b"=EAAA", false, 1),
            (b"=EQAA", false, 1),
            (b">EAAA", false, 1),
            (b">EQAA", false, 1),
            (b"EAAA", false, 32),
            (b"EQAA", false, 32),
            (b"\\nEAAA", false, 1),
            (b"\\nEQAA", false, 1),
            (b"\\rEAAA", false, 1),
            (b"\\rEQAA", false, 1),
            (b"\\tEAAA", false, 1),
            (b"\\tEQAA", false, 1),
        ] },
        Row { id: "square_personal_access_token", aliases: &["square-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sq0atp-", false, 1),
        ] },
        Row { id: "square_application_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sq0csp-", false, 1),
        ] },
        Row { id: "square_sandbox_token", aliases: &["square-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sandbox-sq0atb-", false, 1),
            (b"sandbox-sq0csb-", false, 1),
        ] },
    ],
    // squarespace
    &[
        Row { id: "squarespace_access_token", aliases: &["squarespace-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"squarespace", true, 0),
        ] },
    ],
    // stability
    &[
        Row { id: "stability_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"DREAMSTUDIO", false, 0),
            (b"dreamstudio", false, 0),
            (b"stability", true, 0),
        ] },
    ],
    // stackhawk
    &[
        Row { id: "stackhawk_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"hawk.", false, 1),
        ] },
    ],
    // statsig
    &[
        Row { id: "statsig_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"console-", false, 1),
            (b"secret-", false, 1),
        ] },
    ],
    // storyblok
    &[
        Row { id: "storyblok_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"storyblok", true, 0),
        ] },
    ],
    // stripe
    &[
        Row { id: "stripe_secret_key", aliases: &["stripe-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"rk_live_", false, 1),
            (b"rk_prod_", false, 1),
            (b"rk_test_", false, 1),
            (b"sk_live_", false, 1),
            (b"sk_prod_", false, 1),
            (b"sk_test_", false, 1),
        ] },
        Row { id: "stripe_webhook_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"whsec_", false, 1),
        ] },
    ],
    // stytch
    &[
        Row { id: "stytch_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"secret-live-", false, 1),
            (b"secret-test-", false, 1),
        ] },
    ],
    // sumologic
    &[
        Row { id: "sumologic_access_id", aliases: &["sumologic-access-id"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sumo", true, 0),
        ] },
        Row { id: "sumologic_access_key", aliases: &["sumologic-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sumo", true, 0),
        ] },
        Row { id: "sumologic_http_source_url", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sumologic.com/receiver/v1/", false, 1),
        ] },
        Row { id: "sumologic_installation_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"sumo", true, 0),
        ] },
    ],
    // sumup
    &[
        Row { id: "sumup_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sup_sk_", false, 1),
        ] },
    ],
    // supabase
    &[
        Row { id: "supabase_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sbp_", false, 32),
            (b"sbp_oauth_", false, 1),
        ] },
        Row { id: "supabase_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sb_secret_", false, 1),
        ] },
        Row { id: "supabase_publishable_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sb_publishable_", false, 1),
        ] },
        Row { id: "supabase_service_role_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"eyJhbGciOiJIUzI1NiIsInR5cCI6IkpX", false, 0),
        ] },
    ],
    // svix
    &[
        Row { id: "svix_test_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"testsk_", false, 1),
        ] },
        Row { id: "svix_auth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"svix", true, 0),
        ] },
    ],
    // tailscale
    &[
        Row { id: "tailscale_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tskey-api-", false, 1),
            (b"tskey-auth-", false, 1),
            (b"tskey-client-", false, 1),
            (b"tskey-scim-", false, 1),
            (b"tskey-webhook-", false, 1),
        ] },
        Row { id: "tailscale_key_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tskey-", false, 1),
        ] },
    ],
    // tally
    &[
        Row { id: "tally_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tly-", false, 28),
        ] },
    ],
    // tavily
    &[
        Row { id: "tavily_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tvly-", false, 1),
        ] },
    ],
    // teamcity
    &[
        Row { id: "teamcity_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"eyJ0eXAiOiAiVENWMiJ9.", false, 1),
        ] },
    ],
    // telegram
    &[
        Row { id: "telegram_bot_token", aliases: &["telegram-bot-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b" bot", false, 8),
            (b"\"bot", false, 8),
            (b"\'bot", false, 8),
            (b"/bot", false, 8),
            (b"=bot", false, 8),
            (b"Bot(", false, 0),
            (b"NewBotAPI(", false, 0),
            (b"TOKEN = ", false, 0),
            (b"TOKEN\": ", false, 0),
            (b"TOKEN(", false, 0),
            (b"TOKEN: ", false, 0),
            (b"TOKEN=", false, 0),
            (b"Updater(", false, 0),
            (b"access_token", true, 0),
            (b"aiogram", true, 0),
            (b"api_token", true, 0),
            (b"bot-token", true, 0),
            (b"bot.token", true, 0),
            (b"bot_key", true, 0),
            (b"bot_token", true, 0),
            (b"botfather", true, 0),
            (b"bottoken", true, 0),
            (b"telebot", true, 0),
            (b"telegraf", true, 0),
            (b"telegram", true, 0),
            (b"tg_bot", true, 0),
            (b"tg_token", true, 0),
            (b"tgbot", true, 0),
            (b"token = ", false, 0),
            (b"token\": ", false, 0),
            (b"token(", false, 0),
            (b"token: ", false, 0),
            (b"token=", false, 0),
        ] },
        Row { id: "telegram_bot_token_alone", aliases: &["telegram-bot-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b":AA", false, 32),
        ] },
    ],
    // tencent
    &[
        Row { id: "tencent_secret_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"AKID", false, 32),
        ] },
        Row { id: "tencent_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"cos_secret", true, 0),
            (b"qcloud", true, 0),
            (b"tencent", true, 0),
        ] },
    ],
    // thunderstore
    &[
        Row { id: "thunderstore_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tss_", false, 24),
        ] },
    ],
    // tigris
    &[
        Row { id: "tigris_secret_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tsec_", false, 0),
        ] },
    ],
    // tines
    &[
        Row { id: "tines_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"tines-", true, 0),
            (b"tines.", true, 0),
            (b"tines_", true, 0),
        ] },
    ],
    // tinybird
    &[
        Row { id: "tinybird_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"p.eyJ1IjogI", false, 1),
        ] },
    ],
    // todoist
    &[
        Row { id: "todoist_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"todoist", true, 0),
        ] },
    ],
    // together
    &[
        Row { id: "together_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tgp_v1_", false, 1),
        ] },
        Row { id: "together_api_key_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"together", true, 0),
        ] },
    ],
    // toggl
    &[
        Row { id: "toggl_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"toggl", true, 0),
        ] },
    ],
    // tolgee
    &[
        Row { id: "tolgee_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tgpak_", false, 1),
            (b"tgpat_", false, 1),
        ] },
    ],
    // travisci
    &[
        Row { id: "travisci_access_token", aliases: &["travisci-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"travis", true, 0),
        ] },
    ],
    // trello
    &[
        Row { id: "trello_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ATTA", false, 32),
        ] },
        Row { id: "trello_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"trello", true, 0),
        ] },
        Row { id: "trello_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"trello", true, 0),
        ] },
    ],
    // trigger-dev
    &[
        Row { id: "trigger_dev_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tr_dev_", false, 1),
            (b"tr_preview_", false, 1),
            (b"tr_prod_", false, 1),
            (b"tr_stg_", false, 1),
        ] },
        Row { id: "trigger_dev_personal_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tr_pat_", false, 1),
        ] },
    ],
    // tripo
    &[
        Row { id: "tripo_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tsk_", false, 32),
        ] },
    ],
    // turso
    &[
        Row { id: "turso_auth_token", aliases: &[], max_len: 2000, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"authtoken", true, 0),
            (b"database_auth_token", true, 0),
            (b"libsql", true, 0),
            (b"turso", true, 0),
        ] },
    ],
    // twelvelabs
    &[
        Row { id: "twelvelabs_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tlk_", false, 24),
        ] },
    ],
    // twilio
    &[
        Row { id: "twilio_account_credentials", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"AC0", false, 31),
            (b"AC1", false, 31),
            (b"AC2", false, 31),
            (b"AC3", false, 31),
            (b"AC4", false, 31),
            (b"AC5", false, 31),
            (b"AC6", false, 31),
            (b"AC7", false, 31),
            (b"AC8", false, 31),
            (b"AC9", false, 31),
            (b"ACa", false, 31),
            (b"ACb", false, 31),
            (b"ACc", false, 31),
            (b"ACd", false, 31),
            (b"ACe", false, 31),
            (b"ACf", false, 31),
        ] },
        Row { id: "twilio_api_key_sid", aliases: &["twilio-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"SK0", false, 31),
            (b"SK1", false, 31),
            (b"SK2", false, 31),
            (b"SK3", false, 31),
            (b"SK4", false, 31),
            (b"SK5", false, 31),
            (b"SK6", false, 31),
            (b"SK7", false, 31),
            (b"SK8", false, 31),
            (b"SK9", false, 31),
            (b"SKa", false, 31),
            (b"SKb", false, 31),
            (b"SKc", false, 31),
            (b"SKd", false, 31),
            (b"SKe", false, 31),
            (b"SKf", false, 31),
        ] },
        Row { id: "twilio_auth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"twilio", true, 0),
        ] },
        Row { id: "twilio_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"SK0", false, 31),
            (b"SK1", false, 31),
            (b"SK2", false, 31),
            (b"SK3", false, 31),
            (b"SK4", false, 31),
            (b"SK5", false, 31),
            (b"SK6", false, 31),
            (b"SK7", false, 31),
            (b"SK8", false, 31),
            (b"SK9", false, 31),
            (b"SKa", false, 31),
            (b"SKb", false, 31),
            (b"SKc", false, 31),
            (b"SKd", false, 31),
            (b"SKe", false, 31),
            (b"SKf", false, 31),
            (b"twilio", true, 0),
        ] },
    ],
    // twitch
    &[
        Row { id: "twitch_irc_oauth_token", aliases: &["twitch-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"oauth:", false, 1),
        ] },
        Row { id: "twitch_stream_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"live_", false, 1),
        ] },
        Row { id: "twitch_api_token", aliases: &["twitch-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"twitch", true, 0),
        ] },
    ],
    // twitter
    &[
        Row { id: "twitter_bearer_token", aliases: &["twitter-bearer-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"AAAAAAAAAAAAAAAAAAAA", false, 0),
        ] },
        Row { id: "twitter_oauth2_user_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"access_token", true, 0),
            (b"accesstoken", true, 0),
            (b"api.x.com", false, 0),
            (b"bearer ", true, 0),
            (b"refresh_token", true, 0),
            (b"refreshtoken", true, 0),
            (b"tweepy", true, 0),
            (b"twitter", true, 0),
            (b"x_api", true, 0),
        ] },
        Row { id: "twitter_access_token", aliases: &["twitter-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"access-token", true, 0),
            (b"access.token", true, 0),
            (b"access_token", true, 0),
            (b"accesstoken", true, 0),
            (b"oauth", true, 0),
            (b"tweepy", true, 0),
            (b"twitter", true, 0),
            (b"twtr", true, 0),
        ] },
        Row { id: "twitter_access_token_secret", aliases: &["twitter-access-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"access_secret", true, 0),
            (b"access_token_secret", true, 0),
            (b"access_tokensecret", true, 0),
            (b"accesssecret", true, 0),
            (b"accesstoken_secret", true, 0),
            (b"accesstokensecret", true, 0),
            (b"oauth_token_secret", true, 0),
            (b"tweepy", true, 0),
            (b"twitter", true, 0),
            (b"twtr", true, 0),
        ] },
        Row { id: "twitter_api_secret", aliases: &["twitter-api-secret"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"api_secret_key", true, 0),
            (b"consumer-secret", true, 0),
            (b"consumer.secret", true, 0),
            (b"consumer_key_secret", true, 0),
            (b"consumer_secret", true, 0),
            (b"consumersecret", true, 0),
            (b"tweepy", true, 0),
            (b"twitter", true, 0),
            (b"twtr", true, 0),
        ] },
        Row { id: "twitter_api_key", aliases: &["twitter-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"consumer-key", true, 0),
            (b"consumer.key", true, 0),
            (b"consumer_key", true, 0),
            (b"consumerkey", true, 0),
            (b"tweepy", true, 0),
            (b"twitter", true, 0),
            (b"twtr", true, 0),
        ] },
    ],
    // typeform
    &[
        Row { id: "typeform_personal_token", aliases: &["typeform-api-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"tfp_", false, 0),
        ] },
    ],
    // ubidots
    &[
        Row { id: "ubidots_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"A1E-", false, 32),
            (b"BBAU-", false, 1),
            (b"BBEU-", false, 1),
            (b"BBFF-", false, 1),
            (b"BBUS-", false, 1),
        ] },
    ],
    // unkey
    &[
        Row { id: "unkey_root_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"unkey_", false, 1),
        ] },
    ],
    // unsplash
    &[
        Row { id: "unsplash_access_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"unsplash", true, 0),
        ] },
    ],
    // uploadcare
    &[
        Row { id: "uploadcare_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"uploadcare", true, 0),
        ] },
    ],
    // upstash
    &[
        Row { id: "upstash_qstash_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"eyJVc2VySUQiOi", false, 0),
        ] },
        Row { id: "upstash_rest_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"KV_REST_API", false, 0),
            (b"upstash", true, 0),
        ] },
        Row { id: "upstash_management_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"upstash", true, 0),
        ] },
    ],
    // uptimerobot
    &[
        Row { id: "uptimerobot_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"uptime_robot", true, 0),
            (b"uptimerobot", true, 0),
        ] },
    ],
    // uri
    &[
        Row { id: "database_uri_password", aliases: &["generic-api-key"], max_len: 300, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"amqp+", true, 1),
            (b"amqp://", true, 0),
            (b"amqps://", true, 0),
            (b"cassandra://", true, 0),
            (b"clickhouse+", true, 1),
            (b"clickhouse://", true, 0),
            (b"clickhouses://", true, 0),
            (b"cockroachdb+", true, 1),
            (b"cockroachdb://", true, 0),
            (b"couchbase://", true, 0),
            (b"couchbases://", true, 0),
            (b"couchdb://", true, 0),
            (b"influxdb://", true, 0),
            (b"ldap://", true, 0),
            (b"ldaps://", true, 0),
            (b"mariadb+", true, 1),
            (b"mariadb://", true, 0),
            (b"memcached://", true, 0),
            (b"mongodb+", true, 1),
            (b"mongodb://", true, 0),
            (b"mqtt://", true, 0),
            (b"mqtts://", true, 0),
            (b"mssql+", true, 1),
            (b"mssql://", true, 0),
            (b"mysql+", true, 1),
            (b"mysql://", true, 0),
            (b"mysqlx://", true, 0),
            (b"nats://", true, 0),
            (b"neo4j+", true, 1),
            (b"neo4j://", true, 0),
            (b"oracle+", true, 1),
            (b"oracle://", true, 0),
            (b"postgres+", true, 1),
            (b"postgres://", true, 0),
            (b"postgresql+", true, 1),
            (b"postgresql://", true, 0),
            (b"rabbitmq://", true, 0),
            (b"redis+", true, 1),
            (b"redis://", true, 0),
            (b"rediss://", true, 0),
            (b"redshift+", true, 1),
            (b"redshift://", true, 0),
            (b"sftp://", true, 0),
            (b"smtp://", true, 0),
            (b"smtps://", true, 0),
            (b"snowflake+", true, 1),
            (b"snowflake://", true, 0),
            (b"sqlserver://", true, 0),
            (b"valkey://", true, 0),
            (b"valkeys://", true, 0),
        ] },
        Row { id: "uri_password", aliases: &["generic-api-key"], max_len: 300, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"://", false, 0),
        ] },
        Row { id: "jdbc_password", aliases: &["generic-api-key"], max_len: 500, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"jdbc:", false, 0),
        ] },
        Row { id: "connection_string_password", aliases: &["generic-api-key"], max_len: 600, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"addr =", true, 0),
            (b"addr=", true, 0),
            (b"address =", true, 0),
            (b"address=", true, 0),
            (b"data source =", true, 0),
            (b"data source=", true, 0),
            (b"datasource =", true, 0),
            (b"datasource=", true, 0),
            (b"driver =", true, 0),
            (b"driver=", true, 0),
            (b"host =", true, 0),
            (b"host=", true, 0),
            (b"provider =", true, 0),
            (b"provider=", true, 0),
            (b"server =", true, 0),
            (b"server=", true, 0),
            (b"uid =", true, 0),
            (b"uid=", true, 0),
            (b"user id =", true, 0),
            (b"user id=", true, 0),
            (b"userid =", true, 0),
            (b"userid=", true, 0),
            (b"username =", true, 0),
            (b"username=", true, 0),
        ] },
    ],
    // val-town
    &[
        Row { id: "val_town_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"vtwn_", false, 1),
        ] },
    ],
    // vantage
    &[
        Row { id: "vantage_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"vntg_tkn_", false, 1),
        ] },
    ],
    // vectara
    &[
        Row { id: "vectara_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"zqt_", false, 32),
            (b"zut_", false, 32),
            (b"zwt_", false, 32),
        ] },
    ],
    // veracode
    &[
        Row { id: "veracode_api_credential", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"vera01", false, 1),
        ] },
    ],
    // vercel
    &[
        Row { id: "vercel_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"vca_", false, 24),
            (b"vci_", false, 24),
            (b"vck_", false, 24),
            (b"vcp_", false, 24),
            (b"vcr_", false, 24),
        ] },
        Row { id: "vercel_blob_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"vercel_blob_rw_", false, 1),
        ] },
        Row { id: "vercel_deploy_hook", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"api.vercel.com/v1/integrations/d", false, 0),
        ] },
        Row { id: "vercel_token_unprefixed", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"NOW_TOKEN", false, 0),
            (b"vercel", true, 0),
            (b"zeit", true, 0),
        ] },
    ],
    // virustotal
    &[
        Row { id: "virustotal_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"VT_API", false, 0),
            (b"virus_total", true, 0),
            (b"virustotal", true, 0),
            (b"x-apikey", true, 0),
        ] },
    ],
    // vonage
    &[
        Row { id: "vonage_api_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"nexmo", true, 0),
            (b"vonage", true, 0),
        ] },
    ],
    // voyageai
    &[
        Row { id: "voyageai_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"voyage", true, 0),
        ] },
    ],
    // vultr
    &[
        Row { id: "vultr_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"vultr", true, 0),
        ] },
    ],
    // wakatime
    &[
        Row { id: "wakatime_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"waka_", false, 1),
        ] },
        Row { id: "wakatime_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"waka_ref_", false, 1),
            (b"waka_sec_", false, 1),
            (b"waka_tok_", false, 1),
        ] },
    ],
    // wandb
    &[
        Row { id: "wandb_api_key_v1", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"wandb_v1_", false, 1),
        ] },
        Row { id: "wandb_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"wandb", true, 0),
        ] },
    ],
    // webex
    &[
        Row { id: "webex_access_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ciscospark", true, 0),
            (b"webex", true, 0),
        ] },
        Row { id: "webex_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"webex", true, 0),
        ] },
    ],
    // webflow
    &[
        Row { id: "webflow_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"webflow", true, 0),
        ] },
    ],
    // wiz
    &[
        Row { id: "wiz_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"WizIo", false, 0),
            (b"wiz-", true, 0),
            (b"wiz.", true, 0),
            (b"wiz_", true, 0),
            (b"wizcli", true, 0),
            (b"wizio", false, 0),
        ] },
    ],
    // woocommerce
    &[
        Row { id: "woocommerce_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ck_", false, 32),
            (b"cs_", false, 32),
        ] },
    ],
    // workos
    &[
        Row { id: "workos_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"sk_a2V5Xz", false, 0),
            (b"sk_live_a2V5Xz", false, 0),
            (b"sk_test_a2V5Xz", false, 0),
        ] },
    ],
    // xai
    &[
        Row { id: "xai_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xai-", false, 32),
            (b"xai-token-", false, 1),
        ] },
    ],
    // xata
    &[
        Row { id: "xata_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xau_", false, 24),
        ] },
    ],
    // xendit
    &[
        Row { id: "xendit_secret_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"xnd_development_", false, 0),
            (b"xnd_production_", false, 0),
        ] },
    ],
    // yandex
    &[
        Row { id: "yandex_iam_token", aliases: &["yandex-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"\tc1.", false, 20),
            (b"\tt1.", false, 20),
            (b" c1.", false, 20),
            (b" t1.", false, 20),
            (b"\"c1.", false, 20),
            (b"\"t1.", false, 20),
            (b"%20c1.", false, 1),
            (b"%20t1.", false, 1),
            (b"\'c1.", false, 20),
            (b"\'t1.", false, 20),
            (b"(c1.", false, 20),
            (b"(t1.", false, 20),
            (b":c1.", false, 20),
            (b":t1.", false, 20),
            (b"=c1.", false, 20),
            (b"=t1.", false, 20),
            (b">c1.", false, 20),
            (b">t1.", false, 20),
            (b"\\nc1.", false, 1),
            (b"\\nt1.", false, 1),
            (b"\\rc1.", false, 1),
            (b"\\rt1.", false, 1),
            (b"\\tc1.", false, 1),
            (b"\\tt1.", false, 1),
            (b"`c1.", false, 20),
            (b"`t1.", false, 20),
            (b"bearer c1.", true, 1),
            (b"bearer t1.", true, 1),
            (b"c1.", false, 20),
            (b"t1.", false, 20),
        ] },
        Row { id: "yandex_api_key", aliases: &["yandex-api-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"AQVN", false, 32),
        ] },
        Row { id: "yandex_static_access_key", aliases: &["yandex-aws-access-token"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"access_key", true, 0),
            (b"accesskey", true, 0),
            (b"aws_", true, 0),
            (b"s3-access", true, 0),
            (b"s3-key", true, 0),
            (b"s3-secret", true, 0),
            (b"s3.access", true, 0),
            (b"s3.key", true, 0),
            (b"s3.secret", true, 0),
            (b"s3_access", true, 0),
            (b"s3_key", true, 0),
            (b"s3_secret", true, 0),
            (b"secret_access", true, 0),
            (b"secret_key", true, 0),
            (b"secretaccess_key", true, 0),
            (b"secretaccesskey", true, 0),
            (b"secretkey", true, 0),
            (b"static_key", true, 0),
            (b"statickey", true, 0),
            (b"yandex", true, 0),
            (b"yc-", true, 0),
            (b"yc.", true, 0),
            (b"yc_", true, 0),
        ] },
        Row { id: "yandex_oauth_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"y0_", false, 32),
            (b"y1_", false, 32),
            (b"y2_", false, 32),
            (b"y3_", false, 32),
        ] },
        Row { id: "yandex_oauth_token_older", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"oauth agaaa", true, 1),
            (b"oauth aqaaa", true, 1),
            (b"oauth-token", true, 0),
            (b"oauth.token", true, 0),
            (b"oauth_token", true, 0),
            (b"oauthtoken", true, 0),
            (b"yandex", true, 0),
        ] },
        Row { id: "yandex_smartcaptcha_server_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"ysc2_", false, 1),
        ] },
    ],
    // youtrack
    &[
        Row { id: "youtrack_permanent_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"perm-", false, 0),
            (b"perm:", false, 0),
        ] },
    ],
    // zapier
    &[
        Row { id: "zapier_webhook", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"hooks.zapier.com/hooks/", false, 0),
        ] },
    ],
    // zendesk
    &[
        Row { id: "zendesk_secret_key", aliases: &["zendesk-secret-key"], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"zendesk", true, 0),
        ] },
        Row { id: "zendesk_oauth_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"zendesk", true, 0),
        ] },
    ],
    // zerotier
    &[
        Row { id: "zerotier_api_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"ZT_API", false, 0),
            (b"ZT_CENTRAL", false, 0),
            (b"ZT_TOKEN", false, 0),
            (b"zerotier", true, 0),
        ] },
    ],
    // zhipu
    &[
        Row { id: "zhipu_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"bigmodel", true, 0),
            (b"chatglm", true, 0),
            (b"glm-", true, 0),
            (b"glm_", true, 0),
            (b"z.ai", true, 0),
            (b"zai", true, 0),
            (b"zhipu", true, 0),
        ] },
    ],
    // zoho
    &[
        Row { id: "zoho_token", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"1000.", false, 1),
        ] },
        Row { id: "zoho_client_id", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"1000.", false, 1),
        ] },
        Row { id: "zoho_client_secret", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"zoho", true, 0),
        ] },
    ],
    // zulip
    &[
        Row { id: "zulip_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"zulip", true, 0),
        ] },
        Row { id: "zulip_rc_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: false, literals: &[
            (b"[api]", false, 0),
        ] },
    ],
    // zuplo
    &[
        Row { id: "zuplo_api_key", aliases: &[], max_len: 16384, takes_custom_prefix: false, is_bounded: true, literals: &[
            (b"zpka_", false, 1),
        ] },
    ],
];
