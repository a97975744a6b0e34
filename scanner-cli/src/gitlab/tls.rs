//! TLS: the cryptography, and whom it trusts.

use std::path::Path;
use std::sync::Arc;

use rustls::crypto::CryptoProvider;
use ureq::tls::{Certificate, PemItem, RootCerts, TlsConfig, TlsProvider, parse_pem};

use super::error::Error;

/// TLS for an agent: the system's authorities, and those in a PEM file.
///
/// # Errors
///
/// The processor or this build has no cryptography, the file cannot be read, or nobody is trusted.
pub(super) fn config(ca_file: Option<&Path>) -> Result<TlsConfig, Error> {
    let provider = provider()?;
    let mut roots = Vec::new();
    if let Some(file) = ca_file {
        roots.extend(authorities(file)?);
    }
    // One file that cannot be read does not spoil the rest.
    let native = rustls_native_certs::load_native_certs().certs;
    roots.extend(native.iter().map(|der| Certificate::from_der(der).to_owned()));
    if roots.is_empty() {
        return Err(Error::Setup(
            "TLS: this machine has no certificates of authorities; name some with --ca-file".into(),
        ));
    }
    Ok(TlsConfig::builder()
        .provider(TlsProvider::Rustls)
        .unversioned_rustls_crypto_provider(Arc::new(provider))
        .root_certs(RootCerts::from(roots))
        .build())
}

/// The certificates in a PEM file, at least one.
fn authorities(file: &Path) -> Result<Vec<Certificate<'static>>, Error> {
    let wrong = |why: &str| Error::Setup(format!("--ca-file {}: {why}", file.display()));
    let pem = std::fs::read(file).map_err(|error| wrong(&error.to_string()))?;
    let mut certificates = Vec::new();
    for item in parse_pem(&pem) {
        match item {
            Ok(PemItem::Certificate(certificate)) => certificates.push(certificate),
            Ok(_) => {}
            Err(_) => return Err(wrong("broken PEM")),
        }
    }
    if certificates.is_empty() { Err(wrong("no certificate in it")) } else { Ok(certificates) }
}

#[cfg(feature = "tls-ring")]
fn provider() -> Result<CryptoProvider, Error> {
    Ok(rustls::crypto::ring::default_provider())
}

/// graviola panics on processors that lack what it needs, so they are asked before.
#[cfg(all(not(feature = "tls-ring"), target_arch = "x86_64"))]
fn provider() -> Result<CryptoProvider, Error> {
    let needed = [
        ("aes", std::arch::is_x86_feature_detected!("aes")),
        ("pclmulqdq", std::arch::is_x86_feature_detected!("pclmulqdq")),
        ("bmi1", std::arch::is_x86_feature_detected!("bmi1")),
        ("bmi2", std::arch::is_x86_feature_detected!("bmi2")),
        ("adx", std::arch::is_x86_feature_detected!("adx")),
        ("avx", std::arch::is_x86_feature_detected!("avx")),
        ("avx2", std::arch::is_x86_feature_detected!("avx2")),
    ];
    all_there(&needed)?;
    Ok(rustls_graviola::default_provider())
}

#[cfg(all(not(feature = "tls-ring"), target_arch = "aarch64"))]
fn provider() -> Result<CryptoProvider, Error> {
    let needed = [
        ("neon", std::arch::is_aarch64_feature_detected!("neon")),
        ("aes", std::arch::is_aarch64_feature_detected!("aes")),
        ("pmull", std::arch::is_aarch64_feature_detected!("pmull")),
        ("sha2", std::arch::is_aarch64_feature_detected!("sha2")),
    ];
    all_there(&needed)?;
    Ok(rustls_graviola::default_provider())
}

#[cfg(not(any(feature = "tls-ring", target_arch = "x86_64", target_arch = "aarch64")))]
fn provider() -> Result<CryptoProvider, Error> {
    Err(Error::Setup("TLS: this build has none; build it with the feature `tls-ring`".into()))
}

#[cfg(any(test, not(feature = "tls-ring")))]
#[cfg_attr(
    not(any(test, target_arch = "x86_64", target_arch = "aarch64")),
    expect(dead_code, reason = "there is no processor to ask")
)]
fn all_there(needed: &[(&str, bool)]) -> Result<(), Error> {
    match needed.iter().find(|(_, is_there)| !is_there) {
        None => Ok(()),
        Some((name, _)) => Err(Error::Setup(format!(
            "TLS: this processor lacks {name}; build Tokensieve with the feature `tls-ring`"
        ))),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn poor_processors_are_named_in_one_line() {
        assert_eq!(all_there(&[("aes", true), ("avx2", true)]), Ok(()));
        let error = all_there(&[("aes", true), ("avx2", false)]).unwrap_err().to_string();
        assert!(error.contains("avx2") && error.contains("tls-ring") && !error.contains('\n'));
    }

    #[test]
    fn broken_authorities_name_their_file() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("ca.pem");
        let error = config(Some(&file)).err().unwrap().to_string();
        assert!(error.contains("ca.pem"), "{error}");
        for text in ["", "no PEM", "-----BEGIN CERTIFICATE-----\n!!\n-----END CERTIFICATE-----\n"] {
            std::fs::write(&file, text).unwrap();
            let error = config(Some(&file)).err().unwrap().to_string();
            assert!(error.contains("ca.pem"), "{error}");
        }
    }
}
