//! Groups, projects and members; audit events; job token scopes.

use serde_json::{Value, json};

use crate::access::{GUEST, MAINTAINER, OWNER, Place};
use crate::core::{Core, add};
use crate::profile::Tier;
use crate::records::{AuditEvent, Member};
use crate::render::{stamp, with};
use crate::reply::{Outcome, Reply};
use crate::routes::{Call, READ, Route, WRITE};

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", "/api/v4/groups", READ, groups).granted("read_group"),
    Route::new("GET", "/api/v4/groups/:id", READ, group).granted("read_group"),
    Route::new("GET", "/api/v4/groups/:id/descendant_groups", READ, descendants),
    Route::new("GET", "/api/v4/groups/:id/projects", READ, group_projects).granted("read_project"),
    Route::new("GET", "/api/v4/projects", READ, projects).granted("read_project"),
    Route::new("GET", "/api/v4/projects/:id", READ, project).granted("read_project"),
    Route::new("GET", "/api/v4/projects/:id/members", READ, members),
    Route::new("GET", "/api/v4/groups/:id/members", READ, members),
    Route::new("POST", "/api/v4/projects/:id/members", WRITE, add_member),
    Route::new("POST", "/api/v4/groups/:id/members", WRITE, add_member),
    Route::new("GET", "/api/v4/projects/:id/members/all", READ, all_members),
    Route::new("GET", "/api/v4/groups/:id/members/all", READ, all_members),
    Route::new("GET", "/api/v4/projects/:id/job_token_scope", READ, job_token_scope),
    Route::new("GET", "/api/v4/projects/:id/job_token_scope/allowlist", READ, allowed_projects),
    Route::new(
        "GET",
        "/api/v4/projects/:id/job_token_scope/groups_allowlist",
        READ,
        allowed_groups,
    ),
    Route::new("GET", "/api/v4/audit_events", READ, audit).tier(Tier::Premium),
    Route::new("GET", "/api/v4/groups/:id/audit_events", READ, audit_of).tier(Tier::Premium),
    Route::new("GET", "/api/v4/projects/:id/audit_events", READ, audit_of).tier(Tier::Premium),
];

fn group_page(call: &Call<'_>, wanted: impl Fn(u64) -> bool) -> Outcome {
    let ids = call.core.groups.keys().copied();
    let ids: Vec<u64> =
        ids.filter(|&id| call.level(Place::Group(id)) >= GUEST && wanted(id)).collect();
    call.keyset(&ids, |&id| id, |&id| call.core.show_group(id))
}

fn groups(call: &mut Call<'_>) -> Outcome {
    let top = call.flag("top_level_only") == Some(true);
    let is_top = |id| call.core.groups.get(&id).is_some_and(|group| group.parent_id.is_none());
    group_page(call, |id| !top || is_top(id))
}

fn group(call: &mut Call<'_>) -> Outcome {
    let place = call.place()?;
    let mut shown = call.core.show_group(place.id());
    if call.core.tier >= Tier::Premium
        && call.level(place) >= OWNER
        && let Some(group) = call.core.groups.get(&place.id())
    {
        let more = json!({
            "service_access_tokens_expiration_enforced":
                group.service_access_tokens_expiration_enforced,
            "ip_restriction_ranges": group.ip_restriction_ranges,
            "extended_grat_expiry_webhooks_execute": extended_expiry(call, place),
        });
        shown = with(shown, more);
    }
    Ok(Reply::json(200, &shown))
}

fn descendants(call: &mut Call<'_>) -> Outcome {
    let top = call.place()?.id();
    group_page(call, |id| id != top && call.core.is_below(Place::Group(id), top))
}

fn project_page(call: &Call<'_>, wanted: impl Fn(u64) -> bool) -> Outcome {
    let ids = call.core.projects.keys().copied();
    let ids: Vec<u64> =
        ids.filter(|&id| call.level(Place::Project(id)) >= GUEST && wanted(id)).collect();
    call.keyset(&ids, |&id| id, |&id| call.core.show_project_briefly(id))
}

