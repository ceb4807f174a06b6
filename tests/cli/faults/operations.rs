//! The operations of a user, with the request that each one sends.

use super::connector::{
    Connector,
    Variant::{Https, Tls},
};

/// One operation on one connector.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// The connector in configuration and account before the operation.
    pub(crate) before: Option<Connector>,
    /// The connector in both after the operation.
    pub(crate) after: Option<Connector>,
    pub(crate) command: Command,
    /// The verb in the title "Could not … connector".
    pub(crate) verb: &'static str,
    /// The method and path of the request that carries it out.
    pub(crate) request: (&'static str, &'static str),
    /// The number of lists before that request.
    pub(crate) lists_before: u32,
}

/// The command that a user runs.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Command {
    /// `plan`.
    Plan,
    /// `apply` of a saved plan.
    ApplyPlan,
    /// `apply` with an `import` block. The connector is in the account, but not in the state.
    Import,
}

const FLEET: Connector = Connector {
    name: "fleet",
    variant: Tls {
        port: 8883,
        key: "client-key.pem",
    },
};

const HTTPS_FLEET: Connector = Connector {
    name: "fleet",
    variant: Https,
};

const LIST: (&str, &str) = ("GET", "/connectors");
const PATCH: (&str, &str) = ("PATCH", "/connectors/fleet");

/// The operations, in the order of the columns of [`super::table`].
pub(crate) const OPERATIONS: [Operation; 7] = [
    Operation {
        name: "refresh",
        before: Some(FLEET),
        after: Some(FLEET),
        command: Command::Plan,
        verb: "read",
        request: LIST,
        lists_before: 0,
    },
    Operation {
        name: "import",
        before: Some(HTTPS_FLEET),
        after: Some(HTTPS_FLEET),
        command: Command::Import,
        verb: "import",
        request: LIST,
        lists_before: 0,
    },
    Operation {
        name: "create",
        before: None,
        after: Some(FLEET),
        command: Command::ApplyPlan,
        verb: "create",
        request: ("POST", "/connectors"),
        lists_before: 1,
    },
    // Changes an option and a secret, since no later plan shows a lost secret.
    Operation {
        name: "update",
        before: Some(FLEET),
        after: Some(Connector {
            variant: Tls {
                port: 8884,
                key: "other-client-key.pem",
            },
            ..FLEET
        }),
        command: Command::ApplyPlan,
        verb: "update",
        request: PATCH,
        lists_before: 0,
    },
    Operation {
        name: "rename",
        before: Some(FLEET),
        after: Some(Connector {
            name: "fleet-2",
            ..FLEET
        }),
        command: Command::ApplyPlan,
        verb: "update",
        request: PATCH,
        lists_before: 1,
    },
    Operation {
        name: "variant change",
        before: Some(HTTPS_FLEET),
        after: Some(FLEET),
        command: Command::ApplyPlan,
        verb: "update",
        request: PATCH,
        lists_before: 0,
    },
    Operation {
        name: "delete",
        before: Some(FLEET),
        after: None,
        command: Command::ApplyPlan,
        verb: "delete",
        request: ("DELETE", "/connectors/fleet"),
        lists_before: 0,
    },
];
