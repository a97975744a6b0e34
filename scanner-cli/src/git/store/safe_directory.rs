//! `safe.directory`: whether the user lets git use a repository of somebody else.
//!
//! Git reads the setting of the system, of the user and of the command line, never of a
//! repository. gix reads the files alone, so the variables by which git hands over what stands on
//! a command line are read here: `GIT_CONFIG_COUNT` with its keys and values, and
//! `GIT_CONFIG_PARAMETERS`.

use std::ffi::OsString;
use std::os::unix::ffi::{OsStrExt, OsStringExt};
use std::path::{Path, PathBuf};

use gix::bstr::{BStr, BString, ByteSlice};

/// The setting, with a value or without one.
type Value = Option<BString>;

/// More settings than git itself would be handed.
const MAX_SETTINGS: usize = 10_000;

/// Returns whether the environment has the setting at all. Without it, the files decide.
pub(super) fn is_in_environment() -> bool {
    !of_environment(&|name| std::env::var_os(name)).is_empty()
}

/// Returns whether the setting, of all files and the environment together, allows a folder: the
/// root of a working tree, or the data of a bare repository. Settings that cannot be read allow
/// nothing.
pub(super) fn allows(folder: &Path) -> bool {
    let Ok(files) = gix::config::File::from_globals() else { return false };
    let mut values: Vec<Value> = Vec::new();
    values.extend(files.strings("safe.directory").unwrap_or_default().into_iter().map(Some));
    values.extend(of_environment(&|name| std::env::var_os(name)));
    let home = std::env::var_os("HOME").map(PathBuf::from);
    is_allowed(folder, &values, home.as_deref())
}

/// Goes through the values in their order. An empty one takes back those before it.
fn is_allowed(folder: &Path, values: &[Value], home: Option<&Path>) -> bool {
    let resolved = |path: &Path| path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let folder = resolved(folder);
    let mut is_allowed = false;
    for value in values {
        match value.as_ref().map(|value| value.as_bytes()) {
            None | Some(b"") => is_allowed = false,
            Some(b"*") => is_allowed = true,
            Some(value) => {
                let path = with_home(value.as_bstr(), home);
                let above = path.as_os_str().as_bytes().strip_suffix(b"/*").map(|above| {
                    let above = if above.is_empty() { b"/" } else { above };
                    resolved(Path::new(std::ffi::OsStr::from_bytes(above)))
                });
                is_allowed |= match above {
                    Some(above) => {
                        above.is_absolute() && folder != above && folder.starts_with(&above)
                    }
                    None => {
                        path == Path::new(".") && folder == resolved(&path)
                            || path.is_absolute() && folder == resolved(&path)
                    }
                };
            }
        }
    }
    is_allowed
}

/// Resolves `~/` at the start of a path.
fn with_home(value: &BStr, home: Option<&Path>) -> PathBuf {
    let path = |bytes: &[u8]| PathBuf::from(OsString::from_vec(bytes.to_vec()));
    match (value.strip_prefix(b"~/"), home) {
        (Some(rest), Some(home)) => home.join(path(rest)),
        _ => path(value),
    }
}

/// Returns the values of the environment, in the order in which git reads them.
fn of_environment(variable: &dyn Fn(&str) -> Option<OsString>) -> Vec<Value> {
    let is_wanted = |key: &[u8]| key.eq_ignore_ascii_case(b"safe.directory");
    let mut values = Vec::new();
    let count = variable("GIT_CONFIG_COUNT").and_then(|count| count.to_str()?.parse().ok());
    for index in 0..count.unwrap_or(0).min(MAX_SETTINGS) {
        let key = variable(&format!("GIT_CONFIG_KEY_{index}"));
        let value = variable(&format!("GIT_CONFIG_VALUE_{index}"));
        // Git uses none of them where one is missing.
        let (Some(key), Some(value)) = (key, value) else { return Vec::new() };
        if is_wanted(key.as_bytes()) {
            values.push(Some(value.into_vec().into()));
        }
    }
    let parameters = variable("GIT_CONFIG_PARAMETERS").unwrap_or_default();
    for (key, value) in of_parameters(parameters.as_bytes()) {
        if is_wanted(&key) {
            values.push(value.map(Into::into));
        }
    }
    values
}

