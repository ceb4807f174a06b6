//! `timeouts`: the time limit of each operation of a resource.

use tokio::time::Instant;

use super::invalid::{invalid, quoted};
use crate::{
    onomondo::{Client, Operation},
    protocol::{
        Attribute, AttributePath, Call, Diagnostics, Field, Given, Members, Nesting, Text, Value,
        parse_duration,
    },
};

pub(crate) const TIMEOUTS: Field<Members> = Field::new("timeouts");
pub(crate) const CREATE: Field<Text> = Field::new("create");
pub(crate) const READ: Field<Text> = Field::new("read");
pub(crate) const UPDATE: Field<Text> = Field::new("update");
pub(crate) const DELETE: Field<Text> = Field::new("delete");

/// The attribute. `delete` is the description of its `delete` member.
pub(crate) fn attribute(delete: &'static str) -> Attribute {
    let duration =
        |name: Field<Text>, description| name.attribute().optional().describe(description);
    Attribute::nested(
        TIMEOUTS.name(),
        Nesting::Single,
        vec![
            duration(
                CREATE,
                "How long a create may take, such as `30s`, `5m`, or `1h30m`.",
            ),
            duration(READ, "How long a read may take."),
            duration(UPDATE, "How long an update may take."),
            duration(DELETE, delete),
        ],
    )
    .optional()
    .describe("How long each operation may take, including retries. If omitted, there is no limit.")
}

/// Checks the attribute in a configuration.
pub(crate) fn validate(config: &Value, diagnostics: &mut Diagnostics) {
    let Given::Known(timeouts) = TIMEOUTS.of(config) else {
        return;
    };
    for operation in [CREATE, READ, UPDATE, DELETE] {
        if let Given::Known(given) = operation.of(timeouts)
            && parse_duration(given).is_none()
        {
            let path = AttributePath::from([TIMEOUTS.name(), operation.name()]);
            let detail = format!(
                "`{path}` is {}. It must be a duration greater than zero, such as `30s`, `5m`, or \
                 `1h30m`.",
                quoted(given)
            );
            diagnostics.push(invalid(&path, detail));
        }
    }
}

/// The attribute in a plan or a state.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Timeouts<'a>(&'a Value);

impl<'a> Timeouts<'a> {
    /// Reads the attribute from an object.
    pub(crate) fn of(object: &'a Value) -> Self {
        Self(TIMEOUTS.value(object))
    }

    /// Starts the operation of this name (`create`, `read`, `update`, `delete`), with its limit if
    /// one is set.
    pub(crate) fn operation(self, call: &Call<Client>, name: Field<Text>) -> Operation {
        let timeout = match name.of(self.0) {
            Given::Known(text) => parse_duration(text),
            Given::Null | Given::Unknown => None,
        };
        let deadline = timeout.and_then(|timeout| Instant::now().checked_add(timeout));
        Operation::new(call.stop.clone(), deadline)
    }
}
