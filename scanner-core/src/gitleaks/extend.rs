//! Files that extend others, and what they come to.

use std::collections::BTreeSet;

use super::config::{self, File};
use super::dialect::Pattern;
use super::values::Text;
use crate::error::Error;
use crate::gitleaks::model::{GitleaksAllowlist, GitleaksRule, Remark};
use crate::rules::LintLevel;

/// A file may extend another one, and that one a third.
const MAX_DEPTH: usize = 2;

/// What a file of gitleaks says, with all that it extends.
#[derive(Clone, Debug, Default)]
pub struct Gitleaks {
    pub(super) file: String,
    pub(super) rules: Vec<GitleaksRule>,
    pub(super) allowlists: Vec<GitleaksAllowlist>,
    pub(super) extends_builtin: bool,
    /// What is left out of the built-in rules.
    pub(super) disabled: Vec<Text>,
    pub(super) remarks: Vec<Remark>,
}

impl Gitleaks {
    /// Reads a file. `read` gives the text of a file that it extends by `path`; gitleaks takes such
    /// a path as seen from the working folder.
    ///
    /// # Errors
    ///
    /// The first thing that gitleaks would refuse, with file and line: see [`Gitleaks::lint`] for
    /// all of it.
    pub fn read(
        file: &str,
        text: &str,
        read: &dyn Fn(&str) -> Option<String>,
    ) -> Result<Self, Error> {
        let gitleaks = Self::assemble(file, text, read, 0);
        match gitleaks.remarks.iter().find(|remark| remark.level == LintLevel::Error) {
            Some(remark) => Err(remark.clone().into_error()),
            None => Ok(gitleaks),
        }
    }

    /// The rules, each id once, in the order of files: what is extended comes first.
    #[must_use]
    pub fn rules(&self) -> &[GitleaksRule] {
        &self.rules
    }

    /// The allowlists that belong to no rule.
    #[must_use]
    pub fn allowlists(&self) -> &[GitleaksAllowlist] {
        &self.allowlists
    }

    /// Whether the built-in rules count, too.
    #[must_use]
    pub fn extends_builtin(&self) -> bool {
        self.extends_builtin
    }

    /// The built-in rules that are left out, as they are named in the file.
    pub fn disabled_rules(&self) -> impl Iterator<Item = &str> {
        self.disabled.iter().map(|id| id.text.as_str())
    }

    /// The name of the file.
    #[must_use]
    pub fn file(&self) -> &str {
        &self.file
    }

    /// What of it keeps findings from being reported, a line each, that does not change when lines
    /// are moved.
    pub fn suppressions(&self) -> impl Iterator<Item = String> {
        let disabled = self.disabled_rules().map(|id| format!("disabledRules: {id}"));
        let of = |list: &GitleaksAllowlist, rules: &[String]| {
            let patterns =
                |list: &[Pattern]| list.iter().map(|p| p.regex().to_owned()).collect::<Vec<_>>();
            let checks = [
                ("commits", list.commits.clone()),
                ("paths", patterns(&list.paths)),
                ("regexes", patterns(&list.regexes)),
                ("stopwords", list.stopwords.clone()),
            ];
            let checks = checks.iter().filter(|(_, items)| !items.is_empty());
            let checks: Vec<String> =
                checks.map(|(kind, items)| format!("{kind} {}", items.join(", "))).collect();
            let rules = if rules.is_empty() { "every rule".to_owned() } else { rules.join(", ") };
            format!("allowlist of {rules} ({:?}): {}", list.condition, checks.join("; "))
        };
        let own = self
            .rules
            .iter()
            .flat_map(|rule| rule.allowlists.iter().map(move |list| (list, &rule.id)));
        let own: Vec<String> = own.map(|(list, id)| of(list, core::slice::from_ref(id))).collect();
        let global: Vec<String> =
            self.allowlists.iter().map(|list| of(list, &list.target_rules)).collect();
        let rules = self.rules.iter().map(|rule| format!("rule: {}", rule.id));
        let default = (!self.extends_builtin).then(|| "the built-in rules are not used".to_owned());
        disabled.chain(rules).chain(own).chain(global).chain(default)
    }

    /// What is to be said about the file although it can be used: the warnings that matter at every
    /// scan.
    #[must_use]
    pub fn remarks(&self) -> &[Remark] {
        &self.remarks
    }

    pub(super) fn assemble(
        name: &str,
        text: &str,
        read: &dyn Fn(&str) -> Option<String>,
        depth: usize,
    ) -> Self {
        let (file, remarks) = config::read(name, text);
        let mut whole = Self { file: name.to_owned(), remarks, ..Self::default() };
        if depth == MAX_DEPTH {
            if file.extend.uses_default || file.extend.path.is_some() {
                let message = "this file is extended by one that is extended itself, so its \
                               [extend] does nothing";
                whole.warn(file.extend.line, message);
            }
        } else if file.extend.uses_default {
            whole.extends_builtin = true;
            whole.disabled = file.extend.disabled_rules.clone();
        } else if let Some(path) = &file.extend.path {
            match read(&path.text) {
                Some(text) => {
                    let base = Self::assemble(&path.text, &text, read, depth + 1);
                    whole.take_base(base, &file.extend.disabled_rules);
                }
                None => {
                    let message = format!(
                        "cannot read `{}`, which this file extends: it is looked for in the \
                         working folder",
                        path.text
                    );
                    whole.remarks.push(Remark {
                        level: LintLevel::Error,
                        file: name.to_owned(),
                        line: path.line,
                        message,
                    });
                }
            }
        }
        whole.add(file);
        if depth == 0 {
            whole.check();
        }
        whole
    }

