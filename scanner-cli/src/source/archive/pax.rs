//! The records of POSIX that stand before an entry of a tar: `length key=value`, each ending with a
//! line end.

use std::io;

use crate::source::archive::sparse::Segments;
use crate::source::archive::tar_header::BLOCK_LEN;

/// What records say about the next entry, or about all that follow.
#[derive(Clone, Debug, Default)]
pub(super) struct Extension {
    pub(super) path: Option<Vec<u8>>,
    pub(super) size: Option<u64>,
    sparse_name: Option<Vec<u8>>,
    sparse_size: Option<u64>,
    /// The map stands before the data.
    has_map_in_data: bool,
    /// Offsets and lengths by turns.
    map: Vec<u64>,
}

fn decimal(value: &[u8]) -> Option<u64> {
    std::str::from_utf8(value).ok()?.parse().ok()
}

impl Extension {
    /// Takes records as far as they can be understood.
    pub(super) fn read(&mut self, mut records: &[u8]) {
        while let Some(space) = records.iter().position(|byte| *byte == b' ') {
            let len = decimal(&records[..space]).and_then(|len| usize::try_from(len).ok());
            let Some(len) = len.filter(|len| *len > space + 1 && *len <= records.len()) else {
                return;
            };
            let record = &records[space + 1..len - 1];
            if let Some(equals) = record.iter().position(|byte| *byte == b'=') {
                self.record(&record[..equals], &record[equals + 1..]);
            }
            records = &records[len..];
        }
    }

    fn record(&mut self, key: &[u8], value: &[u8]) {
        match key {
            b"path" => self.path = Some(value.to_vec()),
            b"size" => self.size = decimal(value),
            b"GNU.sparse.name" => self.sparse_name = Some(value.to_vec()),
            b"GNU.sparse.realsize" | b"GNU.sparse.size" => self.sparse_size = decimal(value),
            b"GNU.sparse.major" => self.has_map_in_data = value == b"1",
            b"GNU.sparse.offset" | b"GNU.sparse.numbytes" => self.map.extend(decimal(value)),
            b"GNU.sparse.map" => {
                self.map = value.split(|byte| *byte == b',').filter_map(decimal).collect()
            }
            _ => {}
        }
    }

    /// A record for one entry takes precedence over one for all.
    pub(super) fn or(self, global: &Self) -> Self {
        let path = self.sparse_name.clone().or(self.path).or_else(|| global.path.clone());
        Self { path, size: self.size.or(global.size), ..self }
    }

    /// Where the data of a sparse file belongs. A map in the data is read, and is no part of `size`
    /// any more.
    pub(super) fn segments(
        &self,
        size: &mut u64,
        mut block: impl FnMut() -> io::Result<[u8; BLOCK_LEN]>,
    ) -> io::Result<Option<Segments>> {
        let Some(real) = self.sparse_size else { return Ok(None) };
        if !self.has_map_in_data {
            return Segments::new(&self.map, real).map(Some);
        }
        let mut text = Vec::new();
        let mut read = |size: &mut u64| -> io::Result<[u8; BLOCK_LEN]> {
            *size = size.checked_sub(BLOCK_LEN as u64).ok_or(io::ErrorKind::InvalidData)?;
            block()
        };
        let mut numbers: Vec<u64> = Vec::new();
        // The first number says how many pairs there are.
        while numbers.first().is_none_or(|pairs| (numbers.len() as u64 - 1) / 2 < *pairs) {
            let Some(end) = text.iter().position(|byte| *byte == b'\n') else {
                if numbers.len() > 2 * Segments::MAX_COUNT || text.len() > BLOCK_LEN {
                    return Err(io::ErrorKind::InvalidData.into());
                }
                text.extend(read(size)?);
                continue;
            };
            numbers.push(decimal(&text[..end]).ok_or(io::ErrorKind::InvalidData)?);
            text.drain(..=end);
        }
        Segments::new(&numbers[1..], real).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn records_are_taken_as_far_as_they_go() {
        let mut extension = Extension::default();
        extension.read(b"12 path=a/b\n11 size=12\n99 path=no\n");
        assert_eq!((extension.path.as_deref(), extension.size), (Some(&b"a/b"[..]), Some(12)));
        for broken in [
            &b"0 a=b\n"[..],
            b"1 ",
            b"5",
            b"-3 a=b\n",
            b"4 ab\n",
            b"99999999999999999999 a=b\n",
            b" \n",
        ] {
            let mut extension = Extension::default();
            extension.read(broken);
            assert_eq!((extension.path, extension.size), (None, None), "{broken:?}");
        }
    }

    #[test]
    fn a_map_before_the_data() {
        let mut extension = Extension::default();
        extension.read(b"22 GNU.sparse.major=1\n28 GNU.sparse.realsize=1000\n");
        let mut block = [0; BLOCK_LEN];
        block[..14].copy_from_slice(b"2\n0\n3\n500\n20\n\0");
        let mut size = 535;
        let segments = extension.segments(&mut size, || Ok(block)).unwrap().unwrap();
        assert_eq!((segments.size(), size), (1000, 23));
        // A map without an end is an error, and no endless loop.
        let mut size = u64::MAX;
        assert!(extension.segments(&mut size, || Ok([b'7'; BLOCK_LEN])).is_err());
        assert!(extension.segments(&mut 100, || Ok(block)).is_err());
    }
}
