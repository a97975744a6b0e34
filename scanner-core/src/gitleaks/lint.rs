//! What can be wrong with a file of gitleaks that gitleaks takes without a word.

use std::collections::HashSet;

use regex_automata::meta::Regex;
use regex_automata::nfa::thompson::{Config, NFA, State, WhichCaptures};
use regex_automata::util::primitives::StateID;
use regex_syntax::hir::{Hir, Look};

use super::dialect::Pattern;
use super::extend::Gitleaks;
use crate::gitleaks::model::{GitleaksAllowlist, GitleaksRule, Remark};
use crate::rules::LintLevel;
use crate::rules::regex::parse;
use crate::suppress::allowlist::Condition;

/// Paths that have nothing to do with each other. A regex found in all of them is found in any.
const PATHS: [&str; 5] = ["a", "src/Main.java", "deploy/7/ZZ.yml", "Makefile", "x_y-z/.env"];
/// Texts that have nothing to do with each other.
const SECRETS: [&str; 5] = ["Zq8xR2", "0451", "wvut_srqp-ONML", "=+/a", "K"];

impl Gitleaks {
    /// Everything that is wrong with a file and those that it extends, or that is otherwise than it
    /// seems, by file and line.
    #[must_use]
    pub fn lint(file: &str, text: &str, read: &dyn Fn(&str) -> Option<String>) -> Vec<Remark> {
        let gitleaks = Self::assemble(file, text, read, 0);
        let mut remarks = all(&gitleaks);
        remarks.extend(gitleaks.remarks);
        remarks.sort_by(|a, b| {
            (a.file != file, &a.file, a.line).cmp(&(b.file != file, &b.file, b.line))
        });
        remarks.dedup();
        remarks
    }
}

/// Remarks on what was read, beside those that were made while reading.
fn all(gitleaks: &Gitleaks) -> Vec<Remark> {
    let mut remarks = Vec::new();
    let mut say = |level, file: &str, line, message: String| {
        remarks.push(Remark { level, file: file.to_owned(), line, message });
    };
    let reports = gitleaks.rules.iter().any(|rule| !rule.skips_report);
    if !reports && !gitleaks.extends_builtin {
        let message =
            "no rule is left that could report something: write `[extend]` and `useDefault = true`";
        say(LintLevel::Error, &gitleaks.file, 1, message.to_owned());
    }
    for rule in &gitleaks.rules {
        let mut warn = |message: String| {
            say(LintLevel::Warning, &rule.file, rule.line, format!("rule `{}`: {message}", rule.id))
        };
        of_rule(rule, gitleaks, &mut warn);
        for allowlist in &rule.allowlists {
            let mut warn =
                |message: String| say(LintLevel::Warning, &allowlist.file, allowlist.line, message);
            of_allowlist(allowlist, &format!("rule `{}`", rule.id), &mut warn);
        }
    }
    for allowlist in &gitleaks.allowlists {
        let whose = match allowlist.target_rules.as_slice() {
            [] => "every rule".to_owned(),
            ids => format!("rule `{}`", ids.join("`, `")),
        };
        let mut warn =
            |message: String| say(LintLevel::Warning, &allowlist.file, allowlist.line, message);
        of_allowlist(allowlist, &whose, &mut warn);
    }
    remarks
}

fn of_rule(rule: &GitleaksRule, gitleaks: &Gitleaks, warn: &mut impl FnMut(String)) {
    if rule.skips_report {
        let is_required = gitleaks
            .rules
            .iter()
            .any(|other| other.required.iter().any(|required| required.rule == rule.id));
        if !is_required {
            warn("it is not reported and no other rule requires it, so it does nothing".to_owned());
        }
    }
    for required in &rule.required {
        let is_negative = |within: Option<i64>| within.is_some_and(|within| within < 0);
        if is_negative(required.within_lines) || is_negative(required.within_columns) {
            warn(format!(
                "`{}` cannot be less than 0 lines or columns away, so nothing is found",
                required.rule
            ));
        }
    }
    if let Some(path) = &rule.path
        && is_everywhere(path, &PATHS)
    {
        warn("`path` fits any path".to_owned());
    }
    if rule.regex.is_none() && !rule.keywords.is_empty() {
        warn(
            "`keywords` of a rule with a `path` alone are not asked for here: each such file is \
              found"
                .to_owned(),
        );
    }
    // One that cannot be parsed was refused when it was read.
    if let Some(Ok(hir)) = rule.regex.as_ref().map(|regex| parse(regex.regex())) {
        of_regex(rule, &hir, warn);
    }
}

