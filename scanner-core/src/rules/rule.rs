//! What a rule says. Reading rules from text is in [`crate::rules`], applying them in
//! [`crate::confirm`].

use crate::text::boundary::Boundary;
use crate::verdict::{Confidence, Severity};

/// The longest match of a rule that does not say otherwise, in bytes.
pub const DEFAULT_MAX_LEN: usize = 16 * 1024;

/// The longest `max_len` that a rule may ask for, in bytes. It bounds what a stream has to keep in
/// memory.
pub const MAX_RULE_MAX_LEN: usize = 64 * 1024;

/// GitLab's limit for a personal access token prefix, in bytes. Instance prefixes get the same.
pub(crate) const MAX_CUSTOM_PREFIX_LEN: usize = 20;

/// How far to the left of its literal the match of a rule can start whose proof finds the start, in
/// bytes: the longest payload of a routable token, 300, and its longest prefix.
pub(crate) const MAX_START_OFFSET: usize = 300 + MAX_CUSTOM_PREFIX_LEN + 9;

/// The longest match of a rule's `lead`, in bytes.
pub(crate) const MAX_LEAD_LEN: usize = 64;

/// Checks that a match carries its own evidence.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Proof {
    /// GitLab's routable tokens: checksum, length field, routing payload.
    GitlabRoutable,
    /// GitLab's tokens that are JWTs behind a prefix: three parts that decode, with GitLab's
    /// claims.
    GitlabJwt,
    /// GitHub's stateless installation tokens: the id of the app and a JWT behind a prefix.
    GithubJwt,
    /// JSON Web Tokens, also encoded in base64 again: three parts that decode.
    Jwt,
    /// GitHub's, npm's, NetBird's and Polar's tokens: they end in six digits of base62, the CRC-32
    /// of the body.
    #[serde(rename = "crc32-base62")]
    Crc32Base62,
    /// Matrix' tokens: behind the last `_` stand six digits of base62, the CRC-32 of all before it.
    #[serde(rename = "crc32-base62-of-all")]
    Crc32Base62OfAll,
    /// Confluent's secrets: they end in six characters of base64, the CRC-32 of the body.
    #[serde(rename = "crc32-base64")]
    Crc32Base64,
    /// Grafana's tokens: they end in eight hexadecimal digits, the CRC-32 of all before the last
    /// `_`.
    #[serde(rename = "crc32-hex")]
    Crc32Hex,
    /// Ids of AWS access keys. It proves nothing, but tells the account.
    AwsKeyId,
    /// Keys of Amazon Bedrock. It proves nothing, but tells the account, and the region and expiry
    /// of short-term keys.
    AwsBedrockKey,
    /// Private keys in PEM armour: the body decodes to the structure that its label promises. Those
    /// of Google's service accounts tell their project.
    PrivateKey,
    /// Microsoft's identifiable keys, found by the signature before their checksum: the checksum
    /// holds.
    AzureKey,
    /// Microsoft's common annotated keys, found by the signature in them: the checksum holds.
    AnnotatedKey,
    /// Client secrets of Entra: those with `8Q~` end in a part of a checksum.
    AzureClientSecret,
    /// Shared access signatures of Azure: the parameters of the query around them say what they are
    /// good for.
    AzureSas,
    /// Tokens of Python package indexes: a macaroon, which is complete.
    PypiToken,
    /// Sentry's organization tokens: a JSON object with its fields.
    SentryToken,
    /// Older API keys of Grafana: a JSON object with its fields.
    GrafanaApiKey,
    /// Tokens of Grafana Cloud: a JSON object with its fields.
    GrafanaCloudToken,
    /// Service account tokens of 1Password: a JSON object with its fields.
    #[serde(rename = "1password-token")]
    OnePasswordToken,
    /// Mapbox' tokens: a JSON object with its fields.
    MapboxToken,
    /// Tokens of Cloudflare's tunnels: a JSON object with its fields.
    CloudflareTunnelToken,
    /// Tokens of neptune.ai: a JSON object with its fields.
    NeptuneToken,
    /// Tinybird's tokens: a JSON object with its fields.
    TinybirdToken,
    /// Fly.io's tokens: a macaroon, which is complete.
    FlyioToken,
    /// Keys whose first words say `live`, `test`, `sandbox` or the like. It proves nothing, but
    /// tells the mode.
    Mode,
    /// Slack's app-level tokens and webhooks. It proves nothing, but tells the app or the
    /// workspace.
    SlackIds,
    /// Discord's bot tokens. It proves nothing, but tells the user.
    DiscordId,
    /// Telegram's bot tokens. It proves nothing, but tells the bot.
    TelegramId,
    /// JFrog's reference tokens. It proves nothing, but tells the expiry.
    JfrogExpiry,
}

