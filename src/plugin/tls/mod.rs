//! Mutual TLS between the CLI and this process.
//!
//! - `mutual_tls`: the one-time certificate of this process, and the TLS setup of its connections.
//! - `client_certificate`: the CLI's certificate, which every client must present.

mod client_certificate;
mod mutual_tls;

pub(super) use self::{
    client_certificate::{BadClientCertificate, ClientCertificate},
    mutual_tls::{MutualTls, TlsError},
};