fn of_regex(rule: &GitleaksRule, hir: &Hir, warn: &mut impl FnMut(String)) {
    let properties = hir.properties();
    match properties.minimum_len() {
        None => return warn("no text matches `regex`, so the rule is dead".to_owned()),
        Some(0) => warn("`regex` matches the empty text, which is never reported here".to_owned()),
        Some(_) => {}
    }
    // A border that is one of several ends, as in `(?:\s|$)`, keeps nothing from being found.
    let is_at_start = properties.look_set_prefix().contains(Look::Start);
    if is_at_start || properties.look_set_suffix().contains(Look::End) {
        warn(
            "`^` and `$` mean the borders of a file here, and in gitleaks those of a piece of a \
             file or a diff: \
             for the borders of a line, write `(?m:^)` and `(?m:$)`"
                .to_owned(),
        );
    }
    let longest = properties.maximum_len();
    if let Some(longest) =
        longest.filter(|longest| rule.entropy > 0.0 && rule.entropy >= (*longest as f64).log2())
    {
        warn(format!(
            "no {longest} bytes have more entropy than {}, so the rule is dead",
            rule.entropy
        ));
    } else if rule.entropy >= 8.0 {
        warn(format!("nothing has more entropy than {}, so the rule is dead", rule.entropy));
    }
    if rule.keywords.is_empty() {
        warn("without `keywords` the regex runs over every byte".to_owned());
    } else if rule.keywords.iter().any(String::is_empty) {
        let is_dead = rule.keywords.iter().all(String::is_empty);
        warn(format!(
            "an empty keyword is never met{}",
            if is_dead { ", so the rule is dead" } else { "" }
        ));
    }
    for keyword in
        rule.keywords.iter().filter(|keyword| !keyword.is_empty() && !can_contain(hir, keyword))
    {
        warn(format!(
            "no match can contain the keyword `{keyword}`, so the rule only runs where a file has \
             it elsewhere"
        ));
    }
}

fn of_allowlist(allowlist: &GitleaksAllowlist, whose: &str, warn: &mut impl FnMut(String)) {
    let kinds = [
        !allowlist.commits.is_empty(),
        !allowlist.paths.is_empty(),
        !allowlist.regexes.is_empty(),
        !allowlist.stopwords.is_empty(),
    ];
    let is_alone = allowlist.condition == Condition::Or
        || kinds.iter().filter(|is_there| **is_there).count() == 1;
    if is_alone && allowlist.paths.iter().any(|path| is_everywhere(path, &PATHS)) {
        warn(format!("`paths` fits any path, so {whose} finds nothing at all"));
    }
    if is_alone && allowlist.regexes.iter().any(|regex| is_everywhere(regex, &SECRETS)) {
        warn(format!("`regexes` fit any text, so {whose} finds nothing at all"));
    }
    if is_alone && allowlist.stopwords.iter().any(String::is_empty) {
        warn(format!("an empty stopword is in every secret, so {whose} finds nothing at all"));
    }
    for word in allowlist.stopwords.iter().filter(|word| (1..3).contains(&word.chars().count())) {
        warn(format!(
            "chance puts the stopword `{word}` into many secrets, which are then not reported"
        ));
    }
    for commit in &allowlist.commits {
        let is_full =
            matches!(commit.len(), 40 | 64) && commit.bytes().all(|byte| byte.is_ascii_hexdigit());
        if !is_full {
            warn(format!("`{commit}` is no full id of a commit, so it allows nothing"));
        }
    }
    let has_content = !allowlist.regexes.is_empty() || !allowlist.stopwords.is_empty();
    let is_split = allowlist.target_rules.is_empty() && allowlist.condition == Condition::And;
    if is_split && !allowlist.paths.is_empty() && has_content {
        warn(
            "`gitleaks dir` takes `paths` here alone and passes over such files; here, as in \
             `gitleaks git`, \
             the other checks must hold too"
                .to_owned(),
        );
    }
}

/// Whether a pattern is found in texts that have nothing in common.
fn is_everywhere(pattern: &Pattern, texts: &[&str]) -> bool {
    let Ok(hir) = parse(pattern.regex()) else { return false };
    let regex = Regex::builder().configure(Regex::config().utf8_empty(false)).build_from_hir(&hir);
    regex.is_ok_and(|regex| texts.iter().all(|text| regex.is_match(text)))
}

