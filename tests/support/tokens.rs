//! Makes tokens as GitLab makes them. All of them are fake: random bytes that no instance has issued.

use base64::Engine;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// A small generator of repeatable random numbers (SplitMix64, by Steele, Lea and Flood).
#[derive(Clone, Debug)]
pub(crate) struct Random(u64);

impl Random {
    pub(crate) fn new(seed: u64) -> Self {
        Self(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        z ^ (z >> 31)
    }

    pub(crate) fn below(&mut self, limit: usize) -> usize {
        (self.next() % limit as u64) as usize
    }

    pub(crate) fn bytes(&mut self, len: usize) -> Vec<u8> {
        (0..len).map(|_| self.next() as u8).collect()
    }
}

/// A friendly token: base64url of random bytes, with the four look-alikes translated. Upper and lower case are both
/// there, as in practically every real one.
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

/// A personal access token of the old form.
pub(crate) fn personal(random: &mut Random) -> String {
    format!("{}{}", concat!("glp", "at-"), friendly(random, 20))
}

fn base36(mut value: u64, width: usize) -> String {
    let mut digits = Vec::new();
    while value > 0 || digits.len() < width {
        digits.push(b"0123456789abcdefghijklmnopqrstuvwxyz"[(value % 36) as usize]);
        value /= 36;
    }
    digits.reverse();
    String::from_utf8(digits).expect("digits are ASCII")
}

fn with_checksum(head: String) -> String {
    let sum = crc32fast::hash(head.as_bytes());
    head + &base36(u64::from(sum), 7)
}

/// A routable token of version 1. `routing` is the text of key-value lines.
pub(crate) fn routable(random: &mut Random, prefix: &str, routing: &str) -> String {
    let mut raw = random.bytes(16);
    raw.extend_from_slice(routing.as_bytes());
    raw.push(routing.len() as u8);
    let payload = URL_SAFE_NO_PAD.encode(raw);
    with_checksum(format!("{prefix}{payload}.01.{}", base36(payload.len() as u64, 2)))
}

/// A routable token of version 0.
pub(crate) fn routable_v0(random: &mut Random, prefix: &str, routing: &str) -> String {
    let mut raw = routing.as_bytes().to_vec();
    raw.extend(random.bytes(16));
    raw.push(16);
    let payload = URL_SAFE_NO_PAD.encode(raw);
    with_checksum(format!("{prefix}{payload}.{}", base36(payload.len() as u64, 2)))
}
