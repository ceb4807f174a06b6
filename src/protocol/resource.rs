//! What a managed resource is to the CLI: the verbs of tfplugin6, with values instead of bytes.

use async_trait::async_trait;
use tokio_util::sync::CancellationToken;

use super::{Diagnostic, Diagnostics, IdentitySchema, Schema, Value};

/// A resource instance as Terraform stores it. Every call gets and gives all three: what a response
/// leaves out is lost.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Instance {
    /// The object, of the resource's schema.
    pub state: Value,
    /// The provider's own bytes beside the state, which no user sees.
    pub private: Vec<u8>,
    /// The identity; null in state of a CLI that has none.
    pub identity: Value,
}

/// What every call that may wait or reach out is given.
#[derive(Debug, Clone)]
pub struct Call<C> {
    /// What the provider configuration made, such as a client.
    pub client: C,
    /// Cancelled by an interrupt, for this call for good: waits end, requests already sent finish, and no other
    /// begins but one that settles what an earlier one did.
    pub stop: CancellationToken,
}

/// A configuration to check.
#[derive(Debug)]
pub struct Validate {
    /// The configuration, unknown values and all.
    pub config: Value,
    /// Whether the CLI knows write-only attributes.
    pub write_only_allowed: bool,
}

/// A change to plan: a create where `prior` is absent, otherwise an update.
#[derive(Debug)]
pub struct Plan {
    /// The configuration, which may hold unknown and write-only values.
    pub config: Value,
    /// The CLI's own merge of configuration and prior state.
    pub proposed: Value,
    /// What Read found; its private bytes are those of the last call.
    pub prior: Option<Instance>,
}

/// A planned change to carry out.
#[derive(Debug)]
pub struct Apply {
    /// The configuration, with write-only values.
    pub config: Value,
    /// What was planned.
    pub planned: Instance,
}

/// What names the object of an import.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ImportTarget {
    /// The ID of `terraform import` or of an `import` block.
    Id(String),
    /// The identity of an `import` block (Terraform and OpenTofu 1.12).
    Identity(Value),
}

/// The stored object of another resource type, perhaps of another provider, that a `moved` block
/// turns into one of this type.
#[derive(Debug)]
pub struct MoveSource {
    /// Address of the provider it belongs to: `host/namespace/type`.
    pub provider_address: String,
    /// Its resource type.
    pub type_name: String,
    /// What is stored, in JSON.
    pub state: serde_json::Value,
}

/// A managed resource. `C` is what the provider configuration makes.
///
/// Every verb adds to `diagnostics`; a verb that fails returns what it still knows: the CLI stores what
/// is returned, and nothing else, even beside an error.
#[async_trait]
pub trait ManagedResource<C: Send>: Send + Sync {
    /// The type, as configurations write it.
    fn type_name(&self) -> &'static str;

    /// The schema of configuration, plan and state.
    fn schema(&self) -> &Schema;

    /// The schema of the identity. `None` where two resources may mean the same object.
    fn identity(&self) -> Option<&IdentitySchema> {
        None
    }

    /// Checks a configuration, without provider configuration or network. Called by `validate`,
    /// and by `plan` and `apply` with more values known.
    fn validate(&self, request: &Validate, diagnostics: &mut Diagnostics);

    /// The object as it is. `None`: it is gone, and the CLI plans to create it. An error keeps the
    /// state.
    async fn read(
        &self,
        call: &Call<C>,
        current: Instance,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance>;

    /// Plans a create or an update in place. Apply is given the private bytes of the result. It depends
    /// on the request alone: apply plans again, and the CLI fails if the two plans differ.
    async fn plan(&self, call: &Call<C>, request: Plan, diagnostics: &mut Diagnostics) -> Instance;

    /// Creates the object. With an error, a returned instance is stored as tainted.
    async fn create(
        &self,
        call: &Call<C>,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Option<Instance>;

    /// Changes the object in place. With an error, the returned instance is what holds by now.
    async fn update(
        &self,
        call: &Call<C>,
        prior: Instance,
        request: Apply,
        diagnostics: &mut Diagnostics,
    ) -> Instance;

    /// Removes the object. It stays in the state where this gives an error.
    async fn delete(&self, call: &Call<C>, prior: Instance, diagnostics: &mut Diagnostics);

    /// Hears of an object in a state that the CLI has loaded: the CLI will read, plan or change it, but
    /// it need not. Called before the other verbs, for every object, once the provider is configured.
    fn note_stored(&self, _client: &C, _state: &Value) {}

    /// Finds an object that exists. Read follows and fills in what is missing.
    async fn import(&self, call: &Call<C>, target: ImportTarget) -> Result<Instance, Diagnostic>;

    /// The configuration of an object in this state, for `-generate-config-out`, without provider
    /// configuration or network. It plans to no change. Terraform asks from 1.14 on; older CLIs and
    /// OpenTofu make their own of the state.
    fn generate_config(&self, state: Value) -> Value;

    /// Makes an object of another type one of this type, for a `moved` block, without provider
    /// configuration or network. Read follows and fills in what is missing.
    fn move_state(&self, source: &MoveSource) -> Result<Instance, Diagnostic> {
        let (from, to) = (&source.type_name, self.type_name());
        Err(Diagnostic::error(
            format!("`{from}` cannot be moved to `{to}`"),
            format!(
                "No resource type can be moved to `{to}`. Remove the `moved` block, remove the \
                 resource from the state with `state rm`, and import it as `{to}`."
            ),
        ))
    }
}
