//! One file of gitleaks: TOML text in, rules and allowlists with their lines out.
//!
//! It is read as gitleaks 8.30 does, down to what it refuses. Extension by other files is in
//! [`super::extend`].

use toml::de::DeTable;

use super::dialect::{self, Pattern};
use super::values::{Reader, Table, Text};
use crate::gitleaks::model::{GitleaksAllowlist, GitleaksRule, Remark, Required};
use crate::suppress::allowlist::{Condition, Target};

/// The version of gitleaks whose files are understood.
const UNDERSTOOD: [u64; 3] = [8, 30, 1];

/// What one file says.
#[derive(Clone, Debug, Default)]
pub(super) struct File {
    pub(super) extend: Extend,
    /// The last one of those with the same id.
    pub(super) rules: Vec<GitleaksRule>,
    pub(super) allowlists: Vec<GitleaksAllowlist>,
}

/// The table `[extend]`.
#[derive(Clone, Debug, Default)]
pub(super) struct Extend {
    pub(super) path: Option<Text>,
    pub(super) uses_default: bool,
    pub(super) disabled_rules: Vec<Text>,
    pub(super) line: usize,
}

/// Reads a file, as far as it can be read, and says what is wrong with it.
pub(super) fn read(name: &str, text: &str) -> (File, Vec<Remark>) {
    let reader = Reader::new(name, text);
    let file = match DeTable::parse(text) {
        Ok(table) => file(&reader, table.get_ref()),
        Err(error) => {
            let line = error.span().map_or(1, |span| reader.line(span.start));
            reader.error(line, error.message());
            File::default()
        }
    };
    (file, reader.into_remarks())
}

fn file(reader: &Reader<'_>, table: &DeTable<'_>) -> File {
    let known =
        ["title", "description", "minversion", "extend", "rules", "allowlist", "allowlists"];
    let table = Table::new(reader, "the file", table, &known);
    for key in ["title", "description"] {
        table.text(key);
    }
    if let Some(wanted) = table.text("minversion") {
        min_version(reader, &wanted);
    }
    let mut rules: Vec<GitleaksRule> = Vec::new();
    for (form, line) in table.tables("rules") {
        let Some(rule) = rule(reader, form, line) else { continue };
        match rules.iter_mut().find(|earlier| earlier.id == rule.id) {
            Some(earlier) => {
                let message = format!(
                    "rule `{}` is there before, in line {}: this one takes its place",
                    rule.id, earlier.line
                );
                reader.warn(rule.line, message);
                *earlier = rule;
            }
            None => rules.push(rule),
        }
    }
    for rule in &rules {
        let is_there = |required: &Required| rules.iter().any(|other| other.id == required.rule);
        for required in rule.required.iter().filter(|required| !is_there(required)) {
            let message = format!(
                "rule `{}` requires `{}`, which must be in the same file: gitleaks looks before \
                 it extends",
                rule.id, required.rule
            );
            reader.error(required.line, message);
        }
    }
    File { extend: extend(reader, &table), allowlists: allowlists(reader, &table, true), rules }
}

fn min_version(reader: &Reader<'_>, wanted: &Text) {
    let plain = wanted.text.trim_start_matches('v');
    let release = plain.split(['-', '+']).next().unwrap_or(plain);
    let parts: Option<Vec<u64>> = release.split('.').map(|part| part.parse().ok()).collect();
    match parts {
        Some(parts) if parts.as_slice() > UNDERSTOOD.as_slice() => reader.warn(
            wanted.line,
            format!(
                "minVersion is {plain}, and files of gitleaks {} are understood",
                UNDERSTOOD.map(|n| n.to_string()).join(".")
            ),
        ),
        Some(_) => {}
        None if plain.is_empty() => {}
        None => reader.error(
            wanted.line,
            format!("minVersion `{}` is no version, such as 8.25.0", wanted.text),
        ),
    }
}

