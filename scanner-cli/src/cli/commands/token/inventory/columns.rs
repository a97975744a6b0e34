//! The columns of tables.

use jiff::Timestamp;
use jiff::tz::Offset;

use crate::gitlab::inventory::{Details, Entry};

/// A column: its name, and what it shows of an entry.
pub(super) struct Column {
    pub(super) name: &'static str,
    pub(super) show: fn(&Entry) -> String,
}

const fn column(name: &'static str, show: fn(&Entry) -> String) -> Column {
    Column { name, show }
}

/// All columns, in the order of CSV.
pub(super) const COLUMNS: [Column; 19] = [
    column("kind", |entry| entry.kind.name().to_owned()),
    column("id", |entry| entry.id.to_string()),
    column("name", |entry| entry.name.clone()),
    column("state", |entry| entry.state.name().to_owned()),
    column("where", |entry| match &entry.place {
        Some(place) if place.path.is_empty() => place.place_type.to_owned(),
        Some(place) => place.path.clone(),
        None => String::new(),
    }),
    column("owner", |entry| {
        let owner = entry.owner.as_ref();
        owner.map_or_else(String::new, |owner| {
            owner.username.clone().unwrap_or_else(|| owner.id.to_string())
        })
    }),
    column("owner_type", |entry| {
        entry.owner.as_ref().map_or("", |owner| owner.owner_type.name()).to_owned()
    }),
    column("owner_state", |entry| {
        entry.owner.as_ref().map_or("", |owner| owner.state.name()).to_owned()
    }),
    column("role", |entry| entry.role.map_or_else(String::new, role)),
    column("scopes", |entry| {
        let permissions = entry.permissions.iter();
        entry.scopes.iter().chain(permissions).map(String::as_str).collect::<Vec<_>>().join(" ")
    }),
    column("created", |entry| day(entry.created_at)),
    column("expires", |entry| day(entry.expires_at)),
    column("last_used", |entry| day(entry.last_used_at)),
    column("ips", |entry| entry.last_used_ips.as_ref().map_or_else(String::new, |i| i.join(" "))),
    column("deleted_in", |entry| {
        entry.deleted_in_days.map_or_else(String::new, |days| days.to_string())
    }),
    column("place_type", |entry| {
        entry.place.as_ref().map_or("", |place| place.place_type).to_owned()
    }),
    column("place_id", |entry| {
        entry.place.as_ref().map_or_else(String::new, |place| place.id.to_string())
    }),
    column("made_by", |entry| {
        let made = entry.made_by.as_ref();
        made.map_or_else(String::new, |made| {
            let from = made.address.as_ref().map(|address| format!(" from {address}"));
            format!("{}{}", made.author, from.unwrap_or_default())
        })
    }),
    column("details", |entry| details(&entry.details)),
];

/// The column of a name.
pub(super) fn named(name: &str) -> Option<&'static Column> {
    COLUMNS.iter().find(|column| column.name == name)
}

/// The day of a time, in UTC.
fn day(time: Option<Timestamp>) -> String {
    time.map_or_else(String::new, |time| Offset::UTC.to_datetime(time).date().to_string())
}

/// The name of an access level; levels that have none are numbers.
fn role(level: u32) -> String {
    let name = match level {
        5 => "minimal",
        10 => "guest",
        15 => "planner",
        20 => "reporter",
        30 => "developer",
        40 => "maintainer",
        50 => "owner",
        _ => return level.to_string(),
    };
    name.to_owned()
}

/// Writes the fields that only some kinds have: `token=no signing_token=yes`.
fn details(details: &Details) -> String {
    let flags = [
        ("can_push", details.can_push),
        ("token", details.has_token),
        ("signing_token", details.has_signing_token),
        ("expiry_events", details.expiry_events),
        ("deploy_expiry_events", details.deploy_expiry_events),
        ("early_expiry_events", details.early_expiry_events),
        ("allowlist", details.allowlist),
    ];
    let told = flags.iter().filter_map(|(name, flag)| {
        flag.map(|flag| format!("{name}={}", if flag { "yes" } else { "no" }))
    });
    told.chain(details.fingerprint.clone()).collect::<Vec<_>>().join(" ")
}
