//! What a list resource is to the CLI: a search for objects of a managed resource, as
//! `terraform query` makes it.

use async_trait::async_trait;

use super::{Call, Diagnostics, Schema, Value};

/// A search to make.
#[derive(Debug)]
pub struct List {
    /// The configuration, wholly known.
    pub config: Value,
    /// How many objects the CLI takes. What is found beyond is not sent.
    pub limit: usize,
    /// Whether each object is wanted, beside its identity.
    pub include_object: bool,
}

/// One object that was found.
#[derive(Debug)]
pub struct Listed {
    /// Its identity, by which it is imported.
    pub identity: Value,
    /// What people know it by.
    pub display_name: String,
    /// The object as Read gives it, where it is wanted.
    pub object: Option<Value>,
}

/// What a search found, each made when the CLI is ready for it.
pub type Found = Box<dyn Iterator<Item = Listed> + Send>;

/// A list resource. `C` is what the provider configuration makes.
#[async_trait]
pub trait ListResource<C: Send>: Send + Sync {
    /// The type, which is that of the managed resource that it lists.
    fn type_name(&self) -> &'static str;

    /// The schema of the configuration.
    fn schema(&self) -> &Schema;

    /// Checks a configuration, without provider configuration or network.
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);

    /// Finds objects. What is to be told beside them are `warnings`, which the CLI is sent before the
    /// first object: it may hang up before the last.
    async fn list(
        &self,
        call: &Call<C>,
        request: List,
        warnings: &mut Diagnostics,
    ) -> Result<Found, Diagnostics>;
}