fn projects(call: &mut Call<'_>) -> Outcome {
    let membership = call.flag("membership") == Some(true);
    let user = call.caller.user_id;
    project_page(call, |id| !membership || call.core.level(user, Place::Project(id)) > 0)
}

fn group_projects(call: &mut Call<'_>) -> Outcome {
    let group = call.place()?.id();
    let below = call.flag("include_subgroups") == Some(true);
    project_page(call, |id| {
        let own = call.core.projects.get(&id).and_then(|project| project.group_id);
        own == Some(group) || below && call.core.is_below(Place::Project(id), group)
    })
}

fn project(call: &mut Call<'_>) -> Outcome {
    let place = call.place()?;
    let notice = json!({"extended_prat_expiry_webhooks_execute": extended_expiry(call, place)});
    let more = if call.core.since(17, 9) { notice } else { json!({}) };
    let shown = with(call.core.show_project_briefly(place.id()), more);
    Ok(Reply::json(200, &with(shown, repository(call.core, place.id()))))
}

/// Shows where a project is cloned from.
fn repository(core: &Core, id: u64) -> Value {
    let path = core.project_path(id);
    let (above, _) = path.rsplit_once('/').unwrap_or_default();
    let host = core.url.split_once("://").map_or("", |(_, rest)| rest);
    let group = core.projects.get(&id).and_then(|project| project.group_id);
    let group = group.and_then(|group| core.groups.get(&group));
    json!({
        "default_branch": "main",
        "avatar_url": null,
        "ci_config_path": null,
        "ssh_url_to_repo": format!("ssh://git@{host}/{path}.git"),
        "http_url_to_repo": format!("{}/{path}.git", core.url),
        "namespace": {
            "id": group.map_or(0, |group| group.id),
            "name": group.map_or(above, |group| &group.name),
            "path": above.rsplit('/').next(),
            "kind": if group.is_some() { "group" } else { "user" },
            "full_path": above,
        },
    })
}

/// Tells whether the place's hooks hear of tokens that expire 60 and 30 days ahead.
fn extended_expiry(call: &Call<'_>, place: Place) -> bool {
    let hooks = call.core.hooks.values();
    let mut hooks = hooks.filter(|hook| place.holds(hook.project_id, hook.group_id));
    hooks.any(|hook| hook.extended_expiry)
}

fn show_member(core: &Core, member: &Member) -> Value {
    let more = json!({
        "access_level": member.access_level,
        "expires_at": member.expires_at.map(|day| day.to_string()),
    });
    with(core.show_user(member.user_id), more)
}

fn members(call: &mut Call<'_>) -> Outcome {
    let place = call.place()?;
    let rows = call.core.members.values();
    let rows = rows.filter(|member| place.holds(member.project_id, member.group_id));
    let rows: Vec<Member> = rows.cloned().collect();
    call.page(&rows, |member| show_member(call.core, member))
}

fn add_member(call: &mut Call<'_>) -> Outcome {
    let level = match call.place()? {
        Place::Project(_) => MAINTAINER,
        Place::Group(_) => OWNER,
    };
    let place = call.place_at(level, Reply::forbidden)?;
    let user_id = call.required("user_id")?;
    let user_id = user_id.parse().map_err(|_| Reply::parameter("user_id is invalid"))?;
    let access_level = call.required("access_level")?;
    let levels = [10, 15, 20, 30, 40, 50];
    let access_level = access_level.parse().ok().filter(|level| levels.contains(level));
    let invalid = || Reply::parameter("access_level does not have a valid value");
    let access_level = access_level.ok_or_else(invalid)?;
    if !call.core.users.contains_key(&user_id) {
        return Err(Reply::not_found("User"));
    }
    let is_own = |member: &Member| {
        member.user_id == user_id && place.holds(member.project_id, member.group_id)
    };
    if call.core.members.values().any(is_own) {
        return Err(Reply::message(409, "Member already exists"));
    }
    let (project_id, group_id) = place.ids();
    let member = Member { user_id, access_level, project_id, group_id, ..Member::default() };
    let shown = show_member(call.core, &member);
    add(&mut call.core.members, member);
    Ok(Reply::json(201, &shown))
}

