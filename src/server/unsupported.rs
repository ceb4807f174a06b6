//! Answers for features that the provider does not have. No schema offers them, so the CLI never
//! asks. Any other client gets an explanation.

use futures_util::stream::{self, StreamExt as _};
use tonic::Response;

use super::events::Events;
use crate::protocol::{
    Diagnostic, Diagnostics, Provider,
    tfplugin6::{FunctionError, StateByteRange, call_function, invoke_action, read_state_bytes},
};

/// The error for a type that the provider does not have.
pub(super) fn no_such<C: Send>(
    provider: &dyn Provider<C>,
    kind: &str,
    type_name: &str,
) -> Diagnostic {
    let (address, version) = (provider.address(), provider.version());
    // Configurations write the address without the host if the host is the CLI's default.
    let source = address
        .split_once('/')
        .map_or(address, |(_, source)| source);
    Diagnostic::error(
        format!("No such {kind}"),
        format!(
            "The provider {source} {version} has no {kind} `{type_name}`. A newer version may \
             have it: see the documentation of the provider."
        ),
    )
}

pub(super) fn function(error: Diagnostic) -> call_function::Response {
    call_function::Response {
        result: None,
        error: Some(FunctionError {
            text: error.detail,
            function_argument: None,
        }),
    }
}

pub(super) fn action_events(error: Diagnostic) -> Response<Events<invoke_action::Event>> {
    // Without `Completed`, the stream would count as a success.
    let completed = invoke_action::event::Completed {
        diagnostics: Diagnostics::from(error).into_proto(),
    };
    once(invoke_action::Event {
        r#type: Some(invoke_action::event::Type::Completed(completed)),
    })
}

pub(super) fn state_bytes(error: Diagnostic) -> Response<Events<read_state_bytes::ResponseChunk>> {
    once(read_state_bytes::ResponseChunk {
        // A chunk without a range would crash Terraform.
        range: Some(StateByteRange::default()),
        diagnostics: Diagnostics::from(error).into_proto(),
        ..Default::default()
    })
}

fn once<T: Send + 'static>(event: T) -> Response<Events<T>> {
    Response::new(stream::iter([Ok(event)]).boxed())
}
