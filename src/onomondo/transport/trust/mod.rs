//! The trusted server certificates.
//!
//! On Windows and macOS, the system decides. Elsewhere, its certificates are files:
//!
//! - `roots`: the files, and the effect of `SSL_CERT_FILE` and `SSL_CERT_DIR`.
//! - `listed`: accepts a server's own certificate if it is one of the trusted ones.

#[cfg(all(unix, not(target_vendor = "apple")))]
mod listed;
#[cfg(all(unix, not(target_vendor = "apple")))]
mod roots;

use std::sync::Arc;

use rustls::{
    ClientConfig, client::danger::ServerCertVerifier, crypto::CryptoProvider, crypto::aws_lc_rs,
};

/// The source of the trusted certificates.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// The system.
    System,
    /// `SSL_CERT_FILE` and `SSL_CERT_DIR`.
    #[cfg_attr(not(all(unix, not(target_vendor = "apple"))), expect(dead_code))]
    Environment,
    /// This executable, if the system has none, as in an empty container.
    #[cfg_attr(not(all(unix, not(target_vendor = "apple"))), expect(dead_code))]
    Bundled,
}

/// The reason why no certificate can be verified.
#[derive(Debug, thiserror::Error)]
pub(in crate::onomondo) enum TrustError {
    #[error("the environment variable `{variable}` names `{path}`, {problem}")]
    #[cfg_attr(not(all(unix, not(target_vendor = "apple"))), expect(dead_code))]
    Unusable {
        variable: &'static str,
        path: String,
        /// The text after a comma: `which cannot be read: …`.
        problem: String,
    },
    #[error("could not set up TLS: {0}")]
    Tls(#[from] rustls::Error),
}

/// The TLS configuration of a client without its own certificate. Reading the trusted certificates
/// takes milliseconds.
pub(super) fn client_config() -> Result<(ClientConfig, Trust), TrustError> {
    let provider = Arc::new(aws_lc_rs::default_provider());
    let (verifier, trust) = verifier(Arc::clone(&provider))?;
    let config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()?
        .dangerous()
        .with_custom_certificate_verifier(verifier)
        .with_no_client_auth();
    Ok((config, trust))
}

#[cfg(all(unix, not(target_vendor = "apple")))]
fn verifier(
    provider: Arc<CryptoProvider>,
) -> Result<(Arc<dyn ServerCertVerifier>, Trust), TrustError> {
    let (certificates, trust) = roots::load()?;
    let verifier = listed::Verifier::new(certificates, provider)?;
    Ok((Arc::new(verifier), trust))
}

#[cfg(not(all(unix, not(target_vendor = "apple"))))]
fn verifier(
    provider: Arc<CryptoProvider>,
) -> Result<(Arc<dyn ServerCertVerifier>, Trust), TrustError> {
    let verifier = rustls_platform_verifier::Verifier::new(provider)?;
    Ok((Arc::new(verifier), Trust::System))
}
