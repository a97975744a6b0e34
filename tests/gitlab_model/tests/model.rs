//! All tests of the model are one program.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

mod model {
    mod faults;
    mod inventory;
    mod lists;
    mod profiles;
    mod rotation;
    mod support;
    mod sweep;
    mod verify;
}
