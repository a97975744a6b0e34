//! Encoded secrets in files as programs write them.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use serde_json::Value;

use crate::support::command::Dir;
use crate::support::tokens::{Random, personal};

/// Scans a file with one encoded token, and checks the finding. `encoded` is the text that must be
/// reported and hidden.
fn check(name: &str, content: &str, token: &str, encoded: &str, decoded: &[&str]) {
    let dir = Dir::new();
    dir.file(name, content);
    assert!(!content.contains(token), "it is not there in clear");
    let run = dir.run(&["scan", "-f", "json", "--show-secrets", "."]);
    run.assert_code(1);
    let document = run.json();
    let findings = document["findings"].as_array().unwrap();
    assert_eq!(findings.len(), 1, "{findings:?}");
    let finding = &findings[0];
    assert_eq!(finding["secret"], token);
    assert_eq!(finding["redacted"], "[redacted]");
    assert_eq!(finding["decoded"], Value::from(decoded));
    let place = |key: &str| usize::try_from(finding[key].as_u64().unwrap()).unwrap();
    assert_eq!(&content[place("start_byte")..place("end_byte")], encoded);
    let line = 1 + content[..place("start_byte")].matches('\n').count();
    assert_eq!(place("start_line"), line);

    // The same secret has the same identity, however it is written.
    dir.file(name, token);
    let clear = dir.run(&["scan", "-f", "json", "."]).json();
    assert_eq!(clear["findings"][0]["secret_id"], finding["secret_id"]);
    assert!(clear["findings"][0].get("decoded").is_none());

    dir.file(name, content);
    for format in ["text", "json", "jsonl", "sarif"] {
        let run = dir.run(&["scan", "-f", format, "."]);
        assert!(
            !run.stdout.contains(encoded) && !run.stdout.contains(&encoded[encoded.len() / 2..]),
            "{run:?}"
        );
        assert!(run.stdout.contains(decoded[0]), "{run:?}");
    }
    // What encodes it can be a finding of another kind: a password as any other.
    let as_it_is =
        dir.run(&["scan", "-f", "json", "--show-secrets", "--decode-depth", "0", "."]).json();
    let findings = as_it_is["findings"].as_array().unwrap();
    assert!(
        findings
            .iter()
            .all(|found| found["rule_id"] != finding["rule_id"] && found.get("decoded").is_none())
    );
}

fn token(seed: u64) -> String {
    personal(&mut Random::new(seed))
}

#[test]
fn kubernetes_secret() {
    let token = token(1);
    let encoded = STANDARD.encode(&token);
    let content = format!(
        "apiVersion: v1\nkind: Secret\nmetadata:\n  name: gitlab\n  namespace: default\n\
         type: Opaque\ndata:\n  \
         username: Y2k=\n  password: {encoded}\n  \
         url: aHR0cHM6Ly9naXRsYWIuZXhhbXBsZS5jb20vdGhlL3BsYWNlL29mL2l0\n"
    );
    check("secret.yaml", &content, &token, encoded.trim_end_matches('='), &["base64"]);
}

#[test]
fn docker_configuration() {
    let token = token(2);
    let encoded = STANDARD.encode(format!("ci:{token}"));
    let content = format!(
        "{{\n\t\"auths\": {{\n\t\t\"registry.gitlab.com\": {{\n\t\t\t\"auth\": \"{encoded}\"\n\
         \t\t}}\n\t}},\n\t\"credsStore\": \"\"\n}}\n"
    );
    // Three bytes are four characters.
    check("config.json", &content, &token, encoded[4..].trim_end_matches('='), &["base64"]);
}

#[test]
fn terraform_state() {
    let token = token(3);
    let data = STANDARD
        .encode(format!("#!/bin/sh\ncurl -H 'PRIVATE-TOKEN: {token}' https://example.com\n"));
    let from = "#!/bin/sh\ncurl -H 'PRIVATE-TOKEN: ".len() * 4 / 3;
    let to = ("#!/bin/sh\ncurl -H 'PRIVATE-TOKEN: ".len() + token.len()) * 4;
    let content = format!(
        "{{\n  \"version\": 4,\n  \"terraform_version\": \"1.9.0\",\n  \"serial\": 7,\n  \
         \"resources\": [\n    {{\n      \
         \"mode\": \"managed\",\n      \"type\": \"aws_instance\",\n      \
         \"instances\": [\n        {{\n          \
         \"attributes\": {{\n            \"ami\": \"ami-0c55b159cbfafe1f0\",\n            \
         \"user_data_base64\": \"{data}\"\n          }}\n        }}\n      ]\n    }}\n  ]\n}}\n"
    );
    check("terraform.tfstate", &content, &token, &data[from..to.div_ceil(3)], &["base64"]);
}

#[test]
fn notebook() {
    let token = token(4);
    let encoded = token.replace('-', "\\u002d");
    let content = format!(
        "{{\n \"cells\": [\n  {{\n   \"cell_type\": \"code\",\n   \"source\": [\n    \
         \"import os\\n\",\n    \
         \"os.environ['T'] = \\u0027{encoded}\\u0027\\n\"\n   ]\n  }}\n ],\n \"nbformat\": 4\n}}\n"
    );
    check("analysis.ipynb", &content, &token, &encoded, &["unicode"]);
}

