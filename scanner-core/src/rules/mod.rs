//! Sets of rules: the built-in ones, or ones read from TOML text.
//!
//! A built-in rule is known by its names and literals, from a checked-in table; its file is read,
//! and its regex parsed and compiled, when its first candidate turns up. Rules of a user are
//! checked when they are read.

pub(crate) mod regex;

pub(crate) mod builtin;
mod change;
mod file;
mod fragments;
pub(crate) mod lint;
pub(crate) mod literals;
pub(crate) mod rule;
#[cfg(test)]
pub(crate) mod sample;

use crate::rules::regex::parse;
use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::Arc;

use tokensieve_rules::RowRun;

use self::builtin::Builtin;
use self::change::Change;
pub use self::lint::{Lint, LintLevel, regex_cost};
use self::literals::Literal;
use crate::error::{Error, ErrorKind};
use crate::rules::rule::{Requirement, Rule};
use crate::text::nearest::nearest_name;

/// A rule of a set. A built-in one need not have been read.
#[derive(Clone, Debug)]
pub(crate) enum RuleEntry {
    Builtin(Builtin),
    Own(Arc<CustomRule>),
}

/// A rule that was read from a user's file.
#[derive(Debug)]
pub(crate) struct CustomRule {
    rule: Arc<Rule>,
    /// `None` if the rule has no literal to look for.
    literals: Option<Vec<Literal>>,
}

impl RuleEntry {
    /// Returns the rule. Reads the file of a built-in one at the first call.
    pub(crate) fn rule(&self) -> &Arc<Rule> {
        match self {
            Self::Builtin(builtin) => builtin.rule(),
            Self::Own(own) => &own.rule,
        }
    }

    pub(crate) fn literals(&self) -> Option<Vec<Literal>> {
        match self {
            Self::Builtin(builtin) => Some(builtin.row().literals()),
            Self::Own(own) => own.literals.clone(),
        }
    }

    pub(crate) fn max_len(&self) -> usize {
        match self {
            Self::Builtin(builtin) => builtin.row().max_len,
            Self::Own(own) => own.rule.max_len,
        }
    }

    /// The run that every match holds, where the table of the built-in rules has it.
    pub(crate) fn run(&self) -> Option<&'static RowRun> {
        match self {
            Self::Builtin(builtin) => builtin.row().run,
            Self::Own(_) => None,
        }
    }

    /// Returns whether token prefixes of GitLab instances apply to it.
    pub(crate) fn takes_custom_prefix(&self) -> bool {
        match self {
            Self::Builtin(builtin) => builtin.row().takes_custom_prefix,
            Self::Own(own) => own.rule.custom_prefix.is_some(),
        }
    }

    /// Returns the text that decides what the rule finds: for a built-in one, that of its file.
    pub(crate) fn text(&self) -> Cow<'_, str> {
        match self {
            Self::Builtin(builtin) => Cow::Borrowed(builtin.text()),
            Self::Own(own) => Cow::Owned(format!("{:?}", own.rule)),
        }
    }

    pub(crate) fn id(&self) -> &str {
        match self {
            Self::Builtin(builtin) => builtin.row().id,
            Self::Own(own) => &own.rule.id,
        }
    }

    /// What must be near a match; a built-in rule needs nothing.
    pub(crate) fn keywords(&self) -> Option<&[String]> {
        match self {
            Self::Builtin(_) => None,
            Self::Own(own) => own.rule.keywords.as_deref(),
        }
    }

    /// Returns what has to stand beside a match. Built-in rules require nothing.
    pub(crate) fn required(&self) -> &[Requirement] {
        match self {
            Self::Builtin(_) => &[],
            Self::Own(own) => &own.rule.required,
        }
    }

    /// Returns whether the rule finds files by their paths alone.
    pub(crate) fn is_path_only(&self) -> bool {
        matches!(self, Self::Own(own) if own.rule.is_path_only())
    }

    pub(crate) fn has_literals(&self) -> bool {
        match self {
            Self::Builtin(_) => true,
            Self::Own(own) => own.literals.is_some() && own.rule.keywords.is_none(),
        }
    }

    /// Returns whether a name is its id, or another scanner's id for its kind.
    pub(crate) fn is_called(&self, name: &str) -> bool {
        match self {
            Self::Builtin(builtin) => {
                builtin.row().id == name || builtin.row().aliases.contains(&name)
            }
            Self::Own(own) => own.rule.is_called(name),
        }
    }

    /// Returns all its names: id, aliases, provider.
    fn names(&self) -> Vec<&str> {
        match self {
            Self::Builtin(builtin) => {
                let row = builtin.row();
                [&[row.id, builtin.provider()], row.aliases].concat()
            }
            Self::Own(own) => {
                let aliases = own.rule.aliases.iter().map(String::as_str);
                aliases.chain([own.rule.id.as_str(), own.rule.provider.as_str()]).collect()
            }
        }
    }

    fn is_named(&self, name: &str) -> bool {
        let provider = match self {
            Self::Builtin(builtin) => builtin.provider(),
            Self::Own(own) => &own.rule.provider,
        };
        provider == name || self.is_called(name)
    }
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
    entries: Vec<RuleEntry>,
    /// Changes to the rules of a set that this one extends.
    changes: Vec<Change>,
}

