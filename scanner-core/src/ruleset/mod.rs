//! Sets of rules: the built-in ones, or ones read from TOML text.
//!
//! Reading the built-in rules parses their text and takes their literals from a checked-in table; no regex is parsed
//! or compiled before its first candidate. Rules of a user are checked when they are read.

mod file;
pub(crate) mod lint;
pub(crate) mod literals;
#[cfg(test)]
pub(crate) mod sample;
mod table;

use std::sync::Arc;

use regex_syntax::hir::Hir;

pub use self::lint::{Lint, LintLevel};
use self::literals::Literal;
use crate::error::{Error, ErrorKind};
use crate::rule::Rule;

/// A rule with what the prefilter needs of it.
#[derive(Clone, Debug)]
pub(crate) struct Member {
    pub(crate) rule: Arc<Rule>,
    /// None where the rule has no literal that could be looked for.
    pub(crate) literals: Option<Vec<Literal>>,
}

/// An ordered set of rules with unique ids.
///
/// Where two rules match the same bytes equally well, the earlier one is reported.
///
/// ```
/// use tokensieve_core::RuleSet;
///
/// let rules = RuleSet::from_toml(
///     "acme.toml",
///     r#"
///     [[rules]]
///     id = "acme-key"
///     name = "Acme API key"
///     prefixes = ["acme_"]
///     regex = 'acme_[0-9a-f]{16}'
///     "#,
/// )?;
/// assert_eq!(rules.len(), 1);
/// assert_eq!(rules.get("acme-key").unwrap().provider(), "acme");
/// # Ok::<(), tokensieve_core::Error>(())
/// ```
#[derive(Clone, Debug, Default)]
pub struct RuleSet {
    members: Vec<Member>,
}

impl RuleSet {
    /// The built-in rules of all providers.
    #[must_use]
    pub fn builtin() -> Self {
        let mut set = Self::default();
        for provider in tokensieve_rules::PROVIDERS {
            let entries = file::read(provider.name, provider.name, provider.rules)
                .expect("the built-in rule files are read by a test");
            set.members.extend(
                entries
                    .into_iter()
                    .map(|entry| Member { literals: table::literals_of(&entry.rule.id), rule: Arc::new(entry.rule) }),
            );
        }
        set
    }

    /// The names and texts of the built-in rule files.
    pub fn builtin_files() -> impl Iterator<Item = (String, &'static str)> {
        tokensieve_rules::PROVIDERS.iter().map(|provider| (format!("{}.toml", provider.name), provider.rules))
    }

    /// Reads rules from the text of a rule file. `file` names it in errors; without its folder and `.toml` it is the
    /// provider of the rules.
    ///
    /// # Errors
    ///
    /// The first thing that is wrong, with its line: see [`RuleSet::lint`] for all of it.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Error> {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let entries = file::read(file, name.strip_suffix(".toml").unwrap_or(name), text)?;
        if let Some(lint) = lint::all(&entries).into_iter().find(|lint| lint.level == LintLevel::Error) {
            return Err(Error::new(ErrorKind::Rule, lint.to_string()).at(file, lint.line));
        }
        let members = entries
            .into_iter()
            .map(|entry| Member {
                literals: parse(&entry.rule.regex).ok().and_then(|hir| literals::derive(&hir)),
                rule: Arc::new(entry.rule),
            })
            .collect();
        Ok(Self { members })
    }

    /// Rules that are not from a rule file, and have been checked.
    pub(crate) fn of_rules(rules: impl IntoIterator<Item = Rule>) -> Self {
        let member = |rule| Member { literals: None, rule: Arc::new(rule) };
        Self { members: rules.into_iter().map(member).collect() }
    }

    /// Everything that is wrong or costly in the text of a rule file, in the order of its lines.
    ///
    /// # Errors
    ///
    /// The text is not TOML, or not of the documented form.
    pub fn lint(file: &str, text: &str) -> Result<Vec<Lint>, Error> {
        Ok(lint::all(&file::read(file, file, text)?))
    }

    /// The number of rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.members.len()
    }

    /// Whether there is no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.members.is_empty()
    }

    /// The rules in their order.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.members.iter().map(|member| &*member.rule)
    }

    /// The rule with an id.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.iter().find(|rule| rule.id == id)
    }

    /// Adds rules. A rule whose id is already there takes the place of the earlier one.
    pub fn extend(&mut self, other: Self) {
        for member in other.members {
            match self.members.iter_mut().find(|earlier| earlier.rule.id == member.rule.id) {
                Some(earlier) => *earlier = member,
                None => self.members.push(member),
            }
        }
    }

    /// Keeps the rules that are named by id, alias or provider.
    ///
    /// # Errors
    ///
    /// A name that fits no rule.
    pub fn only<S: AsRef<str>>(mut self, names: &[S]) -> Result<Self, Error> {
        self.check_names(names)?;
        self.members.retain(|member| names.iter().any(|name| is_named(&member.rule, name.as_ref())));
        Ok(self)
    }

    /// Drops the rules that are named by id, alias or provider.
    ///
    /// # Errors
    ///
    /// A name that fits no rule.
    pub fn without<S: AsRef<str>>(mut self, names: &[S]) -> Result<Self, Error> {
        self.check_names(names)?;
        self.members.retain(|member| !names.iter().any(|name| is_named(&member.rule, name.as_ref())));
        Ok(self)
    }

    /// Whether every built-in rule is there, or one of the same id in its place.
    pub(crate) fn has_all_builtin(&self) -> bool {
        table::ids().all(|id| self.get(id).is_some())
    }

    pub(crate) fn members(&self) -> &[Member] {
        &self.members
    }

    /// The same with each rule changed by its id or by that of another scanner.
    pub(crate) fn change(&mut self, name: &str, change: impl Fn(&mut Rule)) {
        for member in self.members.iter_mut().filter(|member| member.rule.is_called(name)) {
            change(Arc::make_mut(&mut member.rule));
        }
    }

    /// Drops all rules with this id, or the id that another scanner has for them.
    pub(crate) fn remove(&mut self, name: &str) {
        self.members.retain(|member| !member.rule.is_called(name));
    }

    fn check_names<S: AsRef<str>>(&self, names: &[S]) -> Result<(), Error> {
        match names.iter().find(|name| !self.iter().any(|rule| is_named(rule, name.as_ref()))) {
            None => Ok(()),
            Some(name) => Err(Error::new(
                ErrorKind::UnknownRule,
                format!("no rule or provider is named `{}`; `tokensieve rules list` shows them", name.as_ref()),
            )),
        }
    }
}

fn is_named(rule: &Rule, name: &str) -> bool {
    rule.is_called(name) || rule.provider == name
}

/// Parses the regex of a rule: bytes, ASCII classes.
pub(crate) fn parse(regex: &str) -> Result<Hir, Box<regex_syntax::Error>> {
    regex_syntax::ParserBuilder::new().unicode(false).utf8(false).build().parse(regex).map_err(Box::new)
}
