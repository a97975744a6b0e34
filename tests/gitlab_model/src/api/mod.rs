//! The endpoints, by topic.

mod admin_token;
mod deploy;
mod instance;
mod jobs;
mod personal;
mod runners;
mod triggers;

use jiff::Timestamp;

use crate::reply::Reply;
use crate::routes::{Call, Route};

/// The routes of all topics.
pub(crate) const TABLES: &[&[Route]] = &[
    personal::ROUTES,
    admin_token::ROUTES,
    deploy::ROUTES,
    instance::ROUTES,
    jobs::ROUTES,
    runners::ROUTES,
    triggers::ROUTES,
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
