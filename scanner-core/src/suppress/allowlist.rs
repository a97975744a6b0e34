//! Allowlists: what is known to be harmless, by rule, path, commit, text or fingerprint.
//!
//! This is the matching alone. Where lists come from, and what day it is, is a caller's to know.
//! Lists of gitleaks can be expressed too: its `paths` are regexes, its conditions are the two of
//! here.

use core::fmt;
use core::str::FromStr;

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;

use crate::error::{Error, ErrorKind};
use crate::fingerprint::{Fingerprint, Id};
use crate::rules::rule::Rule;
use crate::suppress::glob;
use crate::suppress::patterns::Patterns;
use crate::text::context::LineContext;

/// How the checks of an allowlist add up. The rules it is restricted to are no check: they always
/// have to fit.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Condition {
    /// One kind of check is enough.
    Or,
    /// Every kind of check that is given has to fit, each by one of its entries.
    #[default]
    And,
}

/// What the regexes of an allowlist are searched in.
#[derive(Clone, Copy, Debug, Default, Eq, PartialEq)]
pub enum Target {
    /// The secret.
    #[default]
    Secret,
    /// What the whole regex of the rule matched.
    Match,
    /// The lines that the match stands in. A line that goes on for more than 2 KiB beside the match
    /// does not fit.
    Line,
}

impl Target {
    /// The name in files.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Secret => "secret",
            Self::Match => "match",
            Self::Line => "line",
        }
    }
}

/// A day of the calendar.
///
/// ```
/// use tokensieve_core::suppression::Date;
///
/// let date: Date = "2026-02-28".parse()?;
/// assert!(date < Date::of_unix_time(1_800_000_000));
/// assert!("2026-02-30".parse::<Date>().is_err());
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub struct Date(jiff::civil::Date);

impl Date {
    /// The day in UTC, by the seconds since 1970.
    #[must_use]
    pub fn of_unix_time(seconds: i64) -> Self {
        let time = jiff::Timestamp::from_second(seconds).unwrap_or(jiff::Timestamp::MAX);
        Self(jiff::tz::Offset::UTC.to_datetime(time).date())
    }
}

impl FromStr for Date {
    type Err = Error;

    fn from_str(text: &str) -> Result<Self, Error> {
        let wrong = || {
            Error::new(
                ErrorKind::Suppression,
                format!("`{}` is no date such as 2026-12-31", text.escape_debug()),
            )
        };
        let is_date =
            text.len() == 10 && text.bytes().all(|byte| byte.is_ascii_digit() || byte == b'-');
        if !is_date {
            return Err(wrong());
        }
        text.parse().map(Self).map_err(|_| wrong())
    }
}

impl fmt::Display for Date {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

/// The content of an allowlist, before it is compiled.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct AllowlistSpec {
    /// What it is for.
    pub description: String,
    /// Whether one kind of check is enough, or all are needed.
    pub condition: Condition,
    /// Ids or aliases of the rules it is restricted to; empty for all rules.
    pub rules: Vec<String>,
    /// Paths from the root, as patterns of a `.gitignore` there.
    pub globs: Vec<String>,
    /// Regexes that are searched in paths from the root.
    pub path_regexes: Vec<String>,
    /// Where files are walked, a path fits if one of the folders above it does, without a slash at
    /// its end: gitleaks does not look into such folders.
    pub prunes_folders: bool,
    /// Full ids of commits.
    pub commits: Vec<String>,
    /// Fingerprints, as reports show them.
    pub fingerprints: Vec<String>,
    /// Regexes over bytes that are searched in the target.
    pub regexes: Vec<String>,
    /// What they are searched in.
    pub target: Target,
    /// Texts in the secret; upper and lower case are the same.
    pub stopwords: Vec<String>,
    /// Why it is there.
    pub reason: Option<String>,
    /// Its owner.
    pub owner: Option<String>,
    /// Its last day; from the next day on it allows nothing.
    pub expires: Option<Date>,
}

