//! The endpoints, by topic.

mod admin_token;
mod agents;
mod deploy;
mod hooks;
mod instance;
mod jobs;
mod keys;
mod manage;
mod others;
mod personal;
mod places;
mod resource;
mod runners;
mod service_accounts;
mod triggers;
mod users;
mod variables;

use jiff::Timestamp;

use crate::reply::Reply;
use crate::routes::{Call, Route};

/// The routes of all topics.
pub(crate) const TABLES: &[&[Route]] = &[
    admin_token::ROUTES,
    agents::ROUTES,
    deploy::ROUTES,
    hooks::ROUTES,
    instance::ROUTES,
    jobs::ROUTES,
    keys::ROUTES,
    manage::ROUTES,
    others::ROUTES,
    personal::ROUTES,
    places::ROUTES,
    resource::ROUTES,
    runners::ROUTES,
    service_accounts::ROUTES,
    triggers::ROUTES,
    users::ROUTES,
    variables::ROUTES,
];

/// Reads a parameter that is a time.
///
/// # Errors
///
/// 400 for what is no time and no date.
pub(crate) fn time_parameter(call: &Call<'_>, name: &str) -> Result<Option<Timestamp>, Reply> {
    let Some(text) = call.request.text(name).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    personal::instant(&text).map(Some).map_err(|_| Reply::parameter(&format!("{name} is invalid")))
}
