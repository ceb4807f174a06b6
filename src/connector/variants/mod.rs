//! The variants of a connector, one file each. No other file describes their attributes.
//!
//! Schema, validation, plan, request, state, generated configuration and redaction are all derived
//! from these descriptions.
//!
//! - `https`, `tls`, `aws_iot_core`, `microsoft_azure_iot`: the variants.
//! - `variant`: the description of a variant; `setting`: an attribute that Onomondo shows,
//!   with its rule, such as a port from 1 to 65535; `secret`: one that it never shows.
//! - `choice`: the variant of a configuration, a plan or a state.
//! - `certificate`: certificates and private keys, for the rules of `tls`; `pem`: their text form.

mod aws_iot_core;
mod certificate;
mod choice;
mod https;
mod microsoft_azure_iot;
mod pem;
mod secret;
mod setting;
mod tls;
mod variant;

pub(crate) use self::{
    choice::Choice,
    secret::{Secret, WriteOnly},
    setting::port_of,
    variant::{Variant, VariantObject},
};

use crate::messages::invalid::enumerated;

/// All variants.
pub(crate) const ALL: [&Variant; 4] = [
    &https::HTTPS,
    &tls::TLS,
    &aws_iot_core::AWS_IOT_CORE,
    &microsoft_azure_iot::MICROSOFT_AZURE_IOT,
];

/// The variant for this type of connector. `None` for beta types, which are not documented.
pub(crate) fn of_type(word: &str) -> Option<&'static Variant> {
    ALL.into_iter().find(|variant| variant.name() == word)
}

/// The names of all variants for a sentence: `a`, `b`, `c` or `d`.
pub(crate) fn names(conjunction: &str) -> String {
    enumerated(&ALL.map(Variant::name), conjunction)
}

/// The secrets of all variants.
pub(crate) fn secrets() -> impl Iterator<Item = &'static Secret> {
    ALL.into_iter().flat_map(Variant::secrets)
}
