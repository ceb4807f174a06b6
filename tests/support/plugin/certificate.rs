//! The client certificate that Go's go-plugin makes for each plugin process.

use std::time::{Duration, SystemTime};

use base64::{Engine as _, engine::general_purpose::STANDARD};
use rcgen::{
    BasicConstraints, CertificateParams, DistinguishedName, DnType, ExtendedKeyUsagePurpose, IsCa,
    KeyPair, KeyUsagePurpose, PKCS_ECDSA_P521_SHA512,
};
use rustls::pki_types::{CertificateDer, PrivateKeyDer, PrivatePkcs8KeyDer};

/// 30 years, as in go-plugin.
pub const VALIDITY: Duration = Duration::from_hours(30 * 365 * 24);

/// A certificate and its key.
pub struct ClientIdentity {
    pub certificate: CertificateDer<'static>,
    key: PrivatePkcs8KeyDer<'static>,
}

impl ClientIdentity {
    /// Makes one as go-plugin does: P-521, its own CA, for `localhost`, for client and server use.
    pub fn as_go_makes_it() -> Self {
        Self::valid_from(SystemTime::now() - Duration::from_secs(30))
    }

    /// Makes one that is valid for 30 years from `begin`.
    pub fn valid_from(begin: SystemTime) -> Self {
        let mut params = CertificateParams::new(["localhost".to_owned()]).unwrap();
        params.not_before = begin.into();
        params.not_after = (begin + VALIDITY).into();
        params.distinguished_name = DistinguishedName::new();
        params
            .distinguished_name
            .push(DnType::OrganizationName, "HashiCorp");
        params
            .distinguished_name
            .push(DnType::CommonName, "localhost");
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        params.key_usages = vec![
            KeyUsagePurpose::DigitalSignature,
            KeyUsagePurpose::KeyEncipherment,
            KeyUsagePurpose::KeyAgreement,
            KeyUsagePurpose::KeyCertSign,
        ];
        params.extended_key_usages = vec![
            ExtendedKeyUsagePurpose::ClientAuth,
            ExtendedKeyUsagePurpose::ServerAuth,
        ];
        let key = KeyPair::generate_for(&PKCS_ECDSA_P521_SHA512).unwrap();
        Self {
            certificate: params.self_signed(&key).unwrap().der().clone(),
            key: key.serialize_der().into(),
        }
    }

    pub fn key(&self) -> PrivateKeyDer<'static> {
        self.key.clone_key().into()
    }

    /// The certificate in the form of `PLUGIN_CLIENT_CERT`, with lines of 64 characters.
    pub fn pem(&self) -> String {
        let text = STANDARD.encode(&self.certificate);
        let lines: Vec<_> = text.as_bytes().chunks(64).collect();
        let body = String::from_utf8(lines.join(&b'\n')).unwrap();
        format!("-----BEGIN CERTIFICATE-----\n{body}\n-----END CERTIFICATE-----\n")
    }
}