/// Lists direct and inherited members, each once with the highest level.
fn all_members(call: &mut Call<'_>) -> Outcome {
    let place = call.place()?;
    let users = call.core.users.keys().copied();
    let rows = users.filter_map(|user_id| {
        let access_level = call.core.level(user_id, place);
        (access_level > 0).then(|| Member { user_id, access_level, ..Member::default() })
    });
    let rows: Vec<Member> = rows.collect();
    call.page(&rows, |member| show_member(call.core, member))
}

fn scoped(call: &Call<'_>) -> Result<crate::records::Project, Reply> {
    let place = call.place_at(MAINTAINER, Reply::forbidden)?;
    let project = call.core.projects.get(&place.id()).cloned();
    project.ok_or_else(|| Reply::not_found("Project"))
}

fn job_token_scope(call: &mut Call<'_>) -> Outcome {
    let inbound = scoped(call)?.job_token_inbound.unwrap_or(true);
    Ok(Reply::json(200, &json!({"inbound_enabled": inbound, "outbound_enabled": false})))
}

fn allowed_projects(call: &mut Call<'_>) -> Outcome {
    let project = scoped(call)?;
    let own = [project.id];
    let rows: Vec<u64> = own.into_iter().chain(project.job_token_projects).collect();
    call.page(&rows, |&id| call.core.show_project_briefly(id))
}

fn allowed_groups(call: &mut Call<'_>) -> Outcome {
    let rows = scoped(call)?.job_token_groups;
    call.page(&rows, |&id| call.core.show_group_briefly(id))
}

fn show_event(core: &Core, event: &AuditEvent) -> Value {
    let author = core.users.get(&event.author_id).map(|user| user.name.clone());
    let path = match event.entity_type.as_str() {
        "Project" => core.project_path(event.entity_id),
        "Group" => core.group_path(event.entity_id),
        _ => String::new(),
    };
    json!({
        "id": event.id,
        "author_id": event.author_id,
        "entity_id": event.entity_id,
        "entity_type": event.entity_type,
        "event_name": event.event_name,
        "details": {
            "custom_message": event.message,
            "author_name": author,
            "target_id": event.target_id,
            "target_type": "PersonalAccessToken",
            "target_details": event.target_id.to_string(),
            "ip_address": event.ip_address,
            "entity_path": path,
        },
        "created_at": stamp(event.created_at),
    })
}

fn events(call: &Call<'_>, wanted: impl Fn(&AuditEvent) -> bool) -> Outcome {
    let after = super::time_parameter(call, "created_after")?;
    let before = super::time_parameter(call, "created_before")?;
    let rows = call.core.audit_events.values().filter(|event| {
        wanted(event)
            && after.is_none_or(|time| event.created_at > time)
            && before.is_none_or(|time| event.created_at < time)
    });
    let rows: Vec<AuditEvent> = rows.cloned().collect();
    call.keyset(&rows, |event| event.id, |event| show_event(call.core, event))
}

fn audit(call: &mut Call<'_>) -> Outcome {
    call.caller.need_admin()?;
    let kind = call.request.text("entity_type");
    let entity = call.request.text("entity_id");
    events(call, |event| {
        kind.as_ref().is_none_or(|kind| *kind == event.entity_type)
            && entity.as_ref().is_none_or(|id| *id == event.entity_id.to_string())
    })
}

fn audit_of(call: &mut Call<'_>) -> Outcome {
    let (level, kind) = match call.place()? {
        Place::Project(_) => (MAINTAINER, "Project"),
        Place::Group(_) => (OWNER, "Group"),
    };
    let place = call.place_at(level, Reply::forbidden)?;
    events(call, |event| event.entity_type == kind && event.entity_id == place.id())
}
