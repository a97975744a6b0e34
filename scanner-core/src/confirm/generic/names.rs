//! Names: which kind of value they stand for, and whether they say that it is public.
//!
//! Only the words of the name itself count. What stands beside it, modifiers such as `public`,
//! other fields, arguments and comments, says nothing about it.

use super::values::eq;
use crate::syntax;
use crate::verdict::Reason;

/// Names of more words are cut on the left: their end says most.
const MOST_WORDS: usize = 12;

/// What kind of value a name is of.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Kind {
    /// A key: many are public, or open nothing.
    Key,
    /// A token: some tell one page, form or request from another.
    Token,
    /// A secret, credentials.
    Secret,
    /// A password.
    Password,
}

/// The words of a name, from left to right.
#[derive(Clone, Copy, Debug)]
pub(super) struct Name<'t> {
    words: [&'t [u8]; MOST_WORDS],
    len: usize,
}

impl<'t> Name<'t> {
    pub(super) fn new(name: &'t [u8]) -> Self {
        let mut made = Self { words: [b""; MOST_WORDS], len: 0 };
        for word in syntax::words(name) {
            if made.len == MOST_WORDS {
                made.words.rotate_left(1);
                made.len -= 1;
            }
            made.words[made.len] = word;
            made.len += 1;
        }
        made
    }

    fn words(&self) -> &[&'t [u8]] {
        &self.words[..self.len]
    }

    /// Returns the kind of value that the name stands for, or why the name makes it public.
    pub(super) fn kind(&self) -> Result<Kind, Reason> {
        if self.words().iter().any(|word| is_in(&MADE_UP, word)) {
            return Err(Reason::Placeholder);
        }
        self.kind_of_all()
    }

    /// Whether a password stands under the name, be it made up or not.
    pub(super) fn is_of_password(&self) -> bool {
        self.kind_of_all() == Ok(Kind::Password)
    }

    fn kind_of_all(&self) -> Result<Kind, Reason> {
        let words = self.words();
        let mut from_the_end = words.iter().enumerate().rev();
        let telling = from_the_end.find_map(|(at, word)| Some((at, kind_of(word)?)));
        let Some((at, (kind, before))) = telling else { return Err(Reason::Ordinary) };
        let is_hidden =
            words.iter().any(|word| is_in(&ENCRYPTED, word)) || is_in(&ENCRYPTED, before);
        // Digits part the words of `sha256`, and tell one value of several from another.
        let behind = words[at + 1..].iter().filter(|word| !word.iter().all(u8::is_ascii_digit));
        let is_other = behind.clone().any(|word| is_in(&HASHED, word))
            || behind.clone().next_back().is_some_and(|word| is_in(&OTHER, word));
        let qualifier =
            if before.is_empty() { at.checked_sub(1).map(|at| words[at]) } else { Some(before) };
        if is_hidden || is_other || self.is_public(kind, at, qualifier) {
            return Err(Reason::Ordinary);
        }
        // `secretKey`, `passwordToken`
        let strongest =
            words[..at].iter().filter_map(|word| kind_of(word)).map(|(kind, _)| kind).max();
        Ok(strongest.filter(|strongest| *strongest == Kind::Secret).unwrap_or(kind).max(kind))
    }

    /// Whether the words in front of the telling one say that anybody may see the value.
    fn is_public(&self, kind: Kind, at: usize, qualifier: Option<&[u8]>) -> bool {
        if kind > Kind::Token {
            return false;
        }
        let is_published = |word: &[u8]| is_in(&PUBLISHED, word);
        self.words()[..at].iter().any(|word| is_published(word))
            || qualifier.is_some_and(|word| {
                is_published(word)
                    || PUBLIC.iter().any(|(public, of)| of.contains(&kind) && eq(word, public))
            })
    }

    /// Whether the name is one word and nothing else, which can be the name of anything.
    pub(super) fn is_alone(&self) -> bool {
        self.len == 1
    }

    /// Whether a word is the last one of the name.
    pub(super) fn ends_with(&self, word: &[u8]) -> bool {
        self.words().last().is_some_and(|last| eq(last, word))
    }

    /// Whether one of these words is in the name.
    pub(super) fn has(&self, words: &[&[u8]]) -> bool {
        self.words().iter().any(|word| is_in(words, word))
    }
}

