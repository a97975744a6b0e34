//! The eight questions of the decision chart: flags, and a dialogue about those that are left out.

use std::fmt::Write as _;
use std::io::{self, BufRead, Write};

use anyhow::{Context, Result, bail};
use clap::Args as ClapArgs;
use tokensieve_core::escape;

use crate::gitlab::choose::{Access, Answers, Options, Span, Touches, Who};

/// The longest answer that is read, in bytes.
const LONGEST: u64 = 4096;

/// What is answered on the command line.
#[derive(ClapArgs, Debug)]
pub(super) struct AnswerArgs {
    /// Who acts: person, machine or gitlab.
    #[arg(long, value_name = "WHO")]
    who: Option<String>,

    /// Is it in a job of GitLab CI/CD: yes or no.
    #[arg(long, value_name = "YES")]
    in_ci: Option<String>,

    /// What it touches: api, git, git-ssh, registry, packages, pipelines, runners, cluster, cloud,
    /// flags, users, application, other-user, feed, mail, webhook or itself.
    #[arg(long, value_name = "WHAT")]
    touches: Option<String>,

    /// Does it change anything: read or write.
    #[arg(long, value_name = "ACCESS")]
    access: Option<String>,

    /// How far it reaches: project, projects, groups or instance.
    #[arg(long, value_name = "SPAN")]
    span: Option<String>,

    /// Can there be a service account: yes or no.
    #[arg(long, value_name = "YES")]
    service_account: Option<String>,

    /// For how many days.
    #[arg(long, value_name = "DAYS")]
    days: Option<String>,

    /// The one fine-grained permission that suffices, such as read_issue; none where it takes more.
    #[arg(long, value_name = "PERMISSION")]
    permission: Option<String>,
}

const YES: Options<bool> = &[(true, "yes", ""), (false, "no", "")];

impl AnswerArgs {
    /// The days that the flag names.
    pub(super) fn days(&self) -> Option<Result<u32>> {
        self.days.as_deref().map(number_of_days)
    }

    /// Reads the flags, and asks the other questions one by one.
    ///
    /// # Errors
    ///
    /// An answer is missing, or is not one of the options.
    pub(super) fn ask(&self, input: &mut dyn BufRead, shown: &mut dyn Write) -> Result<Answers> {
        let days = self.days.clone();
        self.ask_with(days, input, shown)
    }

    /// The same with another answer about the days.
    ///
    /// # Errors
    ///
    /// As [`Self::ask`].
    pub(super) fn ask_with(
        &self,
        days: Option<String>,
        input: &mut dyn BufRead,
        shown: &mut dyn Write,
    ) -> Result<Answers> {
        let mut ask = Dialogue { input, shown };
        let who = ask.choice("who", "Who acts?", &self.who, Who::OPTIONS)?;
        let in_ci = ask.choice("in-ci", "Is it in a job of GitLab CI/CD?", &self.in_ci, YES)?;
        let touches =
            ask.choice("touches", "What does it touch?", &self.touches, Touches::OPTIONS)?;
        let access =
            ask.choice("access", "Does it change anything?", &self.access, Access::OPTIONS)?;
        let span = ask.choice("span", "How far does it reach?", &self.span, Span::OPTIONS)?;
        let service_account = ask.choice(
            "service-account",
            "Can there be a service account, so that it outlives the person who makes it?",
            &self.service_account,
            YES,
        )?;
        let days = number_of_days(&ask.value("days", "For how many days?", &days)?)?;
        let question = "Which one fine-grained permission suffices (such as read_issue; empty: \
                        none)?";
        let permission = ask.value("permission", question, &self.permission)?;
        let permission = Some(permission).filter(|text| !text.is_empty() && text != "none");
        Ok(Answers {
            access,
            span,
            service_account,
            days,
            permission,
            ..Answers::new(who, in_ci, touches)
        })
    }
}

