//! tfplugin6 in Rust's terms.

/// The generated messages and services of protocol 6.11, as Terraform names them.
#[allow(
    missing_docs,
    unreachable_pub,
    clippy::pedantic,
    clippy::doc_lazy_continuation
)]
pub mod tfplugin6 {
    tonic::include_proto!("tfplugin6");
}