#[test]
fn query_of_a_url() {
    let token = token(5);
    let encoded = token.replace('-', "%2D");
    let content = format!(
        "GET /api/v9/things?per_page=20&name=a%20b&token={encoded}&page=1 HTTP/1.1\r\nHost: x\r\n"
    );
    check("access.log", &content, &token, &encoded, &["percent"]);
}

#[test]
fn page() {
    let token = token(6);
    let encoded = token.replace('-', "&#x2d;").replace('_', "&lowbar;");
    let content = format!(
        "<!doctype html>\n<title>Export</title>\n<body>\n\
         <pre>{{&quot;key&quot;:&quot;{encoded}&quot;}}</pre>\n</body>\n"
    );
    check("export.html", &content, &token, &encoded, &["html"]);
}

#[test]
fn encoded_command_of_powershell() {
    let token = token(7);
    let script = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<u8>>();
    let before = script("$h = @{ 'T' = '");
    let all =
        [before.clone(), script(&token), script("' }\nInvoke-RestMethod -Headers $h\n")].concat();
    let data = STANDARD.encode(&all);
    let content = format!("@echo off\r\npowershell.exe -NoProfile -EncodedCommand {data}\r\n");
    let (from, to) = (before.len() * 4 / 3, ((before.len() + token.len() * 2) * 4).div_ceil(3));
    check("deploy.cmd", &content, &token, &data[from..to], &["base64", "utf16"]);
}

#[test]
fn encoded_twice() {
    let token = token(8);
    let inner = STANDARD.encode(format!("{{\"token\": \"{}\"}}", token.replace('-', "\\u002d")));
    let content = format!("payload: {inner}\n");
    let from = "{\"token\": \"".len() * 4 / 3;
    let to = ("{\"token\": \"".len() + token.replace('-', "\\u002d").len()) * 4;
    check("event.yml", &content, &token, &inner[from..to.div_ceil(3)], &["base64", "unicode"]);
}

#[test]
fn lines_of_base64() {
    let token = token(9);
    // The token is broken by the end of the first line of 76 characters.
    let text = format!("{}\n{token}\n{}", "a setting = 1".repeat(3), "another = 2".repeat(20));
    let data = STANDARD.encode(&text);
    let lines: Vec<&str> =
        data.as_bytes().chunks(76).map(|line| str::from_utf8(line).unwrap()).collect();
    let content = lines.join("\n");
    let start = text.find(&token).unwrap();
    let (from, to) = (start * 4 / 3, ((start + token.len()) * 4).div_ceil(3));
    assert!(from < 76 && to > 76);
    check("settings.b64", &content, &token, &content[from..=to], &["base64"]);
}

#[test]
fn depth_in_arguments_and_configuration() {
    let dir = Dir::new();
    let text = (0..3).fold(token(10), |text, _| STANDARD.encode(text));
    dir.file("a", text);
    dir.run(&["scan", "."]).assert_code(0);
    dir.run(&["scan", "--decode-depth", "3", "."]).assert_code(1);
    dir.file(".tokensieve.toml", "version = 1\ndecode_depth = 3\n");
    dir.run(&["scan", "."]).assert_code(1);
    dir.run(&["scan", "--decode-depth", "2", "."]).assert_code(0);
    let run = dir.run(&["scan", "--decode-depth", "6", "."]);
    run.assert_code(2);
    assert!(run.stderr.contains("a number from 0 to 5"), "{}", run.stderr);
}

#[test]
fn every_way_of_reading_tells_the_same() {
    let dir = Dir::new();
    let mut text = String::new();
    for seed in 0..400 {
        let token = token(seed);
        let line = match seed % 4 {
            0 => STANDARD.encode(format!("key {token}")),
            1 => token.replace('-', "%2D"),
            2 => token.replace('-', "\\u002d"),
            _ => token.bytes().map(|byte| format!("{byte:02x}")).collect(),
        };
        text += &format!(
            "{} = {line}\n{}\n",
            "name".repeat(7),
            "filler of a line; ".repeat(seed as usize)
        );
    }
    let path = dir.file("a.txt", &text);
    let named = ["scan", "-f", "json", "--stdin-path", "a.txt"];
    let plain = dir.run(&["scan", "-f", "json", "a.txt"]);
    plain.assert_code(1);
    assert_eq!(plain.json()["findings"].as_array().unwrap().len(), 400);
    let findings = |stdout: &str| stdout.split("],\"coverage\"").next().unwrap().to_owned();
    let mapped = dir.run(&["scan", "-f", "json", "--mmap", "a.txt"]);
    assert_eq!(findings(&mapped.stdout), findings(&plain.stdout));
    let piped = dir.run_with_input(&[&named[..], &["-"]].concat(), &std::fs::read(path).unwrap());
    assert_eq!(findings(&piped.stdout), findings(&plain.stdout));
}
