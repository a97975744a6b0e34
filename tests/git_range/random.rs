//! Random histories, compared with what git says of them.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::range;
use crate::support::command::Run;
use crate::support::repository::Repository;
use crate::support::tokens::Random;

/// A history of random commits and merges, made of random content and dates. Gives the ids of its
/// commits.
fn random_history(repo: &Repository, random: &mut Random, tokens: &[String]) -> Vec<String> {
    type Files = BTreeMap<String, String>;

    const NAMES: [&str; 7] = ["a", "a/b", "a/b/c", "a.b", "d/e", "d/f", "g"];
    let put = |files: &mut Files, name: &str, content: String| {
        // What is in the way goes.
        files.retain(|other, _| {
            !other.starts_with(&format!("{name}/")) && !name.starts_with(&format!("{other}/"))
        });
        files.insert(name.to_owned(), content);
    };
    let content = |random: &mut Random| {
        let line = |random: &mut Random| match random.below(3) {
            0 => format!("{}\n", tokens[random.below(tokens.len())]),
            _ => format!("line {}\n", random.below(4)),
        };
        (0..random.below(4)).map(|_| line(random)).collect::<String>()
    };
    let mut trees: Vec<Files> = vec![Files::new()];
    let mut stream = String::new();
    for index in 0..40 {
        let parents: BTreeSet<usize> = match index {
            0 => BTreeSet::new(),
            // Now and then a root, else one to three parents among the last ones.
            _ if random.below(15) == 0 => BTreeSet::new(),
            _ => (0..1 + random.below(5) / 2)
                .map(|_| index - 1 - random.below(index.min(5)))
                .collect(),
        };
        let mut files = Files::new();
        for parent in &parents {
            for (name, content) in trees[parent + 1].clone() {
                if random.below(9) > 0 && (!files.contains_key(&name) || random.below(2) == 0) {
                    put(&mut files, &name, content);
                }
            }
        }
        if index > 0 {
            for _ in 0..random.below(3) {
                let content = content(random);
                put(&mut files, NAMES[random.below(NAMES.len())], content);
            }
            if random.below(3) == 0 && !files.is_empty() {
                let name = files.keys().nth(random.below(files.len())).unwrap().clone();
                let moved = files.remove(&name).unwrap();
                put(&mut files, NAMES[random.below(NAMES.len())], moved);
            }
        }
        // Clocks go wrong.
        let date =
            1_700_000_000 + index * 100 + if random.below(4) == 0 { random.below(3000) } else { 0 };
        stream += &format!("commit refs/heads/c{index}\nmark :{}\n", index + 1);
        stream += &format!("committer Carl <carl@example.com> {date} +0000\ndata 2\nc\n");
        for (at, parent) in parents.iter().enumerate() {
            stream += &format!("{} :{}\n", if at == 0 { "from" } else { "merge" }, parent + 1);
        }
        stream += "deleteall\n";
        for (name, content) in &files {
            stream += &format!("M 100644 inline {name}\ndata {}\n{content}\n", content.len());
        }
        trees.push(files);
    }
    repo.git_with_input(&["fast-import", "--quiet", "--force"], stream);
    let ids =
        repo.git(&["for-each-ref", "--format=%(refname:lstrip=2) %(objectname)", "refs/heads"]);
    let ids: BTreeMap<usize, String> = ids
        .lines()
        .map(|line| line.split_once(' ').unwrap())
        .map(|(name, id)| (name[1..].parse().unwrap(), id.to_owned()))
        .collect();
    ids.into_values().collect()
}

/// The commits of a repository with their parents.
struct Graph {
    parents: BTreeMap<String, Vec<String>>,
}

impl Graph {
    fn new(repo: &Repository) -> Self {
        let lines = repo.git(&["rev-list", "--all", "--parents"]);
        let ids = |line: &str| line.split(' ').map(str::to_owned).collect::<Vec<_>>();
        let split = |mut ids: Vec<String>| (ids.remove(0), ids);
        Self { parents: lines.lines().map(|line| split(ids(line))).collect() }
    }

    /// The commits that a commit leads to, itself included.
    fn reached<'m>(&'m self, commit: &'m str) -> BTreeSet<&'m str> {
        let mut reached = BTreeSet::from([commit]);
        let mut open = vec![commit];
        while let Some(commit) = open.pop() {
            open.extend(
                self.parents[commit]
                    .iter()
                    .map(String::as_str)
                    .filter(|parent| reached.insert(*parent)),
            );
        }
        reached
    }

