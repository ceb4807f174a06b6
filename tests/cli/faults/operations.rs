//! What a user does, and the request that it takes.

use super::connector::{
    Connector,
    Variant::{Https, Tls},
};

/// One operation on one connector.
pub(crate) struct Operation {
    pub(crate) name: &'static str,
    /// What configuration and account hold before.
    pub(crate) before: Option<Connector>,
    /// What both are to hold after.
    pub(crate) after: Option<Connector>,
    pub(crate) command: Command,
    /// The word of the title "Could not … connector".
    pub(crate) verb: &'static str,
    /// Method and path of the request that does it.
    pub(crate) request: (&'static str, &'static str),
    /// Lists that are asked for before that request.
    pub(crate) lists_before: u32,
}

/// How the user has it done.
#[derive(Clone, Copy, PartialEq)]
pub(crate) enum Command {
    /// `plan`.
    Plan,
    /// `apply` of a plan that was made before.
    ApplyPlan,
    /// `apply` with an `import` block; the account has the connector, the state has not.
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

/// In the order of the columns in [`super::table`].
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
    // An option and a secret: what is lost of a secret shows in no later plan.
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
