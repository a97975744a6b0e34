//! The drawing of the house in docs/design.md: which folder may import which.
//!
//! The test reads the `use` lines and paths of both crates. It fails on an import that the drawing
//! lacks, on a line of the drawing that no import needs, and on any circle of files or rooms.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

const DESIGN: &str = include_str!("../docs/design.md");

/// The sources of a crate: each file by its path of modules.
struct Sources {
    files: BTreeMap<Vec<String>, String>,
}

impl Sources {
    /// Reads all files below a folder of this repository, without their tests.
    fn read(folder: &str) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).join(folder);
        let mut files = BTreeMap::new();
        let mut folders = vec![root.clone()];
        while let Some(folder) = folders.pop() {
            for entry in std::fs::read_dir(folder).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() {
                    folders.push(path);
                } else if path.extension().is_some_and(|extension| extension == "rs") {
                    let module = module_of(path.strip_prefix(&root).unwrap());
                    // The roots name all modules, and tests may look anywhere.
                    let is_left_out = ["lib", "main", "tests", "fixture"]
                        .iter()
                        .any(|name| module.last().is_some_and(|last| last == name));
                    if !is_left_out {
                        files
                            .insert(module, without_tests(&std::fs::read_to_string(path).unwrap()));
                    }
                }
            }
        }
        assert!(files.len() > 50, "{folder} has {} files", files.len());
        Self { files }
    }

    /// Returns the files that each file imports from, and those that it declares and calls.
    fn imports(&self) -> BTreeMap<&[String], BTreeSet<&[String]>> {
        let mut imports = BTreeMap::new();
        for (module, text) in &self.files {
            let mut targets = BTreeSet::new();
            for path in paths(text, module) {
                if let Some(target) = self.file_of(&path).filter(|target| *target != module) {
                    targets.insert(target);
                }
            }
            imports.insert(module.as_slice(), targets);
        }
        imports
    }

    /// Returns the file that a path of modules and items leads to.
    fn file_of(&self, path: &[String]) -> Option<&[String]> {
        (1..=path.len())
            .rev()
            .find_map(|len| self.files.get_key_value(&path[..len]))
            .map(|(module, _)| module.as_slice())
    }
}

/// Turns `git/store/mod.rs` into `git`, `store`.
fn module_of(path: &Path) -> Vec<String> {
    let mut module: Vec<String> = path
        .with_extension("")
        .components()
        .map(|part| part.as_os_str().to_str().unwrap().to_owned())
        .collect();
    if module.len() > 1 && module.last().is_some_and(|last| last == "mod") {
        module.pop();
    }
    module
}

/// Cuts comments and what is compiled for tests only.
fn without_tests(text: &str) -> String {
    let mut kept = String::new();
    let mut lines = text.lines().peekable();
    while let Some(line) = lines.next() {
        if line == "#[cfg(test)]" {
            let next = lines.next().unwrap_or_default();
            if next.contains("mod tests") && next.ends_with('{') {
                break;
            }
        } else if !line.trim_start().starts_with("//") {
            kept.push_str(line);
            kept.push('\n');
        }
    }
    kept
}

/// Returns all paths that a file names, each from the root of its crate.
fn paths(text: &str, module: &[String]) -> Vec<Vec<String>> {
    let mut found = Vec::new();
    for statement in text.split("use ").skip(1) {
        let Some((body, _)) = statement.split_once(';') else { continue };
        if ["crate::", "super::", "self::"].iter().any(|start| body.starts_with(start)) {
            let flat: String = body.split_whitespace().collect::<Vec<_>>().join(" ");
            expand("", &flat, &mut found);
        }
    }
    // Paths in code, and functions of modules that the file declares.
    for word in text.split(|c: char| !(c.is_alphanumeric() || c == '_' || c == ':')) {
        // `super::{a, b}` is spelled out above, and names nothing else of its parent.
        if word.ends_with("::") {
            continue;
        }
        if word.starts_with("crate::") || word.starts_with("super::") {
            found.push(word.to_owned());
        } else if let Some((child, _)) = word.split_once("::")
            && text.contains(&format!("mod {child};"))
        {
            found.push(format!("self::{word}"));
        }
    }
    found.iter().map(|path| absolute(path, module)).collect()
}

