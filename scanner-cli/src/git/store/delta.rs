//! Deltas: how git stores an object as changes to another one.
//!
//! The format is described in
//! [gitformat-pack](https://git-scm.com/docs/gitformat-pack#_deltified_representation).

use tokensieve_core::internal::Piece;

use crate::git::store::unread::Unread;

/// The delta is invalid, or does not fit its base.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) struct BrokenDelta;

impl From<BrokenDelta> for Unread {
    fn from(_: BrokenDelta) -> Self {
        Self::Corrupt
    }
}

/// Reads from the first bytes of a delta how large the object is that it makes.
pub(crate) fn result_size(delta: &[u8]) -> Option<u64> {
    let mut rest = delta;
    size(&mut rest).ok()?;
    size(&mut rest).ok()
}

/// Makes an object of its base and a delta. `pieces` tells what it was made of. An object that is
/// larger than `limit` is not made: a delta of a few bytes could ask for any size.
pub(crate) fn apply(
    base: &[u8],
    delta: &[u8],
    object: &mut Vec<u8>,
    pieces: &mut Vec<Piece>,
    limit: u64,
) -> Result<(), Unread> {
    object.clear();
    pieces.clear();
    let mut rest = delta;
    if size(&mut rest)? != base.len() as u64 {
        return Err(Unread::Corrupt);
    }
    let wanted = size(&mut rest)?;
    if wanted > limit {
        return Err(Unread::TooLarge);
    }
    let wanted = usize::try_from(wanted).map_err(|_| BrokenDelta)?;
    // An honest delta is seldom much smaller than its result; one that lies gets no memory before
    // its copies are seen.
    object.reserve(wanted.min(base.len().saturating_add(delta.len()).saturating_mul(2)));
    while let Some((&command, tail)) = rest.split_first() {
        rest = tail;
        let piece = if command & 0x80 != 0 {
            copy(command, &mut rest)?
        } else {
            Piece::New { len: command.into() }
        };
        if piece.is_empty() || piece.len() > wanted - object.len() {
            return Err(Unread::Corrupt);
        }
        let bytes = match piece {
            Piece::Copied { from, len } => base.get(from..from + len),
            Piece::New { len } => rest.split_off(..len),
        };
        object.extend_from_slice(bytes.ok_or(BrokenDelta)?);
        pieces.push(piece);
    }
    if object.len() == wanted { Ok(()) } else { Err(Unread::Corrupt) }
}

/// A size: seven bits a byte, the lowest first.
fn size(rest: &mut &[u8]) -> Result<u64, BrokenDelta> {
    let mut size = 0;
    for shift in (0..64).step_by(7) {
        let byte = *rest.split_off_first().ok_or(BrokenDelta)?;
        size |= u64::from(byte & 0x7f) << shift;
        if byte & 0x80 == 0 {
            return Ok(size);
        }
    }
    Err(BrokenDelta)
}

/// A copy instruction: its bits tell which bytes of offset and length follow.
fn copy(command: u8, rest: &mut &[u8]) -> Result<Piece, BrokenDelta> {
    const OFFSET_BYTES: u8 = 4;
    const LEN_BYTES: u8 = 3;
    /// What a length of zero means.
    const MAX_COPY_LEN: usize = 0x1_0000;
    let mut field = |first_bit: u8, bytes: u8| {
        let mut value = 0;
        for byte in 0..bytes {
            if command & (1 << (first_bit + byte)) != 0 {
                value |= usize::from(*rest.split_off_first().ok_or(BrokenDelta)?) << (8 * byte);
            }
        }
        Ok(value)
    };
    let from = field(0, OFFSET_BYTES)?;
    let len = field(OFFSET_BYTES, LEN_BYTES)?;
    Ok(Piece::Copied { from, len: if len == 0 { MAX_COPY_LEN } else { len } })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn applied(base: &[u8], delta: &[u8]) -> Option<(Vec<u8>, Vec<Piece>)> {
        let (mut object, mut pieces) = (Vec::new(), Vec::new());
        apply(base, delta, &mut object, &mut pieces, 1 << 20).ok().map(|()| (object, pieces))
    }

    #[test]
    fn copies_and_insertions() {
        let base = b"0123456789";
        let delta = [10, 9, 0x91, 7, 3, 3, b'a', b'b', b'c', 0x90, 3];
        let (object, pieces) = applied(base, &delta).unwrap();
        assert_eq!(object, b"789abc012");
        let expected = [
            Piece::Copied { from: 7, len: 3 },
            Piece::New { len: 3 },
            Piece::Copied { from: 0, len: 3 },
        ];
        assert_eq!(pieces, expected);
    }

    #[test]
    fn broken_deltas() {
        let base = b"0123456789";
        let broken: [(&[u8], &str); 9] = [
            (&[], "no sizes"),
            (&[9, 1, 1, b'a'], "another base"),
            (&[10, 2, 1, b'a'], "too short"),
            (&[10, 1, 2, b'a', b'b'], "too long"),
            (&[10, 3, 3, b'a'], "cut insertion"),
            (&[10, 3, 0x91, 8], "cut copy"),
            (&[10, 3, 0x91, 8, 3], "copy over the end"),
            (&[10, 1, 0, 1, b'a'], "the reserved command"),
            (&[10, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0x7f, 1, b'a'], "as large as memory"),
        ];
        for (delta, why) in broken {
            assert_eq!(applied(base, delta), None, "{why}");
        }
    }

    #[test]
    fn any_bytes_are_no_reason_to_panic() {
        let mut seed = 1_u64;
        for len in 0..2000 {
            let bytes: Vec<u8> = (0..len % 40)
                .map(|_| {
                    seed = seed
                        .wrapping_mul(6_364_136_223_846_793_005)
                        .wrapping_add(1_442_695_040_888_963_407);
                    (seed >> 56) as u8
                })
                .collect();
            let _ = applied(b"0123456789", &[&[10, 20], bytes.as_slice()].concat());
        }
    }
}
