//! The account in the id of an AWS access key.
//!
//! Behind its four letters an id holds 80 bits in base32, and the 40 bits after the first one are the account. Ids from
//! before 2019 hold something else. Source: the operation `GetAccessKeyInfo` of AWS STS, which tells the account of an
//! id to anybody.

use super::Claim;
use crate::verdict::Facts;

const PREFIX_LEN: usize = 4;
const LARGEST_ACCOUNT: u64 = 999_999_999_999;
/// Older ids have one of these letters first.
const OLDER: &[u8] = b"IJ";

/// What an id tells.
pub(super) fn facts(claim: &Claim<'_>) -> Facts {
    account(claim.text()).map(|account| ("account", format!("{account:012}"))).into_iter().collect()
}

fn account(id: &[u8]) -> Option<u64> {
    let digits = id.get(PREFIX_LEN..PREFIX_LEN + 10)?;
    if OLDER.contains(&digits[0]) {
        return None;
    }
    let bits = digits.iter().try_fold(0_u64, |bits, digit| {
        let value = match digit {
            b'A'..=b'Z' => digit - b'A',
            b'2'..=b'7' => digit - b'2' + 26,
            _ => return None,
        };
        Some(bits << 5 | u64::from(value))
    })?;
    // Ten digits are 50 bits: one that stands apart, 40 of the account, 9 of what follows.
    let account = bits >> 9 & ((1 << 40) - 1);
    (account <= LARGEST_ACCOUNT).then_some(account)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn accounts_of_ids() {
        // As published: the id of a canary token, and its account.
        assert_eq!(account(["ASIAY34FZ", "KBOKMUTVV7A"].concat().as_bytes()), Some(609_629_065_308));
        assert_eq!(account(["AKIAIOSFO", "DNN7EXAMPLE"].concat().as_bytes()), None);
        assert_eq!(account(b"AKIA"), None);
        assert_eq!(account(b"AKIA0000000000000000"), None);
    }
}
