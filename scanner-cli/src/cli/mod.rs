//! The command line.
//!
//! Arguments (`args`) say what the user typed and touch nothing. `settings` brings them together with the
//! configuration file and looks at the machine. The commands run on what is settled.

mod allow;
mod args;
mod audit;
mod baseline;
#[cfg(feature = "git")]
mod ci;
mod config;
mod config_command;
mod exit;
#[cfg(feature = "git")]
mod git;
mod known;
mod output;
#[cfg(feature = "git")]
mod pre_receive;
mod progress;
mod rules;
mod run;
mod scan;
mod settings;
mod summary;

use std::ffi::OsString;
use std::io::{self, Write};

use clap::Parser;

use self::args::{Args, Command};
pub use self::exit::Exit;

/// Runs the command line and says how the process ends. What it has to say goes to stdout and stderr.
pub fn run(arguments: impl IntoIterator<Item = OsString>) -> Exit {
    let args = match Args::try_parse_from(arguments) {
        Ok(args) => args,
        Err(error) => return usage(&error),
    };
    let result = match args.command {
        Command::Scan(args) => scan::run(&args),
        #[cfg(feature = "git")]
        Command::Git(args) => git::run(&args),
        #[cfg(feature = "git")]
        Command::Ci(args) => ci::run(&args),
        #[cfg(feature = "git")]
        Command::PreReceive(args) => pre_receive::run(&args),
        Command::Rules(args) => rules::run(&args),
        Command::Config(args) => config_command::run(&args),
        Command::Baseline(args) => baseline::run(&args.command),
        Command::Audit(args) => audit::run(&args),
    };
    match result {
        Ok(exit) => exit,
        Err(error) => {
            let message = format!("{error:#}");
            // An error can quote what it read.
            let message = output::redact_without_scanner(&message);
            let _ = writeln!(io::stderr(), "tokensieve: {message}");
            Exit::Usage
        }
    }
}

/// Help and version are answers, everything else is a mistake. A mistake can quote a secret that was typed.
fn usage(error: &clap::Error) -> Exit {
    if error.use_stderr() {
        let _ = write!(io::stderr(), "{}", output::redact_without_scanner(&error.render().to_string()));
        Exit::Usage
    } else {
        let _ = error.print();
        Exit::Clean
    }
}
