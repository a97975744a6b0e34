//! Asks about the findings of a scan.

use tokensieve_core::{Finding, Redactor, Verification};

use super::VerifySession;
use crate::gitlab::{Token, Verdict, hosts_near, other_hosts};
use crate::pipeline::Outcome;

/// What coverage counts findings under that are proved dead.
const DEAD: &str = "expired or revoked";

impl VerifySession {
    /// Asks about all GitLab tokens among the findings, which have their secrets, and gives them
    /// their verdicts. Findings that are not reported are not asked about.
    ///
    /// When the user stops the asking, the rest is `unknown`, and a note says so.
    pub(crate) fn verify(&self, outcome: &mut Outcome, redactor: &Redactor) {
        let mut rows = Vec::new();
        let mut tokens = Vec::new();
        for (row, finding) in outcome.findings.iter().enumerate() {
            if let Some(token) = self.token(finding) {
                rows.push(row);
                tokens.push(token);
            }
        }
        self.announce(&tokens, redactor);
        let verified = self.run(&tokens, redactor);
        let mut is_dead = vec![false; outcome.findings.len()];
        for (row, verdict) in rows.into_iter().zip(verified.verdicts) {
            is_dead[row] = verdict.state.is_proved_dead();
            let finding = outcome.findings[row].clone();
            outcome.findings[row] = finding.verified(verification_of(verdict));
        }
        if verified.is_stopped {
            outcome.notes.push("verification was stopped: the verdicts are partial".to_owned());
        }
        if self.drops_dead {
            for _ in is_dead.iter().filter(|is_dead| **is_dead) {
                outcome.coverage.suppress(DEAD);
            }
            let mut dead = is_dead.into_iter();
            outcome.findings.retain(|_| !dead.next().unwrap_or(false));
        }
    }

    fn token(&self, finding: &Finding) -> Option<Token> {
        let secret = finding.secret()?.clone();
        let token = Token::new(finding.rule(), secret, finding.facts().clone())?;
        // The line as it is shown; hosts in it are as they were.
        let excerpt = finding.excerpt();
        let line = [excerpt.before, excerpt.redacted, excerpt.after].concat();
        let start = excerpt.before.len();
        let hosts = hosts_near(line.as_bytes(), start..start + excerpt.redacted.len());
        Some(token.with_other_hosts(other_hosts(hosts, self.instance())))
    }
}

fn verification_of(verdict: Verdict) -> Verification {
    let mut verification = Verification::new(verdict.state.as_str(), verdict.evidence.reason);
    verification.endpoint = verdict.evidence.endpoint;
    verification.status = verdict.evidence.status;
    verification.record = verdict.record;
    verification
}
