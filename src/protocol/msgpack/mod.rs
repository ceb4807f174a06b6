//! Values in msgpack, encoded and decoded by the type in the schema.
//!
//! The form is [Terraform's object wire format][format], which is go-cty's. Null is nil, an unknown
//! value is an extension, and a number takes the smallest form that loses nothing. A dynamic value
//! is a pair of its type and the value.
//!
//! [format]:
//! https://github.com/hashicorp/terraform/blob/main/docs/plugin-protocol/object-wire-format.md

mod decode;
mod encode;
mod reader;
#[cfg(test)]
mod tests;

pub use decode::decode;
pub use encode::{EncodeError, encode};

/// The extension code of an unknown value with refinements, such as "not null".
const REFINED_UNKNOWN: i8 = 12;

/// The longest refinement in bytes. go-cty refuses longer ones too.
const MAX_REFINEMENT: u32 = 1024;
