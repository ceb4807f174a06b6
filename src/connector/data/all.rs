//! `data "onomondo_connectors"`: all connectors, or those that match a filter.

use async_trait::async_trait;

use super::{
    super::{
        filter::{self, Filter},
        model::attributes::{CONNECTORS, NAME},
    },
    object, schema,
};
use crate::{
    messages::failure,
    onomondo::{Client, Connector, Operation},
    protocol::{Attribute, Call, DataSource, Diagnostics, Nesting, Schema, Value},
};

/// The data source with its schema.
#[derive(Debug)]
pub struct ConnectorsDataSource(Schema);

impl Default for ConnectorsDataSource {
    fn default() -> Self {
        let name = NAME
            .attribute()
            .computed()
            .describe("Name of the connector.");
        let connector = [name].into_iter().chain(schema::beside_name());
        let connectors = Attribute::nested(CONNECTORS.name(), Nesting::List, connector.collect())
            .computed()
            .describe(
                "The connectors, sorted by name. Of `https`, `tls`, `aws_iot_core`, and \
                 `microsoft_azure_iot`, only the attribute that matches the `type` of the \
                 connector is set; the others are null.",
            );
        let schema = Schema::new(
            "Lists the connectors that the API key can see, with all settings except secrets, \
             which Onomondo never returns. Without filters, it lists all of them; with filters, \
             only those that match every filter.",
            filter::attributes()
                .into_iter()
                .chain([connectors])
                .collect(),
        );
        Self(schema)
    }
}

#[async_trait]
impl DataSource<Client> for ConnectorsDataSource {
    fn type_name(&self) -> &'static str {
        "onomondo_connectors"
    }

    fn schema(&self) -> &Schema {
        &self.0
    }

    fn validate(&self, config: &Value, diagnostics: &mut Diagnostics) {
        if let Err(errors) = Filter::parse(config) {
            diagnostics.extend(errors);
        }
    }

    async fn read(
        &self,
        call: &Call<Client>,
        mut config: Value,
        warnings: &mut Diagnostics,
    ) -> Result<Value, Diagnostics> {
        let filter = Filter::parse(&config)?;
        let operation = Operation::new(call.stop.clone(), None);
        let all = call.client.connectors(&operation).await;
        let all = all.map_err(|error| failure::of_data_source(&error, "list the connectors"))?;
        filter.warn(&all, warnings);
        let mut connectors: Vec<&Connector> = all.iter().filter(|it| filter.matches(it)).collect();
        connectors.sort_by_key(|connector| &connector.name);
        let tags = object::tags(&call.client, &operation, &connectors).await?;
        let objects = connectors.into_iter().map(|it| object::object(it, &tags));
        CONNECTORS.set(&mut config, Value::List(objects.collect()));
        Ok(config)
    }
}