fn extend(reader: &Reader<'_>, table: &Table<'_, '_, '_>) -> Extend {
    let Some((form, line)) = table.table("extend") else { return Extend::default() };
    let form =
        Table::new(reader, "[extend]", form, &["path", "usedefault", "url", "disabledrules"]);
    let path = form.text("path").filter(|path| !path.text.is_empty());
    let uses_default = form.flag("usedefault");
    if let (Some(path), true) = (&path, uses_default) {
        reader.error(
            path.line,
            "`path` and `useDefault` exclude each other: let the other file use the default",
        );
    }
    if let Some(url) = form.text("url").filter(|url| !url.text.is_empty()) {
        reader.warn(
            url.line,
            "`url` does nothing, in gitleaks neither: fetch the file and name it with `path`",
        );
    }
    let disabled_rules = form.list("disabledrules");
    if !disabled_rules.is_empty() && path.is_none() && !uses_default {
        reader.warn(
            disabled_rules[0].line,
            "`disabledRules` only leaves out rules of what is extended, and nothing is",
        );
    }
    Extend { path, uses_default, disabled_rules, line }
}

fn rule(reader: &Reader<'_>, form: &DeTable<'_>, line: usize) -> Option<GitleaksRule> {
    let known = [
        "id",
        "description",
        "regex",
        "path",
        "secretgroup",
        "entropy",
        "keywords",
        "tags",
        "skipreport",
        "allowlist",
        "allowlists",
        "required",
    ];
    let form = Table::new(reader, "a rule", form, &known);
    let id = form.text("id").filter(|id| !id.text.trim().is_empty());
    if id.is_none() {
        reader.error(line, "a rule has an `id`");
    }
    let pattern = |key: &str| {
        let written = form.text(key).filter(|written| !written.text.is_empty())?;
        translate(reader, key, &written)
    };
    let (regex, path) = (pattern("regex"), pattern("path"));
    let secret_group = secret_group(reader, &form, regex.as_ref());
    let entropy = form.number("entropy").map_or(0.0, |(entropy, _)| entropy);
    let required = form
        .tables("required")
        .into_iter()
        .filter_map(|(form, line)| required(reader, form, line))
        .collect();
    let texts = |key| form.list(key).into_iter().map(|item| item.text).collect::<Vec<_>>();
    let keywords = texts("keywords").into_iter().map(|keyword| keyword.to_lowercase()).collect();
    let rule = GitleaksRule {
        file: reader.file().to_owned(),
        line: id.as_ref().map_or(line, |id| id.line),
        description: form.text("description").map_or_else(String::new, |text| text.text),
        secret_group,
        entropy,
        keywords,
        tags: texts("tags"),
        skips_report: form.flag("skipreport"),
        required,
        allowlists: allowlists(reader, &form, false),
        id: id?.text,
        regex,
        path,
    };
    Some(rule)
}

fn secret_group(reader: &Reader<'_>, form: &Table<'_, '_, '_>, regex: Option<&Pattern>) -> usize {
    let Some((number, line)) = form.number("secretgroup") else { return 0 };
    let number = number.trunc();
    if number < 0.0 {
        reader.warn(line, format!("secretGroup is {number}, which is taken for 0"));
        return 0;
    }
    let groups = regex.map(Pattern::groups);
    if groups.is_some_and(|groups| number > groups as f64) {
        let message =
            format!("secretGroup is {number}, and the regex has {} groups", groups.unwrap_or(0));
        reader.error(line, message);
        return 0;
    }
    number as usize
}

fn required(reader: &Reader<'_>, form: &DeTable<'_>, line: usize) -> Option<Required> {
    let form = Table::new(reader, "a required rule", form, &["id", "withinlines", "withincolumns"]);
    let Some(id) = form.text("id").filter(|id| !id.text.is_empty()) else {
        reader.error(line, "a required rule has an `id`");
        return None;
    };
    let within = |key| form.number(key).map(|(number, _)| number as i64);
    Some(Required {
        line: id.line,
        rule: id.text,
        within_lines: within("withinlines"),
        within_columns: within("withincolumns"),
    })
}

