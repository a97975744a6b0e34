//! Makes tokens as GitLab makes them. All are fake: random bytes that no instance has issued.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// Generates random numbers (SplitMix64, by Steele, Lea and Flood). Equal seeds give equal numbers.
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    /// Starts a sequence.
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    /// Returns the next number, of all 64 bits.
    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    /// Returns a number from 0 to `limit` - 1. Panics where `limit` is 0.
    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    /// Returns `len` random bytes.
    pub(crate) fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.next() as u8).collect()
    }
}

/// Makes a friendly token of `len` characters: base64url of random bytes, with the four look-alikes
/// translated. It has upper and lower case, as practically every real one.
pub(crate) fn friendly(random: &mut Random, len: usize) -> String {
    loop {
        let mut text = URL_SAFE_NO_PAD.encode(random.bytes(len * 3 / 4 + 1));
        text.truncate(len);
        let text: String = text
            .chars()
            .map(|c| match c {
                'l' => 's',
                'I' => 'x',
                'O' => 'y',
                '0' => 'z',
                c => c,
            })
            .collect();
        let is_typical = text.bytes().any(|b| b.is_ascii_uppercase())
            && text.bytes().any(|b| b.is_ascii_lowercase());
        if is_typical {
            return text;
        }
    }
}

/// Makes a personal access token of the old form, with the default prefix and 20 characters.
pub(crate) fn personal(random: &mut Random) -> String {
    format!("{}{}", concat!("glp", "at-"), friendly(random, 20))
}

/// Writes a number in base 36, with zeros before it up to `width` digits.
fn base36(mut value: u64, width: usize) -> String {
    let mut digits = Vec::new();
    while value > 0 || digits.len() < width {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(value % 36) as usize]);
        value /= 36;
    }
    digits.reverse();
    String::from_utf8(digits).expect("digits are ASCII")
}

/// Appends the CRC-32 of a routable token, in 7 digits of base 36.
fn with_checksum(head: String) -> String {
    let sum = crc32fast::hash(head.as_bytes());
    head + &base36(u64::from(sum), 7)
}

/// Makes a routable token of version 1. `routing` holds `key:value` lines.
pub(crate) fn routable(random: &mut Random, prefix: &str, routing: &str) -> String {
    let mut raw = random.bytes(16);
    raw.extend_from_slice(routing.as_bytes());
    raw.push(routing.len() as u8);
    let payload = URL_SAFE_NO_PAD.encode(raw);
    with_checksum(format!("{prefix}{payload}.01.{}", base36(payload.len() as u64, 2)))
}

/// Makes a routable token of version 0, whose payload begins with the routing.
pub(crate) fn routable_v0(random: &mut Random, prefix: &str, routing: &str) -> String {
    let mut raw = routing.as_bytes().to_vec();
    raw.extend(random.bytes(16));
    raw.push(16);
    let payload = URL_SAFE_NO_PAD.encode(raw);
    with_checksum(format!("{prefix}{payload}.{}", base36(payload.len() as u64, 2)))
}