/// The kind that a word ends in, and the rest of the word in front of it: `apikey` is `api` and a
/// key, `monkey` is no key.
fn kind_of(word: &[u8]) -> Option<(Kind, &[u8])> {
    const ENDS: [(&[u8], Kind); 22] = [
        (b"password", Kind::Password),
        (b"passwort", Kind::Password),
        (b"passwd", Kind::Password),
        (b"passphrase", Kind::Password),
        (b"passcode", Kind::Password),
        (b"passwords", Kind::Password),
        // In German, French, Dutch, Portuguese, and PAM's word for either of them.
        (b"kennwort", Kind::Password),
        (b"motdepasse", Kind::Password),
        (b"passe", Kind::Password),
        (b"wachtwoord", Kind::Password),
        (b"senha", Kind::Password),
        (b"authtok", Kind::Password),
        (b"secret", Kind::Secret),
        (b"secrets", Kind::Secret),
        (b"credential", Kind::Secret),
        (b"credentials", Kind::Secret),
        (b"creds", Kind::Secret),
        (b"token", Kind::Token),
        (b"tokens", Kind::Token),
        (b"auth", Kind::Token),
        (b"authorization", Kind::Token),
        (b"key", Kind::Key),
    ];
    /// Whole words.
    const WORDS: [(&[u8], Kind); 12] = [
        (b"pass", Kind::Password),
        (b"pw", Kind::Password),
        (b"pwd", Kind::Password),
        (b"psw", Kind::Password),
        (b"psk", Kind::Password),
        (b"keys", Kind::Key),
        (b"api", Kind::Key),
        (b"masterauth", Kind::Password),
        (b"rootpw", Kind::Password),
        (b"bindpw", Kind::Password),
        (b"login", Kind::Token),
        (b"bearer", Kind::Token),
    ];
    /// Words that end as telling ones do and tell nothing.
    const OTHERS: [&[u8]; 8] = [
        b"monkey", b"hotkey", b"turkey", b"whiskey", b"hockey", b"donkey", b"jockey",
        // What a server answers to a login by digest.
        b"rspauth",
    ];
    /// What stands in front of short words that end many others: `dbpass`, not `bypass`.
    const OWNERS: [&[u8]; 15] = [
        b"db",
        b"user",
        b"my",
        b"smtp",
        b"mail",
        b"ftp",
        b"root",
        b"admin",
        b"ssh",
        b"wifi",
        b"login",
        b"store",
        b"database",
        b"ldap",
        b"require",
    ];
    const SHORT: [&[u8]; 3] = [b"pass", b"pwd", b"psw"];
    if is_in(&OTHERS, word) {
        return None;
    }
    if let Some((_, kind)) = WORDS.iter().find(|(whole, _)| eq(word, whole)) {
        return Some((*kind, b""));
    }
    let owner = |end: &&[u8]| word.len().checked_sub(end.len()).filter(|at| eq(&word[*at..], end));
    let owned = SHORT.iter().find_map(owner).map(|at| &word[..at]);
    if let Some(owner) = owned.filter(|owner| is_in(&OWNERS, owner)) {
        return Some((Kind::Password, owner));
    }
    ENDS.iter().find_map(|(end, kind)| {
        let at = word.len().checked_sub(end.len())?;
        eq(&word[at..], end).then_some((*kind, &word[..at]))
    })
}

/// Words of names whose values were made for tests and documents.
const MADE_UP: [&[u8]; 18] = [
    b"example",
    b"examples",
    b"sample",
    b"test",
    b"tests",
    b"testing",
    b"dummy",
    b"fake",
    b"mock",
    b"stub",
    b"expected",
    b"expect",
    b"expects",
    b"assert",
    b"demo",
    b"fixture",
    b"invalid",
    b"placeholder",
];

/// Words of names whose values are encrypted, or made of a secret and do not give it away.
const ENCRYPTED: [&[u8]; 6] =
    [b"encrypted", b"ciphertext", b"encoded", b"sealed", b"obfuscated", b"hashed"];

/// Words behind a telling one: the value is an id, or is made of the secret and does not give it
/// away.
const HASHED: [&[u8]; 17] = [
    b"commit",
    b"hash",
    b"hashed",
    b"hashes",
    b"sha",
    b"md",
    b"digest",
    b"checksum",
    b"fingerprint",
    b"thumbprint",
    b"integrity",
    b"signature",
    b"sig",
    b"salt",
    b"nonce",
    b"uuid",
    b"guid",
];

