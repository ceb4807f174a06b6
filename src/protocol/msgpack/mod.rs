//! Values in msgpack, read and written by the type a schema gives (plugin protocol 4.3, 4.4).
//!
//! The form is go-cty's: null is nil, unknown an extension, a number the smallest form that loses
//! nothing, a dynamic value a pair of its type and itself.

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
