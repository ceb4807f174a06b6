//! The `onomondo_connector` resource, the data sources of connectors, and the list resource.
//!
//! - `variants`: the types of connector, one file each.
//! - `model`: a connector in configuration, plan and state, and in the API.
//! - `validate`: checks a configuration.
//! - `plan`: plans a change.
//! - `verbs`: create, read, update, delete and the others, one file each.
//! - `secrets`: which secrets were sent, when to send them, and who changed them.
//! - `data`: the data sources.
//! - `filter`: selects the connectors of a list. `find_by_name`: finds a connector by a name that a
//!   user wrote.
//! - `errors`: messages for failed calls to the API.
//! - `fuzz`: the entry point for `crate::fuzz`.

mod data;
mod errors;
mod filter;
mod find_by_name;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod model;
mod plan;
mod secrets;
mod validate;
mod variants;
mod verbs;

pub use data::{ConnectorDataSource, ConnectorsDataSource};
pub use verbs::ConnectorList;

use async_trait::async_trait;
use secrecy::SecretString;

use crate::{
    onomondo::{Client, Vocabulary},
    protocol::{
        Apply, Call, Diagnostic, Diagnostics, IdentitySchema, ImportTarget, Instance,
        ManagedResource, MoveSource, Plan, Schema, Validate, Value,
    },
};

use self::{secrets::Validated, variants::Secret};

/// The type name in configurations.
const TYPE_NAME: &str = "onomondo_connector";

/// The resource with its schemas.
#[derive(Debug)]
pub struct ConnectorResource {
    schema: Schema,
    identity: IdentitySchema,
    validated: Validated,
}

impl ConnectorResource {
    /// Makes the resource.
    #[must_use]
    pub fn new() -> Self {
        Self {
            schema: model::schema::schema(),
            identity: model::schema::identity(),
            validated: Validated::default(),
        }
    }

    /// Hides the secrets of these configurations and states in all later messages and logs.
    fn hide<'a>(&self, call: &Call<Client>, values: impl IntoIterator<Item = &'a Value>) {
        for secret in values.into_iter().flat_map(|it| self.schema.sensitive(it)) {
            call.client.hide(&SecretString::from(secret));
        }
    }
}

impl Default for ConnectorResource {
    fn default() -> Self {
        Self::new()
    }
}

#[async_trait]
impl ManagedResource<Client> for ConnectorResource {
    fn type_name(&self) -> &'static str {
        TYPE_NAME
    }

    fn schema(&self) -> &Schema {
        &self.schema
    }

    fn identity(&self) -> Option<&IdentitySchema> {
        Some(&self.identity)
    }

    fn validate(&self, request: &Validate, diagnostics: &mut Diagnostics) {
        self.validated.note(&request.config);
        validate::validate(request, diagnostics);
    }

    async fn read(
        &self,
        call: &Call<Client>,
        current: Instance,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance> {
        self.hide(call, [&current.state]);
        verbs::read(call, current, diagnostics).await
    }

    async fn plan(
        &self,
        call: &Call<Client>,
        request: Plan,
        diagnostics: &mut Diagnostics,
    ) -> Instance {
        let prior = request.prior.as_ref().map(|prior| &prior.state);
        self.hide(call, [&request.config].into_iter().chain(prior));
        plan::plan(call, request, &self.validated, diagnostics).await
    }

    async fn create(
        &self,
        call: &Call<Client>,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance> {
        self.hide(call, [&request.config]);
        verbs::create(call, request, diagnostics).await
    }

    async fn update(
        &self,
        call: &Call<Client>,
        prior: Instance,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Instance {
        self.hide(call, [&request.config, &prior.state]);
        verbs::update(call, prior, request, diagnostics).await
    }

    async fn delete(&self, call: &Call<Client>, prior: Instance, diagnostics: &mut Diagnostics) {
        self.hide(call, [&prior.state]);
        verbs::delete(call, &prior, diagnostics).await;
    }

    fn note_stored(&self, client: &Client, state: &Value) {
        client.note_managed(model::Object::of(state).state_name());
    }

    async fn import(
        &self,
        call: &Call<Client>,
        target: ImportTarget,
    ) -> Result<Instance, Diagnostic> {
        verbs::import(call, &target).await
    }

    fn generate_config(&self, state: Value) -> Value {
        verbs::generate_config(state)
    }

    fn move_state(&self, source: &MoveSource) -> Result<Instance, Diagnostic> {
        verbs::move_state(source)
    }
}

/// The types of connectors, for the client.
#[must_use]
pub fn vocabulary() -> Vocabulary {
    Vocabulary {
        types: variants::ALL.map(|it| (it.name(), it.forms())).into(),
    }
}

/// The API's names for the secrets of connectors.
#[must_use]
pub fn secret_members() -> Vec<&'static str> {
    variants::secrets().map(Secret::api_member).collect()
}
