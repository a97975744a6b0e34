//! Watches credentials: compares what an inventory lists with what earlier runs saw, and tells each
//! change once.
//!
//! A [`Watcher`] takes the entries of one run and leaves [`Notice`]s in the [`State`]. A [`Store`]
//! keeps the state in a file, under a lock, so that two runs at once tell each notice once. Notices
//! are on the disk before anybody hears of them; a run that is killed in between tells them again
//! under the same id, and none is lost.

mod event;
mod notice;
mod seen;
mod state;
mod store;
#[cfg(test)]
mod tests;
mod watcher;
mod webhook;

pub use self::event::{Bodies, Message};
pub use self::notice::{Channel, Event, Notice};
pub use self::seen::{Subject, SubjectOwner, SubjectPlace};
pub use self::state::State;
pub use self::store::{Store, StoreError};
pub use self::watcher::{Steps, Watcher};
pub use self::webhook::{Undelivered, Webhook};
