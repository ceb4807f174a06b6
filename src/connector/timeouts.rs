//! `timeouts`: how long one operation may take.

use tokio::time::Instant;

use crate::{
    onomondo::{Client, Operation},
    protocol::{Call, Value, parse_duration},
};

/// The names in `timeouts`, one for each operation.
pub(super) const OPERATIONS: [&str; 4] = ["create", "read", "update", "delete"];

/// One operation on the connector with these `timeouts` in its state or plan.
pub(super) fn operation(call: &Call<Client>, object: &Value, name: &str) -> Operation {
    let timeout = object
        .get("timeouts")
        .get(name)
        .as_str()
        .and_then(parse_duration);
    let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
    Operation::new(call.stop.clone(), deadline)
}
