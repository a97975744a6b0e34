//! How many threads a scan takes.

/// More threads than this for each processor only wait for each other.
const MAX_PER_PROCESSOR: usize = 4;

/// The number of processors that this process may use.
pub(crate) fn processors() -> usize {
    std::thread::available_parallelism().map_or(1, usize::from)
}

/// The number of threads to take where `wanted` are asked for: at least one, and at most four times
/// the number of processors.
pub(crate) fn capped(wanted: usize) -> usize {
    wanted.clamp(1, processors().saturating_mul(MAX_PER_PROCESSOR))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn threads_are_capped() {
        assert_eq!(capped(0), 1);
        assert_eq!(capped(1), 1);
        assert_eq!(capped(usize::MAX), 4 * processors());
    }
}
