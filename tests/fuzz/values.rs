//! The lexer of names and values: whatever stands around a telling name, a text that is searched
//! whole, streamed, in parts or as a delta of another one has the same findings.

use tokensieve_core::settings::Passwords;
use tokensieve_core::{Confidence, RuleSet, Scanner};

use super::{agreeing, carried, run_on};
use crate::support::tokens::{Random, friendly};

thread_local! {
    /// Keeps all that the lexer yields: each literal under a password's name, refuted ones too.
    static ALL: Scanner = scanner(true);

    /// Deltas count a value that is refuted under a mere name once, not for each text.
    static UNREFUTED: Scanner = scanner(false);
}

fn scanner(keeps_refuted: bool) -> Scanner {
    Scanner::builder()
        .passwords(Passwords::Paranoid)
        .min_confidence(Confidence::Possible)
        .keeps_refuted(keeps_refuted)
        .decode_depth(1)
        .build(&RuleSet::builtin())
        .unwrap()
}

fn lexing(data: &[u8]) {
    ALL.with(|scanner| agreeing(scanner, data));
}

fn lexing_deltas(data: &[u8]) {
    UNREFUTED.with(|scanner| carried(scanner, data));
}

/// A value in each syntax that the lexer reads.
fn seeds() -> Vec<Vec<u8>> {
    let mut random = Random::new(5);
    let shapes: &[fn(&str) -> String] = &[
        |value| format!("api_key = \"{value}\"\n"),
        |value| format!("const apiKey: &str = r#\"{value}\"#;\n"),
        |value| format!("public static final String API_KEY = \"{value}\"; // not a key\n"),
        |value| format!(r#"{{"user": "ann", "password": "{value}", "host": "db.acme.example"}}"#),
        |value| format!(r#"[{{"name": "CLIENT_SECRET", "value": "{value}"}}, {{"Key": "a"}}]"#),
        |value| format!("secret:\n  password: >-\n    {value}\n  other: |\n    text\n"),
        |value| format!("auth: {{ token: '{value}', url: x }}\n"),
        |value| format!("<password>{value}</password><add key=\"ApiKey\" value=\"{value}\"/>"),
        |value| format!("<key>secret</key>\n<string><![CDATA[{value}]]></string>\n"),
        |value| format!("variable \"db_password\" {{\n  default = \"{value}\"\n}}\n"),
        |value| format!("export DB_PASSWORD=${{DB_PASSWORD:-{value}}}\n"),
        |value| format!("let p = process.env.API_SECRET || '{value}';\n"),
        |value| format!("token = os.getenv(\"TOKEN\", default=\"{value}\")\n"),
        |value| format!("CREATE USER a IDENTIFIED BY '{value}'; ALTER ROLE b PASSWORD E'{value}';"),
        |value| format!("mysql -u root -p{value} -h db; curl -u ann:{value} https://a.example\n"),
        |value| format!("cat <<EOF\nsecret_key={value}\nEOF\n"),
        |value| format!("password = \"\"\"\n{value}\n\"\"\"\n"),
        |value| format!("Server=db;User Id=ann;Password=\"{value}\";Database=x\n"),
        |value| format!("postgres://ann:{value}@db.acme.example:5432/x?password={value}&a=b"),
        |value| format!("X-Api-Key:\t  {value}\r\nAuthorization: Basic {value}\r\n"),
        |value| format!("machine a.example login ann password {value}\n*:5432:db:ann:{value}\n"),
        |value| format!("new NetworkCredential(\"ann\", \"{value}\");\n"),
        |value| format!("requests.get(url, auth=('ann', '{value}'), timeout=3)\n"),
        |value| {
            format!("\u{1b}[32mINFO\u{1b}[0m connecting password={value} \\\n  --token {value}\n")
        },
        |value| format!("| API key | `{value}` |\n\n    secret_token: {value}\n"),
        |value| format!("#define WIFI_PASSWORD \"{value}\\\"\\\\\" \"{value}\"\n"),
    ];
    let values = [24, 40, 12, 64].map(|len| friendly(&mut random, len));
    let mut seeds: Vec<Vec<u8>> = Vec::new();
    for (index, shape) in shapes.iter().enumerate() {
        seeds.push(shape(&values[index % values.len()]).into_bytes());
    }
    seeds
}

#[test]
fn fuzz_lexing() {
    run_on(lexing, &seeds());
}

#[test]
fn fuzz_lexing_deltas() {
    run_on(lexing_deltas, &seeds());
}