    /// The commits of a range. Git itself gets them wrong where clocks are wrong.
    fn range<'m>(&'m self, from: &'m str, dots: &str, to: &'m str) -> Vec<&'m str> {
        let (from, to) = (self.reached(from), self.reached(to));
        if dots == ".." { &to - &from } else { &to ^ &from }.into_iter().collect()
    }
}

/// What git tells of a repository: for each commit its parents, and what its tree has, path by
/// path.
struct Model {
    graph: Graph,
    trees: BTreeMap<String, BTreeMap<String, String>>,
    blobs: BTreeMap<String, String>,
}

impl Model {
    fn new(repo: &Repository) -> Self {
        let graph = Graph::new(repo);
        let mut trees = BTreeMap::new();
        for commit in graph.parents.keys() {
            let entry = |line: &str| {
                let (entry, path) = line.split_once('\t').unwrap();
                (path.to_owned(), entry.split(' ').nth(2).unwrap().to_owned())
            };
            let listing = repo.git(&["ls-tree", "-r", "--full-tree", commit]);
            trees.insert(commit.clone(), listing.lines().map(entry).collect::<BTreeMap<_, _>>());
        }
        let ids: BTreeSet<String> = trees.values().flat_map(BTreeMap::values).cloned().collect();
        let list = ids.iter().fold(String::new(), |list, id| list + id + "\n");
        let content = repo.git_with_input(&["cat-file", "--batch"], list) + "\n\n";
        let mut blobs = BTreeMap::new();
        let mut rest = content.as_str();
        while let Some((header, after)) =
            rest.split_once('\n').filter(|(header, _)| !header.is_empty())
        {
            let [id, _, len] = header.split(' ').collect::<Vec<_>>()[..] else {
                panic!("{header}")
            };
            let (text, after) = after.split_at(len.parse().unwrap());
            blobs.insert(id.to_owned(), text.to_owned());
            rest = &after[1..];
        }
        Self { graph, trees, blobs }
    }

    fn holds(&self, commit: &str, token: &str) -> bool {
        self.trees[commit].values().any(|blob| self.blobs[blob].contains(token))
    }

    /// Where the commits introduced a token: commit, path and line.
    fn introduced(&self, commits: &[&str], token: &str) -> BTreeSet<(String, String, u64)> {
        let mut introduced = BTreeSet::new();
        for commit in commits {
            if self.graph.parents[*commit].iter().any(|parent| self.holds(parent, token)) {
                continue;
            }
            for (path, blob) in &self.trees[*commit] {
                if let Some(line) = self.blobs[blob].lines().position(|line| line.contains(token)) {
                    introduced.insert(((*commit).to_owned(), path.clone(), line as u64 + 1));
                }
            }
        }
        introduced
    }

    /// How many blobs the commits brought to a path where no parent has them.
    fn brought(&self, commits: &[&str]) -> u64 {
        let mut brought = BTreeSet::new();
        for commit in commits {
            let is_new = |(path, blob): &(&String, &String)| {
                !self.graph.parents[*commit]
                    .iter()
                    .any(|parent| self.trees[parent].get(*path) == Some(*blob))
            };
            brought.extend(self.trees[*commit].iter().filter(is_new).map(|(_, blob)| blob));
        }
        brought.len() as u64
    }
}

fn places(finding: &Value) -> BTreeSet<(String, String, u64)> {
    let text = |value: &Value| value.as_str().unwrap().to_owned();
    let place = |place: &Value| {
        (text(&place["commit"]), text(&place["path"]), place["start_line"].as_u64().unwrap())
    };
    finding["places"].as_array().unwrap().iter().map(place).collect()
}

