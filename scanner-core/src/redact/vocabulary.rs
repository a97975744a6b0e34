//! Words that the pairs of their letters do not tell from chance.

use std::sync::LazyLock;

/// Whether letters, of any case, are a word of programs, of their files and of the trade.
pub(super) fn is_known(letters: &[u8]) -> bool {
    is_in(&WORDS, letters)
}

/// Whether numbers stand behind this word: `sha256`, `server1`.
pub(super) fn is_numbered(letters: &[u8]) -> bool {
    is_in(&NUMBERED, letters)
}

/// The most letters of a word in the lists.
const MAX_WORD_LEN: usize = 16;

fn is_in(sorted: &[u128], letters: &[u8]) -> bool {
    packed(letters).is_some_and(|word| sorted.binary_search(&word).is_ok())
}

/// Small letters as one number, which is compared at once. `None` for what is longer than any word.
fn packed(letters: &[u8]) -> Option<u128> {
    let mut bytes = [0; MAX_WORD_LEN];
    bytes.get_mut(..letters.len())?.copy_from_slice(letters);
    bytes.make_ascii_lowercase();
    Some(u128::from_be_bytes(bytes))
}

fn sorted(words: &'static str) -> Vec<u128> {
    let mut words: Vec<u128> =
        words.split_ascii_whitespace().filter_map(|word| packed(word.as_bytes())).collect();
    words.sort_unstable();
    words
}

/// Short ones, and those whose pairs of letters are rare elsewhere.
static WORDS: LazyLock<Vec<u128>> = LazyLock::new(|| sorted(WORDS_TEXT));
static NUMBERED: LazyLock<Vec<u128>> = LazyLock::new(|| sorted(NUMBERED_TEXT));

const WORDS_TEXT: &str = "\
    aaa aac abc abs acquire act ada add adjust ahead ai akia algorithm algorithms all although \
    always amazonaws ambiguous amp and ansible any anyhow anyone anyway anywhere ap api apikey \
    app arc are arg args argv as ascii ask assert async at auth avoid await away aws azure \
    backend backup backward backwards bad bar bash baz be begun behave behaves behavior \
    behaviour beyond big bin bit bitbucket blobs blue body bogus bom book bool bot box breaks \
    budget buf bufsize bug buggy bugs build builds built but by byte bzip cacert can cargo \
    caught cd cdn cer certfile cfg changelog chmod chr chunk chunks ci cipher cli cloudflare cls \
    cmd cmp co codecov column columns com configmap consul cookie copy copyright cpu crlf cron \
    crontab crt crypto csr css csv cur curl cut cwd cycle cycles dashboard datadog day days db \
    dbm dc de debug debugger dec def del deploy deploys deque der describe dev devnull did die \
    dir discord divmod django dll dn dns do doc docker dockerfile docs does don dos dot down \
    download downloads dsn due dumb dummy dump dup dyn dynamic eat ebcdic ec ecr ecs edu eight \
    eks elasticsearch en end env eof equal equally equals err etc eu exclude exe exp expect \
    expiry ext fails fairly fake fallbacks fancy far fault fcntl few fewer ffi fifth fileobj fit \
    fix fixed fixes flags flask flush fmt fn fname foo for fr frequency frontend frozen ftp full \
    fullname fully gap gaps gateway gb gcp gdbm gem gen get getcwd getpwnam getpwuid getvalue \
    gif git gitea github gitlab glibc glob globals globs glued gmail gnu go goes good google got \
    goto gov gpg gradle grafana graphql greek grows grpc guard guesswork guid gzip had has heapq \
    heavy helm helpful heroku hex high hit hmac hold hook hooks hostname how hr html http https \
    hub huge hyphen iam id ids idx if iff imap in inc inf ing int invoke involve io ip is isa \
    iso it its jar java jdbc jdk jenkins jiff job jobs john join journald jp jpg jre js json \
    jsonl jump just jvm jwks jwt jython kafka kb key keyboard keyed keyfile keys keystore \
    keyword keywords kibana kit kms know knowledge known knows kubectl kubernetes kv kwargs kwds \
    lab lambda laravel layer layout lazy lb ldap leaks legacy len let lib libc libssl like \
    likewise linux localhost log logout logs logstash look lookup lookups lot low ls lzma mac \
    major make makefile map marks maven max maximum maxsize may maybe mb mbedtls md me mem \
    memoryview met mfa microsoft middleware might min mix mixed mkdir mktime mod modify mongodb \
    ms msg much mul mut mx my mysql namespace nbsp nbytes nearby neg neighbours net netlify \
    netmask network networks new newly newtonsoft nginx nid nl no nobody nomad non nonce nor not \
    now npm ns nth nuget num oauth obj object objects objs obviously occur oct odd of off oid ok \
    okay old on one onwards opaque openssl ops opt or ord org os otp our out overview own pad \
    passphrase passwd password pat payload pdf peek pem pep pepper per pg pgp pgsql pip pk pkcs \
    pkg pm png pnpm pod pop pos postgres postgresql pr prd pre privkey project projects \
    prometheus protobuf proxy ps pseudo pt pub pubkey pull pulumi push put pw pwd py pyc pypi \
    python qa qas qualname queue quick quot quota quote rabbitmq rails raw rc rds rdwr readme \
    redis ref reject rel res ret rev revoke rfc right rm rmdir rmul row rows rs run sa safe \
    safely safety salt sandbox sarif save say says sdk sec see seek sentry sep seq set sh shift \
    shlex show shown shows shutdown sig signify six skip skips slack slight slightly slow slows \
    smtp snapshot sns so software somebody sonar spawn specify spring sql sqlite sqrt sqs square \
    src srv ss ssh ssl ssm sso ssr st std stderr stdin stdout stg str stripe sts stubs sub \
    subject submit submodule subname subnet subs subtle successful sudo suffix suffixes sum svg \
    svn sweep symbol symbolic symbols symlink symlinks sync syntax syntaxes sys systemd tab tag \
    tar technique telegram terraform the they though through thrown throws thus tie tip tls tmp \
    to today toml too took top truststore try ts tsv tty turn twice twilio two txt tz ubuntu ucc \
    ui uid uk unique unknown unlike unwrap up upwards uri url us use userid username usr utf \
    uuid val var vault vcs vec ver vercel via view vm void vpc vs walk war was way ways we weak \
    weakref web webhook webhooks wget who why width wiki wikipedia win won words work workflow \
    works world would ws www xml xxx yaml yarn year yes yet yield yml you your yourself zip zlib \
    zone";

const NUMBERED_TEXT: &str = "\
    account admin aes api app arg backend base client cluster col config curve data day db demo \
    dev disk dummy ec ecdsa ed en eth example fake field file float frontend group h host http \
    id index int ip ipv item k key level line lo md mock month mp name node num oauth p page \
    param part password port prod py python region replica row rsa s sample secret server sha \
    shard stage staging step team temp test token uint user utf v value var vec version web week \
    worker x year zone";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_in_any_case() {
        assert!(is_known(b"Https") && is_known(b"aws") && !is_known(b"qx"));
        assert!(is_numbered(b"sha") && !is_numbered(b"password1"));
        assert!(is_known(b"elasticsearch") && !is_known(&[b'a'; MAX_WORD_LEN + 1]));
        // No word is too long for its number.
        assert_eq!(WORDS.len(), WORDS_TEXT.split_ascii_whitespace().count());
        assert_eq!(NUMBERED.len(), NUMBERED_TEXT.split_ascii_whitespace().count());
    }
}