/// Whether some match of a regex contains a keyword, in any case of letters.
///
/// The automaton of the regex and that of the keyword are walked together.
fn can_contain(hir: &Hir, keyword: &str) -> bool {
    /// What takes longer is taken to be possible.
    const MOST_STEPS: usize = 2_000_000;
    const LARGEST: usize = 1 << 22;
    if !keyword.is_ascii() {
        return true;
    }
    let word = Word::new(keyword);
    let config =
        Config::new().utf8(false).which_captures(WhichCaptures::None).nfa_size_limit(Some(LARGEST));
    let Ok(nfa) = NFA::compiler().configure(config).build_from_hir(hir) else { return true };
    let mut seen: HashSet<(StateID, usize)> = HashSet::new();
    let mut open = vec![(nfa.start_anchored(), 0)];
    let mut steps = 0;
    while let Some((state, met)) = open.pop() {
        if met == word.len() {
            return true;
        }
        if !seen.insert((state, met)) {
            continue;
        }
        let mut bytes = |low: u8, high: u8, next: StateID| {
            steps += usize::from(high - low) + 1;
            let reached: HashSet<usize> = (low..=high).map(|byte| word.after(met, byte)).collect();
            open.extend(reached.into_iter().map(|met| (next, met)));
        };
        match nfa.state(state) {
            State::ByteRange { trans } => bytes(trans.start, trans.end, trans.next),
            State::Sparse(sparse) => {
                sparse
                    .transitions
                    .iter()
                    .for_each(|trans| bytes(trans.start, trans.end, trans.next));
            }
            State::Dense(dense) => {
                let next = |byte: u8| dense.matches_byte(byte).map(|next| (byte, next));
                (0..=u8::MAX).filter_map(next).for_each(|(byte, next)| bytes(byte, byte, next));
            }
            State::Look { next, .. } | State::Capture { next, .. } => open.push((*next, met)),
            State::Union { alternates } => open.extend(alternates.iter().map(|next| (*next, met))),
            State::BinaryUnion { alt1, alt2 } => open.extend([(*alt1, met), (*alt2, met)]),
            State::Fail | State::Match { .. } => {}
        }
        if steps > MOST_STEPS {
            return true;
        }
    }
    word.len() == 0
}

/// A keyword as an automaton: how much of it has been met.
struct Word {
    bytes: Vec<u8>,
    /// For each length met, the longest shorter one that may be met as well.
    shorter: Vec<usize>,
}

impl Word {
    fn new(keyword: &str) -> Self {
        let bytes = keyword.to_ascii_lowercase().into_bytes();
        let mut shorter = vec![0; bytes.len() + 1];
        for at in 1..bytes.len() {
            let mut met = shorter[at];
            while met > 0 && bytes[met] != bytes[at] {
                met = shorter[met];
            }
            shorter[at + 1] = if bytes[met] == bytes[at] { met + 1 } else { 0 };
        }
        Self { bytes, shorter }
    }

    fn len(&self) -> usize {
        self.bytes.len()
    }