/// Last words of names that are about a secret, and do not hold it.
const OTHER: [&[u8]; 64] = [
    b"id",
    b"ids",
    b"type",
    b"types",
    b"name",
    b"names",
    b"url",
    b"uri",
    b"urls",
    b"path",
    b"paths",
    b"file",
    b"filename",
    b"dir",
    b"length",
    b"len",
    b"size",
    b"count",
    b"expiry",
    b"expires",
    b"expiration",
    b"ttl",
    b"header",
    b"headers",
    b"prefix",
    b"suffix",
    b"field",
    b"format",
    b"version",
    b"alg",
    b"algorithm",
    b"index",
    b"label",
    b"title",
    b"description",
    b"hint",
    b"regex",
    b"pattern",
    b"policy",
    b"ref",
    b"arn",
    b"endpoint",
    b"class",
    b"provider",
    b"store",
    b"manager",
    b"service",
    b"scope",
    b"audience",
    b"issuer",
    b"author",
    b"resource",
    b"verifier",
    b"verification",
    b"message",
    b"error",
    b"variable",
    b"var",
    b"env",
    b"alias",
    b"link",
    b"method",
    b"reset",
    // The subject of a token.
    b"sub",
];

/// Words in front of `key` and `token` that say that it is published, wherever they stand.
const PUBLISHED: [&[u8]; 3] = [b"public", b"pub", b"publishable"];

/// Words directly in front of a telling one that say that anybody may see the value, and of what
/// kinds they do.
///
/// A row is for values that look generated; words that never stand in front of such a value are not
/// listed.
const PUBLIC: [(&[u8], &[Kind]); 48] = [
    (b"cache", &[Kind::Key, Kind::Token]),
    (b"partition", &[Kind::Key]),
    (b"sort", &[Kind::Key]),
    (b"primary", &[Kind::Key]),
    (b"foreign", &[Kind::Key]),
    (b"unique", &[Kind::Key]),
    (b"shard", &[Kind::Key]),
    (b"row", &[Kind::Key]),
    (b"group", &[Kind::Key]),
    (b"object", &[Kind::Key]),
    (b"storage", &[Kind::Key]),
    (b"routing", &[Kind::Key]),
    (b"hash", &[Kind::Key]),
    (b"dedup", &[Kind::Key]),
    (b"idempotency", &[Kind::Key, Kind::Token]),
    (b"idempotent", &[Kind::Key, Kind::Token]),
    (b"site", &[Kind::Key]),
    (b"tenant", &[Kind::Key]),
    (b"map", &[Kind::Key]),
    (b"host", &[Kind::Key]),
    (b"translation", &[Kind::Key]),
    (b"message", &[Kind::Key]),
    (b"page", &[Kind::Key, Kind::Token]),
    (b"next", &[Kind::Key, Kind::Token]),
    (b"previous", &[Kind::Key, Kind::Token]),
    (b"continuation", &[Kind::Key, Kind::Token]),
    (b"pagination", &[Kind::Key, Kind::Token]),
    (b"cursor", &[Kind::Key, Kind::Token]),
    (b"starting", &[Kind::Token]),
    (b"start", &[Kind::Key, Kind::Token]),
    (b"resume", &[Kind::Token]),
    (b"sync", &[Kind::Token]),
    (b"change", &[Kind::Token]),
    (b"update", &[Kind::Token]),
    (b"csrf", &[Kind::Token]),
    (b"xsrf", &[Kind::Token]),
    (b"authenticity", &[Kind::Token]),
    (b"antiforgery", &[Kind::Token]),
    (b"verification", &[Kind::Token]),
    (b"request", &[Kind::Token]),
    (b"cancellation", &[Kind::Token]),
    (b"websocket", &[Kind::Key]),
    (b"vector", &[Kind::Key]),
    (b"resource", &[Kind::Key]),
    (b"verify", &[Kind::Key]),
    (b"identifier", &[Kind::Key]),
    (b"repository", &[Kind::Key]),
    // Of who verifies: `vkey`.
    (b"v", &[Kind::Key]),
];

