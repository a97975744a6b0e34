//! Makes new tokens, one call each, so that no value is lost without a word.
//!
//! As with rotation, the file of the secret and a line of the journal are on the disk before the
//! one call. A token that was made and whose value nobody has is found by its name: so no second
//! living token of a name is made in a place.

mod account;
mod creator;
mod draft;
mod fill;
mod run;

pub use self::account::{Account, AccountDraft, AccountOutcome, Membership};
pub use self::creator::Creator;
pub use self::draft::Draft;
pub use self::fill::Fill;
pub use self::run::Creation;
