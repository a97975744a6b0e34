//! Tells the program what it was built from: for `--version`. Runs no command.

use std::path::{Path, PathBuf};

fn main() {
    let root = PathBuf::from(std::env::var_os("CARGO_MANIFEST_DIR").unwrap_or_default());
    println!("cargo::rerun-if-env-changed=TOKENSIEVE_COMMIT");
    println!("cargo::rerun-if-changed=scanner-cli/build.rs");
    let given = std::env::var("TOKENSIEVE_COMMIT").ok().filter(|commit| is_id(commit));
    if let Some(commit) = given.or_else(|| packaged(&root)).or_else(|| checked_out(&root)) {
        println!("cargo::rustc-env=TOKENSIEVE_BUILD_COMMIT={commit}");
    }
    let target = std::env::var("TARGET").unwrap_or_default();
    println!("cargo::rustc-env=TOKENSIEVE_BUILD_TARGET={target}");
}

fn is_id(text: &str) -> bool {
    (40..=64).contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// The commit that cargo notes in a package.
fn packaged(root: &Path) -> Option<String> {
    let text = std::fs::read_to_string(root.join(".cargo_vcs_info.json")).ok()?;
    let (_, rest) = text.split_once("\"sha1\"")?;
    rest.split('"').nth(1).filter(|id| is_id(id)).map(str::to_owned)
}

/// The commit that HEAD names, where these sources are a git repository.
fn checked_out(root: &Path) -> Option<String> {
    let git = root.join(".git");
    let head = std::fs::read_to_string(git.join("HEAD")).ok()?;
    println!("cargo::rerun-if-changed=.git/HEAD");
    let head = head.trim();
    let Some(name) = head.strip_prefix("ref: ") else {
        return is_id(head).then(|| head.to_owned());
    };
    if let Ok(id) = std::fs::read_to_string(git.join(name)) {
        println!("cargo::rerun-if-changed=.git/{name}");
        return Some(id.trim().to_owned()).filter(|id| is_id(id));
    }
    let packed = std::fs::read_to_string(git.join("packed-refs")).ok()?;
    println!("cargo::rerun-if-changed=.git/packed-refs");
    let mut lines = packed.lines().filter_map(|line| line.split_once(' '));
    let (id, _) = lines.find(|(_, found)| *found == name)?;
    Some(id.to_owned()).filter(|id| is_id(id))
}
