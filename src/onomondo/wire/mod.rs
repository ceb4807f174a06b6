//! What goes over the wire: the objects of the API, and the bodies that carry them.
//!
//! - `json`: reading a body. `page`: one answer of a list. `decode`: what is in them.
//! - `connector`: a connector as the API answers it. `entry`: the same in a list, or an odd one.
//! - `options`: the part of a connector that depends on its type.
//! - `connector_body`: the bodies that create and change a connector.
//! - `sim`: a SIM.
//! - `write_answer`: the answer to a write. `written`: what the write came to, and when.
//! - `vocabulary`: what the client is told of the types of connectors.

pub(super) mod connector;
pub(super) mod connector_body;
pub(super) mod decode;
pub(super) mod entry;
pub(super) mod json;
pub(super) mod options;
pub(super) mod page;
pub(super) mod sim;
pub(super) mod vocabulary;
pub(super) mod write_answer;
pub(super) mod written;
