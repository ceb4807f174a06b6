//! `data "onomondo_connector"`: one connector, found by its name.

use async_trait::async_trait;

use super::{
    super::{TYPE_NAME, find_by_name, model::attributes::NAME},
    object, schema,
};
use crate::{
    messages::{
        failure,
        invalid::{not_empty, not_null},
    },
    onomondo::{Client, Operation},
    protocol::{AttributePath, Call, DataSource, Diagnostic, Diagnostics, Given, Schema, Value},
};

/// The data source with its schema.
#[derive(Debug)]
pub struct ConnectorDataSource(Schema);

impl Default for ConnectorDataSource {
    fn default() -> Self {
        let name = NAME.attribute().required().describe(
            "Exact name of the connector. Names are case-sensitive. If no connector has this \
             name, the data source fails.",
        );
        let schema = Schema::new(
            "Reads a connector by its name. The result contains all settings except secrets, which \
             Onomondo never returns. \
             Of `https`, `tls`, `aws_iot_core`, and `microsoft_azure_iot`, only the attribute \
             that matches its `type` is set; the others are null.",
            [name].into_iter().chain(schema::beside_name()).collect(),
        );
        Self(schema)
    }
}

#[async_trait]
impl DataSource<Client> for ConnectorDataSource {
    fn type_name(&self) -> &'static str {
        TYPE_NAME
    }

    fn schema(&self) -> &Schema {
        &self.0
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        not_null(config, &AttributePath::root(), &[NAME.name()], diagnostics);
        if let Given::Known(name) = NAME.of(config) {
            not_empty(name, &[NAME.name()].into(), diagnostics);
        }
    }

    async fn read(
        &self,
        call: &Call<Client>,
        config: Value,
        _warnings: &mut Diagnostics,
    ) -> Result<Value, Diagnostics> {
        let name = NAME.of(&config).known().unwrap_or_default();
        let operation = Operation::new(call.stop.clone(), None);
        let found = find_by_name::find(&call.client, &operation, name).await;
        let connector = found
            .map_err(|error| failure::of_data_source(&error, &format!("read connector `{name}`")))?
            .map_err(|near_misses| missing(name, &near_misses))?;
        let tags = object::tags(&call.client, &operation, &[&connector]).await?;
        Ok(object::object(&connector, &tags))
    }
}

fn missing(name: &str, near_misses: &str) -> Diagnostic {
    Diagnostic::error(
        format!("No connector `{name}`"),
        format!("Onomondo has no connector named `{name}`. {near_misses}"),
    )
    .at([NAME.name()])
}
