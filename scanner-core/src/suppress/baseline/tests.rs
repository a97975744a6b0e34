use super::*;
use crate::rules::RuleSet;
use crate::secret::Secret;

const HEADER: &str = "tokensieve-baseline version=1 salt=00112233445566778899aabbccddeeff\n";
const ID: &str = "8899aabbccddeeff0011223344556677";

fn error(text: &str) -> String {
    Baseline::read("b", text).unwrap_err().to_string()
}

#[test]
fn what_is_written_is_read() {
    let text = format!(
        "{HEADER}{COMMENT}\na_rule {ID}\n\
         b-rule {ID} path=\"a b/\" reason=\"it \\\"is\\\" = made up\" owner=\"x\" \
         expires=2026-12-31\n"
    );
    let baseline = Baseline::read("b", &text).unwrap();
    assert_eq!(baseline.to_string(), text);
    let entry = &baseline.entries()[1];
    assert_eq!((entry.reason.as_deref(), entry.at), (Some("it \"is\" = made up"), 4));
    // By another machine.
    let windows = text.replace('\n', "\r\n");
    assert_eq!(Baseline::read("b", &windows).unwrap().to_string(), text);
}

proptest::proptest! {
    /// Whatever somebody writes into it: it is read, and means the same when it is written
    /// again, or it is an error.
    #[test]
    fn any_text_is_read_or_refused(tail in "[ -~\\n]{0,80}", fields in "( \
        (path|reason|owner|expires)=[!-~]{0,8})*") {
        for text in [format!("{HEADER}{tail}"), format!("{HEADER}a {ID}{fields}"), tail] {
            if let Ok(baseline) = Baseline::read("b", &text) {
                let written = baseline.to_string();
                let read = Baseline::read("b", &written).unwrap();
                proptest::prop_assert_eq!(read.to_string(), written);
            }
        }
    }
}

#[test]
fn a_union_of_two_is_one() {
    let union = format!("{HEADER}b {ID}\na {ID}\n{HEADER}a {ID}\n");
    let baseline = Baseline::read("b", &union).unwrap();
    assert_eq!(baseline.to_string(), format!("{HEADER}{COMMENT}\na {ID}\nb {ID}\n"));
}

#[test]
fn broken_files_name_their_line() {
    for (text, expected) in [
        (String::new(), "b:1: a baseline starts"),
        (format!("a {ID}\n"), "b:1: a baseline starts"),
        (HEADER.replace("version=1", "version=2"), "b:1: version 2 is not known"),
        (HEADER.replace("version=1", "version=2 new=x"), "b:1: version 2 is not known"),
        (HEADER.replace(" version=1", ""), "b:1: the version is missing"),
        (HEADER.replace("eeff", ""), "b:1: the salt is 32"),
        ("tokensieve-baseline version=1\n".to_owned(), "b:1: the salt is missing"),
        (HEADER.replace("version", "color=red version"), "b:1: unknown key `color`"),
        (format!("{HEADER}<<<<<<< HEAD\n"), "b:2: a merge left a conflict"),
        (format!("{HEADER}a {ID}\n=======\n"), "b:3: a merge left a conflict"),
        (format!("{HEADER}{}", HEADER.replace("0011", "1100")), "b:2: a second key"),
        (format!("{HEADER}a\n"), "b:2: behind the rule"),
        (format!("{HEADER}a {}\n", &ID[1..]), "b:2: behind the rule"),
        (format!("{HEADER}a {ID} color=red\n"), "b:2: unknown key `color`"),
        (format!("{HEADER}a {ID} reason\n"), "b:2: what follows"),
        (format!("{HEADER}a {ID} reason=\"x\n"), "b:2: the text of `reason` is not closed"),
        (format!("{HEADER}a {ID} reason=\"x\"y\n"), "b:2: a blank is missing"),
        (format!("{HEADER}a {ID} owner=x owner=y\n"), "b:2: `owner` is there twice"),
        (format!("{HEADER}a {ID} expires=soon\n"), "b:2: `soon` is no date"),
        (format!("{HEADER}a {ID} path=!x\n"), "b:2: `!x` is no pattern"),
        (format!("{HEADER}a/b {ID}\n"), "b:2: a line starts"),
    ] {
        assert!(error(&text).starts_with(expected), "{}: {text}", error(&text));
    }
}

#[test]
fn an_entry_is_about_one_secret_of_one_rule() {
    let rules = RuleSet::builtin();
    let (rule, other) =
        (rules.get("gitlab_deploy_token").unwrap(), rules.get("gitlab_feed_token").unwrap());
    let key = FingerprintKey::new(&[7; 16]).unwrap();
    let (id, foreign) = (key.secret_id(&Secret::new(b"a")), key.secret_id(&Secret::new(b"b")));
    let entry = BaselineEntry::new("gitlab_deploy_token", id);
    assert!(entry.is_about(rule, id, b"anywhere"));
    assert!(!entry.is_about(rule, foreign, b"anywhere") && !entry.is_about(other, id, b"anywhere"));
    let scoped = BaselineEntry { path: Some("tests/".to_owned()), ..entry };
    assert!(scoped.is_about(rule, id, b"tests/a") && !scoped.is_about(rule, id, b"src/a"));
}

#[test]
fn a_key_elsewhere_has_to_be_the_same() {
    let key = FingerprintKey::new(&[7; 16]).unwrap();
    let baseline = Baseline::new(BaselineKey::Elsewhere(key.check()));
    let read = Baseline::read("b", &baseline.to_string()).unwrap();
    assert!(read.key().key(Some(&key)).is_some());
    assert!(read.key().key(None).is_none());
    assert!(read.key().key(Some(&FingerprintKey::default())).is_none());
}

#[test]
fn reports_of_gitleaks() {
    let text = r#"[
        {"RuleID": "gitlab-deploy-token", "Secret": "a", "File": "x", "StartLine": 2},
        {"RuleID": "gitlab-deploy-token", "Secret": "REDACTED", "File": "x", "StartLine": 2,
         "Commit": "ab"}]"#;
    let report = GitleaksReport::read("b", text).unwrap();
    let rules = RuleSet::builtin();
    let rule = rules.get("gitlab_deploy_token").unwrap();
    let [clear, redacted] = &report.findings[..] else { panic!("{}", report.findings.len()) };
    assert!(clear.is_about(rule, b"a", &[b"moved"], [9, 9], None));
    assert!(!clear.is_about(rule, b"b", &[b"x"], [2, 2], None));
    assert!(redacted.is_about(rule, b"b", &[b"x"], [2, 2], Some("ab")));
    assert!(!redacted.is_about(rule, b"b", &[b"x"], [2, 2], None));
    assert!(!redacted.is_about(rule, b"b", &[b"x"], [3, 3], Some("ab")));
}
