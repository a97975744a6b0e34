//! How fast the engine is on one core: bytes without a match, bytes full of matches, and getting
//! ready.
//!
//! `cargo bench --bench engine`. What was measured is in docs/performance.md.

use std::hint::black_box;

use criterion::{Criterion, Throughput, criterion_group, criterion_main};
use tokensieve_core::{RuleSet, Scanner};

#[path = "../tests/support/tokens.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod tokens;

use tokens::{Random, personal, routable};

const SIZE: usize = 16 << 20;

/// Lines that look like source code and hold no token.
fn code(random: &mut Random, size: usize) -> Vec<u8> {
    const WORDS: [&str; 16] = [
        "static int ",
        "return ",
        "if (",
        ") {\n\t",
        "}\n",
        "->next",
        " = ",
        "struct device *dev",
        ";\n\t",
        "0x1f, ",
        "/* glue */ ",
        "unsigned long flags",
        "token",
        "_gl_init(",
        "#include <linux/module.h>\n",
        "private_data",
    ];
    let mut text = Vec::with_capacity(size + 64);
    while text.len() < size {
        text.extend_from_slice(WORDS[random.below(WORDS.len())].as_bytes());
    }
    text.truncate(size);
    text
}

/// Code with a token made by `make` in every `distance` bytes.
fn with_tokens(random: &mut Random, distance: usize, make: fn(&mut Random) -> String) -> Vec<u8> {
    let mut text = Vec::with_capacity(SIZE + distance);
    while text.len() < SIZE {
        let token = make(random);
        let filler = distance.saturating_sub(token.len() + 10);
        text.extend(code(random, filler));
        text.extend_from_slice(b"\ntoken = ");
        text.extend_from_slice(token.as_bytes());
        text.push(b'\n');
    }
    text
}

fn routable_personal(random: &mut Random) -> String {
    routable(random, concat!("glp", "at-"), "c:1\no:1\nu:3f")
}

fn find(criterion: &mut Criterion) {
    let scanner = Scanner::new(&RuleSet::builtin());
    let mut random = Random::new(1);
    let texts = [
        ("no match", code(&mut random, SIZE)),
        ("a token each KiB", with_tokens(&mut random, 1024, personal)),
        ("a token each 100 bytes", with_tokens(&mut random, 100, personal)),
        ("a proved token each 100 bytes", with_tokens(&mut random, 100, routable_personal)),
    ];
    let mut group = criterion.benchmark_group("find");
    group.sample_size(10);
    for (name, text) in &texts {
        group.throughput(Throughput::Bytes(text.len() as u64));
        group.bench_function(*name, |bencher| bencher.iter(|| black_box(scanner.find(text)).len()));
    }
    group.finish();
}

fn get_ready(criterion: &mut Criterion) {
    criterion.bench_function("get ready/built-in rules", |bencher| {
        bencher.iter(|| black_box(Scanner::new(&RuleSet::builtin())));
    });
    let token = personal(&mut Random::new(2));
    criterion.bench_function("get ready/and find a first token", |bencher| {
        bencher.iter(|| black_box(Scanner::new(&RuleSet::builtin()).find(token.as_bytes()).len()));
    });
}

criterion_group!(benches, find, get_ready);
criterion_main!(benches);