#[test]
fn random_ranges_agree_with_git() {
    for seed in 0..6 {
        let repo = Repository::new();
        let mut random = Random::new(5000 + seed);
        let tokens: Vec<String> = (0..5).map(|_| repo.token()).collect();
        let commits = random_history(&repo, &mut random, &tokens);
        let model = Model::new(&repo);
        let last = commits.len() - 1;
        repo.git(&["update-ref", "--no-deref", "HEAD", &commits[last]]);
        let mut ranges = vec![(0, last, "..")];
        ranges.extend((0..5).map(|_| (random.below(last), last - random.below(4), "..")));
        ranges.extend((0..2).map(|_| (random.below(last), last - random.below(9), "...")));
        for (from, to, dots) in ranges {
            let name = format!("{}{dots}{}", commits[from], commits[to]);
            let listed = model.graph.range(&commits[from], dots, &commits[to]);
            let mut scan_command =
                repo.tokensieve(&["git", "-f", "json", "--show-secrets", "--range", &name]);
            let scan = Run::of(scan_command.output().unwrap());
            let what = format!("seed {seed}, c{from}{dots}c{to}");
            assert_eq!(scan.coverage()["commits"].as_u64(), Some(listed.len() as u64), "{what}");
            assert_eq!(scan.files_scanned(), model.brought(&listed), "{what}");
            let findings = scan.findings();
            let mut expected_count = 0;
            for token in &tokens {
                let expected = model.introduced(&listed, token);
                let finding = findings.iter().find(|finding| finding["secret"] == token.as_str());
                assert_eq!(finding.map(places).unwrap_or_default(), expected, "{what}, {token}");
                let Some(finding) = finding else { continue };
                expected_count += 1;
                assert_eq!(finding["in_head"], model.holds(&commits[last], token), "{what}");
                assert_eq!(finding["commit"]["id"], finding["places"][0]["commit"], "{what}");
                assert!(model.holds(finding["last_commit"].as_str().unwrap(), token), "{what}");
                // No other commit that introduced it comes before the one it is attributed to.
                let first = finding["commit"]["id"].as_str().unwrap();
                let before = &model.graph.reached(first) - &BTreeSet::from([first]);
                let is_before =
                    |(commit, ..): &&(String, String, u64)| before.contains(commit.as_str());
                assert_eq!(expected.iter().find(is_before), None, "{what}");
            }
            assert_eq!(findings.len(), expected_count, "{what}");
            scan.assert_code(i32::from(expected_count > 0));
        }
        // From an empty root, a range is the history of the branch without it.
        let told = |args: &[&str]| {
            let findings = repo.scan(args).findings();
            let key = |finding: &Value| (finding["secret_id"].to_string(), places(finding));
            findings.iter().map(key).collect::<BTreeMap<_, _>>()
        };
        let of_range = told(&["--range", &format!("{}..HEAD", commits[0])]);
        let of_branch = told(&["--branch", "HEAD"]);
        assert_eq!(of_range, of_branch, "seed {seed}");
    }
}

/// Both sides of a range are followed by dates, which may be wrong.
#[test]
fn wrong_clocks_change_no_range() {
    for seed in 0..4 {
        let repo = Repository::new();
        let mut random = Random::new(600 + seed);
        let mut stream = String::new();
        for index in 1..=60_i32 {
            let date = 1_000_000_000 + random.below(1_000_000);
            stream += &format!("commit refs/heads/c{index}\nmark :{index}\n");
            stream += &format!("committer Carl <carl@example.com> {date} +0000\ndata 2\nc\n");
            // Two long branches that meet now and then.
            let (own, other) = (index - 2, index - 1 - random.below(9) as i32);
            for (word, parent) in [("from", own), ("merge", other)] {
                if parent > 0 && (word == "from" || random.below(9) == 0) {
                    stream += &format!("{word} :{parent}\n");
                }
            }
            stream += &format!("M 100644 inline f{index}\ndata 0\n\n");
        }
        repo.git_with_input(&["fast-import", "--quiet", "--force"], stream);
        let graph = Graph::new(&repo);
        let names: Vec<String> = (1..=60).map(|index| format!("c{index}")).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        let ids = repo.git(&[&["rev-parse"], &names[..]].concat());
        let ids: Vec<&str> = ids.lines().collect();
        for _ in 0..12 {
            let (from, to) = (ids[random.below(60)], ids[60 - 1 - random.below(20)]);
            for dots in ["..", "..."] {
                let name = format!("{from}{dots}{to}");
                let expected = graph.range(from, dots, to).len() as u64;
                let scan = range(&repo, &name);
                assert_eq!(
                    scan.coverage()["commits"].as_u64(),
                    Some(expected),
                    "seed {seed}, {name}"
                );
            }
        }
    }
}