/// A list of things that are known to be harmless, compiled.
///
/// ```
/// use tokensieve_core::{RuleSet, Scanner};
/// use tokensieve_core::suppression::{Allowlist, AllowlistSpec, Subject};
///
/// let (globs, stopwords) = (vec!["tests/".into()], vec!["example".into()]);
/// let spec = AllowlistSpec { globs, stopwords, ..Default::default() };
/// let list = Allowlist::new(spec)?;
/// let rules = RuleSet::builtin();
/// let subject = Subject {
///     rule: rules.get("gitlab_deploy_token").unwrap(),
///     path: b"tests/data.yml",
///     is_walked: true,
///     commit: None,
///     fingerprint: None,
///     secret: b"an-EXAMPLE-of-a-token",
///     around: &Default::default(),
/// };
/// assert!(list.allows(&subject));
/// assert!(!list.allows(&Subject { path: b"src/data.yml", ..subject }));
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone, Debug)]
pub struct Allowlist {
    spec: AllowlistSpec,
    paths: Option<Patterns>,
    fingerprints: Vec<Id>,
    regexes: Option<Patterns>,
    /// Made ready when something first comes so far that they are asked.
    stopwords: OnceLock<Option<AhoCorasick>>,
}

/// The subject of an allowlist: a secret at a place.
#[derive(Clone, Copy)]
pub struct Subject<'a> {
    /// The rule that found it.
    pub rule: &'a Rule,
    /// The path from the root.
    pub path: &'a [u8],
    /// Whether it was found by walking through folders.
    pub is_walked: bool,
    /// The commit that brought it there, in a history.
    pub commit: Option<&'a str>,
    /// Its identities, where they are known.
    pub fingerprint: Option<Fingerprint>,
    /// The secret.
    pub secret: &'a [u8],
    /// The text around it.
    pub around: &'a LineContext,
}

impl Allowlist {
    /// Makes a list ready.
    ///
    /// # Errors
    ///
    /// A pattern, regex, commit or fingerprint is malformed; a text is empty, which would match
    /// everything; or nothing is given at all, which would allow everything.
    pub fn new(spec: AllowlistSpec) -> Result<Self, Error> {
        let mut paths = Vec::new();
        for glob in &spec.globs {
            let regex = glob::to_regex(glob);
            paths.push(regex.ok_or_else(|| {
                wrong(format!("`{}` is no pattern of paths", glob.escape_debug()))
            })?);
        }
        paths.extend(spec.path_regexes.iter().cloned());
        let full_id = |id: &&String| {
            !matches!(id.len(), 40 | 64) || !id.bytes().all(|byte| byte.is_ascii_hexdigit())
        };
        if let Some(commit) = spec.commits.iter().find(full_id) {
            return Err(wrong(format!(
                "`{}` is not the full id of a commit",
                commit.escape_debug()
            )));
        }
        if [&spec.stopwords, &spec.regexes, &spec.path_regexes]
            .into_iter()
            .flatten()
            .any(String::is_empty)
        {
            return Err(wrong("an empty text would allow everything".to_owned()));
        }
        // The most bytes of words in a list, in all. The automaton can hold them.
        const LONGEST_STOPWORDS: usize = 64 << 20;
        if spec.stopwords.iter().map(String::len).sum::<usize>() > LONGEST_STOPWORDS {
            return Err(wrong("the stopwords are too long".to_owned()));
        }
        let fingerprints = spec
            .fingerprints
            .iter()
            .map(|text| text.parse())
            .collect::<Result<Vec<Id>, Error>>()?;
        let list = Self {
            paths: Patterns::new(paths)?,
            regexes: Patterns::new(spec.regexes.clone())?,
            stopwords: OnceLock::new(),
            fingerprints,
            spec,
        };
        if list.spec.rules.is_empty() && list.kinds().is_empty() {
            return Err(wrong("an entry that names nothing would allow everything".to_owned()));
        }
        Ok(list)
    }