/// Spells out `a::{b, c::{d, e}}`.
fn expand(prefix: &str, tree: &str, found: &mut Vec<String>) {
    let Some(open) = tree.find('{') else {
        let name = tree.split(" as ").next().unwrap_or_default().trim();
        found.push(format!("{prefix}{name}"));
        return;
    };
    let prefix = format!("{prefix}{}", tree[..open].trim());
    let inner = &tree[open + 1..tree.rfind('}').unwrap_or(tree.len())];
    let (mut depth, mut start) = (0, 0);
    for (at, c) in inner.char_indices() {
        match c {
            '{' => depth += 1,
            '}' => depth -= 1,
            ',' if depth == 0 => {
                expand(&prefix, inner[start..at].trim(), found);
                start = at + 1;
            }
            _ => {}
        }
    }
    if !inner[start..].trim().is_empty() {
        expand(&prefix, inner[start..].trim(), found);
    }
}

fn absolute(path: &str, module: &[String]) -> Vec<String> {
    let mut at: Vec<String> = Vec::new();
    for (index, part) in path.split("::").map(str::trim).enumerate() {
        match part {
            "crate" if index == 0 => {}
            "self" if index == 0 => at = module.to_vec(),
            "super" if index == 0 => at = module[..module.len() - 1].to_vec(),
            "super" => {
                at.pop();
            }
            part => at.push(part.to_owned()),
        }
    }
    at
}

/// The room of a file: its folder, and the file itself where it stands at the root of a crate or of
/// `cli`.
fn room(module: &[String], sources: &Sources) -> String {
    let is_folder = |path: &[String]| {
        sources.files.keys().any(|file| file.len() > path.len() && file.starts_with(path))
    };
    let first_is_wide = matches!(module[0].as_str(), "cli" | "git");
    match module {
        [first] => first.clone(),
        [first, second, ..] if first_is_wide && is_folder(&module[..2]) => {
            format!("{first}/{second}")
        }
        [first, second] if first == "cli" => format!("{first}/{second}"),
        [first, ..] => first.clone(),
        [] => unreachable!("a file has a name"),
    }
}

/// Reads the lines `room -> room, room` of the drawing under a heading.
fn drawing(heading: &str) -> BTreeMap<String, BTreeSet<String>> {
    let (_, below) = DESIGN.split_once(heading).expect("docs/design.md has the heading");
    let block = below.split("```").nth(1).expect("a drawing stands below the heading");
    let mut arrows = BTreeMap::new();
    for line in block.lines().filter(|line| !line.trim().is_empty()) {
        let Some((from, to)) = line.split_once("->") else { continue };
        let to = to.split(',').map(str::trim).filter(|name| !name.is_empty());
        arrows.insert(from.trim().to_owned(), to.map(str::to_owned).collect());
    }
    arrows
}

/// Finds a circle in a graph.
fn circle<K: Ord + Clone>(graph: &BTreeMap<K, BTreeSet<K>>) -> Option<Vec<K>> {
    let mut done: BTreeSet<K> = BTreeSet::new();
    loop {
        let free: Vec<K> = graph
            .iter()
            .filter(|(node, to)| {
                !done.contains(node)
                    && to.iter().all(|one| done.contains(one) || !graph.contains_key(one))
            })
            .map(|(node, _)| node.clone())
            .collect();
        if free.is_empty() {
            break;
        }
        done.extend(free);
    }
    // What is left either is in a circle or leads to one: walk until a node comes again.
    let mut at = graph.keys().find(|node| !done.contains(node))?.clone();
    let mut walked = Vec::new();
    loop {
        if let Some(first) = walked.iter().position(|node| *node == at) {
            return Some(walked.split_off(first));
        }
        let next = graph[&at].iter().find(|one| graph.contains_key(*one) && !done.contains(*one));
        let next = next.expect("a node that is left leads to another").clone();
        walked.push(at);
        at = next;
    }
}

