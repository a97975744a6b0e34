//! What a CI job should scan: the event that started it, and the commits that are missing in its
//! clone.

mod clone_settings;
mod connected;
mod event;
mod fetch;
mod fetch_folder;
mod git_command;
mod resolve;
mod trusted;

pub use self::event::{Base, Event, Plan, Platform, RangeOverride, default_branch, detect, server};
pub use self::fetch::{Fetching, Unresolved};
pub use self::resolve::{Resolved, resolve};
pub use self::trusted::Trusted;