fn is_in(words: &[&[u8]], word: &[u8]) -> bool {
    words.iter().any(|other| eq(word, other))
}

/// UUIDs are mostly ids. Whether a name says that this one is a secret.
pub(super) fn is_name_of_random_uuid(name: &Name<'_>) -> bool {
    /// In front of `token`; others tell one request, event or version from another.
    const TOKENS: [&[u8]; 12] = [
        b"access",
        b"api",
        b"auth",
        b"bearer",
        b"bot",
        b"deploy",
        b"personal",
        b"private",
        b"refresh",
        b"registry",
        b"service",
        b"user",
    ];
    const KEYS: [&[u8]; 6] = [b"access", b"api", b"auth", b"master", b"private", b"secret"];
    let words = name.words();
    let is = |qualifiers: &[&[u8]], kind: Kind| {
        words.iter().enumerate().any(|(at, word)| match kind_of(word) {
            Some((found, before)) if found == kind => {
                let before = if before.is_empty() {
                    at.checked_sub(1).map(|at| words[at])
                } else {
                    Some(before)
                };
                before.is_some_and(|before| is_in(qualifiers, before))
            }
            _ => false,
        })
    };
    let is_secret =
        words.iter().any(|word| kind_of(word).is_some_and(|(kind, _)| kind >= Kind::Secret));
    is_secret
        || is(&TOKENS, Kind::Token)
        || is(&KEYS, Kind::Key)
        || (name.is_alone() && name.has(&[b"token", b"bearer"]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(name: &str) -> Result<Kind, Reason> {
        Name::new(name.as_bytes()).kind()
    }

    #[test]
    fn kinds() {
        for (name, expected) in [
            ("API_KEY", Kind::Key),
            ("apikey", Kind::Key),
            ("primaryAccessKey", Kind::Key),
            ("VECTOR_DB_API_KEY", Kind::Key),
            ("PAGE_ACCESS_TOKEN", Kind::Token),
            ("url_token", Kind::Token),
            ("ldap.header.secret", Kind::Secret),
            ("CSRF_SECRET_KEY", Kind::Secret),
            ("HASH_SECRET", Kind::Secret),
            ("id_token_secret", Kind::Secret),
            ("CACHE_PASSWORD", Kind::Password),
            ("PDF_FILE_PASSWORD", Kind::Password),
            ("smtpPass", Kind::Password),
            ("dbpasswd", Kind::Password),
            ("DB_PW", Kind::Password),
            ("ldap_default_authtok", Kind::Password),
            ("senha", Kind::Password),
            ("mot_de_passe", Kind::Password),
            ("password1", Kind::Password),
        ] {
            assert_eq!(kind(name), Ok(expected), "{name}");
        }
    }

    #[test]
    fn names_that_say_no() {
        for name in [
            "cacheKey",
            "pageToken",
            "nextToken",
            "next_page_token",
            "csrfToken",
            "csrf-token",
            "publicKey",
            "PublicKeyToken",
            "idempotencyKey",
            "keyId",
            "access_key_id",
            "token_sha256",
            "password_hash",
            "onepassword_commit",
            "PrimaryRemoteRepositoryKey",
            "RepositoryIdentifierKey",
            "ClaimNames.TOKEN_SUB",
            "encryptedkey",
            "_hashed_password",
            "requestPasswordReset",
            "special_secret_sig",
            "rspauth",
            "ML_SECRET_KEY_PATH",
            "SECRET_NAME",
            "test_token",
            "encrypted_password",
            "PASSWORD_FIELD",
            "monkey",
            "tokenizer",
            "value",
        ] {
            assert!(kind(name).is_err(), "{name}");
        }
    }

    /// Each word of the table makes a key or a token public, and neither a password nor a secret.
    #[test]
    fn public_words() {
        for (word, kinds) in PUBLIC {
            let word = str::from_utf8(word).unwrap();
            for (end, kind_of_end) in [("key", Kind::Key), ("token", Kind::Token)] {
                let is_public = kind(&format!("my_{word}_{end}")).is_err();
                assert_eq!(is_public, kinds.contains(&kind_of_end), "{word}_{end}");
            }
            for end in ["password", "secret"] {
                assert!(kind(&format!("{word}_{end}")).is_ok(), "{word}_{end}");
            }
        }
    }
}
