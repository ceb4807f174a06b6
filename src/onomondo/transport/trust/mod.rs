//! Which certificates of servers are trusted.
//!
//! On Windows and macOS the system decides. Elsewhere its certificates are files:
//!
//! - `roots`: which files, and what `SSL_CERT_FILE` and `SSL_CERT_DIR` change.
//! - `listed`: a server's own certificate among the trusted ones.

#[cfg(all(unix, not(target_vendor = "apple")))]
mod listed;
#[cfg(all(unix, not(target_vendor = "apple")))]
mod roots;

use std::sync::Arc;

use rustls::{
    ClientConfig, client::danger::ServerCertVerifier, crypto::CryptoProvider, crypto::aws_lc_rs,
};

/// Whose certificates are trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Trust {
    /// The system's.
    System,
    /// The ones that `SSL_CERT_FILE` and `SSL_CERT_DIR` name.
    #[cfg_attr(not(all(unix, not(target_vendor = "apple"))), expect(dead_code))]
    Environment,
    /// The ones in this binary, where the system has none, as in an empty container.
    #[cfg_attr(not(all(unix, not(target_vendor = "apple"))), expect(dead_code))]
    Bundled,
}

/// Why no certificate could be verified.
#[derive(Debug, thiserror::Error)]
pub(in crate::onomondo) enum TrustError {
    #[error("the environment variable `{variable}` names `{path}`, {problem}")]
    #[cfg_attr(not(all(unix, not(target_vendor = "apple"))), expect(dead_code))]
    Unusable {
        variable: &'static str,
        path: String,
        /// What follows a comma: `which cannot be read: …`.
        problem: String,
    },
    #[error("could not set up TLS: {0}")]
    Tls(#[from] rustls::Error),
}

/// TLS as a client that shows no certificate of its own. Reading the trusted certificates costs
/// milliseconds.
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
