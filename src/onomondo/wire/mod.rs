//! The wire format: the API's objects, and the bodies that carry them.
//!
//! - `json`: parses a body. `page`: one answer of a list. `decode`: decodes objects.
//! - `connector`: a connector in an answer. `entry`: a list entry, which may be unreadable.
//! - `options`: the part of a connector that depends on its type.
//! - `connector_body`: the bodies that create and change a connector.
//! - `sim`: a SIM.
//! - `write_answer`: the answer to a write. `written`: the result of a write, and its time.
//! - `vocabulary`: the types of connectors, for the client.

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
