//! SIMs: the resource `onomondo_connector_sims`, which maps them, and the data source that finds
//! them.
//!
//! - `verbs`: create, read, update, delete and import, one file each.
//! - `change`: changes mappings, ten at a time.
//! - `mapped`: the SIMs mapped to a connector. `sim_id`: the two numbers that identify a SIM.
//! - `object`, `attributes`, `schema`, `validate`: the resource in configuration, plan and state.
//! - `data`: `data "onomondo_sims"`.
//! - `errors`: error messages.

mod attributes;
mod change;
mod data;
mod errors;
mod mapped;
mod object;
mod schema;
mod sim_id;
mod validate;
mod verbs;

pub use data::SimsDataSource;

use async_trait::async_trait;

use crate::{
    onomondo::Client,
    protocol::{
        Apply, Call, Diagnostic, Diagnostics, ImportTarget, Instance, ManagedResource, Plan,
        Schema, Validate, Value,
    },
};

/// The resource with its schema.
#[derive(Debug)]
pub struct ConnectorSimsResource {
    schema: Schema,
}

impl Default for ConnectorSimsResource {
    fn default() -> Self {
        Self {
            schema: schema::schema(),
        }
    }
}

/// Two resources may share a connector, so there is no identity.
#[async_trait]
impl ManagedResource<Client> for ConnectorSimsResource {
    fn type_name(&self) -> &'static str {
        "onomondo_connector_sims"
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn validate(&self, request: &Validate, diagnostics: &mut Diagnostics) {
        validate::validate(&request.config, diagnostics);
    }

    async fn read(
        &self,
        call: &Call<Client>,
        current: Instance,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance> {
        verbs::read(call, current, diagnostics).await
    }

    /// The user sets every attribute, so the plan is the proposed new state.
    async fn plan(
        &self,
        _call: &Call<Client>,
        request: Plan,
        _diagnostics: &mut Diagnostics,
    ) -> Instance {
        Instance {
            state: request.proposed,
            ..Instance::default()
        }
    }

    async fn create(
        &self,
        call: &Call<Client>,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance> {
        verbs::create(call, request, diagnostics).await
    }

    async fn update(
        &self,
        call: &Call<Client>,
        prior: Instance,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Instance {
        verbs::update(call, prior, request, diagnostics).await
    }

    async fn delete(&self, call: &Call<Client>, prior: Instance, diagnostics: &mut Diagnostics) {
        verbs::delete(call, &prior, diagnostics).await;
    }

    async fn import(
        &self,
        call: &Call<Client>,
        target: ImportTarget,
    ) -> Result<Instance, Diagnostic> {
        verbs::import(call, &target).await
    }

    /// The state holds only what a person would write in a configuration.
    fn generate_config(&self, state: Value) -> Value {
        state
    }
}