impl Proof {
    /// Whether a rule's regex finds the end of a secret, and the proof says how far to the left it
    /// goes.
    pub(crate) fn finds_start(self) -> bool {
        matches!(self, Self::GitlabRoutable | Self::AzureKey | Self::AnnotatedKey)
    }

    /// Whether a checksum of 32 bits or more says where a token begins and ends. One that is proved
    /// is a token whatever is glued to it.
    pub(crate) fn is_checksum(self) -> bool {
        self.finds_start()
            || matches!(
                self,
                Self::Crc32Base62 | Self::Crc32Base62OfAll | Self::Crc32Base64 | Self::Crc32Hex
            )
    }
}

/// Judges a value that only what stands around it speaks for.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Filter {
    /// Only what a generator could have made is kept: no words, identifiers, paths, hashes or
    /// public data.
    Generated,
    /// A password that people chose: no fillers, no code, no words alone.
    Password,
    /// The password of `scheme://user:password@host`: generated ones are `likely`, others
    /// `possible`.
    Userinfo,
    /// `user:password` in base64.
    BasicAuth,
    /// A secret in base64.
    Base64,
}

/// How a rule finds its value where no regex can lead to it.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
#[non_exhaustive]
pub enum Syntax {
    /// The regex finds a word of a name; a lexer reads the name and the value that is assigned to
    /// it, in any syntax.
    NamedValue,
}

/// Which of GitLab's two prefix settings changes the prefix of this kind.
#[derive(Clone, Copy, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum CustomPrefix {
    /// The instance prefix is prepended with a hyphen: `acme-gldt-`.
    Instance,
    /// As `Instance`, and the personal access token prefix replaces `glpat-` altogether.
    PersonalAccessToken,
}

/// What to do when a secret of this kind has leaked.
///
/// ```
/// use tokensieve_core::RuleSet;
///
/// let rules = RuleSet::builtin();
/// let remediation = rules.get("gitlab_personal_access_token").unwrap().remediation();
/// assert!(remediation.api().contains("/personal_access_tokens/self"));
/// ```
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Remediation {
    pub(crate) ui: String,
    pub(crate) api: String,
}

impl Remediation {
    /// Where to revoke or rotate it by hand.
    #[must_use]
    pub fn ui(&self) -> &str {
        &self.ui
    }

    /// The API call that revokes or rotates it; empty where the provider has none.
    #[must_use]
    pub fn api(&self) -> &str {
        &self.api
    }
}

/// What another rule must find near a match for it to count.
#[derive(Clone, Debug, Eq, PartialEq, serde::Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Requirement {
    /// The id of the other rule.
    pub(crate) rule: String,
    /// How many lines away at most.
    pub(crate) within_lines: Option<u64>,
    /// How many columns away at most, in bytes.
    pub(crate) within_columns: Option<u64>,
}

/// One kind of secret: how to find it, what it can do, what to do when it leaks.
///
/// ```
/// use tokensieve_core::RuleSet;
///
/// let rules = RuleSet::builtin();
/// let rule = rules.get("gitlab_deploy_token").unwrap();
/// assert_eq!(rule.provider(), "gitlab");
/// assert_eq!(rule.prefixes(), ["gldt-"]);
/// ```
#[derive(Clone, Debug)]
pub struct Rule {
    pub(crate) id: String,
    pub(crate) provider: String,
    pub(crate) kind: String,
    pub(crate) name: String,
    pub(crate) description: String,
    pub(crate) severity: Severity,
    pub(crate) url: String,
    pub(crate) aliases: Vec<String>,
    pub(crate) prefixes: Vec<String>,
    pub(crate) regex: String,
    /// What stands before each match of the regex and belongs to the secret.
    pub(crate) lead: Option<String>,
    pub(crate) generated: Option<String>,
    pub(crate) left: Boundary,
    pub(crate) right: Boundary,
    pub(crate) proof: Option<Proof>,
    pub(crate) filter: Option<Filter>,
    pub(crate) syntax: Option<Syntax>,
    pub(crate) confidence: Confidence,
    pub(crate) custom_prefix: Option<CustomPrefix>,
    pub(crate) is_mixed_case: bool,
    pub(crate) is_chosen_by_humans: bool,
    pub(crate) min_entropy: Option<f64>,
    pub(crate) keywords: Option<Vec<String>>,
    pub(crate) path: Option<String>,
    pub(crate) secret_groups: Vec<usize>,
    pub(crate) entropy_above: Option<f64>,
    pub(crate) keeps_placeholders: bool,
    pub(crate) skips_report: bool,
    pub(crate) required: Vec<Requirement>,
    pub(crate) max_len: usize,
    pub(crate) remediation: Remediation,
}

impl Rule {
    /// The unique id. Where GitLab's own secret detection has an id for the kind, it is that one.
    #[must_use]
    pub fn id(&self) -> &str {
        &self.id
    }

