//! CI/CD variables of projects, groups and the instance.

use serde_json::{Value, json};

use crate::access::{MAINTAINER, OWNER, Place};
use crate::core::{Core, add};
use crate::records::Variable;
use crate::reply::{Outcome, Reply};
use crate::routes::{Call, READ, Route, WRITE};

const PROJECT: &str = "/api/v4/projects/:id/variables";
const PROJECT_ONE: &str = "/api/v4/projects/:id/variables/:key";
const GROUP: &str = "/api/v4/groups/:id/variables";
const GROUP_ONE: &str = "/api/v4/groups/:id/variables/:key";
const ADMIN: &str = "/api/v4/admin/ci/variables";
const ADMIN_ONE: &str = "/api/v4/admin/ci/variables/:key";

pub(super) const ROUTES: &[Route] = &[
    Route::new("GET", PROJECT, READ, list),
    Route::new("POST", PROJECT, WRITE, create),
    Route::new("GET", PROJECT_ONE, READ, one),
    Route::new("PUT", PROJECT_ONE, WRITE, change),
    Route::new("DELETE", PROJECT_ONE, WRITE, delete),
    Route::new("GET", GROUP, READ, list),
    Route::new("POST", GROUP, WRITE, create),
    Route::new("GET", GROUP_ONE, READ, one),
    Route::new("PUT", GROUP_ONE, WRITE, change),
    Route::new("DELETE", GROUP_ONE, WRITE, delete),
    Route::new("GET", ADMIN, READ, list),
    Route::new("POST", ADMIN, WRITE, create),
    Route::new("GET", ADMIN_ONE, READ, one),
    Route::new("PUT", ADMIN_ONE, WRITE, change),
    Route::new("DELETE", ADMIN_ONE, WRITE, delete),
];

const AMBIGUOUS: &str = "409 Conflict: There are multiple variables with provided parameters. \
    Please use 'filter[environment_scope]'";

fn place(call: &Call<'_>) -> Result<Option<Place>, Reply> {
    if call.segment("id").is_empty() {
        call.caller.need_admin()?;
        return Ok(None);
    }
    let level = match call.place()? {
        Place::Project(_) => MAINTAINER,
        Place::Group(_) => OWNER,
    };
    call.place_at(level, Reply::forbidden).map(Some)
}

fn is_of(variable: &Variable, place: Option<Place>) -> bool {
    match place {
        Some(place) => place.holds(variable.project_id, variable.group_id),
        None => variable.project_id.is_none() && variable.group_id.is_none(),
    }
}

fn scope_of(variable: &Variable) -> &str {
    if variable.environment_scope.is_empty() { "*" } else { &variable.environment_scope }
}

fn show(core: &Core, variable: &Variable) -> Value {
    let kind = &variable.variable_type;
    let mut shown = json!({
        "variable_type": if kind.is_empty() { "env_var" } else { kind },
        "key": variable.key,
        "value": if variable.hidden { None } else { Some(&variable.value) },
        "protected": variable.protected,
        "masked": variable.masked,
        "raw": variable.raw,
        "description": variable.description,
    });
    if core.since(17, 4) {
        shown["hidden"] = json!(variable.hidden);
    }
    if variable.project_id.is_some() || variable.group_id.is_some() {
        shown["environment_scope"] = json!(scope_of(variable));
    }
    shown
}

fn list(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    let rows = call.core.variables.values().filter(|row| is_of(row, place));
    let rows: Vec<Variable> = rows.cloned().collect();
    call.page(&rows, |row| show(call.core, row))
}

/// Finds the variable of the path; of several, the filter has to name one.
fn find(call: &Call<'_>) -> Result<Variable, Reply> {
    let place = place(call)?;
    let nested = call.request.value("filter").and_then(|filter| filter.get("environment_scope"));
    let nested = nested.and_then(Value::as_str).map(str::to_owned);
    let scope = call.request.text("filter[environment_scope]").or(nested);
    let rows = call.core.variables.values().filter(|row| {
        is_of(row, place)
            && row.key == call.segment("key")
            && scope.as_ref().is_none_or(|scope| scope_of(row) == scope)
    });
    let rows: Vec<&Variable> = rows.collect();
    match rows.as_slice() {
        [] => Err(Reply::not_found("Variable")),
        [row] => Ok((*row).clone()),
        _ => Err(Reply::message(409, AMBIGUOUS)),
    }
}

fn one(call: &mut Call<'_>) -> Outcome {
    let variable = find(call)?;
    Ok(Reply::json(200, &show(call.core, &variable)))
}

/// Tells whether a value can be masked in logs.
fn maskable(value: &str, raw: bool) -> bool {
    let allowed = |byte: u8| byte.is_ascii_alphanumeric() || b"_:@-+.~=/".contains(&byte);
    value.len() >= 8 && !value.contains(char::is_whitespace) && (raw || value.bytes().all(allowed))
}

/// Sets what the parameters state.
fn set(call: &Call<'_>, variable: &mut Variable) -> Result<(), Reply> {
    if let Some(value) = call.request.text("value") {
        variable.value = value;
        variable.writes += 1;
    }
    variable.protected = call.flag("protected").unwrap_or(variable.protected);
    variable.masked = call.flag("masked").unwrap_or(variable.masked);
    variable.raw = call.flag("raw").unwrap_or(variable.raw);
    if let Some(scope) = call.request.text("environment_scope") {
        variable.environment_scope = scope;
    }
    if let Some(kind) = call.request.text("variable_type") {
        variable.variable_type = kind;
    }
    if let Some(description) = call.request.text("description") {
        variable.description = Some(description);
    }
    if variable.masked && !maskable(&variable.value, variable.raw) {
        return Err(Reply::message_of("value", "is invalid"));
    }
    Ok(())
}

fn create(call: &mut Call<'_>) -> Outcome {
    let place = place(call)?;
    let key = call.required("key")?;
    call.required("value")?;
    let (project_id, group_id) = place.map_or((None, None), Place::ids);
    let hidden = call.core.since(17, 4) && call.flag("masked_and_hidden").unwrap_or(false);
    let mut draft =
        Variable { project_id, group_id, key, hidden, masked: hidden, ..Variable::default() };
    set(call, &mut draft)?;
    let taken =
        call.core.variables.values().any(|row| {
            is_of(row, place) && row.key == draft.key && scope_of(row) == scope_of(&draft)
        });
    if taken {
        let text = format!("({}) has already been taken", draft.key);
        return Err(Reply::message_of("key", &text));
    }
    let id = add(&mut call.core.variables, draft);
    let variable = call.core.variables.get(&id).cloned().unwrap_or_default();
    Ok(Reply::json(201, &show(call.core, &variable)))
}

fn change(call: &mut Call<'_>) -> Outcome {
    let mut variable = find(call)?;
    set(call, &mut variable)?;
    let shown = show(call.core, &variable);
    call.core.variables.insert(variable.id, variable);
    Ok(Reply::json(200, &shown))
}

fn delete(call: &mut Call<'_>) -> Outcome {
    let id = find(call)?.id;
    call.core.variables.remove(&id);
    Ok(Reply::empty(204))
}
