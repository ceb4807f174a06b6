//! Converts a connector to a state, for the promises in [`crate::fuzz`].

use super::{
    model::state::{self, identity},
    secrets::drift,
};
use crate::{
    onomondo::Connector,
    protocol::{Diagnostics, Instance, Value},
};

/// The instance that Read makes of a connector, from any state and any private state.
#[must_use]
pub fn read(connector: &Connector, state: Value, private: &[u8]) -> Instance {
    let known = Instance {
        state,
        private: private.to_vec(),
        identity: identity(&connector.name),
    };
    let mut found = state::found(connector, known);
    drift::notice(connector, &mut found, &mut Diagnostics::default());
    found
}