fn number_of_days(text: &str) -> Result<u32> {
    let days = text.trim().parse().ok().filter(|days| *days > 0);
    days.with_context(|| format!("--days: {:?} is no number of days", escape(text.chars())))
}

/// Asks what no flag says.
struct Dialogue<'a> {
    input: &'a mut dyn BufRead,
    shown: &'a mut dyn Write,
}

impl Dialogue<'_> {
    fn choice<T: Copy>(
        &mut self,
        flag: &str,
        question: &str,
        given: &Option<String>,
        options: Options<T>,
    ) -> Result<T> {
        let find = |text: &str| options.iter().find(|(_, name, _)| *name == text);
        if given.is_none() {
            let mut text = format!("{question}\n");
            for (_, name, meaning) in options {
                let _ = writeln!(text, "  {name:12} {meaning}");
            }
            self.show(&text);
        }
        let answer = self.answer(flag, given)?;
        match find(&answer) {
            Some((value, ..)) => Ok(*value),
            None => {
                let names: Vec<&str> = options.iter().map(|(_, name, _)| *name).collect();
                bail!("--{flag}: {:?} is not one of {}", escape(answer.chars()), names.join(", "))
            }
        }
    }

    fn value(&mut self, flag: &str, question: &str, given: &Option<String>) -> Result<String> {
        if given.is_none() {
            self.show(&format!("{question}\n"));
        }
        self.answer(flag, given)
    }

    fn answer(&mut self, flag: &str, given: &Option<String>) -> Result<String> {
        if let Some(text) = given {
            return Ok(text.trim().to_owned());
        }
        self.show("> ");
        let mut line = String::new();
        let mut input = io::Read::take(&mut *self.input, LONGEST);
        if input.read_line(&mut line).context("cannot read the answer")? == 0 {
            bail!("--{flag} is missing, and standard input has no answer");
        }
        Ok(line.trim().to_owned())
    }

    fn show(&mut self, text: &str) {
        // Whoever cannot see the question can still use the flags.
        let _ = self.shown.write_all(text.as_bytes()).and_then(|()| self.shown.flush());
    }
}

#[cfg(test)]
mod tests {
    use clap::Parser;

    use super::*;

    #[derive(Parser)]
    struct Alone {
        #[command(flatten)]
        answers: AnswerArgs,
    }

    fn answers(flags: &[&str], input: &str) -> (Result<Answers>, String) {
        let args = Alone::parse_from([&["alone"], flags].concat()).answers;
        let mut shown = Vec::new();
        let answers = args.ask(&mut input.as_bytes(), &mut shown);
        (answers, String::from_utf8(shown).unwrap())
    }

    #[test]
    fn flags_and_questions_say_the_same() {
        let flags = [
            "--who",
            "machine",
            "--in-ci",
            "no",
            "--touches",
            "registry",
            "--access",
            "write",
            "--span",
            "projects",
            "--service-account",
            "no",
            "--days",
            "30",
            "--permission",
            "none",
        ];
        let (by_flags, shown) = answers(&flags, "");
        assert_eq!(shown, "", "nothing is asked that was said");
        let input = "machine\nno\nregistry\n write \nprojects\nno\n30\n\n";
        let (by_dialogue, shown) = answers(&[], input);
        assert_eq!(by_flags.unwrap(), by_dialogue.unwrap());
        assert_eq!(shown.matches("> ").count(), 8, "{shown}");
        let (_, shown) = answers(&flags[2..], "machine\n");
        assert_eq!(shown.matches("> ").count(), 1);
    }

    #[test]
    fn no_answer_and_wrong_answers_are_errors() {
        for (flags, input, part) in [
            (&[][..], "", "--who is missing"),
            (&["--who", "dog"], "", "is not one of person, machine, gitlab"),
            (&["--who", "person", "--in-ci", "no"], "api\nread\nproject\nyes\nx\n", "--days"),
        ] {
            let (result, _) = answers(flags, input);
            let error = format!("{:#}", result.unwrap_err());
            assert!(error.contains(part), "{error}");
        }
    }
}
