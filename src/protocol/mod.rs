//! Terraform's plugin protocol, tfplugin6, as Rust types.
//!
//! - [`Value`], [`Type`], [`Number`]: Terraform's type system.
//! - [`Field`], [`Given`]: the attributes of an object by name and type.
//! - [`msgpack`], [`json`], [`dynamic_value`]: convert values to bytes and back, by type.
//! - [`Schema`], [`Attribute`], [`IdentitySchema`]: describe what a configuration may contain.
//! - [`AttributePath`], [`Diagnostic`]: describe what is wrong, and where.
//! - [`parse_duration`]: parses durations in configurations.
//! - [`Provider`]: a provider's block and what it registers.
//! - [`ManagedResource`], [`DataSource`], [`ListResource`]: the verbs of resources, data sources
//!   and list resources.
//! - [`tfplugin6`]: the generated messages and services.

mod data_source;
mod decode_error;
mod diagnostics;
mod duration;
pub mod dynamic_value;
mod field;
pub mod json;
mod list_resource;
pub mod msgpack;
mod number;
mod path;
mod provider;
mod resource;
mod schema;
mod types;
mod value;

pub use self::{
    data_source::DataSource,
    decode_error::{DecodeError, DecodeErrorKind},
    diagnostics::{Diagnostic, Diagnostics},
    duration::parse_duration,
    field::{Elements, Field, FieldType, Flag, Given, Members, Numeric, Scalar, Text},
    list_resource::{Found, List, ListResource, Listed},
    msgpack::EncodeError,
    number::{Number, ParseNumberError},
    path::{AttributePath, Step},
    provider::{Configure, Provider},
    resource::{Apply, Call, ImportTarget, Instance, ManagedResource, MoveSource, Plan, Validate},
    schema::{Attribute, IdentitySchema, Nesting, Schema},
    types::{ParseTypeError, Type},
    value::Value,
};

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
