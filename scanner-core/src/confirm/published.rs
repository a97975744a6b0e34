//! Values that standards and providers publish as examples. Everybody has them, so they protect
//! nothing.
//!
//! Each is in two parts, so that nobody takes this list for a leak. A value is compared as a whole:
//! an example that is a part of something else says nothing about the rest.

/// From the documents that are named beside them.
const VALUES: &[[&str; 2]] = &[
    // GitLab's documentation
    ["9koXpg98", "eAheJpvBs5tK"],
    // RFC 5849 (OAuth 1.0): credentials of clients, temporary ones, tokens and their secrets
    ["dpf43f3p", "2l4k3l03"],
    ["kd94hf93", "k423kf44"],
    ["hh5s93j4", "hdidpola"],
    ["hdhd0244", "k9j7ao03"],
    ["nnch734d", "00sl2jdk"],
    ["pfkkdhi9", "sl3r4s00"],
    ["jd83jd92", "dhsh93js"],
    ["xyz4992k", "83j47x0b"],
    ["j49ddk93", "3skd9dks"],
    ["ll399dj4", "7dskfjdk"],
    ["9djdj82h", "48djs9d2"],
    ["kkk9d7dh", "3k39sjv7"],
    ["0685bd91", "84jfhq22"],
    ["ad180jjd", "733klru7"],
    // RFC 6749 (OAuth 2.0), RFC 6750 (bearer tokens), RFC 7009 (revocation), RFC 7662
    // (introspection)
    ["gX1fBat3", "bV"],
    ["7Fjfp0ZB", "r1KtDRbnfVdmIw"],
    ["czZCaGRS", "a3F0MzpnWDFmQmF0M2JW"],
    ["czZCaGRS", "a3F0Mzo3RmpmcDBaQnIxS3REUmJuZlZkbUl3"],
    ["SplxlOBe", "ZQQYbYS6WxSbIA"],
    ["2YotnFZF", "Ejr1zCsicMWpAA"],
    ["tGzv3JOk", "F0XG5Qx2TlKWIA"],
    ["mF_9.B5f", "-4.1JqM"],
    ["45ghiukl", "djahdnhzdauz"],
    ["23410913", "-abewfq.123483"],
    // RFC 7591 and OpenID Connect (registration of clients), RFC 7592, RFC 7636 (PKCE), RFC 8628
    // (devices)
    ["cf136dc3", "c1fc93f31185e5885805d"],
    ["ZJYCqe3G", "GRvdrudKyZS0XhGv_Z45DuKhCUk0gBR1vZk"],
    ["this.is.", "an.access.token.value.ffx83"],
    ["reg-2341", "0913-abewfq.123483"],
    ["dBjftJeZ", "4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"],
    ["E9Melhoa", "2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM"],
    ["GmRhmhcx", "hwAzkoEqiMEg_DnyEysNkuNhszIySk9eS"],
    // RFC 7617 (Basic), RFC 2617 (the same, before)
    ["QWxhZGRp", "bjpvcGVuIHNlc2FtZQ=="],
    ["QWxhZGRp", "bjpvcGVuIHNlc2FtZQ"],
    ["QWxhZGRp", "bjpPcGVuU2VzYW1l"],
    ["dGVzdDox", "MjPCow=="],
    // RFC 6455 (WebSocket)
    ["dGhlIHNh", "bXBsZSBub25jZQ=="],
    ["x3JJHMbD", "L1EzLkh9GBhXDw=="],
    // RFC 7515 (JSON Web Signature): the key of the first example
    ["AyM1SysP", "pbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"],
    // RFC 6238 and the key URI format (one-time passwords)
    ["JBSWY3DP", "EHPK3PXP"],
    ["GEZDGNBV", "GY3TQOJQGEZDGNBVGY3TQOJQ"],
    // documentation of oauthlib and requests-oauthlib
    ["lsdkfol2", "3w54jlksdef"],
    ["sdf0o982", "3sjdfsdf"],
    ["2kjshdfp", "92i34asdasd"],
    ["askfjh23", "4as9sd8"],
    ["kjfch234", "5sdf"],
    ["KB46DCKJ", "873NCGXK5GD682NHDKK34GR"],
    // documentation of X (Twitter): how to sign a request
    ["xvz1evFS", "4wEEPTGEFPHBog"],
    ["kAcSOqF2", "1Fu85e7zjz7ZN2U4ZRhfV3WpwPAoE3Z7kBw"],
    ["37077311", "2-GmHxMAgYyLbNEtIKZeRNFsMKPR9EyMZeS9weJAEb"],
    ["LswwdoUa", "IvS8ltyTt5jkRh4J50vUPVVHtR2YPi5kE"],
    ["kYjzVBB8", "Y0ZFabxSWbWovY3uYSQ2pTgmZeNu2VS4cg"],
    // documentation of Stripe
    ["4eC39HqL", "yjWDarjtT1zdp7dc"],
    ["BQokikJO", "vBiI2HlWgH4olfQ2"],
    ["tGN0bIwX", "nHdwOa85VABjPdSn8nWY7G7I"],
    // documentation of GitHub
    ["16C7e42F", "292c6912E7710c838347Ae178B4a"],
    ["1B4a2e77", "838347a7E420ce178F2E7c6912E169246c34E1ccbF66C46812d16D5B1A9Dc86A1498"],
    // documentation of Google (OAuth 2.0)
    ["1/fFAGRN", "Jru1FTz70BzhT3Zg"],
    // documentation of Microsoft: the accounts of the emulators of Azure Storage and Cosmos DB
    [
        "Eby8vdM0",
        "2xNOcqFlqUwJPLlmEtlCDXJ1OUzFT50uSRZ6IFsuFq2UVErCz4I6tq/K1SZFPTOtr/KBHBeksoGMGw==",
    ],
    [
        "C2y6yDjf",
        "5/R+ob0N8A7Cgv30VRDJIWEHLM+4QDU5DE2nQ9nDuVTqobD4b8mGGyPMbIZnqyMsEcaGQy67XIw/Jw==",
    ],
    // reference of the AWS CLI
    ["wJalrXUt", "nFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"],
    ["8bklk8bl", "1k3sB38D9B3l0enyWT8c09B30lkq0blk"],
    ["sNvjQDMR", "eA1eEQPNAW8r37XsU2rDD7fc7m2SiMnu"],
    ["0xzxgA9Y", "oW9h58u8SvOmXRTw"],
    ["0x123pK5", "_VBqv.UQ3kJ4123_"],
    ["f798ab48", "99346a88599180fee9e14fa1ada7b6df989425b7c6d2146dd6c815bb"],
    ["B2fMSdmQ", "Xe9umX8Ux8XCo4="],
    ["01c3f004", "a2d6efffe32c4eda14bcd2b4"],
    ["3f4ca100", "e2fc675ea123f4eb12c4a012"],
    ["29AV1-3O", "FV9-VVIUB-NKT0I-LRO6V"],
    ["amzn1.ac", "count.AF6RHO7KZU5XRVQJGXK6HB56KR2A"],
    // Laravel: the password of the users that its factory makes
    ["92IXUNpk", "jO0rOQ5byMi.Ye4oKoEa3Ro9llC/.og/at2.uheWG/igi"],
    // documentation of Traefik: the users of its middleware for Basic authentication
    ["IgXLP6ew", "TrSuBkTrqE8wj/"],
    ["4HxwgUir", "3HP4EsggP/QNo0"],
    // A comic about passwords: xkcd 936
    ["Tr0ub4do", "r&3"],
    // MD5, SHA-1 and SHA-256 of the words that tests hash: password, secret, test, foo, bar, admin
    ["5f4dcc3b", "5aa765d61d8327deb882cf99"],
    ["5baa61e4", "c9b93f3f0682250b6cf8331b7ee68fd8"],
    ["5e884898", "da28047151d0e56f8dc6292773603d0d6aabbdd62a11ef721d1542d8"],
    ["5ebe2294", "ecd0e0f08eab7690d2a6ee69"],
    ["e5e9fa1b", "a31ecd1ae84f75caaa474f3a663f05f4"],
    ["2bb80d53", "7b1da3e38bd30361aa855686bde0eacd7162fef6a25fe97bf527a25b"],
    ["098f6bcd", "4621d373cade4e832627b4f6"],
    ["a94a8fe5", "ccb19ba61c4c0873d391e987982fbbd3"],
    ["9f86d081", "884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08"],
    ["acbd18db", "4cc2f85cedef654fccc4a4d8"],
    ["0beec7b5", "ea3f0fdbc95d0dd47f3c5bc275da8a33"],
    ["2c26b46b", "68ffc68ff99b453c1d30413413422d706483bfa0f98a5e886266e7ae"],
    ["37b51d19", "4a7513e45b56f6524f2d51f2"],
    ["62cdb702", "0ff920e5aa642c3d4066950dd1f01f4d"],
    ["fcde2b2e", "dba56bf408601fb721fe9b5c338d10ee429ea04fae5511b68fbf8fb9"],
    ["21232f29", "7a57a5a743894a0e4a801fc3"],
    ["d033e22a", "e348aeb5660fc2140aec35850c4da997"],
    ["8c6976e5", "b5410415bde908bd4dee15dfb167a9c873fc4bb8a81f6f2ab448a918"],
];

