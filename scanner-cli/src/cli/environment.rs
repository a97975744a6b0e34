//! Options that come from the environment: `TOKENSIEVE_JOBS=4` is `--jobs 4`.
//!
//! A variable is put behind the name of the command as if its option were typed there, and the
//! arguments are parsed as always. So it has the same values and the same limits, and every option
//! has one. What is typed goes before it. Nothing that shows secrets or sends them anywhere is
//! taken from here: who sets the variables of a CI pipeline is not always who may read its secrets.

use std::collections::{BTreeMap, BTreeSet};
use std::ffi::OsString;

use clap::error::ErrorKind;
use clap::parser::ValueSource;
use clap::{Arg, ArgAction, ArgMatches, Command};
use tokensieve_core::internal::nearest_name;

/// What the names of all variables begin with.
const PREFIX: &str = "TOKENSIEVE_";
/// Options that are not taken from the environment, wherever they are.
const TYPED_ONLY: [&str; 2] = ["show-secrets", "gitlab-raw-extract"];
/// The options under this heading send tokens to a server.
const TYPED_ONLY_HEADING: &str = "Asking GitLab";
/// The command whose options are all typed.
const TYPED_ONLY_COMMAND: &str = "token";
/// A variable that is no option.
const KEY_FILE: &str = "TOKENSIEVE_KEY_FILE";

/// A command line with what the environment adds to it.
#[derive(Debug, Default)]
pub(crate) struct CommandLine {
    /// What was typed.
    pub(crate) typed: Vec<OsString>,
    /// That, with the options of variables.
    pub(crate) arguments: Vec<OsString>,
    /// The variables that count, by the long names of their options.
    pub(crate) variables: BTreeMap<String, String>,
    /// Variables that look like misspelt ones, with what may be meant.
    pub(crate) misspelt: Vec<(String, String)>,
}

/// The name of the variable of an option.
pub(crate) fn variable_of(option: &str) -> String {
    format!("{PREFIX}{}", option.to_ascii_uppercase().replace('-', "_"))
}

/// The long names of the options that were typed for the command at the end of the line.
pub(crate) fn typed_options(command: &Command, typed: &[OsString]) -> BTreeSet<String> {
    let Ok(matches) = command.clone().try_get_matches_from(typed) else { return BTreeSet::new() };
    let leaf = Leaf::of(command, &matches);
    let typed = leaf.options().filter(|arg| leaf.is_typed(arg));
    typed.filter_map(|arg| arg.get_long().map(str::to_owned)).collect()
}