    /// What it says.
    #[must_use]
    pub fn spec(&self) -> &AllowlistSpec {
        &self.spec
    }

    /// About how many states its patterns and regexes are compiled to.
    #[must_use]
    pub fn cost(&self) -> u64 {
        [&self.paths, &self.regexes].into_iter().flatten().map(Patterns::cost).sum()
    }

    /// What of it can be told by the text alone: none if it depends on more.
    pub(crate) fn by_text(&self) -> Option<Self> {
        let spec = &self.spec;
        let rest = AllowlistSpec {
            globs: Vec::new(),
            path_regexes: Vec::new(),
            commits: Vec::new(),
            fingerprints: Vec::new(),
            ..spec.clone()
        };
        let is_all = rest == *spec;
        let has_text = !spec.regexes.is_empty() || !spec.stopwords.is_empty();
        if is_all || (spec.condition == Condition::Or && has_text) {
            Self::new(rest).ok()
        } else {
            None
        }
    }

    /// Returns whether its last day is before `today`.
    #[must_use]
    pub fn is_expired(&self, today: Date) -> bool {
        self.spec.expires.is_some_and(|expires| expires < today)
    }

    /// Whether it allows a secret at a place. Its day is not looked at.
    #[must_use]
    pub fn allows(&self, subject: &Subject<'_>) -> bool {
        let is_for_rule = self.spec.rules.is_empty()
            || self.spec.rules.iter().any(|name| subject.rule.is_called(name.as_bytes()));
        if !is_for_rule {
            return false;
        }
        let kinds = self.kinds();
        let mut answers = kinds.iter().map(|kind| kind(self, subject));
        match self.spec.condition {
            Condition::And => answers.all(|fits| fits),
            Condition::Or => kinds.is_empty() || answers.any(|fits| fits),
        }
    }

