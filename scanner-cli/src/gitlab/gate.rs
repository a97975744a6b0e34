//! How many requests are under way, and when there are to be none.

use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use super::error::Error;

/// At most this many requests at once to one instance.
pub(super) const MOST_AT_ONCE: usize = 4;
/// After this many refusals in a row no more requests are sent.
pub(super) const MOST_REFUSALS: u32 = 20;
/// How often a wait looks whether the user has stopped the program.
const TICK: Duration = Duration::from_millis(50);

/// The one gate that all requests to an instance pass.
#[derive(Debug, Default)]
pub(super) struct Gate {
    state: Mutex<State>,
    changed: Condvar,
}

#[derive(Debug, Default)]
struct State {
    under_way: usize,
    refusals: u32,
    paused_until: Option<Instant>,
}

/// A request under way; it ends when this is dropped.
pub(super) struct Permit<'g>(&'g Gate);

impl Gate {
    /// Waits until a request may be sent.
    ///
    /// A request that could be one refusal too many waits for the answers under way.
    pub(super) fn enter(&self, stop: &AtomicBool) -> Result<Permit<'_>, Error> {
        let mut state = self.lock();
        loop {
            if stop.load(Ordering::Relaxed) {
                return Err(Error::Stopped);
            }
            if state.refusals >= MOST_REFUSALS {
                return Err(Error::TooManyRefusals(MOST_REFUSALS));
            }
            let under_way = state.under_way;
            let could_be_too_many = state.refusals as usize + under_way >= MOST_REFUSALS as usize;
            let is_paused = state.paused_until.is_some_and(|until| Instant::now() < until);
            if under_way < MOST_AT_ONCE && !could_be_too_many && !is_paused {
                state.under_way += 1;
                return Ok(Permit(self));
            }
            let waited = self.changed.wait_timeout(state, TICK);
            state = waited.unwrap_or_else(PoisonError::into_inner).0;
        }
    }

    /// Counts a refusal: an answer that servers ban addresses for.
    pub(super) fn refused(&self) {
        let mut state = self.lock();
        state.refusals = state.refusals.saturating_add(1);
    }

    /// Ends a row of refusals.
    pub(super) fn accepted(&self) {
        self.lock().refusals = 0;
    }

    /// Sends nothing for this long.
    pub(super) fn pause(&self, time: Duration) {
        let until = Instant::now() + time;
        let mut state = self.lock();
        state.paused_until = state.paused_until.max(Some(until));
    }

    fn lock(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Drop for Permit<'_> {
    fn drop(&mut self) {
        self.0.lock().under_way -= 1;
        self.0.changed.notify_all();
    }
}

/// Sleeps, unless the user stops the program.
pub(super) fn sleep(time: Duration, stop: &AtomicBool) -> Result<(), Error> {
    let until = Instant::now() + time;
    loop {
        if stop.load(Ordering::Relaxed) {
            return Err(Error::Stopped);
        }
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() {
            return Ok(());
        }
        std::thread::sleep(left.min(TICK));
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::AtomicUsize;

    use super::*;

    #[test]
    fn four_at_once() {
        let (gate, stop) = (Gate::default(), AtomicBool::new(false));
        let (now, most) = (AtomicUsize::new(0), AtomicUsize::new(0));
        std::thread::scope(|scope| {
            for _ in 0..12 {
                scope.spawn(|| {
                    let permit = gate.enter(&stop).unwrap();
                    most.fetch_max(now.fetch_add(1, Ordering::SeqCst) + 1, Ordering::SeqCst);
                    std::thread::sleep(Duration::from_millis(20));
                    now.fetch_sub(1, Ordering::SeqCst);
                    drop(permit);
                });
            }
        });
        assert_eq!(most.load(Ordering::SeqCst), MOST_AT_ONCE);
    }

    #[test]
    fn the_last_refusal_closes_it_and_never_one_more() {
        let (gate, stop) = (Gate::default(), AtomicBool::new(false));
        let sent = AtomicUsize::new(0);
        std::thread::scope(|scope| {
            for _ in 0..8 {
                scope.spawn(|| {
                    while let Ok(permit) = gate.enter(&stop) {
                        sent.fetch_add(1, Ordering::SeqCst);
                        gate.refused();
                        drop(permit);
                    }
                });
            }
        });
        assert_eq!(sent.load(Ordering::SeqCst), MOST_REFUSALS as usize);
        assert!(matches!(gate.enter(&stop), Err(Error::TooManyRefusals(MOST_REFUSALS))));
    }

    #[test]
    fn an_accepted_request_ends_the_row() {
        let (gate, stop) = (Gate::default(), AtomicBool::new(false));
        for _ in 0..3 {
            for _ in 1..MOST_REFUSALS {
                drop(gate.enter(&stop).unwrap());
                gate.refused();
            }
            gate.accepted();
        }
        assert!(gate.enter(&stop).is_ok());
    }

    #[test]
    fn pauses_and_stops() {
        let (gate, stop) = (Gate::default(), AtomicBool::new(false));
        gate.pause(Duration::from_millis(120));
        gate.pause(Duration::ZERO);
        let start = Instant::now();
        drop(gate.enter(&stop).unwrap());
        assert!(start.elapsed() >= Duration::from_millis(110));
        gate.pause(Duration::from_secs(600));
        stop.store(true, Ordering::Relaxed);
        assert!(matches!(gate.enter(&stop), Err(Error::Stopped)));
        assert_eq!(sleep(Duration::from_secs(600), &stop), Err(Error::Stopped));
    }
}