    /// The name of the rule file: `gitlab`.
    #[must_use]
    pub fn provider(&self) -> &str {
        &self.provider
    }

    /// The kind of token. Several rules can find forms of one kind.
    #[must_use]
    pub fn kind(&self) -> &str {
        &self.kind
    }

    /// The name for people.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What the token can do.
    #[must_use]
    pub fn description(&self) -> &str {
        &self.description
    }

    /// How much it can do.
    #[must_use]
    pub fn severity(&self) -> Severity {
        self.severity
    }

    /// The provider's documentation of the kind.
    #[must_use]
    pub fn url(&self) -> &str {
        &self.url
    }

    /// The ids that other scanners have for the kind.
    #[must_use]
    pub fn aliases(&self) -> &[String] {
        &self.aliases
    }

    /// Whether a name is its id, or an id that other scanners give it.
    ///
    /// ```
    /// use tokensieve_core::RuleSet;
    ///
    /// let rules = RuleSet::builtin();
    /// assert!(rules.get("gitlab_deploy_token").unwrap().is_called(b"gitlab-deploy-token"));
    /// ```
    #[must_use]
    pub fn is_called(&self, name: impl AsRef<[u8]>) -> bool {
        let name = name.as_ref();
        self.id.as_bytes() == name || self.aliases.iter().any(|alias| alias.as_bytes() == name)
    }

    /// The public beginnings of the secret. They are no part of what is secret and survive
    /// redaction.
    #[must_use]
    pub fn prefixes(&self) -> &[String] {
        &self.prefixes
    }

    /// The regular expression of a match. A group named `secret` is what is reported, else the
    /// whole match.
    #[must_use]
    pub fn regex(&self) -> &str {
        &self.regex
    }

    /// The check that a match carries its own evidence, if there is one.
    #[must_use]
    pub fn proof(&self) -> Option<Proof> {
        self.proof
    }

    /// How the rule finds its value where no regex can lead to it.
    #[must_use]
    pub fn syntax(&self) -> Option<Syntax> {
        self.syntax
    }

    /// What judges a value that has no structure of its own, if something does.
    #[must_use]
    pub fn filter(&self) -> Option<Filter> {
        self.filter
    }

    /// The confidence of a match that no proof has decided.
    #[must_use]
    pub fn confidence(&self) -> Confidence {
        self.confidence
    }

    /// Whether people choose the value, so that its hash could be guessed.
    #[must_use]
    pub fn is_chosen_by_humans(&self) -> bool {
        self.is_chosen_by_humans
    }

    /// The least Shannon entropy of a secret without its prefix, in bits a byte. What has less is
    /// refuted.
    #[must_use]
    pub fn min_entropy(&self) -> Option<f64> {
        self.min_entropy
    }

    /// What must be near a match, one of them, in any case of letters. With an empty list, `regex`
    /// runs everywhere.
    #[must_use]
    pub fn keywords(&self) -> &[String] {
        self.keywords.as_deref().unwrap_or_default()
    }

    /// A regex that is found in the paths of the files that the rule is about, where these are not
    /// all.
    #[must_use]
    pub fn path(&self) -> Option<&str> {
        self.path.as_deref()
    }

    /// Everything that is shown beside a finding.
    pub(crate) fn texts(&mut self) -> impl Iterator<Item = &mut String> {
        let Self { id, provider, kind, name, description, url, aliases, remediation, .. } = self;
        let Remediation { ui, api } = remediation;
        [id, provider, kind, name, description, url, ui, api].into_iter().chain(aliases)
    }

    /// Whether a word to the left of where a match begins rules it out, whatever else there is.
    pub(crate) fn is_bounded_on_the_left(&self) -> bool {
        self.left != Boundary::None
            && self.custom_prefix.is_none()
            && !self.finds_start()
            && !self.has_checksum()
    }

    /// Whether a checksum can prove a match, whatever is glued to it.
    pub(crate) fn has_checksum(&self) -> bool {
        self.proof.is_some_and(Proof::is_checksum)
    }

    /// Whether a match begins somewhere before its literal.
    pub(crate) fn finds_start(&self) -> bool {
        self.lead.is_some() || self.proof.is_some_and(Proof::finds_start)
    }

    /// Whether the path alone is what is found.
    #[must_use]
    pub fn is_path_only(&self) -> bool {
        self.regex.is_empty()
    }

    /// The longest match, in bytes.
    #[must_use]
    pub fn max_len(&self) -> usize {
        self.max_len
    }

    /// What to do when it has leaked.
    #[must_use]
    pub fn remediation(&self) -> &Remediation {
        &self.remediation
    }

    /// Whether the rule finds its secrets by a public prefix, not by what stands around them.
    #[must_use]
    pub fn is_self_identifying(&self) -> bool {
        !self.prefixes.is_empty()
    }
}
