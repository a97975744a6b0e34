//! Repositories with random histories: tokens come and go, are cut, glued to words, moved, copied.

use std::collections::BTreeMap;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;

use crate::support::repository::{AUTHOR, EMAIL, Repository, START};
use crate::support::tokens::{Random, friendly, personal, routable, routable_v0};

/// The names of the branches.
const BRANCHES: [&str; 3] = ["main", "side", "topic/deep"];

#[derive(Clone)]
enum State {
    Whole,
    /// A letter stands directly before it.
    GluedOnTheLeft,
    /// Letters stand directly behind it.
    GluedOnTheRight,
    /// The bytes between these are left out, so that a delta can complete it.
    Cut(usize, usize),
    /// Letters stand in it, so that a delta can join its halves.
    Split(usize),
}

#[derive(Clone)]
struct Line {
    before: String,
    /// Empty in a line without one.
    token: String,
    state: State,
    /// Whether what is behind its beginning is in base64.
    is_encoded: bool,
}

impl Line {
    fn text(&self) -> String {
        let Self { before, token, state, is_encoded } = self;
        let value = match state {
            State::Whole => token.clone(),
            State::GluedOnTheLeft => format!("w{token}"),
            State::GluedOnTheRight => format!("{token}ed"),
            State::Cut(from, to) => [&token[..*from], &token[*to..]].concat(),
            State::Split(at) => format!("{} and {}", &token[..*at], &token[*at..]),
        };
        let value =
            if *is_encoded { STANDARD.encode(format!("a text with {value}")) } else { value };
        format!("{before}{value}\n")
    }
}

#[derive(Clone, Default)]
struct File {
    lines: Vec<Line>,
    is_wide: bool,
}

impl File {
    fn bytes(&self) -> Vec<u8> {
        let text: String = self.lines.iter().map(Line::text).collect();
        if self.is_wide {
            text.encode_utf16().flat_map(u16::to_le_bytes).collect()
        } else {
            text.into_bytes()
        }
    }
}

type Files = BTreeMap<String, File>;

struct Generator {
    random: Random,
    tokens: Vec<String>,
}

impl Generator {
    fn new(seed: u64) -> Self {
        let mut random = Random::new(seed);
        let gl = |rest: &str| format!("gl{rest}");
        let mut tokens: Vec<String> = (0..6).map(|_| personal(&mut random)).collect();
        tokens.push(routable(&mut random, &gl("pat-"), "c:1\no:1\nu:3f"));
        tokens.push(routable(&mut random, &gl("rt-"), "c:1\no:1\np:2s\nt:3\nu:3f"));
        tokens.push(routable_v0(&mut random, &gl("pat-"), "o:1\nu:3f"));
        tokens.push(gl("dt-") + &friendly(&mut random, 20));
        tokens.push(gl("soat-") + &friendly(&mut random, 20));
        Self { random, tokens }
    }

    fn line(&mut self, is_with_token: bool) -> Line {
        let before = format!("setting_{} = {:x} ", self.random.below(1000), self.random.next());
        let token = if is_with_token {
            self.tokens[self.random.below(self.tokens.len())].clone()
        } else {
            String::new()
        };
        Line {
            before,
            token,
            state: State::Whole,
            is_encoded: is_with_token && self.random.below(4) == 0,
        }
    }

    fn state(&mut self, len: usize) -> State {
        match self.random.below(9) {
            0..3 => State::Whole,
            3 => State::GluedOnTheLeft,
            4 | 7 => State::GluedOnTheRight,
            5 | 6 => State::Split(1 + self.random.below(5)),
            _ => {
                // Often in the prefix, which is what is searched for.
                let limit = if self.random.below(2) == 0 { 6 } else { len };
                let from = self.random.below(limit);
                State::Cut(from, from + 1 + self.random.below((len - from).min(6)))
            }
        }
    }

    fn files(&mut self) -> Files {
        let mut files = Files::new();
        for name in ["a.txt", "config/b.yml", "config/deep/c.ini", "d"] {
            let lines = (0..30 + self.random.below(60)).map(|_| self.line(false)).collect();
            files.insert(name.to_owned(), File { lines, is_wide: name == "d" });
        }
        files
    }