    fn warn(&mut self, line: usize, message: impl Into<String>) {
        let file = self.file.clone();
        self.remarks.push(Remark {
            level: LintLevel::Warning,
            file,
            line,
            message: message.into(),
        });
    }

    /// Takes what is extended, without the rules that are left out.
    fn take_base(&mut self, base: Self, disabled: &[Text]) {
        let is_disabled = |id: &str| disabled.iter().any(|name| name.text == id);
        for name in disabled {
            if !base.extends_builtin && !base.rules.iter().any(|rule| rule.id == name.text) {
                self.warn(
                    name.line,
                    format!(
                        "`disabledRules` names `{}`, which is no rule of what is extended",
                        name.text
                    ),
                );
            }
        }
        self.rules = base.rules.into_iter().filter(|rule| !is_disabled(&rule.id)).collect();
        self.allowlists = base.allowlists;
        self.extends_builtin = base.extends_builtin;
        self.disabled = base.disabled;
        if self.extends_builtin {
            self.disabled.extend_from_slice(disabled);
        }
        self.remarks.extend(base.remarks);
    }

    /// Adds what a file says to what it extends.
    fn add(&mut self, file: File) {
        for rule in file.rules {
            match self.rules.iter_mut().find(|base| base.id == rule.id) {
                Some(base) => {
                    let dropped = merge(base, rule);
                    let (id, line) = (base.id.clone(), base.line);
                    if dropped {
                        self.warn(
                            line,
                            format!(
                                "rule `{id}` is one of what is extended: `required` and \
                                 `skipReport` here do nothing"
                            ),
                        );
                    }
                }
                None => self.rules.push(rule),
            }
        }
        self.allowlists.extend(file.allowlists);
    }

    /// What can only be said of the whole.
    fn check(&mut self) {
        let builtin = crate::rules::RuleSet::builtin();
        let is_builtin = |id: &str| self.extends_builtin && builtin.has_rule_called(id);
        let ids: BTreeSet<String> = self.rules.iter().map(|rule| rule.id.clone()).collect();
        let mut said: Vec<Remark> = Vec::new();
        let say = |level, file: &str, line, message: String| Remark {
            level,
            file: file.to_owned(),
            line,
            message,
        };
        let mut unusable = BTreeSet::new();
        for rule in &self.rules {
            let groups = rule.regex.as_ref().map_or(usize::MAX, |regex| regex.groups);
            if rule.secret_group > groups {
                let message = format!(
                    "rule `{}`: secretGroup is {}, and the regex has {groups} groups",
                    rule.id, rule.secret_group
                );
                said.push(say(LintLevel::Error, &rule.file, rule.line, message));
            }
            if rule.regex.is_some() || rule.path.is_some() || is_builtin(&rule.id) {
                continue;
            }
            unusable.insert(rule.id.clone());
            let mut message = format!("rule `{}` has neither `regex` nor `path`", rule.id);
            if self.extends_builtin {
                message +=
                    ", and is not one of the built-in rules here: see `tokensieve rules list`";
            }
            said.push(say(LintLevel::Error, &rule.file, rule.line, message));
        }
        for allowlist in &self.allowlists {
            for id in
                allowlist.target_rules.iter().filter(|id| !ids.contains(*id) && !is_builtin(id))
            {
                said.push(if self.extends_builtin {
                    let message = format!(
                        "`targetRules` names `{id}`, which is no rule here, so nothing is \
                                 allowed by it"
                    );
                    say(LintLevel::Warning, &allowlist.file, allowlist.line, message)
                } else {
                    let message = format!("`targetRules` names `{id}`, which is no rule");
                    say(LintLevel::Error, &allowlist.file, allowlist.line, message)
                });
            }
        }
        if self.extends_builtin {
            let unknown = self.disabled.iter().filter(|id| !builtin.has_rule_called(&id.text));
            let unknown = unknown.filter(|id| !ids.contains(&id.text));
            let message =
                |id: &Text| format!("`disabledRules` names `{}`, which is no rule here", id.text);
            said.extend(
                unknown.map(|id| say(LintLevel::Warning, &self.file, id.line, message(id))),
            );
        } else {
            let message = "the built-in rules are not used, only those of this file, as gitleaks \
                           does: \
                           to add to them, write `[extend]` and `useDefault = true`";
            said.push(say(LintLevel::Warning, &self.file, 1, message.to_owned()));
        }
        self.rules.retain(|rule| !unusable.contains(&rule.id));
        self.remarks.extend(said);
    }
}

/// Changes a rule that is extended; whether something of the change is lost.
///
/// What is not empty replaces, lists grow. As in gitleaks, `required` and `skipReport` stay as they
/// were.
fn merge(base: &mut GitleaksRule, child: GitleaksRule) -> bool {
    let is_lost = !child.required.is_empty() || child.skips_report;
    if !child.description.is_empty() {
        base.description = child.description;
    }
    if child.entropy != 0.0 {
        base.entropy = child.entropy;
    }
    if child.secret_group != 0 {
        base.secret_group = child.secret_group;
    }
    base.regex = child.regex.or(base.regex.take());
    base.path = child.path.or(base.path.take());
    base.tags.extend(child.tags);
    base.keywords.extend(child.keywords);
    base.allowlists.extend(child.allowlists);
    (base.file, base.line) = (child.file, child.line);
    is_lost
}
