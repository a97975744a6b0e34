//! `GET /job` with a job token, and who may use a project's job tokens.

use serde_json::{Value, json};

use crate::core::Core;
use crate::records::Job;
use crate::render::stamp;
use crate::reply::{Outcome, Reply};
use crate::routes::{Access, Call, Route};

pub(super) const ROUTES: &[Route] = &[Route::new("GET", "/api/v4/job", Access::Job, current)];

/// Shows a job.
pub(super) fn show(core: &Core, job: &Job) -> Value {
    let path = core.project_path(job.project_id);
    json!({
        "id": job.id,
        "status": job.status,
        "stage": "test",
        "name": job.name,
        "ref": "main",
        "tag": false,
        "coverage": null,
        "allow_failure": false,
        "created_at": stamp(job.created_at),
        "started_at": stamp(job.created_at),
        "finished_at": null,
        "erased_at": null,
        "user": core.show_user_fully(job.user_id, false),
        "web_url": format!("{}/{path}/-/jobs/{}", core.url, job.id),
        "project": {"ci_job_token_scope_enabled": false},
        "tag_list": [],
    })
}

fn current(call: &mut Call<'_>) -> Outcome {
    let id = call.caller.job_id.ok_or_else(Reply::unauthorized)?;
    let job = call.core.jobs.get(&id).ok_or_else(|| Reply::not_found("Job"))?;
    Ok(Reply::json(200, &show(call.core, job)))
}