/// Adds the options of variables to a command line. One that is wrong by itself is left as it is:
/// parsing it says so.
///
/// # Errors
///
/// A variable whose value is no value of its option, that needs another option, or that is not
/// taken from the environment. The message names it.
pub(crate) fn complete(
    command: &mut Command,
    typed: Vec<OsString>,
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<CommandLine, String> {
    let mut line = CommandLine { arguments: typed.clone(), typed, ..CommandLine::default() };
    let variables = ours(variables)?;
    if variables.is_empty() {
        return Ok(line);
    }
    // Putting all commands together takes as long as the rest of a start.
    command.build();
    let command = &*command;
    line.misspelt = misspelt(command, &variables);
    let Ok(matches) = command.clone().try_get_matches_from(&line.typed) else { return Ok(line) };
    let leaf = Leaf::of(command, &matches);
    if leaf.path.first() == Some(&TYPED_ONLY_COMMAND) {
        return Ok(line);
    }
    let mut pending = Vec::new();
    for arg in leaf.options() {
        let Some(option) = arg.get_long() else { continue };
        let variable = variable_of(option);
        let Some(value) = variables.get(&variable) else { continue };
        if is_typed_only(arg) {
            return Err(format!("{variable} is not taken from the environment: type --{option}"));
        }
        if leaf.is_typed(arg) || is_meant_for_others(command, arg, value) {
            continue;
        }
        let added = as_typed(arg, option, value).map_err(|why| format!("{variable}: {why}"))?;
        if !added.is_empty() {
            pending.push(Addition { option: option.to_owned(), variable, added });
        }
    }
    add(command, &mut line, leaf.path.len(), pending)?;
    Ok(line)
}

/// The arguments that a variable stands for.
struct Addition {
    option: String,
    variable: String,
    added: Vec<OsString>,
}

/// Adds what can be added. An option may need another one that comes later, so there are rounds.
fn add(
    command: &Command,
    line: &mut CommandLine,
    depth: usize,
    mut pending: Vec<Addition>,
) -> Result<(), String> {
    let with = |arguments: &[OsString], added: &[OsString]| -> Vec<OsString> {
        let (before, behind) = arguments.split_at((1 + depth).min(arguments.len()));
        [before, added, behind].concat()
    };
    let parse = |arguments: &[OsString]| command.clone().try_get_matches_from(arguments).err();
    loop {
        let mut unmet = Vec::new();
        let mut why = String::new();
        let before = pending.len();
        for addition in pending {
            let arguments = with(&line.arguments, &addition.added);
            let Some(error) = parse(&arguments) else {
                line.arguments = arguments;
                line.variables.insert(addition.option, addition.variable);
                continue;
            };
            let alone = parse(&with(&line.typed, &addition.added));
            match error.kind() {
                ErrorKind::MissingRequiredArgument => {
                    if why.is_empty() {
                        why = format!("{}: {}", addition.variable, in_short(&error));
                    }
                    unmet.push(addition);
                }
                // What was typed goes before it.
                ErrorKind::ArgumentConflict
                    if alone.is_some_and(|error| error.kind() == ErrorKind::ArgumentConflict) => {}
                _ => return Err(format!("{}: {}", addition.variable, in_short(&error))),
            }
        }
        if unmet.is_empty() {
            return Ok(());
        }
        if unmet.len() == before {
            return Err(why);
        }
        pending = unmet;
    }
}

/// What is wrong, without how to go on: the help of a command does not speak of variables.
fn in_short(error: &clap::Error) -> String {
    let text = error.to_string();
    let text = text.split("\n\n").next().unwrap_or_default();
    text.strip_prefix("error: ").unwrap_or(text).trim_end().to_owned()
}

/// The command that a line ends with, and what was parsed for it.
struct Leaf<'a> {
    path: Vec<&'a str>,
    command: &'a Command,
    matches: &'a ArgMatches,
}

impl<'a> Leaf<'a> {
    fn of(command: &'a Command, matches: &'a ArgMatches) -> Self {
        let mut leaf = Self { path: Vec::new(), command, matches };
        while let Some((name, matches)) = leaf.matches.subcommand() {
            let Some(command) = leaf.command.find_subcommand(name) else { break };
            leaf.path.push(command.get_name());
            (leaf.command, leaf.matches) = (command, matches);
        }
        leaf
    }

    fn options(&self) -> impl Iterator<Item = &'a Arg> {
        self.command.get_arguments().filter(|arg| arg.get_long().is_some())
    }

    fn is_typed(&self, arg: &Arg) -> bool {
        let source = self.matches.try_contains_id(arg.get_id().as_str()).unwrap_or(false);
        source && self.matches.value_source(arg.get_id().as_str()) == Some(ValueSource::CommandLine)
    }
}

fn is_typed_only(arg: &Arg) -> bool {
    arg.get_help_heading() == Some(TYPED_ONLY_HEADING)
        || arg.get_long().is_some_and(|option| TYPED_ONLY.contains(&option))
}

/// Whether this option does not take a value, and the option of this name of another command does:
/// `TOKENSIEVE_FORMAT=sarif` is for scans, and does not keep `rules list` from listing.
fn is_meant_for_others(command: &Command, arg: &Arg, value: &str) -> bool {
    let is_of =
        |arg: &Arg| arg.get_possible_values().iter().any(|possible| possible.get_name() == value);
    let has_values = !arg.get_possible_values().is_empty();
    let same = |command: &Command| {
        command.get_arguments().any(|other| other.get_long() == arg.get_long() && is_of(other))
    };
    has_values && !is_of(arg) && all_commands(command).into_iter().any(same)
}

/// A command with all commands below it.
fn all_commands(command: &Command) -> Vec<&Command> {
    let mut all = vec![command];
    let mut at = 0;
    while let Some(command) = all.get(at).copied() {
        all.extend(command.get_subcommands());
        at += 1;
    }
    all
}

