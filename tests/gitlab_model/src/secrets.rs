//! Makes the text of tokens from a seed: the same seed, kind and number give the same token.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

/// Bytes that follow from a seed and a label.
pub(crate) struct Source {
    key: Vec<u8>,
    block: u32,
    left: Vec<u8>,
}

impl Source {
    /// Starts the bytes of one token.
    pub(crate) fn new(seed: u64, label: &str) -> Source {
        let mut key = seed.to_be_bytes().to_vec();
        key.extend_from_slice(label.as_bytes());
        Source { key, block: 0, left: Vec::new() }
    }

    /// Returns the next `count` bytes.
    pub(crate) fn bytes(&mut self, count: usize) -> Vec<u8> {
        while self.left.len() < count {
            let mut hash = Sha256::new();
            hash.update(self.block.to_be_bytes());
            hash.update(&self.key);
            self.left.extend_from_slice(&hash.finalize());
            self.block += 1;
        }
        self.left.drain(..count).collect()
    }

    /// Returns `count` characters of a friendly token: base64url without look-alikes.
    pub(crate) fn friendly(&mut self, count: usize) -> String {
        let bytes = self.bytes(count * 3 / 4);
        URL_SAFE_NO_PAD
            .encode(bytes)
            .chars()
            .map(|character| match character {
                'l' => 's',
                'I' => 'x',
                'O' => 'y',
                '0' => 'z',
                other => other,
            })
            .collect()
    }

    /// Returns `count` lower-case hex digits.
    pub(crate) fn hex(&mut self, count: usize) -> String {
        hex(&self.bytes(count.div_ceil(2)))[..count].to_owned()
    }
}

/// Writes bytes as lower-case hex digits.
pub(crate) fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// Writes a number in base 36, padded with zeros.
pub(crate) fn base36(mut number: u128, width: usize) -> String {
    let mut digits = Vec::new();
    while number > 0 || digits.len() < width.max(1) {
        let digit = u8::try_from(number % 36).unwrap_or(0);
        digits.push(if digit < 10 { b'0' + digit } else { b'a' + digit - 10 });
        number /= 36;
    }
    digits.iter().rev().map(|&digit| char::from(digit)).collect()
}

/// The owners that a routable token names, by key, in the order of the keys.
pub(crate) type Routing = [(char, Option<u64>)];

/// Makes a routable token of version 1: payload, version, length, checksum.
pub(crate) fn routable(prefix: &str, source: &mut Source, owners: &Routing) -> String {
    let routing: Vec<String> = owners
        .iter()
        .filter_map(|(key, id)| id.map(|id| format!("{key}:{}", base36(u128::from(id), 1))))
        .collect();
    let routing = routing.join("\n");
    let mut raw = source.bytes(16);
    raw.extend_from_slice(routing.as_bytes());
    raw.push(u8::try_from(routing.len()).unwrap_or(u8::MAX));
    let payload = URL_SAFE_NO_PAD.encode(raw);
    let length = base36(payload.len() as u128, 2);
    let text = format!("{prefix}{payload}.01.{length}");
    let checksum = base36(u128::from(crc32fast::hash(text.as_bytes())), 7);
    text + &checksum
}

/// Makes a token of the JWT form, whose signature is random bytes.
pub(crate) fn jwt(prefix: &str, source: &mut Source, claims: &serde_json::Value) -> String {
    let header = serde_json::json!({"kid": source.hex(40), "typ": "JWT", "alg": "RS256"});
    let part = |value: &serde_json::Value| URL_SAFE_NO_PAD.encode(value.to_string());
    let signature = URL_SAFE_NO_PAD.encode(source.bytes(256));
    format!("{prefix}{}.{}.{signature}", part(&header), part(claims))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The bytes of a `Source` come from a hash; these are given.
    fn given(bytes: std::ops::Range<u8>) -> Source {
        Source { key: Vec::new(), block: 0, left: bytes.collect() }
    }

    #[test]
    fn routable_tokens_are_those_of_the_worked_examples() {
        let owners = [('c', Some(1)), ('o', Some(1)), ('u', Some(123))];
        let token = routable(&["gl", "pat-"].concat(), &mut given(0..16), &owners);
        let body = "AAECAwQFBgcICQoLDA0OD2M6MQpvOjEKdTozZgw";
        assert_eq!(token, ["gl", "pat-", body, ".01.13", "18vxcpo"].concat());

        let owners =
            [('c', Some(1)), ('o', Some(1)), ('p', Some(100)), ('t', Some(3)), ('u', Some(123))];
        let token = routable(&["gl", "rt-"].concat(), &mut given(0x10..0x20), &owners);
        assert!(token.ends_with("1f17or3zn"), "{token}");
    }

    #[test]
    fn friendly_tokens_avoid_look_alikes() {
        let mut source = Source::new(1, "x");
        for _ in 0..100 {
            let token = source.friendly(20);
            assert_eq!(token.len(), 20);
            assert!(!token.contains(['l', 'I', 'O', '0']), "{token}");
        }
        assert_eq!(source.friendly(50).len(), 50);
    }

    #[test]
    fn a_seed_and_a_label_decide_the_bytes() {
        let bytes = |seed, label| Source::new(seed, label).bytes(40);
        assert_eq!(bytes(1, "a"), bytes(1, "a"));
        assert_ne!(bytes(1, "a"), bytes(2, "a"));
        assert_ne!(bytes(1, "a"), bytes(1, "b"));
    }
}
