//! Answers for what this provider has not. The CLI asks for none of it, as no schema offers it;
//! whoever asks all the same reads why there is nothing.

use futures_util::stream::{self, StreamExt as _};
use tonic::Response;

use super::{
    boundary::{Answer, failed},
    events::Events,
};
use crate::protocol::{
    Diagnostic, Diagnostics,
    tfplugin6::{FunctionError, StateByteRange, call_function, invoke_action, read_state_bytes},
};

/// The error for a type that the provider has not.
pub(super) fn no_such(kind: &str, type_name: &str) -> Diagnostic {
    Diagnostic::error(
        format!("No such {kind}"),
        format!(
            "The provider onomondo/onomondo {} has no {kind} `{type_name}`. A newer version may; \
             see its documentation.",
            env!("CARGO_PKG_VERSION")
        ),
    )
}

pub(super) fn answer<A: Answer>(kind: &str, type_name: &str) -> Response<A> {
    Response::new(failed(no_such(kind, type_name).into()))
}

pub(super) fn ephemeral_resource<A: Answer>(type_name: &str) -> Response<A> {
    answer("ephemeral resource", type_name)
}

pub(super) fn action<A: Answer>(type_name: &str) -> Response<A> {
    answer("action", type_name)
}

pub(super) fn state_store<A: Answer>(type_name: &str) -> Response<A> {
    answer("state store", type_name)
}

pub(super) fn function(name: &str) -> call_function::Response {
    call_function::Response {
        result: None,
        error: Some(FunctionError {
            text: no_such("function", name).detail,
            function_argument: None,
        }),
    }
}

fn once<T: Send + 'static>(event: T) -> Response<Events<T>> {
    Response::new(stream::iter([Ok(event)]).boxed())
}

pub(super) fn action_events(type_name: &str) -> Response<Events<invoke_action::Event>> {
    let diagnostics: Diagnostics = no_such("action", type_name).into();
    // A stream without `Completed` would read as success.
    let completed = invoke_action::event::Completed {
        diagnostics: diagnostics.into_proto(),
    };
    once(invoke_action::Event {
        r#type: Some(invoke_action::event::Type::Completed(completed)),
    })
}

pub(super) fn state_bytes(type_name: &str) -> Response<Events<read_state_bytes::ResponseChunk>> {
    let diagnostics: Diagnostics = no_such("state store", type_name).into();
    once(read_state_bytes::ResponseChunk {
        // A chunk without a range would crash Terraform.
        range: Some(StateByteRange::default()),
        diagnostics: diagnostics.into_proto(),
        ..Default::default()
    })
}