impl RuleSet {
    /// Returns the built-in rules of all providers. Costs next to nothing: it reads no rule file
    /// and compiles no regex before a search needs them.
    #[must_use]
    pub fn builtin() -> Self {
        Self { entries: Builtin::all().map(RuleEntry::Builtin).collect(), changes: Vec::new() }
    }

    /// Returns the names and texts of the built-in rule files.
    pub fn builtin_files() -> impl Iterator<Item = (String, &'static str)> {
        tokensieve_rules::PROVIDERS
            .iter()
            .map(|provider| (format!("{}.toml", provider.name), provider.rules))
    }

    /// Reads rules from the text of a rule file, in the form of docs/formats.md. `file` names it in
    /// errors; without its folder and `.toml` it is the provider of the rules.
    ///
    /// # Errors
    ///
    /// The first mistake, with its line. [`RuleSet::lint`] returns all of them.
    pub fn from_toml(file: &str, text: &str) -> Result<Self, Error> {
        let name = file.rsplit(['/', '\\']).next().unwrap_or(file);
        let file::File { entries, changes } =
            file::read(file, name.strip_suffix(".toml").unwrap_or(name), text)?;
        if let Some(lint) =
            lint::all(&entries).into_iter().find(|lint| lint.level == LintLevel::Error)
        {
            return Err(Error::new(ErrorKind::Rule, lint.to_string()).at(file, lint.line));
        }
        let entries = entries
            .into_iter()
            .map(|entry| {
                let literals = parse(&entry.rule.regex)
                    .ok()
                    .and_then(|hir| literals::of_rule(&entry.rule, &hir));
                RuleEntry::Own(Arc::new(CustomRule { rule: Arc::new(entry.rule), literals }))
            })
            .collect();
        Ok(Self { entries, changes })
    }

    /// Makes a set of rules that are not from a rule file and have been checked.
    pub(crate) fn of_rules(rules: impl IntoIterator<Item = Rule>) -> Self {
        let entry =
            |rule| RuleEntry::Own(Arc::new(CustomRule { literals: None, rule: Arc::new(rule) }));
        Self { entries: rules.into_iter().map(entry).collect(), changes: Vec::new() }
    }

    /// Returns all that is wrong or costly in the text of a rule file, in the order of its lines.
    ///
    /// # Errors
    ///
    /// The text is not TOML, or not of the documented form.
    pub fn lint(file: &str, text: &str) -> Result<Vec<Lint>, Error> {
        Ok(lint::all(&file::read(file, file, text)?.entries))
    }

    /// Returns the number of rules.
    #[must_use]
    pub fn len(&self) -> usize {
        self.entries.len()
    }