fn allowlists(
    reader: &Reader<'_>,
    table: &Table<'_, '_, '_>,
    is_global: bool,
) -> Vec<GitleaksAllowlist> {
    let old = table.table("allowlist");
    let new = table.tables("allowlists");
    if let (Some((_, line)), false) = (old, new.is_empty()) {
        reader.error(
            line,
            "`allowlist` is the old form of `allowlists`, and both are there: keep the new one",
        );
    }
    old.into_iter()
        .chain(new)
        .filter_map(|(form, line)| allowlist(reader, form, line, is_global))
        .collect()
}

fn allowlist(
    reader: &Reader<'_>,
    form: &DeTable<'_>,
    line: usize,
    is_global: bool,
) -> Option<GitleaksAllowlist> {
    let mut known =
        vec!["description", "condition", "commits", "paths", "regextarget", "regexes", "stopwords"];
    if is_global {
        known.push("targetrules");
    }
    let form = Table::new(reader, "an allowlist", form, &known);
    let choice = |key: &str| form.text(key).unwrap_or(Text { text: String::new(), line });
    let condition = choice("condition");
    let condition = match condition.text.to_lowercase().as_str() {
        "" | "or" | "||" => Condition::Or,
        "and" | "&&" => Condition::And,
        other => {
            reader.error(
                condition.line,
                format!("`{other}` is no condition of an allowlist: `and`, `or`"),
            );
            return None;
        }
    };
    let target = choice("regextarget");
    let regex_target = match target.text.as_str() {
        "" | "secret" => Target::Secret,
        "match" => Target::Match,
        "line" => Target::Line,
        other => {
            reader.error(
                target.line,
                format!("`{other}` is no regexTarget: `secret`, `match`, `line`"),
            );
            return None;
        }
    };
    let patterns = |key: &str| -> Vec<Pattern> {
        form.list(key).iter().filter_map(|written| translate(reader, key, written)).collect()
    };
    let texts = |key| form.list(key).into_iter().map(|item| item.text).collect::<Vec<_>>();
    let allowlist = GitleaksAllowlist {
        description: form.text("description").map_or_else(String::new, |text| text.text),
        condition,
        commits: texts("commits"),
        paths: patterns("paths"),
        regex_target,
        regexes: patterns("regexes"),
        stopwords: texts("stopwords"),
        target_rules: if is_global { texts("targetrules") } else { Vec::new() },
        file: reader.file().to_owned(),
        line,
    };
    let written =
        ["commits", "paths", "regexes", "stopwords"].iter().any(|key| !form.list(key).is_empty());
    if !written {
        reader.error(
            line,
            "an allowlist has `commits`, `paths`, `regexes` or `stopwords`; without \
                          any it says nothing",
        );
        return None;
    }
    Some(allowlist)
}

fn translate(reader: &Reader<'_>, key: &str, written: &Text) -> Option<Pattern> {
    match dialect::translate(&written.text) {
        Ok(pattern) => match check(&pattern) {
            Ok(()) => Some(pattern),
            Err(message) => {
                reader.error(written.line, format!("`{key}`: {message}"));
                None
            }
        },
        Err(error) => {
            // A text in three quotes has its first line where the value starts, unless that one is
            // empty.
            let before = &written.text[..error.offset.min(written.text.len())];
            let line = written.line + before.matches('\n').count();
            let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
            reader.error(line, format!("`{key}`, character {column}: {error}"));
            None
        }
    }
}

/// Whether what was translated can be used: it must not unroll to something huge.
fn check(pattern: &Pattern) -> Result<(), String> {
    let hir = crate::rules::regex::parse(&pattern.regex)
        .map_err(|error| crate::rules::regex::in_short(&error))?;
    if crate::rules::lint::is_too_large(&hir) {
        return Err("is too large: use `*` or `+` instead of large counts".to_owned());
    }
    Ok(())
}
