//! What a scan of a history should say, worked out the plain way: each object scanned whole, each
//! tree of each commit listed by git and compared with those of the parents.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use serde_json::Value;
use tokensieve_core::{Confidence, FingerprintKey, RuleSet, Scanner};

use crate::support::command::Run;
use crate::support::repository::{Object, Repository};

/// A rule and the identity of a secret.
pub(super) type Key = (String, String);

/// What was found in one object.
#[derive(Clone, Default)]
pub(super) struct Held {
    /// The first line of each secret.
    pub(super) found: BTreeMap<Key, u64>,
    /// What is not reported.
    pub(super) suppressed: BTreeSet<Key>,
}

/// Scans objects one by one.
pub(super) struct Naive {
    scanner: Scanner,
    key: FingerprintKey,
}

impl Naive {
    pub(super) fn new() -> Self {
        let scanner = Scanner::builder().keeps_refuted(true).build(&RuleSet::builtin());
        Self { scanner: scanner.unwrap(), key: FingerprintKey::default() }
    }

    pub(super) fn scan(&self, data: &[u8]) -> Held {
        let mut held = Held::default();
        self.scanner.scan(data, &mut |located| {
            let key = (
                located.matched.rule().id().to_owned(),
                self.key.secret_id(&located.secret).to_string(),
            );
            if located.matched.confidence() < Confidence::Possible {
                held.suppressed.insert(key);
            } else {
                held.found.entry(key).or_insert(located.start.line as u64);
            }
        });
        held
    }

    /// Everything in some objects.
    pub(super) fn scan_all(&self, objects: &[Object]) -> Held {
        let mut all = Held::default();
        for object in objects.iter().filter(|object| object.kind != "tree") {
            let held = self.scan(&object.data);
            all.found.extend(held.found);
            all.suppressed.extend(held.suppressed);
        }
        all.suppressed.retain(|key| !all.found.contains_key(key));
        all
    }
}

struct Commit {
    parents: Vec<String>,
    /// What its tree holds, with paths and lines in the order of the paths' bytes.
    holds: BTreeMap<Key, Vec<(String, u64)>>,
    /// What its message holds, with lines.
    says: BTreeMap<Key, u64>,
}

/// All that a report says about where a secret comes from.
#[derive(Debug, Eq, PartialEq)]
pub(super) struct Story {
    pub(super) places: Vec<(String, String, u64)>,
    pub(super) commit: String,
    pub(super) last_commit: String,
    pub(super) in_head: bool,
    pub(super) refs: BTreeSet<String>,
}

/// The commits of a repository.
pub(super) struct History<'r> {
    repository: &'r Repository,
    commits: HashMap<String, Commit>,
    /// Parents before their children, older ones before younger ones.
    order: Vec<String>,
}

impl<'r> History<'r> {
    pub(super) fn read(repository: &'r Repository) -> Self {
        let naive = Naive::new();
        let lines = |text: &str| text.lines().map(ToOwned::to_owned).collect::<Vec<_>>();
        let order = lines(&repository.git(&["rev-list", "--date-order", "--reverse", "--all"]));
        let objects = repository.objects(&["--all"]);
        let scanned: HashMap<&str, Held> = objects
            .iter()
            .filter(|object| object.kind == "blob")
            .map(|object| (object.id.as_str(), naive.scan(&object.data)))
            .collect();
        let texts: HashMap<&str, &[u8]> =
            objects.iter().map(|object| (object.id.as_str(), object.data.as_slice())).collect();
        let mut trees: HashMap<String, BTreeMap<Key, Vec<(String, u64)>>> = HashMap::new();
        let mut commits = HashMap::new();
        for id in &order {
            let text = texts[id.as_str()];
            let end = text.windows(2).position(|pair| pair == b"\n\n").unwrap();
            let header = std::str::from_utf8(&text[..end]).unwrap();
            let field = |name: &str| -> Vec<String> {
                header
                    .lines()
                    .filter_map(|line| line.strip_prefix(name))
                    .map(ToOwned::to_owned)
                    .collect()
            };
            let tree = field("tree ").remove(0);
            let holds = trees
                .entry(tree.clone())
                .or_insert_with(|| holds(repository, &tree, &scanned))
                .clone();
            let says = naive.scan(&text[end + 2..]).found;
            commits.insert(id.clone(), Commit { parents: field("parent "), holds, says });
        }
        Self { repository, commits, order }
    }

    /// All commits, in order.
    pub(super) fn order(&self) -> &[String] {
        &self.order
    }

    /// Whether the tree of a commit holds a secret.
    pub(super) fn holds(&self, id: &str, key: &Key) -> bool {
        self.commits[id].holds.contains_key(key)
    }

    /// Whether a commit removes a secret: all of its parents hold it, and it does not.
    pub(super) fn removes(&self, id: &str, key: &Key) -> bool {
        let parents = &self.commits[id].parents;
        let is_held = |parent: &String| self.holds(parent, key);
        !self.holds(id, key) && !parents.is_empty() && parents.iter().all(is_held)
    }