    fn after(&self, met: usize, byte: u8) -> usize {
        let byte = byte.to_ascii_lowercase();
        let mut met = met;
        loop {
            if self.bytes.get(met) == Some(&byte) {
                return met + 1;
            }
            if met == 0 {
                return 0;
            }
            met = self.shorter[met];
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the linter says of a text, without the file.
    fn lint(text: &str) -> Vec<String> {
        let read = |path: &str| {
            (path == "base.toml").then(|| {
                "[[rules]]\nid = 'base'\nregex = 'base[0-9]'\nkeywords = ['base']\n".to_owned()
            })
        };
        Gitleaks::lint("g.toml", text, &read).iter().map(ToString::to_string).collect()
    }

    fn rule(lines: &str) -> String {
        format!("[extend]\nuseDefault = true\n[[rules]]\nid = 'a'\nkeywords = ['abc']\n{lines}")
    }

    #[test]
    fn keywords_that_a_match_can_contain() {
        for (regex, keyword, expected) in [
            ("abc[0-9]+", "abc", true),
            ("(?i)abc", "aBC", true),
            ("a.?c", "abc", true),
            ("a{3}b", "aab", true),
            ("(?:ab)+", "abab", true),
            ("x[a-c]{2}", "abc", false),
            ("x[a-c]{3}", "abc", true),
            ("[0-9]+", "abc", false),
            ("ab|bc", "abc", false),
            (r"ab\bc", "abc", true),
            ("abc", "", true),
            ("abc", "\u{e9}", true),
        ] {
            let hir = parse(regex).unwrap();
            assert_eq!(can_contain(&hir, keyword), expected, "{regex} {keyword}");
        }
    }

    #[test]
    fn each_trap_is_told_with_its_line() {
        let own = "[[rules]]\nid = 'a'\nregex = 'abc'\nkeywords = ['abc']\n";
        let table: &[(String, &str)] = &[
            (own.to_owned(), "g.toml:1: warning: the built-in rules are not used"),
            (String::new(), "g.toml:1: error: no rule is left"),
            ("[[allowlists]]\npaths = ['x1']\n".to_owned(), "g.toml:1: error: no rule is left"),
            (
                "[extend]\npath = 'base.toml'\n\
              disabledRules = ['base']\n"
                    .to_owned(),
                "g.toml:1: error: no rule is left",
            ),
            (
                rule("regex = 'abc'\nkeyword = ['x']\n"),
                "g.toml:7: warning: `keyword` is no key of a rule, and is passed over: did you \
                 mean `keywords`?",
            ),
            (
                rule("regex = 'abd'\n"),
                "g.toml:4: warning: rule `a`: no match can contain the \
                                       keyword `abc`",
            ),
            (
                "[extend]\nuseDefault = true\n[[rules]]\nid = 'a'\nregex = 'abc'\n".to_owned(),
                "g.toml:4: warning: rule `a`: without `keywords`",
            ),
            (
                "[extend]\nuseDefault = true\n[[rules]]\nid = 'a'\nregex = 'abc'\n\
                 keywords = ['']\n"
                    .to_owned(),
                "an empty keyword is never met, so the rule is dead",
            ),
            (rule("regex = 'abc$'\n"), "`^` and `$` mean the borders"),
            (rule("regex = '(?:abc)?'\n"), "matches the empty text"),
            (rule("regex = 'abc[^\\x00-\\x{10FFFF}]'\n"), "no text matches `regex`"),
            (rule("regex = 'abc[0-9]'\nentropy = 2\n"), "no 4 bytes have more entropy than 2"),
            (rule("regex = 'abc.*'\nentropy = 9\n"), "nothing has more entropy than 9"),
            (rule("regex = 'abc'\nskipReport = true\n"), "no other rule requires it"),
            (rule("regex = 'abc'\npath = '.*'\n"), "`path` fits any path"),
            (
                rule("path = 'x1'\n"),
                "g.toml:4: warning: rule `a`: `keywords` of a rule with a \
                                     `path` alone",
            ),
            (
                rule(
                    "regex = 'abc'\n[[rules.required]]\nid = 'a'\n\
                   withinLines = -1\n",
                ),
                "less than 0 lines",
            ),
            (
                rule("regex = 'abc'\n[[rules.allowlists]]\npaths = ['(.*)']\n"),
                "g.toml:7: warning: `paths` fits any path, so rule `a` finds nothing at all",
            ),
            (
                rule(
                    "regex = 'abc'\n[[rules.allowlists]]\n\
                   regexes = ['']\n",
                ),
                "`regexes` fit any text",
            ),
            (rule("regex = 'abc'\n[[rules.allowlists]]\nstopwords = ['']\n"), "an empty stopword"),
            (
                "[extend]\nuseDefault = true\n[[allowlists]]\npaths = ['''^.*$''']\n".to_owned(),
                "so every rule finds nothing",
            ),
            (
                "[extend]\nuseDefault = true\n[[allowlists]]\nstopwords = ['ab']\n".to_owned(),
                "chance puts the stopword `ab`",
            ),
            (
                "[extend]\nuseDefault = true\n[[allowlists]]\ncommits = ['abc1234']\n".to_owned(),
                "`abc1234` is no full id",
            ),
            (
                "[extend]\nuseDefault = true\n[[allowlists]]\ncondition = 'AND'\npaths = ['x1']\n\
                 regexes = ['y1']\n"
                    .to_owned(),
                "`gitleaks dir` takes `paths` here alone",
            ),
            (
                rule("regex = 'abc'\n[[rules]]\nid = 'a'\nregex = 'abc'\n"),
                "g.toml:8: warning: rule `a` is there before, in line 4",
            ),
            (
                "[extend]\nuseDefault = true\ndisabledRules = ['no-such']\n".to_owned(),
                "g.toml:3: warning: `disabledRules` names `no-such`",
            ),
            (
                "[extend]\nurl = 'https://example.com'\n".to_owned(),
                "g.toml:2: warning: `url` does \
                nothing",
            ),
            ("minVersion = 'v9.0.0'\n".to_owned(), "g.toml:1: warning: minVersion is 9.0.0"),
            (
                rule("regex = 'a(?!b)'\n"),
                "g.toml:6: error: `regex`, character 2: `(?!` is not \
                known to Go",
            ),
            ("[[rules]\n".to_owned(), "g.toml:1: error: "),
        ];
        for (text, expected) in table {
            let lints = lint(text);
            assert!(
                lints.iter().any(|lint| lint.contains(expected)),
                "{text}\n{expected}\n{lints:#?}"
            );
        }
    }

    #[test]
    fn a_sound_file_gives_no_remark() {
        let text = "title = 'ours'\nminVersion = 'v8.25.0'\n[extend]\nuseDefault = true\n\
                    disabledRules = ['gitlab-ptt']\n\
                    [[rules]]\nid = 'acme'\nregex = '''\\b(acme_[0-9a-f]{16})\\b'''\nentropy = 3\n\
                    keywords = ['acme_']\n\
                    [[rules.allowlists]]\nstopwords = ['example']\n\
                    [[allowlists]]\ntargetRules = ['acme', 'gitlab-pat']\n\
                    paths = ['''(^|/)vendor/''']\n";
        assert_eq!(lint(text), Vec::<String>::new());
    }
}
