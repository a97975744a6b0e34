//! Maps a file into memory and survives when the file is cut short meanwhile.
//!
//! Touching a mapped page that the file no longer has raises SIGBUS, which ends a process. The
//! handler here puts zero pages in place of the rest of the mapping and marks it; the search goes
//! on over zeros, and the caller throws its result away. Any other SIGBUS ends the process as
//! before.
//!
//! This is the only module with unsafe code. A signal handler has no way to be handed anything, so
//! the table of live maps is a `static`: a fixed number of slots of atomics, which the handler only
//! reads and marks.
#![expect(
    unsafe_code,
    reason = "mapping a file and handling its signal are not possible otherwise"
)]

use std::fs::File;
use std::io;
use std::sync::Once;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};

use memmap2::Mmap;

/// As many files can be mapped at once; more are read plainly.
const MAX_MAPS: usize = 64;

struct Slot {
    is_taken: AtomicBool,
    /// The address of the mapping; 0 while the slot is not in use.
    base: AtomicUsize,
    len: AtomicUsize,
    is_cut: AtomicBool,
}

static SLOTS: [Slot; MAX_MAPS] = [const {
    Slot {
        is_taken: AtomicBool::new(false),
        base: AtomicUsize::new(0),
        len: AtomicUsize::new(0),
        is_cut: AtomicBool::new(false),
    }
}; MAX_MAPS];

static INSTALL: Once = Once::new();
static PAGE_SIZE: AtomicUsize = AtomicUsize::new(4096);

/// What became of a visit to a mapped file.
#[derive(Debug, Eq, PartialEq)]
pub(crate) enum Visit<T> {
    /// Every byte was there.
    Whole(T),
    /// The file was cut short; the result was made of zeros and is gone.
    Cut,
}

/// Maps the first `len` bytes of a file and hands them to `visit`.
///
/// # Errors
///
/// The file cannot be mapped.
pub(crate) fn with_map<T>(
    file: &File,
    len: usize,
    visit: impl FnOnce(&[u8]) -> T,
) -> io::Result<Visit<T>> {
    INSTALL.call_once(install_handler);
    // SAFETY: The mapping is private and read-only. Another process can still change or cut the
    // file. Changed bytes are read as bytes whatever they are: nothing that is read twice is
    // trusted to be the same. Cut files are what the handler is for.
    let map = unsafe { memmap2::MmapOptions::new().len(len).map(file)? };
    let guard = Guard::register(&map).ok_or_else(|| io::Error::other("too many mapped files"))?;
    let result = visit(&map);
    let is_cut = guard.slot.is_cut.load(Ordering::Acquire);
    drop(guard);
    drop(map);
    Ok(if is_cut { Visit::Cut } else { Visit::Whole(result) })
}

/// A slot in use.
struct Guard {
    slot: &'static Slot,
}

impl Guard {
    fn register(map: &Mmap) -> Option<Self> {
        let slot = SLOTS.iter().find(|slot| !slot.is_taken.swap(true, Ordering::AcqRel))?;
        slot.is_cut.store(false, Ordering::Relaxed);
        slot.len.store(map.len(), Ordering::Relaxed);
        slot.base.store(map.as_ptr() as usize, Ordering::Release);
        Some(Self { slot })
    }
}

impl Drop for Guard {
    fn drop(&mut self) {
        self.slot.base.store(0, Ordering::Release);
        self.slot.is_taken.store(false, Ordering::Release);
    }
}

fn install_handler() {
    // SAFETY: `sysconf` has no preconditions.
    let page_size = unsafe { libc::sysconf(libc::_SC_PAGESIZE) };
    if let Ok(page_size) = usize::try_from(page_size) {
        PAGE_SIZE.store(page_size, Ordering::Relaxed);
    }
    // SAFETY: All fields of `sigaction` may be zero; the handler has the signature that SA_SIGINFO
    // asks for and calls only what POSIX and Linux allow in a handler (`mmap`, `signal`).
    unsafe {
        let mut action: libc::sigaction = std::mem::zeroed();
        action.sa_sigaction = on_bus_error as *const () as usize;
        action.sa_flags = libc::SA_SIGINFO | libc::SA_NODEFER;
        libc::sigemptyset(&raw mut action.sa_mask);
        libc::sigaction(libc::SIGBUS, &raw const action, std::ptr::null_mut());
    }
}

/// Replaces the rest of the mapping that holds the faulty address; gives other faults back to the
/// system.
extern "C" fn on_bus_error(signal: libc::c_int, info: *mut libc::siginfo_t, _: *mut libc::c_void) {
    // SAFETY: The kernel hands a valid `siginfo_t` to a handler with SA_SIGINFO, and SIGBUS sets
    // the address.
    let address = unsafe { (*info).si_addr() } as usize;
    let page = address & !(PAGE_SIZE.load(Ordering::Relaxed) - 1);
    for slot in &SLOTS {
        let base = slot.base.load(Ordering::Acquire);
        let len = slot.len.load(Ordering::Relaxed);
        if base == 0 || address.wrapping_sub(base) >= len {
            continue;
        }
        // SAFETY: The range from the page to the end of the mapping belongs to a live map of ours:
        // `base` is set only while it is mapped. Zero pages in its place keep every slice into it
        // valid.
        let mapped = unsafe {
            libc::mmap(
                page as *mut libc::c_void,
                base + len - page,
                libc::PROT_READ,
                libc::MAP_PRIVATE | libc::MAP_ANONYMOUS | libc::MAP_FIXED,
                -1,
                0,
            )
        };
        if mapped != libc::MAP_FAILED {
            slot.is_cut.store(true, Ordering::Release);
            return;
        }
    }
    // SAFETY: Resetting a signal to its default is allowed in a handler. The instruction faults
    // again and ends the process as it would have without this handler.
    unsafe {
        libc::signal(signal, libc::SIG_DFL);
    }
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    fn file_of(len: usize) -> File {
        let mut file = tempfile::tempfile().unwrap();
        file.write_all(&vec![b'x'; len]).unwrap();
        file
    }

    #[test]
    fn whole_files_are_whole() {
        let file = file_of(100_000);
        let count =
            with_map(&file, 100_000, |bytes| bytes.iter().filter(|byte| **byte == b'x').count());
        assert_eq!(count.unwrap(), Visit::Whole(100_000));
    }

    #[test]
    fn a_file_cut_during_the_visit_does_not_end_the_process() {
        const LEN: usize = 1 << 20;
        let file = file_of(LEN);
        let mut seen = 0;
        let visit = with_map(&file, LEN, |bytes| {
            file.set_len(4096).unwrap();
            seen = bytes.iter().filter(|byte| **byte == b'x').count();
        });
        assert_eq!(visit.unwrap(), Visit::Cut);
        assert_eq!(seen, 4096);
    }

    #[test]
    fn slots_are_given_back() {
        let file = file_of(10);
        for _ in 0..3 * MAX_MAPS {
            assert_eq!(with_map(&file, 10, <[u8]>::len).unwrap(), Visit::Whole(10));
        }
    }
}