/// Our variables that have a value, by name.
fn ours(
    variables: impl Iterator<Item = (OsString, OsString)>,
) -> Result<BTreeMap<String, String>, String> {
    let mut ours = BTreeMap::new();
    for (name, value) in variables {
        let Some(name) = name.to_str().filter(|name| name.starts_with(PREFIX)) else { continue };
        if name == KEY_FILE || value.is_empty() {
            continue;
        }
        // No option has a value that is not text, but for paths, and these can be typed.
        let value = value.to_str().ok_or_else(|| format!("{name}: the value is not UTF-8"))?;
        ours.insert(name.to_owned(), value.to_owned());
    }
    Ok(ours)
}

/// What would be typed: nothing for a flag that is off, an option for each line of a list.
fn as_typed(arg: &Arg, option: &str, value: &str) -> Result<Vec<OsString>, String> {
    let with_value = |value: &str| OsString::from(format!("--{option}={value}"));
    match arg.get_action() {
        ArgAction::SetTrue => match value.to_ascii_lowercase().as_str() {
            "1" | "true" | "yes" | "on" => Ok(vec![OsString::from(format!("--{option}"))]),
            "0" | "false" | "no" | "off" => Ok(Vec::new()),
            _ => Err(format!("--{option} is on or off: `{value}` is neither true nor false")),
        },
        ArgAction::Append => {
            Ok(value.lines().filter(|line| !line.is_empty()).map(with_value).collect())
        }
        _ => Ok(vec![with_value(value)]),
    }
}

/// The variables that no command knows and that are near to one of an option.
fn misspelt(command: &Command, variables: &BTreeMap<String, String>) -> Vec<(String, String)> {
    let mut known = BTreeSet::from([KEY_FILE.to_owned()]);
    for command in all_commands(command) {
        known.extend(command.get_arguments().filter_map(Arg::get_long).map(variable_of));
    }
    // What all of them begin with makes none of them nearer.
    let names: Vec<&str> = known.iter().map(|name| &name[PREFIX.len()..]).collect();
    let unknown = variables.keys().filter(|name| !known.contains(*name));
    let near = unknown.filter_map(|name| {
        let meant = nearest_name(&name[PREFIX.len()..], &names)?;
        Some((name.clone(), format!("{PREFIX}{meant}")))
    });
    near.collect()
}

#[cfg(test)]
mod tests {
    use std::ffi::OsStr;

    use clap::CommandFactory;

    use super::*;
    use crate::cli::Args;

    fn line(typed: &str, variables: &[(&str, &str)]) -> Result<(String, Vec<String>), String> {
        let typed = typed.split(' ').map(OsString::from).collect();
        let variables = variables.iter().map(|(name, value)| (name.into(), value.into()));
        let mut command = Args::command();
        let line = complete(&mut command, typed, variables)?;
        let arguments: Vec<&OsStr> = line.arguments.iter().map(OsString::as_os_str).collect();
        let arguments = arguments.join(OsStr::new(" ")).into_string().unwrap();
        Ok((arguments, line.variables.into_keys().collect()))
    }

    fn arguments(typed: &str, variables: &[(&str, &str)]) -> String {
        line(typed, variables).unwrap().0
    }

