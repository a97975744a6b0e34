//! The fields of a tar header.

/// Whether a block is the header of a member: its checksum is right, and it is not all zeros.
pub(super) fn is_header(block: &[u8]) -> bool {
    const CHECKSUM: std::ops::Range<usize> = 148..156;
    if block.len() < BLOCK_LEN || block[0] == 0 {
        return false;
    }
    let Some(expected) = number(&block[CHECKSUM]) else { return false };
    let sum: u64 = (0..BLOCK_LEN)
        .map(|at| if CHECKSUM.contains(&at) { 32 } else { u64::from(block[at]) })
        .sum();
    // Some old programs took bytes for signed ones.
    let high = block[..BLOCK_LEN]
        .iter()
        .enumerate()
        .filter(|(at, byte)| **byte >= 128 && !CHECKSUM.contains(at))
        .count();
    expected == sum || expected == sum.wrapping_sub(256 * high as u64)
}

/// A number in octal digits, or in binary where its first bit says so.
pub(super) fn number(field: &[u8]) -> Option<u64> {
    if field[0] & 0x80 != 0 {
        let bytes =
            field.iter().enumerate().map(|(at, byte)| if at == 0 { byte & 0x7f } else { *byte });
        return bytes
            .into_iter()
            .try_fold(0_u64, |value, byte| Some(value.checked_mul(256)? | u64::from(byte)));
    }
    let digits = field.trim_ascii_start();
    let end = digits.iter().position(|byte| matches!(byte, 0 | b' ')).unwrap_or(digits.len());
    digits[..end].iter().try_fold(0_u64, |value, byte| match byte {
        b'0'..=b'7' => value.checked_mul(8)?.checked_add(u64::from(byte - b'0')),
        _ => None,
    })
}

pub(super) fn text(field: &[u8]) -> &[u8] {
    &field[..field.iter().position(|byte| *byte == 0).unwrap_or(field.len())]
}

pub(super) fn name_of(header: &[u8; BLOCK_LEN]) -> Vec<u8> {
    let name = text(&header[..100]);
    let prefix = if &header[257..263] == b"ustar\0" { text(&header[345..500]) } else { &[] };
    if prefix.is_empty() { name.to_vec() } else { [prefix, b"/", name].concat() }
}

pub(super) const BLOCK_LEN: usize = 512;
