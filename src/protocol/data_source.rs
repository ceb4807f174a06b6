//! What a data source is to the CLI: the verbs of tfplugin6, with values instead of bytes.

use async_trait::async_trait;

use super::{Call, Diagnostics, Schema, Value};

/// A data source. `C` is what the provider configuration makes.
#[async_trait]
pub trait DataSource<C: Send>: Send + Sync {
    /// The type, as configurations write it.
    fn type_name(&self) -> &'static str;

    /// The schema of configuration and state.
    fn schema(&self) -> &Schema;

    /// Checks a configuration, unknown values and all, without provider configuration or network.
    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics);

    /// Reads what the configuration asks for: the configuration with the rest filled in. The CLI calls
    /// it once every value of the configuration is known, during plan if it can. What is to be told
    /// beside the result are `warnings`.
    async fn read(
        &self,
        call: &Call<C>,
        config: Value,
        warnings: &mut Diagnostics,
    ) -> Result<Value, Diagnostics>;
}
