//! The trait of a managed resource: the verbs of tfplugin6, with values instead of bytes.

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use super::{Diagnostic, Diagnostics, IdentitySchema, Schema, Value};

/// A resource instance as Terraform stores it. Every call receives and returns all three parts. A
/// part that a response omits is lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Instance {
    /// The object, by the schema of the resource.
    pub state: Value,
    /// Private state: the provider's own bytes beside the state. Users never see them.
    pub private: Vec<u8>,
    /// The identity. It is null in the state of a CLI that does not support identities.
    pub identity: Value,
}

/// The context of a call that may wait or use the network.
#[derive(Debug, Clone)]
pub struct Call<C> {
    /// The client, or whatever else the provider configuration made.
    pub client: C,
    /// Cancelled by an interrupt, permanently for this call. Waits end. Requests that were sent
    /// finish. No other request starts, except one that settles the result of an earlier one.
    pub stop: CancellationToken,
}

/// A configuration to check.
#[derive(Debug)]
pub struct Validate {
    /// The configuration, which may hold unknown values.
    pub config: Value,
    /// Whether the CLI supports write-only attributes.
    pub write_only_allowed: bool,
}

/// A change to plan: a create if `prior` is absent, otherwise an update.
#[derive(Debug)]
pub struct Plan {
    /// The configuration, which may hold unknown and write-only values.
    pub config: Value,
    /// The proposed new state: the CLI's own merge of configuration and prior state.
    pub proposed: Value,
    /// The result of Read, with the private state of the last call.
    pub prior: Option<Instance>,
}

/// A planned change to carry out.
#[derive(Debug)]
pub struct Apply {
    /// The configuration, including write-only values.
    pub config: Value,
    /// The planned instance.
    pub planned: Instance,
}

/// The object to import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportTarget {
    /// The ID in `terraform import` or in an `import` block.
    Id(String),
    /// The identity in an `import` block (Terraform and OpenTofu, from 1.12 on).
    Identity(Value),
}

/// The stored object of another resource type, possibly of another provider. A `moved` block turns
/// it into one of this type.
#[derive(Debug)]
pub struct MoveSource {
    /// The address of the provider that owns the object: `host/namespace/type`.
    pub provider_address: String,
    /// Its resource type.
    pub type_name: String,
    /// The stored state, as JSON.
    pub state: serde_json::Value,
}

/// A managed resource. The provider configuration makes a `C`.
///
/// Every verb adds to `diagnostics`. A verb that fails returns what it still knows. The CLI stores
/// exactly what a verb returns, even together with an error.
#[async_trait]
pub trait ManagedResource<C: Send>: Send + Sync {
    /// The type name in configurations.
    fn type_name(&self) -> &'static str;

    /// The schema of configuration, plan and state.
    fn schema(&self) -> &Schema;

    /// The schema of the identity. `None` if two resources may refer to the same object.
    fn identity(&self) -> Option<&IdentitySchema> {
        None
    }

    /// Checks a configuration. Uses no provider configuration and no network. The CLI calls this in
    /// `validate`, and in `plan` and `apply` with more values known.
    fn validate(&self, request: &Validate, diagnostics: &mut Diagnostics);

    /// Reads the object. `None` means that it is gone, so the CLI plans to create it. After an
    /// error, the state stays as it was.
    async fn read(
        &self,
        call: &Call<C>,
        current: Instance,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance>;

    /// Plans a create or an update in place. Apply receives the private state of the result. The
    /// plan must depend on the request, and on facts that the plan at apply knows too: apply plans
    /// again, and the CLI fails if the two plans differ.
    async fn plan(&self, call: &Call<C>, request: Plan, diagnostics: &mut Diagnostics) -> Instance;

    /// Creates the object. If there is an error, Terraform stores the returned instance as tainted.
    async fn create(
        &self,
        call: &Call<C>,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance>;

    /// Changes the object in place. If there is an error, the returned instance is the current
    /// state.
    async fn update(
        &self,
        call: &Call<C>,
        prior: Instance,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Instance;

    /// Removes the object. If there is an error, the object stays in the state.
    async fn delete(&self, call: &Call<C>, prior: Instance, diagnostics: &mut Diagnostics);

    /// Notes an object in a state that the CLI has loaded. The CLI will probably read, plan or
    /// change it. This is called for every object before the other verbs, once the provider is
    /// configured.
    fn note_stored(&self, _client: &C, _state: &Value) {}

    /// Finds an existing object to import. Read follows and fills in the missing attributes.
    async fn import(&self, call: &Call<C>, target: ImportTarget) -> Result<Instance, Diagnostic>;

    /// Makes a configuration from a state, for `-generate-config-out`. Uses no provider
    /// configuration and no network. The plan of the result shows no change. Terraform calls this
    /// from 1.14 on. Older CLIs and OpenTofu derive a configuration from the state themselves.
    fn generate_config(&self, state: Value) -> Value;

    /// Converts an object of another type to this type, for a `moved` block. Uses no provider
    /// configuration and no network. Read follows and fills in the missing attributes.
    fn move_state(&self, source: &MoveSource) -> Result<Instance, Diagnostic> {
        let (from, to) = (&source.type_name, self.type_name());
        Err(Diagnostic::error(
            format!("`{from}` cannot be moved to `{to}`"),
            format!(
                "No resource type can be moved to `{to}`. Remove the `moved` block, remove the \
                 resource from state with `state rm`, and import it as `{to}`."
            ),
        ))
    }
}
