//! The trait of a list resource: searches for objects of a managed resource, for `terraform query`.

use async_trait::async_trait;

use super::{Call, Diagnostics, Schema, Value};

/// A search request.
#[derive(Debug)]
pub struct List {
    /// The configuration. Every value in it is known.
    pub config: Value,
    /// The maximum number of objects that the CLI accepts. The server sends no more.
    pub limit: usize,
    /// Whether the CLI wants each object in full, beside its identity.
    pub include_object: bool,
}

/// An object that the search found.
#[derive(Debug)]
pub struct Listed {
    /// The identity, for importing the object.
    pub identity: Value,
    /// The name that people know the object by.
    pub display_name: String,
    /// The object as Read returns it, if the CLI wants it.
    pub object: Option<Value>,
}

/// The objects that a search found. Each is made when the CLI is ready for it.
pub type Found = Box<dyn Iterator<Item = Listed> + Send>;

/// A list resource. The provider configuration makes a `C`.
#[async_trait]
pub trait ListResource<C: Send>: Send + Sync {
    /// The type name, equal to that of the listed managed resource.
    fn type_name(&self) -> &'static str;

    /// The schema of the configuration.
    fn schema(&self) -> &Schema;

    /// Checks a configuration. Uses no provider configuration and no network.
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);

    /// Finds objects. Warnings for the user go to `warnings`. The CLI receives these before the
    /// first object, as it may hang up before the last.
    async fn list(
        &self,
        call: &Call<C>,
        request: List,
        warnings: &mut Diagnostics,
    ) -> Result<Found, Diagnostics>;
}