    /// Changes a tree in one way.
    fn change(&mut self, files: &mut Files) {
        let names: Vec<String> = files.keys().cloned().collect();
        let name = &names[self.random.below(names.len())];
        let other = &names[self.random.below(names.len())];
        let at = |random: &mut Random, file: &File| {
            random.below(file.lines.len().max(1)).min(file.lines.len())
        };
        let count = files.len();
        let file = files.get_mut(name).unwrap();
        let place = at(&mut self.random, file);
        match self.random.below(16) {
            0..3 => {
                let line = self.line(false);
                file.lines.insert(place, line);
            }
            3..6 => {
                let line = self.line(true);
                file.lines.insert(place, line);
            }
            6 => drop(file.lines.drain(place..file.lines.len().min(place + 3))),
            // A token goes rather than any line, so that it can come back.
            7 => drop(
                file.lines
                    .iter()
                    .position(|line| !line.token.is_empty())
                    .map(|at| file.lines.remove(at)),
            ),
            8 | 9 => {
                let taken: Vec<Line> =
                    file.lines.drain(place..file.lines.len().min(place + 4)).collect();
                let target = files.get_mut(other).unwrap();
                let to = at(&mut self.random, target);
                target.lines.splice(to..to, taken);
            }
            10..14 => {
                let with_token: Vec<usize> =
                    (0..file.lines.len()).filter(|at| !file.lines[*at].token.is_empty()).collect();
                if !with_token.is_empty() {
                    let at = with_token[self.random.below(with_token.len())];
                    let state = self.state(files[name].lines[at].token.len());
                    files.get_mut(name).unwrap().lines[at].state = state;
                }
            }
            14 if count < 8 => {
                let copy = file.clone();
                files.insert(format!("copies/{}", self.random.below(100)), copy);
            }
            _ if count > 2 => {
                let file = files.remove(name).unwrap();
                // Renamed, or gone.
                if self.random.below(3) > 0 {
                    files.insert(format!("renamed/{}", self.random.below(100)), file);
                }
            }
            _ => file.is_wide = !file.is_wide,
        }
    }

    fn message(&mut self, number: usize) -> String {
        if self.random.below(9) == 0 {
            let token = self.tokens[self.random.below(self.tokens.len())].clone();
            format!("Change {number}\n\nSeen in the log:\n  {token}\n")
        } else {
            format!("Change {number}\n")
        }
    }
}

/// A repository with a random history of `commits` commits on three branches with merges. All
/// objects are loose.
pub(super) fn repository(seed: u64, commits: usize) -> Repository {
    let mut generator = Generator::new(seed);
    let mut branches: Vec<(usize, Files)> = Vec::new();
    let mut stream: Vec<u8> = Vec::new();
    let mut write = |part: &[u8]| stream.extend_from_slice(part);
    for number in 1..=commits {
        let branch = generator.random.below(BRANCHES.len()).min(branches.len());
        let mut parents = Vec::new();
        let mut files = match branches.get(branch) {
            Some((parent, files)) => {
                parents.push(*parent);
                files.clone()
            }
            // A branch starts where another one is, or on its own.
            None => match branches.last() {
                Some((parent, files)) if generator.random.below(3) > 0 => {
                    parents.push(*parent);
                    files.clone()
                }
                _ => generator.files(),
            },
        };
        if generator.random.below(5) == 0 && branches.len() > 1 {
            let (parent, theirs) = &branches[generator.random.below(branches.len())];
            if !parents.contains(parent) {
                parents.push(*parent);
                for (name, file) in theirs {
                    if generator.random.below(2) == 0 {
                        files.insert(name.clone(), file.clone());
                    }
                }
            }
        }
        // A merge has changes of its own, now and then.
        for _ in 0..generator.random.below(8) {
            generator.change(&mut files);
        }
        let date = format!("{} +0130", START + 3600 * number as u64);
        let message = generator.message(number);
        write(format!("commit refs/heads/{}\nmark :{number}\n", BRANCHES[branch]).as_bytes());
        write(
            format!("author {AUTHOR} <{EMAIL}> {date}\ncommitter {AUTHOR} <{EMAIL}> {date}\n")
                .as_bytes(),
        );
        write(format!("data {}\n{message}\n", message.len()).as_bytes());
        for (at, parent) in parents.iter().enumerate() {
            write(format!("{} :{parent}\n", if at == 0 { "from" } else { "merge" }).as_bytes());
        }
        write(b"deleteall\n");
        for (name, file) in &files {
            let bytes = file.bytes();
            write(format!("M 100644 inline {name}\ndata {}\n", bytes.len()).as_bytes());
            write(&bytes);
            write(b"\n");
        }
        if number % 10 == 0 {
            write(format!("reset refs/tags/v{number}\nfrom :{number}\n\n").as_bytes());
        }
        match branches.get_mut(branch) {
            Some(known) => *known = (number, files),
            None => branches.push((number, files)),
        }
    }
    let repository = Repository::new();
    repository.git_with_input(
        &["-c", "fastimport.unpackLimit=1000000", "fast-import", "--quiet", "--force"],
        &stream,
    );
    assert!(repository.packs("pack").is_empty(), "everything is loose");
    repository
}
