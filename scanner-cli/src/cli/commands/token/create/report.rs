//! The report of a creation: JSON for programs, text for people.

use std::io::{self, Write};

use serde::Serialize;
use tokensieve_core::escape;
use tokensieve_core::report::write_json;

use crate::cli::commands::token::report::TokenFormat;
use crate::gitlab::rotate::{Creation, Draft, State};

const VERSION: u32 = 1;

/// What was to be made, and what became of it.
pub(super) struct Row<'a> {
    pub(super) draft: &'a Draft,
    pub(super) creation: &'a Creation,
    /// Command lines that revoke what nobody has the value of.
    pub(super) revoke: Vec<String>,
    /// What to do when it leaks.
    pub(super) leaked: &'static str,
}

/// What keys a creation has.
#[derive(Serialize)]
struct CreationForm<'a> {
    kind: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<u64>,
    name: &'a str,
    state: &'a str,
    call: String,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    scopes: &'a [String],
    #[serde(skip_serializing_if = "Option::is_none")]
    access_level: Option<u32>,
    #[serde(skip_serializing_if = "Option::is_none")]
    account_id: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    expires_at: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    secret_file: Option<String>,
    #[serde(skip_serializing_if = "str::is_empty")]
    reason: &'a str,
    #[serde(skip_serializing_if = "<[_]>::is_empty")]
    revoke: &'a [String],
    leaked: &'a str,
}

impl<'a> CreationForm<'a> {
    fn new(row: &'a Row<'_>) -> Self {
        let Row { draft, creation, .. } = row;
        let file = creation.secret_file.as_ref();
        Self {
            kind: draft.kind.name(),
            id: creation.id,
            name: &draft.name,
            state: creation.state.as_str(),
            call: call(draft),
            scopes: &draft.scopes,
            access_level: draft.role,
            account_id: creation.account_id,
            expires_at: creation.expires_at.as_deref(),
            secret_file: file.map(|file| file.to_string_lossy().into_owned()),
            reason: &creation.reason,
            revoke: &row.revoke,
            leaked: row.leaked,
        }
    }
}

fn call(draft: &Draft) -> String {
    format!("{} /api/v4{}", draft.call.method, draft.call.path)
}

/// Writes the report.
pub(super) fn write(row: &Row<'_>, format: TokenFormat, out: &mut dyn Write) -> io::Result<()> {
    if format == TokenFormat::Text {
        return write_text(row, out);
    }
    write!(out, r#"{{"version":{VERSION},"creations":["#)?;
    out.write_all(b"\n")?;
    write_json(&CreationForm::new(row), out)?;
    writeln!(out, "\n],\"complete\":{}}}", row.creation.is_complete)
}

fn write_text(row: &Row<'_>, out: &mut dyn Write) -> io::Result<()> {
    let Row { draft, creation, .. } = row;
    let name = escape(draft.name.chars());
    write!(out, "{} {name}: {}", draft.kind.name(), creation.state.as_str())?;
    if let Some(id) = creation.id {
        write!(out, ", id {id}")?;
    }
    if let Some(path) = &creation.secret_file {
        let verb = if creation.state == State::Planned { "to" } else { "in" };
        write!(out, ", {verb} {}", escape(path.to_string_lossy().chars()))?;
    }
    if !creation.reason.is_empty() {
        write!(out, ": {}", creation.reason)?;
    }
    writeln!(out)?;
    let lines = [
        ("call", Some(call(draft))),
        ("scopes", Some(draft.scopes.join(" ")).filter(|text| !text.is_empty())),
        ("access level", draft.role.map(|role| role.to_string())),
        ("expires", creation.expires_at.clone()),
        ("when it leaks", Some(row.leaked.to_owned())),
    ];
    for (title, text) in lines.iter().filter_map(|(title, text)| Some((title, text.as_ref()?))) {
        writeln!(out, "  {title}: {}", escape(text.chars()))?;
    }
    row.revoke.iter().try_for_each(|line| writeln!(out, "  revoke: {}", escape(line.chars())))
}