    /// The kinds of checks that are given.
    fn kinds(&self) -> Vec<fn(&Self, &Subject<'_>) -> bool> {
        let spec = &self.spec;
        let mut kinds: Vec<fn(&Self, &Subject<'_>) -> bool> = Vec::new();
        if !spec.commits.is_empty() {
            kinds.push(Self::fits_commit);
        }
        if self.paths.is_some() {
            kinds.push(Self::fits_path);
        }
        if !self.fingerprints.is_empty() {
            kinds.push(Self::fits_fingerprint);
        }
        if self.regexes.is_some() {
            kinds.push(Self::fits_text);
        }
        if !spec.stopwords.is_empty() {
            kinds.push(Self::has_stopword);
        }
        kinds
    }

    fn fits_commit(&self, subject: &Subject<'_>) -> bool {
        subject.commit.is_some_and(|id| {
            self.spec.commits.iter().any(|commit| commit.eq_ignore_ascii_case(id))
        })
    }

    fn fits_path(&self, subject: &Subject<'_>) -> bool {
        let Some(paths) = &self.paths else { return false };
        let mut folders =
            memchr::memchr_iter(b'/', subject.path).map(|slash| &subject.path[..slash]);
        paths.is_match(subject.path)
            || (self.spec.prunes_folders
                && subject.is_walked
                && folders.any(|folder| paths.is_match(folder)))
    }

    fn fits_fingerprint(&self, subject: &Subject<'_>) -> bool {
        subject.fingerprint.is_some_and(|ids| self.fingerprints.contains(&ids.fingerprint))
    }

    fn fits_text(&self, subject: &Subject<'_>) -> bool {
        let text = match self.spec.target {
            Target::Secret => subject.secret,
            Target::Match => subject.around.matched(),
            // `^` and `$` would fit where the line was cut.
            Target::Line if !subject.around.has_whole_lines() => return false,
            Target::Line => subject.around.lines(),
        };
        self.regexes.as_ref().is_some_and(|regexes| regexes.is_match(text))
    }

    fn has_stopword(&self, subject: &Subject<'_>) -> bool {
        let words = self.stopwords.get_or_init(|| {
            let builder = AhoCorasick::builder().ascii_case_insensitive(true).clone();
            builder.build(&self.spec.stopwords).ok()
        });
        words.as_ref().is_some_and(|words| words.is_match(subject.secret))
    }
}

fn wrong(message: String) -> Error {
    Error::new(ErrorKind::Suppression, message)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::fingerprint::FingerprintKey;
    use crate::rules::RuleSet;
    use crate::secret::Secret;
    use crate::text::span::Span;
    use crate::text::view::View;

    fn list(spec: AllowlistSpec) -> Allowlist {
        Allowlist::new(spec).unwrap()
    }

    fn texts(texts: &[&str]) -> Vec<String> {
        texts.iter().map(|text| (*text).to_owned()).collect()
    }

    /// Asks about `secret` in `key = "secret" # note` of `src/a.txt`.
    fn allows(list: &Allowlist) -> bool {
        let rules = RuleSet::builtin();
        let rule = rules.get("gitlab_deploy_token").unwrap();
        let text = b"key = \"secret\" # note\n";
        let view = View { bytes: text, base: 0, is_last: true };
        let around = LineContext::of(&view, Span::new(0, 14), Span::new(7, 13));
        let fingerprint =
            FingerprintKey::default().file(b"src/a.txt").next(rule, &Secret::new(b"secret"));
        list.allows(&Subject {
            rule,
            path: b"src/a.txt",
            is_walked: true,
            commit: Some("0123456789abcdef0123456789abcdef01234567"),
            fingerprint: Some(fingerprint),
            secret: b"secret",
            around: &around,
        })
    }

    #[test]
    fn each_kind_alone() {
        let rule = RuleSet::builtin();
        let rule = rule.get("gitlab_deploy_token").unwrap();
        let own = FingerprintKey::default()
            .file(b"src/a.txt")
            .next(rule, &Secret::new(b"secret"))
            .fingerprint;
        let none = AllowlistSpec::default;
        let yes = [
            AllowlistSpec { rules: texts(&["gitlab-deploy-token"]), ..none() },
            AllowlistSpec { globs: texts(&["src/"]), ..none() },
            AllowlistSpec { path_regexes: texts(&["(?:^|/)a[.]txt$"]), ..none() },
            AllowlistSpec {
                commits: texts(&["0123456789ABCDEF0123456789abcdef01234567"]),
                ..none()
            },
            AllowlistSpec { fingerprints: vec![own.to_string()], ..none() },
            AllowlistSpec { regexes: texts(&["^other", "^sec"]), ..none() },
            AllowlistSpec {
                regexes: texts(&["^key = .secret.$"]),
                target: Target::Match,
                ..none()
            },
            AllowlistSpec { regexes: texts(&["# note$"]), target: Target::Line, ..none() },
            AllowlistSpec { stopwords: texts(&["CRE"]), ..none() },
        ];
        for spec in yes {
            assert!(allows(&list(spec.clone())), "{spec:?}");
            let spec = AllowlistSpec { condition: Condition::Or, ..spec };
            assert!(allows(&list(spec.clone())), "{spec:?}");
            // What names another rule does not fit, whatever else does.
            assert!(
                !allows(&list(AllowlistSpec {
                    rules: texts(&["gitlab_feed_token"]),
                    ..spec.clone()
                })),
                "{spec:?}"
            );
        }
        let no = [
            AllowlistSpec { globs: texts(&["lib/"]), ..none() },
            AllowlistSpec { path_regexes: texts(&["^a[.]txt"]), ..none() },
            AllowlistSpec {
                commits: texts(&["1123456789abcdef0123456789abcdef01234567"]),
                ..none()
            },
            AllowlistSpec { fingerprints: texts(&["00112233445566778899aabbccddeeff"]), ..none() },
            AllowlistSpec { regexes: texts(&["note"]), ..none() },
            AllowlistSpec { regexes: texts(&["note"]), target: Target::Match, ..none() },
            AllowlistSpec { stopwords: texts(&["key"]), ..none() },
        ];
        for spec in no {
            assert!(!allows(&list(spec.clone())), "{spec:?}");
            assert!(
                !allows(&list(AllowlistSpec { condition: Condition::Or, ..spec.clone() })),
                "{spec:?}"
            );
        }
    }

    #[test]
    fn folders_count_where_they_are_walked() {
        let rules = RuleSet::builtin();
        let fits = |spec: AllowlistSpec, path: &[u8], is_walked| {
            list(spec).allows(&Subject {
                rule: rules.get("gitlab_deploy_token").unwrap(),
                path,
                is_walked,
                commit: None,
                fingerprint: None,
                secret: b"secret",
                around: &LineContext::default(),
            })
        };
        let spec = |prunes_folders| AllowlistSpec {
            path_regexes: texts(&["(?:^|/)docs$"]),
            prunes_folders,
            ..AllowlistSpec::default()
        };
        assert!(
            fits(spec(true), b"docs/a", true)
                && fits(spec(true), b"x/docs/y/a", true)
                && fits(spec(false), b"docs", false)
        );
        assert!(!fits(spec(true), b"docs/a", false) && !fits(spec(false), b"docs/a", true));
        assert!(!fits(spec(true), b"docs.d/a", true));
    }

    #[test]
    fn conditions() {
        let spec = |condition, glob: &str| AllowlistSpec {
            condition,
            globs: texts(&[glob]),
            stopwords: texts(&["secret"]),
            ..AllowlistSpec::default()
        };
        assert!(
            allows(&list(spec(Condition::And, "src/")))
                && allows(&list(spec(Condition::Or, "lib/")))
        );
        assert!(!allows(&list(spec(Condition::And, "lib/"))));
    }

    #[test]
    fn what_would_allow_everything_is_refused() {
        let none = AllowlistSpec::default;
        let wrong = [
            none(),
            AllowlistSpec { stopwords: texts(&[""]), ..none() },
            AllowlistSpec { regexes: texts(&[""]), ..none() },
            AllowlistSpec { regexes: texts(&["("]), ..none() },
            AllowlistSpec { globs: texts(&["!a"]), ..none() },
            AllowlistSpec { commits: texts(&["abc"]), ..none() },
            AllowlistSpec { fingerprints: texts(&["abc"]), ..none() },
        ];
        for spec in wrong {
            assert_eq!(
                Allowlist::new(spec.clone()).unwrap_err().kind(),
                ErrorKind::Suppression,
                "{spec:?}"
            );
        }
    }

    #[test]
    fn the_last_day_counts() {
        let day = |text: &str| text.parse::<Date>().unwrap();
        let spec = AllowlistSpec {
            expires: Some(day("2026-05-31")),
            globs: texts(&["a"]),
            ..AllowlistSpec::default()
        };
        let list = list(spec);
        assert!(!list.is_expired(day("2026-05-31")) && list.is_expired(day("2026-06-01")));
        assert_eq!(Date::of_unix_time(86_400).to_string(), "1970-01-02");
    }

    #[test]
    fn a_line_that_is_cut_fits_no_regex() {
        let text = [vec![b'a'; 5000], b"secret".to_vec(), vec![b'b'; 5000]].concat();
        let span = Span::new(5000, 5006);
        let around = LineContext::of(&View { bytes: &text, base: 0, is_last: true }, span, span);
        let rules = RuleSet::builtin();
        let rule = rules.get("gitlab_deploy_token").unwrap();
        let subject = Subject {
            rule,
            path: b"x",
            is_walked: true,
            commit: None,
            fingerprint: None,
            secret: b"secret",
            around: &around,
        };
        let on = |target| {
            list(AllowlistSpec { regexes: texts(&["secret"]), target, ..AllowlistSpec::default() })
        };
        assert!(on(Target::Secret).allows(&subject) && on(Target::Match).allows(&subject));
        assert!(!on(Target::Line).allows(&subject));
    }
}