    /// Returns whether the set has no rule.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.entries.is_empty()
    }

    /// Returns the rules in their order. Reads all their files.
    pub fn iter(&self) -> impl Iterator<Item = &Rule> {
        self.entries.iter().map(|entry| &**entry.rule())
    }

    /// Returns the rule with an id, if the set has one. Looks at the ids one by one, and reads the
    /// file of a built-in rule at its first use.
    #[must_use]
    pub fn get(&self, id: &str) -> Option<&Rule> {
        self.entries.iter().find(|entry| entry.id() == id).map(|entry| &**entry.rule())
    }

    /// Returns whether a rule has this id, or another scanner has this id for it.
    #[must_use]
    pub fn has_rule_called(&self, name: &str) -> bool {
        self.entries.iter().any(|entry| entry.is_called(name))
    }

    /// Returns the ids of the rules that have this id, or for which another scanner has it. Reads
    /// no rule file.
    pub(crate) fn ids_called<'s>(&'s self, name: &'s str) -> impl Iterator<Item = &'s str> {
        self.entries.iter().filter(move |entry| entry.is_called(name)).map(RuleEntry::id)
    }

    /// Adds the rules of another set and applies its changes. A rule whose id is already there
    /// replaces the earlier one.
    ///
    /// # Errors
    ///
    /// The other set changes a rule that neither has.
    ///
    /// ```
    /// use tokensieve_core::{RuleSet, Severity};
    ///
    /// let mut rules = RuleSet::builtin();
    /// let changes = "[[changes]]\nrule = 'gitlab-deploy-token'\nseverity = 'low'\n";
    /// rules.extend(RuleSet::from_toml("c.toml", changes)?)?;
    /// assert_eq!(rules.get("gitlab_deploy_token").unwrap().severity(), Severity::Low);
    /// # Ok::<(), tokensieve_core::Error>(())
    /// ```
    pub fn extend(&mut self, other: Self) -> Result<(), Error> {
        self.add(other.entries);
        for change in other.changes {
            if !self.has_rule_called(&change.rule) {
                let message = format!(
                    "no rule is named `{}`; `tokensieve rules list` shows them",
                    change.rule
                );
                return Err(
                    Error::new(ErrorKind::UnknownRule, message).at(&change.file, change.line)
                );
            }
            self.change(&change.rule, |rule| change.apply_to(rule));
        }
        Ok(())
    }

    /// Adds the rules of another set, which take the place of those with their ids.
    pub(crate) fn add(&mut self, entries: Vec<RuleEntry>) {
        let mut places: HashMap<String, usize> = self
            .entries
            .iter()
            .enumerate()
            .map(|(place, entry)| (entry.id().to_owned(), place))
            .collect();
        for entry in entries {
            match places.get(entry.id()) {
                Some(place) => self.entries[*place] = entry,
                None => {
                    places.insert(entry.id().to_owned(), self.entries.len());
                    self.entries.push(entry);
                }
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
        self.entries.retain(|entry| names.iter().any(|name| entry.is_named(name.as_ref())));
        Ok(self)
    }

    /// Drops the rules that are named by id, alias or provider. A built-in rule that is not in the
    /// set can be named, too: several files may leave out the same one.
    ///
    /// # Errors
    ///
    /// A name that fits no rule, neither of the set nor a built-in one.
    pub fn without<S: AsRef<str>>(mut self, names: &[S]) -> Result<Self, Error> {
        let is_builtin =
            |name: &str| Builtin::all().map(RuleEntry::Builtin).any(|it| it.is_named(name));
        let others: Vec<&S> = names.iter().filter(|name| !is_builtin(name.as_ref())).collect();
        self.check_names(&others)?;
        self.entries.retain(|entry| !names.iter().any(|name| entry.is_named(name.as_ref())));
        Ok(self)
    }

    /// Returns whether these are exactly the built-in rules, unchanged.
    pub(crate) fn is_builtin(&self) -> bool {
        self.entries.len() == Builtin::all().count()
            && self.entries.iter().all(|entry| matches!(entry, RuleEntry::Builtin(_)))
    }

    /// Returns all built-in rules unchanged, and the user's own beside them, even those with the id
    /// of a built-in rule and those that change one.
    ///
    /// The set is for hiding. A rule file decides what is found, but it cannot make a kind of token
    /// be shown.
    pub(crate) fn beside_builtin(&self) -> Self {
        let own = self.entries.iter().filter(|entry| matches!(entry, RuleEntry::Own(_)));
        let builtin = Builtin::all().map(RuleEntry::Builtin);
        Self { entries: builtin.chain(own.cloned()).collect(), changes: Vec::new() }
    }

    /// Returns the number of built-in rules that are neither replaced nor changed.
    #[must_use]
    pub fn builtin_len(&self) -> usize {
        self.entries.iter().filter(|entry| matches!(entry, RuleEntry::Builtin(_))).count()
    }

    /// Returns whether any rule applies to certain paths only.
    #[must_use]
    pub fn has_rules_with_paths(&self) -> bool {
        self.entries
            .iter()
            .any(|entry| matches!(entry, RuleEntry::Own(own) if own.rule.path.is_some()))
    }

    /// Applies `clean` to the texts of the user's rules that reports show.
    pub(crate) fn with_texts(&self, clean: impl Fn(&str) -> String) -> Self {
        let entry = |entry: &RuleEntry| match entry {
            RuleEntry::Own(own) => {
                let mut rule = Rule::clone(&own.rule);
                for text in rule.texts() {
                    *text = clean(text);
                }
                let literals = own.literals.clone();
                RuleEntry::Own(Arc::new(CustomRule { rule: Arc::new(rule), literals }))
            }
            builtin => builtin.clone(),
        };
        Self { entries: self.entries.iter().map(entry).collect(), changes: Vec::new() }
    }

    pub(crate) fn entries(&self) -> &[RuleEntry] {
        &self.entries
    }

    /// Changes each rule with this id, or the id that another scanner has for it.
    pub(crate) fn change(&mut self, name: &str, change: impl Fn(&mut Rule)) {
        for entry in self.entries.iter_mut().filter(|entry| entry.is_called(name)) {
            let mut rule = Rule::clone(entry.rule());
            change(&mut rule);
            *entry = RuleEntry::Own(Arc::new(CustomRule {
                literals: entry.literals(),
                rule: Arc::new(rule),
            }));
        }
    }

    /// Drops all rules with this id, or the id that another scanner has for them.
    pub(crate) fn remove(&mut self, name: &str) {
        self.entries.retain(|entry| !entry.is_called(name));
    }

    fn check_names<S: AsRef<str>>(&self, names: &[S]) -> Result<(), Error> {
        match names
            .iter()
            .find(|name| !self.entries.iter().any(|entry| entry.is_named(name.as_ref())))
        {
            None => Ok(()),
            Some(name) => {
                let name = name.as_ref();
                let known = self.entries.iter().flat_map(RuleEntry::names).collect::<Vec<_>>();
                let way_out = match nearest_name(name, &known) {
                    Some(meant) => format!("did you mean `{meant}`?"),
                    None => "`tokensieve rules list` shows them".to_owned(),
                };
                Err(Error::new(
                    ErrorKind::UnknownRule,
                    format!("no rule or provider is named `{name}`: {way_out}"),
                ))
            }
        }
    }
}
