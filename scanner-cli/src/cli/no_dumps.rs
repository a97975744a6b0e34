//! Keeps secrets that are in memory out of core dumps.

use rustix::process::{Resource, Rlimit, setrlimit};

/// Switches core dumps off, for this process and those that it starts. On Linux also those that a
/// program gets through a pipe, and debuggers of the same user.
///
/// Nothing else depends on it: where the system does not allow it, the run goes on.
pub(crate) fn forbid() {
    let none = Rlimit { current: Some(0), maximum: Some(0) };
    let _ = setrlimit(Resource::Core, none);
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{DumpableBehavior, set_dumpable_behavior};
        let _ = set_dumpable_behavior(DumpableBehavior::NotDumpable);
    }
}
