//! TOML as gitleaks' reader takes it: keys in any case, values of nearly any type, unknown keys
//! passed over.
//!
//! A remark names values that gitleaks ignores silently. A value that gitleaks refuses is an error,
//! with its line.

use std::cell::RefCell;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use crate::gitleaks::model::Remark;
use crate::rules::LintLevel;
use crate::text::nearest::nearest_name;

/// The text of a file, and what there is to be said about it.
pub(super) struct Reader<'f> {
    file: &'f str,
    /// Where each line starts.
    lines: Vec<usize>,
    remarks: RefCell<Vec<Remark>>,
}

impl<'f> Reader<'f> {
    pub(super) fn new(file: &'f str, text: &str) -> Self {
        let breaks =
            text.bytes().enumerate().filter(|(_, byte)| *byte == b'\n').map(|(at, _)| at + 1);
        Self {
            file,
            lines: core::iter::once(0).chain(breaks).collect(),
            remarks: RefCell::default(),
        }
    }

    pub(super) fn file(&self) -> &'f str {
        self.file
    }

    pub(super) fn line(&self, offset: usize) -> usize {
        self.lines.partition_point(|start| *start <= offset)
    }

    pub(super) fn say(&self, level: LintLevel, line: usize, message: impl Into<String>) {
        self.remarks.borrow_mut().push(Remark {
            level,
            file: self.file.to_owned(),
            line,
            message: message.into(),
        });
    }

    pub(super) fn error(&self, line: usize, message: impl Into<String>) {
        self.say(LintLevel::Error, line, message);
    }

    pub(super) fn warn(&self, line: usize, message: impl Into<String>) {
        self.say(LintLevel::Warning, line, message);
    }

    pub(super) fn into_remarks(self) -> Vec<Remark> {
        self.remarks.into_inner()
    }
}

/// A text with its line.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) line: usize,
}

/// A key as gitleaks' documentation writes it.
fn as_documented(key: &str) -> &str {
    const WITH_CAPITALS: [&str; 9] = [
        "disabledRules",
        "minVersion",
        "regexTarget",
        "secretGroup",
        "skipReport",
        "targetRules",
        "useDefault",
        "withinColumns",
        "withinLines",
    ];
    WITH_CAPITALS.into_iter().find(|known| known.eq_ignore_ascii_case(key)).unwrap_or(key)
}

/// A table, asked for its values by lower-case names.
pub(super) struct Table<'r, 't, 'i> {
    reader: &'r Reader<'r>,
    table: &'t DeTable<'i>,
    /// What it is called in messages.
    name: &'static str,
}

impl<'r, 't, 'i> Table<'r, 't, 'i> {
    /// A table in which only `known` keys, in lower case, mean something.
    pub(super) fn new(
        reader: &'r Reader<'r>,
        name: &'static str,
        table: &'t DeTable<'i>,
        known: &[&str],
    ) -> Self {
        let mut seen: Vec<String> = Vec::new();
        let mut keys: Vec<_> = table.keys().collect();
        keys.sort_by_key(|key| key.span().start);
        for key in keys {
            let line = reader.line(key.span().start);
            let lower = key.get_ref().to_lowercase();
            if !known.contains(&lower.as_str()) {
                let meant = nearest_name(&lower, known).map_or_else(String::new, |meant| {
                    format!(": did you mean `{}`?", as_documented(meant))
                });
                reader.warn(
                    line,
                    format!("`{}` is no key of {name}, and is passed over{meant}", key.get_ref()),
                );
            } else if seen.contains(&lower) {
                reader.error(
                    line,
                    format!("`{}` is there twice: case does not tell keys apart", key.get_ref()),
                );
            }
            seen.push(lower);
        }
        Self { reader, table, name }
    }

    /// A value, with its line.
    fn get(&self, key: &str) -> Option<(&'t DeValue<'i>, usize)> {
        let (_, value) =
            self.table.iter().find(|(name, _)| name.get_ref().to_lowercase() == key)?;
        Some((value.get_ref(), self.reader.line(value.span().start)))
    }

    fn refuse(&self, key: &str, line: usize, wanted: &str, value: &DeValue<'_>) {
        let found = value.type_str();
        let written = self.table.keys().find(|name| name.get_ref().to_lowercase() == key);
        let key = written.map_or(key, |name| name.get_ref().as_ref());
        self.reader.error(
            line,
            format!("`{key}` of {} is {wanted}, not a value of the type {found}", self.name),
        );
    }

