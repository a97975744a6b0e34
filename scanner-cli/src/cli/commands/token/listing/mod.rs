//! What commands that list credentials have in common: scopes, filters, policies.

mod end;
mod filter;
mod page;
mod policy;
mod scope;
mod unchecked;
mod values;

pub(super) use self::end::end;
pub(super) use self::filter::{FilterArgs, StateArgs};
pub(super) use self::page::{Page, PageAbout};
pub(super) use self::policy::PolicyArgs;
pub(super) use self::scope::ScopeArgs;
pub(super) use self::unchecked::Unchecked;

use tokensieve_core::Scanner;

use super::recognise::is_access_token;
use crate::gitlab::inventory::{self, Caller, Held, Request};
use crate::gitlab::policy::Policy;

/// Which tokens CI/CD variables of the scope hold, where the policy asks for it.
pub(super) fn held(
    policy: &Policy,
    request: &Request,
    scanner: &Scanner,
    caller: Caller<'_>,
) -> Option<Held> {
    let is_token = |value: &[u8]| is_access_token(scanner, value);
    let wants = policy.automation_variables;
    wants.then(|| inventory::held(caller, &request.scope, request.now, &is_token))
}
