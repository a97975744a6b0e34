//! The built-in rules of Tokensieve, as data.
//!
//! One `<provider>.toml` holds the rules of a provider, one `<provider>.cases.toml` beside it the examples that
//! every rule must find and the near misses that it must not report. This crate only carries the texts;
//! `tokensieve-core` reads them.
#![forbid(unsafe_code)]
#![deny(missing_docs)]

/// One provider's files.
#[derive(Clone, Copy, Debug)]
#[non_exhaustive]
pub struct Provider {
    /// The provider's name, which is also the name of its files: `gitlab` for `gitlab.toml`.
    pub name: &'static str,
    /// The text of `<name>.toml`.
    pub rules: &'static str,
    /// The text of `<name>.cases.toml`.
    pub cases: &'static str,
}

/// All providers, sorted by name.
pub const PROVIDERS: &[Provider] = &[
    Provider {
        name: "config-files",
        rules: include_str!("config-files.toml"),
        cases: include_str!("config-files.cases.toml"),
    },
    Provider { name: "generic", rules: include_str!("generic.toml"), cases: include_str!("generic.cases.toml") },
    Provider { name: "gitlab", rules: include_str!("gitlab.toml"), cases: include_str!("gitlab.cases.toml") },
    Provider { name: "http", rules: include_str!("http.toml"), cases: include_str!("http.cases.toml") },
    Provider {
        name: "private-keys",
        rules: include_str!("private-keys.toml"),
        cases: include_str!("private-keys.cases.toml"),
    },
    Provider { name: "uri", rules: include_str!("uri.toml"), cases: include_str!("uri.cases.toml") },
];
