//! The `onomondo_connector` resource, the data sources of connectors, and the list of what there is.
//!
//! - `schema`: the attributes and their documentation.
//! - `validate`, `checks`: what a configuration may not say.
//! - `list`, `filter`: the connectors of the account, or some of them.
//! - `plan`: what a change will lead to.
//! - `create`, `read`, `update`, `delete`, `import`, `take_over`: one verb a file.
//! - `lookup`: the connector of a name that somebody wrote down.
//! - `data`: the data sources.
//! - `generate`: the configuration of what there is.
//! - `options`, `state`: values to API objects and back.
//! - `same`: when two spellings mean one thing.
//! - `secrets`, `private`, `drift`, `verify`: secrets, what is remembered of them, who changed them.
//! - `errors`: what went wrong with the API, as a user reads it.
//! - `fuzz`: a way in for `crate::fuzz`.

mod checks;
mod create;
mod data;
mod delete;
mod drift;
mod errors;
mod filter;
#[cfg(any(test, fuzzing))]
pub mod fuzz;
mod generate;
mod import;
mod list;
mod lookup;
mod options;
mod plan;
mod private;
mod read;
mod same;
mod schema;
mod secrets;
mod state;
mod take_over;
mod timeouts;
mod update;
mod validate;
mod variant;
mod verify;

pub use data::{ConnectorDataSource, ConnectorsDataSource};
pub use list::ConnectorList;

use async_trait::async_trait;

use crate::{
    onomondo::Client,
    protocol::{
        Apply, Call, Diagnostic, Diagnostics, IdentitySchema, ImportTarget, Instance,
        ManagedResource, MoveSource, Plan, Schema, Validate, Value,
    },
};

/// The type as configurations write it.
const TYPE_NAME: &str = "onomondo_connector";

/// The resource: its schemas, made once.
#[derive(Debug)]
pub struct ConnectorResource {
    schema: Schema,
    identity: IdentitySchema,
}

impl ConnectorResource {
    /// The resource.
    #[must_use]
    pub fn new() -> Self {
        Self {
            schema: schema::schema(),
            identity: schema::identity(),
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

    fn identity(&self) -> &IdentitySchema {
        &self.identity
    }

    fn validate(&self, request: &Validate, diagnostics: &mut Diagnostics) {
        validate::validate(request, diagnostics);
    }

    async fn read(
        &self,
        call: &Call<Client>,
        current: Instance,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance> {
        read::read(call, current, diagnostics).await
    }

    async fn plan(
        &self,
        call: &Call<Client>,
        request: Plan,
        diagnostics: &mut Diagnostics,
    ) -> Instance {
        plan::plan(call, request, diagnostics).await
    }

    async fn create(
        &self,
        call: &Call<Client>,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance> {
        create::create(call, request, diagnostics).await
    }

    async fn update(
        &self,
        call: &Call<Client>,
        prior: Instance,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Instance {
        update::update(call, prior, request, diagnostics).await
    }

    async fn delete(&self, call: &Call<Client>, prior: Instance, diagnostics: &mut Diagnostics) {
        delete::delete(call, &prior, diagnostics).await;
    }

    async fn import(
        &self,
        call: &Call<Client>,
        target: ImportTarget,
    ) -> Result<Instance, Diagnostic> {
        import::import(call, &target).await
    }

    fn generate_config(&self, state: Value) -> Value {
        generate::config(state)
    }

    fn move_state(&self, source: &MoveSource) -> Result<Instance, Diagnostic> {
        take_over::take_over(source)
    }
}

/// The identity of the connector of this name.
fn identity(name: impl Into<Value>) -> Value {
    Value::object([("name", name.into())])
}
