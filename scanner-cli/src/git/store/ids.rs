//! Whether data is the object that an id names.

use gix::hash::oid;
use gix::objs::Kind;
use sha1::{Digest, Sha1};

/// Returns whether `data` is the object of this id. The length of the id tells its hash.
///
/// SHA-1 is computed without the search for known collisions that gix adds: this asks whether an
/// index has led to another object. Where two objects may share an id, compare with
/// [`gix::objs::compute_hash`].
pub(crate) fn is_object(id: &oid, kind: Kind, data: &[u8]) -> bool {
    if id.kind() != gix::hash::Kind::Sha1 {
        return gix::objs::compute_hash(id.kind(), kind, data).is_ok_and(|hash| *hash == *id);
    }
    let header = gix::objs::encode::loose_header(kind, data.len() as u64);
    let hash = Sha1::new().chain_update(&header[..]).chain_update(data).finalize();
    hash[..] == *id.as_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_are_those_of_git() {
        for hash in [gix::hash::Kind::Sha1, gix::hash::Kind::Sha256] {
            for len in [0, 1, 55, 56, 63, 64, 119, 1000] {
                let data = b"tree ".repeat(len)[..len].to_vec();
                let id = gix::objs::compute_hash(hash, Kind::Commit, &data).unwrap();
                assert!(is_object(&id, Kind::Commit, &data), "{hash} {len}");
                assert!(!is_object(&id, Kind::Tag, &data), "{hash} {len}");
                assert!(!is_object(&id, Kind::Commit, &[&data[..], b"x"].concat()));
            }
        }
    }
}
