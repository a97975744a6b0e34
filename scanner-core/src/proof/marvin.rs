//! Marvin32, the checksum of Microsoft's identifiable keys.
//!
//! Source: `Marvin.cs` in .NET's runtime, which Microsoft's generator takes it from
//! (<https://github.com/dotnet/runtime/blob/main/src/libraries/System.Private.CoreLib/src/System/Marvin.cs>).

/// The hash of bytes, its two halves folded into one.
pub(super) fn hash32(data: &[u8], seed: u64) -> u32 {
    let (mut low, mut high) = (seed as u32, (seed >> 32) as u32);
    let mut words = data.chunks_exact(4);
    for word in &mut words {
        low = low.wrapping_add(u32::from_le_bytes([word[0], word[1], word[2], word[3]]));
        mix(&mut low, &mut high);
    }
    // The last word holds what is left, and one bit behind it.
    let mut last = [0; 4];
    let rest = words.remainder();
    last[..rest.len()].copy_from_slice(rest);
    last[rest.len()] = 0x80;
    low = low.wrapping_add(u32::from_le_bytes(last));
    mix(&mut low, &mut high);
    mix(&mut low, &mut high);
    low ^ high
}

fn mix(low: &mut u32, high: &mut u32) {
    *high ^= *low;
    *low = low.rotate_left(20).wrapping_add(*high);
    *high = high.rotate_left(9) ^ *low;
    *low = low.rotate_left(27).wrapping_add(*high);
    *high = high.rotate_left(19);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_lengths_have_their_own() {
        let data = [0; 16];
        let mut sums: Vec<u32> = (0..=data.len()).map(|len| hash32(&data[..len], 7)).collect();
        sums.sort_unstable();
        sums.dedup();
        assert_eq!(sums.len(), data.len() + 1);
        assert_ne!(hash32(&data, 7), hash32(&data, 8));
    }
}