    /// A text; other scalars are written out.
    pub(super) fn text(&self, key: &str) -> Option<Text> {
        let (value, line) = self.get(key)?;
        let text = scalar(value);
        if text.is_none() {
            self.refuse(key, line, "a text", value);
        }
        Some(Text { text: text?, line })
    }

    /// Whether it is so; numbers and texts are taken for truth values.
    pub(super) fn flag(&self, key: &str) -> bool {
        let Some((value, line)) = self.get(key) else { return false };
        let flag = match value {
            DeValue::Boolean(flag) => Some(*flag),
            DeValue::String(text) => match text.as_ref() {
                "1" | "t" | "T" | "true" | "TRUE" | "True" => Some(true),
                "" | "0" | "f" | "F" | "false" | "FALSE" | "False" => Some(false),
                _ => None,
            },
            value => number(value).map(|number| number != 0.0),
        };
        if flag.is_none() {
            self.refuse(key, line, "`true` or `false`", value);
        }
        flag.unwrap_or(false)
    }

    /// A number; texts are read as one.
    pub(super) fn number(&self, key: &str) -> Option<(f64, usize)> {
        let (value, line) = self.get(key)?;
        let number = number(value);
        if number.is_none() {
            self.refuse(key, line, "a number", value);
        }
        Some((number?, line))
    }

    /// A list of texts. A text alone is cut at its commas.
    pub(super) fn list(&self, key: &str) -> Vec<Text> {
        let Some((value, line)) = self.get(key) else { return Vec::new() };
        match value {
            DeValue::Array(items) => items.iter().filter_map(|item| self.item(key, item)).collect(),
            DeValue::String(text) if text.is_empty() => Vec::new(),
            DeValue::String(text) => {
                text.split(',').map(|part| Text { text: part.to_owned(), line }).collect()
            }
            DeValue::Table(table) if table.is_empty() => Vec::new(),
            value => match scalar(value) {
                Some(text) => vec![Text { text, line }],
                None => {
                    self.refuse(key, line, "a list of texts", value);
                    Vec::new()
                }
            },
        }
    }

    fn item(&self, key: &str, item: &Spanned<DeValue<'i>>) -> Option<Text> {
        let line = self.reader.line(item.span().start);
        let text = scalar(item.get_ref());
        if text.is_none() {
            self.refuse(key, line, "a list of texts", item.get_ref());
        }
        Some(Text { text: text?, line })
    }

    /// A table.
    pub(super) fn table(&self, key: &str) -> Option<(&'t DeTable<'i>, usize)> {
        let (value, line) = self.get(key)?;
        if value.as_table().is_none() {
            self.refuse(key, line, "one table, with its name in single brackets", value);
        }
        Some((value.as_table()?, line))
    }

    /// A list of tables. A table alone is a list of one.
    pub(super) fn tables(&self, key: &str) -> Vec<(&'t DeTable<'i>, usize)> {
        let Some((value, line)) = self.get(key) else { return Vec::new() };
        match value {
            DeValue::Table(table) if table.is_empty() => Vec::new(),
            DeValue::Table(table) => vec![(table, line)],
            DeValue::Array(items) => {
                let table = |item: &'t Spanned<DeValue<'i>>| {
                    let line = self.reader.line(item.span().start);
                    if item.get_ref().as_table().is_none() {
                        self.refuse(key, line, "a list of tables", item.get_ref());
                    }
                    Some((item.get_ref().as_table()?, line))
                };
                items.iter().filter_map(table).collect()
            }
            value => {
                self.refuse(key, line, "a list of tables", value);
                Vec::new()
            }
        }
    }
}

fn scalar(value: &DeValue<'_>) -> Option<String> {
    match value {
        DeValue::String(text) => Some(text.to_string()),
        DeValue::Boolean(flag) => Some(String::from(if *flag { "1" } else { "0" })),
        DeValue::Integer(_) | DeValue::Float(_) => number(value).map(|number| number.to_string()),
        DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}

fn number(value: &DeValue<'_>) -> Option<f64> {
    match value {
        DeValue::Boolean(flag) => Some(f64::from(*flag)),
        DeValue::Integer(integer) => {
            i64::from_str_radix(integer.as_str(), integer.radix()).ok().map(|n| n as f64)
        }
        DeValue::Float(float) => float.as_str().parse().ok(),
        DeValue::String(text) if text.is_empty() => Some(0.0),
        DeValue::String(text) => text.parse().ok().filter(|_| text.trim() == text.as_ref()),
        DeValue::Datetime(_) | DeValue::Array(_) | DeValue::Table(_) => None,
    }
}