fn check(folder: &str, heading: &str) {
    let sources = Sources::read(folder);
    let imports = sources.imports();
    let by_name = imports
        .iter()
        .map(|(from, to)| (from.join("::"), to.iter().map(|one| one.join("::")).collect()))
        .collect();
    assert_eq!(circle::<String>(&by_name), None, "files of {folder} import each other");

    let mut rooms: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    for (from, to) in &imports {
        // The face of a folder names what is in it.
        let is_face =
            sources.files.keys().any(|file| file.len() > from.len() && file.starts_with(from));
        let from_room = room(from, &sources);
        for target in to {
            let is_inside = is_face && target.starts_with(from);
            let to_room = room(target, &sources);
            if to_room != from_room && !is_inside {
                rooms.entry(from_room.clone()).or_default().insert(to_room);
            }
        }
    }
    let drawn = drawing(heading);
    let mut wrong = Vec::new();
    for (from, to) in &rooms {
        for target in to.difference(drawn.get(from).unwrap_or(&BTreeSet::new())) {
            wrong.push(format!(
                "{from} imports {target}: draw the arrow in docs/design.md or take it out"
            ));
        }
    }
    for (from, to) in &drawn {
        for target in to.difference(rooms.get(from).unwrap_or(&BTreeSet::new())) {
            wrong.push(format!("docs/design.md draws {from} -> {target}, which no import needs"));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!(circle(&rooms), None, "rooms of {folder} import each other");
}

#[test]
fn imports_of_the_core_are_drawn() {
    check("scanner-core/src", "### Arrows of scanner-core");
}

#[test]
fn imports_of_the_program_are_drawn() {
    check("scanner-cli/src", "### Arrows of scanner-cli");
}

#[test]
fn no_command_imports_another() {
    let sources = Sources::read("scanner-cli/src");
    let command = |module: &[String]| match module {
        [cli, commands, name, ..] if cli == "cli" && commands == "commands" => Some(name.clone()),
        _ => None,
    };
    for (from, to) in sources.imports() {
        let Some(name) = command(from) else { continue };
        for target in to {
            let other = command(target).unwrap_or_else(|| name.clone());
            assert_eq!(other, name, "{} imports a file of the command {other}", from.join("::"));
        }
    }
}

#[test]
fn the_root_of_the_core_is_small() {
    let root = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("scanner-core/src");
    let files = std::fs::read_dir(root).unwrap();
    let count = files.filter(|entry| entry.as_ref().unwrap().path().is_file()).count();
    assert!(count <= 6, "{count} files stand at the root of scanner-core/src");
    let exports = include_str!("../scanner-core/src/lib.rs");
    let root_exports = exports.split("pub mod coverage").next().unwrap();
    let names: usize = root_exports
        .split("pub use ")
        .skip(1)
        .map(|line| line.split(';').next().unwrap().matches(',').count() + 1)
        .sum();
    assert!(names <= 45, "{names} names at the core's root");
}

#[test]
fn circles_are_found() {
    let graph = |arrows: &[(&str, &[&str])]| -> BTreeMap<String, BTreeSet<String>> {
        arrows
            .iter()
            .map(|(from, to)| {
                ((*from).to_owned(), to.iter().map(|one| (*one).to_owned()).collect())
            })
            .collect()
    };
    assert_eq!(circle(&graph(&[("a", &["b"]), ("b", &["c"]), ("c", &[])])), None);
    assert!(circle(&graph(&[("a", &["b"]), ("b", &["c"]), ("c", &["b"])])).is_some());
}

/// All sources of the project that people write.
fn sources() -> Vec<PathBuf> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut folders: Vec<PathBuf> =
        ["scanner-core", "scanner-cli", "rules", "tests", "examples", "benches"]
            .map(|folder| root.join(folder))
            .into();
    let mut files = Vec::new();
    while let Some(folder) = folders.pop() {
        for entry in std::fs::read_dir(&folder).unwrap() {
            let path = entry.unwrap().path();
            let is_generated = path.ends_with("rules/rows.rs");
            if path.is_dir() && !path.ends_with("target") {
                folders.push(path);
            } else if path.extension().is_some_and(|it| it == "rs") && !is_generated {
                files.push(path);
            }
        }
    }
    files
}

/// rustfmt wraps neither comments nor literals. A link cannot be wrapped.
#[test]
fn lines_and_files_are_short() {
    let files = sources();
    assert!(files.len() > 300, "{}", files.len());
    let mut wrong = Vec::new();
    for file in files {
        let text = std::fs::read_to_string(&file).unwrap();
        if text.lines().count() > 600 {
            wrong.push(format!("{}: more than 600 lines", file.display()));
        }
        for (number, line) in (1..).zip(text.lines()) {
            let is_link = line.trim_start().starts_with("//") && line.contains("<https://");
            if line.chars().count() > 100 && !is_link {
                wrong.push(format!("{}:{number}: more than 100 columns", file.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
