//! TLS for the tests of clients. The cryptography is graviola's, which needs no C compiler.

use std::io;
use std::net::TcpStream;

/// A certificate chain and its key, ready to accept connections.
#[derive(Clone)]
pub struct Tls {
    #[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
    config: std::sync::Arc<rustls::ServerConfig>,
}

impl std::fmt::Debug for Tls {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.write_str("Tls")
    }
}

#[cfg(any(target_arch = "x86_64", target_arch = "aarch64"))]
impl Tls {
    /// Reads a chain and a key, both as PEM.
    ///
    /// # Errors
    ///
    /// Says what is wrong with them.
    pub fn from_pem(chain: &[u8], key: &[u8]) -> Result<Tls, String> {
        use rustls::pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject};

        let chain: Result<Vec<_>, _> = CertificateDer::pem_slice_iter(chain).collect();
        let chain = chain.map_err(|error| format!("the certificate: {error}"))?;
        let key =
            PrivateKeyDer::from_pem_slice(key).map_err(|error| format!("the key: {error}"))?;
        let provider = std::sync::Arc::new(rustls_graviola::default_provider());
        let config = rustls::ServerConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .and_then(|builder| builder.with_no_client_auth().with_single_cert(chain, key))
            .map_err(|error| error.to_string())?;
        Ok(Tls { config: std::sync::Arc::new(config) })
    }

    pub(crate) fn accept(
        &self,
        stream: TcpStream,
    ) -> io::Result<rustls::StreamOwned<rustls::ServerConnection, TcpStream>> {
        let connection =
            rustls::ServerConnection::new(self.config.clone()).map_err(io::Error::other)?;
        Ok(rustls::StreamOwned::new(connection, stream))
    }
}

#[cfg(not(any(target_arch = "x86_64", target_arch = "aarch64")))]
impl Tls {
    /// Fails: there is no cryptography without a C compiler for this processor.
    ///
    /// # Errors
    ///
    /// Always.
    pub fn from_pem(_chain: &[u8], _key: &[u8]) -> Result<Tls, String> {
        Err("the model has no TLS on this processor".to_owned())
    }

    pub(crate) fn accept(&self, _stream: TcpStream) -> io::Result<TcpStream> {
        Err(io::ErrorKind::Unsupported.into())
    }
}
