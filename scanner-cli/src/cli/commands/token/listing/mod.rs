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
