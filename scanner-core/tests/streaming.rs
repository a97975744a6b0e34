//! Writing a report of many findings: formats that are streamed take no more memory for more of
//! them, the others no more than pointers.

#![allow(clippy::unwrap_used, reason = "a test may panic")]

use std::alloc::{GlobalAlloc, Layout, System};
use std::io::{self, Write};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use tokensieve_core::report::{Format, Report, TextStyle};
use tokensieve_core::{Coverage, Finding, FingerprintKey, Origin, RuleSet, Scanner};

/// Counts what is allocated, and the most there was at a time.
struct Counting;

static NOW: AtomicUsize = AtomicUsize::new(0);
static MOST: AtomicUsize = AtomicUsize::new(0);
/// The tests count one after the other.
static ALONE: Mutex<()> = Mutex::new(());

// SAFETY: everything is handed on to the allocator of the system.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        let now = NOW.fetch_add(layout.size(), Ordering::Relaxed) + layout.size();
        MOST.fetch_max(now, Ordering::Relaxed);
        // SAFETY: the caller keeps the contract.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, pointer: *mut u8, layout: Layout) {
        NOW.fetch_sub(layout.size(), Ordering::Relaxed);
        // SAFETY: the caller keeps the contract.
        unsafe { System.dealloc(pointer, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Takes any text, and counts its bytes.
#[derive(Default)]
struct Sink(u64);

impl Write for Sink {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0 += bytes.len() as u64;
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

const STREAMED: [Format; 8] = [
    Format::Json,
    Format::Jsonl,
    Format::Gitlab,
    Format::CodeQuality,
    Format::Junit,
    Format::Csv,
    Format::Github,
    Format::Gitleaks,
];

/// As many findings as told, of a thousand secrets.
fn findings(count: usize) -> Vec<Finding> {
    const SECRETS: u64 = 1000;
    let rules = "[[rules]]\nid = 'acme-key'\nname = 'Acme key'\nregex = 'acme_[0-9a-f]{16}'\n";
    let scanner = Scanner::new(&RuleSet::from_toml("acme.toml", rules).unwrap());
    let key = FingerprintKey::default();
    let mut one_of_each = Vec::new();
    for at in 0..SECRETS {
        let origin = Origin::new(format!("src/{at}.txt"), format!("src/{at}.txt"));
        let text = format!("key = acme_{:016x}\n", (at + 1).wrapping_mul(0x9e37_79b9_7f4a_7c15));
        let mut identities = key.file(origin.from_root());
        scanner.scan(text.as_bytes(), &mut |located| {
            let fingerprint = identities.next(located.matched.rule(), &located.secret);
            let redactor = scanner.redactor();
            one_of_each.push(Finding::new(&origin, &located, fingerprint, redactor, false));
        });
    }
    assert!(one_of_each.len() > 900);
    one_of_each.iter().cycle().take(count).cloned().collect()
}

/// The memory that writing takes at most, beside the findings, and the length of the report.
fn cost(findings: &[Finding], format: Format) -> (usize, u64) {
    let coverage = Coverage::default();
    let report = Report::new(findings, &coverage, "1.2.3");
    let mut sink = Sink::default();
    let before = NOW.load(Ordering::Relaxed);
    MOST.store(before, Ordering::Relaxed);
    report.write(format, TextStyle::default(), &mut sink).unwrap();
    (MOST.load(Ordering::Relaxed) - before, sink.0)
}

fn check(few: usize, many: usize) {
    /// Buffers of the writers, at the sizes that they happen to have.
    const SLACK: usize = 64 << 10;
    /// A pointer in a list that grows, a place in another one, what a format shows of the worst.
    const MOST_PER_FINDING: usize = 64;
    const MOST_OF_SHOWN: usize = 128 << 20;
    let _alone = ALONE.lock();
    let many = findings(many);
    for format in Format::ALL {
        let (of_few, _) = cost(&many[..few], *format);
        let (of_many, len) = cost(&many, *format);
        assert!(len > 0, "{format}");
        if STREAMED.contains(format) {
            assert!(of_many <= of_few + SLACK, "{format}: {of_few} {of_many}");
        } else {
            let most = many.len() * MOST_PER_FINDING + MOST_OF_SHOWN;
            assert!(of_many <= most, "{format}: {of_many}");
        }
    }
}

#[test]
fn memory_does_not_grow_with_the_findings() {
    check(2_000, 20_000);
}

#[test]
#[ignore = "takes a GB of memory: .ci/full runs it"]
fn nor_with_a_million_of_them() {
    check(2_000, 1_000_000);
}
