//! How common bytes and runs of four bytes are in source code.
//!
//! Measured over the Linux tree, the sources of some hundred Rust crates, Python's library,
//! JavaScript packages and plain documentation, each with the same weight. Exactness does not
//! matter: a wrong figure costs time, never a match.

/// Length of the runs of bytes that are counted, in bytes.
const GRAM: usize = 4;

/// How often each byte occurs in 100,000 bytes of source text; at least 1.
#[rustfmt::skip]
const BYTES: [u32; 128] = [
    1, 1, 1, 1, 1, 1, 1, 1, 1, 570, 2622, 1, 1, 23, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
    1, 1, 18970, 67, 1108, 361, 44, 23, 108, 303, 839, 835, 364, 63, 1122, 604, 1094, 1324, 1075,
    586, 522, 359, 299, 240, 257, 185, 246, 196, 912, 399, 450, 723, 560, 28, 36, 684, 270, 567,
    428, 716, 341, 215, 168, 595, 34, 99, 425, 346, 438, 398, 427, 64, 547, 645, 649, 234, 146, 112,
    110, 90, 34, 294, 130, 293, 11, 2152, 233, 3269, 981, 2187, 1994, 5884, 1362, 1001, 1295, 3428,
    159, 382, 2310, 1368, 3280, 3192, 1845, 120, 3246, 3581, 4511, 1650, 486, 426, 604, 647, 97,
    258, 64, 257, 8, 1,
];

/// Other bytes: one of the many of UTF-8.
const OTHER: u32 = 10;

/// Runs of four bytes in lower case, at least two of them letters, sorted, each with a letter that
/// says how common it is: of 2^6 positions one holds a run with `a`, of 2^7 one with `b`, and so
/// on.
const GRAMS: &str = include_str!("common_grams.txt");
const RECORD: usize = GRAM + 1;
const RECORDS_A_LINE: usize = 24;
const LINE: usize = RECORDS_A_LINE * RECORD + 1;

/// How many positions one unit of [`of_gram`] stands for.
pub(crate) const UNITS: u64 = 1 << 32;
/// A run that is not in the list is less common than one of this many positions.
const RAREST_LISTED: u64 = 1 << 16;

/// Of 100,000 bytes, how many are this one.
pub(crate) fn of_byte(byte: u8) -> u32 {
    BYTES.get(usize::from(byte)).copied().unwrap_or(OTHER)
}

/// The sum of [`of_byte`] over all bytes.
pub(crate) const OF_ALL: u32 = {
    let (mut sum, mut byte) = (OTHER * (256 - BYTES.len() as u32), 0);
    while byte < BYTES.len() {
        sum += BYTES[byte];
        byte += 1;
    }
    sum
};

/// Of [`UNITS`] positions, about how many hold this run, in any case.
pub(crate) fn of_gram(gram: &[u8]) -> u64 {
    if let Ok(gram) = gram.try_into()
        && let Some(listed) = listed(gram)
    {
        return listed;
    }
    let lower = gram.iter().map(u8::to_ascii_lowercase);
    // As if the bytes had nothing to do with each other, but for lines that are drawn with one.
    let mut previous = None;
    let by_bytes = lower.clone().fold(UNITS, |units, byte| {
        let is_drawn = previous.replace(byte) == Some(byte);
        if is_drawn { units } else { units * u64::from(of_byte(byte)) / 100_000 }
    });
    let is_listable = lower.filter(u8::is_ascii_lowercase).count() >= 2;
    if is_listable { by_bytes.min(UNITS / RAREST_LISTED) } else { by_bytes }
}

/// Looks a run up in the list, in any case. It is done some thousand times at each start: so runs
/// are compared as numbers.
fn listed(gram: [u8; GRAM]) -> Option<u64> {
    let wanted = u32::from_be_bytes(gram.map(|byte| byte.to_ascii_lowercase()));
    let records = GRAMS.len() / LINE * RECORDS_A_LINE + GRAMS.len() % LINE / RECORD;
    let record = |index: usize| {
        let at = index / RECORDS_A_LINE * LINE + index % RECORDS_A_LINE * RECORD;
        let record = GRAMS.as_bytes()[at..].first_chunk::<RECORD>();
        let [a, b, c, d, letter] = *record.expect("all records are within the list");
        (u32::from_be_bytes([a, b, c, d]), letter)
    };
    let (mut from, mut to) = (0, records);
    while from < to {
        let middle = usize::midpoint(from, to);
        let (found, letter) = record(middle);
        match found.cmp(&wanted) {
            core::cmp::Ordering::Equal => return Some(UNITS >> (6 + letter - b'a')),
            core::cmp::Ordering::Less => from = middle + 1,
            core::cmp::Ordering::Greater => to = middle,
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_list_is_sorted_and_found() {
        let records: Vec<&[u8]> =
            GRAMS.lines().flat_map(|line| line.as_bytes().chunks(RECORD)).collect();
        assert!(records.windows(2).all(|pair| pair[0][..GRAM] < pair[1][..GRAM]));
        for record in records {
            let gram = *record.first_chunk().unwrap();
            assert!(listed(gram).is_some(), "{}", record.escape_ascii());
        }
        assert!(of_gram(b"HTTP") > of_gram(b"zqxj"));
    }
}
