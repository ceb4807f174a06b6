//! The boundary that every RPC passes on its way in and out.
//!
//! Each RPC runs in its own task. If it panics, the user gets a diagnostic and the process lives
//! on. If the CLI hangs up, a request that is already on its way to the API is not cancelled.

use std::future::Future;

use tokio::task::JoinError;
use tonic::{Response, Status};
use tracing::{Instrument as _, Span, debug};
use uuid::Uuid;

use crate::protocol::{
    Diagnostic, Diagnostics, EncodeError,
    tfplugin6::{self, Diagnostic as ProtoDiagnostic, list_resource},
};

/// A response that can carry diagnostics. A failed call returns nothing else.
pub(super) trait Answer: Default + Send + 'static {
    fn diagnostics(&mut self) -> &mut Vec<ProtoDiagnostic>;
}

macro_rules! answers {
    ($($rpc:ident),+ $(,)?) => {
        $(impl Answer for tfplugin6::$rpc::Response {
            fn diagnostics(&mut self) -> &mut Vec<ProtoDiagnostic> {
                &mut self.diagnostics
            }
        })+
    };
}

answers!(
    apply_resource_change,
    close_ephemeral_resource,
    configure_provider,
    configure_state_store,
    delete_state,
    generate_resource_config,
    get_functions,
    get_metadata,
    get_provider_schema,
    get_resource_identity_schemas,
    get_states,
    import_resource_state,
    lock_state,
    move_resource_state,
    open_ephemeral_resource,
    plan_action,
    plan_resource_change,
    read_data_source,
    read_resource,
    renew_ephemeral_resource,
    unlock_state,
    upgrade_resource_identity,
    upgrade_resource_state,
    validate_action_config,
    validate_data_resource_config,
    validate_ephemeral_resource_config,
    validate_list_resource_config,
    validate_provider_config,
    validate_resource_config,
    validate_state_store_config,
    write_state_bytes,
);

impl Answer for list_resource::Event {
    fn diagnostics(&mut self) -> &mut Vec<ProtoDiagnostic> {
        &mut self.diagnostic
    }
}

/// One RPC, as log lines name it.
#[derive(Clone, Copy)]
pub(super) struct Rpc<'a> {
    /// The name of the RPC in tfplugin6.
    pub(super) name: &'static str,
    /// The resource type that the RPC names, or empty if it names none.
    pub(super) type_name: &'a str,
    /// The address of the provider.
    pub(super) provider: &'static str,
}

/// Runs one RPC.
pub(super) async fn run<A: Answer>(
    rpc: Rpc<'_>,
    work: impl Future<Output = Result<A, Diagnostics>> + Send + 'static,
) -> Result<Response<A>, Status> {
    let (name, span) = (rpc.name, rpc.span());
    let logged = async move {
        debug!("request");
        let answer = work.await;
        let mut answer = answer.unwrap_or_else(failed);
        log_diagnostics(&mut answer);
        debug!("response");
        answer
    };
    let answer = tokio::spawn(logged.instrument(span)).await;
    Ok(Response::new(answer.unwrap_or_else(|error| {
        failed(panicked(name, &error).into())
    })))
}

/// Logs the diagnostics of an answer.
pub(super) fn log_diagnostics<A: Answer>(answer: &mut A) {
    for diagnostic in answer.diagnostics().iter() {
        debug!(
            diagnostic_severity = diagnostic.severity().as_str_name(),
            diagnostic_summary = diagnostic.summary,
            "diagnostic"
        );
    }
}

impl Rpc<'_> {
    /// The fields of every log line of this RPC, with the names that terraform-plugin-log uses.
    pub(super) fn span(self) -> Span {
        let named = (!self.type_name.is_empty()).then_some(self.type_name);
        let is_of_data = matches!(self.name, "ValidateDataResourceConfig" | "ReadDataSource");
        let is_of_list = matches!(self.name, "ValidateListResourceConfig" | "ListResource");
        tracing::info_span!(
            "rpc",
            tf_rpc = self.name,
            tf_req_id = %Uuid::new_v4(),
            tf_resource_type = named.filter(|_| !is_of_data && !is_of_list),
            tf_data_source_type = named.filter(|_| is_of_data),
            tf_list_resource_type = named.filter(|_| is_of_list),
            tf_provider_addr = self.provider,
            tf_proto_version = "6.11",
        )
    }
}

/// An answer that holds only diagnostics.
pub(super) fn failed<A: Answer>(diagnostics: Diagnostics) -> A {
    let mut answer = A::default();
    *answer.diagnostics() = diagnostics.into_proto();
    answer
}

pub(super) fn panicked(rpc: &str, error: &JoinError) -> Diagnostic {
    // A panic message may quote a user's value, so it goes to the log only.
    let what = if error.is_panic() {
        "panicked"
    } else {
        "was cancelled"
    };
    Diagnostic::error(
        "The provider encountered an internal error",
        format!(
            "The provider {what} in {rpc}. The state does not include this step. If the step \
             already changed something, the next plan shows it. Run the command again with \
             `TF_LOG=DEBUG`, and report the log message that starts with `panic:` in the issue \
             tracker of the provider."
        ),
    )
}

impl From<EncodeError> for Diagnostics {
    fn from(error: EncodeError) -> Self {
        Diagnostic::error(
            "The provider returned a value that does not match its schema",
            format!(
                "This is a bug in the provider: {error}. Report it in the issue tracker of the \
                 provider.",
            ),
        )
        .into()
    }
}