    #[test]
    fn a_variable_is_as_if_its_option_was_typed() {
        let jobs = ("TOKENSIEVE_JOBS", "4");
        assert_eq!(arguments("t scan .", &[jobs]), "t scan --jobs=4 .");
        assert_eq!(arguments("t scan -- -x", &[jobs]), "t scan --jobs=4 -- -x");
        assert_eq!(arguments("t scan -j2 .", &[jobs]), "t scan -j2 .", "what is typed counts");
        let format = |name| arguments("t rules list", &[("TOKENSIEVE_FORMAT", name)]);
        assert_eq!(format("jsonl"), "t rules list --format=jsonl");
        assert_eq!(format("sarif"), "t rules list", "a scan has it");
        assert!(line("t rules list", &[("TOKENSIEVE_FORMAT", "xml")]).is_err());
        assert_eq!(arguments("t scan", &[("TOKENSIEVE_QUIET", "true")]), "t scan --quiet");
        assert_eq!(arguments("t scan", &[("TOKENSIEVE_QUIET", "off")]), "t scan");
        let paths = ("TOKENSIEVE_EXCLUDE_PATH", "a b\n\n*.c\n");
        assert_eq!(arguments("t scan", &[paths]), "t scan --exclude-path=a b --exclude-path=*.c");
        // Of another command, and of the environment of something else.
        assert_eq!(arguments("t git", &[("TOKENSIEVE_FOLLOW", "1"), ("JOBS", "4")]), "t git");
        assert_eq!(arguments("t scan", &[("TOKENSIEVE_JOBS", "")]), "t scan");
        // A line that is wrong by itself, or asks for help, is left to itself.
        assert_eq!(arguments("t scan --nope", &[jobs]), "t scan --nope");
        assert_eq!(arguments("t --help", &[jobs]), "t --help");
    }

    #[test]
    fn what_is_typed_goes_before_what_it_conflicts_with() {
        let quiet = ("TOKENSIEVE_QUIET", "1");
        assert_eq!(arguments("t scan -v", &[quiet]), "t scan -v");
        let both = [quiet, ("TOKENSIEVE_VERBOSE", "1")];
        let error = line("t scan", &both).unwrap_err();
        assert!(error.contains("cannot be used with"), "{error}");
    }

    #[test]
    fn options_that_need_others_come_in_any_order() {
        let both = [("TOKENSIEVE_ALL_LINES", "1"), ("TOKENSIEVE_STAGED", "1")];
        let (_, variables) = line("t git", &both).unwrap();
        assert_eq!(variables, ["all-lines", "staged"]);
        let error = line("t git", &both[..1]).unwrap_err();
        assert!(
            error.starts_with("TOKENSIEVE_ALL_LINES: ") && error.contains("--staged"),
            "{error}"
        );
    }

    #[test]
    fn wrong_values_name_the_variable() {
        for (name, value) in [
            ("TOKENSIEVE_JOBS", "many"),
            ("TOKENSIEVE_JOBS", "0"),
            ("TOKENSIEVE_FORMAT", "xml"),
            ("TOKENSIEVE_QUIET", "perhaps"),
            ("TOKENSIEVE_SHOW_SECRETS", "1"),
            ("TOKENSIEVE_GITLAB_RAW_EXTRACT", "0"),
        ] {
            let error = line("t scan", &[(name, value)]).unwrap_err();
            assert!(error.starts_with(name), "{error}");
            assert!(!error.contains("error: "), "{error}");
        }
        #[cfg(feature = "gitlab")]
        for name in ["TOKENSIEVE_VERIFY", "TOKENSIEVE_INSTANCE", "TOKENSIEVE_CA_FILE"] {
            let error = line("t scan", &[(name, "1")]).unwrap_err();
            assert!(error.contains("is not taken from the environment"), "{error}");
            assert_eq!(arguments("t token inspect -", &[(name, "1")]), "t token inspect -");
        }
    }

    #[test]
    fn names_that_are_nearly_right_are_noticed() {
        let mut command = Args::command();
        let mut of = |name: &str| {
            let variables = [(OsString::from(name), OsString::from("1"))].into_iter();
            complete(&mut command, vec!["t".into(), "scan".into()], variables).unwrap().misspelt
        };
        assert_eq!(
            of("TOKENSIEVE_TIMEOT"),
            [("TOKENSIEVE_TIMEOT".to_owned(), "TOKENSIEVE_TIMEOUT".to_owned())]
        );
        assert!(of("TOKENSIEVE_HOME_OF_THE_INSTALLER").is_empty());
        assert!(of("TOKENSIEVE_KEY_FILE").is_empty());
    }

    /// Every option has a variable of its own, in every command.
    #[test]
    fn no_two_options_share_a_variable() {
        let mut command = Args::command();
        command.build();
        for command in all_commands(&command) {
            let mut seen = BTreeSet::new();
            for option in command.get_arguments().filter_map(Arg::get_long) {
                assert!(seen.insert(variable_of(option)), "{} --{option}", command.get_name());
            }
        }
    }
}
