//! What `--version` says at length: for reports of mistakes.

use tokensieve_core::RuleSet;

/// The version, the commit and the target that it was built from and for, what is built in, and how
/// many rules there are.
pub(crate) fn long() -> String {
    let commit = option_env!("TOKENSIEVE_BUILD_COMMIT").unwrap_or("not known");
    let target = option_env!("TOKENSIEVE_BUILD_TARGET").unwrap_or("not known");
    format!(
        "{}\ncommit:    {commit}\ntarget:    {target}\nfeatures:  {}\nprocessor: {}\nrules:     {}",
        env!("CARGO_PKG_VERSION"),
        features().join(", "),
        processor(),
        RuleSet::builtin().len(),
    )
}

/// The features of the build, but for the one that this is.
fn features() -> Vec<&'static str> {
    let all = [
        ("archives", cfg!(feature = "archives")),
        ("git", cfg!(feature = "git")),
        ("gitlab", cfg!(feature = "gitlab")),
        ("tls-ring", cfg!(feature = "tls-ring")),
    ];
    all.into_iter().filter(|(_, is_built_in)| *is_built_in).map(|(name, _)| name).collect()
}

/// The widest vectors that this machine searches with.
fn processor() -> &'static str {
    #[cfg(target_arch = "x86_64")]
    if is_x86_feature_detected!("avx512vbmi") && is_x86_feature_detected!("avx512vbmi2") {
        return "AVX-512";
    } else if is_x86_feature_detected!("avx2") {
        return "AVX2";
    }
    "no vectors of our own"
}
