//! Who made a token, when and from where, by audit events (Premium and Ultimate).

use std::collections::HashMap;

use jiff::{SignedDuration, Timestamp};

use super::build::moment;
use super::entry::{Entry, EntryKind, Made, Place};
use super::pages::Order;
use super::record::Record;
use super::scope::{Reach, instance};
use super::walk::{Call, Walk};
use crate::gitlab::percent_encoded;

/// Events of the instance are asked for in windows; GitLab refuses those of more than 30 days.
const WINDOW: SignedDuration = SignedDuration::from_hours(29 * 24);
/// No token that GitLab makes by its default lives longer than these windows reach back.
const WINDOWS: usize = 14;

/// Tokens by whether they are deploy tokens, which count on their own, and id.
pub(super) type Makers = HashMap<(bool, u64), Made>;

/// The key of an entry; none for kinds without such events.
pub(super) fn key(entry: &Entry) -> Option<(bool, u64)> {
    let is_deploy = entry.kind == EntryKind::DeployToken;
    (is_deploy || entry.kind.is_access_token()).then_some((is_deploy, entry.id))
}

impl Walk<'_> {
    /// Reads the events of all places, or those of the instance of the last 406 days.
    /// Memory grows with the tokens that have one.
    pub(super) fn makers(&self, places: &[Place]) -> Makers {
        let mut makers = Makers::new();
        if self.reach == Reach::Places {
            for place in places.iter().filter(|place| place.place_type != "user") {
                let kind = EntryKind::ProjectAccessToken;
                let call = Call::below(kind, place, "audit_events", Order::Key);
                self.note_makers(&call, &mut makers);
            }
            return makers;
        }
        let root = instance();
        let user = places.first().filter(|_| self.reach == Reach::User);
        let entity = user.map(|user| format!("&entity_type=User&entity_id={}", user.id));
        let mut before = self.builder.now;
        for _ in 0..WINDOWS {
            let Ok(after) = before.checked_sub(WINDOW) else { break };
            let time = |time: Timestamp| percent_encoded(&format!("{time:.3}"));
            // Both bounds leave out what happened at them.
            let until = before.checked_add(SignedDuration::from_secs(1)).unwrap_or(before);
            let path = format!(
                "/audit_events?created_after={}&created_before={}{}",
                time(after),
                time(until),
                entity.as_deref().unwrap_or_default()
            );
            let call = Call::below(EntryKind::PersonalAccessToken, &root, "", Order::Key);
            if !self.note_makers(&call.at(path, "/audit_events"), &mut makers) {
                // What one window is refused for, the others are, too.
                break;
            }
            before = after;
        }
        makers
    }

    /// Returns whether the list was read.
    fn note_makers(&self, call: &Call<'_>, makers: &mut Makers) -> bool {
        let read = self.lister.each(&call.path, call.order, &mut |record| {
            if let Some((key, made)) = self.made(record) {
                makers.insert(key, made);
            }
            true
        });
        read.map_err(|refusal| self.gap(&call.named, refusal, &call.place.path)).is_ok()
    }

    fn made(&self, record: Record) -> Option<((bool, u64), Made)> {
        let name = record.event_name?;
        let is_making = name.ends_with("_token_created") || name.ends_with("_token_issued");
        let details = record.details.filter(|_| is_making)?;
        let is_deploy = name.contains("deploy_token");
        // Access tokens are named by the message; the target can be their bot.
        let by_message = details
            .custom_message
            .as_deref()
            .and_then(|text| text.rsplit_once("token_id: "))
            .and_then(|(_, id)| id.trim().parse().ok());
        let target = details.target_id.as_u64();
        let id = by_message.or(target.filter(|_| is_deploy))?;
        let made = Made {
            author: self.builder.clean(details.author_name.as_deref().unwrap_or_default()),
            author_id: record.author_id,
            at: record.created_at.as_deref().and_then(moment),
            address: details.ip_address.map(|address| self.builder.clean(&address)),
        };
        Some(((is_deploy, id), made))
    }
}
