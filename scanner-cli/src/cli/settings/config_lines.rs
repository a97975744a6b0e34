//! Lines of a configuration file, for messages and for `config show`.

use std::collections::BTreeMap;

use toml::de::{DeTable, DeValue};

/// Where the lines of a text end.
pub(crate) struct Lines {
    ends: Vec<usize>,
}

impl Lines {
    pub(crate) fn new(text: &str) -> Self {
        Self { ends: text.match_indices('\n').map(|(at, _)| at).collect() }
    }

    /// The line of an offset, from 1.
    pub(crate) fn at(&self, offset: usize) -> usize {
        1 + self.ends.partition_point(|end| *end < offset)
    }

    /// The line of each key of a file that has been read: `key`, and `table.key` of the tables in
    /// it.
    pub(crate) fn of_keys(&self, text: &str) -> BTreeMap<String, usize> {
        let mut lines = BTreeMap::new();
        if let Ok(table) = DeTable::parse(text) {
            self.add(table.get_ref(), "", &mut lines);
        }
        lines
    }

    fn add(&self, table: &DeTable<'_>, prefix: &str, lines: &mut BTreeMap<String, usize>) {
        for (key, value) in table {
            let name = format!("{prefix}{}", key.get_ref());
            match value.get_ref() {
                // There are no tables in the tables of a configuration.
                DeValue::Table(table) if prefix.is_empty() => {
                    self.add(table, &format!("{name}."), lines);
                }
                _ => {
                    lines.insert(name, self.at(key.span().start));
                }
            }
        }
    }
}

/// The names that a value can have, in words.
pub(crate) fn one_of<'n>(names: impl Iterator<Item = &'n str>) -> String {
    format!("one of {}", names.collect::<Vec<_>>().join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_have_lines() {
        let text = "version = 1\n\njobs = 2\n[gitlab]\nprefixes = ['a']\n";
        let keys = Lines::new(text).of_keys(text);
        let found: Vec<(&str, usize)> =
            keys.iter().map(|(key, line)| (key.as_str(), *line)).collect();
        assert_eq!(found, [("gitlab.prefixes", 5), ("jobs", 3), ("version", 1)]);
        assert!(Lines::new("=").of_keys("=").is_empty());
    }
}
