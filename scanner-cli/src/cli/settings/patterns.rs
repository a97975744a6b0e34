//! Patterns of paths that a user excludes: what they mean, and those that can match nothing.

use std::path::{Path, PathBuf};

use tokensieve_core::suppression::path_pattern;

use crate::cli::settings::config::{Loaded, PathPattern};
use crate::source::Root;

/// The patterns of a scan, and warnings about those that can match nothing.
#[derive(Debug, Default)]
pub(crate) struct Patterns {
    pub(crate) list: Vec<String>,
    pub(crate) warnings: Vec<String>,
}

/// Brings the patterns of the configuration and of the command line together. An absolute path
/// below the one root of the scan is taken as seen from there.
pub(crate) fn resolve(loaded: &Loaded, named: &[String], roots: &[PathBuf]) -> Patterns {
    let file = loaded.name.as_deref().unwrap_or_default();
    let configured = loaded
        .exclude_paths
        .iter()
        .map(|PathPattern { text, line }| (text, format!("{file}:{line}")));
    let named = named.iter().map(|text| (text, "--exclude-path".to_owned()));
    let mut patterns = Patterns::default();
    for (text, place) in configured.chain(named) {
        let has_positive = patterns.list.iter().any(|pattern| !pattern.starts_with('!'));
        if let Some(why) = why_useless(text, roots, has_positive) {
            patterns.warnings.push(format!("{place}: `{text}` excludes nothing: {why}"));
        }
        patterns.list.push(from_root(text, roots).unwrap_or_else(|| text.clone()));
    }
    patterns
}

/// What `tokensieve config lint` says about the patterns of a configuration.
pub(crate) fn lint(loaded: &Loaded, roots: &[Root]) -> Vec<String> {
    let roots: Vec<PathBuf> = roots.iter().map(|root| root.path().to_owned()).collect();
    let file = loaded.name.as_deref().unwrap_or_default();
    let mut remarks = Vec::new();
    let mut has_positive = false;
    for PathPattern { text, line } in &loaded.exclude_paths {
        if let Some(why) = why_useless(text, &roots, has_positive) {
            remarks.push(format!("{file}:{line}: warning: `{text}` excludes nothing: {why}"));
        } else if let Some(plain) = plainer(text, &roots) {
            remarks.push(format!("{file}:{line}: warning: `{text}` is taken as `{plain}`"));
        }
        has_positive |= !text.starts_with('!');
    }
    for allow in &loaded.allow {
        for text in &allow.list.spec().globs {
            let (file, line) = (&allow.file, allow.line);
            if let Some(why) = why_useless(text, &roots, true) {
                remarks.push(format!("{file}:{line}: warning: `{text}` matches nothing: {why}"));
            } else if let Some(plain) = plainer(text, &[]) {
                remarks.push(format!("{file}:{line}: warning: `{text}` is taken as `{plain}`"));
            }
        }
    }
    remarks
}

/// The form that a pattern is taken as, if it is written in another one.
fn plainer(text: &str, roots: &[PathBuf]) -> Option<String> {
    let moved = from_root(text, roots);
    let plain = path_pattern(moved.as_deref().unwrap_or(text)).ok()?;
    (plain != text).then(|| plain.into_owned())
}

/// Why a pattern can match nothing. `has_positive` tells whether one before it excludes something.
fn why_useless(text: &str, roots: &[PathBuf], has_positive: bool) -> Option<String> {
    if let Err(why) = path_pattern(text) {
        return Some(why.to_owned());
    }
    if text.starts_with('!') && !has_positive {
        return Some("no pattern before it excludes what it would take back".to_owned());
    }
    if is_elsewhere(text, roots) {
        return Some(
            "patterns begin at the root of the repository, not at that of the disk".to_owned(),
        );
    }
    None
}

/// Whether a pattern is the path of something on this machine that is in no root, and would name
/// nothing in any of them.
fn is_elsewhere(text: &str, roots: &[PathBuf]) -> bool {
    let path = Path::new(text);
    if !path.is_absolute() || from_root(text, roots).is_some() || !path.exists() {
        return false;
    }
    // `/src/a` is a pattern where there is a folder `src`.
    let first = path.components().nth(1);
    !roots.iter().any(|root| first.is_some_and(|first| root.join(first).exists()))
}

/// The pattern for an absolute path below the one root there is. With several roots a pattern would
/// mean something in each of them.
fn from_root(text: &str, roots: &[PathBuf]) -> Option<String> {
    let [root] = roots else { return None };
    let is_folder = if text.ends_with('/') { "/" } else { "" };
    let path = Path::new(text);
    let below = |path: &Path| path.strip_prefix(root).ok().map(Path::to_owned);
    let below = below(path).or_else(|| below(&path.canonicalize().ok()?))?;
    let below = below.to_str().filter(|below| path.is_absolute() && !below.is_empty())?;
    Some(format!("/{below}{is_folder}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn absolute_paths_are_seen_from_the_root() {
        let dir = tempfile::tempdir().unwrap();
        let root = dir.path().canonicalize().unwrap();
        std::fs::create_dir_all(root.join("etc")).unwrap();
        let roots = [root.clone()];
        let absolute = format!("{}/vendor/", root.display());
        assert_eq!(from_root(&absolute, &roots).as_deref(), Some("/vendor/"));
        assert_eq!(from_root("/vendor", &roots), None);
        assert_eq!(from_root("vendor", &roots), None);
        // On the disk and in the tree, or nowhere: a pattern.
        assert!(!is_elsewhere("/etc/passwd", &roots));
        assert!(!is_elsewhere("/no-such-folder/x", &roots));
        assert!(is_elsewhere("/usr", &roots));
    }
}
