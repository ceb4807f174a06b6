//! `timeouts`: how long one operation may take.

use tokio::time::Instant;

use super::attributes::{CREATE, DELETE, READ, UPDATE};
use crate::{
    onomondo::{Client, Operation},
    protocol::{Call, Field, Given, Text, Value, parse_duration},
};

/// One for each operation.
pub(crate) const OPERATIONS: [Field<Text>; 4] = [CREATE, READ, UPDATE, DELETE];

/// The attribute of a plan or a state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts<'a>(pub(super) &'a Value);

impl Timeouts<'_> {
    /// The operation of this name (`create`, `read`, `update`, `delete`), with its limit if it has one.
    pub(crate) fn operation(self, call: &Call<Client>, name: Field<Text>) -> Operation {
        let timeout = match name.of(self.0) {
            Given::Known(text) => parse_duration(text),
            Given::Null | Given::Unknown => None,
        };
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        Operation::new(call.stop.clone(), deadline)
    }
}