/// Signatures of published JSON Web Tokens, which identify them.
const SIGNATURES: &[[&str; 2]] = &[
    // jwt.io: HS256 as it has been over the years, and RS256
    ["SflKxwRJ", "SMeKKF2QT4fwpMeJf36POk6yJV_adQssw5c"],
    ["TJVA95Or", "M7E2cBab30RMHrHDcEfxjoYZgeFONFh7HgQ"],
    ["KMUFsIDT", "nFmyG3nMiGM6H9FNFUROf3wh7SmqJp-QV30"],
    // RFC 7515 and RFC 7519
    ["dBjftJeZ", "4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk"],
    // documentation of PyJWT: {"some": "payload"} with the key "secret"
    ["4twFt5Ni", "znN84AWoo1d7KO1T_yoc0Z6XOpOVswacPZg"],
];

/// How many bytes each head of [`VALUES`] has, and each head of [`SIGNATURES`].
const HEAD_LEN: usize = 8;

/// The heads of [`VALUES`] as numbers, sorted: a few comparisons tell most values from all of them.
static HEADS: [u64; VALUES.len()] = sorted_heads();

const fn sorted_heads() -> [u64; VALUES.len()] {
    let mut heads = [0; VALUES.len()];
    let mut count = 0;
    while count < VALUES.len() {
        let head = number_of(VALUES[count][0].as_bytes().first_chunk());
        let mut at = count;
        while at > 0 && heads[at - 1] > head {
            heads[at] = heads[at - 1];
            at -= 1;
        }
        heads[at] = head;
        count += 1;
    }
    heads
}

