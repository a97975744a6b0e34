//! The form of a rule file: TOML text in, [`Rule`]s with their lines out.
//!
//! The documented form is in docs/formats.md. Unknown keys are errors, since a misspelt key would
//! otherwise switch something off without a word.

use crate::rules::change::LeakForm;
use std::borrow::Cow;

use serde::Deserialize;
use toml::Spanned;

use super::change::{Change, ChangeForm};
use super::fragments;
use crate::error::{Error, ErrorKind};
use crate::rules::rule::{
    CustomPrefix, DEFAULT_MAX_LEN, Filter, Proof, Remediation, Requirement, Rule, Syntax,
};
use crate::text::boundary::Boundary;
use crate::text::toml_message::plain_toml_message;
use crate::verdict::{Confidence, Severity};

/// A rule with the 1-based line of its id.
pub(crate) struct Entry {
    pub(crate) rule: Rule,
    pub(crate) line: usize,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileForm {
    #[serde(default)]
    rules: Vec<RuleForm>,
    #[serde(default)]
    changes: Vec<ChangeForm>,
}

/// What a file says.
pub(crate) struct File {
    pub(crate) entries: Vec<Entry>,
    pub(crate) changes: Vec<Change>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleForm {
    id: Spanned<String>,
    kind: Option<String>,
    name: Option<String>,
    #[serde(default)]
    description: String,
    severity: Option<Severity>,
    #[serde(default)]
    url: String,
    #[serde(default)]
    aliases: Vec<String>,
    #[serde(default)]
    prefixes: Vec<String>,
    regex: Option<Spanned<String>>,
    lead: Option<String>,
    generated: Option<String>,
    left: Option<Boundary>,
    right: Option<Boundary>,
    proof: Option<Proof>,
    filter: Option<Filter>,
    syntax: Option<Syntax>,
    confidence: Option<Confidence>,
    custom_prefix: Option<CustomPrefix>,
    #[serde(default)]
    mixed_case: bool,
    #[serde(default)]
    chosen_by_humans: bool,
    min_entropy: Option<f64>,
    keywords: Option<Vec<String>>,
    path: Option<String>,
    #[serde(default)]
    secret_groups: Vec<usize>,
    entropy_above: Option<f64>,
    #[serde(default)]
    keep_placeholders: bool,
    #[serde(default)]
    skip_report: bool,
    #[serde(default)]
    required: Vec<Requirement>,
    max_len: Option<usize>,
    leak: Option<LeakForm>,
}

/// Reads a rule file. `file` is its name in error messages.
pub(crate) fn read(file: &str, provider: &str, text: &str) -> Result<File, Error> {
    let form: FileForm = toml::from_str(text).map_err(|error| {
        let line = error.span().map_or(1, |span| line_of(text, span.start));
        Error::new(ErrorKind::Syntax, plain_toml_message(error.message())).at(file, line)
    })?;
    if let Some(rule) = form.rules.iter().find(|rule| rule.regex.is_none() && rule.path.is_none()) {
        let line = line_of(text, rule.id.span().start);
        return Err(Error::new(ErrorKind::Syntax, "missing field `regex`").at(file, line));
    }
    let change = |change: ChangeForm| {
        let line = line_of(text, change.rule.span().start);
        Change::of(change, file, line)
    };
    Ok(File {
        entries: form
            .rules
            .into_iter()
            .map(|rule| entry(rule, provider, file, text))
            .collect::<Result<_, Error>>()?,
        changes: form.changes.into_iter().map(change).collect::<Result<_, Error>>()?,
    })
}

fn entry(form: RuleForm, provider: &str, file: &str, text: &str) -> Result<Entry, Error> {
    let line = line_of(text, form.id.span().start);
    let id = form.id.into_inner();
    let regex = form.regex.as_ref().map_or(Ok(Cow::Borrowed("")), |regex| {
        fragments::expand(regex.get_ref()).map_err(|name| {
            let message = format!(
                "rule `{id}`: `{{{{{name}}}}}` is no part of a regex; there are {}",
                fragments::names()
            );
            Error::new(ErrorKind::Rule, message).at(file, line_of(text, regex.span().start))
        })
    })?;
    let is_prefixed = !form.prefixes.is_empty();
    let default_boundary = |if_prefixed| if is_prefixed { if_prefixed } else { Boundary::None };
    let leak = form.leak.unwrap_or(LeakForm { ui: String::new(), api: String::new() });
    let rule = Rule {
        provider: provider.to_owned(),
        kind: form.kind.unwrap_or_else(|| id.clone()),
        name: form.name.unwrap_or_else(|| id.clone()),
        id,
        description: form.description,
        severity: form.severity.unwrap_or(Severity::High),
        url: form.url,
        aliases: form.aliases,
        prefixes: form.prefixes,
        regex: regex.into_owned(),
        lead: form.lead,
        generated: form.generated,
        left: form.left.unwrap_or(default_boundary(Boundary::Word)),
        right: form.right.unwrap_or(default_boundary(Boundary::Token)),
        proof: form.proof,
        filter: form.filter,
        syntax: form.syntax,
        confidence: form.confidence.unwrap_or(Confidence::Likely),
        custom_prefix: form.custom_prefix,
        is_mixed_case: form.mixed_case,
        is_chosen_by_humans: form.chosen_by_humans,
        min_entropy: form.min_entropy,
        keywords: form
            .keywords
            .map(|words| words.into_iter().map(|word| word.to_lowercase()).collect()),
        path: form.path,
        secret_groups: form.secret_groups,
        entropy_above: form.entropy_above,
        keeps_placeholders: form.keep_placeholders,
        skips_report: form.skip_report,
        required: form.required,
        max_len: form.max_len.unwrap_or(DEFAULT_MAX_LEN),
        remediation: Remediation { ui: leak.ui, api: leak.api },
    };
    Ok(Entry { rule, line })
}

fn line_of(text: &str, offset: usize) -> usize {
    1 + text.as_bytes()[..offset.min(text.len())].iter().filter(|byte| **byte == b'\n').count()
}
