//! Hashes the sources of the engine, so that a cache of results never outlives the code that made
//! them: see `Engine::identity`.

#![allow(clippy::disallowed_macros, clippy::disallowed_methods, clippy::disallowed_types)]

use std::collections::hash_map::DefaultHasher;
use std::hash::Hasher;
use std::path::{Path, PathBuf};
use std::{fs, io};

/// The folders whose code decides what is found.
const FOLDERS: [&str; 9] =
    ["confirm", "decode", "engine", "prefilter", "proof", "rules", "scanner", "syntax", "text"];

fn main() -> io::Result<()> {
    let mut files = Vec::new();
    for folder in FOLDERS {
        let folder = Path::new("src").join(folder);
        println!("cargo::rerun-if-changed={}", folder.display());
        add_files(&folder, &mut files)?;
    }
    files.sort();
    let mut hasher = DefaultHasher::new();
    for file in files {
        hasher.write(file.to_string_lossy().as_bytes());
        hasher.write(&fs::read(&file)?);
    }
    println!("cargo::rustc-env=ENGINE_SOURCES={:016x}", hasher.finish());
    Ok(())
}

fn add_files(folder: &Path, files: &mut Vec<PathBuf>) -> io::Result<()> {
    for entry in fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            add_files(&path, files)?;
        } else {
            files.push(path);
        }
    }
    Ok(())
}