/// Splits what `git -c` leaves in the environment: `'key'='value'` for each setting, or, from a
/// git before 2.31, `'key=value'`. Whatever else it holds ends it, and all of it counts for
/// nothing, since git would not run.
fn of_parameters(text: &[u8]) -> Vec<(Vec<u8>, Option<Vec<u8>>)> {
    let mut settings = Vec::new();
    let mut rest = text.trim_ascii_start();
    while !rest.is_empty() {
        let Some((key, after)) = unquoted(rest) else { return Vec::new() };
        rest = after;
        if let Some(after) = rest.strip_prefix(b"=") {
            let is_over = after.first().is_none_or(u8::is_ascii_whitespace);
            let value = if is_over { None } else { unquoted(after) };
            rest = match &value {
                Some((_, after)) => after,
                None if is_over => after,
                None => return Vec::new(),
            };
            settings.push((key, value.map(|(value, _)| value)));
        } else {
            let end = key.find_byte(b'=');
            let value = end.map(|end| key[end + 1..].to_vec());
            settings.push((key[..end.unwrap_or(key.len())].to_vec(), value));
        }
        if rest.first().is_some_and(|byte| !byte.is_ascii_whitespace()) {
            return Vec::new();
        }
        rest = rest.trim_ascii_start();
    }
    settings
}

/// Splits a text that git has quoted for a shell off the start: in single quotes, with `'\''` and
/// `'\!'` for a quote and an exclamation mark.
fn unquoted(text: &[u8]) -> Option<(Vec<u8>, &[u8])> {
    let mut rest = text.strip_prefix(b"'")?;
    let mut value = Vec::new();
    loop {
        let end = rest.find_byte(b'\'')?;
        value.extend_from_slice(&rest[..end]);
        rest = &rest[end + 1..];
        match rest {
            [b'\\', escaped @ (b'\'' | b'!'), b'\'', after @ ..] => {
                value.push(*escaped);
                rest = after;
            }
            _ => return Some((value, rest)),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn values(variables: &[(&str, &str)]) -> Vec<Value> {
        of_environment(&|name| {
            let found = variables.iter().find(|(known, _)| *known == name);
            found.map(|(_, value)| OsString::from(value))
        })
    }

    fn some(values: &[&str]) -> Vec<Value> {
        values.iter().map(|value| Some(BString::from(*value))).collect()
    }

    #[test]
    fn settings_of_the_environment() {
        let counted = [
            ("GIT_CONFIG_COUNT", "2"),
            ("GIT_CONFIG_KEY_0", "user.name"),
            ("GIT_CONFIG_VALUE_0", "x"),
            ("GIT_CONFIG_KEY_1", "Safe.Directory"),
            ("GIT_CONFIG_VALUE_1", "/a"),
        ];
        assert_eq!(values(&counted), some(&["/a"]));
        assert_eq!(values(&counted[..4]), [], "a missing value");
        let parameters = |text| values(&[("GIT_CONFIG_PARAMETERS", text)]);
        assert_eq!(parameters("'a.b'='c' 'safe.directory'='/it'\\''s'"), some(&["/it's"]));
        assert_eq!(parameters("'safe.directory=*'"), some(&["*"]));
        assert_eq!(parameters("'safe.directory'= 'a.b'='c'"), [None]);
        assert_eq!(parameters("'safe.directory'='*' rubbish"), []);
        assert_eq!(parameters("'safe.directory'='*"), []);
    }

    #[test]
    fn folders_that_are_allowed() {
        let home = Path::new("/home/ada");
        let allows = |list: &[&str]| is_allowed(Path::new("/srv/a/b"), &some(list), Some(home));
        for list in [&["*"][..], &["/srv/a/b/"], &["/srv/*"], &["", "/srv/a/b"], &["/*"]] {
            assert!(allows(list), "{list:?}");
        }
        for list in [&["*", ""][..], &["/srv/a"], &["/srv/a/b/*"], &["a/b"], &["/sr*"], &[]] {
            assert!(!allows(list), "{list:?}");
        }
        let own = Path::new("/home/ada/x");
        assert!(is_allowed(own, &some(&["~/x"]), Some(home)));
        assert!(!is_allowed(own, &[Some("*".into()), None], Some(home)), "no value");
    }
}
