//! `tokensieve token choose`

use std::fmt::Write as _;
use std::io;

use anyhow::{Result, anyhow};
use clap::Args as ClapArgs;
use jiff::Timestamp;
use tokensieve_core::escape;
use tokensieve_core::report::write_json;

use super::answers::AnswerArgs;
use super::report::TokenFormat;
use crate::cli::output;
use crate::cli::output::exit::Exit;
use crate::gitlab::choose::{Advice, Target, choose};

/// Tell which kind of credential is right, with the narrowest scopes, and how it is made.
///
/// Eight questions, each with an option; those that you leave out are asked on standard error and
/// read from standard input. Nothing is sent.
#[derive(ClapArgs, Debug)]
pub(super) struct ChooseArgs {
    #[command(flatten)]
    answers: AnswerArgs,

    /// The project, by id or path, to fill in.
    #[arg(long, value_name = "PROJECT")]
    project: Option<String>,

    /// The group, by id or path, to fill in.
    #[arg(long, value_name = "GROUP")]
    group: Option<String>,

    /// The name of the credential, to fill in.
    #[arg(long, value_name = "NAME")]
    name: Option<String>,

    /// Say why each other kind is not right.
    #[arg(long)]
    explain: bool,

    /// The format of the report.
    #[arg(short, long, value_name = "FORMAT", value_enum, default_value_t)]
    format: TokenFormat,
}

pub(super) fn run(args: &ChooseArgs) -> Result<Exit> {
    let answers = args.answers.ask(&mut io::stdin().lock(), &mut io::stderr())?;
    let target = Target {
        project: args.project.clone(),
        group: args.group.clone(),
        name: args.name.clone(),
        ..Target::default()
    };
    let advice = choose(&answers, &target, Timestamp::now()).map_err(|why| anyhow!(why))?;
    output::to_stdout(|out| match args.format {
        TokenFormat::Json => {
            write_json(&advice, out)?;
            out.write_all(b"\n")
        }
        TokenFormat::Text => out.write_all(text(&advice, args.explain).as_bytes()),
    })?;
    Ok(Exit::Clean)
}

fn text(advice: &Advice, explain: bool) -> String {
    let mut text = format!("{}\n", advice.kind);
    let mut line = |name: &str, value: &str| {
        if !value.is_empty() {
            let _ = writeln!(text, "  {name}: {}", escape(value.chars()));
        }
    };
    line("scopes", &advice.scopes.join(" "));
    line("permissions", &advice.permissions.join(" "));
    line("access level", &advice.role.map_or_else(String::new, |role| role.to_string()));
    line("expires", advice.expires_at.as_deref().unwrap_or_default());
    line("keep it in", advice.keep);
    line("when it leaks", advice.leaked);
    line("make it", advice.page.as_deref().unwrap_or_default());
    for call in &advice.calls {
        line("make it", &format!("{} /api/v4{} {}", call.method, call.path, call.body));
    }
    if advice.kind == "service_account_token" {
        line("then", "make the account a member where it is needed, and nowhere else");
    }
    for other in advice.ruled_out.iter().filter(|_| explain) {
        line(&format!("not {}", other.kind), &other.reason);
    }
    text
}
