//! Rotates tokens so that no value is lost and nothing is rotated twice.
//!
//! GitLab rotates all or nothing; what can get lost is the answer. So the file of the new secret
//! and a line of the journal are on the disk before the one call, nothing is sent twice, and what
//! became of a call without an answer is found out by reading. A revoked token that calls the
//! rotation again would kill all its successors: an old secret is never used for a second call.

mod api;
mod call;
mod create;
mod journal;
mod outcome;
mod plan;
mod record;
mod recover;
mod revoke;
mod rotator;
mod scope;
mod secret_file;
mod swap;
mod target;
mod variable;

pub use self::api::{Caller, CallerError, Refusal};
pub use self::create::{
    Account, AccountDraft, AccountOutcome, Creation, Creator, Draft, Fill, Membership,
};
pub use self::journal::{Entry, Event, Journal, JournalError};
pub use self::outcome::{Plan, Rotation, Settings, State};
pub use self::plan::{Planner, day_after, plan_notes};
pub use self::record::{LastUse, Record};
pub use self::revoke::{By, End, Revocation, Revoker};
pub use self::rotator::{Rotator, last_of, last_of_secret, plan_of_entry, standing};
pub use self::scope::{Identity, Scope, identify};
pub use self::secret_file::SecretFile;
pub use self::target::{Located, Place, Target, TargetKind, Way};
pub use self::variable::Variable;
