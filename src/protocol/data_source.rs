//! The trait of a data source: the verbs of tfplugin6, with values instead of bytes.

use async_trait::async_trait;

use super::{Call, Diagnostics, Schema, Value};

/// A data source. The provider configuration makes a `C`.
#[async_trait]
pub trait DataSource<C: Send>: Send + Sync {
    /// The type name in configurations.
    fn type_name(&self) -> &'static str;

    /// The schema of configuration and state.
    fn schema(&self) -> &Schema;

    /// Checks a configuration, which may hold unknown values. Uses no provider configuration and no
    /// network.
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);

    /// Reads what the configuration asks for. Returns the configuration with the computed
    /// attributes filled in. The CLI calls this once every value is known, during plan if possible.
    /// Warnings for the user go to `warnings`.
    async fn read(
        &self,
        call: &Call<C>,
        config: Value,
        warnings: &mut Diagnostics,
    ) -> Result<Value, Diagnostics>;
}
