//! Starts a model of GitLab on a loopback address and prints its URL.

use std::path::{Path, PathBuf};
use std::process::ExitCode;

use gitlab_model::{Fault, Fixture, Model, Options, Tls};

const USAGE: &str = "\
A model of GitLab's documented token API for tests. It is not GitLab.

Usage: gitlab-model [OPTIONS]

  --listen ADDRESS   a loopback address and port; port 0 takes a free one [127.0.0.1:0]
  --fixture FILE     what the server knows, as JSON; without it, the example that comes along
  --profile RELEASE  16.11, 17.11, 18.4 or 19.6 [19.6]
  --tier TIER        free, premium or ultimate [ultimate]
  --fault FAULT      what goes wrong: NAME, NAME*TIMES, NAME@PATH, NAME*TIMES@METHOD:PATH;
                     may be repeated
  --tls-cert FILE    a certificate chain as PEM; with --tls-key it speaks HTTPS
  --tls-key FILE     its key as PEM
  --faults           lists the names of faults
  --help             shows this

The first line of the output is the URL. Below it, tests find:
  GET  /-/model/requests, state, secrets, violations
  POST /-/model/fault (fault=NAME), POST /-/model/advance (days=N), DELETE /-/model/fault
";

#[derive(Default)]
struct Arguments {
    options: Options,
    fixture: Option<PathBuf>,
    certificate: Option<PathBuf>,
    key: Option<PathBuf>,
}

fn main() -> ExitCode {
    let result = match std::env::args().nth(1).as_deref() {
        Some("--help" | "-h") => {
            print!("{USAGE}");
            return ExitCode::SUCCESS;
        }
        Some("--faults") => {
            println!("{}", Fault::names().join("\n"));
            return ExitCode::SUCCESS;
        }
        _ => parse(std::env::args().skip(1)).and_then(start),
    };
    match result {
        Ok(model) => {
            println!("{}", model.url());
            model.run();
            ExitCode::SUCCESS
        }
        Err(error) => {
            eprintln!("gitlab-model: {error}");
            ExitCode::from(2)
        }
    }
}

fn parse(mut arguments: impl Iterator<Item = String>) -> Result<Arguments, String> {
    let mut parsed = Arguments::default();
    while let Some(name) = arguments.next() {
        let value = arguments.next().ok_or_else(|| format!("{name} needs a value; see --help"))?;
        match name.as_str() {
            "--listen" => {
                let text = format!("--listen {value}: no address and port");
                parsed.options.listen = value.parse().map_err(|_| text)?;
            }
            "--fixture" => parsed.fixture = Some(value.into()),
            "--profile" => parsed.options.profile = value.parse()?,
            "--tier" => parsed.options.tier = value.parse()?,
            "--fault" => parsed.options.faults.push(value.parse()?),
            "--tls-cert" => parsed.certificate = Some(value.into()),
            "--tls-key" => parsed.key = Some(value.into()),
            _ => return Err(format!("no option {name}; see --help")),
        }
    }
    Ok(parsed)
}

fn read(path: &Path) -> Result<Vec<u8>, String> {
    std::fs::read(path).map_err(|error| format!("{}: {error}", path.display()))
}

fn start(arguments: Arguments) -> Result<Model, String> {
    let mut options = arguments.options;
    let fixture = match &arguments.fixture {
        Some(path) => {
            let text = String::from_utf8_lossy(&read(path)?).into_owned();
            Fixture::from_json(&text).map_err(|error| format!("{}: {error}", path.display()))?
        }
        None => Fixture::example(),
    };
    options.tls = match (&arguments.certificate, &arguments.key) {
        (Some(chain), Some(key)) => Some(Tls::from_pem(&read(chain)?, &read(key)?)?),
        (None, None) => None,
        _ => return Err("--tls-cert and --tls-key go together".to_owned()),
    };
    let listen = options.listen;
    Model::start_with(fixture, options).map_err(|error| format!("{listen}: {error}"))
}
