//! Whether a value is a token of GitLab.

use tokensieve_core::{Scanner, Secret};

use crate::gitlab::{Kind, Token};

/// Whether the whole value is an access token: personal, impersonation, of a project, a group or a
/// service account.
pub(super) fn is_access_token(scanner: &Scanner, value: &[u8]) -> bool {
    scanner.find(value).iter().any(|matched| {
        let is_whole = matched.span().len() == value.len();
        let token = Token::new(matched.rule(), Secret::new(value), matched.facts().clone());
        let kind = token.filter(|_| is_whole).map(|token| token.kind());
        matches!(kind, Some(Kind::PersonalAccessToken | Kind::RoutableToken))
    })
}