    fn introduces(&self, commit: &Commit, key: &Key) -> bool {
        commit.holds.contains_key(key)
            && !commit.parents.iter().any(|it| self.commits[it].holds.contains_key(key))
    }

    /// What is found where only some commits count.
    pub(super) fn stories(&self, selected: &dyn Fn(&str) -> bool) -> BTreeMap<Key, Story> {
        let all =
            self.commits.values().flat_map(|commit| commit.holds.keys().chain(commit.says.keys()));
        let keys: BTreeSet<&Key> = all.collect();
        let mut contain = HashMap::new();
        let head: BTreeSet<String> =
            self.repository.git(&["rev-list", "HEAD"]).lines().map(ToOwned::to_owned).collect();
        let head_tree = &self.commits[&self.repository.git(&["rev-parse", "HEAD"])].holds;
        let mut stories = BTreeMap::new();
        for key in keys {
            let mut places = Vec::new();
            let mut refs = BTreeSet::new();
            let (mut last, mut last_that_says) = (None, None);
            let mut is_in_head = head_tree.contains_key(key);
            for id in &self.order {
                let commit = &self.commits[id];
                let mut introduced = Vec::new();
                if self.introduces(commit, key) {
                    introduced
                        .extend(commit.holds[key].iter().map(|(path, line)| (path.clone(), *line)));
                }
                introduced.extend(
                    commit.says.get(key).map(|line| ("<commit message>".to_owned(), *line)),
                );
                if commit.holds.contains_key(key) {
                    last = Some(id.clone());
                }
                if commit.says.contains_key(key) {
                    last_that_says = Some(id.clone());
                    is_in_head |= head.contains(id);
                }
                if !introduced.is_empty() {
                    refs.extend(
                        contain
                            .entry(id)
                            .or_insert_with(|| self.containing(id, &head))
                            .iter()
                            .cloned(),
                    );
                    if selected(id) {
                        places.extend(
                            introduced.into_iter().map(|(path, line)| (id.clone(), path, line)),
                        );
                    }
                }
            }
            let Some(first) = places.first() else { continue };
            let story = Story {
                commit: first.0.clone(),
                places,
                last_commit: last.or(last_that_says).unwrap(),
                in_head: is_in_head,
                refs,
            };
            stories.insert(key.clone(), story);
        }
        stories
    }

    /// The names of what leads to a commit.
    fn containing(&self, commit: &str, head: &BTreeSet<String>) -> BTreeSet<String> {
        let list =
            self.repository.git(&["for-each-ref", "--format=%(refname)", "--contains", commit]);
        let is_in_head = head.contains(commit).then(|| "HEAD".to_owned());
        list.lines().map(ToOwned::to_owned).chain(is_in_head).collect()
    }
}

fn holds(
    repository: &Repository,
    tree: &str,
    scanned: &HashMap<&str, Held>,
) -> BTreeMap<Key, Vec<(String, u64)>> {
    let list = repository.git(&["ls-tree", "-r", "-z", tree]);
    let mut entries: Vec<(&str, &str)> = list
        .split_terminator('\0')
        .map(|entry| entry.split_once('\t').unwrap())
        .map(|(about, path)| (path, about.split(' ').nth(2).unwrap()))
        .collect();
    entries.sort_unstable();
    let mut holds: BTreeMap<Key, Vec<(String, u64)>> = BTreeMap::new();
    for (path, id) in entries {
        for (key, line) in scanned.get(id).iter().flat_map(|held| &held.found) {
            holds.entry(key.clone()).or_default().push((path.to_owned(), *line));
        }
    }
    holds
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_else(|| panic!("no text: {value}")).to_owned()
}

/// The identity of what was found.
pub(super) fn key(finding: &Value) -> Key {
    (text(&finding["rule_id"]), text(&finding["secret_id"]))
}

/// What a scan told.
pub(super) fn told(run: &Run) -> BTreeMap<Key, Story> {
    let findings = run.findings();
    let stories: BTreeMap<Key, Story> = findings
        .iter()
        .map(|finding| {
            let place = |place: &Value| {
                (
                    text(&place["commit"]),
                    text(&place["path"]),
                    place["start_line"].as_u64().unwrap(),
                )
            };
            let places: Vec<_> = finding["places"].as_array().unwrap().iter().map(place).collect();
            // The finding itself stands at the first place.
            assert_eq!(text(&finding["path"]), places[0].1);
            assert_eq!(finding["start_line"].as_u64().unwrap(), places[0].2, "{finding}");
            let story = Story {
                places,
                commit: text(&finding["commit"]["id"]),
                last_commit: text(&finding["last_commit"]),
                in_head: finding["in_head"].as_bool().unwrap(),
                refs: finding["refs"].as_array().unwrap().iter().map(text).collect(),
            };
            (key(finding), story)
        })
        .collect();
    assert_eq!(stories.len(), findings.len(), "one finding for each rule and secret");
    stories
}
