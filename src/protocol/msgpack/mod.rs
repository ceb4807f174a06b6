//! Values in msgpack, read and written by the type a schema gives.
//!
//! The form is [Terraform's object wire format][format], which is go-cty's: null is nil, unknown an extension, a number the smallest form that loses
//! nothing, a dynamic value a pair of its type and itself.
//!
//! [format]: https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/object-wire-format.md

mod decode;
mod encode;
mod reader;
#[cfg(test)]
mod tests;

pub use decode::decode;
pub use encode::{EncodeError, encode};

/// Extension code of an unknown value with refinements, such as "not null".
const REFINED_UNKNOWN: i8 = 12;

/// Longest refinement in bytes; go-cty refuses longer ones too.
const MAX_REFINEMENT: u32 = 1024;
