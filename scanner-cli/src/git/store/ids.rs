//! Whether data is the object that an id names.

use gix::hash::oid;
use gix::objs::Kind;

/// Returns whether `data` is the object of this id. An index, or the name of a file, can have led
/// to another one. The length of the id tells its hash; data made to collide is no object.
pub(crate) fn is_object(id: &oid, kind: Kind, data: &[u8]) -> bool {
    gix::objs::compute_hash(id.kind(), kind, data).is_ok_and(|hash| *hash == *id)
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
