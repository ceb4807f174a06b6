//! The line on stdout that tells the CLI where to connect. Afterwards, stdout is detached.

use std::{
    fmt,
    io::{self, Write as _},
};

use base64::{Engine as _, engine::general_purpose::STANDARD_NO_PAD};
use rustls::pki_types::CertificateDer;

use super::listen::Address;

/// The version of the handshake itself, which has never changed.
const CORE_PROTOCOL_VERSION: u32 = 1;

/// go-plugin's handshake line. Its fields are separated by `|`.
pub(super) struct Handshake<'a> {
    /// The major version of the provider protocol.
    pub(super) protocol_version: u32,
    /// The address of the listener.
    pub(super) address: &'a Address,
    /// The server's certificate, if it uses TLS.
    pub(super) certificate: Option<&'a CertificateDer<'static>>,
    /// Whether to state that brokered connections are not multiplexed. A CLI that did not ask reads
    /// this field as part of the certificate.
    pub(super) multiplexing_asked: bool,
}

impl fmt::Display for Handshake<'_> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        // Go decodes the certificate without padding and rejects padding.
        let certificate = self
            .certificate
            .map(|certificate| STANDARD_NO_PAD.encode(certificate))
            .unwrap_or_default();
        let Address { network, address } = self.address;
        write!(
            formatter,
            "{CORE_PROTOCOL_VERSION}|{}|{network}|{address}|grpc|{certificate}",
            self.protocol_version
        )?;
        if self.multiplexing_asked {
            write!(formatter, "|false")?;
        }
        Ok(())
    }
}

impl Handshake<'_> {
    /// Writes the line to stdout, then detaches stdout. Later output would get lost in the CLI, or
    /// block the process once nobody reads it.
    pub(super) fn send(&self) -> io::Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(format!("{self}\n").as_bytes())?;
        stdout.flush()?;
        // Later output goes to stderr, so it at least reaches the log. Windows has no safe call for
        // this. There, the lint `print_stdout` prevents such output.
        #[cfg(unix)]
        rustix::stdio::dup2_stdout(io::stderr())?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn without_tls_the_certificate_is_empty_but_its_field_is_there() {
        let handshake = Handshake {
            protocol_version: 6,
            address: &Address::unix("/tmp/plugin1".to_owned()),
            certificate: None,
            multiplexing_asked: false,
        };
        assert_eq!(handshake.to_string(), "1|6|unix|/tmp/plugin1|grpc|");
    }

    #[test]
    fn a_certificate_has_no_padding_and_the_seventh_field_follows_it() {
        let handshake = Handshake {
            protocol_version: 6,
            address: &Address::tcp("127.0.0.1:10000".to_owned()),
            certificate: Some(&CertificateDer::from(vec![0xff])),
            multiplexing_asked: true,
        };
        assert_eq!(
            handshake.to_string(),
            "1|6|tcp|127.0.0.1:10000|grpc|/w|false"
        );
    }
}