const fn number_of(head: Option<&[u8; HEAD_LEN]>) -> u64 {
    match head {
        Some(head) => u64::from_be_bytes(*head),
        None => panic!("a head is too short"),
    }
}

/// Whether a value is one of them; `body` is a secret without its prefix.
pub(super) fn is_example(body: &[u8]) -> bool {
    let Some(head) = body.first_chunk() else { return false };
    let is = |text: &[u8], [head, tail]: &[&str; 2]| {
        text.strip_prefix(head.as_bytes()) == Some(tail.as_bytes())
    };
    if HEADS.binary_search(&number_of(Some(head))).is_ok() {
        return VALUES.iter().any(|value| is(body, value));
    }
    body.starts_with(b"eyJ")
        && body
            .rsplit(|byte| *byte == b'.')
            .next()
            .is_some_and(|text| SIGNATURES.iter().any(|known| is(text, known)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whole_values_only() {
        for value in VALUES.iter().map(|parts| parts.concat()) {
            assert!(is_example(value.as_bytes()), "{value}");
            for other in [
                format!("{value}x"),
                format!("x{value}"),
                value[1..].to_owned(),
                value.to_uppercase() + "y",
            ] {
                assert!(!is_example(other.as_bytes()), "{other}");
            }
        }
        let token = |signature: &str| {
            ["eyJhbGciOiJIUzI1NiJ9.", "eyJzb21lIjoicGF5bG9hZCJ9.", signature].concat()
        };
        assert!(is_example(token(&SIGNATURES[0].concat()).as_bytes()));
        assert!(!is_example(token("SflKxwRJSMeKKF2QT4fwpMeJf36POk6yJV_adQssw5d").as_bytes()));
    }

    #[test]
    fn each_value_is_there_once() {
        let mut values: Vec<String> = VALUES.iter().map(|parts| parts.concat()).collect();
        values.sort();
        values.dedup();
        assert_eq!(values.len(), VALUES.len());
    }
}
